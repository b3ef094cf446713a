//! A decision's trace as English sentences for merchants. Must never compute a price of its own.

use commerce::Money;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::decision::{Decision, Reason};
use crate::rule::Rule;
use crate::term::PriceTerm;
use crate::trace::{GuardrailKind, GuardrailTrace, PolicyKey, PolicyTrace, RuleTrace};

impl Decision {
    /// The decision in plain English: the outcome first, then a sentence for each contribution in
    /// rank order.
    pub fn explain(&self) -> Vec<String> {
        let mut lines = vec![self.headline()];
        lines.extend(self.trace.iter().flat_map(|rule| rule.explain.iter().cloned()));
        lines
    }

    fn headline(&self) -> String {
        let rules = self.rules.join(", ");
        match self.reason {
            Some(Reason::MissingCost) => {
                format!(
                    "Blocked: the unit cost is not known, and a margin is asked for by {rules}."
                )
            }
            Some(Reason::Contradiction) => {
                format!("Blocked: the floor is above the ceiling, between {rules}.")
            }
            Some(Reason::NoFloor) => {
                "Blocked: no rule gives a floor here, so there is no bargaining.".to_owned()
            }
            Some(Reason::CurrencyMismatch) => {
                "Blocked: the prices are in another currency than the rules.".to_owned()
            }
            None => {
                let floor = self.floor.map_or_else(|| "none".to_owned(), shown);
                let ceiling = self.ceiling.map_or_else(|| "none".to_owned(), shown);
                format!("Floor {floor}, ceiling {ceiling}.")
            }
        }
    }
}

/// A sentence for each contribution of one rule.
pub(crate) fn sentences(trace: &RuleTrace, rule: &Rule) -> Vec<String> {
    let title = rule.title();
    if trace.guardrails.is_empty() && trace.policy.is_empty() {
        return vec![format!("{title} applies and asks for nothing")];
    }
    let guardrails = trace.guardrails.iter().map(|part| guardrail(title, part, rule));
    let policy = trace.policy.iter().map(|part| policy(title, part, rule));
    guardrails.chain(policy).collect()
}

fn guardrail(title: &str, part: &GuardrailTrace, rule: &Rule) -> String {
    let (said, bound) = match part.kind {
        GuardrailKind::Floor => (rule.guardrails.floor.map(floor_words), "floor"),
        GuardrailKind::MaxDiscount => {
            let discount = rule.guardrails.max_discount.unwrap_or_default();
            (Some(format!("gives at most {} off", percent(discount))), "floor")
        }
        GuardrailKind::Ceiling => (rule.guardrails.ceiling.map(ceiling_words), "ceiling"),
    };
    let said = said.unwrap_or_default();
    let Some(price) = part.price else {
        return format!("{title} {said}: no {bound}, the unit cost is not known");
    };
    let binding = if part.binding { "binds" } else { "does not bind" };
    format!("{title} {said}: {bound} {} — {binding}", shown(price))
}

fn floor_words(term: PriceTerm) -> String {
    match term {
        PriceTerm::Amount(amount) => format!("asks for {} at least", shown(amount)),
        PriceTerm::OfList(rate) => format!("asks for {} of the list price at least", percent(rate)),
        PriceTerm::Margin(margin) => format!("keeps {} margin", percent(margin)),
    }
}

fn ceiling_words(term: PriceTerm) -> String {
    match term {
        PriceTerm::Amount(amount) => format!("asks for {} at most", shown(amount)),
        PriceTerm::OfList(rate) => format!("asks for {} of the list price at most", percent(rate)),
        PriceTerm::Margin(margin) => format!("takes {} margin at most", percent(margin)),
    }
}

fn policy(title: &str, part: &PolicyTrace, rule: &Rule) -> String {
    let label = match part.key {
        PolicyKey::Target => "the target",
        PolicyKey::AcceptAt => "what is accepted at once",
        PolicyKey::DeclineBelow => "what is declined below",
        PolicyKey::EscalateAt => "what goes to staff",
        PolicyKey::MaxRounds => "the rounds at most",
        PolicyKey::Concession => "the concession",
        PolicyKey::DealValid => "how long a deal stands",
        PolicyKey::Sweeteners => "the sweeteners",
        PolicyKey::CombineWith => "what combines with a deal",
    };
    let value = match part.key.term(&rule.policy) {
        Some(term) => {
            let price =
                part.price.map_or_else(|| "no price, the unit cost is not known".to_owned(), shown);
            match term {
                PriceTerm::Amount(_) => price,
                PriceTerm::OfList(rate) => format!("{} of the list price: {price}", percent(rate)),
                PriceTerm::Margin(margin) => format!("{} margin: {price}", percent(margin)),
            }
        }
        None => plain(&part.value),
    };
    if !part.wins {
        return format!("{title} would set {label} to {value} — {} ranks higher", part.winner);
    }
    let moved = match (part.clamped, part.price) {
        (Some(to), Some(from)) if to.minor() > from.minor() => {
            format!(", raised to the floor {}", shown(to))
        }
        (Some(to), _) => format!(", lowered to the ceiling {}", shown(to)),
        (None, _) => String::new(),
    };
    let over = match part.losers.as_slice() {
        [] => String::new(),
        losers => format!(" — ranks above {}", losers.join(", ")),
    };
    format!("{title} sets {label} to {value}{moved}{over}")
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn percent(rate: Decimal) -> String {
    let hundred = rate.checked_mul(Decimal::ONE_HUNDRED).map(|value| value.normalize());
    hundred.map_or_else(|| format!("{rate} ×"), |value| format!("{value} %"))
}

/// `£9.21`; with the code where the symbol is not a single sign: `KWD 9.210`.
fn shown(money: Money) -> String {
    let symbol = money.currency().symbol();
    let mut signs = symbol.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) if !sign.is_alphanumeric() => format!("{sign}{money}"),
        _ => format!("{} {money}", money.currency().code()),
    }
}
