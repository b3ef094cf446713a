//! Opening a store that was open before.

use api::error::{ErrorBody, ErrorCode};
use api::staff::Staff;
use cache::Connection;
use sync::{Service, Token};

use super::{ConnectionKind, ConnectionState, local, session};
use crate::host::Source;
use crate::tag::Tag;
use crate::{Answer, Console, failure};

/// Opens the last store again after a start. What prevents it is in `ConnectionState::trouble`. From the
/// call on, before the answer is awaited, use cases wait for the store instead of being refused.
pub fn resume_last(console: &Console) -> impl Future<Output = ()> + Send + use<> {
    let (console, opening) = (console.clone(), console.begin_opening());
    async move {
        let _turn = console.turn().await;
        let opened = last(&console).await;
        drop(opening);
        told(&console, opened);
    }
}

/// The store that the console was left with, or none.
pub(super) async fn left_open(console: &Console) -> Answer<Option<Connection>> {
    let all = cache::connections(console.cache()).await.map_err(|e| failure::cache(&e))?;
    Ok(all.into_iter().find(|c| c.resume))
}

async fn last(console: &Console) -> Answer<()> {
    match left_open(console).await? {
        Some(last) => open(console, last).await,
        None => Ok(()),
    }
}

fn told(console: &Console, opened: Answer<()>) {
    if let Err(error) = opened {
        tracing::warn!(code = ?error.code, "the last store was not resumed");
        console.set_trouble(Some(error));
    }
    console.changed(&Tag::ALL, Source::Local);
}

pub(super) async fn resume_quietly(console: &Console) {
    let opened = last(console).await;
    told(console, opened);
}

/// Opens a store from the list of known ones.
///
/// # Errors
/// `NotFound` for an id that is not on the list; `Unauthenticated` when its session has ended, with
/// what to fill the sign-in form with in `context`; `Keychain`.
pub async fn reopen(console: &Console, id: &str) -> Answer<ConnectionState> {
    let _turn = console.turn().await;
    if console.open_session().await.is_some_and(|s| s.id == id) {
        return super::state(console).await;
    }
    let all = cache::connections(console.cache()).await.map_err(|e| failure::cache(&e))?;
    let known = all.into_iter().find(|c| c.id == id).ok_or_else(|| {
        ErrorBody::new(ErrorCode::NotFound, "That store is not on this computer's list.")
    })?;
    open_known(console, known).await
}

pub(super) async fn open_known(console: &Console, known: Connection) -> Answer<ConnectionState> {
    open(console, known).await?;
    super::state(console).await
}

async fn open(console: &Console, connection: Connection) -> Answer<()> {
    match connection.kind {
        cache::ConnectionKind::Local => open_local(console, connection).await,
        cache::ConnectionKind::Hosted => open_hosted(console, connection).await,
    }
}

/// The service is started anew; its owner signs in again when the session has ended.
async fn open_local(console: &Console, connection: Connection) -> Answer<()> {
    let service = local::fresh_service(console).await?;
    let token = console.secrets().get(&session::token_name(&connection.id)).await?;
    let result = match token {
        Some(token) => {
            let at =
                Service::at(&service.base())?.signed_in(&connection.store_id, Token::new(token));
            match at.get_from_service::<Staff>("/v1/me").await {
                Ok(staff) => {
                    return session::open(console, connection, at, staff, Some(service)).await;
                }
                Err(error) => error,
            }
        }
        None => ErrorBody::new(ErrorCode::Unauthenticated, ""),
    };
    if result.code != ErrorCode::Unauthenticated {
        service.stop().await;
        return Err(result);
    }
    match local::owner_sign_in(console, &service, &connection).await {
        Ok(signed_in) => {
            let at = Service::at(&service.base())?;
            session::begin(console, ConnectionKind::Local, at, signed_in, Some(service)).await
        }
        Err(error) => {
            service.stop().await;
            Err(error)
        }
    }
}

/// Without a line the store opens from this computer's copy.
async fn open_hosted(console: &Console, connection: Connection) -> Answer<()> {
    let again = session::sign_in_again(&connection);
    let token = console.secrets().get(&session::token_name(&connection.id)).await?;
    let token = token.ok_or_else(|| again.clone())?;
    let address = connection.address.clone().unwrap_or_default();
    let service = Service::at(&address)?.signed_in(&connection.store_id, Token::new(token));
    let staff = match service.get_from_service::<Staff>("/v1/me").await {
        Ok(staff) => staff,
        Err(error) if error.code == ErrorCode::Offline => {
            let known: Option<Staff> =
                console.remembered(&session::staff_name(&connection.store_id)).await?;
            known.ok_or(error)?
        }
        Err(error) if error.code == ErrorCode::Unauthenticated => return Err(again),
        Err(error) => return Err(error),
    };
    session::open(console, connection, service, staff, None).await
}
