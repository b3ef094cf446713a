//! A decision's trace as English sentences for merchants. Must never compute a price of its own.

use crate::decision::{Decision, Reason};
use crate::rule::Rule;
use crate::term::PriceTerm;
use crate::trace::{GuardrailKind, GuardrailTrace, PolicyTrace, RuleTrace};
use crate::words;

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
                let floor = self.floor.map_or_else(|| "none".to_owned(), words::money);
                let ceiling = self.ceiling.map_or_else(|| "none".to_owned(), words::money);
                format!("Floor {floor}, ceiling {ceiling}.")
            }
        }
    }
}

/// A sentence for each contribution of one rule.
pub(crate) fn sentences(trace: &RuleTrace, rule: &Rule) -> Vec<String> {
    let title = &format!("“{}”", rule.title());
    if trace.guardrails.is_empty() && trace.policy.is_empty() {
        return vec![format!("{title} applies and asks for nothing")];
    }
    let guardrails = trace.guardrails.iter().map(|part| guardrail(title, part, rule));
    let policy = trace.policy.iter().map(|part| policy(title, part, rule));
    guardrails.chain(policy).collect()
}

fn guardrail(title: &str, part: &GuardrailTrace, rule: &Rule) -> String {
    let (said, bound) = match part.kind {
        GuardrailKind::Floor => (rule.guardrails.floor.map(words::floor), "floor"),
        GuardrailKind::MaxDiscount => (rule.guardrails.max_discount.map(words::discount), "floor"),
        GuardrailKind::Ceiling => (rule.guardrails.ceiling.map(words::ceiling), "ceiling"),
    };
    let said = said.unwrap_or_default();
    let Some(price) = part.price else {
        return format!("{title} {said}: no {bound}, the unit cost is not known");
    };
    let binding = if part.binding { "binds" } else { "does not bind" };
    format!("{title} {said}: {bound} {} — {binding}", words::money(price))
}

fn policy(title: &str, part: &PolicyTrace, rule: &Rule) -> String {
    let label = words::label(part.key);
    let value = match part.key.term(&rule.policy) {
        Some(term) => {
            let price = part
                .price
                .map_or_else(|| "no price, the unit cost is not known".to_owned(), words::money);
            match term {
                PriceTerm::Amount(_) => price,
                _ => format!("{}: {price}", words::term(term)),
            }
        }
        None => words::policy_value(part.key, &rule.policy).unwrap_or_default(),
    };
    if !part.wins {
        return format!("{title} would set {label} to {value} — {} ranks higher", part.winner);
    }
    let moved = match (part.clamped, part.price) {
        (Some(to), Some(from)) if to.minor() > from.minor() => {
            format!(", raised to the floor {}", words::money(to))
        }
        (Some(to), _) => format!(", lowered to the ceiling {}", words::money(to)),
        (None, _) => String::new(),
    };
    let over = match part.losers.as_slice() {
        [] => String::new(),
        losers => format!(" — ranks above {}", losers.join(", ")),
    };
    format!("{title} sets {label} to {value}{moved}{over}")
}
