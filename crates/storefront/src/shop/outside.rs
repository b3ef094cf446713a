//! What search engines and picture tags fetch: sitemap, robots.txt, drawings.

use std::fmt::Write as _;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use super::frame::Shop;
use super::{address, assets, product};
use crate::db::args;
use crate::db::shop;
use crate::error::{AppError, AppResult};
use crate::state::AppState;

/// What one sitemap may hold (sitemaps.org).
const SITEMAP_MAX: i64 = 50_000;

/// `GET /s/{store}/sitemap.xml`
pub(crate) async fn sitemap(shop: Shop) -> Response {
    let result = sitemap_xml(&shop).await;
    shop.answer(result).await
}

async fn sitemap_xml(shop: &Shop) -> AppResult<Response> {
    let shelf = &shop.shelf;
    let rows: Vec<(String, i64)> =
        shop.state.db().all(shop::SITEMAP, args![&shelf.store_id, SITEMAP_MAX]).await?;
    let mut xml = String::with_capacity(rows.len() * 120 + 512);
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    // every address is percent-encoded, so it holds nothing that XML would read
    let mut entry = |path: &str, at: Option<i64>| {
        let _ = write!(xml, "<url><loc>{}</loc>", shop.absolute(path));
        if let Some(at) = at {
            let _ = write!(xml, "<lastmod>{}</lastmod>", api::Instant::from_ms(at).0);
        }
        xml.push_str("</url>\n");
    };
    entry(&shop.url(""), None);
    for category in &shelf.categories {
        entry(&address::category(&shelf.slug, &category.path), None);
    }
    for (sku, at) in &rows {
        entry(&address::product(&shelf.slug, sku), Some(*at));
    }
    xml.push_str("</urlset>\n");
    let kind = (header::CONTENT_TYPE, "application/xml; charset=utf-8");
    Ok(([kind, (header::CACHE_CONTROL, "public, max-age=300")], xml).into_response())
}

/// `GET /robots.txt`: shops are open to search engines, what belongs to one visitor is not.
pub(crate) async fn robots(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let slugs: Vec<(String,)> = match state.db().all(shop::SLUGS, args![]).await {
        Ok(slugs) => slugs,
        Err(error) => return AppError::from(error).into_response(),
    };
    let mut text = String::from("User-agent: *\nDisallow: /v1/\n");
    for own in ["cart", "checkout", "orders", "offers", "search"] {
        let _ = writeln!(text, "Disallow: /s/*/{own}");
    }
    let base = address::base(&headers);
    for (slug,) in &slugs {
        let _ = writeln!(text, "Sitemap: {base}{}sitemap.xml", address::home(slug));
    }
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    ([kind, (header::CACHE_CONTROL, "public, max-age=300")], text).into_response()
}

/// `GET /s/{store}/art/{sku}.svg`: our own drawing for a live product.
pub(crate) async fn art(
    shop: Shop,
    Path((_, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let result = drawing(&shop, &file, &headers).await;
    shop.answer(result).await
}

async fn drawing(shop: &Shop, file: &str, headers: &HeaderMap) -> AppResult<Response> {
    let sku = file.strip_suffix(".svg").ok_or_else(|| AppError::not_found("picture"))?;
    let row = product::find(shop, sku).await?;
    let svg = sample::art(&row.category, &row.sku);
    let tag = assets::hash(svg.as_bytes());
    Ok(assets::cached(svg, "image/svg+xml", &tag, false, headers))
}
