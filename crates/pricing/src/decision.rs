//! From facts to a decision: what the matched rules together allow, and how to bargain inside it.
//! The naive reading of the document, rule by rule; an index must give the same answers.

use commerce::{Money, Rounding};
use serde::{Serialize, Serializer};

use crate::facts::Facts;
use crate::matching::{WallClock, matches};
use crate::rule::{Concession, DealValid, Policy, Rule};
use crate::rule_set::RuleSet;
use crate::term::{PriceTerm, discounted};
use crate::trace::{RuleTrace, trace};

/// What the rules say of one sale. Serialises as the decision JSON: money as decimal strings with
/// the currency's digits, policy keys only where a rule set them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decision {
    pub outcome: Outcome,
    /// Why it is blocked; `None` when priced.
    pub reason: Option<Reason>,
    /// The ids of the rules that block, sorted, none twice; empty when priced.
    pub rules: Vec<String>,
    /// The lowest price allowed; always there when priced.
    #[serde(serialize_with = "decimal")]
    pub floor: Option<Money>,
    /// The highest price allowed, if any rule says one.
    #[serde(serialize_with = "decimal")]
    pub ceiling: Option<Money>,
    /// `None` when blocked.
    pub policy: Option<SettledPolicy>,
    /// The ids of all matched rules, highest rank first.
    pub matched: Vec<String>,
    /// What each matched rule contributed, highest rank first.
    pub trace: Vec<RuleTrace>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Priced,
    Blocked,
}

/// Why no price may be bargained for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A matched rule has a margin term, and the unit cost is not known.
    MissingCost,
    /// The greatest floor is above the least ceiling.
    Contradiction,
    /// No matched rule gives a floor: no floor, no bargaining.
    NoFloor,
    /// The facts are in another currency than the rule set. Cannot come from facts that were
    /// parsed for it; a guard against callers that mix stores.
    CurrencyMismatch,
}

impl Reason {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MissingCost => "missing_cost",
            Self::Contradiction => "contradiction",
            Self::NoFloor => "no_floor",
            Self::CurrencyMismatch => "currency_mismatch",
        }
    }
}

/// The policy in force: each key from the highest-ranked matched rule that sets it. `target` and
/// `accept_at` lie within [floor, ceiling]; the other two prices may lie outside.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SettledPolicy {
    #[serde(serialize_with = "decimal", skip_serializing_if = "Option::is_none")]
    pub target: Option<Money>,
    #[serde(serialize_with = "decimal", skip_serializing_if = "Option::is_none")]
    pub accept_at: Option<Money>,
    #[serde(serialize_with = "decimal", skip_serializing_if = "Option::is_none")]
    pub decline_below: Option<Money>,
    #[serde(serialize_with = "decimal", skip_serializing_if = "Option::is_none")]
    pub escalate_at: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_rounds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concession: Option<Concession>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deal_valid: Option<DealValid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sweeteners: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combine_with: Option<Vec<String>>,
}

pub(crate) fn decimal<S: Serializer>(
    money: &Option<Money>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match money {
        Some(money) => serializer.collect_str(money),
        None => serializer.serialize_none(),
    }
}

/// The prices of one matched rule's guardrails; `None` where it has none or the cost is missing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) floor: Option<Money>,
    pub(crate) discount: Option<Money>,
    pub(crate) ceiling: Option<Money>,
}

impl Bounds {
    fn of(rule: &Rule, facts: &Facts) -> Self {
        let price = |term: Option<PriceTerm>, rounding| {
            term.and_then(|term| term.price(facts.list_price, facts.unit_cost, rounding))
        };
        Self {
            floor: price(rule.guardrails.floor, Rounding::Up),
            discount: rule.guardrails.max_discount.map(|part| discounted(facts.list_price, part)),
            ceiling: price(rule.guardrails.ceiling, Rounding::Down),
        }
    }

    /// The rule's own floor: the greater of its two.
    fn lowest(&self) -> Option<Money> {
        [self.floor, self.discount].into_iter().flatten().max_by_key(|money| money.minor())
    }
}

/// The matched rules, highest rank first, with their bounds and what these come to together.
pub(crate) struct Settlement<'s> {
    pub(crate) rules: Vec<(&'s Rule, Bounds)>,
    pub(crate) floor: Option<Money>,
    pub(crate) ceiling: Option<Money>,
    pub(crate) reason: Option<Reason>,
}

