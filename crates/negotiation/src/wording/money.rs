//! Money as a customer of a language reads it: `£1,234.50` in English, `1.234,50 £` in German.

use commerce::money::Money;

use super::Language;

/// The amount with the currency's digits, grouped by thousands, with its sign (or its code where the
/// sign is letters or missing). Spaces inside do not break.
pub fn format_money(money: Money, language: Language) -> String {
    let digits = money.currency().digits() as usize;
    let minor = format!("{:0width$}", money.minor().unsigned_abs(), width = digits + 1);
    let (whole, fraction) = minor.split_at(minor.len() - digits);
    let (group, point) = match language {
        Language::En => (',', '.'),
        Language::De => ('.', ','),
    };
    let mut number = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            number.push(group);
        }
        number.push(digit);
    }
    if digits > 0 {
        number.push(point);
        number.push_str(fraction);
    }
    let minus = if money.is_negative() { "-" } else { "" };
    let symbol = money.currency().symbol();
    let plain =
        symbol.is_empty() || symbol.chars().any(|c| c.is_alphanumeric() || matches!(c, '¤' | '₣'));
    let sign = if plain { money.currency().code() } else { symbol.as_str() };
    match (language, plain) {
        (Language::De, _) => format!("{minus}{number}\u{a0}{sign}"),
        (Language::En, true) => format!("{minus}{sign}\u{a0}{number}"),
        (Language::En, false) => format!("{minus}{sign}{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    use commerce::money::Currency;

    #[test]
    fn money_reads_as_each_language_writes_it() {
        let cases = [
            (950, "GBP", "£9.50", "9,50\u{a0}£"),
            (5, "GBP", "£0.05", "0,05\u{a0}£"),
            (123_456_789, "EUR", "€1,234,567.89", "1.234.567,89\u{a0}€"),
            (100_000, "EUR", "€1,000.00", "1.000,00\u{a0}€"),
            (-950, "GBP", "-£9.50", "-9,50\u{a0}£"),
            (1980, "JPY", "¥1,980", "1.980\u{a0}¥"),
            (1500, "KWD", "KWD\u{a0}1.500", "1,500\u{a0}KWD"),
            (950, "CHF", "CHF\u{a0}9.50", "9,50\u{a0}CHF"),
        ];
        for (minor, code, en, de) in cases {
            let money = Money::from_minor(minor, Currency::from_str(code).unwrap()).unwrap();
            assert_eq!(format_money(money, Language::En), en);
            assert_eq!(format_money(money, Language::De), de);
        }
    }
}
