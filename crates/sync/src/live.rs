//! Live notice: a WebSocket that says `advance`, and carries the queue's changes. It brings nothing
//! that a pull or a read would not; when it breaks, nothing is lost.

use std::time::Duration;

use api::error::{ErrorBody, ErrorCode};
use api::live::StaffEvent;
use base64::Engine as _;
use futures_util::{SinkExt as _, StreamExt as _};
use rand::RngExt as _;
use reqwest::header;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use crate::Service;

const PROTOCOL: &str = "souk.v1";
/// The service pings every 20 s: a line silent for this long is dead.
const SILENCE_MAX: Duration = Duration::from_secs(50);

/// An open live channel.
pub(crate) struct Live {
    socket: WebSocketStream<reqwest::Upgraded>,
}

impl Live {
    /// Opens the channel through the same HTTP stack as every other request, so that addresses,
    /// certificates and time limits are the same. The token goes in a header, never in the address.
    pub(crate) async fn open(service: &Service) -> Result<Self, ErrorBody> {
        let nonce: [u8; 16] = rand::rng().random();
        let key = base64::engine::general_purpose::STANDARD.encode(nonce);
        let response = service.upgrade("/live", PROTOCOL, &key).await?;
        let accepted = response
            .headers()
            .get(header::SEC_WEBSOCKET_ACCEPT)
            .is_some_and(|v| v.as_bytes() == derive_accept_key(key.as_bytes()).as_bytes());
        if response.status() != reqwest::StatusCode::SWITCHING_PROTOCOLS || !accepted {
            return Err(broken());
        }
        let upgraded = response.upgrade().await.map_err(|_| broken())?;
        let socket = WebSocketStream::from_raw_socket(upgraded, Role::Client, None).await;
        Ok(Self { socket })
    }

    /// The next event; `None` when the line is gone. An event that this version does not know reads
    /// as `Resync`: something changed.
    pub(crate) async fn next(&mut self) -> Option<StaffEvent> {
        loop {
            let message = timeout(SILENCE_MAX, self.socket.next()).await.ok()??.ok()?;
            match message {
                Message::Text(text) => {
                    return Some(serde_json::from_str(&text).unwrap_or(StaffEvent::Resync));
                }
                Message::Close(_) => return None,
                // tungstenite answers pings by itself when something is written or read
                _ => self.socket.flush().await.ok()?,
            }
        }
    }
}

fn broken() -> ErrorBody {
    ErrorBody::new(ErrorCode::Offline, "The live channel could not be opened.")
}
