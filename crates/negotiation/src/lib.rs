//! Bargaining inside the merchant's limits: the state machine, the bot's strategy, what a customer's
//! text means, and how an act is worded. Pure: no I/O, no clock, no randomness; `now` is passed in.
//! Only acts move a negotiation or make a price; text is read into acts and worded from acts.

pub mod act;
pub mod answer;
pub mod approval;
pub mod bargain;
mod curve;
pub mod deal;
pub mod hard_stops;
pub mod language;
pub mod limits;
pub mod session;
pub mod state;
pub mod wire;
pub mod wording;

pub use act::{Act, ActKind, Actor, EscalationReason, Role, Step, Who};
pub use answer::{Message, Turn, answer, perform};
pub use approval::{ApprovalRequest, ApprovalTable, Clearance, Verdict, may_approve};
pub use deal::{Deal, DealError};
pub use hard_stops::{Facts, HardStops, StopAnswer, StopKind};
pub use language::{Context, Understood, Why};
pub use limits::{Concession, Limits, LimitsError, PriceEnding, Sweetener, Terms};
pub use session::{Refused, Session, apply};
pub use state::State;
pub use wording::{Language, Style, Tone};
