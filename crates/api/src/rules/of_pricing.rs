//! The wire's shapes from what `pricing` answers, and facts back from the wire: one conversion for
//! service and console.

use commerce::{Currency, Money};
use pricing::{Decision, Facts, GuardrailKind, ImpactGroups};

use super::{
    BandCounts, BlockedCount, ChangeKind, FloorAnswer, Impact, ImpactOf, LeftOut, ReplayReport,
    RuleChange, RuleProblem, SaleFacts, TraceLine, VersionDiff,
};
use crate::Instant;
use crate::error::{ErrorBody, ErrorCode};

impl FloorAnswer {
    /// `title` is the product's, for people.
    pub fn of(title: &str, facts: &Facts, decision: &Decision) -> Self {
        let text = |money: Option<Money>| money.map(|m| m.to_string());
        let policy = decision.policy.clone().unwrap_or_default();
        Self {
            sku: facts.product.clone(),
            title: title.to_owned(),
            currency: facts.list_price.currency().code().to_owned(),
            outcome: if decision.reason.is_some() { "blocked" } else { "priced" }.to_owned(),
            reason: decision.reason.map(|reason| reason.as_str().to_owned()),
            list_price: facts.list_price.to_string(),
            unit_cost: text(facts.unit_cost),
            floor: text(decision.floor),
            ceiling: text(decision.ceiling),
            target: text(policy.target),
            accept_at: text(policy.accept_at),
            decline_below: text(policy.decline_below),
            escalate_at: text(policy.escalate_at),
            trace: TraceLine::all_of(decision),
            bargaining: decision.explain().first().filter(|_| decision.reason.is_some()).cloned(),
        }
    }
}

impl TraceLine {
    /// A line for each contribution of each matched rule, best rank first.
    pub fn all_of(decision: &Decision) -> Vec<Self> {
        let mut lines = Vec::new();
        for rule in &decision.trace {
            let mut words = rule.explain.iter();
            let mut line = |key: String, value: String, binding: bool| Self {
                rule_id: rule.rule.clone(),
                rule_name: rule.name.clone(),
                key,
                value,
                binding,
                text: words.next().cloned().unwrap_or_default(),
            };
            for part in &rule.guardrails {
                let key = match part.kind {
                    GuardrailKind::Floor => "floor",
                    GuardrailKind::MaxDiscount => "max_discount",
                    GuardrailKind::Ceiling => "ceiling",
                };
                let price = part.price.map_or_else(String::new, |price| price.to_string());
                lines.push(line(key.to_owned(), price, part.binding));
            }
            for part in &rule.policy {
                let key = serde_json::json!(part.key).as_str().unwrap_or_default().to_owned();
                let written =
                    part.value.as_str().map_or_else(|| part.value.to_string(), str::to_owned);
                let value = part.clamped.or(part.price).map_or(written, |price| price.to_string());
                lines.push(line(key, value, part.wins));
            }
        }
        lines
    }
}

impl From<&Facts> for SaleFacts {
    fn from(facts: &Facts) -> Self {
        Self {
            product: facts.product.clone(),
            category: facts.category.clone(),
            segments: facts.segments.iter().cloned().collect(),
            channel: facts.channel.clone(),
            country: facts.country.clone(),
            customer: facts.customer.as_str().to_owned(),
            quantity: facts.quantity,
            list_price: facts.list_price.to_string(),
            unit_cost: facts.unit_cost.map(|cost| cost.to_string()),
            stock: facts.stock,
            intent: facts.intent,
            at: Instant(facts.at),
        }
    }
}

impl SaleFacts {
    /// The facts, with prices in `currency`.
    ///
    /// # Errors
    /// `Invalid` with `field`, for the first that is none.
    pub fn facts(&self, currency: Currency) -> Result<Facts, ErrorBody> {
        let text = serde_json::to_string(self).unwrap_or_default();
        let nothing = pricing::Catalog::default();
        Facts::parse_line(1, &text, currency, &nothing).map_err(|faults| {
            let Some(fault) = faults.into_iter().next() else {
                return ErrorBody::new(ErrorCode::Invalid, "These facts cannot be read.");
            };
            let message = format!("{}; expected {}.", fault.message, fault.expected);
            let field = fault.place.trim_start_matches('/').split('/').next().unwrap_or_default();
            ErrorBody::new(ErrorCode::Invalid, message).with("field", field)
        })
    }
}

