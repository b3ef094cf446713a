//! How the connection stands.

use super::{ConnectionKind, ConnectionState, Session, SyncStatus, resume, session};
use crate::{Answer, Console, failure, store};

pub async fn state(console: &Console) -> Answer<ConnectionState> {
    let Some(session) = console.open_session().await else {
        let opening = console.is_opening();
        return if opening { being_opened(console).await } else { Ok(none_open(console)) };
    };
    Ok(ConnectionState {
        opening: false,
        kind: session.kind,
        // a store that was never read shows as soon as it is
        store: store::get(console).await.ok(),
        staff: Some(session.staff()),
        address: Some(session.service.base().to_owned()),
        sync: sync_status(console, &session).await?,
        trouble: None,
    })
}

fn none_open(console: &Console) -> ConnectionState {
    ConnectionState {
        kind: ConnectionKind::None,
        opening: false,
        store: None,
        staff: None,
        address: None,
        sync: SyncStatus::default(),
        trouble: console.trouble(),
    }
}

/// The store that is being resumed, as this computer last knew it.
async fn being_opened(console: &Console) -> Answer<ConnectionState> {
    let Some(connection) = resume::left_open(console).await? else {
        return Ok(none_open(console));
    };
    let staff = console.remembered(&session::staff_name(&connection.store_id)).await?;
    Ok(ConnectionState {
        kind: connection.kind.into(),
        opening: true,
        store: store::last_known(console, &connection.store_id).await?,
        staff,
        address: connection.address,
        sync: SyncStatus::default(),
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
