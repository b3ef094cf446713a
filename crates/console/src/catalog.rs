//! Categories and products.

use std::collections::BTreeMap;

use api::Page;
use api::catalog::{Category, Product, ProductChange, ProductState, ProductStateChange};
use api::error::ErrorCode;
use api::sync::Entity;
use cache::{Document, ProductFilter};
use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;
use sync::service::path_part;

use crate::document::{self, Wanted};
use crate::{Answer, Console, failure};

/// What a person may change of a product in its form.
const FIELDS: &[&str] =
    &["title", "description", "category", "list_price", "unit_cost", "stock", "tags"];

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

/// With a line the service's list; without, what the products here say.
pub async fn categories(console: &Console) -> Answer<Vec<Category>> {
    let session = console.session().await?;
    match session.service.get("/categories", &[]).await {
        Err(error) if error.code == ErrorCode::Offline => {
            let counts = cache::category_counts(console.cache(), session.service.store_id())
                .await
                .map_err(|e| failure::cache(&e))?;
            Ok(from_counts(&counts))
        }
        answer => answer,
    }
}

/// Every path and every path above it, each with the live products in it and under it.
fn from_counts(counts: &BTreeMap<String, i64>) -> Vec<Category> {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for (path, count) in counts {
        let mut upto = String::new();
        for part in path.split('/') {
            if !upto.is_empty() {
                upto.push('/');
            }
            upto.push_str(part);
            *sums.entry(upto.clone()).or_default() += count;
        }
    }
    sums.into_iter()
        .map(|(path, products)| {
            let last = path.rsplit('/').next().unwrap_or_default().replace('-', " ");
            let mut letters = last.chars();
            let name = letters
                .next()
                .map(|c| c.to_uppercase().chain(letters).collect())
                .unwrap_or_default();
            Category { path, name, products }
        })
        .collect()
}

/// From this computer's copy once it is whole, in the order of SKUs.
pub async fn products(console: &Console, query: ProductQuery) -> Answer<Page<Product>> {
    let limit = i64::from(query.limit.unwrap_or(100).clamp(1, 500));
    if !document::is_complete(console).await? {
        return products_of_service(console, query, limit).await;
    }
    let session = console.session().await?;
    let filter = ProductFilter {
        q: query.q.unwrap_or_default(),
        category: query.category.unwrap_or_default(),
        state: query.state.map(state_name).unwrap_or_default().to_owned(),
        after: query.after.unwrap_or_default(),
        limit,
    };
    let found = cache::products(console.cache(), session.service.store_id(), &filter)
        .await
        .map_err(|e| failure::cache(&e))?;
    let items = found.items.iter().map(read).collect::<Answer<_>>()?;
    Ok(Page { items, next: found.next, total: Some(found.total) })
}

async fn products_of_service(
    console: &Console,
    query: ProductQuery,
    limit: i64,
) -> Answer<Page<Product>> {
    let pairs = crate::core::pairs([
        ("q", query.q),
        ("category", query.category),
        ("state", query.state.map(state_name).map(str::to_owned)),
        ("after", query.after),
        ("limit", Some(limit.to_string())),
    ]);
    console.service().await?.get("/products", &pairs).await
}

pub async fn product(console: &Console, sku: &str) -> Answer<Product> {
    match document::find(console, Entity::Product, sku).await? {
        Some(found) => read(&found),
        None => console.service().await?.get(&format!("/products/{}", path_part(sku)), &[]).await,
    }
}

/// Creates (`base_rev` 0) or changes a product. Works offline.
pub async fn save_product(console: &Console, sku: &str, change: ProductChange) -> Answer<Product> {
    let sku = sku.trim();
    if sku.is_empty() || sku.chars().count() > 64 || sku.chars().any(char::is_control) {
        return Err(failure::invalid("sku", "A SKU has 1 to 64 characters on one line."));
    }
    let wanted = Wanted {
        use_case: "product_save",
        entity: Entity::Product,
        key: sku.to_owned(),
        base_rev: change.base_rev,
        fields: document::fields_of(&change, FIELDS)?,
    };
    document::edit(console, wanted).await?;
    product(console, sku).await
}

/// Publishes, unpublishes or archives a product. Works offline.
pub async fn set_product_state(
    console: &Console,
    sku: &str,
    change: ProductStateChange,
) -> Answer<Product> {
    let wanted = Wanted {
        use_case: "product_set_state",
        entity: Entity::Product,
        key: sku.to_owned(),
        base_rev: change.base_rev,
        fields: document::fields_of(&change, &["state"])?,
    };
    document::edit(console, wanted).await?;
    product(console, sku).await
}

pub(crate) fn read(found: &Document) -> Answer<Product> {
    let known = json!({
        "sku": found.key,
        "description": "",
        "unit_cost": null,
        "stock": null,
        "state": "draft",
        "tags": [],
        "image": null,
        "rev": 0,
        "updated_at": "1970-01-01T00:00:00Z",
    });
    let mut product: Product = document::read_over(&found.doc, known)?;
    product.rev = found.rev;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_from_products() {
        let counts = BTreeMap::from([
            ("home/lights".to_owned(), 2),
            ("home/tea-towels".to_owned(), 3),
            ("toys".to_owned(), 0),
        ]);
        let found: Vec<_> =
            from_counts(&counts).into_iter().map(|c| (c.path, c.name, c.products)).collect();
        let expected = [
            ("home", "Home", 5),
            ("home/lights", "Lights", 2),
            ("home/tea-towels", "Tea towels", 3),
            ("toys", "Toys", 0),
        ];
        assert_eq!(found, expected.map(|(p, n, c)| (p.to_owned(), n.to_owned(), c)));
    }
}
