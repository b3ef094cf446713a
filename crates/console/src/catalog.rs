//! Categories and products.

use api::Page;
use api::catalog::{Category, Product, ProductChange, ProductState, ProductStateChange};
use serde::{Deserialize, Serialize};
use specta::Type;
use sync::{Method, service::path_part};

use crate::{Answer, Console};

/// Which products, by everything that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct ProductQuery {
    /// Part of a SKU or title, in any case.
    pub q: Option<String>,
    /// A category's path; what is under it counts too.
    pub category: Option<String>,
    pub state: Option<ProductState>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// 1 to 500; 100 unless given.
    pub limit: Option<i32>,
}

pub async fn categories(console: &Console) -> Answer<Vec<Category>> {
    console.service().await?.get("/categories", &[]).await
}

pub async fn products(console: &Console, query: ProductQuery) -> Answer<Page<Product>> {
    let state = query.state.map(state_name).map(str::to_owned);
    let limit = Some(query.limit.unwrap_or(100).clamp(1, 500).to_string());
    let pairs = crate::core::pairs([
        ("q", query.q),
        ("category", query.category),
        ("state", state),
        ("after", query.after),
        ("limit", limit),
    ]);
    console.service().await?.get("/products", &pairs).await
}

pub async fn product(console: &Console, sku: &str) -> Answer<Product> {
    console.service().await?.get(&format!("/products/{}", path_part(sku)), &[]).await
}

pub async fn save_product(console: &Console, sku: &str, change: ProductChange) -> Answer<Product> {
    let path = format!("/products/{}", path_part(sku));
    let product = console.service().await?.send(Method::PUT, &path, &change).await?;
    console.did("product_save");
    Ok(product)
}

/// Publishes, unpublishes or archives a product.
pub async fn set_product_state(
    console: &Console,
    sku: &str,
    change: ProductStateChange,
) -> Answer<Product> {
    let path = format!("/products/{}/state", path_part(sku));
    let product = console.service().await?.send(Method::POST, &path, &change).await?;
    console.did("product_set_state");
    Ok(product)
}

pub(crate) fn state_name(state: ProductState) -> &'static str {
    match state {
        ProductState::Draft => "draft",
        ProductState::Live => "live",
        ProductState::Unpublished => "unpublished",
        ProductState::Archived => "archived",
    }
}
