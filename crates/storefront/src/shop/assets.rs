//! Files that never change while the service runs: stylesheet, font, icon, widget. Each has its
//! hash as ETag; with the hash in the address (`?v=`) a browser keeps it for good.

use std::sync::LazyLock;

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::error::AppError;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

macro_rules! asset {
    ($name:literal, $kind:expr) => {
        Asset { name: $name, kind: $kind, bytes: include_bytes!(concat!("../../assets/", $name)) }
    };
}

const ASSETS: [Asset; 6] = [
    Asset {
        name: "shop.css",
        kind: CSS,
        bytes: concat!(
            include_str!("../../assets/shop.css"),
            include_str!("../../assets/pages.css")
        )
        .as_bytes(),
    },
    asset!("docs.css", CSS),
    asset!("icon.svg", "image/svg+xml"),
    asset!("inter-latin.woff2", "font/woff2"),
    asset!("inter-latin-ext.woff2", "font/woff2"),
    asset!("inter-LICENSE.txt", TEXT),
];

/// The widget as `cargo xtask gen` makes it of `ui/widget`.
const WIDGET: &str = include_str!("../../assets/widget.js");

static TAGS: LazyLock<[String; 6]> = LazyLock::new(|| ASSETS.map(|asset| hash(asset.bytes)));
static WIDGET_TAG: LazyLock<String> = LazyLock::new(|| hash(WIDGET.as_bytes()));
static CSS_URL: LazyLock<String> = LazyLock::new(|| format!("/assets/shop.css?v={}", TAGS[0]));
static WIDGET_URL: LazyLock<String> = LazyLock::new(|| format!("/widget.js?v={}", *WIDGET_TAG));

pub(crate) fn shop_css_url() -> &'static str {
    &CSS_URL
}

pub(crate) fn widget_url() -> &'static str {
    &WIDGET_URL
}

/// The first 16 hex digits of the SHA-256.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let mut tag = hex::encode(Sha256::digest(bytes));
    tag.truncate(16);
    tag
}

/// `GET /assets/{file}`
pub(crate) async fn file(
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    match ASSETS.iter().zip(TAGS.iter()).find(|(asset, _)| asset.name == name) {
        Some((asset, tag)) => {
            // fonts are named by the stylesheet without a hash and never change their content
            let forever = asset.kind == "font/woff2";
            let keep = forever || is_versioned(query.as_deref(), tag);
            cached(asset.bytes, asset.kind, tag, keep, &headers)
        }
        None => AppError::not_found("file").into_response(),
    }
}

/// `GET /widget.js`, for any site: what it may call is decided per store.
pub(crate) async fn widget(RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let versioned = is_versioned(query.as_deref(), &WIDGET_TAG);
    let mut response = cached(WIDGET, JS, &WIDGET_TAG, versioned, &headers);
    let out = response.headers_mut();
    out.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    out.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

fn is_versioned(query: Option<&str>, tag: &str) -> bool {
    query.and_then(|q| q.strip_prefix("v=")) == Some(tag)
}

/// Bytes with their ETag, or 304 where the browser has them.
pub(crate) fn cached(
    bytes: impl IntoResponse,
    kind: &'static str,
    tag: &str,
    forever: bool,
    headers: &HeaderMap,
) -> Response {
    let quoted = format!("\"{tag}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or("");
    let same = known.split(',').any(|one| one.trim().trim_start_matches("W/") == quoted);
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut whole = bytes.into_response();
        whole.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        whole
    };
    let keep = match forever {
        true => "public, max-age=31536000, immutable",
        false => "public, max-age=300",
    };
    let out = response.headers_mut();
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(tag) = HeaderValue::from_str(&quoted) {
        out.insert(header::ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn the_widget_is_one_file_without_imports_and_small() {
        // minified: the quote may be any of three
        assert!(WIDGET.contains("customElements.define(") && WIDGET.contains("souk-widget"));
        assert!(!WIDGET.contains("import{") && !WIDGET.contains("import("));
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(WIDGET.as_bytes()).unwrap();
        let size = packed.finish().unwrap().len();
        assert!(size <= 40_000, "{size} bytes compressed");
    }
}
