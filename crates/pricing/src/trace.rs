//! Why a decision came out as it did: what each matched rule contributed, whether it was binding,
//! and for each policy key who won over whom. Must never change a decision.

use commerce::Money;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decision::{Bounds, Reason, Settlement, decimal, rounded};
use crate::document::term_json;
use crate::explain;
use crate::facts::Facts;
use crate::rule::{Policy, Rule};
use crate::term::PriceTerm;

/// One matched rule's part in a decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTrace {
    /// The rule's id.
    pub rule: String,
    /// Its name, or its id where it has none.
    pub name: String,
    pub priority: i64,
    /// The number of dimensions in its `when`.
    pub specificity: u32,
    pub guardrails: Vec<GuardrailTrace>,
    pub policy: Vec<PolicyTrace>,
    /// The same in plain English, a sentence for each contribution.
    pub explain: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardrailKind {
    Floor,
    MaxDiscount,
    Ceiling,
}

/// What one guardrail came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GuardrailTrace {
    pub kind: GuardrailKind,
    /// As the document writes it: a price term, or for a discount its fraction.
    pub term: Value,
    /// The floor or ceiling it gives; `None` when it needs a unit cost and there is none.
    #[serde(serialize_with = "decimal")]
    pub price: Option<Money>,
    /// Whether the decision's floor (or ceiling) is this price. In a contradiction these are the
    /// two that collide; with a missing cost nothing binds.
    pub binding: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyKey {
    Target,
    AcceptAt,
    DeclineBelow,
    EscalateAt,
    MaxRounds,
    Concession,
    DealValid,
    Sweeteners,
    CombineWith,
}

impl PolicyKey {
    pub const ALL: [Self; 9] = [
        Self::Target,
        Self::AcceptAt,
        Self::DeclineBelow,
        Self::EscalateAt,
        Self::MaxRounds,
        Self::Concession,
        Self::DealValid,
        Self::Sweeteners,
        Self::CombineWith,
    ];

    /// As the document writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::AcceptAt => "accept_at",
            Self::DeclineBelow => "decline_below",
            Self::EscalateAt => "escalate_at",
            Self::MaxRounds => "max_rounds",
            Self::Concession => "concession",
            Self::DealValid => "deal_valid",
            Self::Sweeteners => "sweeteners",
            Self::CombineWith => "combine_with",
        }
    }

    /// The price term of a key that is a price, where the policy sets it.
    pub fn term(self, policy: &Policy) -> Option<PriceTerm> {
        match self {
            Self::Target => policy.target,
            Self::AcceptAt => policy.accept_at,
            Self::DeclineBelow => policy.decline_below,
            Self::EscalateAt => policy.escalate_at,
            _ => None,
        }
    }

    /// Whether the policy sets the key.
    pub(crate) fn is_set(self, policy: &Policy) -> bool {
        match self {
            Self::MaxRounds => policy.max_rounds.is_some(),
            Self::Concession => policy.concession.is_some(),
            Self::DealValid => policy.deal_valid.is_some(),
            Self::Sweeteners => policy.sweeteners.is_some(),
            Self::CombineWith => policy.combine_with.is_some(),
            price => price.term(policy).is_some(),
        }
    }

    /// What the document says for the key, where the policy sets it.
    pub fn written(self, policy: &Policy) -> Option<Value> {
        match self {
            Self::MaxRounds => policy.max_rounds.map(Value::from),
            Self::Concession => policy.concession.map(|c| c.as_str().into()),
            Self::DealValid => policy.deal_valid.as_ref().map(|d| d.as_str().into()),
            Self::Sweeteners => policy.sweeteners.clone().map(Value::from),
            Self::CombineWith => policy.combine_with.clone().map(Value::from),
            price => price.term(policy).map(term_json),
        }
    }

    fn is_clamped(self) -> bool {
        matches!(self, Self::Target | Self::AcceptAt)
    }
}

/// What became of one policy key of one rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PolicyTrace {
    pub key: PolicyKey,
    /// As the document writes it.
    pub value: Value,
    /// For a price key: the price as rounded, before clamping; `None` where the cost is missing.
    #[serde(serialize_with = "decimal")]
    pub price: Option<Money>,
    /// Where clamping moved the winner's price, and where to.
    #[serde(serialize_with = "decimal")]
    pub clamped: Option<Money>,
    pub wins: bool,
    /// The id of the rule that settles the key.
    pub winner: String,
    /// The ids of the other rules that set it, highest rank first.
    pub losers: Vec<String>,
}

pub(crate) fn trace(settlement: &Settlement<'_>, facts: &Facts) -> Vec<RuleTrace> {
    let contests = contests(settlement);
    settlement
        .rules
        .iter()
        .map(|(rule, bounds)| {
            let mut trace = RuleTrace {
                rule: rule.id.clone(),
                name: rule.title().to_owned(),
                priority: rule.priority,
                specificity: rule.when.dimensions(),
                guardrails: guardrails(rule, bounds, settlement),
                policy: policy(rule, &contests, settlement, facts),
                explain: Vec::new(),
            };
            trace.explain = explain::sentences(&trace, rule);
            trace
        })
        .collect()
}

/// For each policy key the rules that set it, highest rank first.
fn contests<'s>(settlement: &Settlement<'s>) -> Vec<(PolicyKey, Vec<&'s Rule>)> {
    PolicyKey::ALL
        .into_iter()
        .map(|key| {
            let sets = settlement.rules.iter().map(|(rule, _)| *rule);
            (key, sets.filter(|rule| key.is_set(&rule.policy)).collect())
        })
        .collect()
}

fn guardrails(rule: &Rule, bounds: &Bounds, settlement: &Settlement<'_>) -> Vec<GuardrailTrace> {
    let settled = settlement.reason != Some(Reason::MissingCost);
    let one = |kind, term: Value, price: Option<Money>, least: Option<Money>| GuardrailTrace {
        kind,
        term,
        price,
        binding: settled && price.is_some() && price == least,
    };
    let guardrails = &rule.guardrails;
    [
        guardrails
            .floor
            .map(|term| one(GuardrailKind::Floor, term_json(term), bounds.floor, settlement.floor)),
        guardrails.max_discount.map(|part| {
            let part = Value::from(part.to_string());
            one(GuardrailKind::MaxDiscount, part, bounds.discount, settlement.floor)
        }),
        guardrails.ceiling.map(|term| {
            one(GuardrailKind::Ceiling, term_json(term), bounds.ceiling, settlement.ceiling)
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn policy(
    rule: &Rule,
    contests: &[(PolicyKey, Vec<&Rule>)],
    settlement: &Settlement<'_>,
    facts: &Facts,
) -> Vec<PolicyTrace> {
    let mut out = Vec::new();
    for (key, contenders) in contests {
        let (Some(value), Some((winner, losers))) =
            (key.written(&rule.policy), contenders.split_first())
        else {
            continue;
        };
        let wins = winner.id == rule.id;
        let price = key.term(&rule.policy).and_then(|term| rounded(term, facts));
        let clamped = price
            .filter(|_| wins && key.is_clamped() && settlement.reason.is_none())
            .map(|price| settlement.clamp(price))
            .filter(|&clamped| Some(clamped) != price);
        out.push(PolicyTrace {
            key: *key,
            value,
            price,
            clamped,
            wins,
            winner: winner.id.clone(),
            losers: losers.iter().map(|loser| loser.id.clone()).collect(),
        });
    }
    out
}
