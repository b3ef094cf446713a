//! Which segments a customer is in: every condition that a segment gives must hold.

use api::store::Segment;
use serde_json::Value;

use crate::db::customer::CustomerRow;
use crate::document;
use crate::error::{AppError, AppResult};
use crate::state::AppState;

pub(crate) const DOCUMENT: &str = "segments";

/// The store's segments and their revision.
pub(crate) async fn read(state: &AppState, store_id: &str) -> AppResult<(Vec<Segment>, i64)> {
    let (body, rev) = document::read(state, store_id, DOCUMENT).await?;
    Ok((parse(body)?, rev))
}

pub(crate) fn parse(body: Value) -> AppResult<Vec<Segment>> {
    if body.is_null() {
        return Ok(vec![]);
    }
    serde_json::from_value(body).map_err(AppError::internal)
}

/// The names of the segments that this customer is in, in their order.
pub(crate) fn of(customer: &CustomerRow, segments: &[Segment]) -> Vec<String> {
    let tags: Vec<String> = serde_json::from_str(&customer.tags).unwrap_or_default();
    let within = |segment: &&Segment| holds(segment, customer, &tags);
    segments.iter().filter(within).map(|segment| segment.name.clone()).collect()
}

fn holds(segment: &Segment, customer: &CustomerRow, tags: &[String]) -> bool {
    let any = |wanted: &[String], has: &dyn Fn(&String) -> bool| {
        wanted.is_empty() || wanted.iter().any(has)
    };
    any(&segment.countries, &|country| *country == customer.country)
        && any(&segment.tags, &|tag| tags.contains(tag))
        && segment.spend_min.as_ref().is_none_or(|least| customer.spend >= least.minor)
        && segment.orders_min.is_none_or(|least| customer.orders >= least)
}

/// Refuses a list whose names clash or are no names, or whose money is not the store's.
pub(crate) fn check(segments: &[Segment], currency: &str) -> AppResult<()> {
    if segments.len() > 200 {
        return Err(AppError::invalid("segments", "At most 200 segments."));
    }
    let mut seen = std::collections::HashSet::new();
    for (at, segment) in segments.iter().enumerate() {
        let field = |name: &str| format!("segments[{at}].{name}");
        let name = &segment.name;
        let slug = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if name.is_empty() || name.len() > 60 || !name.bytes().all(slug) {
            let message = "1 to 60 lower-case letters, digits and hyphens, such as wholesale.";
            return Err(AppError::invalid(&field("name"), message));
        }
        if !seen.insert(name) {
            let message = format!("There are two segments named {name}.");
            return Err(AppError::invalid(&field("name"), message));
        }
        if segment.label.chars().count() > 120 || segment.label.chars().any(char::is_control) {
            return Err(AppError::invalid(&field("label"), "At most 120 characters."));
        }
        for country in &segment.countries {
            country
                .parse::<commerce::Country>()
                .map_err(|error| AppError::invalid(&field("countries"), error.to_string()))?;
        }
        if segment.spend_min.as_ref().is_some_and(|m| m.currency != currency || m.minor < 0) {
            let message = format!("An amount of zero or more in {currency}.");
            return Err(AppError::invalid(&field("spend_min"), message));
        }
        if segment.orders_min.is_some_and(|n| n < 0) {
            return Err(AppError::invalid(&field("orders_min"), "Zero or more."));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customer(country: &str, spend: i64, orders: i64, tags: &str) -> CustomerRow {
        CustomerRow {
            customer_id: "c1".into(),
            name: "Maya".into(),
            country: country.into(),
            tags: tags.into(),
            orders,
            spend,
            first_order_at: None,
            last_order_at: None,
        }
    }

    #[test]
    fn a_customer_is_in_a_segment_when_every_given_condition_holds() {
        let segment = |json: serde_json::Value| -> Segment {
            let mut body = serde_json::json!({ "name": "s", "label": "S" });
            body.as_object_mut().unwrap().extend(json.as_object().unwrap().clone());
            serde_json::from_value(body).unwrap()
        };
        let maya = customer("GB", 50_000, 3, r#"["trade"]"#);
        let cases = [
            (serde_json::json!({}), true),
            (serde_json::json!({ "countries": ["GB", "IE"] }), true),
            (serde_json::json!({ "countries": ["FR"] }), false),
            (serde_json::json!({ "spend_min": { "minor": 50_000, "currency": "GBP" } }), true),
            (serde_json::json!({ "spend_min": { "minor": 50_001, "currency": "GBP" } }), false),
            (serde_json::json!({ "orders_min": 3, "tags": ["trade"] }), true),
            (serde_json::json!({ "orders_min": 4, "tags": ["trade"] }), false),
            (serde_json::json!({ "tags": ["vip"] }), false),
        ];
        for (conditions, inside) in cases {
            let found = of(&maya, &[segment(conditions.clone())]);
            assert_eq!(!found.is_empty(), inside, "{conditions}");
        }
    }
}
