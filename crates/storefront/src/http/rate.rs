//! A limit on requests per client address, answered with our own error and a time to wait.

use std::num::NonZeroU32;
use std::sync::Arc;

use api::error::ErrorCode;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::ClientAddress;
use crate::error::AppError;
use crate::state::RateLimit;

pub(crate) type Limiter = Arc<DefaultKeyedRateLimiter<ClientAddress>>;

pub(crate) fn limiter(limit: RateLimit) -> Option<Limiter> {
    let quota = Quota::per_second(NonZeroU32::new(limit.per_second)?)
        .allow_burst(NonZeroU32::new(limit.burst)?);
    Some(Arc::new(RateLimiter::keyed(quota)))
}

pub(crate) async fn limit(
    State(limiter): State<Limiter>,
    request: Request,
    next: Next,
) -> Response {
    let Some(address) = request.extensions().get::<ClientAddress>() else {
        return next.run(request).await;
    };
    match limiter.check_key(address) {
        Ok(()) => next.run(request).await,
        Err(until) => {
            let wait = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            AppError::refuse(ErrorCode::RateLimited, "Too many requests at once. Wait a moment.")
                .with("retry_after_s", wait)
                .into_response()
        }
    }
}

/// Forgets addresses whose burst is whole again: each was kept from its first request on.
pub(crate) fn forget_rested(limiter: &Limiter) {
    limiter.retain_recent();
    limiter.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::http::address::tests::client;

    #[test]
    fn an_address_is_kept_while_it_is_held_back_and_no_longer() {
        let limiter = limiter(RateLimit { per_second: 50, burst: 5 }).expect("a limit");
        for n in 0..1000 {
            let passed = limiter.check_key(&client(&format!("2001:db8:0:{n:x}::1")));
            assert!(passed.is_ok(), "{n}");
        }
        let busy = client("203.0.113.9");
        assert!((0..50).any(|_| limiter.check_key(&busy).is_err()));
        std::thread::sleep(Duration::from_millis(40));
        forget_rested(&limiter);
        assert_eq!(limiter.len(), 1, "the busy one alone");
        std::thread::sleep(Duration::from_millis(200));
        forget_rested(&limiter);
        assert!(limiter.is_empty());
    }
}
