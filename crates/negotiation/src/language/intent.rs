//! From words and numbers to what the customer means. Agreement is read narrowly (only words of
//! agreement in the whole text), since it binds; everything else may be asked back.

use commerce::money::Money;

use super::amounts::{
    Kind, Misread, Token, currency_sign, hundredths, plain_decimal, spelled, tokens,
};
use super::doubt::doubt;
use super::text::phrase_form;
use super::words::{
    ACCEPT, ACCEPT_MORE, ACCEPT_PHRASES, ASKS, BOTH, EACH, ENGLISH, GERMAN, HALVES, NOTHING,
    OFFERS, OTHER_SHARES, OTHER_UNITS, PERSON, PIECES, REJECT, REJECT_MORE, REJECT_PHRASES, TAKES,
    TAKES_AFTER, TOGETHER, WHY,
};
use super::{Context, Understood, Why};
use crate::hard_stops::StopKind;
use crate::session::QUANTITY_MAX;
use crate::wording::Language;

/// One number of the text.
#[derive(Clone, Debug)]
struct Found {
    /// As a plain decimal, in currency units.
    decimal: String,
    role: NumberRole,
    /// A currency stands beside it.
    named: bool,
    /// First token and the one after the last, its currency included.
    span: (usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NumberRole {
    /// A currency stands beside it, or it has decimals.
    Price,
    /// Words beside it count pieces.
    Quantity,
    /// Nothing tells.
    Bare,
}

/// What the numbers of a text come to.
#[derive(Default)]
struct Offer {
    price: Option<Money>,
    /// Whether a currency stands beside the price.
    named: bool,
    quantity: Option<u32>,
}

enum Trouble {
    Unclear(Why, Option<Money>),
    OtherCurrency,
}

/// Which language a text is in, if its words tell.
pub fn detect_language(text: &str) -> Option<Language> {
    let form = phrase_form(text);
    let count = |table: &[&str]| form.split(' ').filter(|w| table.contains(w)).count();
    let (german, english) = (count(GERMAN), count(ENGLISH));
    match german.cmp(&english) {
        std::cmp::Ordering::Greater => Some(Language::De),
        std::cmp::Ordering::Less => Some(Language::En),
        std::cmp::Ordering::Equal => None,
    }
}

/// Reads a text in plain form.
pub(super) fn read(text: &str, context: &Context) -> Understood {
    let tokens = tokens(text);
    if tokens.is_empty() {
        return Understood::Unclear { why: Why::Empty, suggest: None };
    }
    let form = phrase_form(text);
    let has = |phrases: &[&str]| phrases.iter().any(|p| form.contains(&format!(" {p} ")));
    let person = has(PERSON);
    let offer = match read_offer(&tokens, context) {
        Ok(offer) => offer,
        Err(Trouble::OtherCurrency) => {
            let kind = StopKind::CurrencySwitched;
            return Understood::HardStop { kind, answer: kind.default_answer() };
        }
        // someone who asks for a person is not asked about numbers
        Err(Trouble::Unclear(..)) if person => Offer::default(),
        Err(Trouble::Unclear(why, suggest)) => return Understood::Unclear { why, suggest },
    };
    if person {
        return Understood::AskForPerson { price: offer.price, quantity: offer.quantity };
    }
    let words: Vec<&str> = form.split_whitespace().collect();
    let asks = tokens.iter().any(|t| t.is_sign('?') || t.is_sign('؟'));
    let accepts = !asks && is_only(&words, &form, ACCEPT, ACCEPT_PHRASES, ACCEPT_MORE);
    if let Some(price) = offer.price {
        if accepts && offer.quantity.is_none() {
            return Understood::Accept { price: Some(price) };
        }
        if words.first().is_some_and(|w| WHY.contains(w)) {
            return Understood::Question;
        }
        let plain = Understood::Propose { price, quantity: offer.quantity };
        return doubt(&words, &form, (price, offer.named), context).unwrap_or(plain);
    }
    if let Some((why, suggest)) = share(&words, &tokens, context) {
        return Understood::Unclear { why, suggest };
    }
    if !asks && is_only(&words, &form, REJECT, REJECT_PHRASES, REJECT_MORE) {
        return Understood::Reject;
    }
    if accepts && offer.quantity.is_none() {
        return Understood::Accept { price: None };
    }
    let begins = words.first().is_some_and(|w| WHY.contains(w) || ASKS.contains(w));
    if (asks && !words.is_empty()) || begins {
        return Understood::Question;
    }
    Understood::Unclear { why: Why::NoPrice, suggest: None }
}

/// Whether the text holds one of the core words or phrases and nothing beyond the given words
/// (numbers and currencies aside).
fn is_only(words: &[&str], form: &str, core: &[&str], phrases: &[&str], more: &[&str]) -> bool {
    let core_word = words.iter().any(|w| core.contains(w));
    let phrase = phrases.iter().any(|p| form.contains(&format!(" {p} ")));
    (core_word || phrase)
        && words.iter().all(|w| {
            let number = w.starts_with(|c: char| c.is_ascii_digit());
            let money = super::words::CURRENCIES.iter().any(|(name, _)| name == w);
            core.contains(w) || more.contains(w) || number || money
        })
}

/// "Half", "10 % off", "for free": never an offer, but a price to ask back with.
fn share(words: &[&str], tokens: &[Token], context: &Context) -> Option<(Why, Option<Money>)> {
    let part = |percent: i64| {
        let minor = i128::from(context.list_price.minor()) * i128::from(percent) / 100;
        let minor = i64::try_from(minor).ok().filter(|m| *m > 0)?;
        Money::from_minor(minor, context.currency).ok()
    };
    if words.iter().any(|w| HALVES.contains(w)) {
        return Some((Why::Share, part(50)));
    }
    let percent = tokens.windows(2).find_map(|pair| match (&pair[0].kind, &pair[1].kind) {
        (Kind::Number(number), Kind::Sign('%')) => Some(number),
        (Kind::Number(number), Kind::Word(word)) if word == "percent" || word == "prozent" => {
            Some(number)
        }
        _ => None,
    });
    if let Some(number) = percent {
        let rate = number.parse::<i64>().ok().filter(|rate| (1..100).contains(rate));
        let off = words
            .iter()
            .any(|w| matches!(*w, "off" | "discount" | "less" | "rabatt" | "weniger" | "nachlass"));
        return Some((Why::Share, rate.filter(|_| off).and_then(|rate| part(100 - rate))));
    }
    if words.iter().any(|w| OTHER_SHARES.contains(w)) {
        return Some((Why::Share, None));
    }
    words.iter().any(|w| NOTHING.contains(w)).then_some((Why::NotPositive, None))
}

fn read_offer(tokens: &[Token], context: &Context) -> Result<Offer, Trouble> {
    let found = numbers(tokens, context)?;
    let found = join_hundredths(tokens, found, context);
    let mut prices: Vec<&Found> = found.iter().filter(|f| f.role == NumberRole::Price).collect();
    let mut bare: Vec<&Found> = found.iter().filter(|f| f.role == NumberRole::Bare).collect();
    let quantities: Vec<&Found> = found.iter().filter(|f| f.role == NumberRole::Quantity).collect();
    if prices.is_empty() && bare.len() == 1 {
        prices.append(&mut bare);
    }
    // "2 for £15", "£15 for 2": a bare number with "for" between it and the price counts pieces
    let paired = bare.len() == 1
        && prices.len() == 1
        && quantities.is_empty()
        && joined_by_for(tokens, bare[0], prices[0]);
    let quantity = match (quantities.as_slice(), bare.as_slice()) {
        ([], []) => None,
        ([one], []) => Some(whole_quantity(&one.decimal)?),
        ([], [one]) if paired => Some(whole_quantity(&one.decimal)?),
        ([_, _, ..], _) => return Err(Trouble::Unclear(Why::BadQuantity, None)),
        _ => return Err(Trouble::Unclear(Why::SeveralPrices, None)),
    };
    let price = match prices.as_slice() {
        [] => return Ok(Offer { quantity, ..Offer::default() }),
        [one] => money(&one.decimal, context)?,
        [first, rest @ ..] if rest.iter().all(|p| p.decimal == first.decimal) => {
            money(&first.decimal, context)?
        }
        _ => return Err(Trouble::Unclear(Why::SeveralPrices, None)),
    };
    let named = prices.iter().any(|found| found.named);
    let price = per_unit(tokens, price, quantity, paired, context)?;
    Ok(Offer { price: Some(price), named, quantity })
}

/// A price per unit: as said ("each", "in total"), else per unit for one piece. For more pieces,
/// without such a word: a question where the price is paired with the count or above the list price.
fn per_unit(
    tokens: &[Token],
    price: Money,
    quantity: Option<u32>,
    paired: bool,
    context: &Context,
) -> Result<Money, Trouble> {
    let says = |table: &[&str]| tokens.iter().any(|t| t.word().is_some_and(|w| table.contains(&w)));
    let count = quantity.unwrap_or(context.quantity).max(1);
    if count == 1 && says(BOTH) {
        let half = Money::from_minor(price.minor() / 2, context.currency).ok();
        return Err(Trouble::Unclear(Why::UnitOrTotal, half.filter(|m| m.minor() > 0)));
    }
    if count == 1 || says(EACH) {
        return Ok(price);
    }
    // rounded down: the customer never pays more than they offered
    let shared = price.minor() / i64::from(count);
    let shared = Money::from_minor(shared, context.currency).ok().filter(|m| m.minor() > 0);
    if says(TOGETHER) {
        return shared.ok_or(Trouble::Unclear(Why::NotPositive, None));
    }
    if paired || price.minor() > context.list_price.minor() {
        let suggest = if price.minor() > context.list_price.minor() { shared } else { Some(price) };
        return Err(Trouble::Unclear(Why::UnitOrTotal, suggest));
    }
    Ok(price)
}

fn joined_by_for(tokens: &[Token], a: &Found, b: &Found) -> bool {
    let (first, second) = if a.span.0 < b.span.0 { (a, b) } else { (b, a) };
    let between = tokens.get(first.span.1..second.span.0).unwrap_or_default();
    let word =
        |t: &Token| t.word().is_some_and(|w| matches!(w, "for" | "für" | "fuer" | "at" | "zu"));
    between.iter().any(word) && between.len() <= 3
}

fn whole_quantity(decimal: &str) -> Result<u32, Trouble> {
    let quantity = decimal.parse::<u32>().ok().filter(|q| (1..=QUANTITY_MAX).contains(q));
    quantity.ok_or(Trouble::Unclear(Why::BadQuantity, None))
}

fn money(decimal: &str, context: &Context) -> Result<Money, Trouble> {
    use commerce::money::MoneyError;
    let why = match Money::parse(decimal, context.currency) {
        Ok(money) if money.minor() > 0 => return Ok(money),
        Ok(_) => Why::NotPositive,
        Err(MoneyError::TooManyDigits { .. }) => Why::TooManyDecimals,
        Err(_) => Why::TooLarge,
    };
    Err(Trouble::Unclear(why, None))
}

/// Every number of the text that could be a price or a quantity, in order.
fn numbers(tokens: &[Token], context: &Context) -> Result<Vec<Found>, Trouble> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (decimal, used, in_words) = match &tokens[at].kind {
            Kind::Number(number) => {
                if is_name(tokens, at) {
                    at += 1;
                    continue;
                }
                reject_odd_forms(tokens, at)?;
                // a share or a quantity is no price, however it is grouped
                let read = plain_decimal(number, context.currency, context.list_price);
                (read.map_err(|m| misread(m, context))?, 1, false)
            }
            _ => match spelled(tokens, at) {
                Some(_) if at > 0 && tokens[at - 1].word() == Some("minus") => {
                    return Err(Trouble::Unclear(Why::NotPositive, None));
                }
                Some((decimal, used)) => (decimal, used, true),
                None => {
                    at += 1;
                    continue;
                }
            },
        };
        let taken = found.last().map_or(0, |last: &Found| last.span.1);
        let place = Place { at, used, taken, in_words };
        if let Some(one) = classify(tokens, place, decimal, context)? {
            found.push(one);
        }
        at += used;
    }
    Ok(found)
}

