//! Rule sets to start from, made out for the open store. Works offline.

use std::collections::BTreeSet;

use api::error::{ErrorBody, ErrorCode};
use api::rules::Template;
use pricing::TemplateParams;

use super::{goods, open};
use crate::{Answer, Console, failure, store};

/// Rule sets to start from.
///
/// # Errors
/// `NotAllowedNow` with `state: profile` while the store has no currency or time zone.
pub async fn templates(console: &Console) -> Answer<Vec<Template>> {
    let profile = store::get(console).await?.profile;
    let segments = store::segment_names(console).await?;
    let goods = goods::all(console).await?;
    let incomplete = || {
        let message = "Say which currency and time zone the store has, then start from a template.";
        ErrorBody::new(ErrorCode::NotAllowedNow, message).with("state", "profile")
    };
    let currency = profile.currency.parse().map_err(|_| incomplete())?;
    let zone = jiff::tz::TimeZone::get(&profile.timezone).map_err(|_| incomplete())?;
    let categories: BTreeSet<&str> =
        goods.catalog.products().iter().map(|product| product.category.as_str()).collect();
    let params = TemplateParams {
        currency,
        timezone: profile.timezone,
        country: Some(profile.country).filter(|country| !country.is_empty()),
        categories: categories.into_iter().map(str::to_owned).collect(),
        segments,
        today: jiff::Timestamp::now().to_zoned(zone).date(),
    };
    open::blocking(move || pricing::templates().iter().map(|one| made_out(one, &params)).collect())
        .await?
}

fn made_out(template: &pricing::Template, params: &TemplateParams) -> Answer<Template> {
    let rules = template.document(params).map_err(|faults| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        failure::internal("A template does not fit this store", &first)
    })?;
    Ok(Template {
        id: template.id.to_owned(),
        name: template.name.to_owned(),
        summary: template.summary.to_owned(),
        explain: template.explain.iter().map(|&text| text.to_owned()).collect(),
        document: rules.to_json(),
    })
}
