//! What surrounds every page: language, head, navigation, basket count; and how a page, an error or
//! a redirect goes out. Never caches for others what one visitor sees.

use std::sync::Arc;

use api::error::{ErrorBody, ErrorCode};
use askama::Template;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use jiff::tz::TimeZone;

use super::address;
use super::assets;
use super::shelf::Shelf;
use super::words::{self, Language, Words};
use crate::db::{args, shop};
use crate::error::{AppError, AppResult, status_of};
use crate::state::AppState;
use crate::visitor::{COOKIE_NAME, Visitor};

/// Categories in the head of the page.
const NAV_MAX: usize = 5;

/// A request to one shop.
pub(crate) struct Shop {
    pub(crate) state: AppState,
    pub(crate) shelf: Arc<Shelf>,
    pub(crate) words: &'static Words,
    pub(crate) headers: HeaderMap,
    /// Who looks, where the browser was here before. Looking alone makes nobody a visitor.
    pub(crate) visitor: Option<Visitor>,
    /// Path of this request, for links that say "here".
    pub(crate) path: String,
}

impl FromRequestParts<AppState> for Shop {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let params = RawPathParams::from_request_parts(parts, state).await;
        let slug = params.ok().and_then(|params| {
            params.iter().find(|(name, _)| *name == "store").map(|(_, value)| value.to_owned())
        });
        let found = state.shared.shelves.of(state, slug.as_deref().unwrap_or("")).await;
        let shelf = found.map_err(|error| bare_error(&parts.headers, error))?;
        let words = words::chosen(&parts.headers, &shelf.profile.language);
        let visitor = match has_token(&parts.headers) {
            true => Visitor::from_request_parts(parts, state).await.ok(),
            false => None,
        };
        Ok(Self {
            state: state.clone(),
            shelf,
            visitor,
            words,
            headers: parts.headers.clone(),
            path: parts.uri.path().to_owned(),
        })
    }
}

fn has_token(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(header::COOKIE).iter();
    lines.any(|line| line.to_str().is_ok_and(|text| text.contains(COOKIE_NAME)))
}

/// A link with its text.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) url: String,
    pub(crate) text: String,
    pub(crate) here: bool,
}

impl Link {
    pub(crate) fn to(url: String, text: impl Into<String>) -> Self {
        Self { url, text: text.into(), here: false }
    }
}

/// Everything that `base.html` reads.
pub(crate) struct Frame {
    pub(crate) words: &'static Words,
    pub(crate) store: String,
    pub(crate) slug: String,
    pub(crate) home: String,
    pub(crate) title: String,
    pub(crate) about: String,
    /// Absolute address of this page's one true form; empty: none.
    pub(crate) canonical: String,
    pub(crate) picture: String,
    pub(crate) index: bool,
    pub(crate) nav: Vec<Link>,
    pub(crate) asked: String,
    pub(crate) search_label: String,
    pub(crate) basket: i64,
    pub(crate) contact: String,
    pub(crate) attribution: String,
    pub(crate) preparing: bool,
    pub(crate) crumbs: Vec<Link>,
    /// JSON-LD, made safe to stand inside a script element.
    pub(crate) structured: Vec<String>,
    /// Seconds after which a page without scripts looks again.
    pub(crate) again_s: Option<u32>,
    pub(crate) css: &'static str,
    pub(crate) widget: &'static str,
}

impl Shop {
    pub(crate) fn money(&self, minor: i64) -> String {
        super::money::show(minor, self.shelf.currency, self.words.language)
    }

    pub(crate) fn url(&self, rest: &str) -> String {
        format!("{}{rest}", address::home(&self.shelf.slug))
    }

    /// The frame of a page called `title`.
    pub(crate) async fn frame(&self, title: &str) -> AppResult<Frame> {
        let shelf = &self.shelf;
        let top = shelf.under("");
        let mut nav: Vec<&super::shelf::Shelved> = top.collect();
        nav.sort_by(|a, b| b.products.cmp(&a.products).then_with(|| a.path.cmp(&b.path)));
        let nav = nav.into_iter().take(NAV_MAX).map(|one| {
            let url = address::category(&shelf.slug, &one.path);
            let here = self.path == url || self.path.starts_with(&format!("{url}/"));
            Link { url, text: one.name.clone(), here }
        });
        Ok(Frame {
            words: self.words,
            store: self.store_name().to_owned(),
            slug: shelf.slug.clone(),
            home: address::home(&shelf.slug),
            title: title.to_owned(),
            about: String::new(),
            canonical: String::new(),
            picture: String::new(),
            index: false,
            nav: nav.collect(),
            asked: String::new(),
            search_label: self.words.search_things(shelf.total),
            basket: self.basket().await?,
            contact: shelf.profile.contact_email.clone(),
            attribution: shelf.attribution.clone().unwrap_or_default(),
            preparing: !shelf.live,
            crumbs: Vec::new(),
            structured: Vec::new(),
            again_s: None,
            css: assets::shop_css_url(),
            widget: assets::widget_url(),
        })
    }

