//! What a rule set would have done to past orders. Works offline once the history is here.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use api::rules::ReplayReport;
use pricing::{Elasticity, ReplayError, ReplayOptions, ReplayProgress};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::work::cancelled;
use super::{goods, history, open, replay_file};
use crate::progress::{OnProgress, unwatched};
use crate::{Answer, Console, download, failure};

/// What to replay a rule set against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReplayQuestion {
    /// A rule set's id, or `active`.
    pub baseline: Option<String>,
    /// A decimal such as `-1.5`: how buyers answer to a price.
    pub elasticity: String,
}

/// How a replay is written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReplayFormat {
    Csv,
    Xlsx,
}

/// What is offered for the file.
pub async fn replay_file_name(console: &Console, id: &str, format: ReplayFormat) -> Answer<String> {
    let summary = open::sheet(console, id).await?.summary;
    let extension = match format {
        ReplayFormat::Csv => "csv",
        ReplayFormat::Xlsx => "xlsx",
    };
    let name = format!("Replay of {}", summary.name);
    Ok(super::exchange::file_name(&name, summary.version, extension))
}

/// Replays the store's past order lines; a newer replay of the same set ends this one.
///
/// # Errors
/// `Cancelled`; `Invalid` with `field: elasticity`; `NotAllowedNow` with `state: faults` while
/// either document has faults; `Offline` where no history is here yet.
pub async fn replay(
    console: &Console,
    id: &str,
    question: ReplayQuestion,
    progress: OnProgress,
) -> Answer<ReplayReport> {
    let elasticity = Elasticity::parse(question.elasticity.trim()).ok_or_else(|| {
        failure::invalid("elasticity", "Expected a number such as -1.5, at most 100 either way.")
    })?;
    let work = console.works().begin(format!("replay/{id}"));
    let watch = work.watch(progress);
    let ready = open::ready(console, id).await?;
    let baseline = match &question.baseline {
        Some(old) => Some(open::ready(console, old).await?),
        None => None,
    };
    let goods = goods::all(console).await?;
    let orders = history::orders(console, &watch).await?;
    open::blocking(move || {
        let began = Instant::now();
        let tell =
            |far: ReplayProgress| -> ControlFlow<()> { watch.tell("replaying", far.done, far.of) };
        let options = ReplayOptions { elasticity, threads: None };
        let old = baseline.as_ref().map(|old| &old.rules);
        let replayed = pricing::replay(&ready.rules, old, &goods.catalog, &orders, &options, &tell);
        let elapsed = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        match replayed {
            Ok(replay) => Ok(ReplayReport::of(&replay, ready.rules.currency(), elapsed)),
            Err(ReplayError::Cancelled) => Err(cancelled()),
            Err(error @ ReplayError::CurrencyMismatch { .. }) => {
                Err(failure::invalid("currency", format!("These cannot be compared: {error}.")))
            }
        }
    })
    .await?
}

/// Replays, and writes the figures to a file that the person chose: whole, or not at all.
///
/// # Errors
/// As [`replay`], and `Invalid` with `field: path`.
pub async fn export_replay(
    console: &Console,
    id: &str,
    question: ReplayQuestion,
    path: &Path,
    format: ReplayFormat,
) -> Answer<()> {
    let report = replay(console, id, question, unwatched()).await?;
    let bytes = open::blocking(move || match format {
        ReplayFormat::Csv => Ok(replay_file::csv(&report).into_bytes()),
        ReplayFormat::Xlsx => replay_file::xlsx(&report),
    })
    .await??;
    download::save_bytes(&bytes, path).await
}