fn misread((why, meant): Misread, context: &Context) -> Trouble {
    Trouble::Unclear(why, meant.and_then(|m| Money::parse(&m, context.currency).ok()))
}

/// Digits inside a name, such as `iphone15`: letters right before, that are no currency or count.
fn is_name(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| tokens[i].word());
    tokens[at].glued
        && before.is_some_and(|w| w != "x" && w != "e" && w.len() > 1)
        && currency_sign(tokens, at - 1).is_none()
}

/// `-5`, `1e9`, `0x10`, `10k`, `1/3`: said not to be understood, never half-read.
fn reject_odd_forms(tokens: &[Token], at: usize) -> Result<(), Trouble> {
    let odd = |why| Err(Trouble::Unclear(why, None));
    let start = if at > 0 && currency_sign(tokens, at - 1).is_some() { at - 1 } else { at };
    for place in [start, at] {
        let Some(before) = place.checked_sub(1) else { continue };
        let minus = tokens[before].is_sign('-') && tokens[place].glued;
        let dash = before > 0 && tokens[before].glued && {
            matches!(tokens[before - 1].kind, Kind::Number(_) | Kind::Word(_))
                && currency_sign(tokens, before - 1).is_none()
        };
        if (minus && !dash) || tokens[before].word() == Some("minus") {
            return odd(Why::NotPositive);
        }
        if tokens[before].is_sign('/')
            && before.checked_sub(1).is_some_and(|i| matches!(tokens[i].kind, Kind::Number(_)))
        {
            return odd(Why::Share);
        }
    }
    let Some(next) = tokens.get(at + 1).filter(|t| t.glued) else { return Ok(()) };
    let number_after =
        tokens.get(at + 2).is_some_and(|t| t.glued && !matches!(t.kind, Kind::Word(_)));
    let bracket = at > 0 && tokens[at].glued && tokens[at - 1].is_sign('[');
    match &next.kind {
        // the rest of a terminal's escape
        Kind::Word(w) if bracket && w.chars().count() == 1 => odd(Why::NotAPlainNumber),
        Kind::Word(w) if matches!(w.as_str(), "k" | "m" | "mio" | "tsd" | "mrd" | "bn") => {
            odd(Why::NotAPlainNumber)
        }
        Kind::Word(w) if w.starts_with('e') && w.len() == 1 && number_after => {
            odd(Why::NotAPlainNumber)
        }
        Kind::Word(w) if w.starts_with('x') && number_after => odd(Why::NotAPlainNumber),
        Kind::Word(w)
            if tokens[at].kind == Kind::Number("0".into()) && w.starts_with(['x', 'b', 'o']) =>
        {
            odd(Why::NotAPlainNumber)
        }
        Kind::Sign('^' | '*') if number_after => odd(Why::NotAPlainNumber),
        _ => Ok(()),
    }
}

