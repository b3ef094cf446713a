//! A thing of the change feed as its wire document.

use std::collections::HashMap;

use api::sync::Entity;
use serde_json::{Value, json};

use crate::catalog::save::parse_currency;
use crate::db::{Db, args, product, store, sync};
use crate::error::AppResult;
use crate::{document, launch, segments};

/// The document, or none where it is gone.
pub(crate) async fn load(
    state: &crate::state::AppState,
    store_id: &str,
    entity: Entity,
    key: &str,
) -> AppResult<Option<Value>> {
    let db = state.db();
    match entity {
        Entity::Store => {
            let store = crate::routes::store::read(&mut state.db(), store_id).await?;
            Ok(Some(json!(store.profile)))
        }
        Entity::Segments => {
            let (list, _) = segments::read(state, store_id).await?;
            Ok(Some(json!({ "value": list })))
        }
        Entity::Launch => Ok(Some(json!(launch::read(state, store_id).await?))),
        Entity::Setting => {
            let name = format!("setting/{key}");
            let (value, _) = document::read(state, store_id, &name).await?;
            Ok(Some(json!({ "value": value })))
        }
        Entity::Product => product_doc(db, store_id, key).await,
        Entity::RuleSet => {
            let found = crate::rules::read(state, store_id, key).await?;
            Ok(found.map(|set| json!(set)))
        }
        Entity::Negotiation => {
            Ok(crate::negotiations::document(state, store_id, key).await?.map(|row| json!(row)))
        }
        Entity::Order => {
            Ok(crate::orders::document(state, store_id, key).await?.map(|row| json!(row)))
        }
    }
}

/// The products among the changes after one position and up to another, by SKU.
pub(crate) async fn products_between(
    state: &crate::state::AppState,
    store_id: &str,
    after: i64,
    until: i64,
) -> AppResult<HashMap<String, Value>> {
    let db = state.db();
    let store: store::StoreRow = db.one(store::BY_ID, args![store_id]).await?;
    let page = args![store_id, after, until];
    let rows: Vec<product::ProductRow> = db.all(sync::PRODUCTS_BETWEEN, page).await?;
    let Some(_) = rows.first() else { return Ok(HashMap::new()) };
    let currency = parse_currency(&store.currency)?;
    let wire = |row: product::ProductRow| {
        let sku = row.sku.clone();
        Ok((sku, json!(crate::catalog::to_wire(row, currency)?)))
    };
    rows.into_iter().map(wire).collect()
}

async fn product_doc(db: &Db, store_id: &str, sku: &str) -> AppResult<Option<Value>> {
    let store: store::StoreRow = db.one(store::BY_ID, args![store_id]).await?;
    let currency = parse_currency(&store.currency)?;
    let row: Option<product::ProductRow> = db.maybe(product::BY_SKU, args![store_id, sku]).await?;
    let wire = row.map(|row| crate::catalog::to_wire(row, currency)).transpose()?;
    Ok(wire.map(|product| json!(product)))
}
