//! The store: its profile, segments, launch constraints, and going live.

use api::store::{Checklist, LaunchConstraints, ProfileChange, Segments, Store};
use sync::Method;

use crate::{Answer, Console};

pub async fn get(console: &Console) -> Answer<Store> {
    console.service().await?.get("", &[]).await
}

pub async fn save_profile(console: &Console, change: ProfileChange) -> Answer<Store> {
    let saved = console.service().await?.send(Method::PUT, "/profile", &change).await?;
    console.did("store_save_profile");
    Ok(saved)
}

pub async fn segments(console: &Console) -> Answer<Segments> {
    console.service().await?.get("/segments", &[]).await
}

pub async fn save_segments(console: &Console, segments: Segments) -> Answer<Segments> {
    let saved = console.service().await?.send(Method::PUT, "/segments", &segments).await?;
    console.did("segments_save");
    Ok(saved)
}

pub async fn launch(console: &Console) -> Answer<LaunchConstraints> {
    console.service().await?.get("/launch", &[]).await
}

pub async fn save_launch(
    console: &Console,
    launch: LaunchConstraints,
) -> Answer<LaunchConstraints> {
    let saved = console.service().await?.send(Method::PUT, "/launch", &launch).await?;
    console.did("launch_save");
    Ok(saved)
}

/// What stands between the store and going live: the service's view.
pub async fn checklist(console: &Console) -> Answer<Checklist> {
    console.service().await?.get("/checklist", &[]).await
}

/// Opens the shop. Refused with `not_allowed_now` while the checklist has gaps.
pub async fn go_live(console: &Console) -> Answer<Store> {
    let store = console.service().await?.send(Method::POST, "/go-live", &serde_json::json!({})).await?;
    console.did("go_live");
    Ok(store)
}

/// Pauses or resumes bargaining.
pub async fn set_paused(console: &Console, paused: bool) -> Answer<Store> {
    let body = serde_json::json!({ "paused": paused });
    let store = console.service().await?.send(Method::POST, "/pause", &body).await?;
    console.did("set_paused");
    Ok(store)
}

/// Address of the shop's front page, for a browser.
pub async fn shop_address(console: &Console) -> Answer<String> {
    let session = console.session().await?;
    Ok(format!("{}/s/{}/", session.service.base(), session.slug))
}
