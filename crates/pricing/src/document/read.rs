//! Reads a document into a rule set, collecting every fault on the way.

use std::collections::HashMap;

use commerce::Currency;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::{
    DOCUMENT_BYTES_MAX, GUARDRAIL_KEYS, POLICY_KEYS, RULE_KEYS, RULES_MAX, SCHEMA, TERM_KEYS,
    TOP_KEYS, conditions,
};
use crate::json::{INTEGER_MAX, Node, Place, Reader};
use crate::problem::{Problem, excerpt};
use crate::rule::{Concession, DealValid, Guardrails, Policy, Rule};
use crate::rule_set::{InstantWindow, RuleSet, resolve, zone};
use crate::term::PriceTerm;

pub(crate) fn parse(text: &str) -> Result<RuleSet, Vec<Problem>> {
    if text.len() > DOCUMENT_BYTES_MAX {
        return Err(vec![Problem {
            pointer: String::new(),
            message: format!("the document has {} bytes", text.len()),
            expected: format!("at most {DOCUMENT_BYTES_MAX} bytes"),
        }]);
    }
    let node = Node::parse(text).map_err(|problem| vec![problem])?;
    let mut reader = Reader::default();
    let parts = document(&mut reader, &node);
    match parts {
        Some((currency, timezone, rules, windows)) if reader.problems.is_empty() => {
            Ok(RuleSet::assemble(currency, timezone, rules, windows))
        }
        _ => Err(reader.problems),
    }
}

type Parts = (Currency, (String, TimeZone), Vec<Rule>, Vec<InstantWindow>);

fn document(reader: &mut Reader, node: &Node) -> Option<Parts> {
    let (currency, timezone) = frame(reader, node);
    let list = node.get("rules")?;
    let (rules, windows) = rules(reader, list, currency, timezone.as_ref().map(|(_, tz)| tz))?;
    Some((currency?, timezone?, rules, windows))
}

/// What stands beside the rules.
pub(super) fn frame(
    reader: &mut Reader,
    node: &Node,
) -> (Option<Currency>, Option<(String, TimeZone)>) {
    let root = Place::Root;
    let Some(fields) = reader.object(node, &root, &TOP_KEYS) else { return (None, None) };
    match fields.get("schema") {
        Some(Node::Text(schema)) if schema == SCHEMA => {}
        Some(_) => {
            reader.fault(&root.key("schema"), "not a schema known here".to_owned(), SCHEMA_SAID);
        }
        None => reader.missing(&root, "schema", SCHEMA_SAID),
    }
    let currency = match fields.get("currency") {
        Some(node) => currency(reader, node, &root.key("currency")),
        None => {
            reader.missing(&root, "currency", CURRENCY_SAID);
            None
        }
    };
    let timezone = match fields.get("timezone") {
        Some(node) => timezone(reader, node, &root.key("timezone")),
        None => {
            reader.missing(&root, "timezone", ZONE_SAID);
            None
        }
    };
    if fields.get("rules").is_none() {
        reader.missing(&root, "rules", "a list of rules");
    }
    (currency, timezone)
}

const SCHEMA_SAID: &str = "\"souk.rules/1\"";
const CURRENCY_SAID: &str = "an ISO 4217 code, such as \"GBP\"";
const ZONE_SAID: &str = "an IANA time zone name, such as \"Europe/London\"";

