//! Finds the numbers of a text: prices, quantities and currencies. Exact; nothing is guessed that
//! could cost somebody money: what has two readings is sent back as a question.
//!
//! A number with one separator is read by what follows it: one or two digits (as many as the
//! currency has) are decimals, whether after a point or a comma; exactly three digits are thousands
//! (`1,000` = `1.000` = 1000), unless the whole begins with 0 (too many decimals), the currency has
//! three decimals, or the reading is more than twice the list price (`9.500` for a ten-pound
//! lamp): then it is ambiguous. With both separators the last one is the decimal one. `'` only
//! groups thousands. Spaces never do.

use commerce::money::{Currency, Money};

use super::Why;
use super::words::{CURRENCIES, CurrencySign, HUNDREDTHS, ONES, SMALL_NUMBERS, TENS};

/// A piece of a text in plain form. `glued`: no space before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) glued: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits with `.`, `,` and `'` between.
    Number(String),
    Word(String),
    Sign(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Splits a text in plain form.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    let mut glued = false;
    while at < chars.len() {
        let c = chars[at];
        if c == ' ' {
            glued = false;
            at += 1;
            continue;
        }
        let digit_at = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
        let leading = matches!(c, '.' | ',') && digit_at(at + 1);
        let start = at;
        let kind = if c.is_ascii_digit() || leading {
            at += 1;
            while digit_at(at)
                || (chars.get(at).is_some_and(|c| matches!(c, '.' | ',' | '\''))
                    && digit_at(at + 1))
            {
                at += 1;
            }
            Kind::Number(chars[start..at].iter().collect())
        } else if c.is_alphabetic() {
            while chars.get(at).is_some_and(|c| c.is_alphabetic() || *c == '\'') {
                at += 1;
            }
            Kind::Word(chars[start..at].iter().filter(|c| **c != '\'').collect())
        } else {
            at += 1;
            Kind::Sign(c)
        };
        found.push(Token { kind, glued });
        glued = true;
    }
    found
}

/// Why a number cannot be used, and a decimal that may have been meant.
pub(super) type Misread = (Why, Option<String>);

/// A number as a plain decimal (`9.50`), by the rules at the head of this module.
pub(super) fn plain_decimal(
    number: &str,
    currency: Currency,
    list: Money,
) -> Result<String, Misread> {
    let digits = currency.digits() as usize;
    let parts: Vec<&str> = number.split(['.', ',', '\'']).collect();
    let marks: Vec<char> = number.chars().filter(|c| !c.is_ascii_digit()).collect();
    if number.len() > 20 {
        return Err((Why::TooLarge, None));
    }
    let grouped = |parts: &[&str]| {
        parts.first().is_some_and(|p| (1..=3).contains(&p.len()) && !p.starts_with('0'))
            && parts.iter().skip(1).all(|p| p.len() == 3)
    };
    let decimal = |whole: String, fraction: &str| {
        if fraction.len() > digits {
            return Err((Why::TooManyDecimals, None));
        }
        Ok(format!("{}.{fraction}", if whole.is_empty() { "0" } else { &whole }))
    };
    let (Some(last), Some(mark)) = (parts.last().copied(), marks.last().copied()) else {
        return Ok(number.to_owned());
    };
    let head = parts.get(..parts.len() - 1).unwrap_or_default();
    let same = marks.iter().all(|m| *m == mark);
    match (marks.len(), same) {
        (1, _) if last.len() == 3 && mark != '\'' && grouped(&parts) => {
            three_digits(&parts, digits, currency, list)
        }
        (1, _) if mark != '\'' => decimal(head.concat(), last),
        (_, true) if grouped(&parts) => Ok(parts.concat()),
        (_, false) if mark != '\'' && !marks[..marks.len() - 1].contains(&mark) => {
            let one_mark = marks[..marks.len() - 1].iter().all(|m| *m == marks[0]);
            if !one_mark || !grouped(head) {
                return Err((Why::NotAPlainNumber, None));
            }
            decimal(head.concat(), last)
        }
        _ => Err((Why::NotAPlainNumber, None)),
    }
}

