//! Order lines to products: title, category, list price, cost and stock, each by a stated rule.

use std::collections::{BTreeMap, HashSet};

use commerce::{CategoryPath, Currency, Money, Rounding, Sku};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::category::Categories;
use crate::lines::{LineKind, Sold};
use crate::{SampleError, spread, table};

/// A product of the sample store, in GBP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleProduct {
    pub sku: Sku,
    /// The SKU's most frequent title (the earlier one of equals) on lines with a price, in sentence
    /// case.
    pub title: String,
    pub category: CategoryPath,
    /// Median of the SKU's positive unit prices, the mean of the middle two where even, half up.
    pub list_price: Money,
    /// 60 % of the list price, half up: the source has no costs.
    pub unit_cost: Money,
    /// Three weeks of sales at the rate of the sample's last eight weeks (rounded up, 400 at most)
    /// and 0 to 6 more by the SKU's hash. One SKU in 40, by hash, is sold out, and so is nothing else.
    pub stock: i64,
}

#[derive(Default)]
struct History {
    /// Title, times seen, in order of first sight.
    titles: Vec<(String, u32)>,
    prices: Vec<Decimal>,
    recent_units: i64,
}

const RECENT: SignedDuration = SignedDuration::from_hours(8 * 7 * 24);

/// The products by SKU, and the SKUs that are none.
pub(crate) fn derive(sold: &[Sold]) -> Result<(Vec<SampleProduct>, Vec<Sku>), SampleError> {
    let services = services()?;
    let categories = Categories::read()?;
    let end = sold.iter().map(|sold| sold.line.placed_at).max().unwrap_or(Timestamp::MIN);
    let mut histories: BTreeMap<&Sku, History> = BTreeMap::new();
    for one in sold {
        note(histories.entry(&one.line.sku).or_default(), one, end);
    }
    let (mut products, mut left_out) = (Vec::new(), Vec::new());
    for (sku, history) in histories {
        let product = match services.contains(sku.as_str()) {
            true => None,
            false => product(sku, history, &categories)?,
        };
        match product {
            Some(product) => products.push(product),
            None => left_out.push(sku.clone()),
        }
    }
    Ok((products, left_out))
}

fn services() -> Result<HashSet<String>, SampleError> {
    let mut services = HashSet::new();
    let text = include_str!("../../../data/services.csv");
    table("data/services.csv", text, 2, |cells| {
        services.insert(cells[0].to_owned());
        Ok(())
    })?;
    Ok(services)
}

fn note(history: &mut History, sold: &Sold, end: Timestamp) {
    if sold.price <= Decimal::ZERO {
        return;
    }
    history.prices.push(sold.price);
    if sold.line.kind == LineKind::Sale && end.duration_since(sold.line.placed_at) <= RECENT {
        history.recent_units += sold.line.quantity;
    }
    if sold.title.is_empty() {
        return;
    }
    match history.titles.iter_mut().find(|(title, _)| *title == sold.title) {
        Some((_, times)) => *times += 1,
        None => history.titles.push((sold.title.clone(), 1)),
    }
}

fn product(
    sku: &Sku,
    history: History,
    categories: &Categories,
) -> Result<Option<SampleProduct>, SampleError> {
    let most = history.titles.iter().map(|(_, times)| *times).max();
    let title = history.titles.iter().find(|(_, times)| Some(*times) == most);
    let (Some((title, _)), Some(median)) = (title, median(history.prices)) else {
        return Ok(None);
    };
    let fault = |error: commerce::MoneyError| SampleError {
        file: "data/online-retail-sample.csv.gz",
        line: 0,
        message: format!("{sku}: {error}"),
    };
    let list_price = Money::from_decimal(median, Currency::GBP, Rounding::HalfUp).map_err(fault)?;
    if list_price.is_zero() {
        // One SKU was only ever sold at a tenth of a penny.
        return Ok(None);
    }
    let unit_cost = list_price.scale(Decimal::new(60, 2), Rounding::HalfUp).map_err(fault)?;
    Ok(Some(SampleProduct {
        sku: sku.clone(),
        title: sentence_case(title),
        category: categories.of(title),
        list_price,
        unit_cost,
        stock: stock(sku, history.recent_units),
    }))
}

fn median(mut prices: Vec<Decimal>) -> Option<Decimal> {
    prices.sort();
    let middle = prices.len() / 2;
    let upper = *prices.get(middle)?;
    if prices.len() % 2 == 1 {
        return Some(upper);
    }
    Some((prices[middle - 1] + upper) / Decimal::TWO)
}

