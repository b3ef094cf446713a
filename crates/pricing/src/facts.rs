//! What is known of one moment of one sale: the facts that rules are matched against, and their
//! JSON line. Must never fill in a fact that neither the line nor the catalogue gives.

use std::collections::BTreeSet;

use commerce::{Currency, Money};
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::catalog::{Catalog, Product};
use crate::json::{INTEGER_MAX, Node, Place, Reader};
use crate::problem::{LineProblem, excerpt};
use crate::rule::CustomerKind;

const FACT_KEYS: [&str; 12] = [
    "product",
    "category",
    "segments",
    "channel",
    "country",
    "customer",
    "quantity",
    "list_price",
    "unit_cost",
    "stock",
    "intent",
    "at",
];

/// The most bytes of one line of facts.
pub const FACTS_LINE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The facts of one decision. Prices are in the rule set's currency, zero or more; `quantity` is
/// 1 or more, `intent` 0 to 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// SKU.
    pub product: String,
    /// A path, `/` between its parts.
    pub category: String,
    pub segments: BTreeSet<String>,
    pub channel: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub customer: CustomerKind,
    pub quantity: i64,
    #[serde(serialize_with = "as_decimal")]
    pub list_price: Money,
    #[serde(serialize_with = "as_decimal_or_null")]
    pub unit_cost: Option<Money>,
    pub stock: Option<i64>,
    pub intent: Option<i64>,
    pub at: Timestamp,
}

fn as_decimal<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(money)
}

fn as_decimal_or_null<S: Serializer>(
    money: &Option<Money>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match money {
        Some(money) => serializer.collect_str(money),
        None => serializer.serialize_none(),
    }
}

impl Facts {
    /// One of `product` for a new customer in no segment; the caller fills in what it knows more.
    pub fn of(product: &Product, channel: &str, country: &str, at: Timestamp) -> Self {
        Self {
            product: product.sku.clone(),
            category: product.category.clone(),
            segments: BTreeSet::new(),
            channel: channel.to_owned(),
            country: country.to_owned(),
            customer: CustomerKind::New,
            quantity: 1,
            list_price: product.list_price,
            unit_cost: product.unit_cost,
            stock: product.stock,
            intent: None,
            at,
        }
    }

    /// Reads one line of `FACTS.jsonl`. `product` is looked up in the catalogue for what the line
    /// does not give; `null` in the line says that a fact is absent, whatever the catalogue has.
    /// `line` is the 1-based number for the faults.
    ///
    /// # Errors
    /// Every fault of the line, each with its JSON pointer.
    pub fn parse_line(
        line: u64,
        text: &str,
        currency: Currency,
        catalog: &Catalog,
    ) -> Result<Self, Vec<LineProblem>> {
        if text.len() > FACTS_LINE_BYTES_MAX {
            return Err(vec![LineProblem {
                line,
                place: String::new(),
                message: format!("the line has {} bytes", text.len()),
                expected: format!("at most {FACTS_LINE_BYTES_MAX} bytes"),
            }]);
        }
        let mut reader = Reader::default();
        let facts = match Node::parse(text) {
            Ok(node) => facts(&mut reader, &node, currency, catalog),
            Err(problem) => {
                reader.problems.push(problem);
                None
            }
        };
        match facts {
            Some(facts) if reader.problems.is_empty() => Ok(facts),
            _ => Err(reader.problems.into_iter().map(|p| LineProblem::at(line, p)).collect()),
        }
    }
}

