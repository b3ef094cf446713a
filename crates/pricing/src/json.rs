//! JSON read with its places kept: every fault has a pointer, all faults are told at once, and a
//! key given twice is a fault (serde_json's own value would silently keep the last).

use std::fmt;

use commerce::money::parse_decimal;
use commerce::{Currency, Money};
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::problem::{Problem, excerpt};

/// The most characters of one name or text.
pub(crate) const TEXT_CHARS_MAX: usize = 200;
/// The most entries of one list or set.
pub(crate) const ENTRIES_MAX: usize = 10_000;
/// Integers of the wire stay within ±(2^53 − 1), which every JSON reader holds exactly.
pub(crate) const INTEGER_MAX: i64 = commerce::money::MINOR_MAX;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Integer(i64),
    /// A fraction, an exponent, or an integer beyond 64 bits: never right here.
    OtherNumber,
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    /// One JSON value and nothing after it; a byte-order mark before it is passed over.
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str(text)
            // a number that no float holds ends the reading, though it is a fault of its place alone
            .or_else(|_| serde_json::from_str(&without_huge_numbers(text)))
            .map_err(|error| Problem {
                pointer: String::new(),
                message: format!("not readable as JSON: {error}"),
                expected: "one JSON object".to_owned(),
            })
    }

    /// The value of a key, where this is an object that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
            Self::Integer(_) => "an integer",
            Self::OtherNumber => "a number that is no exact integer",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}

/// The same JSON with a fraction as long in the place of each number that no float holds: both are read
/// as [`Node::OtherNumber`]. From where it is no JSON on it is left as it stands.
fn without_huge_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        // read over, not worked out: numbers of any size pass
        let mut values = serde_json::Deserializer::from_str(from).into_iter::<IgnoredAny>();
        let Some(Ok(_)) = values.next() else { break };
        let (value, after) = from.split_at(values.byte_offset());
        out.push_str(before);
        if value.starts_with('"') || serde_json::from_str::<f64>(value).is_ok() {
            out.push_str(value);
        } else {
            out.push_str("0.");
            out.extend(value.chars().skip(2).map(|_| '5'));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Integer(value))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::OtherNumber, Node::Integer))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::OtherNumber)
    }
    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }
    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Object(entries))
    }
}

/// Where in the document we are; becomes text only when there is a fault to tell.
#[derive(Clone, Copy)]
pub(crate) enum Place<'p> {
    Root,
    Key(&'p Place<'p>, &'p str),
    Item(&'p Place<'p>, usize),
}

impl<'p> Place<'p> {
    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        Self::Key(self, key)
    }

    pub(crate) fn item(&'p self, index: usize) -> Self {
        Self::Item(self, index)
    }

    pub(crate) fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Key(parent, key) => {
                let key: String = key.chars().take(TEXT_CHARS_MAX).collect();
                format!("{}/{}", parent.pointer(), key.replace('~', "~0").replace('/', "~1"))
            }
            Self::Item(parent, index) => format!("{}/{index}", parent.pointer()),
        }
    }
}

/// Collects every fault while reading goes on; each `read` gives `None` after noting why.
#[derive(Default)]
pub(crate) struct Reader {
    pub(crate) problems: Vec<Problem>,
}

/// The entries of one object whose keys have been looked over.
pub(crate) struct Fields<'n> {
    entries: &'n [(String, Node)],
}

impl<'n> Fields<'n> {
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }
}

impl Reader {
    pub(crate) fn fault(&mut self, place: &Place<'_>, message: String, expected: &str) {
        let expected = expected.to_owned();
        self.problems.push(Problem { pointer: place.pointer(), message, expected });
    }

    fn wrong_type(&mut self, node: &Node, place: &Place<'_>, expected: &str) {
        self.fault(place, format!("found {}", node.kind()), expected);
    }

