//! Figures: what needs a person now, and the dashboard.

use api::Instant;
use api::analytics::{Dashboard, Home};

use crate::{Answer, Console};

pub async fn home(console: &Console) -> Answer<Home> {
    console.service().await?.get("/home", &[]).await
}

/// Figures of `[from, until)`, beside the stretch of the same length before it.
pub async fn dashboard(console: &Console, from: Instant, until: Instant) -> Answer<Dashboard> {
    let pairs = [("from", from.0.to_string()), ("until", until.0.to_string())];
    console.service().await?.get("/dashboard", &pairs).await
}
