//! How many live channels a client address has open: each takes memory for as long as it likes, and
//! needs no sign-in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api::error::ErrorCode;
use axum::Extension;

use crate::error::{AppError, AppResult};
use crate::http::ClientAddress;

/// Tabs of an office behind one address; more is no crowd of customers.
const PER_ADDRESS_MAX: usize = 100;
const TRY_AGAIN_S: i64 = 30;

/// Open lines by address; `None`: not counted.
#[derive(Clone)]
pub(crate) struct Lines(Option<Arc<Mutex<HashMap<ClientAddress, usize>>>>);

impl Lines {
    pub(crate) fn new(limited: bool) -> Self {
        Self(limited.then(Arc::default))
    }

    /// One more line of this address, open until what is given is dropped.
    pub(super) fn open(&self, client: Option<Extension<ClientAddress>>) -> AppResult<Line> {
        let counted = client.map(|client| client.0);
        if let Some((address, mut open)) = counted.zip(self.all()) {
            let count = open.entry(address).or_default();
            if *count >= PER_ADDRESS_MAX {
                let message = "Too many live channels are open from your address. Close some.";
                return Err(AppError::refuse(ErrorCode::RateLimited, message)
                    .with("retry_after_s", TRY_AGAIN_S));
            }
            *count += 1;
        }
        Ok(Line { address: counted, lines: self.clone() })
    }

    fn all(&self) -> Option<MutexGuard<'_, HashMap<ClientAddress, usize>>> {
        self.0.as_ref().map(|open| open.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A line that counts while it is open.
pub(super) struct Line {
    address: Option<ClientAddress>,
    lines: Lines,
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some((address, mut open)) = self.address.zip(self.lines.all())
            && let Some(count) = open.get_mut(&address)
        {
            *count -= 1;
            if *count == 0 {
                open.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::address::tests::client;

    fn from(address: &str) -> Option<Extension<ClientAddress>> {
        Some(Extension(client(address)))
    }

    #[test]
    fn an_address_has_so_many_lines_and_keeps_no_other_out() {
        let lines = Lines::new(true);
        // an attacker takes all that a network of IPv6 addresses gives
        let open: Vec<_> =
            (0..150).map(|n| lines.open(from(&format!("2001:db8::{n:x}")))).collect();
        assert_eq!(open.iter().filter(|line| line.is_ok()).count(), PER_ADDRESS_MAX);
        assert!(lines.open(from("203.0.113.9")).is_ok());
        drop(open);
        assert!(lines.open(from("2001:db8::1")).is_ok());
        assert!(lines.all().is_some_and(|open| open.is_empty()), "nothing stays behind");
        let free = Lines::new(false);
        let open: Vec<_> = (0..150).map(|_| free.open(from("203.0.113.9"))).collect();
        assert!(open.iter().all(Result::is_ok));
    }
}
