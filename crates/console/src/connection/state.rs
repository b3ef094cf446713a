//! How the connection stands.

use super::{ConnectionKind, ConnectionState, Session, SyncStatus};
use crate::{Answer, Console, failure, store};

pub async fn state(console: &Console) -> Answer<ConnectionState> {
    let Some(session) = console.open_session().await else {
        return Ok(ConnectionState {
            kind: ConnectionKind::None,
            store: None,
            staff: None,
            address: None,
            sync: SyncStatus::default(),
            trouble: console.trouble(),
        });
    };
    Ok(ConnectionState {
        kind: session.kind,
        // a store that was never read shows as soon as it is
        store: store::get(console).await.ok(),
        staff: Some(session.staff()),
        address: Some(session.service.base().to_owned()),
        sync: sync_status(console, &session).await?,
        trouble: None,
    })
}

pub(super) async fn sync_status(console: &Console, session: &Session) -> Answer<SyncStatus> {
    let store = session.service.store_id();
    let count =
        cache::waiting_count(console.cache(), store).await.map_err(|e| failure::cache(&e))?;
    let feed = cache::feed(console.cache(), store).await.map_err(|e| failure::cache(&e))?;
    let status = session.engine.status();
    Ok(SyncStatus {
        online: status.online,
        live: status.live,
        waiting: count.edits,
        waiting_since: count.since.map(api::Instant::from_ms),
        conflicts: count.conflicts,
        last_pulled_at: feed
            .filter(|f| f.pulled_at > 0)
            .map(|f| api::Instant::from_ms(f.pulled_at)),
        last_error: status.last_error,
        digest_differs: status.digest_differs,
    })
}