    /// An object with none but `known` keys, none of them twice.
    pub(crate) fn object<'n>(
        &mut self,
        node: &'n Node,
        place: &Place<'_>,
        known: &[&str],
    ) -> Option<Fields<'n>> {
        let Node::Object(entries) = node else {
            self.wrong_type(node, place, "an object");
            return None;
        };
        let mut seen = Vec::with_capacity(known.len());
        for (key, _) in entries {
            let key = key.as_str();
            if !known.contains(&key) {
                let expected = format!("none but these keys: {}", known.join(", "));
                self.fault(&place.key(key), format!("unknown key {}", excerpt(key)), &expected);
            } else if seen.contains(&key) {
                self.fault(&place.key(key), format!("key {key:?} is given twice"), "it once");
            } else {
                seen.push(key);
            }
        }
        Some(Fields { entries })
    }

    pub(crate) fn missing(&mut self, place: &Place<'_>, key: &str, expected: &str) {
        self.fault(&place.key(key), format!("{key:?} is missing"), expected);
    }

    pub(crate) fn list<'n>(&mut self, node: &'n Node, place: &Place<'_>) -> Option<&'n [Node]> {
        let Node::List(items) = node else {
            self.wrong_type(node, place, "a list");
            return None;
        };
        if items.len() > ENTRIES_MAX {
            let message = format!("{} entries", items.len());
            self.fault(place, message, &format!("at most {ENTRIES_MAX}"));
            return None;
        }
        Some(items)
    }

    /// Reads every item; `None` when any was at fault, after all have been looked at.
    pub(crate) fn items<T, C: FromIterator<T>>(
        &mut self,
        node: &Node,
        place: &Place<'_>,
        mut read: impl FnMut(&mut Self, &Node, &Place<'_>) -> Option<T>,
    ) -> Option<C> {
        let items = self.list(node, place)?;
        let read: Vec<Option<T>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| read(self, item, &place.item(index)))
            .collect();
        read.into_iter().collect()
    }

    /// A string as it stands, whatever is in it.
    pub(crate) fn text<'n>(
        &mut self,
        node: &'n Node,
        place: &Place<'_>,
        expected: &str,
    ) -> Option<&'n str> {
        let Node::Text(text) = node else {
            self.wrong_type(node, place, expected);
            return None;
        };
        Some(text)
    }

    /// A name: 1 to [`TEXT_CHARS_MAX`] characters, none of them a control character.
    pub(crate) fn name(&mut self, node: &Node, place: &Place<'_>) -> Option<String> {
        let expected = "a string of 1 to 200 characters, none of them a control character";
        let text = self.text(node, place, expected)?;
        match name_fault(text) {
            None => Some(text.to_owned()),
            Some(message) => {
                self.fault(place, message, expected);
                None
            }
        }
    }

    /// One word of a fixed few.
    pub(crate) fn word<T: Copy>(
        &mut self,
        node: &Node,
        place: &Place<'_>,
        words: &[T],
        as_str: fn(T) -> &'static str,
    ) -> Option<T> {
        let all = || words.iter().map(|&word| as_str(word)).collect::<Vec<_>>().join(", ");
        let Node::Text(text) = node else {
            self.wrong_type(node, place, &format!("one of {}", all()));
            return None;
        };
        let found = words.iter().copied().find(|&word| as_str(word) == text);
        if found.is_none() {
            let message = format!("{} is not known here", excerpt(text));
            self.fault(place, message, &format!("one of {}", all()));
        }
        found
    }

    pub(crate) fn integer(&mut self, node: &Node, place: &Place<'_>) -> Option<i64> {
        let expected = "an integer within ±9007199254740991";
        match node {
            Node::Integer(value) if value.unsigned_abs() <= INTEGER_MAX.unsigned_abs() => {
                Some(*value)
            }
            Node::Integer(value) => {
                self.fault(place, format!("{value} is out of range"), expected);
                None
            }
            other => {
                self.wrong_type(other, place, expected);
                None
            }
        }
    }

    pub(crate) fn integer_in(
        &mut self,
        node: &Node,
        place: &Place<'_>,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let value = self.integer(node, place)?;
        if range.contains(&value) {
            return Some(value);
        }
        let expected = if *range.end() == INTEGER_MAX {
            format!("an integer of {} or more", range.start())
        } else {
            format!("an integer from {} to {}", range.start(), range.end())
        };
        self.fault(place, format!("{value} is out of range"), &expected);
        None
    }

    /// A decimal string of at most [`crate::term::SCALE_MAX`] decimal places.
    pub(crate) fn decimal(&mut self, node: &Node, place: &Place<'_>) -> Option<Decimal> {
        let expected = "a decimal as a string, such as \"0.18\", of at most 20 decimal places";
        let text = self.text(node, place, expected)?;
        match parse_decimal(text) {
            Ok(value) if value.normalize().scale() <= crate::term::SCALE_MAX => Some(value),
            Ok(_) => {
                self.fault(place, format!("{} has too many digits", excerpt(text)), expected);
                None
            }
            Err(error) => {
                self.fault(place, error.to_string(), expected);
                None
            }
        }
    }

    /// A money string of `currency`, zero or more.
    pub(crate) fn money(
        &mut self,
        node: &Node,
        place: &Place<'_>,
        currency: Currency,
    ) -> Option<Money> {
        let expected = money_expected(currency);
        let text = self.text(node, place, &expected)?;
        match money_of(text, currency) {
            Ok(money) => Some(money),
            Err(message) => {
                self.fault(place, message, &expected);
                None
            }
        }
    }
}