/// `1,000` or `1.000`: thousands where that is a plausible price, else a question.
fn three_digits(
    parts: &[&str],
    digits: usize,
    currency: Currency,
    list: Money,
) -> Result<String, Misread> {
    let whole = parts.concat();
    let as_decimal = parts.join(".");
    let plausible =
        Money::parse(&whole, currency).is_ok_and(|m| m.minor() <= list.minor().saturating_mul(2));
    if plausible && digits != 3 {
        return Ok(whole);
    }
    // 9.500 can be meant as 9.50; 9.505 cannot
    let meant = Money::parse(&as_decimal, currency).ok().filter(|m| m.minor() > 0);
    Err((Why::AmbiguousNumber, meant.map(|m| m.to_string())))
}

/// The currency that a token names, `us` before `$` included.
pub(super) fn currency_sign(tokens: &[Token], at: usize) -> Option<CurrencySign> {
    let token = tokens.get(at)?;
    let name = match &token.kind {
        Kind::Word(word) => word.clone(),
        Kind::Sign(sign) => {
            let us = at > 0 && token.glued && tokens[at - 1].word() == Some("us");
            if us && *sign == '$' { "us$".to_owned() } else { sign.to_string() }
        }
        Kind::Number(_) => return None,
    };
    lookup(CURRENCIES, &name)
}

/// The currencies whose hundredths a token names: `p`, `cents`.
pub(super) fn hundredths(token: Option<&Token>) -> Option<CurrencySign> {
    let name = match &token?.kind {
        Kind::Word(word) => word.clone(),
        Kind::Sign(sign) => sign.to_string(),
        Kind::Number(_) => return None,
    };
    lookup(HUNDREDTHS, &name)
}

fn lookup(table: &[(&str, CurrencySign)], name: &str) -> Option<CurrencySign> {
    table.iter().find(|(word, _)| *word == name).map(|(_, sign)| *sign)
}

/// A number in words from `at` on: its plain decimal and how many tokens it takes.
/// "twenty-five", "fünfundzwanzig", "nine fifty" (9.50), "neun komma fünf" (9.5).
pub(super) fn spelled(tokens: &[Token], at: usize) -> Option<(String, usize)> {
    let (whole, mut used) = spelled_whole(tokens, at)?;
    let point = tokens.get(at + used).and_then(Token::word);
    let after = if matches!(point, Some("point" | "komma" | "comma")) { 1 } else { 0 };
    if let Some((fraction, more)) = spelled_whole(tokens, at + used + after) {
        if after == 1 && fraction < 100 {
            used += 1 + more;
            return Some((format!("{whole}.{fraction}"), used));
        }
        // "nine fifty", never "nine five"
        if after == 0
            && (10..100).contains(&fraction)
            && whole < 100
            && tokens_join(tokens, at + used)
        {
            return Some((format!("{whole}.{fraction}"), used + more));
        }
    }
    Some((whole.to_string(), used))
}

/// Whether the token is a word that stands right after another (no sign between).
fn tokens_join(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.word().is_some())
}

fn spelled_whole(tokens: &[Token], at: usize) -> Option<(u64, usize)> {
    let first = tokens.get(at)?.word()?;
    if ONES.contains(&first) {
        let unit = tokens.get(at + 1)?;
        if matches!(unit.word(), Some("hundred" | "hundert" | "dozen" | "dutzend")) {
            let size = if matches!(unit.word(), Some("dozen" | "dutzend")) { 12 } else { 100 };
            return Some((size, 2));
        }
        let counts = currency_sign(tokens, at + 1).is_some() || hundredths(Some(unit)).is_some();
        return (counts && first != "a").then_some((1, 1));
    }
    let mut value = spelled_word(first)?;
    let mut used = 1;
    if (20..100).contains(&value) && value.is_multiple_of(10) {
        let hyphen = usize::from(tokens.get(at + 1).is_some_and(|t| t.is_sign('-')));
        if let Some(unit) = tokens.get(at + 1 + hyphen).and_then(Token::word).and_then(english_unit)
        {
            return Some((value + unit, 2 + hyphen));
        }
    }
    if tokens.get(at + 1).and_then(Token::word).is_some_and(|w| matches!(w, "hundred" | "hundert"))
        && value < 100
    {
        value *= 100;
        used = 2;
        let and = usize::from(
            tokens.get(at + 2).and_then(Token::word).is_some_and(|w| matches!(w, "and" | "und")),
        );
        if let Some((rest, more)) = spelled_whole(tokens, at + 2 + and)
            && rest < 100
        {
            return Some((value + rest, used + and + more));
        }
    }
    Some((value, used))
}

