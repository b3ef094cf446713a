//! Making a store: its row, its owner, its signing key, the first entry of its audit chain.

use api::error::ErrorCode;
use api::staff::{Role, SignedIn};
use api::store::Setup;
use api::sync::Entity;
use axum::Json;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::{SESSION_MS, new_id, new_token, password, token_hash};
use crate::db::{DbError, Tx, args, staff, store};
use crate::error::{AppError, AppResult};
use crate::routes::session::signed_in;
use crate::routes::store::{check_profile, check_slug};
use crate::state::AppState;
use crate::write::{Actor, Audited, Kept, Once, Write, refuse_repeat};

/// Where a new store's answer is kept: whoever asks has no store yet.
const KEPT: Kept<'_> = Kept { store_id: "", scope: "setup" };

/// Makes a store with its owner and signs the owner in: all of it, or nothing.
pub(crate) async fn create_store(
    state: &AppState,
    setup: Setup,
    attribution: Option<&str>,
    once: Option<Once>,
) -> AppResult<(StatusCode, Json<SignedIn>)> {
    check_slug(&setup.slug)?;
    check_profile(&setup.profile)?;
    password::check("owner_password", &setup.owner_password)?;
    let email = crate::routes::session::clean_email("owner_email", &setup.owner_email)?;
    let hash = password::hash(state, &setup.owner_password).await?;
    let (store_id, staff_id, now) = (new_id(), new_id(), state.now_ms());

    let mut tx = state.db().begin().await?;
    if let Some(once) = &once {
        refuse_repeat(&mut tx, state, KEPT, once).await?;
    }
    if let Err(error) = insert_store(&mut tx, &store_id, &setup, attribution, now).await {
        drop(tx);
        return Err(taken(state, error, &setup.slug, once.as_ref()).await?);
    }
    let (name, role) = (setup.owner_name.trim(), Role::Owner.as_str());
    tx.run(staff::INSERT, args![&store_id, &staff_id, name, &email, role, hash, true, now]).await?;
    crate::deals::keys::create(&mut tx, state, &store_id, now).await?;

    let actor = Actor { id: staff_id.clone(), name: name.to_owned(), role: role.to_owned() };
    let once = once.map(|once| (KEPT, once));
    let mut write = Write::of_new_store(state, tx, &store_id, actor, once).await?;
    write.changed(Entity::Store, "profile", 1).await?;
    let subject = format!("store/{store_id}");
    let after = json!({ "slug": &setup.slug, "name": &setup.profile.name });
    let said =
        Audited { what: "store.create", subject, before: Value::Null, after, ..Audited::default() };
    write.audit(said).await?;
    let token = new_token("ss_");
    open_session(&mut write, &staff_id, &token, "setup").await?;
    let answer = signed_in(&mut write, &staff_id, token).await?;
    write.finish_secret(StatusCode::CREATED, answer).await
}

async fn insert_store(
    tx: &mut Tx,
    store_id: &str,
    setup: &Setup,
    attribution: Option<&str>,
    now: i64,
) -> Result<(), DbError> {
    let profile = serde_json::to_string(&setup.profile)
        .map_err(|error| DbError::Unreadable(error.to_string()))?;
    let genesis = audit::Head::genesis(store_id).hash.to_string();
    let currency = &setup.profile.currency;
    let row = args![store_id, &setup.slug, profile, currency, attribution, genesis, now];
    tx.run(store::INSERT, row).await.map(drop)
}

/// What it means that the store could not be made. Of two equal requests at once the second comes here
/// when the first has committed: it gets the first one's answer.
async fn taken(
    state: &AppState,
    error: DbError,
    slug: &str,
    once: Option<&Once>,
) -> AppResult<AppError> {
    if !error.is_duplicate() {
        return Ok(error.into());
    }
    if let Some(once) = once {
        let mut tx = state.db().begin().await?;
        refuse_repeat(&mut tx, state, KEPT, once).await?;
    }
    let message = format!("A store with the address {slug:?} is already here.");
    Ok(AppError::refuse(ErrorCode::Conflict, message).with("field", "slug"))
}

/// Writes a new staff session whose token is `token`.
pub(crate) async fn open_session(
    write: &mut Write,
    staff_id: &str,
    token: &str,
    device: &str,
) -> AppResult<()> {
    let (id, hash, now) = (new_id(), token_hash(token), write.now_ms());
    let device: String = device.chars().filter(|c| !c.is_control()).take(80).collect();
    let row = args![&write.store_id, id, staff_id, hash, device, now, now + SESSION_MS];
    write.run(staff::INSERT_SESSION, row).await?;
    Ok(())
}
