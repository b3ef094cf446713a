//! Card numbers (ISO/IEC 7812, Luhn) and IBANs (ISO 13616, modulo 97) in free text. Found to be
//! kept out of transcripts; never stored, never shown.

use std::ops::Range;

use crate::language::text::digit_value;

const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;
const IBAN_CHARS: std::ops::RangeInclusive<usize> = 15..=34;

/// Whether the text holds a card number or an IBAN.
pub(super) fn holds_payment_data(text: &str) -> bool {
    !spans(&text.chars().collect::<Vec<_>>()).is_empty()
}

/// The text with card numbers and IBANs masked: what a transcript may keep.
pub fn redact(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for span in spans(&chars) {
        for c in &mut chars[span] {
            if c.is_alphanumeric() {
                *c = '•';
            }
        }
    }
    chars.into_iter().collect()
}

fn spans(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = cards(chars);
    found.extend(ibans(chars));
    found
}

fn joins(c: char) -> bool {
    matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{2011}' | '\u{2013}' | '\u{200b}')
}

/// Runs of digits, joined by single separators, of a card's length and check digit.
fn cards(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some(_) = digit_value(chars[at]) else {
            at += 1;
            continue;
        };
        let start = at;
        let mut digits = Vec::new();
        let mut end = at;
        while at < chars.len() {
            if let Some(digit) = digit_value(chars[at]) {
                digits.push(digit);
                end = at + 1;
            } else if !joins(chars[at]) || at > end {
                break;
            }
            at += 1;
        }
        if CARD_DIGITS.contains(&digits.len()) && luhn(&digits) {
            found.push(start..end);
        }
    }
    found
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            if i % 2 == 0 {
                *d
            } else if *d > 4 {
                d * 2 - 9
            } else {
                d * 2
            }
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|d| *d != 0)
}

/// Two letters, two digits, then groups, until the whole has an IBAN's check digits.
fn ibans(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let word_start = at == 0 || !chars[at - 1].is_alphanumeric();
        match word_start.then(|| iban_end(chars, at)).flatten() {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn iban_end(chars: &[char], start: usize) -> Option<usize> {
    let mut values: Vec<u32> = Vec::new();
    let mut at = start;
    while at < chars.len() && values.len() <= *IBAN_CHARS.end() {
        let c = chars[at];
        let value = match digit_value(c) {
            Some(digit) => Some(digit),
            None if c.is_ascii_alphabetic() => c.to_digit(36),
            None => None,
        };
        match value {
            Some(value) => {
                let place = values.len();
                if (place < 2 && value < 10) || ((2..4).contains(&place) && value > 9) {
                    return None;
                }
                values.push(value);
                let ends_word = chars.get(at + 1).is_none_or(|c| !c.is_alphanumeric());
                if ends_word && IBAN_CHARS.contains(&values.len()) && mod_97(&values) == 1 {
                    return Some(at + 1);
                }
            }
            None if joins(c) && !values.is_empty() => {}
            None => return None,
        }
        at += 1;
    }
    None
}

fn mod_97(values: &[u32]) -> u32 {
    let (head, tail) = values.split_at(values.len().min(4));
    tail.iter().chain(head).fold(0, |rest, value| {
        if *value > 9 { (rest * 100 + value) % 97 } else { (rest * 10 + value) % 97 }
    })
}
