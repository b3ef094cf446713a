//! Structured data (schema.org, JSON-LD) for search engines. Stands inside a script element, so
//! nothing in it may end that element.

use serde_json::{Value, json};

use super::frame::{Link, Shop};
use crate::db::shop::ShopRow;

/// JSON that no HTML parser reads as markup.
pub(crate) fn embed(value: &Value) -> String {
    let text = value.to_string();
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(c),
        }
    }
    out
}

pub(crate) fn product(shop: &Shop, row: &ShopRow, url: &str, picture: &str) -> Value {
    let stocked = if row.in_stock() { "InStock" } else { "OutOfStock" };
    json!({
        "@context": "https://schema.org",
        "@type": "Product",
        "name": row.title,
        "sku": row.sku,
        "description": if row.description.is_empty() { &row.title } else { &row.description },
        "image": shop.absolute(picture),
        "offers": {
            "@type": "Offer",
            "url": shop.absolute(url),
            "price": super::money::plain(row.list_price, shop.shelf.currency),
            "priceCurrency": shop.shelf.currency.code(),
            "availability": format!("https://schema.org/{stocked}"),
            "seller": { "@type": "Organization", "name": shop.store_name() },
        },
    })
}

pub(crate) fn crumbs(shop: &Shop, crumbs: &[Link]) -> Value {
    let items: Vec<Value> = crumbs
        .iter()
        .enumerate()
        .map(|(at, link)| {
            json!({
                "@type": "ListItem", "position": at + 1, "name": link.text,
                "item": shop.absolute(&link.url),
            })
        })
        .collect();
    json!({
        "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items,
    })
}

pub(crate) fn store(shop: &Shop) -> Value {
    let home = shop.absolute(&shop.url(""));
    json!({
        "@context": "https://schema.org",
        "@type": "OnlineStore",
        "name": shop.store_name(),
        "url": home,
        "email": shop.shelf.profile.contact_email,
        "potentialAction": {
            "@type": "SearchAction",
            "target": format!("{home}search?q={{query}}"),
            "query-input": "required name=query",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_ends_the_script() {
        let text = embed(&json!({ "name": "</script><b>&\u{2028}" }));
        assert!(!text.contains(['<', '>', '&', '\u{2028}']));
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["name"], "</script><b>&\u{2028}");
    }
}
