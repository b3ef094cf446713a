//! What is known of one moment of one sale: the facts that rules are matched against, and their
//! JSON line. Must never fill in a fact that neither the line nor the catalogue gives.

use std::collections::BTreeSet;

use commerce::{Currency, Money};
use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::catalog::{Catalog, Product};
use crate::json::{Fields, INTEGER_MAX, Node, Place, Reader};
use crate::problem::{LineProblem, excerpt};
use crate::rule::CustomerKind;
use crate::table::FAULTS_MAX;

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
const FACTS_LINE_BYTES_MAX: usize = 4 * 1024 * 1024;

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

    /// Reads `FACTS.jsonl` (UTF-8, a byte-order mark allowed): an object a line, in order, blank
    /// lines passed over.
    ///
    /// # Errors
    /// The faults by line, the first thousand of them.
    pub fn parse(
        bytes: &[u8],
        currency: Currency,
        catalog: &Catalog,
    ) -> Result<Vec<Self>, Vec<LineProblem>> {
        let (facts, faults) = Self::read(bytes, currency, Some(catalog));
        if faults.is_empty() { Ok(facts) } else { Err(faults) }
    }

    /// What is wrong with `FACTS.jsonl` whatever the catalogue has, as [`Facts::parse`] tells it:
    /// for where the catalogue cannot be read.
    pub fn faults(bytes: &[u8], currency: Currency) -> Vec<LineProblem> {
        Self::read(bytes, currency, None).1
    }

    fn read(
        bytes: &[u8],
        currency: Currency,
        catalog: Option<&Catalog>,
    ) -> (Vec<Self>, Vec<LineProblem>) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let (mut facts, mut faults) = (Vec::new(), Vec::new());
        for (number, line) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
            if faults.len() >= FAULTS_MAX {
                break;
            }
            match std::str::from_utf8(line) {
                Ok(text) if text.trim_ascii().is_empty() => {}
                Ok(text) => {
                    let (read, problems) = Self::read_line(number, text, currency, catalog);
                    facts.extend(read);
                    faults.extend(problems);
                }
                Err(_) => faults.push(LineProblem {
                    line: number,
                    place: String::new(),
                    message: "bytes that are not UTF-8".to_owned(),
                    expected: "a JSON object".to_owned(),
                }),
            }
        }
        (facts, faults)
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
        match Self::read_line(line, text, currency, Some(catalog)) {
            (Some(facts), _) => Ok(facts),
            (None, problems) => Err(problems),
        }
    }

    /// The facts if nothing is wrong with them. Without a catalogue none but what a line gives, and
    /// nothing is missed that a catalogue may have.
    fn read_line(
        line: u64,
        text: &str,
        currency: Currency,
        catalog: Option<&Catalog>,
    ) -> (Option<Self>, Vec<LineProblem>) {
        if text.len() > FACTS_LINE_BYTES_MAX {
            let problem = LineProblem {
                line,
                place: String::new(),
                message: format!("the line has {} bytes", text.len()),
                expected: format!("at most {FACTS_LINE_BYTES_MAX} bytes"),
            };
            return (None, vec![problem]);
        }
        let mut reader = Reader::default();
        let facts = match Node::parse(text) {
            Ok(node) => facts(&mut reader, &node, currency, catalog),
            Err(problem) => {
                reader.problems.push(problem);
                None
            }
        };
        let facts = facts.filter(|_| reader.problems.is_empty());
        (facts, reader.problems.into_iter().map(|p| LineProblem::at(line, p)).collect())
    }
}

