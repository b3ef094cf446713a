//! A limit on requests per client address, answered with our own error and a time to wait.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use api::error::ErrorCode;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error::AppError;
use crate::state::RateLimit;

pub(crate) type Limiter = Arc<DefaultKeyedRateLimiter<IpAddr>>;

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
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let Some(peer) = peer else { return next.run(request).await };
    match limiter.check_key(&peer) {
        Ok(()) => next.run(request).await,
        Err(until) => {
            let wait = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
            AppError::refuse(ErrorCode::RateLimited, "Too many requests at once. Wait a moment.")
                .with("retry_after_s", wait)
                .into_response()
        }
    }
}
