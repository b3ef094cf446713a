//! What a check must find, by trying. Every dimension is reduced to values that some rule tells
//! apart, each combination of these is decided on, and the kinds are read off the decisions by
//! the words of the page. Knows nothing of how the checker works: rules are only ever matched and
//! priced by `decide`.

use std::collections::{BTreeMap, BTreeSet};

use commerce::Money;
use jiff::{SignedDuration, Timestamp};
use pricing::{
    Catalog, CustomerKind, Decision, Facts, Finding, FindingKind, GuardrailKind, Outcome,
    PolicyKey, Product, Reason, Rule, RuleSet, RuleTrace, When, decide,
};

/// Kind, rules and key of a finding.
pub(crate) type Name = (FindingKind, Vec<String>, Option<PolicyKey>);
/// Each with the products it touches.
pub(crate) type Expected = BTreeMap<Name, BTreeSet<String>>;

pub(crate) struct Reference<'a> {
    set: &'a RuleSet,
    now: Timestamp,
    /// How long after the last instant that a rule names something may still change.
    horizon: SignedDuration,
    /// For each product its decisions, one for each set of matched rules.
    decided: Vec<(&'a Product, Vec<Decision>)>,
}

impl<'a> Reference<'a> {
    pub(crate) fn new(set: &'a RuleSet, catalog: &'a Catalog, now: Timestamp) -> Self {
        let horizon = SignedDuration::from_hours(24 * 9);
        let mut reference = Self { set, now, horizon, decided: Vec::new() };
        reference.decided = catalog.products().iter().map(|p| (p, reference.decide(p))).collect();
        reference
    }

    fn decide(&self, product: &Product) -> Vec<Decision> {
        let mut points = vec![Facts::of(product, "elsewhere", "QQ", self.now)];
        let mut vary = |values: Vec<Facts>, put: fn(&mut Facts, &Facts)| {
            let varied = points.iter().flat_map(|point| {
                values.iter().map(move |value| {
                    let mut point = point.clone();
                    put(&mut point, value);
                    point
                })
            });
            points = varied.collect();
        };
        let base = Facts::of(product, "elsewhere", "QQ", self.now);
        vary(self.segments(&base), |to, from| to.segments.clone_from(&from.segments));
        vary(self.channels(&base), |to, from| to.channel.clone_from(&from.channel));
        vary(self.countries(&base), |to, from| to.country.clone_from(&from.country));
        vary(self.customers(&base), |to, from| to.customer = from.customer);
        vary(self.quantities(&base), |to, from| to.quantity = from.quantity);
        vary(self.stocks(&base), |to, from| to.stock = from.stock);
        vary(self.intents(&base), |to, from| to.intent = from.intent);
        vary(self.instants(&base), |to, from| to.at = from.at);
        let mut seen = BTreeMap::new();
        for point in points {
            let decision = decide(self.set, &point);
            seen.entry(decision.matched.clone()).or_insert(decision);
        }
        seen.into_values().collect()
    }

    /// Of `values` one for each way in which the rules, cut down to one dimension, match.
    fn apart(&self, keep: impl Fn(&When) -> When, values: Vec<Facts>) -> Vec<Facts> {
        let cut = |rule: &Rule| Rule { when: keep(&rule.when), ..Rule::new(&rule.id) };
        let rules: Vec<Rule> = self.set.rules().iter().map(cut).collect();
        let set = RuleSet::new(self.set.currency(), self.set.timezone_name(), &rules).unwrap();
        let mut seen = BTreeMap::new();
        for value in values {
            let mut matched = decide(&set, &value).matched;
            matched.sort();
            seen.entry(matched).or_insert(value);
        }
        seen.into_values().collect()
    }

    fn whens(&self) -> impl Iterator<Item = &When> {
        self.set.rules().iter().map(|rule| &rule.when)
    }

    fn segments(&self, base: &Facts) -> Vec<Facts> {
        let mut names = BTreeSet::from(["unheard-of".to_owned()]);
        for said in self.whens().filter_map(|when| when.segment.as_ref()) {
            names.extend(said.any_of.iter().flatten().cloned());
            names.extend(said.all_of.iter().chain(&said.none_of).cloned());
        }
        let mut values = vec![base.clone()];
        for name in names {
            let with = values.iter().cloned().map(|mut facts| {
                facts.segments.insert(name.clone());
                facts
            });
            values.extend(with.collect::<Vec<_>>());
        }
        self.apart(|when| When { segment: when.segment.clone(), ..When::default() }, values)
    }

