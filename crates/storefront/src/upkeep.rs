//! What time does by itself: deals lapse and give their stock back, silent negotiations expire,
//! unpaid orders are given up, rule sets whose moment was set take effect, imports whose process
//! died go on, and what has served its time is forgotten: answers under idempotency keys, sessions
//! that are over, failed sign-ins, shadow decisions, the addresses that limits count by.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::db::{args, change, deal, shadow, staff, visitor};
use crate::error::AppResult;
use crate::http::{metrics, rate};
use crate::negotiations::tries;
use crate::state::AppState;
use crate::write::SECRETS_KEPT_MS;

/// A client may repeat a write this long.
const ANSWERS_KEPT_MS: i64 = 7 * 24 * 3_600_000;
const EVERY: Duration = Duration::from_secs(1);
/// What has served its time goes at start and then this often: short beside the ten minutes that
/// sealed answers are given, so that they are not kept much longer.
const FORGET_EVERY_MS: u64 = 60_000;

pub(crate) async fn run(state: AppState, stop: CancellationToken) {
    let mut tick = tokio::time::interval(EVERY);
    let mut forgot_at: Option<i64> = None;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = tick.tick() => {}
        }
        once(&state).await;
        metrics::keep_up();
        let now = state.now_ms();
        // a clock that was set back must not put this off
        if forgot_at.is_some_and(|at| now.abs_diff(at) < FORGET_EVERY_MS) {
            continue;
        }
        if let Some(limiter) = &state.shared.limiter {
            rate::forget_rested(limiter);
        }
        match forget(&state, now, forgot_at).await {
            Ok(()) => forgot_at = Some(now),
            Err(error) => tracing::warn!(?error, "clearing up failed; it is tried again"),
        }
    }
}

async fn once(state: &AppState) {
    // one kind of work that fails holds up no other
    for done in [
        crate::checkout::give_up_unpaid(state).await,
        crate::deals::lapse_due(state).await,
        crate::negotiations::expire_due(state).await,
        crate::negotiations::end_claims(state).await,
        crate::rules::activate_due(state).await,
        crate::catalog::run::go_on(state).await,
    ] {
        if let Err(error) = done {
            tracing::warn!(?error, "upkeep failed; it is tried again");
        }
    }
}

/// `since` is when this was done last: what was seen then is not looked at again.
async fn forget(state: &AppState, now: i64, since: Option<i64>) -> AppResult<()> {
    let seen = since.map_or(0, |at| at - SECRETS_KEPT_MS);
    let mut tx = state.db().begin().await?;
    tx.run(change::FORGET_SEALED, args![seen, now - SECRETS_KEPT_MS]).await?;
    tx.run(change::FORGET_ANSWERS, args![now - ANSWERS_KEPT_MS]).await?;
    tx.run(deal::FORGET_HAND_OVERS, args![now]).await?;
    tx.run(shadow::FORGET, args![now - crate::rules::watch::KEPT_MS]).await?;
    tx.run(visitor::FORGET_TRIES, args![now - tries::WINDOW_MS]).await?;
    tx.run(staff::FORGET_FAILURES, args![now - staff::FAILURE_WINDOW_MS]).await?;
    tx.run(staff::FORGET_SESSIONS, args![now]).await?;
    Ok(tx.commit().await?)
}
