//! What keeps a text with a price from being an offer. An offer binds: the bot may take it at once.
//! So a text is one only where nothing in it says otherwise, and a number without a currency only
//! where all the words around it are those of haggling; everything else is asked back.

use commerce::money::Money;

use super::amounts::is_number_word;
use super::words::{
    ACCEPT, ACCEPT_MORE, CURRENCIES, DENIALS, EACH, ELSEWHERE, EXCESSES, HAGGLING, IS, MORE, OFF,
    OFFERS, PIECES, POSSIBLE, REJECT, TAKES, TAKES_AFTER, TOGETHER,
};
use super::{Context, Understood, Why};

/// What a text with this price is, where it is no plain offer. `named`: a currency stands beside it.
pub(super) fn doubt(
    words: &[&str],
    form: &str,
    (price, named): (Money, bool),
    context: &Context,
) -> Option<Understood> {
    let says = |table: &[&str]| words.iter().any(|word| table.contains(word));
    let phrase = |table: &[&str]| table.iter().any(|p| form.contains(&format!(" {p} ")));
    let asked_back = |why, suggest| Some(Understood::Unclear { why, suggest });
    if says(OFF) {
        let left = context.list_price.minor() - price.minor();
        let left = Money::from_minor(left, context.currency).ok().filter(|m| m.minor() > 0);
        return asked_back(Why::Share, left);
    }
    if phrase(EXCESSES) || (says(DENIALS) && !says(MORE)) {
        return asked_back(Why::NoPrice, None);
    }
    if says(DENIALS) || says(ELSEWHERE) {
        return asked_back(Why::AmbiguousNumber, Some(price));
    }
    if words.first().is_some_and(|word| IS.contains(word)) && !says(POSSIBLE) {
        return Some(Understood::Question);
    }
    if !named && !words.iter().all(|word| is_haggling(word)) {
        return asked_back(Why::AmbiguousNumber, Some(price));
    }
    None
}

fn is_haggling(word: &str) -> bool {
    let tables = [
        HAGGLING,
        OFFERS,
        ACCEPT,
        ACCEPT_MORE,
        REJECT,
        EACH,
        TOGETHER,
        PIECES,
        TAKES,
        TAKES_AFTER,
        POSSIBLE,
    ];
    word.starts_with(|c: char| c.is_ascii_digit())
        || tables.iter().any(|table| table.contains(&word))
        || CURRENCIES.iter().any(|(name, _)| *name == word)
        || is_number_word(word)
}
