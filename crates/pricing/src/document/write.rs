//! Writes rules as a canonical document: one form for one meaning. Takes any parts, valid or not,
//! since the reader is what judges them.

use std::collections::BTreeSet;

use commerce::Currency;
use serde_json::{Map, Value, json};

use super::SCHEMA;
use crate::rule::{Guardrails, OneOf, Policy, Range, Rule, Segments, When};
use crate::term::PriceTerm;

/// How a rule is laid out in its document; the keys and values are the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A rule on a line.
    Compact,
    /// A condition, guardrail or policy key on a line, as on the page: a change of one touches one
    /// line of the file.
    Spread,
}

pub(crate) fn write(currency: Currency, timezone: &str, rules: &[Rule], layout: Layout) -> String {
    let quoted = |text: &str| Value::from(text).to_string();
    let mut out = format!(
        "{{\n  \"schema\": {},\n  \"currency\": {},\n  \"timezone\": {},\n  \"rules\": [",
        quoted(SCHEMA),
        quoted(currency.code()),
        quoted(timezone)
    );
    for (index, rule) in rules.iter().enumerate() {
        out.push_str(if index == 0 { "\n    " } else { ",\n    " });
        out.push_str(&rule_text(rule, layout));
    }
    out.push_str(if rules.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
    out
}

impl Rule {
    /// The rule's JSON object on one line, in the canonical form of the document.
    pub fn to_json(&self) -> String {
        rule_text(self, Layout::Compact)
    }
}

/// A rule, its keys in the order of the page.
fn rule_text(rule: &Rule, layout: Layout) -> String {
    let mut fields: Vec<(&str, String)> = vec![("id", Value::from(rule.id.as_str()).to_string())];
    if let Some(name) = &rule.name {
        fields.push(("name", Value::from(name.as_str()).to_string()));
    }
    if rule.priority != 0 {
        fields.push(("priority", rule.priority.to_string()));
    }
    for (key, part) in [
        ("when", when(&rule.when)),
        ("guardrails", guardrails(&rule.guardrails)),
        ("policy", policy(&rule.policy)),
    ] {
        if !part.is_empty() {
            fields.push((key, object_text(&part, layout, 8)));
        }
    }
    object_text(&fields, layout, 6)
}

/// `indent` is where the keys stand when spread.
fn object_text<T: ToString>(fields: &[(&str, T)], layout: Layout, indent: usize) -> String {
    let body: Vec<String> =
        fields.iter().map(|(key, value)| format!("\"{key}\": {}", value.to_string())).collect();
    match layout {
        Layout::Compact => format!("{{{}}}", body.join(", ")),
        Layout::Spread => {
            let line = format!("\n{}", " ".repeat(indent));
            let end = " ".repeat(indent - 2);
            format!("{{{line}{}\n{end}}}", body.join(&format!(",{line}")))
        }
    }
}

type Fields = Vec<(&'static str, Value)>;

fn when(when: &When) -> Fields {
    let names = |set: &Option<OneOf<String>>| set.as_ref().map(|set| one_of(set, |s| s.clone()));
    let integers = |range: &Option<Range<i64>>| range.as_ref().map(|r| range_json(r, |v| json!(v)));
    let time =
        when.time.map(|time| json!({ "from": clock(time.from), "until": clock(time.until) }));
    let window = when.window.map(|window| {
        let mut ends = Map::new();
        for (key, end) in [("from", window.from), ("until", window.until)] {
            if let Some(end) = end {
                let date = end.date();
                ends.insert(key.to_owned(), format!("{date}T{}", clock(end.time())).into());
            }
        }
        Value::Object(ends)
    });
    [
        ("category", names(&when.category)),
        ("product", names(&when.product)),
        ("segment", when.segment.as_ref().map(segments)),
        ("channel", names(&when.channel)),
        ("country", names(&when.country)),
        ("customer", when.customer.as_ref().map(|set| one_of(set, |c| c.as_str().to_owned()))),
        ("quantity", integers(&when.quantity)),
        ("list_price", when.list_price.as_ref().map(|r| range_json(r, |m| json!(m.to_string())))),
        ("stock", integers(&when.stock)),
        ("intent", integers(&when.intent)),
        ("weekday", when.weekday.as_ref().map(|set| one_of(set, |d| d.as_str().to_owned()))),
        ("time", time),
        ("window", window),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect()
}

fn clock(time: jiff::civil::Time) -> String {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    }
}

fn one_of<T: Ord>(set: &OneOf<T>, text: impl Fn(&T) -> String) -> Value {
    let list = |values: &BTreeSet<T>| values.iter().map(&text).collect::<Vec<_>>();
    let mut object = Map::new();
    if let Some(any_of) = &set.any_of {
        object.insert("any_of".to_owned(), list(any_of).into());
    }
    if !set.none_of.is_empty() {
        object.insert("none_of".to_owned(), list(&set.none_of).into());
    }
    Value::Object(object)
}

fn segments(set: &Segments) -> Value {
    let list = |values: &BTreeSet<String>| values.iter().cloned().collect::<Vec<_>>();
    let mut object = Map::new();
    if let Some(any_of) = &set.any_of {
        object.insert("any_of".to_owned(), list(any_of).into());
    }
    for (key, values) in [("all_of", &set.all_of), ("none_of", &set.none_of)] {
        if !values.is_empty() {
            object.insert(key.to_owned(), list(values).into());
        }
    }
    Value::Object(object)
}

fn range_json<T: Copy>(range: &Range<T>, value: impl Fn(T) -> Value) -> Value {
    let mut object = Map::new();
    for (key, end) in [("min", range.min), ("max", range.max)] {
        if let Some(end) = end {
            object.insert(key.to_owned(), value(end));
        }
    }
    Value::Object(object)
}

fn guardrails(guardrails: &Guardrails) -> Fields {
    [
        ("floor", guardrails.floor.map(term_json)),
        ("ceiling", guardrails.ceiling.map(term_json)),
        ("max_discount", guardrails.max_discount.map(|d| json!(d.to_string()))),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect()
}

fn policy(policy: &Policy) -> Fields {
    [
        ("target", policy.target.map(term_json)),
        ("accept_at", policy.accept_at.map(term_json)),
        ("decline_below", policy.decline_below.map(term_json)),
        ("escalate_at", policy.escalate_at.map(term_json)),
        ("max_rounds", policy.max_rounds.map(Value::from)),
        ("concession", policy.concession.map(|c| c.as_str().into())),
        ("deal_valid", policy.deal_valid.as_ref().map(|d| d.as_str().into())),
        ("sweeteners", policy.sweeteners.clone().map(Value::from)),
        ("combine_with", policy.combine_with.clone().map(Value::from)),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect()
}

/// A price term as the document writes it.
pub(crate) fn term_json(term: PriceTerm) -> Value {
    match term {
        PriceTerm::Amount(amount) => json!({ "amount": amount.to_string() }),
        PriceTerm::OfList(rate) => json!({ "of_list": rate.to_string() }),
        PriceTerm::Margin(margin) => json!({ "margin": margin.to_string() }),
    }
}
