//! The store: its profile, segments, launch constraints, and going live.

use api::store::{Checklist, LaunchConstraints, ProfileChange, Segments, Store, StoreProfile};
use api::sync::Entity;
use serde_json::{Value, json};
use sync::Method;

use crate::document::{self, Wanted};
use crate::{Answer, Console, failure};

const PROFILE: &[&str] =
    &["name", "currency", "timezone", "country", "contact_email", "language", "tone"];
const LAUNCH: &[&str] = &["go_live_on", "categories", "daily_discount_budget", "approver_role"];

/// The store as last known, with this console's waiting edits of its profile.
pub async fn get(console: &Console) -> Answer<Store> {
    let known = match known(console).await? {
        Some(store) => store,
        None => refresh(console).await?,
    };
    with_profile(console, known).await
}

/// Asks the service anew; the answer is kept for when it cannot be asked.
pub(crate) async fn refresh(console: &Console) -> Answer<Store> {
    let store: Store = console.service().await?.get("", &[]).await?;
    remember(console, &store).await?;
    Ok(store)
}

pub(crate) async fn remember(console: &Console, store: &Store) -> Answer<()> {
    console.remember(&format!("store/{}", store.id), store).await
}

async fn known(console: &Console) -> Answer<Option<Store>> {
    let session = console.session().await?;
    last_known(console, session.service.store_id()).await
}

/// As it was when it was last read, whether it is open or not.
pub(crate) async fn last_known(console: &Console, store_id: &str) -> Answer<Option<Store>> {
    console.remembered(&format!("store/{store_id}")).await
}

async fn with_profile(console: &Console, mut store: Store) -> Answer<Store> {
    if let Some(found) = document::find(console, Entity::Store, "profile").await? {
        let blank = json!(StoreProfile::default());
        store.profile = document::read_over(&found.doc, blank)?;
        store.rev = found.rev;
    }
    Ok(store)
}

/// Saves the profile, half-filled too. Works offline.
pub async fn save_profile(console: &Console, change: ProfileChange) -> Answer<Store> {
    let wanted = Wanted {
        use_case: "store_save_profile",
        entity: Entity::Store,
        key: "profile".to_owned(),
        base_rev: change.base_rev,
        fields: document::fields_of(&change.profile, PROFILE)?,
    };
    document::edit(console, wanted).await?;
    get(console).await
}

pub async fn segments(console: &Console) -> Answer<Segments> {
    let mut segments = kept_segments(console).await?;
    count_customers(console, &mut segments).await;
    Ok(segments)
}

/// The names of the store's segments, without asking the service for more.
pub(crate) async fn segment_names<C: FromIterator<String>>(console: &Console) -> Answer<C> {
    let kept = kept_segments(console).await?;
    Ok(kept.segments.into_iter().map(|segment| segment.name).collect())
}

async fn kept_segments(console: &Console) -> Answer<Segments> {
    match document::find(console, Entity::Segments, "segments").await? {
        Some(found) => {
            let list = found.doc.get("value").cloned().unwrap_or(Value::Array(Vec::new()));
            let segments = serde_json::from_value(list)
                .map_err(|e| failure::internal("The segments here cannot be read", &e))?;
            Ok(Segments { segments, rev: found.rev })
        }
        None if document::is_complete(console).await? => {
            Ok(Segments { segments: Vec::new(), rev: 0 })
        }
        None => console.service().await?.get("/segments", &[]).await,
    }
}

/// How many customers are in each is the service's figure, where it can be asked.
async fn count_customers(console: &Console, mine: &mut Segments) {
    let Ok(session) = console.session().await else { return };
    if !session.engine.status().online {
        return;
    }
    let Ok(theirs) = session.service.get::<Segments>("/segments", &[]).await else { return };
    for segment in &mut mine.segments {
        if let Some(counted) = theirs.segments.iter().find(|s| s.name == segment.name) {
            segment.customers = counted.customers;
        }
    }
}

/// Saves the segments as a whole. Works offline.
pub async fn save_segments(console: &Console, segments: Segments) -> Answer<Segments> {
    let mut list = segments.segments;
    for segment in &mut list {
        // the service's figure, not the merchant's: two readings of it are no edit
        segment.customers = 0;
    }
    let mut fields = serde_json::Map::new();
    fields.insert("value".to_owned(), json!(list));
    let wanted = Wanted {
        use_case: "segments_save",
        entity: Entity::Segments,
        key: "segments".to_owned(),
        base_rev: segments.rev,
        fields,
    };
    document::edit(console, wanted).await?;
    self::segments(console).await
}

pub async fn launch(console: &Console) -> Answer<LaunchConstraints> {
    match document::find(console, Entity::Launch, "launch").await? {
        Some(found) => {
            let blank = json!(LaunchConstraints::default());
            let mut launch: LaunchConstraints = document::read_over(&found.doc, blank)?;
            launch.rev = found.rev;
            Ok(launch)
        }
        None if document::is_complete(console).await? => Ok(LaunchConstraints::default()),
        None => console.service().await?.get("/launch", &[]).await,
    }
}

/// Saves the launch constraints, half-filled too. Works offline.
pub async fn save_launch(
    console: &Console,
    launch: LaunchConstraints,
) -> Answer<LaunchConstraints> {
    let wanted = Wanted {
        use_case: "launch_save",
        entity: Entity::Launch,
        key: "launch".to_owned(),
        base_rev: launch.rev,
        fields: document::fields_of(&launch, LAUNCH)?,
    };
    document::edit(console, wanted).await?;
    self::launch(console).await
}

/// What stands between the store and going live: the service's view.
pub async fn checklist(console: &Console) -> Answer<Checklist> {
    console.service().await?.get("/checklist", &[]).await
}

/// Opens the shop. Refused with `not_allowed_now` while the checklist has gaps.
pub async fn go_live(console: &Console) -> Answer<Store> {
    let store: Store = console.service().await?.send(Method::POST, "/go-live", &()).await?;
    switched(console, "go_live", store).await
}

/// Pauses or resumes bargaining.
pub async fn set_paused(console: &Console, paused: bool) -> Answer<Store> {
    let body = json!({ "paused": paused });
    let store: Store = console.service().await?.send(Method::POST, "/pause", &body).await?;
    switched(console, "set_paused", store).await
}

async fn switched(console: &Console, use_case: &str, store: Store) -> Answer<Store> {
    remember(console, &store).await?;
    document::keep(console, Entity::Store, "profile", store.rev, &store.profile).await?;
    console.did(use_case);
    with_profile(console, store).await
}

/// Address of the shop's front page, for a browser.
pub async fn shop_address(console: &Console) -> Answer<String> {
    let session = console.session().await?;
    Ok(format!("{}/s/{}/", session.service.base(), session.slug))
}