fn stock(sku: &Sku, recent_units: i64) -> i64 {
    let hash = spread(sku.as_str());
    if hash.is_multiple_of(40) {
        return 0;
    }
    let weeks_three = (recent_units * 3 + 7) / 8;
    let more = i64::try_from(hash / 40 % 7).unwrap_or(0);
    (weeks_three.clamp(0, 400) + more).max(1)
}

/// Names that keep their capital, as the source's titles have them.
const NAMES: &[&str] = &[
    "Alice",
    "Antoinette",
    "Belle",
    "Boudicca",
    "Brazil",
    "Charlie",
    "Charlotte",
    "Chinese",
    "Christmas",
    "Danish",
    "Easter",
    "Edwardian",
    "Emily",
    "England",
    "English",
    "France",
    "French",
    "George",
    "Hawaiian",
    "Indian",
    "Jack",
    "Japanese",
    "Jean-Paul",
    "Jubilee",
    "Lola",
    "London",
    "Madras",
    "Marie",
    "Mexican",
    "Morris",
    "Moroccan",
    "Nancy",
    "Noel",
    "Paris",
    "Parisienne",
    "Poppy's",
    "Rebecca",
    "Regency",
    "Rosie",
    "Russian",
    "Santa",
    "Scandinavian",
    "Sophie",
    "Spaceboy",
    "Suki",
    "Swiss",
    "Tuscan",
    "Union",
    "Valentine",
    "Venetian",
    "Victorian",
    "Xmas",
];

/// Words that are written in capitals.
const CAPITALS: &[&str] =
    &["I", "LED", "TV", "CD", "DVD", "USB", "WC", "ABC", "A4", "A5", "A6", "3D", "XL"];

/// `SET OF 3 CAKE TINS PANTRY DESIGN` → `Set of 3 cake tins pantry design`; names keep their capitals.
fn sentence_case(title: &str) -> String {
    let spaced = title.replace(" ,", ",").replace(',', ", ").replace('+', " + ");
    let words: Vec<String> = spaced.split_whitespace().map(cased).collect();
    let out = quoted(&words.join(" "));
    let out = out.trim_end_matches(['.', ',', ' ']);
    let mut chars = out.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn cased(word: &str) -> String {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let measure = bare.chars().any(char::is_lowercase) && bare.chars().any(|c| c.is_ascii_digit());
    let letter = word.starts_with('"') && word.ends_with('"') && bare.len() == 1;
    if measure || letter {
        // Such as 40x40cm, or the "M" of a key ring.
        return word.to_owned();
    }
    match NAMES.iter().chain(CAPITALS).find(|fixed| fixed.eq_ignore_ascii_case(bare)) {
        Some(fixed) => word.replace(bare, fixed),
        None => word.to_lowercase(),
    }
}

/// Straight marks in pairs become quotation marks; a single one after a digit is an inch.
fn quoted(text: &str) -> String {
    if text.matches('"').count() % 2 == 1 {
        return text.replace('"', "\u{2033}");
    }
    let mut opens = false;
    let turn = |c: char| {
        if c != '"' {
            return c;
        }
        opens = !opens;
        if opens { '\u{201c}' } else { '\u{201d}' }
    };
    text.chars().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_read_as_sentences() {
        for (given, title) in [
            ("SET OF 3 CAKE TINS PANTRY DESIGN", "Set of 3 cake tins pantry design"),
            ("I LOVE LONDON MINI BACKPACK", "I love London mini backpack"),
            ("RED WOOLLY HOTTIE WHITE HEART.", "Red woolly hottie white heart"),
            ("CHARLIE+LOLA PINK HOT WATER BOTTLE", "Charlie + Lola pink hot water bottle"),
            ("POLYESTER FILLER PAD 40x40cm", "Polyester filler pad 40x40cm"),
            ("KEY FOB , SHED", "Key fob, shed"),
            ("LETTER \"M\" BLING KEY RING", "Letter “M” bling key ring"),
            ("RETRO \"TEA FOR ONE\"", "Retro “tea for one”"),
            ("RECORD FRAME 7\" SINGLE SIZE", "Record frame 7″ single size"),
            ("VINTAGE UNION JACK BUNTING", "Vintage Union Jack bunting"),
        ] {
            assert_eq!(sentence_case(given), title);
        }
    }

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_two() {
        let median = |prices: &[i64]| median(prices.iter().map(|&p| Decimal::new(p, 2)).collect());
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[5, 1, 3]), Some(Decimal::new(3, 2)));
        assert_eq!(median(&[4, 1, 3, 2]), Some(Decimal::new(25, 3)));
    }
}
