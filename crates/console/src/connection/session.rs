//! An open store: its service, its staff, its sync engine, and for a store on this computer the
//! service itself.

use std::sync::{Arc, Mutex, PoisonError};

use api::error::{ErrorBody, ErrorCode};
use api::negotiation::{NegotiationRow, NegotiationState};
use api::staff::{SignedIn, Staff};
use api::sync::Entity;
use cache::{ChangeSet, Connection, Op};
use sync::{Engine, Service, Status, Token, Watcher};

use super::ConnectionKind;
use super::local::LocalService;
use crate::host::{Happening, Notice, Source};
use crate::tag::Tag;
use crate::{Answer, Console, failure, store};

pub(crate) struct Session {
    /// Names the connection in the cache and its secrets in the keychain.
    pub(crate) id: String,
    pub(crate) kind: ConnectionKind,
    pub(crate) service: Service,
    pub(crate) slug: String,
    pub(crate) engine: Engine,
    staff: Mutex<Staff>,
    local: tokio::sync::Mutex<Option<LocalService>>,
}

impl Session {
    pub(crate) fn staff(&self) -> Staff {
        self.staff.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_staff(&self, staff: Staff) {
        *self.staff.lock().unwrap_or_else(PoisonError::into_inner) = staff;
    }
}

/// The keychain's name for a connection's session token.
pub(super) fn token_name(id: &str) -> String {
    format!("session/{id}")
}

/// The keychain's name for the password of the owner that was made for a store on this computer.
pub(super) fn owner_name(id: &str) -> String {
    format!("owner/{id}")
}

pub(super) fn connection_id(kind: ConnectionKind, store_id: &str) -> String {
    let kind = if kind == ConnectionKind::Local { "local" } else { "hosted" };
    format!("{kind}/{store_id}")
}

/// Keeps a new sign-in (token in the keychain, the rest in the cache) and opens it.
pub(super) async fn begin(
    console: &Console,
    kind: ConnectionKind,
    service: Service,
    signed_in: SignedIn,
    local: Option<LocalService>,
) -> Answer<()> {
    let id = connection_id(kind, &signed_in.store.id);
    console.secrets().set(&token_name(&id), &signed_in.token).await?;
    let service = service.signed_in(&signed_in.store.id, Token::new(signed_in.token));
    store::remember(console, &signed_in.store).await?;
    console.remember(&staff_name(&signed_in.store.id), &signed_in.staff).await?;
    let connection = Connection {
        id,
        kind: match kind {
            ConnectionKind::Local => cache::ConnectionKind::Local,
            _ => cache::ConnectionKind::Hosted,
        },
        address: (kind == ConnectionKind::Hosted).then(|| service.base().to_owned()),
        store_id: signed_in.store.id.clone(),
        slug: signed_in.store.slug.clone(),
        name: signed_in.store.profile.name.clone(),
        email: signed_in.staff.email.clone(),
        opened_at: crate::core::now_ms(),
        resume: true,
    };
    open(console, connection, service, signed_in.staff, local).await
}

/// Opens a connection whose token is known to be good, or which has no line to find out.
pub(super) async fn open(
    console: &Console,
    mut connection: Connection,
    service: Service,
    staff: Staff,
    local: Option<LocalService>,
) -> Answer<()> {
    connection.opened_at = crate::core::now_ms();
    connection.resume = true;
    let kept = connection.clone();
    let op = Op { name: "connect", source: cache::Source::Local };
    console
        .cache()
        .transact(op, "", move |tx| Box::pin(async move { tx.put_connection(&kept).await }))
        .await
        .map_err(|e| failure::cache(&e))?;
    close(console).await;
    let watcher = Arc::new(Bridge { console: console.clone() });
    let engine = Engine::start(service.clone(), console.cache().clone(), watcher);
    let session = Session {
        kind: connection.kind.into(),
        id: connection.id,
        service,
        slug: connection.slug,
        engine,
        staff: Mutex::new(staff),
        local: tokio::sync::Mutex::new(local),
    };
    console.replace_session(Some(Arc::new(session))).await;
    console.set_trouble(None);
    console.changed(&Tag::ALL, Source::Local);
    Ok(())
}

/// Leaves the open store, if there is one: its engine ends, and a service in this process stops.
pub(super) async fn close(console: &Console) {
    let Some(session) = console.replace_session(None).await else { return };
    session.engine.stop().await;
    if let Some(local) = session.local.lock().await.take() {
        local.stop().await;
    }
}

pub(super) fn staff_name(store_id: &str) -> String {
    format!("staff/{store_id}")
}

/// The engine's word to the console.
struct Bridge {
    console: Console,
}

impl Watcher for Bridge {
    fn changed(&self, changes: ChangeSet) {
        self.console.changed_documents(&changes, Source::Sync);
        if changes.entities.contains(&Entity::Store) {
            let console = self.console.clone();
            // live and paused stand outside the profile: asked for anew
            tokio::spawn(async move {
                if store::refresh(&console).await.is_ok() {
                    console.changed(&[Tag::Store, Tag::Home, Tag::Connection], Source::Sync);
                }
            });
        }
    }

    fn status(&self, status: &Status) {
        self.console.changed(&[Tag::Sync, Tag::Connection], Source::Live);
        if status.online {
            let console = self.console.clone();
            tokio::spawn(async move { refresh_staff(&console).await });
        }
    }

    fn negotiation(&self, row: NegotiationRow) {
        if row.state == NegotiationState::AwaitingStaff
            && row.claimed_by.is_none()
            // without a name the role may not read customers, and so not answer them
            && let Some(customer) = &row.customer
            && self.console.first_call(&row.id, row.epoch)
        {
            self.console.notify(call(&row, customer));
        }
        self.console.changed(&[Tag::Negotiations, Tag::Home, Tag::Dashboard], Source::Live);
    }

    fn missed(&self) {
        let views =
            [Tag::Negotiations, Tag::Orders, Tag::Home, Tag::Dashboard, Tag::Customers, Tag::Audit];
        self.console.changed(&views, Source::Live);
    }
}

/// A role may have changed since the last time; without a line what was known stands.
async fn refresh_staff(console: &Console) {
    let Ok(session) = console.session().await else { return };
    let Ok(staff) = session.service.get_from_service::<Staff>("/v1/me").await else { return };
    if staff != session.staff() {
        session.set_staff(staff.clone());
        if console.remember(&staff_name(session.service.store_id()), &staff).await.is_err() {
            tracing::warn!("who is signed in could not be kept");
        }
        console.changed(&[Tag::Connection, Tag::Staff], Source::Sync);
    }
}

fn call(row: &NegotiationRow, customer: &str) -> Notice {
    Notice {
        what: Happening::CustomerWaits {
            customer: customer.to_owned(),
            quantity: row.quantity,
            title: row.title.clone(),
            offer: row.last_offer.clone(),
        },
        link: format!("/negotiations/{}", row.id),
    }
}

/// The error for a connection whose session has ended: what to fill the sign-in form with.
pub(super) fn sign_in_again(connection: &Connection) -> ErrorBody {
    let address = connection.address.clone().unwrap_or_default();
    ErrorBody::new(ErrorCode::Unauthenticated, "The session has ended: sign in again.")
        .with("address", address)
        .with("store", &connection.slug)
        .with("email", &connection.email)
        .with("id", &connection.id)
}
