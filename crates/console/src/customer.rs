//! Customers as staff see them.

use api::Page;
use api::customer::CustomerRow;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{Answer, Console};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct CustomerQuery {
    pub q: Option<String>,
    /// A segment's short name.
    pub segment: Option<String>,
    pub after: Option<String>,
    /// 1 to 500; 100 unless given.
    pub limit: Option<i32>,
}

pub async fn list(console: &Console, query: CustomerQuery) -> Answer<Page<CustomerRow>> {
    let pairs = crate::core::pairs([
        ("q", query.q),
        ("segment", query.segment),
        ("after", query.after),
        ("limit", Some(query.limit.unwrap_or(100).clamp(1, 500).to_string())),
    ]);
    console.service().await?.get("/customers", &pairs).await
}
