//! What time does by itself: deals lapse and give their stock back, silent negotiations expire,
//! unpaid orders are given up, rule sets whose moment was set take effect, imports whose process
//! died go on, old answers under idempotency keys and old shadow decisions are forgotten.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::db::{args, change, deal, shadow};
use crate::error::AppResult;
use crate::state::AppState;
use crate::write::SECRETS_KEPT_MS;

/// A client may repeat a write this long.
const ANSWERS_KEPT_MS: i64 = 7 * 24 * 3_600_000;
const EVERY: Duration = Duration::from_secs(1);

pub(crate) async fn run(state: AppState, stop: CancellationToken) {
    let mut tick = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = tick.tick() => {}
        }
        if let Err(error) = once(&state).await {
            tracing::warn!(?error, "upkeep failed; it is tried again");
        }
    }
}

async fn once(state: &AppState) -> AppResult<()> {
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
    if state.now_ms() / 1000 % 3600 == 0 {
        let mut tx = state.db().begin().await?;
        let sealed_until = state.now_ms() - SECRETS_KEPT_MS;
        tx.run(change::FORGET_SEALED, args![sealed_until]).await?;
        tx.run(deal::FORGET_HAND_OVERS, args![state.now_ms()]).await?;
        tx.run(change::FORGET_ANSWERS, args![state.now_ms() - ANSWERS_KEPT_MS]).await?;
        tx.run(shadow::FORGET, args![state.now_ms() - crate::rules::watch::KEPT_MS]).await?;
        tx.commit().await?;
    }
    Ok(())
}
