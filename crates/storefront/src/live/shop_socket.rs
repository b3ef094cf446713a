//! A visitor's WebSocket: their own negotiations as they change, nothing of anyone else. Who it is
//! comes from the visitor's cookie; a page of another origin is refused.

use api::live::ShopEvent;
use axum::extract::State;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, header};
use axum::response::Response;

use api::error::ErrorCode;

use super::forward::{forward, send};
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /v1/shops/{store}/live`
pub(crate) async fn connect(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> AppResult<Response> {
    refuse_other_origins(&headers)?;
    Ok(upgrade.max_message_size(4096).on_upgrade(move |socket| serve(socket, state, visitor)))
}

/// Browsers send cookies with a WebSocket of any page: only the shop's own may listen.
fn refuse_other_origins(headers: &HeaderMap) -> AppResult<()> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return Ok(()) };
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    if text(header::HOST) == Some(host) {
        return Ok(());
    }
    Err(AppError::refuse(ErrorCode::Forbidden, "This page is not of this shop."))
}

async fn serve(mut socket: WebSocket, state: AppState, visitor: Visitor) {
    let events = state.hub().listen_visitor(&visitor.id);
    // what happened before listening began is read by the page after this
    if send(&mut socket, &ShopEvent::Resync).await.is_ok() {
        let stop = &state.shared.stop;
        forward(&mut socket, events, ShopEvent::Resync, stop, || std::future::ready(true)).await;
    }
}