    fn channels(&self, base: &Facts) -> Vec<Facts> {
        let said = self.whens().filter_map(|when| when.channel.as_ref());
        let names = said.flat_map(|said| said.any_of.iter().flatten().chain(&said.none_of));
        let named = names.map(|name| Facts { channel: name.clone(), ..base.clone() });
        let values = std::iter::once(base.clone()).chain(named).collect();
        self.apart(|when| When { channel: when.channel.clone(), ..When::default() }, values)
    }

    fn countries(&self, base: &Facts) -> Vec<Facts> {
        let said = self.whens().filter_map(|when| when.country.as_ref());
        let names = said.flat_map(|said| said.any_of.iter().flatten().chain(&said.none_of));
        let named = names.map(|name| Facts { country: name.clone(), ..base.clone() });
        let values = std::iter::once(base.clone()).chain(named).collect();
        self.apart(|when| When { country: when.country.clone(), ..When::default() }, values)
    }

    fn customers(&self, base: &Facts) -> Vec<Facts> {
        let values = CustomerKind::ALL.map(|customer| Facts { customer, ..base.clone() });
        self.apart(|w| When { customer: w.customer.clone(), ..When::default() }, values.to_vec())
    }

    fn quantities(&self, base: &Facts) -> Vec<Facts> {
        let ends = self.whens().filter_map(|when| when.quantity);
        let near = around(ends.flat_map(|range| [range.min, range.max]));
        let known = near.into_iter().filter(|&quantity| quantity >= 1);
        let values = known.map(|quantity| Facts { quantity, ..base.clone() }).collect();
        self.apart(|when| When { quantity: when.quantity, ..When::default() }, values)
    }

    fn stocks(&self, base: &Facts) -> Vec<Facts> {
        let ends = self.whens().filter_map(|when| when.stock);
        let near = around(ends.flat_map(|range| [range.min, range.max]));
        let known = near.into_iter().filter(|&stock| stock >= 0).map(Some);
        let values = std::iter::once(None).chain(known);
        let values = values.map(|stock| Facts { stock, ..base.clone() }).collect();
        self.apart(|when| When { stock: when.stock, ..When::default() }, values)
    }

    fn intents(&self, base: &Facts) -> Vec<Facts> {
        let ends = self.whens().filter_map(|when| when.intent);
        let near = around(ends.flat_map(|range| [range.min, range.max]));
        let known = near.into_iter().filter(|intent| (0..=100).contains(intent)).map(Some);
        let values = std::iter::once(None).chain(known);
        let values = values.map(|intent| Facts { intent, ..base.clone() }).collect();
        self.apart(|when| When { intent: when.intent, ..When::default() }, values)
    }

    /// Each quarter of an hour from the present to well after the last end of a window; rules of
    /// the tests name no other times.
    fn instants(&self, base: &Facts) -> Vec<Facts> {
        let ends = self.whens().filter_map(|when| when.window);
        let local = ends.flat_map(|window| [window.from, window.until]).flatten();
        let zone = self.set.timezone();
        let ends = local.map(|at| zone.to_ambiguous_timestamp(at).compatible().unwrap());
        let last = ends.max().unwrap_or(self.now).max(self.now) + self.horizon;
        let clocked = self.whens().any(|when| when.time.is_some() || when.weekday.is_some());
        let windowed = self.whens().any(|when| when.window.is_some());
        let quarter = 15 * 60;
        let first = self.now.as_second().div_euclid(quarter) + 1;
        let mut values = vec![base.clone()];
        if clocked || windowed {
            let times = (first..=last.as_second() / quarter).map(|at| at * quarter);
            let at = times.map(|at| Timestamp::from_second(at).unwrap());
            values.extend(at.map(|at| Facts { at, ..base.clone() }));
        }
        let keep = |when: &When| When {
            weekday: when.weekday.clone(),
            time: when.time,
            window: when.window,
            ..When::default()
        };
        self.apart(keep, values)
    }

    pub(crate) fn findings(&self) -> Expected {
        let mut out = Expected::new();
        for (product, decisions) in &self.decided {
            for decision in decisions {
                for name in shown_by(decision, product.unit_cost) {
                    out.entry(name).or_default().insert(product.sku.clone());
                }
            }
        }
        for rule in self.set.rules() {
            let reached = self.reached(rule);
            if reached.is_empty() {
                out.insert((FindingKind::Unreachable, vec![rule.id.clone()], None), reached);
            } else if self.is_shadowed(rule) {
                out.insert((FindingKind::Shadowed, vec![rule.id.clone()], None), reached);
            }
        }
        for one in self.set.rules() {
            for two in self.set.rules().iter().filter(|two| two.id != one.id) {
                let ids = vec![one.id.clone(), two.id.clone()];
                if one.id < two.id && same(one, two) {
                    out.insert((FindingKind::Duplicate, ids, None), self.reached(one));
                } else if self.names_redundant(one, two) {
                    out.insert((FindingKind::Redundant, ids, None), self.reached(one));
                }
            }
        }
        out
    }

