//! Visitor sessions: a browser (or a program) in one store. The token is opaque; who it is follows
//! from token and store together, so a visitor of one store is nobody in another. Never a sign-in:
//! it proves that the same browser is back, nothing about the person.

mod cookie;
mod shop;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use negotiation::Language;

use crate::auth::token_hash;
use crate::db::{args, visitor};
use crate::error::{AppError, AppResult};
use crate::http::ClientAddress;
use crate::http::command::keyed_fingerprint;
use crate::state::AppState;
use crate::write::{Actor, Once, Write};

pub(crate) use cookie::{COOKIE_NAME, from_protocol, keep_token};
pub(crate) use shop::Shop;

/// Who is looking at a shop. Its row is written with the first thing that it does; looking alone
/// writes nothing.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) shop: Shop,
    pub(crate) id: String,
    /// The customer that this browser became at a checkout.
    pub(crate) customer_id: Option<String>,
    /// ISO 3166-1 alpha-2: the address given at a checkout, until then the store's own.
    pub(crate) country: String,
    /// From `Accept-Language`, else the store's.
    pub(crate) language: Language,
    /// The client's address as limits count it, as a keyed hash: an address says who somebody is.
    /// Absent where the service limits no addresses, and for this machine's own, behind which
    /// anybody may stand.
    pub(crate) address: Option<String>,
    token_hash: String,
}

impl Visitor {
    /// As the audit log names it: no personal data.
    pub(crate) fn actor(&self) -> Actor {
        let short: String = self.id.chars().take(8).collect();
        Actor { id: self.id.clone(), name: format!("visitor {short}"), role: "customer".into() }
    }

    /// Starts a change that this visitor asked for, applied once per key.
    pub(crate) async fn write(&self, state: &AppState, once: Once) -> AppResult<Write> {
        let mut write = Write::begin(state, &self.shop.store_id, self.actor(), Some(once)).await?;
        let now = write.now_ms();
        let (country, language) = (&self.country, self.language.tag());
        let row = args![&self.shop.store_id, &self.id, &self.token_hash, country, language, now];
        write.run(visitor::SEEN, row).await?;
        Ok(write)
    }

    async fn of_token(
        state: &AppState,
        shop: Shop,
        token: &str,
        accepts: Option<&str>,
    ) -> AppResult<Self> {
        let hash = token_hash(&format!("{}/{token}", shop.store_id));
        let id: String = token_hash(&format!("visitor/{hash}")).chars().take(32).collect();
        let key = args![&shop.store_id, &id];
        let known: Option<visitor::VisitorRow> = state.db().maybe(visitor::BY_ID, key).await?;
        let language = accepts
            .and_then(preferred_language)
            .or_else(|| known.as_ref().and_then(|row| Language::of_tag(&row.language)))
            .or_else(|| Language::of_tag(&shop.profile.language))
            .unwrap_or_default();
        let (customer_id, country) = match known {
            Some(row) => (row.customer_id, row.country),
            None => (None, shop.profile.country.clone()),
        };
        Ok(Self { shop, id, customer_id, country, language, address: None, token_hash: hash })
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> AppResult<Self> {
        let path = RawPathParams::from_request_parts(parts, state).await;
        let slug = path.ok().and_then(|params| {
            let named = |(name, _): &(&str, &str)| matches!(*name, "store" | "slug");
            params.iter().find(named).map(|(_, value)| value.to_owned())
        });
        let slug = slug.ok_or_else(|| AppError::not_found("shop"))?;
        let shop = Shop::find(state, &slug).await?;
        let token = cookie::token_of(parts);
        let accepts = parts.headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
        let visitor = Self::of_token(state, shop, &token, accepts).await?;
        Ok(Self { address: address(state, parts)?, ..visitor })
    }
}

fn address(state: &AppState, parts: &Parts) -> AppResult<Option<String>> {
    let counted = parts.extensions.get::<ClientAddress>();
    let counted = counted.filter(|one| state.shared.limiter.is_some() && !one.is_loopback());
    let key = &state.shared.config.master_key;
    counted.map(|one| keyed_fingerprint(key, "address", one.to_string().as_bytes())).transpose()
}

/// The first language of an `Accept-Language` header that the shop speaks, by its weights.
pub(crate) fn preferred_language(header: &str) -> Option<Language> {
    let mut wanted: Vec<(u32, Language)> = header
        .split(',')
        .take(20)
        .filter_map(|part| {
            let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
            let weight = weight.trim().strip_prefix("q=")?;
            // thousandths, without floats: "0.85" -> 850
            let (whole, fraction) = weight.split_once('.').unwrap_or((weight, "0"));
            let digits: String = fraction.chars().take(3).collect();
            let thousandths = format!("{digits:0<3}").parse::<u32>().ok()?;
            let q = whole.trim().parse::<u32>().ok()?.min(1) * 1000 + thousandths;
            Some((q, Language::of_tag(tag.trim())?)).filter(|(q, _)| *q > 0)
        })
        .collect();
    wanted.sort_by_key(|(q, _)| std::cmp::Reverse(*q));
    wanted.first().map(|(_, language)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_most_wanted_that_the_shop_speaks() {
        for (header, expected) in [
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::De)),
            ("en-GB,de;q=0.9", Some(Language::En)),
            ("fr-FR,fr;q=0.9,de;q=0.3,en;q=0.5", Some(Language::En)),
            ("en;q=0,de;q=0.1", Some(Language::De)),
            ("fr", None),
            ("", None),
            (";;q=,,,", None),
        ] {
            assert_eq!(preferred_language(header), expected, "{header}");
        }
    }
}
