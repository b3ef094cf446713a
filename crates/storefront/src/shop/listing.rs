//! Products in rows: cards, pages of them, and the words of a search.

use super::address;
use super::frame::Shop;
use super::words::Words;
use crate::db::shop::ShopRow;

/// Products on one page: rows of two, three, four, six.
pub(crate) const PAGE: i64 = 24;
/// Pages that can be asked for; beyond, the search must become finer.
const PAGES_MAX: i64 = 5_000;
/// Words of a search that count.
pub(crate) const TERMS: usize = 4;
const ASKED_CHARS_MAX: usize = 200;

pub(crate) struct Card {
    pub(crate) url: String,
    pub(crate) picture: String,
    pub(crate) title: String,
    pub(crate) price: String,
    pub(crate) sold_out: bool,
    pub(crate) bargaining: bool,
}

pub(crate) fn cards(shop: &Shop, rows: &[ShopRow]) -> Vec<Card> {
    let slug = &shop.shelf.slug;
    let card = |row: &ShopRow| Card {
        url: address::product(slug, &row.sku),
        picture: picture(slug, row),
        title: row.title.clone(),
        price: shop.money(row.list_price),
        sold_out: !row.in_stock(),
        bargaining: shop.shelf.is_bargaining(&row.category, &shop.state),
    };
    rows.iter().map(card).collect()
}

/// The product's own picture where this service holds it, else our drawing. Pages load nothing
/// from elsewhere, so an address on another host is not shown.
pub(crate) fn picture(slug: &str, row: &ShopRow) -> String {
    own_picture(slug, &row.sku, row.image.as_deref())
}

pub(crate) fn own_picture(slug: &str, sku: &str, image: Option<&str>) -> String {
    match image {
        Some(image) if image.starts_with('/') && !image.starts_with("//") => image.to_owned(),
        _ => address::art(slug, sku),
    }
}

/// Where one is in a list, and the way on and back.
pub(crate) struct Pages {
    pub(crate) of: i64,
    pub(crate) label: String,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

/// The page asked for, from 1; what is no such number is the first.
pub(crate) fn wanted(page: Option<&str>) -> i64 {
    page.and_then(|text| text.parse().ok()).unwrap_or(1).clamp(1, PAGES_MAX)
}

impl Pages {
    /// `address` is the list's, ending in `?` or `&`.
    pub(crate) fn new(words: &Words, page: i64, total: i64, address: &str) -> Self {
        let of = ((total + PAGE - 1) / PAGE).clamp(1, PAGES_MAX);
        let at = |page: i64| match page {
            1 => address.trim_end_matches(['?', '&']).to_owned(),
            _ => format!("{address}page={page}"),
        };
        Self {
            of,
            label: words.page_of(page, of),
            previous: (page > 1).then(|| at((page - 1).min(of))),
            next: (page < of).then(|| at(page + 1)),
        }
    }
}

/// What was searched for, without what cannot be seen, of a length that can be shown.
pub(crate) fn asked(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(ASKED_CHARS_MAX).collect()
}

/// Patterns for `LIKE … ESCAPE '\'`: one for each of the first four words, `%` for the rest.
pub(crate) fn patterns(asked: &str) -> [String; TERMS] {
    let lower = asked.to_lowercase();
    let mut words = lower.split_whitespace();
    std::array::from_fn(|_| {
        words.next().map_or_else(|| "%".to_owned(), |w| format!("%{}%", literal(w)))
    })
}

/// A category and all under it: the category itself, and a pattern.
pub(crate) fn under(path: &str) -> String {
    format!("{}/%", literal(path))
}

fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::words::{Language, in_language};
    use super::*;

    #[test]
    fn words_become_patterns_that_mean_themselves() {
        for (text, expected) in [
            ("", ["%", "%", "%", "%"]),
            ("Red  LAMP", ["%red%", "%lamp%", "%", "%"]),
            ("100% a_b c\\d", ["%100\\%%", "%a\\_b%", "%c\\\\d%", "%"]),
            ("1 2 3 4 5", ["%1%", "%2%", "%3%", "%4%"]),
        ] {
            assert_eq!(patterns(text), expected, "{text}");
        }
        assert_eq!(under("home/a_b"), "home/a\\_b/%");
        assert_eq!(asked(" a\0b\n  c "), "a b c");
        assert_eq!(asked(&"x".repeat(10_000)).len(), ASKED_CHARS_MAX);
    }

    #[test]
    fn pages_lead_on_and_back_and_no_further() {
        let words = in_language(Language::En);
        for (page, total, of, previous, next) in [
            (1, 0, 1, None, None),
            (1, 24, 1, None, None),
            (1, 25, 2, None, Some("/c?page=2")),
            (2, 49, 3, Some("/c"), Some("/c?page=3")),
            (3, 49, 3, Some("/c?page=2"), None),
            (90, 49, 3, Some("/c?page=3"), None),
        ] {
            let pages = Pages::new(words, page, total, "/c?");
            let got = (pages.of, pages.previous.as_deref(), pages.next.as_deref());
            assert_eq!(got, (of, previous, next), "{page} of {total}");
        }
        for (text, page) in [("2", 2), ("0", 1), ("-3", 1), ("x", 1), ("99999999999999999999", 1)] {
            assert_eq!(wanted(Some(text)), page, "{text}");
        }
    }
}