    /// Whether some decision on a product of the catalogue blames the first for its floor and the
    /// second for its ceiling.
    pub(crate) fn blames(&self, rules: &[String]) -> bool {
        let mut decisions = self.decided.iter().flat_map(|(_, decisions)| decisions);
        decisions.any(|decision| blames(decision, rules))
    }

    /// Whether some decision on a product of the catalogue gives a price where the finding shows and
    /// its first rule settles the key.
    pub(crate) fn prices(&self, finding: &Finding) -> bool {
        let name = (finding.kind, finding.rules.clone(), finding.key);
        self.decided.iter().any(|(product, decisions)| {
            decisions.iter().any(|decision| {
                let mut parts = decision.trace.iter().flat_map(|trace| &trace.policy);
                decision.reason.is_none()
                    && parts.any(|part| {
                        Some(part.key) == finding.key && part.winner == finding.rules[0]
                    })
                    && shown_by(decision, product.unit_cost).contains(&name)
            })
        })
    }

    fn matching<'s>(
        &'s self,
        rule: &'s Rule,
    ) -> impl Iterator<Item = (&'a Product, &'s Decision, &'s RuleTrace)> + 's {
        self.decided.iter().flat_map(move |(product, decisions)| {
            decisions.iter().filter_map(move |decision| {
                let trace = decision.trace.iter().find(|trace| trace.rule == rule.id)?;
                Some((*product, decision, trace))
            })
        })
    }

    fn reached(&self, rule: &Rule) -> BTreeSet<String> {
        self.matching(rule).map(|(product, ..)| product.sku.clone()).collect()
    }

    fn is_shadowed(&self, rule: &Rule) -> bool {
        let keys: Vec<_> =
            PolicyKey::ALL.into_iter().filter(|key| key.written(&rule.policy).is_some()).collect();
        rule.guardrails == pricing::Guardrails::default()
            && !keys.is_empty()
            && self.matching(rule).all(|(_, decision, trace)| {
                keys.iter().all(|&key| {
                    let mut above = decision.trace.iter().filter(|t| rank(t) > rank(trace));
                    above.any(|other| other.policy.iter().any(|part| part.key == key))
                })
            })
    }

    fn names_redundant(&self, weak: &Rule, strict: &Rule) -> bool {
        let mutual = self.outdone(strict, weak);
        self.outdone(weak, strict) && (!mutual || (weak.id > strict.id && !same(weak, strict)))
    }

    fn outdone(&self, weak: &Rule, strict: &Rule) -> bool {
        weak.guardrails != pricing::Guardrails::default()
            && self.matching(weak).next().is_some()
            && self.matching(weak).all(|(_, decision, one)| {
                let other = decision.trace.iter().find(|trace| trace.rule == strict.id);
                other.is_some_and(|other| {
                    floor(one).is_none_or(|a| floor(other).is_some_and(|b| b >= a))
                        && ceiling(one).is_none_or(|a| ceiling(other).is_some_and(|b| b <= a))
                })
            })
    }
}

/// Whether it is blocked for the floor of the first and the ceiling of the second.
pub(crate) fn blames(decision: &Decision, rules: &[String]) -> bool {
    let binds = |rule: &String, of: fn(GuardrailKind) -> bool| {
        let trace = decision.trace.iter().find(|trace| trace.rule == *rule);
        trace.is_some_and(|trace| trace.guardrails.iter().any(|one| one.binding && of(one.kind)))
    };
    decision.reason == Some(Reason::Contradiction)
        && binds(&rules[0], |kind| kind != GuardrailKind::Ceiling)
        && binds(&rules[1], |kind| kind == GuardrailKind::Ceiling)
}

/// Both sides of every end, and values between.
fn around(ends: impl Iterator<Item = Option<i64>>) -> BTreeSet<i64> {
    let ends = ends.flatten().flat_map(|end| [end - 1, end, end + 1]);
    ends.chain([0, 1, 2, 50, 100, 1_000_000]).collect()
}

fn rank(trace: &RuleTrace) -> (i64, u32) {
    (trace.priority, trace.specificity)
}

fn floor(trace: &RuleTrace) -> Option<i64> {
    let parts = trace.guardrails.iter().filter(|part| part.kind != GuardrailKind::Ceiling);
    parts.filter_map(|part| Some(part.price?.minor())).max()
}

