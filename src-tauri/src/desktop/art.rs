//! Pictures of products that have none of their own: our line art, drawn per category and SKU, as
//! the shop draws it. Served to the pages under `art:`, so they are there without a line too.

use tauri::http::{Request, Response, header};

/// The scheme of such addresses: `art://localhost/` and, percent-encoded, category, line end, SKU (both may hold a slash).
pub(crate) const SCHEME: &str = "art";

/// Draws the picture that the address names; whatever it names, a picture comes back.
pub(crate) fn draw(request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let path = request.uri().path().trim_start_matches('/');
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let (category, sku) = decoded.rsplit_once('\n').unwrap_or(("", &decoded));
    let svg = sample::art(category, sku);
    let mut response = Response::new(svg.into_bytes());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("image/svg+xml"));
    let kept = header::HeaderValue::from_static("max-age=86400");
    headers.insert(header::CACHE_CONTROL, kept);
    response
}