/// Says what keeps `text` from being a name, if anything.
pub(crate) fn name_fault(text: &str) -> Option<String> {
    if text.is_empty() {
        Some("an empty string".to_owned())
    } else if text.chars().nth(TEXT_CHARS_MAX).is_some() {
        Some(format!("{} is too long", excerpt(text)))
    } else if text.chars().any(char::is_control) {
        Some(format!("{} holds a control character", excerpt(text)))
    } else {
        None
    }
}

/// What a money string of `currency` looks like, in words.
pub(crate) fn money_expected(currency: Currency) -> String {
    match currency.digits() {
        0 => format!("an amount in {currency}, zero or more, without decimals, such as \"980\""),
        digits => {
            let zeros = "0".repeat(usize::try_from(digits).unwrap_or(2));
            format!(
                "an amount in {currency}, zero or more, of at most {digits} decimals, \
                 such as \"1.{zeros}\""
            )
        }
    }
}

/// A money string, zero or more; the error says what is wrong.
pub(crate) fn money_of(text: &str, currency: Currency) -> Result<Money, String> {
    match Money::parse(text, currency) {
        Ok(money) if money.is_negative() => Err(format!("{} is negative", excerpt(text))),
        Ok(money) => Ok(money),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_is_no_number() {
        let told = Node::parse(r#"{"a\"1e999": "2e999\\", "b": [1e999, -3.5E+999]}"#);
        let text = Node::Text("2e999\\".to_owned());
        let list = Node::List(vec![Node::OtherNumber, Node::OtherNumber]);
        assert_eq!(
            told,
            Ok(Node::Object(vec![("a\"1e999".to_owned(), text), ("b".to_owned(), list)]))
        );
    }

    #[test]
    fn what_is_no_json_is_told_where_it_stands() {
        let told = |text| Node::parse(text).unwrap_err().message;
        let at = |column| format!("at line 1 column {column}");
        for (text, column) in [
            ("[1e999", 6),
            ("[1e999, tru]", 12),
            ("[1e999] 1", 9),
            ("\"1e999", 6),
            ("-", 1),
            ("1e", 2),
            ("[1e999, 1e+]", 12),
            ("[1e9-9]", 5),
        ] {
            assert!(told(text).ends_with(&at(column)), "{text}: {}", told(text));
        }
    }
}