fn facts(reader: &mut Reader, node: &Node, currency: Currency, catalog: &Catalog) -> Option<Facts> {
    let root = Place::Root;
    let fields = reader.object(node, &root, &FACT_KEYS)?;
    let given = |key: &str| match fields.get(key) {
        None | Some(Node::Null) => None,
        given => given,
    };
    macro_rules! required {
        ($key:literal, $expected:literal, $read:expr) => {
            match given($key) {
                Some(node) => $read(reader, node, &root.key($key)),
                None => {
                    reader.missing(&root, $key, $expected);
                    None
                }
            }
        };
    }
    // A fact of the catalogue: the line's word first; an optional one may be null there.
    macro_rules! looked_up {
        ($key:literal, $known:expr, $read:expr) => {
            match fields.get($key) {
                Some(Node::Null) => Some(None),
                Some(node) => $read(reader, node, &root.key($key)).map(Some),
                None => Some($known),
            }
        };
    }
    let money = |r: &mut Reader, n: &Node, p: &Place<'_>| r.money(n, p, currency);
    let count = |r: &mut Reader, n: &Node, p: &Place<'_>| r.integer_in(n, p, 1..=INTEGER_MAX);
    let percent = |r: &mut Reader, n: &Node, p: &Place<'_>| r.integer_in(n, p, 0..=100);

    let product = required!("product", "a SKU", Reader::name);
    let known = product.as_deref().and_then(|sku| catalog.get(sku));
    let category = looked_up!("category", known.map(|p| p.category.clone()), Reader::name);
    let list_price = looked_up!("list_price", known.map(|p| p.list_price), money);
    let unit_cost = looked_up!("unit_cost", known.and_then(|p| p.unit_cost), money);
    let stock = looked_up!("stock", known.and_then(|p| p.stock), Reader::integer);
    if let (Some(sku), Some(None), _) | (Some(sku), _, Some(None)) =
        (&product, &category, &list_price)
    {
        let message = format!("{} has no category or no list price", excerpt(sku));
        let expected = "a SKU of the catalogue, or both \"category\" and \"list_price\" here";
        reader.fault(&root.key("product"), message, expected);
    }
    let segments = match given("segments") {
        Some(node) => reader.items(node, &root.key("segments"), Reader::name),
        None => Some(BTreeSet::new()),
    };
    let channel = required!("channel", "a channel's name", Reader::name);
    let country = required!("country", "a country, such as \"GB\"", Reader::name);
    let customer = required!("customer", "\"new\" or \"returning\"", customer);
    let quantity = required!("quantity", "an integer of 1 or more", count);
    let intent = match given("intent") {
        Some(node) => percent(reader, node, &root.key("intent")).map(Some),
        None => Some(None),
    };
    let at = required!("at", "an instant such as \"2011-11-01T09:00:00Z\"", instant);
    Some(Facts {
        product: product?,
        category: category??,
        segments: segments?,
        channel: channel?,
        country: country?,
        customer: customer?,
        quantity: quantity?,
        list_price: list_price??,
        unit_cost: unit_cost?,
        stock: stock?,
        intent: intent?,
        at: at?,
    })
}

fn customer(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<CustomerKind> {
    reader.word(node, place, &CustomerKind::ALL, CustomerKind::as_str)
}

fn instant(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<Timestamp> {
    const SAID: &str = "an RFC 3339 instant such as \"2011-11-01T09:00:00Z\"";
    let text = reader.text(node, place, SAID)?;
    let found = if rfc3339(text) { text.parse().ok() } else { None };
    if found.is_none() {
        reader.fault(place, format!("{} is no instant", excerpt(text)), SAID);
    }
    found
}

/// The shape of RFC 3339, section 5.6; whether the numbers make a date is for the parser to say,
/// which by itself would take wider forms too.
fn rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = b"0000-00-00T00:00:00";
    if bytes.len() <= shape.len() || bytes.len() > 40 {
        return false;
    }
    let (local, rest) = bytes.split_at(shape.len());
    let same = |(byte, &like): (&u8, &u8)| match like {
        b'0' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b't' | b' '),
        like => *byte == like,
    };
    let zone = match rest.strip_prefix(b".") {
        Some(fraction) => {
            let digits = fraction.iter().take_while(|b| b.is_ascii_digit()).count();
            if digits == 0 {
                return false;
            }
            &fraction[digits..]
        }
        None => rest,
    };
    let offset = match zone {
        b"Z" | b"z" => true,
        [b'+' | b'-', a, b, b':', c, d] => [a, b, c, d].iter().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    local.iter().zip(shape).all(same) && offset
}
