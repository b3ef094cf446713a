//! Figures: what needs a person now, and the dashboard.

use api::Instant;
use api::analytics::{Dashboard, Home};

use crate::{Answer, Console, first_screen};

pub async fn home(console: &Console) -> Answer<Home> {
    let service = console.service().await?;
    let home: Home = service.get("/home", &[]).await?;
    first_screen::keep(console, service.store_id(), &home);
    Ok(home)
}

/// Figures of `[from, until)`, beside the stretch of the same length before it.
pub async fn dashboard(console: &Console, from: Instant, until: Instant) -> Answer<Dashboard> {
    let pairs = [("from", from.0.to_string()), ("until", until.0.to_string())];
    console.service().await?.get("/dashboard", &pairs).await
}