fn ceiling(trace: &RuleTrace) -> Option<i64> {
    let mut parts = trace.guardrails.iter().filter(|part| part.kind == GuardrailKind::Ceiling);
    parts.next()?.price.map(|price| price.minor())
}

/// Same conditions, guardrails, policy and priority; lists in whatever order.
fn same(one: &Rule, two: &Rule) -> bool {
    let plain = |rule: &Rule| {
        let mut rule = Rule { id: String::new(), name: None, ..rule.clone() };
        for list in [&mut rule.policy.sweeteners, &mut rule.policy.combine_with] {
            list.iter_mut().for_each(|list| list.sort());
        }
        rule
    };
    plain(one) == plain(two)
}

/// The findings that one decision on a product shows: those that need no more than these facts.
pub(crate) fn shown_by(decision: &Decision, unit_cost: Option<Money>) -> Vec<Name> {
    let mut out = Vec::new();
    let mut hit = |kind, rules: &[&RuleTrace], key| {
        out.push((kind, rules.iter().map(|trace| trace.rule.clone()).collect(), key));
    };
    let greatest = decision.trace.iter().filter_map(floor).max();
    for one in &decision.trace {
        if let (Some(least), Some(cost)) = (floor(one), unit_cost)
            && Some(least) == greatest
            && least < cost.minor()
        {
            hit(FindingKind::BelowCost, &[one], None);
        }
        for two in &decision.trace {
            if floor(one).zip(ceiling(two)).is_some_and(|(least, most)| least > most) {
                hit(FindingKind::Contradiction, &[one, two], None);
            }
            for key in ambiguous(decision, one, two) {
                hit(FindingKind::Ambiguity, &[one, two], Some(key));
            }
        }
    }
    if decision.reason == Some(Reason::MissingCost) {
        let rules = decision.rules.iter();
        out.extend(rules.map(|rule| (FindingKind::MissingCost, vec![rule.clone()], None)));
    }
    if decision.reason == Some(Reason::NoFloor) {
        out.push((FindingKind::Gap, Vec::new(), None));
    }
    out.extend(out_of_order(decision));
    out
}

fn ambiguous(decision: &Decision, one: &RuleTrace, two: &RuleTrace) -> Vec<PolicyKey> {
    if one.rule >= two.rule || rank(one) != rank(two) {
        return Vec::new();
    }
    let settled = |key: PolicyKey| {
        let mut above = decision.trace.iter().filter(|trace| rank(trace) > rank(one));
        above.any(|trace| trace.policy.iter().any(|part| part.key == key))
    };
    let is_price = |key| {
        use PolicyKey::{AcceptAt, DeclineBelow, EscalateAt, Target};
        matches!(key, Target | AcceptAt | DeclineBelow | EscalateAt)
    };
    let parts = one.policy.iter().flat_map(|a| two.policy.iter().map(move |b| (a, b)));
    parts
        .filter(|(a, b)| a.key == b.key && !settled(a.key))
        .filter(|(a, b)| {
            if is_price(a.key) {
                a.price.zip(b.price).is_some_and(|(a, b)| a != b)
            } else {
                a.value != b.value
            }
        })
        .map(|(a, _)| a.key)
        .collect()
}

fn out_of_order(decision: &Decision) -> Vec<Name> {
    let (Outcome::Priced, Some(policy)) = (decision.outcome, decision.policy.as_ref()) else {
        return Vec::new();
    };
    let winner = |key: PolicyKey| {
        let parts = decision.trace.iter().flat_map(|trace| &trace.policy);
        parts.filter(|part| part.wins).find(|part| part.key == key).unwrap()
    };
    let above = |a: Option<commerce::Money>, b: Option<commerce::Money>| {
        a.zip(b).is_some_and(|(a, b)| a.minor() > b.minor())
    };
    let mut out = Vec::new();
    let mut hit = |key: PolicyKey, keys: &[PolicyKey]| {
        let rules = keys.iter().map(|&key| winner(key).winner.clone()).collect();
        out.push((FindingKind::Bands, rules, Some(key)));
    };
    if above(policy.decline_below, policy.escalate_at) {
        hit(PolicyKey::DeclineBelow, &[PolicyKey::DeclineBelow, PolicyKey::EscalateAt]);
    }
    if above(policy.escalate_at, policy.accept_at) {
        hit(PolicyKey::EscalateAt, &[PolicyKey::EscalateAt, PolicyKey::AcceptAt]);
    }
    if policy.target.is_some() && winner(PolicyKey::Target).price != policy.target {
        hit(PolicyKey::Target, &[PolicyKey::Target]);
    }
    out
}