impl<'s> Settlement<'s> {
    fn of(set: &'s RuleSet, facts: &Facts) -> Self {
        let wall = WallClock::at(facts.at, set.timezone());
        let rules: Vec<(&Rule, Bounds)> = set
            .ranked_with_windows()
            .filter(|(rule, window)| matches(&rule.when, window, facts, wall))
            .map(|(rule, _)| (rule, Bounds::of(rule, facts)))
            .collect();
        let floor = rules.iter().filter_map(|(_, b)| b.lowest()).max_by_key(|money| money.minor());
        let ceiling = rules.iter().filter_map(|(_, b)| b.ceiling).min_by_key(|m| m.minor());
        let reason = if facts.unit_cost.is_none() && rules.iter().any(|(r, _)| r.needs_cost()) {
            Some(Reason::MissingCost)
        } else if let (Some(floor), Some(ceiling)) = (floor, ceiling)
            && floor.minor() > ceiling.minor()
        {
            Some(Reason::Contradiction)
        } else if floor.is_none() {
            Some(Reason::NoFloor)
        } else {
            None
        };
        Self { rules, floor, ceiling, reason }
    }

    fn culprits(&self, reason: Reason) -> Vec<String> {
        let at_fault = |rule: &Rule, bounds: &Bounds| match reason {
            Reason::MissingCost => rule.needs_cost(),
            Reason::Contradiction => {
                bounds.lowest() == self.floor || bounds.ceiling == self.ceiling
            }
            Reason::NoFloor | Reason::CurrencyMismatch => false,
        };
        let mut ids: Vec<String> = self
            .rules
            .iter()
            .filter(|(rule, bounds)| at_fault(rule, bounds))
            .map(|(rule, _)| rule.id.clone())
            .collect();
        ids.sort_unstable();
        ids
    }

    /// The value of the highest-ranked matched rule that has one.
    fn first<T>(&self, value: impl Fn(&'s Policy) -> Option<T>) -> Option<T> {
        self.rules.iter().find_map(|(rule, _)| value(&rule.policy))
    }

    fn policy(&self, facts: &Facts) -> SettledPolicy {
        let price = |term: PriceTerm| rounded(term, facts);
        let clamped = |term| price(term).map(|money| self.clamp(money));
        SettledPolicy {
            target: self.first(|policy| policy.target).and_then(clamped),
            accept_at: self.first(|policy| policy.accept_at).and_then(clamped),
            decline_below: self.first(|policy| policy.decline_below).and_then(price),
            escalate_at: self.first(|policy| policy.escalate_at).and_then(price),
            max_rounds: self.first(|policy| policy.max_rounds),
            concession: self.first(|policy| policy.concession),
            deal_valid: self.first(|policy| policy.deal_valid.as_ref()).cloned(),
            sweeteners: self.first(|policy| policy.sweeteners.as_ref()).cloned(),
            combine_with: self.first(|policy| policy.combine_with.as_ref()).cloned(),
        }
    }

    /// Into [floor, ceiling], where these are said.
    pub(crate) fn clamp(&self, money: Money) -> Money {
        match (self.floor, self.ceiling) {
            (Some(floor), _) if money.minor() < floor.minor() => floor,
            (_, Some(ceiling)) if money.minor() > ceiling.minor() => ceiling,
            _ => money,
        }
    }
}

/// A policy price before clamping.
pub(crate) fn rounded(term: PriceTerm, facts: &Facts) -> Option<Money> {
    term.price(facts.list_price, facts.unit_cost, Rounding::HalfUp)
}

/// Decides: which rules match, what they allow together, and how to bargain inside it.
pub fn decide(set: &RuleSet, facts: &Facts) -> Decision {
    let foreign = |money: Money| money.currency() != set.currency();
    if foreign(facts.list_price) || facts.unit_cost.is_some_and(foreign) {
        return blocked(Reason::CurrencyMismatch, Vec::new(), Vec::new(), Vec::new());
    }
    let settlement = Settlement::of(set, facts);
    let matched = settlement.rules.iter().map(|(rule, _)| rule.id.clone()).collect();
    let trace = trace(&settlement, facts);
    if let Some(reason) = settlement.reason {
        return blocked(reason, settlement.culprits(reason), matched, trace);
    }
    Decision {
        outcome: Outcome::Priced,
        reason: None,
        rules: Vec::new(),
        floor: settlement.floor,
        ceiling: settlement.ceiling,
        policy: Some(settlement.policy(facts)),
        matched,
        trace,
    }
}

fn blocked(
    reason: Reason,
    rules: Vec<String>,
    matched: Vec<String>,
    trace: Vec<RuleTrace>,
) -> Decision {
    Decision {
        outcome: Outcome::Blocked,
        reason: Some(reason),
        rules,
        floor: None,
        ceiling: None,
        policy: None,
        matched,
        trace,
    }
}
