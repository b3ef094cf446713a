//! Pricing rules: what no bargain may break (guardrails) and how to bargain inside (policy).
//! Pure: no I/O, no clock, no randomness; the same facts and rules give the same decision anywhere.
//!
//! ```
//! # fn main() -> Result<(), Vec<pricing::Problem>> {
//! let rules = pricing::RuleSet::parse(
//!     r#"{"schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
//!         "rules": [{"id": "all", "guardrails": {"max_discount": "0.25"}}]}"#,
//! )?;
//! assert_eq!(rules.rules().len(), 1);
//! # Ok(())
//! # }
//! ```

mod catalog;
mod check;
mod compare;
mod decision;
mod document;
mod draft;
mod explain;
mod facts;
mod index;
mod json;
mod matching;
mod problem;
mod replay;
mod rule;
mod rule_set;
pub mod synthetic;
mod table;
mod templates;
mod term;
mod trace;
pub mod words;

pub use catalog::{CATALOG_BYTES_MAX, CATALOG_COLUMNS, Catalog, PRODUCTS_MAX, Product};
pub use check::{
    CheckOptions, Finding, FindingKind, Findings, Fix, Severity, Verdict, check, fixes,
};
pub use compare::{ChangeKind, RuleChange, RuleSetDiff, diff};
pub use decision::{Decision, Outcome, Reason, SettledPolicy, decide};
pub use document::{
    DOCUMENT_BYTES_MAX, Piece, PieceReader, RULES_MAX, SCHEMA, json_schema, json_schema_text,
};
pub use draft::{Band, from_bands};
pub use facts::Facts;
pub use index::{BuyerKey, Figures, Index, MomentKey, ProductKey, Quote, Scratch};
pub use problem::{LineProblem, Problem};
pub use replay::{
    Bands, Blocked, Elasticity, Impact, ImpactGroups, LeftOut, ORDER_LINES_MAX, ORDERS_BYTES_MAX,
    ORDERS_COLUMNS, OrderColumns, OrderLine, OrdersBuilder, PaidBand, Reach, Replay, ReplayError,
    ReplayOptions, ReplayProgress, UnitPrice, reach, replay,
};
pub use rule::{
    Concession, CustomerKind, DealValid, Guardrails, OneOf, Policy, Range, Rule, Segments,
    TimeOfDay, Weekday, When, Window,
};
pub use rule_set::RuleSet;
pub use templates::{Template, TemplateParams, templates};
pub use term::{PriceTerm, SCALE_MAX, discounted};
pub use trace::{GuardrailKind, GuardrailTrace, PolicyKey, PolicyTrace, RuleTrace};
