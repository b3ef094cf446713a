//! One product.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use commerce::{Currency, Money, Rounding};
use rust_decimal::Decimal;

use super::frame::{Frame, Link, Shop, page};
use super::listing::{self, Card};
use super::{address, browse, structured, words};
use crate::auth::new_id;
use crate::db::args;
use crate::db::product::{self, ProductRow};
use crate::db::shop::{self, ShopRow};
use crate::error::{AppError, AppResult};

const SIBLINGS: i64 = 6;
/// Units that one order line takes where stock is not counted.
const UNITS_MAX: i64 = 10_000;

#[derive(Template)]
#[template(path = "product.html")]
struct Product {
    frame: Frame,
    sku: String,
    title: String,
    description: String,
    price: String,
    stock: String,
    delivery: String,
    offer_hint: String,
    in_stock: bool,
    most: i64,
    picture: String,
    url: String,
    category: String,
    category_url: String,
    share: String,
    mail: String,
    /// The title, encoded for a `mailto:` address.
    subject: String,
    bargaining: bool,
    /// Names this form's sending, so that sending it twice does it once.
    once: String,
    cards: Vec<Card>,
}

/// The live product of that SKU; drafts and the like are not found.
pub(crate) async fn find(shop: &Shop, sku: &str) -> AppResult<ProductRow> {
    // PostgreSQL takes no NUL in text; no SKU has a control character
    if sku.chars().any(char::is_control) {
        return Err(AppError::not_found("product"));
    }
    let named = args![&shop.shelf.store_id, sku];
    let row: Option<ProductRow> = shop.state.db().maybe(product::BY_SKU, named).await?;
    row.filter(|row| row.state == "live").ok_or_else(|| AppError::not_found("product"))
}

/// What a customer may see of it.
fn seen(row: ProductRow) -> ShopRow {
    ShopRow {
        sku: row.sku,
        title: row.title,
        description: row.description,
        category: row.category,
        list_price: row.list_price,
        stock: row.stock,
        image: row.image,
    }
}

/// `GET /s/{store}/p/{sku}`
pub(crate) async fn show(shop: Shop, Path((_, sku)): Path<(String, String)>) -> Response {
    let result = product_page(&shop, &sku).await;
    shop.answer(result).await
}

async fn product_page(shop: &Shop, sku: &str) -> AppResult<Response> {
    let row = find(shop, sku).await?;
    let shelf = &shop.shelf;
    let country = shop.visitor.as_ref().map_or(&shelf.profile.country, |v| &v.country);
    let bargaining = shelf.is_open_on(&row, country, &shop.state);
    let row = seen(row);
    let siblings = args![&shelf.store_id, &row.category, &row.sku, SIBLINGS];
    let siblings: Vec<ShopRow> = shop.state.db().all(shop::SIBLINGS, siblings).await?;
    let url = address::product(&shelf.slug, &row.sku);
    let picture = listing::picture(&shelf.slug, &row);
    let share = shop.absolute(&url);
    let subject = address::segment(&row.title);
    let mut frame = shop.frame(&row.title).await?;
    frame.index = shelf.live;
    frame.canonical.clone_from(&share);
    frame.picture = shop.absolute(&picture);
    frame.about = summary(shop, &row);
    let mut trail = browse::crumbs(shop, &row.category, false);
    frame.crumbs.clone_from(&trail);
    trail.push(Link::to(url.clone(), row.title.clone()));
    frame.structured = vec![
        structured::embed(&structured::product(shop, &row, &url, &picture)),
        structured::embed(&structured::crumbs(shop, &trail)),
    ];
    let stock = match row.stock {
        _ if !row.in_stock() => shop.words.sold_out.to_owned(),
        Some(left) => shop.words.left(left),
        None => shop.words.in_stock.to_owned(),
    };
    let delivery = shelf.delivery_from(row.list_price).map_or_else(String::new, |minor| {
        format!(" · {}", shop.words.delivery_from(&shop.money(minor)))
    });
    let template = Product {
        in_stock: row.in_stock(),
        most: row.stock.unwrap_or(UNITS_MAX).clamp(1, UNITS_MAX),
        price: shop.money(row.list_price),
        delivery,
        offer_hint: shop.words.offer_hint(&shop.money(example(shelf.currency))),
        stock,
        bargaining,
        category: words::category_name(&row.category),
        category_url: address::category(&shelf.slug, &row.category),
        mail: format!("mailto:?subject={subject}&body={}", address::segment(&share)),
        once: new_id(),
        cards: listing::cards(shop, &siblings),
        sku: row.sku,
        title: row.title,
        description: row.description,
        frame,
        picture,
        url,
        share,
        subject,
    };
    Ok(page(&template))
}

/// The price of the example beside the offer's box: of no product, in the shop's currency.
fn example(currency: Currency) -> i64 {
    let price = Decimal::new(950, 2);
    Money::from_decimal(price, currency, Rounding::HalfUp).map_or(0, |price| price.minor())
}

/// What search engines show under the title.
fn summary(shop: &Shop, row: &ShopRow) -> String {
    let text = if row.description.is_empty() { &row.title } else { &row.description };
    let short: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = short.chars().take(140).collect();
    format!("{short} · {} · {}", shop.money(row.list_price), shop.store_name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shop::money::show;
    use crate::shop::words::Language;

    #[test]
    fn the_example_of_an_offer_is_in_the_shops_currency() {
        for (code, language, expected) in [
            ("GBP", Language::En, "£9.50"),
            ("EUR", Language::De, "9,50\u{a0}€"),
            ("JPY", Language::En, "¥10"),
        ] {
            let currency: Currency = code.parse().unwrap();
            assert_eq!(show(example(currency), currency, language), expected);
        }
    }
}
