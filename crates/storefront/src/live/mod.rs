//! Live notice to whoever listens, in this process. Sent after commit, never before; a listener
//! that falls behind is told to read again (`Resync`), so nothing is lost in silence.

mod forward;
mod lines;
pub(crate) mod shop_socket;
pub(crate) mod staff_socket;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api::live::{ShopEvent, StaffEvent};
use tokio::sync::broadcast;

pub(crate) use lines::Lines;

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

    pub(crate) fn listen_staff(&self, store_id: &str) -> Listener<StaffEvent> {
        self.staff.listen(store_id)
    }

    pub(crate) fn listen_visitor(&self, visitor_id: &str) -> Listener<ShopEvent> {
        self.shop.listen(visitor_id)
    }
}

/// A channel per key, made when first listened to and gone with its last listener.
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

impl<T> Channels<T> {
    fn all(&self) -> MutexGuard<'_, HashMap<String, broadcast::Sender<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone> Channels<T> {
    fn send(&self, key: &str, event: T) {
        if let Some(sender) = self.all().get(key) {
            // fails where the last listener is just leaving
            let _ = sender.send(event);
        }
    }

    fn listen(&self, key: &str) -> Listener<T> {
        let mut channels = self.all();
        let sender =
            channels.entry(key.to_owned()).or_insert_with(|| broadcast::channel(BACKLOG).0);
        Listener { events: sender.subscribe(), key: key.to_owned(), channels: self.clone() }
    }
}

/// Hears what is sent under a key, until dropped.
pub(crate) struct Listener<T> {
    events: broadcast::Receiver<T>,
    key: String,
    channels: Channels<T>,
}

impl<T> Drop for Listener<T> {
    fn drop(&mut self) {
        let mut channels = self.channels.all();
        // listeners come and go under this lock, so that this one is the last where it is alone
        if channels.get(&self.key).is_some_and(|sender| sender.receiver_count() <= 1) {
            channels.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_goes_with_its_last_listener() {
        let hub = Hub::default();
        // an attacker opens and closes as ever new visitors
        for n in 0..1000 {
            drop(hub.listen_visitor(&format!("visitor {n}")));
        }
        assert!(hub.shop.all().is_empty());
        let (first, mut second) = (hub.listen_staff("lantern"), hub.listen_staff("lantern"));
        drop(first);
        hub.to_staff("lantern", StaffEvent::Advance { seq: 7 });
        assert!(matches!(second.events.try_recv(), Ok(StaffEvent::Advance { seq: 7 })));
        drop(second);
        assert!(hub.staff.all().is_empty());
    }
}
