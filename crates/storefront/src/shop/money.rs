//! Money as a customer of one language reads it: `£1,234.50` or `1.234,50 £`. Exact: digits are
//! moved as text, nothing is rounded.

use commerce::Currency;

use super::words::Language;

const NO_BREAK: char = '\u{a0}';

/// `minor` units of `currency`, in the manner of `language`.
pub(crate) fn show(minor: i64, currency: Currency, language: Language) -> String {
    let (point, group) = match language {
        Language::En => ('.', ','),
        Language::De => (',', '.'),
    };
    let digits = currency.digits() as usize;
    let text = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
    let (whole, fraction) = text.split_at(text.len() - digits);
    let mut number = String::with_capacity(24);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            number.push(group);
        }
        number.push(digit);
    }
    if digits > 0 {
        number.push(point);
        number.push_str(fraction);
    }
    let sign = if minor < 0 { "\u{2212}" } else { "" };
    let symbol = currency.symbol();
    let is_word = symbol.chars().all(char::is_alphabetic);
    match language {
        Language::En if is_word => format!("{sign}{symbol}{NO_BREAK}{number}"),
        Language::En => format!("{sign}{symbol}{number}"),
        Language::De => format!("{sign}{number}{NO_BREAK}{symbol}"),
    }
}

/// The bare decimal that machines read: `1234.50`.
pub(crate) fn plain(minor: i64, currency: Currency) -> String {
    commerce::Money::from_minor(minor, currency).map(|money| money.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_the_language_writes_them() {
        let kwd = "KWD".parse().unwrap();
        let chf = "CHF".parse().unwrap();
        for (minor, currency, english, german) in [
            (0, Currency::GBP, "£0.00", "0,00\u{a0}£"),
            (5, Currency::GBP, "£0.05", "0,05\u{a0}£"),
            (1_450, Currency::GBP, "£14.50", "14,50\u{a0}£"),
            (123_456_789, Currency::EUR, "€1,234,567.89", "1.234.567,89\u{a0}€"),
            (100_000, Currency::JPY, "¥100,000", "100.000\u{a0}¥"),
            (-950, Currency::USD, "\u{2212}$9.50", "\u{2212}9,50\u{a0}$"),
            (1_001, chf, "CHF\u{a0}10.01", "10,01\u{a0}CHF"),
            (
                commerce::money::MINOR_MAX,
                Currency::GBP,
                "£90,071,992,547,409.91",
                "90.071.992.547.409,91\u{a0}£",
            ),
        ] {
            assert_eq!(show(minor, currency, Language::En), english);
            assert_eq!(show(minor, currency, Language::De), german);
        }
        assert!(show(1_005, kwd, Language::En).contains("1.005"));
        assert_eq!(plain(1_450, Currency::GBP), "14.50");
    }
}
