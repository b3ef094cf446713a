//! Addresses of the shop's pages, and where a request came from. Every part of an address is
//! percent-encoded here and nowhere else.

use std::fmt::Write as _;

use axum::http::{HeaderMap, header};

/// A part of a path: everything but unreserved characters (RFC 3986, 2.3) is encoded.
pub(crate) fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(byte.into());
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// `/s/STORE/`
pub(crate) fn home(store: &str) -> String {
    format!("/s/{}/", segment(store))
}

/// `/s/STORE/c/home/lights`
pub(crate) fn category(store: &str, path: &str) -> String {
    let parts: Vec<String> = path.split('/').map(segment).collect();
    format!("/s/{}/c/{}", segment(store), parts.join("/"))
}

/// `/s/STORE/p/SKU`
pub(crate) fn product(store: &str, sku: &str) -> String {
    format!("/s/{}/p/{}", segment(store), segment(sku))
}

/// Our own drawing of a product.
pub(crate) fn art(store: &str, sku: &str) -> String {
    format!("/s/{}/art/{}.svg", segment(store), segment(sku))
}

/// The address that this service was called by (`https://shop.example`), for links that must be
/// absolute. Empty where the request names no host that could be one.
pub(crate) fn base(headers: &HeaderMap) -> String {
    let host = host(headers);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || host.len() > 260 || !host.chars().all(fits) {
        return String::new();
    }
    let forwarded = headers.get("x-forwarded-proto").and_then(|v| v.to_str().ok());
    let scheme = if forwarded == Some("https") { "https" } else { "http" };
    format!("{scheme}://{host}")
}

pub(crate) fn host(headers: &HeaderMap) -> &str {
    headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or("")
}

/// Whether a form may have been sent by a page of another site. Browsers say where a form comes
/// from in `Sec-Fetch-Site` or `Origin`; what is no browser carries no visitor's cookie.
pub(crate) fn is_cross_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return headers.contains_key("origin") };
    let from = origin.split_once("://").map_or("", |(_, host)| host);
    from.is_empty() || !from.eq_ignore_ascii_case(host(headers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_merchant_writes_stays_one_part_of_the_path() {
        for (sku, path) in [
            ("85123A", "/s/a/p/85123A"),
            ("7/8 ü", "/s/a/p/7%2F8%20%C3%BC"),
            ("..", "/s/a/p/.."),
            ("a?b#c\"<", "/s/a/p/a%3Fb%23c%22%3C"),
        ] {
            assert_eq!(product("a", sku), path);
        }
        assert_eq!(category("a", "home/küche"), "/s/a/c/home/k%C3%BCche");
    }

    #[test]
    fn only_the_shops_own_pages_may_send_its_forms() {
        for (headers, refused) in [
            (vec![], false),
            (vec![("sec-fetch-site", "same-origin")], false),
            (vec![("sec-fetch-site", "none")], false),
            (vec![("sec-fetch-site", "cross-site")], true),
            (vec![("sec-fetch-site", "same-site")], true),
            (vec![("sec-fetch-site", "cross-site"), ("origin", "http://shop.example")], true),
            (vec![("origin", "http://shop.example")], false),
            (vec![("origin", "http://shop.example.evil.example")], true),
            (vec![("origin", "http://evil.example")], true),
            (vec![("origin", "null")], true),
        ] {
            let mut map = HeaderMap::new();
            map.insert("host", "shop.example".parse().unwrap());
            for (name, value) in &headers {
                map.insert(*name, value.parse().unwrap());
            }
            assert_eq!(is_cross_site(&map), refused, "{headers:?}");
        }
    }

    #[test]
    fn a_host_that_is_none_makes_no_address() {
        for (host, expected) in [
            ("shop.example:8080", "http://shop.example:8080"),
            ("[::1]:80", "http://[::1]:80"),
            ("a\"><script>", ""),
            ("", ""),
        ] {
            let mut map = HeaderMap::new();
            map.insert("host", host.parse().unwrap());
            assert_eq!(base(&map), expected);
        }
    }
}
