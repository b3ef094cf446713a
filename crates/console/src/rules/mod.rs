//! Rule sets: written, looked into, tried out, and brought through their life.
//!
//! What is written and tried works offline, on the draft as it stands here; steps of a set's life
//! are the service's to decide.

mod bench;
mod check;
mod diff;
mod draft;
mod edit;
mod exchange;
mod goods;
mod history;
mod life;
mod list;
mod open;
mod price;
mod reach;
mod replay;
mod replay_file;
mod save;
mod sheet;
mod templates;
mod work;

pub(crate) use bench::Bench;
pub use check::check;
pub use diff::diff;
pub use edit::{RuleSaved, edit};
pub use exchange::{Exported, exported, import, import_file};
pub(crate) use goods::GoodsKept;
pub(crate) use history::HistoryKept;
pub use life::{
    acknowledge, activate, decide_review, review, roll_back, shadow, shadow_report, submit,
    unschedule,
};
pub use list::{get, list};
pub use price::{example, price, touching};
pub use reach::{coverage, reach};
pub use replay::{ReplayFormat, ReplayQuestion, export_replay, replay, replay_file_name};
pub use save::{delete, save};
pub use templates::templates;
pub(crate) use work::Works;
pub use work::cancel_work;
