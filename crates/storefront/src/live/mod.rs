//! Live notice to whoever listens, in this process. Sent after commit, never before; a listener
//! that falls behind is told to read again (`Resync`), so nothing is lost in silence.

mod forward;
pub(crate) mod shop_socket;
pub(crate) mod staff_socket;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use api::live::{ShopEvent, StaffEvent};
use tokio::sync::broadcast;

/// Events a listener may be behind before it must read again.
const BACKLOG: usize = 256;

#[derive(Clone, Default)]
pub(crate) struct Hub {
    staff: Channels<StaffEvent>,
    shop: Channels<ShopEvent>,
}

impl Hub {
    pub(crate) fn to_staff(&self, store_id: &str, event: StaffEvent) {
        self.staff.send(store_id, event);
    }

    pub(crate) fn to_visitor(&self, visitor_id: &str, event: ShopEvent) {
        self.shop.send(visitor_id, event);
    }

    pub(crate) fn listen_staff(&self, store_id: &str) -> broadcast::Receiver<StaffEvent> {
        self.staff.listen(store_id)
    }

    pub(crate) fn listen_visitor(&self, visitor_id: &str) -> broadcast::Receiver<ShopEvent> {
        self.shop.listen(visitor_id)
    }
}

/// A channel per key, made when first listened to and dropped when nobody listens.
struct Channels<T>(Arc<Mutex<HashMap<String, broadcast::Sender<T>>>>);

impl<T> Clone for Channels<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Channels<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: Clone> Channels<T> {
    fn send(&self, key: &str, event: T) {
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = channels.get(key)
            && sender.send(event).is_err()
        {
            channels.remove(key);
        }
    }

    fn listen(&self, key: &str) -> broadcast::Receiver<T> {
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        channels.entry(key.to_owned()).or_insert_with(|| broadcast::channel(BACKLOG).0).subscribe()
    }
}
