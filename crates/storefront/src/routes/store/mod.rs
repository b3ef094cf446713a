//! A store: its profile and what is kept once a store.

pub(crate) mod get;
pub(crate) mod launch;
pub(crate) mod profile;
pub(crate) mod providers;
pub(crate) mod segments;
pub(crate) mod setting;

use api::store::{Store, StoreProfile};

use crate::db::{Reads, args, store};
use crate::error::{AppError, AppResult};

pub(crate) async fn read<R: Reads>(reads: &mut R, store_id: &str) -> AppResult<Store> {
    let found = reads.maybe::<store::StoreRow>(store::BY_ID, args![store_id]).await?;
    to_wire(found.ok_or_else(|| AppError::not_found("store"))?)
}

pub(crate) fn to_wire(row: store::StoreRow) -> AppResult<Store> {
    Ok(Store {
        id: row.store_id,
        slug: row.slug,
        profile: serde_json::from_str(&row.profile).map_err(AppError::internal)?,
        live: row.live,
        paused: row.paused,
        attribution: row.attribution,
        rev: row.rev,
        created_at: api::Instant::from_ms(row.created_at),
    })
}

/// A slug is in the shop's address: lower-case letters, digits and single hyphens.
pub(crate) fn check_slug(slug: &str) -> AppResult<()> {
    let fine = (2..=60).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !slug.starts_with('-')
        && !slug.ends_with('-')
        && !slug.contains("--");
    if fine {
        return Ok(());
    }
    let message = "The shop's address takes 2 to 60 lower-case letters, digits and single hyphens.";
    Err(AppError::invalid("slug", message))
}

/// What is given must be right; what is not given yet may be empty.
pub(crate) fn check_profile(profile: &StoreProfile) -> AppResult<()> {
    let short = |field: &str, text: &str, max: usize| {
        if text.chars().count() > max || text.chars().any(char::is_control) {
            let message = format!("At most {max} characters, no control characters.");
            return Err(AppError::invalid(field, message));
        }
        Ok(())
    };
    short("name", &profile.name, 120)?;
    if !profile.currency.is_empty() {
        profile
            .currency
            .parse::<commerce::Currency>()
            .map_err(|e| AppError::invalid("currency", e.to_string()))?;
    }
    if !profile.timezone.is_empty() && jiff::tz::TimeZone::get(&profile.timezone).is_err() {
        let message = format!("{:?} is not a time zone such as Europe/London.", profile.timezone);
        return Err(AppError::invalid("timezone", message));
    }
    let country = &profile.country;
    let alpha2 = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    if !country.is_empty() && !alpha2 {
        return Err(AppError::invalid("country", "Two capital letters, such as GB."));
    }
    if !profile.contact_email.is_empty() {
        super::session::clean_email("contact_email", &profile.contact_email)?;
    }
    one_of("language", &profile.language, &["", "en", "de"])?;
    one_of("tone", &profile.tone, &["", "warm", "plain", "brief"])
}

fn one_of(field: &str, value: &str, allowed: &[&str]) -> AppResult<()> {
    if allowed.contains(&value) {
        return Ok(());
    }
    let named: Vec<_> = allowed.iter().filter(|a| !a.is_empty()).copied().collect();
    Err(AppError::invalid(field, format!("Expected one of: {}.", named.join(", "))))
}
