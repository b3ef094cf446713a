//! Reads a rule's `when`: sets, ranges, the clock and the calendar.

use std::collections::BTreeSet;

use commerce::{Currency, Money};
use jiff::civil::{DateTime, Time};

use super::WHEN_KEYS;
use crate::json::{Node, Place, Reader};
use crate::problem::excerpt;
use crate::rule::{CustomerKind, OneOf, Range, Segments, TimeOfDay, Weekday, When, Window};

pub(crate) fn when(
    reader: &mut Reader,
    node: &Node,
    place: &Place<'_>,
    currency: Currency,
) -> When {
    let Some(fields) = reader.object(node, place, &WHEN_KEYS) else { return When::default() };
    macro_rules! read {
        ($key:literal, $read:expr) => {
            fields.get($key).and_then(|node| $read(reader, node, &place.key($key)))
        };
    }
    let money = |reader: &mut Reader, node: &Node, place: &Place<'_>| -> Option<Range<Money>> {
        range(reader, node, place, Money::minor, |reader, node, place| {
            reader.money(node, place, currency)
        })
    };
    When {
        category: read!("category", |r: &mut _, n, p: &_| one_of(r, n, p, path)),
        product: read!("product", |r: &mut _, n, p: &_| one_of(r, n, p, Reader::name)),
        segment: read!("segment", segments),
        channel: read!("channel", |r: &mut _, n, p: &_| one_of(r, n, p, Reader::name)),
        country: read!("country", |r: &mut _, n, p: &_| one_of(r, n, p, country)),
        customer: read!("customer", |r: &mut _, n, p: &_| one_of(r, n, p, customer)),
        quantity: read!("quantity", integers),
        list_price: read!("list_price", money),
        stock: read!("stock", integers),
        intent: read!("intent", integers),
        weekday: read!("weekday", |r: &mut _, n, p: &_| one_of(r, n, p, weekday)),
        time: read!("time", time_of_day),
        window: read!("window", window),
    }
}

fn set<T: Ord>(
    reader: &mut Reader,
    node: Option<&Node>,
    place: &Place<'_>,
    read: fn(&mut Reader, &Node, &Place<'_>) -> Option<T>,
) -> Option<BTreeSet<T>> {
    reader.items(node?, place, read)
}

fn one_of<T: Ord>(
    reader: &mut Reader,
    node: &Node,
    place: &Place<'_>,
    read: fn(&mut Reader, &Node, &Place<'_>) -> Option<T>,
) -> Option<OneOf<T>> {
    let fields = reader.object(node, place, &["any_of", "none_of"])?;
    Some(OneOf {
        any_of: set(reader, fields.get("any_of"), &place.key("any_of"), read),
        none_of: set(reader, fields.get("none_of"), &place.key("none_of"), read)
            .unwrap_or_default(),
    })
}

fn segments(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<Segments> {
    let fields = reader.object(node, place, &["any_of", "all_of", "none_of"])?;
    let mut read = |key: &str| set(reader, fields.get(key), &place.key(key), Reader::name);
    Some(Segments {
        any_of: read("any_of"),
        all_of: read("all_of").unwrap_or_default(),
        none_of: read("none_of").unwrap_or_default(),
    })
}

fn path(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<String> {
    let path = reader.name(node, place)?;
    if path.split('/').any(str::is_empty) {
        let message = format!("{} has an empty part", excerpt(&path));
        reader.fault(place, message, "a category path such as \"home/lights\"");
        return None;
    }
    Some(path)
}

fn country(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<String> {
    const SAID: &str = "an ISO 3166-1 alpha-2 code in capitals, such as \"GB\"";
    let code = reader.text(node, place, SAID)?;
    if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        reader.fault(place, format!("{} is not a country code", excerpt(code)), SAID);
        return None;
    }
    Some(code.to_owned())
}

fn customer(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<CustomerKind> {
    reader.word(node, place, &CustomerKind::ALL, CustomerKind::as_str)
}

fn weekday(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<Weekday> {
    reader.word(node, place, &Weekday::ALL, Weekday::as_str)
}

fn range<T: Copy>(
    reader: &mut Reader,
    node: &Node,
    place: &Place<'_>,
    order: fn(T) -> i64,
    mut read: impl FnMut(&mut Reader, &Node, &Place<'_>) -> Option<T>,
) -> Option<Range<T>> {
    let fields = reader.object(node, place, &["min", "max"])?;
    let mut end = |key: &str| fields.get(key).and_then(|node| read(reader, node, &place.key(key)));
    let (min, max) = (end("min"), end("max"));
    if let (Some(min), Some(max)) = (min, max)
        && order(min) > order(max)
    {
        reader.fault(place, "min is above max".to_owned(), "min at or below max");
        return None;
    }
    Some(Range { min, max })
}

fn integers(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<Range<i64>> {
    range(reader, node, place, |value| value, Reader::integer)
}

fn time_of_day(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<TimeOfDay> {
    const SAID: &str = "a time of day such as \"09:00\"";
    let fields = reader.object(node, place, &["from", "until"])?;
    let mut end = |key: &str| {
        let place = place.key(key);
        let Some(node) = fields.get(key) else {
            reader.fault(&place, format!("{key:?} is missing"), SAID);
            return None;
        };
        let text = reader.text(node, &place, SAID)?;
        let time = clock(text);
        if time.is_none() {
            reader.fault(&place, format!("{} is no time of day", excerpt(text)), SAID);
        }
        time
    };
    let (from, until) = (end("from"), end("until"));
    let (from, until) = (from?, until?);
    if from == until {
        let message = "from and until are the same time".to_owned();
        reader.fault(place, message, "two different times");
        return None;
    }
    Some(TimeOfDay { from, until })
}

fn window(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<Window> {
    const SAID: &str = "a local date and time such as \"2011-11-01T00:00\"";
    let fields = reader.object(node, place, &["from", "until"])?;
    let mut end = |key: &str| {
        let place = place.key(key);
        let text = reader.text(fields.get(key)?, &place, SAID)?;
        let local = calendar(text);
        if local.is_none() {
            reader.fault(&place, format!("{} is no local date and time", excerpt(text)), SAID);
        }
        local
    };
    let (from, until) = (end("from"), end("until"));
    if let (Some(from), Some(until)) = (from, until)
        && from > until
    {
        reader.fault(place, "from is after until".to_owned(), "from at or before until");
        return None;
    }
    Some(Window { from, until })
}

/// `HH:MM` or `HH:MM:SS`.
fn clock(text: &str) -> Option<Time> {
    shaped(text, b"00:00").or_else(|| shaped(text, b"00:00:00"))?.parse().ok()
}

/// `YYYY-MM-DDTHH:MM` or with `:SS`.
fn calendar(text: &str) -> Option<DateTime> {
    shaped(text, b"0000-00-00T00:00").or_else(|| shaped(text, b"0000-00-00T00:00:00"))?.parse().ok()
}

/// The text itself when it has a digit wherever `shape` has `0`, and `shape`'s byte elsewhere.
fn shaped<'t>(text: &'t str, shape: &[u8]) -> Option<&'t str> {
    let same = |(byte, &like): (u8, &u8)| match like {
        b'0' => byte.is_ascii_digit(),
        like => byte == like,
    };
    (text.len() == shape.len() && text.bytes().zip(shape).all(same)).then_some(text)
}
