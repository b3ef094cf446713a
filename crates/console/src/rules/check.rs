//! Findings on a rule set as it stands. Works offline.

use std::ops::ControlFlow;
use std::time::Instant;

use api::rules::Findings;
use pricing::CheckOptions;

use super::work::cancelled;
use super::{goods, open};
use crate::progress::OnProgress;
use crate::{Answer, Console, store};

/// Progress is told this often in all, however many rules there are.
const TOLD: usize = 100;

/// Checks a rule set against the store's products; a newer check of it ends this one.
/// `id` may be `active`.
///
/// # Errors
/// `Cancelled`; `NotAllowedNow` with `state: faults` while the document has faults.
pub async fn check(console: &Console, id: &str, progress: OnProgress) -> Answer<Findings> {
    let work = console.works().begin(format!("check/{id}"));
    let watch = work.watch(progress);
    let ready = open::ready(console, id).await?;
    let goods = goods::all(console).await?;
    let segments = store::segment_names(console).await?;
    open::blocking(move || {
        let began = Instant::now();
        let now = jiff::Timestamp::now();
        let options = CheckOptions { segments: Some(segments), ..CheckOptions::at(now) };
        let mut tell = |done: usize, total: usize| {
            if done.is_multiple_of(total.div_ceil(TOLD).max(1)) {
                watch.tell("checking", done, total)
            } else {
                watch.go_on()
            }
        };
        let catalog = Some(&goods.catalog);
        let found = pricing::check(&ready.rules, catalog, &options, &mut tell);
        let found = found.ok_or_else(cancelled)?;
        let elapsed = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        let findings = Findings::mended(&found, elapsed, |finding| match watch.go_on() {
            ControlFlow::Continue(()) => pricing::fixes(&ready.rules, catalog, &options, finding),
            ControlFlow::Break(()) => Vec::new(),
        });
        if watch.go_on().is_break() { Err(cancelled()) } else { Ok(findings) }
    })
    .await?
}
