//! A visitor's WebSocket: their own negotiations as they change, nothing of anyone else. On the shop's
//! own pages who it is comes from the cookie. A browser sends cookies with a WebSocket of any page, so
//! a page of another site must be one that the store lets embed it, and must bring its visitor's own
//! token among the subprotocols (`souk.v1, TOKEN`); a cookie does not count there.

use api::live::ShopEvent;
use axum::Extension;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use api::error::ErrorCode;

use super::forward::{forward, send};
use super::lines::Line;
use crate::error::{AppError, AppResult};
use crate::http::ClientAddress;
use crate::state::AppState;
use crate::visitor::Visitor;

const PROTOCOL: &str = "souk.v1";

/// `GET /v1/shops/{store}/live`
pub(crate) async fn connect(
    State(state): State<AppState>,
    Path(store): Path<String>,
    visitor: Visitor,
    client: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> AppResult<Response> {
    if let Some(origin) = crate::shop::foreign_origin(&headers) {
        let by_protocol = crate::visitor::from_protocol(&headers).is_some();
        if !by_protocol || !crate::shop::may_embed(&state, &store, &origin).await {
            let message = "This page may not listen to this shop.";
            return Err(AppError::refuse(ErrorCode::Forbidden, message));
        }
    }
    let line = state.shared.lines.open(client)?;
    let upgrade = upgrade.protocols([PROTOCOL]).max_message_size(4096);
    Ok(upgrade.on_upgrade(move |socket| serve(socket, state, visitor, line)))
}

async fn serve(mut socket: WebSocket, state: AppState, visitor: Visitor, _line: Line) {
    let events = state.hub().listen_visitor(&visitor.id);
    // what happened before listening began is read by the page after this
    if send(&mut socket, &ShopEvent::Resync).await.is_ok() {
        let stop = &state.shared.stop;
        let told = std::convert::identity;
        let may_listen = || std::future::ready(true);
        forward(&mut socket, events, ShopEvent::Resync, told, stop, may_listen).await;
    }
}
