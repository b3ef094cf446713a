//! Home, category and search.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

use super::frame::{Frame, Link, Shop, page};
use super::listing::{self, Card, PAGE, Pages};
use super::{address, structured};
use crate::db::args;
use crate::db::shop::{self, ShopRow};
use crate::error::{AppError, AppResult};

const HEROES: usize = 3;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    heroes: Vec<String>,
    shelves: Vec<ShelfLink>,
    cards: Vec<Card>,
    picks_sold: bool,
}

struct ShelfLink {
    url: String,
    name: String,
    count: String,
    picture: String,
}

/// `GET /s/{store}/`
pub(crate) async fn home(shop: Shop) -> Response {
    let result = home_page(&shop).await;
    shop.answer(result).await
}

async fn home_page(shop: &Shop) -> AppResult<Response> {
    let shelf = &shop.shelf;
    let mut frame = shop.frame("").await?;
    frame.index = shelf.live;
    frame.canonical = shop.absolute(&frame.home);
    frame.about = format!("{}: {}", shop.store_name(), shop.words.things(shelf.total));
    frame.structured = vec![structured::embed(&structured::store(shop))];
    let mut shelves = Vec::new();
    for one in shelf.under("") {
        let picture = category_picture(shop, &one.path).await?;
        shelves.push(ShelfLink {
            url: address::category(&shelf.slug, &one.path),
            name: one.name.clone(),
            count: shop.words.things(one.products),
            picture,
        });
    }
    let heroes = shelf.picks.iter().take(HEROES).map(|row| listing::picture(&shelf.slug, row));
    let heroes = heroes.collect();
    let cards = listing::cards(shop, &shelf.picks);
    Ok(page(&Home { frame, heroes, shelves, cards, picks_sold: shelf.picks_sold }))
}

/// The picture of one product stands for the category.
async fn category_picture(shop: &Shop, path: &str) -> AppResult<String> {
    let (db, id) = (shop.state.db(), &shop.shelf.store_id);
    let first = args![id, path, listing::under(path), 1, 0];
    let row: Option<ShopRow> = db.maybe(shop::IN_CATEGORY, first).await?;
    Ok(row.map(|row| listing::picture(&shop.shelf.slug, &row)).unwrap_or_default())
}

#[derive(Template)]
#[template(path = "category.html")]
struct Category {
    frame: Frame,
    name: String,
    count: String,
    inner: Vec<Link>,
    cards: Vec<Card>,
    pages: Pages,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    q: Option<String>,
    page: Option<String>,
}

/// `GET /s/{store}/c/{path…}`
pub(crate) async fn category(
    shop: Shop,
    Path((_, path)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let result = category_page(&shop, &path, &asked).await;
    shop.answer(result).await
}

async fn category_page(shop: &Shop, path: &str, asked: &Asked) -> AppResult<Response> {
    let path = path.trim_end_matches('/');
    let shelf = &shop.shelf;
    let here = shelf.category(path).ok_or_else(|| AppError::not_found("category"))?;
    let url = address::category(&shelf.slug, path);
    let number = listing::wanted(asked.page.as_deref());
    let pages = Pages::new(shop.words, number, here.products, &format!("{url}?"));
    if number > pages.of {
        return Err(AppError::not_found("page"));
    }
    let part = args![&shelf.store_id, path, listing::under(path), PAGE, (number - 1) * PAGE];
    let rows: Vec<ShopRow> = shop.state.db().all(shop::IN_CATEGORY, part).await?;
    let mut frame = shop.frame(&here.name).await?;
    frame.index = shelf.live;
    frame.canonical = shop.absolute(&match number {
        1 => url,
        _ => format!("{url}?page={number}"),
    });
    let count = shop.words.things(here.products);
    frame.about = format!("{}, {}: {count}", here.name, shop.store_name());
    frame.crumbs = crumbs(shop, path, true);
    frame.structured = vec![structured::embed(&structured::crumbs(shop, &frame.crumbs))];
    let inner = shelf.under(path).map(|one| {
        let text = format!("{} · {}", one.name, one.products);
        Link::to(address::category(&shelf.slug, &one.path), text)
    });
    let inner = inner.collect();
    let cards = listing::cards(shop, &rows);
    Ok(page(&Category { frame, name: here.name.clone(), count, inner, cards, pages }))
}

/// Home and every level of `path`; the last is where one is, if `ends_here`.
pub(crate) fn crumbs(shop: &Shop, path: &str, ends_here: bool) -> Vec<Link> {
    let mut links = vec![Link::to(shop.url(""), shop.words.home)];
    for cut in path.match_indices('/').map(|(at, _)| at).chain([path.len()]) {
        let level = &path[..cut];
        let name = super::words::category_name(level);
        links.push(Link::to(address::category(&shop.shelf.slug, level), name));
    }
    if let Some(last) = links.last_mut().filter(|_| ends_here) {
        last.here = true;
    }
    links
}

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    frame: Frame,
    found: String,
    cards: Vec<Card>,
    pages: Pages,
    shelves: Vec<Link>,
}

/// `GET /s/{store}/search?q=`
pub(crate) async fn search(shop: Shop, Query(asked): Query<Asked>) -> Response {
    let result = search_page(&shop, &asked).await;
    shop.answer(result).await
}

async fn search_page(shop: &Shop, wanted: &Asked) -> AppResult<Response> {
    let asked = listing::asked(wanted.q.as_deref().unwrap_or(""));
    let number = listing::wanted(wanted.page.as_deref());
    let (total, rows) = find(shop, &asked, number).await?;
    let address = format!("{}?q={}&", shop.url("search"), address::segment(&asked));
    let pages = Pages::new(shop.words, number, total, &address);
    let mut frame = shop.frame(shop.words.search).await?;
    frame.asked.clone_from(&asked);
    let shelf = &shop.shelf;
    let shelves = shelf
        .under("")
        .map(|one| Link::to(address::category(&shelf.slug, &one.path), one.name.clone()))
        .collect();
    let found = shop.words.found_for(total, &asked);
    Ok(page(&Search { frame, found, cards: listing::cards(shop, &rows), pages, shelves }))
}

async fn find(shop: &Shop, asked: &str, number: i64) -> AppResult<(i64, Vec<ShopRow>)> {
    if asked.is_empty() {
        return Ok((0, Vec::new()));
    }
    let (db, id) = (shop.state.db(), &shop.shelf.store_id);
    let [a, b, c, d] = listing::patterns(asked);
    let (total,): (i64,) = db.one(shop::FOUND_COUNT, args![id, &a, &b, &c, &d]).await?;
    let part = args![id, a, b, c, d, PAGE, (number - 1) * PAGE];
    Ok((total, db.all(shop::FOUND, part).await?))
}
