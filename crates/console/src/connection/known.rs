//! The list of stores that this computer has opened.

use api::error::{ErrorBody, ErrorCode};
use cache::Op;

use super::{KnownStore, session};
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

/// Takes a store off the list and its token out of the keychain. A store on this computer keeps its
/// data and its owner's password, so that it cannot be locked out of.
pub async fn forget(console: &Console, id: &str) -> Answer<()> {
    let _turn = console.turn().await;
    if console.open_session().await.is_some_and(|s| s.id == id) {
        return Err(ErrorBody::new(
            ErrorCode::NotAllowedNow,
            "That store is open: sign out first.",
        )
        .with("state", "open"));
    }
    console.secrets().clear(&session::token_name(id)).await?;
    let id = id.to_owned();
    let op = Op { name: "forget_store", source: cache::Source::Local };
    console
        .cache()
        .transact(op, "", move |tx| Box::pin(async move { tx.drop_connection(&id).await }))
        .await
        .map_err(|e| failure::cache(&e))?;
    console.did("forget_store");
    Ok(())
}