    /// Units in the visitor's basket.
    async fn basket(&self) -> AppResult<i64> {
        let Some(visitor) = &self.visitor else { return Ok(0) };
        let key = args![&visitor.shop.store_id, &visitor.id];
        let (units,): (i64,) = self.state.db().one(shop::BASKET, key).await?;
        Ok(units)
    }

    /// A moment in the store's own zone: `20 Nov 2026, 14:05`.
    pub(crate) fn moment(&self, at: api::Instant) -> String {
        let zone = TimeZone::get(&self.shelf.profile.timezone).unwrap_or(TimeZone::UTC);
        let local = at.0.to_zoned(zone);
        let pattern = match self.words.language {
            Language::En => "%-d %b %Y, %H:%M",
            Language::De => "%d.%m.%Y, %H:%M Uhr",
        };
        local.strftime(pattern).to_string()
    }

    pub(crate) fn store_name(&self) -> &str {
        let name = self.shelf.profile.name.trim();
        if name.is_empty() { &self.shelf.slug } else { name }
    }

    /// `path` as seen from outside: for canonical links and structured data.
    pub(crate) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", address::base(&self.headers))
    }

    /// Refuses a form that another site's page sent.
    pub(crate) fn own_form(&self) -> AppResult<()> {
        if address::is_cross_site(&self.headers) {
            let refused = AppError::refuse(ErrorCode::Forbidden, self.words.cross_site);
            return Err(refused.with("reason", "cross_site"));
        }
        Ok(())
    }

    /// What goes out: the page, or in its place what went wrong.
    pub(crate) async fn answer(&self, result: AppResult<Response>) -> Response {
        match result {
            Ok(response) => response,
            Err(error) => self.error_page(error.body()).await,
        }
    }

    async fn error_page(&self, error: ErrorBody) -> Response {
        let lost = error.code == ErrorCode::NotFound;
        let heading = if lost { self.words.lost_title } else { self.words.failed_title };
        let text = say(self.words, &error);
        let status = status_of(error.code);
        match self.frame(heading).await {
            Ok(frame) => page_with(status, &ErrorPage { frame, heading, text }),
            Err(_) => (status, text).into_response(),
        }
    }
}

/// An error in the visitor's words.
pub(crate) fn say(words: &Words, error: &ErrorBody) -> &'static str {
    match error.code {
        ErrorCode::NotFound => words.lost,
        ErrorCode::NotAllowedNow | ErrorCode::Conflict | ErrorCode::KeyReused => words.not_now,
        ErrorCode::OutOfStock => words.out_of_stock,
        ErrorCode::PaymentDeclined => words.pay_declined,
        ErrorCode::PaymentTimedOut => words.pay_timed_out,
        ErrorCode::RateLimited => words.too_fast,
        ErrorCode::Forbidden => words.cross_site,
        ErrorCode::Invalid | ErrorCode::TooLarge => {
            words.field(error.context.get("field").map_or("", String::as_str))
        }
        _ => words.failed,
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: &'static str,
    text: &'static str,
}

/// An answer where there is no shop to frame it.
#[derive(Template)]
#[template(path = "bare.html")]
struct BarePage {
    words: &'static Words,
    heading: &'static str,
    text: &'static str,
    shops: Vec<Link>,
    css: &'static str,
}

/// All shops of this service.
pub(crate) fn street(headers: &HeaderMap, slugs: impl Iterator<Item = String>) -> Response {
    let words = words::chosen(headers, "");
    let shops: Vec<Link> = slugs.map(|slug| Link::to(address::home(&slug), slug)).collect();
    let text = if shops.is_empty() { words.nothing_here } else { "" };
    page(&BarePage { words, heading: words.shops, text, shops, css: assets::shop_css_url() })
}

pub(crate) fn bare_error(headers: &HeaderMap, error: AppError) -> Response {
    let words = words::chosen(headers, "");
    let error = error.body();
    let heading = match error.code {
        ErrorCode::NotFound => words.lost_title,
        _ => words.failed_title,
    };
    let text = say(words, &error);
    page_with(
        status_of(error.code),
        &BarePage { words, heading, text, shops: Vec::new(), css: assets::shop_css_url() },
    )
}

pub(crate) fn page(template: &impl Template) -> Response {
    page_with(StatusCode::OK, template)
}

pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let mut response = (status, Html(html)).into_response();
            let headers = response.headers_mut();
            let private = HeaderValue::from_static("private, no-cache");
            headers.insert(header::CACHE_CONTROL, private);
            headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
            response
        }
        Err(error) => AppError::internal(error).into_response(),
    }
}

/// After a form: look at `path` next.
pub(crate) fn see_other(path: &str) -> Response {
    let Ok(place) = HeaderValue::from_str(path) else {
        return AppError::internal("an address that is no header").into_response();
    };
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}