/// Where a number stands: its first token, how many it takes, and where the number before it (its
/// currency included) ends.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    used: usize,
    taken: usize,
    in_words: bool,
}

/// What a number is, by what stands beside it; `None` where it is neither price nor quantity.
fn classify(
    tokens: &[Token],
    place: Place,
    decimal: String,
    context: &Context,
) -> Result<Option<Found>, Trouble> {
    let Place { at, used, taken, in_words } = place;
    let next = at + used;
    let word_after = tokens.get(next).and_then(Token::word);
    let share = tokens.get(next).is_some_and(|t| t.is_sign('%'))
        || word_after.is_some_and(|w| matches!(w, "percent" | "prozent"));
    let code = context.currency.code();
    if !share && let Some(sign) = hundredths(tokens.get(next)) {
        return in_hundredths(&decimal, sign, (at, next + 1), context).map(Some);
    }
    // in "ten pounds fifty" the pounds belong to the ten
    let before = at.checked_sub(1).filter(|i| *i >= taken);
    let before = before.and_then(|i| currency_sign(tokens, i).map(|s| (s, i)));
    // in "£11 £12" the second sign belongs to the twelve
    let theirs =
        before.is_some() && matches!(tokens.get(next + 1).map(|t| &t.kind), Some(Kind::Number(_)));
    let after = currency_sign(tokens, next).filter(|_| !theirs).map(|s| (s, next + 1));
    if before.into_iter().chain(after).any(|(sign, _)| !sign.contains(&code)) {
        return Err(Trouble::OtherCurrency);
    }
    if before.is_some() || after.is_some() {
        let span = (before.map_or(at, |(_, i)| i), after.map_or(next, |(_, end)| end));
        return Ok(Some(Found { decimal, role: NumberRole::Price, named: true, span }));
    }
    if share || word_after.is_some_and(|w| OTHER_UNITS.contains(&w)) {
        return Ok(None);
    }
    let word_before = at.checked_sub(1).and_then(|i| tokens[i].word());
    let fraction = decimal.contains('.');
    // "10 off" takes ten off the price, "12 off" of a lamp is not said; neither is an offer
    let pieces = word_after.is_some_and(|w| PIECES.contains(&w) || TAKES_AFTER.contains(&w));
    let takes = word_before.is_some_and(|w| TAKES.contains(&w)) && !offers_price(tokens, at);
    let role = match (fraction, pieces || takes) {
        (true, _) => NumberRole::Price,
        (false, true) => NumberRole::Quantity,
        (false, false) => NumberRole::Bare,
    };
    if in_words && role == NumberRole::Bare && !spelled_is_offer(tokens) {
        return Ok(None);
    }
    Ok(Some(Found { decimal, role, named: false, span: (at, next) }))
}

