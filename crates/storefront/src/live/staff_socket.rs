//! The staff's WebSocket. The token comes in the subprotocol list (`souk.v1, TOKEN`), never in the
//! address, where logs would keep it.

use api::live::StaffEvent;
use axum::Extension;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::forward::{forward, send};
use super::lines::Line;
use crate::auth::{Action, StaffCtx, authenticate};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};
use crate::http::ClientAddress;
use crate::negotiations::shape::row_for;
use crate::state::AppState;

const PROTOCOL: &str = "souk.v1";

/// `GET /v1/stores/{store}/live`
pub(crate) async fn connect(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    client: Option<Extension<ClientAddress>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> AppResult<Response> {
    let offered = headers.get(header::SEC_WEBSOCKET_PROTOCOL).and_then(|v| v.to_str().ok());
    let token = offered
        .and_then(|list| list.split(',').map(str::trim).find(|item| *item != PROTOCOL))
        .unwrap_or("")
        .to_owned();
    let ctx = authenticate(&state, &token).await?;
    ctx.may(Action::ReadStore)?;
    if slug != ctx.slug && slug != ctx.store_id {
        return Err(AppError::not_found("store"));
    }
    let line = state.shared.lines.open(client)?;
    let upgrade = upgrade.protocols([PROTOCOL]).max_message_size(4096);
    Ok(upgrade.on_upgrade(move |socket| serve(socket, ctx, token, line)))
}

async fn serve(mut socket: WebSocket, ctx: StaffCtx, token: String, _line: Line) {
    let events = ctx.state.hub().listen_staff(&ctx.store_id);
    // Where the feed stands now, after listening began: nothing can fall between.
    let row = ctx.state.db().maybe::<store::StoreRow>(store::BY_ID, args![&ctx.store_id]).await;
    if let Ok(Some(row)) = row
        && send(&mut socket, &StaffEvent::Advance { seq: row.seq }).await.is_err()
    {
        return;
    }
    let state = ctx.state.clone();
    let told = |event| match event {
        StaffEvent::Negotiation { row } => {
            StaffEvent::Negotiation { row: Box::new(row_for(&ctx, *row)) }
        }
        other => other,
    };
    // under another role the line would tell too much or too little: the console opens a new one
    let signed_in = || {
        let (state, token, role) = (state.clone(), token.clone(), ctx.role);
        async move { authenticate(&state, &token).await.is_ok_and(|now| now.role == role) }
    };
    let stop = &state.shared.stop;
    forward(&mut socket, events, StaffEvent::Resync, told, stop, signed_in).await;
}
