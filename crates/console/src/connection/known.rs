//! The list of stores that this computer has opened.

use api::error::{ErrorBody, ErrorCode};
use cache::Op;

use super::{ForgetOutcome, KnownStore, session};
use crate::{Answer, Console, failure};

/// The last opened first.
pub async fn known(console: &Console) -> Answer<Vec<KnownStore>> {
    let open = console.open_session().await.map(|s| s.id.clone());
    let all = cache::connections(console.cache()).await.map_err(|e| failure::cache(&e))?;
    Ok(all
        .into_iter()
        .map(|c| KnownStore {
            open: open.as_deref() == Some(c.id.as_str()),
            id: c.id,
            kind: c.kind.into(),
            name: c.name,
            slug: c.slug,
            address: c.address,
            staff_email: c.email,
            last_opened_at: api::Instant::from_ms(c.opened_at),
        })
        .collect())
}

/// Takes a store off the list, its token out of the keychain and all that was read of it out of this
/// computer's copy. While edits wait, only with `force`: they would be lost. A store that is kept on
/// this computer keeps its data and its owner's password, so that it cannot be locked out of.
pub async fn forget(console: &Console, id: &str, force: bool) -> Answer<ForgetOutcome> {
    let _turn = console.turn().await;
    if console.open_session().await.is_some_and(|s| s.id == id) {
        return Err(ErrorBody::new(
            ErrorCode::NotAllowedNow,
            "That store is open: sign out first.",
        )
        .with("state", "open"));
    }
    let all = cache::connections(console.cache()).await.map_err(|e| failure::cache(&e))?;
    let Some(known) = all.iter().find(|c| c.id == id) else {
        return Ok(ForgetOutcome::Forgotten);
    };
    let store = known.store_id.clone();
    let last_way = all.iter().filter(|c| c.store_id == store).count() == 1;
    if last_way && !force {
        let count =
            cache::waiting_count(console.cache(), &store).await.map_err(|e| failure::cache(&e))?;
        if count.edits + count.conflicts > 0 {
            return Ok(ForgetOutcome::EditsWaiting { count: count.edits + count.conflicts });
        }
    }
    console.secrets().clear(&session::token_name(id)).await?;
    let id = id.to_owned();
    let op = Op { name: "forget_store", source: cache::Source::Local };
    console
        .cache()
        .transact(op, &store, move |tx| Box::pin(async move { tx.drop_connection(&id).await }))
        .await
        .map_err(|e| failure::cache(&e))?;
    if let Err(error) = console.cache().empty_log().await {
        tracing::warn!(%error, "what was deleted stays in the log's older pages until it is next emptied");
    }
    console.did("forget_store");
    Ok(ForgetOutcome::Forgotten)
}
