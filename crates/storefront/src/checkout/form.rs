//! The checkout form, checked: what is wrong is named with its field before anything happens.

use api::shop::Checkout;
use commerce::Country;

use super::payment::TestProvider;
use crate::error::{AppError, AppResult};

/// A form that can be sold to.
#[derive(Debug, Clone)]
pub(super) struct Buyer {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) country: String,
    /// Lines of the address, as JSON.
    pub(super) address: String,
    pub(super) delivery: String,
    pub(super) provider: TestProvider,
}

impl Buyer {
    pub(super) fn of(form: &Checkout) -> AppResult<Self> {
        let name = line("name", &form.name, 2, 120)?;
        let email = crate::routes::session::clean_email("email", &form.email)?;
        let street = line("address_line", &form.address_line, 3, 200)?;
        let city = line("city", &form.city, 1, 100)?;
        let postcode = line("postcode", &form.postcode, 2, 20)?;
        // "nobody said" is a value for rules, not a place to deliver to
        let country = form.country.trim().parse::<Country>().ok();
        let country = country
            .filter(|country| *country != Country::UNKNOWN)
            .ok_or_else(|| AppError::invalid("country", "Choose a country, such as GB."))?;
        if !matches!(form.delivery.as_str(), "standard" | "express") {
            return Err(AppError::invalid("delivery", "Expected standard or express."));
        }
        let lines = [street, format!("{postcode} {city}"), country.code().to_owned()];
        Ok(Self {
            name,
            email,
            country: country.code().to_owned(),
            address: serde_json::to_string(&lines).map_err(AppError::internal)?,
            delivery: form.delivery.clone(),
            provider: TestProvider::of(&form.payment)?,
        })
    }
}

fn line(field: &str, text: &str, min: usize, max: usize) -> AppResult<String> {
    let text = text.trim();
    let chars = text.chars().count();
    if chars < min || chars > max || text.chars().any(char::is_control) {
        let message = format!("Expected {min} to {max} characters in one line.");
        return Err(AppError::invalid(field, message));
    }
    Ok(text.to_owned())
}
