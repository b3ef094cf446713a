//! The catalogue out of the store, in Souk's own layout: what import reads back as unchanged.

use commerce::csv_out::{neutralise, write_row};
use commerce::{CategoryPath, Currency, Money, Product, ProductParts, Sku};

use super::save::parse_currency;
use crate::db::product::ProductRow;
use crate::db::{Db, args, import, store};
use crate::error::{AppError, AppResult};

/// Products read at a time.
const BATCH: i64 = 5_000;

/// Every product but the archived ones, by SKU, as CSV in UTF-8.
pub(crate) async fn csv(db: &Db, store_id: &str) -> AppResult<String> {
    let store: store::StoreRow = db.one(store::BY_ID, args![store_id]).await?;
    let currency = parse_currency(&store.currency)?;
    let mut out = commerce::catalog_file::export([]);
    let header = out.len();
    let mut pages = Pages::of(store_id);
    while let Some(rows) = pages.next(db).await? {
        let products: Vec<Product> =
            rows.into_iter().map(|row| domain(row, currency)).collect::<AppResult<_>>()?;
        let text = commerce::catalog_file::export(&products);
        out.push_str(text.get(header..).unwrap_or_default());
    }
    Ok(out)
}

/// The same products as `souk rules` reads them: the columns of [`pricing::CATALOG_COLUMNS`].
pub(crate) async fn for_rules(db: &Db, store_id: &str) -> AppResult<String> {
    let store: store::StoreRow = db.one(store::BY_ID, args![store_id]).await?;
    let products = priced(db, store_id, parse_currency(&store.currency)?).await?;
    let mut out = String::new();
    write_row(&mut out, pricing::CATALOG_COLUMNS);
    for product in &products {
        let list_price = product.list_price.to_string();
        let unit_cost = product.unit_cost.map(|cost| cost.to_string()).unwrap_or_default();
        let stock = product.stock.map(|units| units.to_string()).unwrap_or_default();
        let title = neutralise(&product.title);
        write_row(
            &mut out,
            [&*product.sku, &*title, &*product.category, &*list_price, &*unit_cost, &*stock],
        );
    }
    Ok(out)
}

/// The products that rules are checked and replayed over: all but the archived ones, by SKU.
pub(crate) async fn priced(
    db: &Db,
    store_id: &str,
    currency: Currency,
) -> AppResult<Vec<pricing::Product>> {
    let (mut products, mut pages) = (Vec::new(), Pages::of(store_id));
    while let Some(rows) = pages.next(db).await? {
        for row in &rows {
            products.push(crate::rules::floor::product_of(row, currency)?);
        }
    }
    Ok(products)
}

/// The catalogue page by page.
struct Pages<'s> {
    store_id: &'s str,
    after: String,
}

impl<'s> Pages<'s> {
    fn of(store_id: &'s str) -> Self {
        Self { store_id, after: String::new() }
    }

    async fn next(&mut self, db: &Db) -> AppResult<Option<Vec<ProductRow>>> {
        let page = args![self.store_id, &self.after, BATCH];
        let rows: Vec<ProductRow> = db.all(import::EXPORT_AFTER, page).await?;
        let Some(last) = rows.last() else { return Ok(None) };
        self.after.clone_from(&last.sku);
        Ok(Some(rows))
    }
}

/// A stored product as the domain has it.
fn domain(row: ProductRow, currency: Currency) -> AppResult<Product> {
    let money = |minor: i64| Money::from_minor(minor, currency).map_err(AppError::internal);
    Product::new(ProductParts {
        sku: Sku::parse(&row.sku).map_err(AppError::internal)?,
        title: row.title,
        description: row.description,
        category: CategoryPath::parse(&row.category).map_err(AppError::internal)?,
        list_price: money(row.list_price)?,
        unit_cost: row.unit_cost.map(money).transpose()?,
        stock: row.stock,
        state: row.state.parse().map_err(AppError::internal)?,
        tags: serde_json::from_str(&row.tags).map_err(AppError::internal)?,
        image: row.image,
    })
    .map_err(AppError::internal)
}
