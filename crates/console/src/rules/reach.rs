//! How far rules reach, and what they leave open. Works offline once the history is here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use api::rules::{Coverage, CoverageCell, CoverageColumn, CoverageRow, RuleReach};
use jiff::Timestamp;
use pricing::{CustomerKind, Figures, Index, OrderColumns, Product, ProductKey, Scratch};

use super::goods::{self, Goods};
use super::{history, open};
use crate::{Answer, Console, store};

/// Segments and countries that the map of coverage has columns for, at most.
const COLUMNS_EACH_MAX: usize = 8;

/// How far each rule reaches, in the document's order. Where no history can be had, no line is
/// counted.
pub async fn reach(console: &Console, id: &str) -> Answer<Vec<RuleReach>> {
    let work = console.works().begin(format!("reach/{id}"));
    let watch = work.watch(crate::progress::unwatched());
    let ready = open::ready(console, id).await?;
    let goods = goods::all(console).await?;
    let orders = match history::orders(console, &watch).await {
        Ok(orders) => orders,
        Err(error) if error.code == api::error::ErrorCode::Cancelled => return Err(error),
        Err(_) => Arc::new(pricing::OrdersBuilder::new(ready.rules.currency()).finish()),
    };
    open::blocking(move || reached(&ready.rules, &goods, &orders)).await
}

fn reached(rules: &pricing::RuleSet, goods: &Goods, orders: &OrderColumns) -> Vec<RuleReach> {
    let count = |number| i64::try_from(number).unwrap_or(i64::MAX);
    let reach = pricing::reach(rules, &goods.catalog, orders);
    let ids = rules.rules().iter().map(|rule| rule.id.clone());
    ids.zip(reach)
        .map(|(rule_id, reach)| RuleReach {
            rule_id,
            products: count(reach.products),
            lines: count(reach.lines),
        })
        .collect()
}

/// Products by category against buyers: one unit, now, on the web, in no segment and of the
/// store's country but for what the column says.
pub async fn coverage(console: &Console, id: &str) -> Answer<Coverage> {
    let ready = open::ready(console, id).await?;
    let goods = goods::all(console).await?;
    let home = store::get(console).await?.profile.country;
    let home = if home.is_empty() { "ZZ".to_owned() } else { home };
    let now = Timestamp::now();
    open::blocking(move || covered(&ready.rules, &ready.index, &goods, &home, now)).await
}

fn covered(
    rules: &pricing::RuleSet,
    index: &Index,
    goods: &Goods,
    home: &str,
    now: Timestamp,
) -> Coverage {
    let mut by_category: BTreeMap<&str, Vec<(&Product, ProductKey)>> = BTreeMap::new();
    for product in goods.catalog.products() {
        let (list_price, unit_cost) = (product.list_price, product.unit_cost);
        let key = index.product(&product.sku, &product.category, list_price, unit_cost);
        by_category.entry(&product.category).or_default().push((product, key));
    }
    let columns = columns(rules, home);
    let moment = index.moment(now);
    let buyer = |column: &CoverageColumn| {
        let (mut customer, mut segment, mut country) = (CustomerKind::New, None, home);
        match column.dimension.as_str() {
            "segment" => segment = Some(column.value.as_str()),
            // ZZ stands for a country that no rule names
            "country" if column.value.is_empty() => country = "ZZ",
            "country" => country = &column.value,
            _ if column.value == CustomerKind::Returning.as_str() => {
                customer = CustomerKind::Returning;
            }
            _ => {}
        }
        index.buyer(segment, "web", country, customer)
    };
    let buyers: Vec<_> = columns.iter().map(buyer).collect();
    let cell = |products: &[(&Product, ProductKey)], buyer: &pricing::BuyerKey| {
        let mut bearing = BTreeSet::new();
        let (mut with_floor, mut gap) = (0, None);
        let mut scratch = Scratch::default();
        for (product, key) in products {
            let figures = Figures { quantity: 1, stock: product.stock, intent: None };
            index.matched_keys(key, buyer, &moment, figures, &mut scratch, |rule| {
                bearing.insert(rule);
            });
            if index.decide_keys(key, buyer, &moment, figures, &mut scratch).floor.is_some() {
                with_floor += 1;
            } else if gap.is_none() {
                gap = Some(product.sku.clone());
            }
        }
        let rules = i64::try_from(bearing.len()).unwrap_or(i64::MAX);
        CoverageCell { with_floor, rules, gap }
    };
    let rows = by_category.iter().map(|(category, products)| CoverageRow {
        category: (*category).to_owned(),
        products: i64::try_from(products.len()).unwrap_or(i64::MAX),
        cells: buyers.iter().map(|buyer| cell(products, buyer)).collect(),
    });
    Coverage { rows: rows.collect(), columns }
}

/// New and returning, then the segments and the countries that the rules name, then any other.
fn columns(rules: &pricing::RuleSet, home: &str) -> Vec<CoverageColumn> {
    let (mut segments, mut countries) = (BTreeSet::new(), BTreeSet::new());
    for rule in rules.rules() {
        if let Some(segment) = &rule.when.segment {
            let named = segment.any_of.iter().flatten();
            segments.extend(named.chain(&segment.all_of).chain(&segment.none_of));
        }
        if let Some(country) = &rule.when.country {
            countries.extend(country.any_of.iter().flatten().chain(&country.none_of));
        }
    }
    let column = |dimension: &str, value: &str| CoverageColumn {
        dimension: dimension.to_owned(),
        value: value.to_owned(),
    };
    let mut columns: Vec<_> =
        CustomerKind::ALL.iter().map(|kind| column("customer", kind.as_str())).collect();
    let some = |names: BTreeSet<&String>, dimension: &'static str| -> Vec<CoverageColumn> {
        names.into_iter().take(COLUMNS_EACH_MAX).map(|name| column(dimension, name)).collect()
    };
    columns.extend(some(segments, "segment"));
    let foreign = !countries.is_empty();
    countries.retain(|&country| country != home);
    columns.extend(some(countries, "country"));
    if foreign {
        columns.push(column("country", ""));
    }
    columns
}