fn currency(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<Currency> {
    let text = reader.text(node, place, CURRENCY_SAID)?;
    let currency = text.parse().ok().filter(|currency: &Currency| currency.code() == text);
    if currency.is_none() {
        let message = format!("{} is not an ISO 4217 currency code", excerpt(text));
        reader.fault(place, message, CURRENCY_SAID);
    }
    currency
}

fn timezone(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<(String, TimeZone)> {
    let text = reader.text(node, place, ZONE_SAID)?;
    let Some(zone) = zone(text) else {
        reader.fault(place, format!("{} is not a time zone known here", excerpt(text)), ZONE_SAID);
        return None;
    };
    Some((text.to_owned(), zone))
}

fn rules(
    reader: &mut Reader,
    node: &Node,
    currency: Option<Currency>,
    timezone: Option<&TimeZone>,
) -> Option<(Vec<Rule>, Vec<InstantWindow>)> {
    let root = Place::Root;
    let place = root.key("rules");
    let Node::List(items) = node else {
        reader.fault(&place, "not a list".to_owned(), "a list of rules");
        return None;
    };
    if items.len() > RULES_MAX {
        reader.problems.push(too_many(items.len()));
        return None;
    }
    // With an unreadable currency the rest is still looked over, by the digits of a common one.
    let money = currency.unwrap_or(Currency::GBP);
    let mut seen = HashMap::with_capacity(items.len());
    let (mut rules, mut windows) = (Vec::new(), Vec::new());
    for (index, item) in items.iter().enumerate() {
        let place = place.item(index);
        let Some(rule) = rule(reader, item, &place, money) else { continue };
        windows.push(instants(reader, &rule, &place, timezone));
        if !rule.id.is_empty()
            && let Some(first) = seen.insert(rule.id.clone(), index)
        {
            reader.problems.push(id_twice(&rule.id, first, index));
        }
        rules.push(rule);
    }
    Some((rules, windows))
}

pub(super) fn too_many(rules: usize) -> Problem {
    Problem {
        pointer: "/rules".to_owned(),
        message: format!("{rules} rules"),
        expected: format!("at most {RULES_MAX}"),
    }
}

pub(super) fn id_twice(id: &str, first: usize, index: usize) -> Problem {
    Problem {
        pointer: format!("/rules/{index}/id"),
        message: format!("id {} is also that of /rules/{first}", excerpt(id)),
        expected: "an id of its own for each rule".to_owned(),
    }
}

pub(super) fn instants(
    reader: &mut Reader,
    rule: &Rule,
    place: &Place<'_>,
    timezone: Option<&TimeZone>,
) -> InstantWindow {
    let (Some(window), Some(timezone)) = (&rule.when.window, timezone) else {
        return InstantWindow::default();
    };
    resolve(window, timezone).unwrap_or_else(|| {
        let message = "an end is beyond the calendar".to_owned();
        reader.fault(&place.key("when").key("window"), message, "years 0001 to 9998");
        InstantWindow::default()
    })
}

/// A rule with whatever of it could be read; the faults say what is missing from it.
pub(super) fn rule(
    reader: &mut Reader,
    node: &Node,
    place: &Place<'_>,
    currency: Currency,
) -> Option<Rule> {
    let fields = reader.object(node, place, &RULE_KEYS)?;
    let id = match fields.get("id") {
        Some(node) => reader.name(node, &place.key("id")).unwrap_or_default(),
        None => {
            reader.missing(place, "id", "a string that no other rule has");
            String::new()
        }
    };
    let name = fields.get("name").and_then(|node| reader.name(node, &place.key("name")));
    let priority = fields
        .get("priority")
        .and_then(|node| {
            reader.integer_in(node, &place.key("priority"), -INTEGER_MAX..=INTEGER_MAX)
        })
        .unwrap_or(0);
    let when = fields
        .get("when")
        .map(|node| conditions::when(reader, node, &place.key("when"), currency))
        .unwrap_or_default();
    let guardrails = fields
        .get("guardrails")
        .map(|node| guardrails(reader, node, &place.key("guardrails"), currency))
        .unwrap_or_default();
    let policy = fields
        .get("policy")
        .map(|node| policy(reader, node, &place.key("policy"), currency))
        .unwrap_or_default();
    Some(Rule { id, name, priority, when, guardrails, policy })
}

fn guardrails(
    reader: &mut Reader,
    node: &Node,
    place: &Place<'_>,
    currency: Currency,
) -> Guardrails {
    let Some(fields) = reader.object(node, place, &GUARDRAIL_KEYS) else {
        return Guardrails::default();
    };
    let mut term = |key: &str| {
        fields.get(key).and_then(|node| price_term(reader, node, &place.key(key), currency))
    };
    let (floor, ceiling) = (term("floor"), term("ceiling"));
    let max_discount = fields
        .get("max_discount")
        .and_then(|node| discount(reader, node, &place.key("max_discount")));
    Guardrails { floor, ceiling, max_discount }
}

fn discount(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<Decimal> {
    let value = reader.decimal(node, place)?;
    if value < Decimal::ZERO || value > Decimal::ONE {
        let message = format!("{value} is no part of the list price");
        reader.fault(place, message, "a fraction from \"0\" to \"1\"");
        return None;
    }
    Some(value)
}

fn price_term(
    reader: &mut Reader,
    node: &Node,
    place: &Place<'_>,
    currency: Currency,
) -> Option<PriceTerm> {
    const SAID: &str = "one of {\"amount\": …}, {\"of_list\": …} and {\"margin\": …}";
    let faults = reader.problems.len();
    let fields = reader.object(node, place, &TERM_KEYS)?;
    let given: Vec<_> =
        TERM_KEYS.iter().filter_map(|&key| fields.get(key).map(|node| (key, node))).collect();
    let &[(key, node)] = given.as_slice() else {
        // an unknown key has been told already, and is most likely the term that was meant
        if reader.problems.len() == faults {
            reader.fault(place, format!("{} price terms in one", given.len()), SAID);
        }
        return None;
    };
    let place = place.key(key);
    match key {
        "amount" => reader.money(node, &place, currency).map(PriceTerm::Amount),
        "of_list" => {
            let rate = reader.decimal(node, &place)?;
            if rate < Decimal::ZERO {
                let message = format!("{rate} is negative");
                reader.fault(&place, message, "a multiple of the list price, zero or more");
                return None;
            }
            Some(PriceTerm::OfList(rate))
        }
        _ => {
            let margin = reader.decimal(node, &place)?;
            if margin >= Decimal::ONE {
                let message = format!("{margin} is 1 or more");
                reader.fault(&place, message, "a margin below 1, such as \"0.18\" for 18 %");
                return None;
            }
            Some(PriceTerm::Margin(margin))
        }
    }
}

fn policy(reader: &mut Reader, node: &Node, place: &Place<'_>, currency: Currency) -> Policy {
    let Some(fields) = reader.object(node, place, &POLICY_KEYS) else {
        return Policy::default();
    };
    let mut term = |key: &str| {
        fields.get(key).and_then(|node| price_term(reader, node, &place.key(key), currency))
    };
    let (target, accept_at) = (term("target"), term("accept_at"));
    let (decline_below, escalate_at) = (term("decline_below"), term("escalate_at"));
    let max_rounds = fields
        .get("max_rounds")
        .and_then(|node| reader.integer_in(node, &place.key("max_rounds"), 1..=100))
        .and_then(|rounds| u32::try_from(rounds).ok());
    let concession = fields.get("concession").and_then(|node| {
        reader.word(node, &place.key("concession"), &Concession::ALL, Concession::as_str)
    });
    let deal_valid = fields
        .get("deal_valid")
        .and_then(|node| deal_valid(reader, node, &place.key("deal_valid")));
    let mut names = |key: &str| {
        let place = place.key(key);
        fields.get(key).and_then(|node| reader.items(node, &place, Reader::name))
    };
    let (sweeteners, combine_with) = (names("sweeteners"), names("combine_with"));
    Policy {
        target,
        accept_at,
        decline_below,
        escalate_at,
        max_rounds,
        concession,
        deal_valid,
        sweeteners,
        combine_with,
    }
}

fn deal_valid(reader: &mut Reader, node: &Node, place: &Place<'_>) -> Option<DealValid> {
    const SAID: &str = "an ISO 8601 duration in hours, minutes and seconds, such as \"PT30M\", \
                        over nothing and at most 720 hours";
    let text = reader.text(node, place, SAID)?;
    let duration = DealValid::parse(text);
    if duration.is_none() {
        reader.fault(place, format!("{} is no such duration", excerpt(text)), SAID);
    }
    duration
}