/// "Would you take 9": the merchant would take money; "if I take 12", "I'll take 12": pieces.
fn offers_price(tokens: &[Token], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).and_then(|i| tokens[i].word());
    let you = |w: Option<&str>| matches!(w, Some("you" | "sie" | "du" | "ihr" | "u"));
    word(1).is_some_and(|w| matches!(w, "take" | "taking" | "want" | "need"))
        && (you(word(2)) || you(word(3)))
}

/// A number in words without a currency counts in a short text or beside a word of offering.
fn spelled_is_offer(tokens: &[Token]) -> bool {
    tokens.len() <= 4 || tokens.iter().any(|t| t.word().is_some_and(|w| OFFERS.contains(&w)))
}

/// `950p`, `99 cents`: a hundredth each, where the shop's currency has hundredths.
fn in_hundredths(
    decimal: &str,
    sign: &[&str],
    span: (usize, usize),
    context: &Context,
) -> Result<Found, Trouble> {
    if !sign.contains(&context.currency.code()) {
        return Err(Trouble::OtherCurrency);
    }
    let whole = decimal.parse::<u64>().ok().filter(|_| context.currency.digits() == 2);
    let whole = whole.ok_or(Trouble::Unclear(Why::TooManyDecimals, None))?;
    let decimal = format!("{}.{:02}", whole / 100, whole % 100);
    Ok(Found { decimal, role: NumberRole::Price, named: true, span })
}

