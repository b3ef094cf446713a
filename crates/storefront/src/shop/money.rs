//! Money as a customer reads it: written as the bot writes it, so that page and bot agree.

use commerce::{Currency, Money};
use negotiation::wording::format_money;

use super::words::Language;

/// `minor` units of `currency`, in the manner of `language`: `£1,234.50`, `1.234,50 £`.
pub(crate) fn show(minor: i64, currency: Currency, language: Language) -> String {
    Money::from_minor(minor, currency).map(|m| format_money(m, language)).unwrap_or_default()
}

/// The bare decimal that machines read: `1234.50`.
pub(crate) fn plain(minor: i64, currency: Currency) -> String {
    Money::from_minor(minor, currency).map(|money| money.to_string()).unwrap_or_default()
}