/// Reads a fact that must be there; `null` is as good as nothing.
fn required<T>(
    reader: &mut Reader,
    fields: &Fields<'_>,
    (key, expected): (&str, &str),
    read: impl FnOnce(&mut Reader, &Node, &Place<'_>) -> Option<T>,
) -> Option<T> {
    match fields.get(key) {
        None | Some(Node::Null) => {
            reader.missing(&Place::Root, key, expected);
            None
        }
        Some(node) => read(reader, node, &Place::Root.key(key)),
    }
}

/// Reads a fact that the line may leave to `known`, or say to be absent by `null`. The outer
/// `None` is a fault.
fn optional<T>(
    reader: &mut Reader,
    fields: &Fields<'_>,
    key: &str,
    known: Option<T>,
    read: impl FnOnce(&mut Reader, &Node, &Place<'_>) -> Option<T>,
) -> Option<Option<T>> {
    match fields.get(key) {
        None => Some(known),
        Some(Node::Null) => Some(None),
        Some(node) => read(reader, node, &Place::Root.key(key)).map(Some),
    }
}

/// The facts of the product: from the line, else from the catalogue.
struct Goods {
    product: String,
    category: String,
    list_price: Money,
    unit_cost: Option<Money>,
    stock: Option<i64>,
}

fn goods(
    reader: &mut Reader,
    fields: &Fields<'_>,
    currency: Currency,
    catalog: Option<&Catalog>,
) -> Option<Goods> {
    let money = |r: &mut Reader, n: &Node, p: &Place<'_>| r.money(n, p, currency);
    let product = required(reader, fields, ("product", "a SKU"), Reader::name);
    let known = product.as_deref().and_then(|sku| catalog?.get(sku));
    let category = known.map(|product| product.category.clone());
    let category = optional(reader, fields, "category", category, Reader::name);
    let list_price = known.map(|product| product.list_price);
    let list_price = optional(reader, fields, "list_price", list_price, money);
    let unit_cost = known.and_then(|product| product.unit_cost);
    let unit_cost = optional(reader, fields, "unit_cost", unit_cost, money);
    let stock = known.and_then(|product| product.stock);
    let stock = optional(reader, fields, "stock", stock, Reader::integer);
    if let Some(sku) = product.as_deref().filter(|_| catalog.is_some())
        && (category == Some(None) || list_price == Some(None))
    {
        let message = format!("{} has no category or no list price", excerpt(sku));
        let expected = "a SKU of the catalogue, or both \"category\" and \"list_price\" here";
        reader.fault(&Place::Root.key("product"), message, expected);
    }
    Some(Goods {
        product: product?,
        category: category??,
        list_price: list_price??,
        unit_cost: unit_cost?,
        stock: stock?,
    })
}

fn facts(
    reader: &mut Reader,
    node: &Node,
    currency: Currency,
    catalog: Option<&Catalog>,
) -> Option<Facts> {
    let fields = reader.object(node, &Place::Root, &FACT_KEYS)?;
    let goods = goods(reader, &fields, currency, catalog);
    let names = |r: &mut Reader, n: &Node, p: &Place<'_>| r.items(n, p, Reader::name);
    let count = |r: &mut Reader, n: &Node, p: &Place<'_>| r.integer_in(n, p, 1..=INTEGER_MAX);
    let percent = |r: &mut Reader, n: &Node, p: &Place<'_>| r.integer_in(n, p, 0..=100);
    let segments = optional(reader, &fields, "segments", None, names);
    let channel = required(reader, &fields, ("channel", "a channel's name"), Reader::name);
    let country = required(reader, &fields, ("country", "a country, as \"GB\""), Reader::name);
    let customer = ("customer", "\"new\" or \"returning\"");
    let customer = required(reader, &fields, customer, self::customer);
    let quantity = required(reader, &fields, ("quantity", "an integer of 1 or more"), count);
    let intent = optional(reader, &fields, "intent", None, percent);
    let at = ("at", "an instant such as \"2011-11-01T09:00:00Z\"");
    let at = required(reader, &fields, at, instant);
    let goods = goods?;
    Some(Facts {
        product: goods.product,
        category: goods.category,
        segments: segments?.unwrap_or_default(),
        channel: channel?,
        country: country?,
        customer: customer?,
        quantity: quantity?,
        list_price: goods.list_price,
        unit_cost: goods.unit_cost,
        stock: goods.stock,
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
    let found = instant_of(text);
    if found.is_none() {
        reader.fault(place, format!("{} is no instant", excerpt(text)), SAID);
    }
    found
}

/// An RFC 3339 instant; `None` for any other text.
pub(crate) fn instant_of(text: &str) -> Option<Timestamp> {
    if rfc3339(text) { text.parse().ok() } else { None }
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
        [b'+' | b'-', hours @ .., b':', c, d] if hours.len() == 2 => {
            let digits = hours.iter().chain([c, d]).all(u8::is_ascii_digit);
            digits && hours <= b"23".as_slice() && *c <= b'5'
        }
        _ => false,
    };
    local.iter().zip(shape).all(same) && offset
}