/// "ten pounds fifty", "9 € 50", "nine pounds and 50 pence": one price.
fn join_hundredths(tokens: &[Token], found: Vec<Found>, context: &Context) -> Vec<Found> {
    let mut joined: Vec<Found> = Vec::new();
    for one in found {
        let gap = joined.last().map(|last| {
            let between = tokens.get(last.span.1..one.span.0).unwrap_or_default();
            between.iter().all(|t| t.word().is_some_and(|w| matches!(w, "and" | "und")))
        });
        let fraction = match (one.role, one.decimal.strip_prefix("0.")) {
            (NumberRole::Price, Some(fraction)) if fraction.len() == 2 => Some(fraction.to_owned()),
            (NumberRole::Bare, _) if one.decimal.len() == 2 => Some(one.decimal.clone()),
            _ => None,
        };
        let whole = joined.last_mut().filter(|last| {
            // the currency stands between: "10 € 50", never "£10 50"
            let currency_last = last.span.1.checked_sub(1).and_then(|i| currency_sign(tokens, i));
            last.role == NumberRole::Price && !last.decimal.contains('.') && currency_last.is_some()
        });
        match (whole, fraction) {
            (Some(last), Some(fraction)) if gap == Some(true) && context.currency.digits() == 2 => {
                last.decimal = format!("{}.{fraction}", last.decimal);
                last.span.1 = one.span.1;
            }
            _ => joined.push(one),
        }
    }
    joined
}
