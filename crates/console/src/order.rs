//! Orders: list, one, and moving it on.

use api::order::{OrderDetail, OrderRow, OrderTransition};
use api::{Instant, Page};
use serde::{Deserialize, Serialize};
use specta::Type;
use sync::{Method, service::path_part};

use crate::{Answer, Console};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct OrderQuery {
    /// A state's name: `placed`, `paid` …
    pub state: Option<String>,
    /// Part of a number, a customer's name or a title.
    pub q: Option<String>,
    /// Placed at or after.
    pub from: Option<Instant>,
    /// Placed before.
    pub until: Option<Instant>,
    /// Only those that count as sold.
    pub sold: Option<bool>,
    /// Only returns of an imported history, or none of them.
    pub returns: Option<bool>,
    pub after: Option<String>,
    /// 1 to 500; 100 unless given.
    pub limit: Option<i32>,
}

pub async fn list(console: &Console, query: OrderQuery) -> Answer<Page<OrderRow>> {
    let pairs = crate::core::pairs([
        ("state", query.state),
        ("q", query.q),
        ("from", query.from.map(|at| at.0.to_string())),
        ("until", query.until.map(|at| at.0.to_string())),
        ("sold", query.sold.map(|s| s.to_string())),
        ("returns", query.returns.map(|r| r.to_string())),
        ("after", query.after),
        ("limit", Some(query.limit.unwrap_or(100).clamp(1, 500).to_string())),
    ]);
    console.service().await?.get("/orders", &pairs).await
}

pub async fn get(console: &Console, id: &str) -> Answer<OrderDetail> {
    console.service().await?.get(&format!("/orders/{}", path_part(id)), &[]).await
}

pub async fn transition(console: &Console, id: &str, to: OrderTransition) -> Answer<OrderDetail> {
    let path = format!("/orders/{}/transition", path_part(id));
    let detail = console.service().await?.send(Method::POST, &path, &to).await?;
    console.did("order_transition");
    Ok(detail)
}
