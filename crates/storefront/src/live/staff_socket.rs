//! The staff's WebSocket. The token comes in the subprotocol list (`souk.v1, TOKEN`), never in the
//! address, where logs would keep it.

use api::live::StaffEvent;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use tokio::sync::broadcast::error::RecvError;

use crate::auth::{Action, StaffCtx, authenticate};
use crate::db::{args, store};
use crate::error::{AppError, AppResult};
use crate::state::AppState;

const PROTOCOL: &str = "souk.v1";
/// A silent peer is asked this often, so that a dead connection is noticed.
const PING_EVERY: std::time::Duration = std::time::Duration::from_secs(20);

/// `GET /v1/stores/{store}/live`
pub(crate) async fn connect(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> AppResult<Response> {
    let offered = headers.get(header::SEC_WEBSOCKET_PROTOCOL).and_then(|v| v.to_str().ok());
    let token = offered
        .and_then(|list| list.split(',').map(str::trim).find(|item| *item != PROTOCOL))
        .unwrap_or("");
    let ctx = authenticate(&state, token).await?;
    ctx.may(Action::ReadStore)?;
    if slug != ctx.slug && slug != ctx.store_id {
        return Err(AppError::not_found("store"));
    }
    Ok(upgrade.protocols([PROTOCOL]).on_upgrade(move |socket| serve(socket, ctx)))
}

async fn serve(mut socket: WebSocket, ctx: StaffCtx) {
    let mut events = ctx.state.hub().listen_staff(&ctx.store_id);
    // Where the feed stands now, after listening began: nothing can fall between.
    let row = ctx.state.db().maybe::<store::StoreRow>(store::BY_ID, args![&ctx.store_id]).await;
    if let Ok(Some(row)) = row
        && send(&mut socket, &StaffEvent::Advance { seq: row.seq }).await.is_err()
    {
        return;
    }
    let mut ping = tokio::time::interval(PING_EVERY);
    loop {
        tokio::select! {
            event = events.recv() => {
                let event = match event {
                    Ok(event) => event,
                    Err(RecvError::Lagged(_)) => StaffEvent::Resync,
                    Err(RecvError::Closed) => return,
                };
                if send(&mut socket, &event).await.is_err() {
                    return;
                }
            }
            message = socket.recv() => match message {
                None | Some(Err(_) | Ok(Message::Close(_))) => return,
                Some(Ok(_)) => {}
            },
            _ = ping.tick() => {
                if socket.send(Message::Ping(vec![].into())).await.is_err() {
                    return;
                }
            }
        }
    }
}

async fn send(socket: &mut WebSocket, event: &StaffEvent) -> Result<(), axum::Error> {
    let text = serde_json::to_string(event).map_err(axum::Error::new)?;
    socket.send(Message::Text(text.into())).await
}