fn english_unit(word: &str) -> Option<u64> {
    if word == "one" {
        return Some(1);
    }
    small(word).filter(|v| *v < 10)
}

fn small(word: &str) -> Option<u64> {
    SMALL_NUMBERS.iter().chain(TENS).find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// Whether the word is, or is part of, a number in words.
pub(super) fn is_number_word(word: &str) -> bool {
    ONES.contains(&word)
        || matches!(word, "hundred" | "hundert" | "dozen" | "dutzend" | "point" | "komma" | "comma")
        || spelled_word(word).is_some()
}

/// One word: a small number, or a German compound such as `zweihundertfünfundzwanzig`.
fn spelled_word(word: &str) -> Option<u64> {
    if let Some(value) = small(word) {
        return Some(value);
    }
    let one = |w: &str| if matches!(w, "ein" | "eins") { Some(1) } else { small(w) };
    if let Some((head, tail)) = word.split_once("hundert") {
        let hundreds = if head.is_empty() { 1 } else { one(head)? };
        let rest = if tail.is_empty() { 0 } else { one(tail).or_else(|| spelled_word(tail))? };
        return (hundreds < 10 && rest < 100).then_some(hundreds * 100 + rest);
    }
    TENS.iter().find_map(|(tens, value)| {
        let unit = word.strip_suffix(tens)?.strip_suffix("und")?;
        one(unit).filter(|u| *u < 10).map(|u| value + u)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gbp(minor: i64) -> Money {
        Money::from_minor(minor, Currency::GBP).unwrap()
    }

    #[test]
    fn numbers_are_read_by_the_rules() {
        let check = |number: &str, list: i64, expected: Result<&str, Why>| {
            let got = plain_decimal(number, Currency::GBP, gbp(list));
            let got = got.as_deref().map_err(|(why, _)| *why);
            assert_eq!(got, expected, "{number} at list {list}");
        };
        check("9", 1000, Ok("9"));
        check("9.5", 1000, Ok("9.5"));
        check("9,50", 1000, Ok("9.50"));
        check(".50", 1000, Ok("0.50"));
        check("1,000", 120_000, Ok("1000"));
        check("1.000", 120_000, Ok("1000"));
        check("1,000", 1000, Err(Why::AmbiguousNumber));
        check("9.500", 1000, Err(Why::AmbiguousNumber));
        check("0.950", 1000, Err(Why::TooManyDecimals));
        check("9.5000", 1000, Err(Why::TooManyDecimals));
        check("1,234.50", 1000, Ok("1234.50"));
        check("1.234,50", 1000, Ok("1234.50"));
        check("1'234.50", 1000, Ok("1234.50"));
        check("1.234.567", 1000, Ok("1234567"));
        check("1.2.3", 1000, Err(Why::NotAPlainNumber));
        check("1,2.50", 1000, Err(Why::NotAPlainNumber));
        check("1'00", 1000, Err(Why::NotAPlainNumber));
        check("1234567890123456789012", 1000, Err(Why::TooLarge));
    }

    #[test]
    fn numbers_in_words() {
        let cases = [
            ("ten", Some("10")),
            ("twenty five", Some("25")),
            ("twenty-five", Some("25")),
            ("nine fifty", Some("9.50")),
            ("nine ninety nine", Some("9.99")),
            ("nine point five", Some("9.5")),
            ("neun komma fünfzig", Some("9.50")),
            ("a hundred", Some("100")),
            ("two hundred and twenty", Some("220")),
            ("zehn", Some("10")),
            ("fünfundzwanzig", Some("25")),
            ("einundzwanzig", Some("21")),
            ("zweihundertfünfzig", Some("250")),
            ("hundert", Some("100")),
            ("one", None),
            ("one pound", Some("1")),
            ("ein euro", Some("1")),
            ("nothing", None),
        ];
        for (text, expected) in cases {
            let got = spelled(&tokens(text), 0).map(|(number, _)| number);
            assert_eq!(got.as_deref(), expected, "{text}");
        }
    }
}
