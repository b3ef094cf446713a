//! Rules in plain English: conditions, price terms, policy. The one place where they are worded, for
//! traces, findings and the comparison of versions. Must never compute a price.

use commerce::Money;
use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};
use rust_decimal::Decimal;

use crate::rule::{
    Concession, CustomerKind, Guardrails, OneOf, Policy, Range, Rule, Segments, Weekday, When,
};
use crate::term::PriceTerm;
use crate::trace::PolicyKey;

/// One part of a rule, under the key that it has in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub key: &'static str,
    /// A clause without a full stop, such as `category is home/lights`.
    pub text: String,
}

fn wordings<const N: usize>(parts: [(&'static str, Option<String>); N]) -> Vec<Wording> {
    parts.into_iter().filter_map(|(key, text)| Some(Wording { key, text: text? })).collect()
}

/// The conditions, in the order of the page: `category is home/lights`, `quantity is 6 to 48`.
pub fn conditions(when: &When) -> Vec<Wording> {
    let names = |what: &str, set: &Option<OneOf<String>>| {
        set.as_ref().map(|set| one_of(what, set, Clone::clone))
    };
    let integers = |what: &str, range: Option<Range<i64>>| {
        range.map(|range| self::range(what, range, |value| value.to_string()))
    };
    wordings([
        ("category", names("category", &when.category)),
        ("product", names("product", &when.product)),
        ("segment", when.segment.as_ref().map(segments)),
        ("channel", names("channel", &when.channel)),
        ("country", names("country", &when.country)),
        ("customer", when.customer.as_ref().map(|set| one_of("customer", set, kind))),
        ("quantity", integers("quantity", when.quantity)),
        ("list_price", when.list_price.map(|prices| range("list price", prices, money))),
        ("stock", integers("stock", when.stock)),
        ("intent", integers("intent", when.intent)),
        ("weekday", when.weekday.as_ref().map(|set| one_of("day", set, day))),
        ("time", when.time.map(|t| format!("time is {} until {}", clock(t.from), clock(t.until)))),
        ("window", when.window.map(|window| span(window.from, window.until))),
    ])
}

/// The guardrails: `asks for 80 % of the list price at least`, `gives at most 25 % off`.
pub fn guardrails(guardrails: &Guardrails) -> Vec<Wording> {
    wordings([
        ("floor", guardrails.floor.map(floor)),
        ("ceiling", guardrails.ceiling.map(ceiling)),
        ("max_discount", guardrails.max_discount.map(discount)),
    ])
}

/// The policy: `sets the target to 35 % margin`.
pub fn policy(policy: &Policy) -> Vec<Wording> {
    let said = |key: PolicyKey| {
        let value = policy_value(key, policy)?;
        Some(Wording { key: key.as_str(), text: format!("sets {} to {value}", label(key)) })
    };
    PolicyKey::ALL.into_iter().filter_map(said).collect()
}

/// A rule as a sentence: `When category is home/lights and quantity is 6 or more: keeps 18 % margin;
/// sets the target to 35 % margin.`
pub fn sentence(rule: &Rule) -> String {
    let texts = |parts: Vec<Wording>| parts.into_iter().map(|part| part.text).collect::<Vec<_>>();
    let conditions = texts(conditions(&rule.when));
    let does = texts([guardrails(&rule.guardrails), policy(&rule.policy)].concat());
    let does = if does.is_empty() { "asks for nothing".to_owned() } else { does.join("; ") };
    if conditions.is_empty() {
        format!("Always: {does}.")
    } else {
        format!("When {}: {does}.", conditions.join(" and "))
    }
}

/// A price term: `£3.20`, `80 % of the list price`, `18 % margin`.
pub fn term(term: PriceTerm) -> String {
    match term {
        PriceTerm::Amount(amount) => money(amount),
        PriceTerm::OfList(rate) => format!("{} of the list price", percent(rate)),
        PriceTerm::Margin(margin) => format!("{} margin", percent(margin)),
    }
}

pub(crate) fn floor(term: PriceTerm) -> String {
    match term {
        PriceTerm::Margin(_) => format!("keeps {}", self::term(term)),
        _ => format!("asks for {} at least", self::term(term)),
    }
}

pub(crate) fn ceiling(term: PriceTerm) -> String {
    match term {
        PriceTerm::Margin(_) => format!("takes {} at most", self::term(term)),
        _ => format!("asks for {} at most", self::term(term)),
    }
}

pub(crate) fn discount(part: Decimal) -> String {
    format!("gives at most {} off", percent(part))
}

/// What a policy key settles: `the target`, `how long a deal stands`.
pub fn label(key: PolicyKey) -> &'static str {
    match key {
        PolicyKey::Target => "the target",
        PolicyKey::AcceptAt => "what is accepted at once",
        PolicyKey::DeclineBelow => "what is declined below",
        PolicyKey::EscalateAt => "what goes to staff",
        PolicyKey::MaxRounds => "the limit of rounds",
        PolicyKey::Concession => "the concession",
        PolicyKey::DealValid => "how long a deal stands",
        PolicyKey::Sweeteners => "what is added as a sweetener",
        PolicyKey::CombineWith => "what combines with a deal",
    }
}

/// What a policy gives for the key, where it sets it: `35 % margin`, `30 minutes`.
pub fn policy_value(key: PolicyKey, policy: &Policy) -> Option<String> {
    match key {
        PolicyKey::MaxRounds => policy.max_rounds.map(|rounds| rounds.to_string()),
        PolicyKey::Concession => policy.concession.map(|concession| pace(concession).to_owned()),
        PolicyKey::DealValid => policy.deal_valid.as_ref().map(|valid| duration(valid.duration())),
        PolicyKey::Sweeteners => policy.sweeteners.as_deref().map(listed),
        PolicyKey::CombineWith => policy.combine_with.as_deref().map(listed),
        price => price.term(policy).map(term),
    }
}

fn pace(concession: Concession) -> &'static str {
    match concession {
        Concession::Boulware => "boulware (gives way late)",
        Concession::Linear => "linear (gives way evenly)",
        Concession::Conceder => "conceder (gives way early)",
    }
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn duration(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    let part = |count: i64, unit: &str| match count {
        0 => None,
        1 => Some(format!("1 {unit}")),
        count => Some(format!("{count} {unit}s")),
    };
    let parts = [
        part(seconds / 3_600, "hour"),
        part(seconds / 60 % 60, "minute"),
        part(seconds % 60, "second"),
        part(i64::from(duration.subsec_nanos()), "nanosecond"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// `a`, `a or b`, `a, b or c`.
fn either(names: &[String]) -> String {
    match names {
        [] => "none, so never".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn one_of<T: Ord>(what: &str, set: &OneOf<T>, text: impl Fn(&T) -> String) -> String {
    let none: Vec<String> = set.none_of.iter().map(&text).collect();
    let any = set.any_of.as_ref().map(|any| either(&any.iter().map(&text).collect::<Vec<_>>()));
    match (any, none.is_empty()) {
        (None, true) => format!("{what} is any"),
        (Some(any), true) => format!("{what} is {any}"),
        (None, false) => format!("{what} is not {}", either(&none)),
        (Some(any), false) => format!("{what} is {any} but not {}", either(&none)),
    }
}

fn segments(set: &Segments) -> String {
    let names = |set: &std::collections::BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>();
    let mut parts = Vec::new();
    if let Some(any) = &set.any_of {
        parts.push(format!("in {}", either(&names(any))));
    }
    if !set.all_of.is_empty() {
        parts.push(format!("in all of {}", names(&set.all_of).join(", ")));
    }
    if !set.none_of.is_empty() {
        parts.push(format!("not in {}", either(&names(&set.none_of))));
    }
    if parts.is_empty() {
        return "customer is in any segment".to_owned();
    }
    format!("customer is {}", parts.join(", "))
}

fn range<T: Copy + PartialEq>(what: &str, range: Range<T>, text: impl Fn(T) -> String) -> String {
    match (range.min, range.max) {
        (None, None) => format!("{what} is any"),
        (Some(min), None) => format!("{what} is {} or more", text(min)),
        (None, Some(max)) => format!("{what} is {} or less", text(max)),
        (Some(min), Some(max)) if min == max => format!("{what} is exactly {}", text(min)),
        (Some(min), Some(max)) => format!("{what} is {} to {}", text(min), text(max)),
    }
}

fn span(from: Option<DateTime>, until: Option<DateTime>) -> String {
    let local = |at: DateTime| format!("{} {}", at.date(), clock(at.time()));
    match (from, until) {
        (None, None) => "date is any".to_owned(),
        (Some(from), None) => format!("date is {} or later", local(from)),
        (None, Some(until)) => format!("date is before {}", local(until)),
        (Some(from), Some(until)) => format!("date is {} until {}", local(from), local(until)),
    }
}

/// `09:00`; with seconds where there are any.
fn clock(time: Time) -> String {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    format!("{hour:02}:{minute:02}{seconds}")
}

fn kind(kind: &CustomerKind) -> String {
    kind.as_str().to_owned()
}

fn day(day: &Weekday) -> String {
    let name = match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    };
    name.to_owned()
}

/// `18 %`; a rate too great to be told so as a factor.
pub(crate) fn percent(rate: Decimal) -> String {
    let hundred = rate.checked_mul(Decimal::ONE_HUNDRED).map(|value| value.normalize());
    hundred.map_or_else(|| format!("{rate} ×"), |value| format!("{value} %"))
}

/// `£9.21`; with the code where the symbol is not a single sign: `KWD 9.210`.
pub fn money(money: Money) -> String {
    let symbol = money.currency().symbol();
    let mut signs = symbol.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) if !sign.is_alphanumeric() => format!("{sign}{money}"),
        _ => format!("{} {money}", money.currency().code()),
    }
}
