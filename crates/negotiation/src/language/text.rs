//! Brings a customer's text into one plain form before anything reads it: compatibility forms
//! folded (NFKC), invisible marks gone, digits of every script as ASCII, small letters.

use unicode_normalization::UnicodeNormalization;

/// How much of a text the hard stops look at, in characters.
const LOOKED_AT_CHARS_MAX: usize = 10_000;

/// The text's beginning, cut at a character, as far as detectors look.
pub(crate) fn capped(text: &str) -> &str {
    match text.char_indices().nth(LOOKED_AT_CHARS_MAX) {
        Some((at, _)) => &text[..at],
        None => text,
    }
}

/// The value of a decimal digit of the scripts that customers type in.
pub(crate) fn digit_value(c: char) -> Option<u32> {
    const ZEROS: [char; 15] = [
        '0',
        '\u{660}',
        '\u{6f0}',
        '\u{966}',
        '\u{9e6}',
        '\u{a66}',
        '\u{ae6}',
        '\u{be6}',
        '\u{c66}',
        '\u{e50}',
        '\u{ff10}',
        '\u{1d7ce}',
        '\u{1d7d8}',
        '\u{1d7e2}',
        '\u{1d7ec}',
    ];
    ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|d| *d < 10))
}

/// Characters that no keyboard writes into a message: a terminal's escapes, and marks that show
/// `05.9` where `9.50` is written. Line ends and tabs are spaces; a lone direction mark, which Arabic
/// and Hebrew keyboards set, only joins.
pub(crate) fn is_control(c: char) -> bool {
    let space = matches!(c, '\n' | '\r' | '\t');
    (c.is_control() && !space) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Zero-width and direction marks, joiners, soft hyphens, variation selectors, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// The plain form: small letters, ASCII digits, spaces for every control character.
pub fn normalise(text: &str) -> String {
    capped(text)
        .chars()
        .filter(|c| !is_invisible(*c))
        .nfkc()
        .filter(|c| !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => '-',
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}' => '\'',
            '\u{2044}' | '\u{2215}' => '/',
            '\u{d7}' => 'x',
            '\u{66b}' => '.',
            '\u{66c}' => ',',
            c if c.is_control() || c.is_whitespace() => ' ',
            c => digit_value(c).and_then(|d| char::from_digit(d, 10)).unwrap_or(c),
        })
        .collect()
}

/// The words alone, one space between, before and after; apostrophes closed up ("i'll" is "ill").
pub(crate) fn phrase_form(text: &str) -> String {
    let mut form = String::from(" ");
    for c in normalise(text).chars().filter(|c| *c != '\'') {
        if c.is_alphanumeric() {
            form.push(c);
        } else if !form.ends_with(' ') {
            form.push(' ');
        }
    }
    if !form.ends_with(' ') {
        form.push(' ');
    }
    form
}

/// Cyrillic and Greek letters that look like Latin ones, as those: for the detectors alone.
pub(crate) fn fold_lookalikes(text: &str) -> String {
    normalise(text)
        .chars()
        .map(|c| match c {
            'а' | 'α' => 'a',
            'в' | 'β' => 'b',
            'с' | 'ϲ' => 'c',
            'ԁ' => 'd',
            'е' | 'ε' | 'ё' => 'e',
            'һ' => 'h',
            'і' | 'ι' | 'ı' | 'ї' => 'i',
            'ј' => 'j',
            'к' | 'κ' => 'k',
            'ӏ' => 'l',
            'м' => 'm',
            'о' | 'ο' | 'ө' => 'o',
            'р' | 'ρ' => 'p',
            'ѕ' => 's',
            'т' | 'τ' => 't',
            'υ' => 'u',
            'ν' | 'ѵ' => 'v',
            'ԝ' | 'ω' => 'w',
            'х' | 'χ' => 'x',
            'у' | 'γ' => 'y',
            c => c,
        })
        .collect()
}