impl From<pricing::Problem> for RuleProblem {
    fn from(problem: pricing::Problem) -> Self {
        let pricing::Problem { pointer, message, expected } = problem;
        Self { pointer, message, expected }
    }
}

impl From<pricing::RuleSetDiff> for VersionDiff {
    fn from(diff: pricing::RuleSetDiff) -> Self {
        let pricing::RuleSetDiff { changes, settings, unchanged } = diff;
        let change = |c: pricing::RuleChange| RuleChange {
            kind: match c.kind {
                pricing::ChangeKind::Added => ChangeKind::Added,
                pricing::ChangeKind::Removed => ChangeKind::Removed,
                pricing::ChangeKind::Changed => ChangeKind::Changed,
            },
            rule_id: c.rule_id,
            title: c.title,
            sentences: c.sentences,
            before: c.before,
            after: c.after,
        };
        Self {
            changes: changes.into_iter().map(change).collect(),
            settings,
            unchanged: i64::try_from(unchanged).unwrap_or(i64::MAX),
        }
    }
}

impl ReplayReport {
    /// `currency` is that of the rules.
    pub fn of(replay: &pricing::Replay, currency: Currency, elapsed_ms: i64) -> Self {
        let (groups, baseline) = (&replay.groups, replay.baseline.as_ref());
        Self {
            currency: currency.code().to_owned(),
            overall: Impact::from(&groups.overall),
            baseline: baseline.map(|old| Impact::from(&old.overall)),
            by_month: each(baseline, &groups.by_month, |old| &old.by_month, String::clone),
            by_category: each(baseline, &groups.by_category, |old| &old.by_category, String::clone),
            by_country: each(baseline, &groups.by_country, |old| &old.by_country, String::clone),
            by_segment: each(baseline, &groups.by_segment, |old| &old.by_segment, String::clone),
            by_band: each(baseline, &groups.by_band, |old| &old.by_band, |b| b.as_str().to_owned()),
            left_out: LeftOut {
                quantity: count(replay.left_out.quantity),
                price: count(replay.left_out.price),
                unknown_sku: count(replay.left_out.unknown_sku),
            },
            elapsed_ms,
        }
    }
}

type Groups<K> = std::collections::BTreeMap<K, pricing::Impact>;

fn each<K: Ord>(
    baseline: Option<&ImpactGroups>,
    groups: &Groups<K>,
    of: impl Fn(&ImpactGroups) -> &Groups<K>,
    name: impl Fn(&K) -> String,
) -> Vec<ImpactOf> {
    let row = |(key, impact): (&K, &pricing::Impact)| ImpactOf {
        name: name(key),
        impact: Impact::from(impact),
        baseline: baseline.and_then(|old| of(old).get(key)).map(Impact::from),
    };
    groups.iter().map(row).collect()
}

impl From<&pricing::Impact> for Impact {
    fn from(impact: &pricing::Impact) -> Self {
        let blocked = [
            ("no_floor", impact.blocked.no_floor),
            ("missing_cost", impact.blocked.missing_cost),
            ("contradiction", impact.blocked.contradiction),
        ];
        let blocked = blocked.into_iter().filter(|&(_, lines)| lines > 0);
        Self {
            lines: count(impact.lines),
            raised: count(impact.raised),
            lowered: count(impact.lowered),
            unchanged: count(impact.unchanged),
            blocked: blocked
                .map(|(reason, lines)| BlockedCount {
                    reason: reason.to_owned(),
                    lines: count(lines),
                })
                .collect(),
            revenue_before: impact.revenue_before.to_string(),
            revenue_after: impact.revenue_after.to_string(),
            margin_before: impact.margin_before.to_string(),
            margin_after: impact.margin_after.to_string(),
            bands: BandCounts {
                accept: count(impact.bands.accept),
                counter: count(impact.bands.counter),
                decline: count(impact.bands.decline),
            },
        }
    }
}

fn count(lines: u64) -> i64 {
    i64::try_from(lines).unwrap_or(i64::MAX)
}
