//! Carries events of one channel to one WebSocket until either side, or the service, ends.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use super::Listener;

/// A silent peer is asked this often, so that a dead connection is noticed; and whether it may
/// still listen is looked at again.
const PING_EVERY: Duration = Duration::from_secs(20);

/// Each event is sent as `told` makes it; `missed` is sent instead of events that a slow reader lost;
/// `may_listen` is asked with each ping, so that a revoked session's line ends too.
pub(crate) async fn forward<E: Serialize + Clone, F: Future<Output = bool> + Send>(
    socket: &mut WebSocket,
    mut listener: Listener<E>,
    missed: E,
    told: impl Fn(E) -> E + Send,
    stop: &CancellationToken,
    may_listen: impl Fn() -> F + Send,
) {
    let mut ping = tokio::time::interval(PING_EVERY);
    loop {
        let goes_on = tokio::select! {
            () = stop.cancelled() => false,
            event = listener.events.recv() => match event {
                Ok(event) => send(socket, &told(event)).await.is_ok(),
                Err(RecvError::Lagged(_)) => send(socket, &missed).await.is_ok(),
                Err(RecvError::Closed) => false,
            },
            message = socket.recv() => {
                !matches!(message, None | Some(Err(_) | Ok(Message::Close(_))))
            }
            _ = ping.tick() => {
                may_listen().await && socket.send(Message::Ping(vec![].into())).await.is_ok()
            }
        };
        if !goes_on {
            let _ = socket.send(Message::Close(None)).await;
            return;
        }
    }
}

pub(crate) async fn send<E: Serialize>(
    socket: &mut WebSocket,
    event: &E,
) -> Result<(), axum::Error> {
    let text = serde_json::to_string(event).map_err(axum::Error::new)?;
    socket.send(Message::Text(text.into())).await
}
