//! Leaving a store. Edits that wait are never lost by it.

use cache::Op;

use super::{SignOutOutcome, session};
use crate::{Answer, Console, failure};

/// Ends the session at the service, forgets its token and leaves the store. While edits wait, only
/// with `force`; they stay in this computer's copy and go out when the store is reopened.
pub async fn sign_out(console: &Console, force: bool) -> Answer<SignOutOutcome> {
    let _turn = console.turn().await;
    let session = console.session().await?;
    let store = session.service.store_id().to_owned();
    if !force {
        // what can still be brought to the service need not be warned of
        let _ = tokio::time::timeout(std::time::Duration::from_secs(4), session.engine.sync_now())
            .await;
        let count =
            cache::waiting_count(console.cache(), &store).await.map_err(|e| failure::cache(&e))?;
        if count.edits + count.conflicts > 0 {
            return Ok(SignOutOutcome::EditsWaiting { count: count.edits + count.conflicts });
        }
    }
    if let Err(error) = session.service.sign_out().await {
        // without a line the session ends by its own time; the token is forgotten here all the same
        tracing::info!(code = ?error.code, "the session could not be ended at the service");
    }
    console.secrets().clear(&session::token_name(&session.id)).await?;
    drop(session);
    session::close(console).await;
    let op = Op { name: "sign_out", source: cache::Source::Local };
    console
        .cache()
        .transact(op, &store, |tx| Box::pin(tx.resume_none()))
        .await
        .map_err(|e| failure::cache(&e))?;
    console.set_trouble(None);
    console.did("sign_out");
    Ok(SignOutOutcome::SignedOut)
}
