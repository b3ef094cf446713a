//! Proposed mends of a finding: rules to replace, add or remove, after which the finding is gone.
//! Must never promise that nothing else changes: the check is run again on what comes out.

use commerce::Money;
use rust_decimal::{Decimal, RoundingStrategy};

use super::CheckOptions;
use super::findings::{Finding, FindingKind};
use super::ground::Ground;
use crate::catalog::Catalog;
use crate::rule::{Guardrails, OneOf, Policy, Rule};
use crate::rule_set::RuleSet;
use crate::term::PriceTerm;
use crate::trace::PolicyKey;
use crate::words;

/// One way to make a finding go away.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, as on a button.
    pub label: String,
    /// Rules by id: as they would be, or `None` for one that goes. An id that the set does not
    /// have is that of a rule to add.
    pub edits: Vec<(String, Option<Rule>)>,
}

impl Fix {
    /// The rules after the fix; those to add come last.
    pub fn applied(&self, rules: &[Rule]) -> Vec<Rule> {
        let edit = |rule: &Rule| match self.edits.iter().find(|(id, _)| *id == rule.id) {
            Some((_, edited)) => edited.clone(),
            None => Some(rule.clone()),
        };
        let added = self.edits.iter().filter(|(id, _)| rules.iter().all(|rule| rule.id != *id));
        let added = added.filter_map(|(_, rule)| rule.clone());
        rules.iter().filter_map(edit).chain(added).collect()
    }
}

/// Categories, products and figures come from the same catalogue as the finding's. Empty where no
/// change of the finding's own rules would surely mend it.
pub fn fixes(
    set: &RuleSet,
    catalog: Option<&Catalog>,
    options: &CheckOptions,
    finding: &Finding,
) -> Vec<Fix> {
    let rules: Vec<&Rule> = finding.rules.iter().filter_map(|id| set.rule(id)).collect();
    match (finding.kind, rules.as_slice()) {
        (FindingKind::Contradiction, &[floor, ceiling]) => {
            contradiction(set, catalog.map(|catalog| (catalog, options)), floor, ceiling)
        }
        (FindingKind::MissingCost, &[rule]) => {
            catalog.and_then(|catalog| without_costless(catalog, rule)).into_iter().collect()
        }
        (FindingKind::BelowCost, &[rule]) => {
            catalog.and_then(|catalog| to_cost(catalog, rule)).into_iter().collect()
        }
        (FindingKind::Ambiguity, &[one, two]) => ambiguity(one, two, finding.key),
        (FindingKind::Bands, &[one, ..]) => bands(set, one, rules.get(1).copied(), finding.key),
        (FindingKind::Gap, []) => vec![catch_all(set)],
        (FindingKind::Shadowed, &[rule]) => vec![remove(rule), on_top(set, rule)],
        (FindingKind::Redundant, &[rule, _]) if rule.policy == Policy::default() => {
            vec![remove(rule)]
        }
        (FindingKind::Redundant, &[rule, _]) => {
            let label = format!("Drop the guardrails of “{}”", rule.title());
            vec![edited(rule, label, |rule| rule.guardrails = Guardrails::default())]
        }
        (FindingKind::Duplicate, &[_, rule]) | (FindingKind::Unreachable, &[rule]) => {
            vec![remove(rule)]
        }
        _ => Vec::new(),
    }
}

fn edited(rule: &Rule, label: String, change: impl FnOnce(&mut Rule)) -> Fix {
    let mut changed = rule.clone();
    change(&mut changed);
    Fix { label, edits: vec![(rule.id.clone(), Some(changed))] }
}

fn remove(rule: &Rule) -> Fix {
    Fix { label: format!("Remove “{}”", rule.title()), edits: vec![(rule.id.clone(), None)] }
}

fn contradiction(
    set: &RuleSet,
    asked: Option<(&Catalog, &CheckOptions)>,
    floor: &Rule,
    ceiling: &Rule,
) -> Vec<Fix> {
    let mut out = Vec::new();
    let two = [floor.clone(), ceiling.clone()];
    let alone = RuleSet::new(
        set.currency(),
        set.timezone_name(),
        &two[..1 + usize::from(floor.id != ceiling.id)],
    );
    if let (Some((catalog, options)), Ok(alone)) = (asked, alone) {
        let ground = Ground::new(&alone, Some(catalog), options);
        let both = Both::of(&ground, floor, ceiling);
        out.extend(both.as_ref().and_then(|both| both.raised(ceiling)));
        out.extend(both.as_ref().and_then(|both| both.lowered(floor)));
    }
    let label = format!("Drop the ceiling of “{}”", ceiling.title());
    out.push(edited(ceiling, label, |rule| rule.guardrails.ceiling = None));
    out
}

/// Two rules on the products that they share: list price, floor and ceiling of each.
struct Both {
    prices: Vec<(i64, i64, i64)>,
    zero: Money,
}

impl Both {
    fn of(ground: &Ground<'_>, floor: &Rule, ceiling: &Rule) -> Option<Self> {
        let entry = |id: &str| ground.entries.iter().find(|entry| entry.rule.id == id);
        let (low, high) = (entry(&floor.id)?, entry(&ceiling.id)?);
        let prices = low.products.and(&high.products);
        let prices = prices.iter().filter_map(|product| {
            let figures = ground.figures[product];
            Some((figures.list, low.floor.on(figures)?, high.ceiling.as_ref()?.on(figures)?))
        });
        Some(Self { prices: prices.collect(), zero: Money::zero(ground.set.currency()) })
    }

    /// The ceiling as high as the highest floor.
    fn raised(&self, ceiling: &Rule) -> Option<Fix> {
        let term = match ceiling.guardrails.ceiling? {
            PriceTerm::Amount(_) => {
                self.amount(self.prices.iter().map(|&(_, low, _)| low).max()?)?
            }
            PriceTerm::OfList(rate) => {
                let shares = self.prices.iter().map(|&(list, low, high)| {
                    if low <= high {
                        Some(rate)
                    } else {
                        share(low, list, RoundingStrategy::ToPositiveInfinity)
                    }
                });
                PriceTerm::OfList(shares.collect::<Option<Vec<_>>>()?.into_iter().max()?)
            }
            PriceTerm::Margin(_) => return None,
        };
        let label = format!("Raise the ceiling of “{}” to {}", ceiling.title(), words::term(term));
        Some(edited(ceiling, label, |rule| rule.guardrails.ceiling = Some(term)))
    }

    /// The floor as low as the lowest ceiling; its greatest discount stays, so it must be lower.
    fn lowered(&self, floor: &Rule) -> Option<Fix> {
        if floor.guardrails.max_discount.is_some() {
            return None;
        }
        let term = match floor.guardrails.floor? {
            PriceTerm::Amount(_) => {
                self.amount(self.prices.iter().map(|&(_, _, high)| high).min()?)?
            }
            PriceTerm::OfList(rate) => {
                let shares = self.prices.iter().map(|&(list, low, high)| {
                    if low <= high {
                        Some(rate)
                    } else {
                        share(high, list, RoundingStrategy::ToZero)
                    }
                });
                PriceTerm::OfList(shares.collect::<Option<Vec<_>>>()?.into_iter().min()?)
            }
            PriceTerm::Margin(_) => return None,
        };
        let label = format!("Lower the floor of “{}” to {}", floor.title(), words::term(term));
        Some(edited(floor, label, |rule| rule.guardrails.floor = Some(term)))
    }

    fn amount(&self, minor: i64) -> Option<PriceTerm> {
        Money::from_minor(minor, self.zero.currency()).ok().map(PriceTerm::Amount)
    }
}

/// A price as a share of the list price, to four places.
fn share(price: i64, list: i64, rounding: RoundingStrategy) -> Option<Decimal> {
    let exact = Decimal::from(price).checked_div(Decimal::from(list))?;
    let share = exact.round_dp_with_strategy(4, rounding).normalize();
    // the division itself may have lost the last of its digits
    let product = share.checked_mul(Decimal::from(list))?;
    let kept = match rounding {
        RoundingStrategy::ToZero => product <= Decimal::from(price),
        _ => product >= Decimal::from(price),
    };
    (kept && !share.is_sign_negative()).then_some(share)
}

/// Takes every product without a cost out of the rule.
fn without_costless(catalog: &Catalog, rule: &Rule) -> Option<Fix> {
    let costless = catalog.products().iter().filter(|product| product.unit_cost.is_none());
    let mut product = rule.when.product.clone().unwrap_or_default();
    let named =
        |set: &OneOf<String>, sku: &String| set.any_of.as_ref().is_none_or(|any| any.contains(sku));
    let skus: Vec<String> =
        costless.map(|p| p.sku.clone()).filter(|sku| named(&product, sku)).collect();
    if skus.len() > crate::json::ENTRIES_MAX - product.none_of.len().min(crate::json::ENTRIES_MAX) {
        return None;
    }
    product.none_of.extend(skus);
    let label = format!("Leave products without a cost out of “{}”", rule.title());
    Some(edited(rule, label, |rule| rule.when.product = Some(product)))
}

/// The floor at no less than the cost. Where some costs are not known a margin would block these
/// sales, and a share of the list price that is enough everywhere is asked for instead.
fn to_cost(catalog: &Catalog, rule: &Rule) -> Option<Fix> {
    let products = catalog.products();
    if products.iter().all(|product| product.unit_cost.is_some()) {
        let label = format!("Raise the floor of “{}” to the unit cost", rule.title());
        let cost = PriceTerm::Margin(Decimal::ZERO);
        return Some(edited(rule, label, |rule| rule.guardrails.floor = Some(cost)));
    }
    let known = products.iter().filter_map(|p| Some((p.unit_cost?.minor(), p.list_price.minor())));
    let shares = known
        .filter(|&(cost, _)| cost > 0)
        .map(|(cost, list)| share(cost, list, RoundingStrategy::ToPositiveInfinity));
    let least = PriceTerm::OfList(shares.collect::<Option<Vec<_>>>()?.into_iter().max()?);
    let label = format!("Raise the floor of “{}” to {}", rule.title(), words::term(least));
    Some(edited(rule, label, |rule| rule.guardrails.floor = Some(least)))
}

fn ambiguity(one: &Rule, two: &Rule, key: Option<PolicyKey>) -> Vec<Fix> {
    let first = |rule: &Rule| {
        let label = format!("Put “{}” first", rule.title());
        let up = rule.priority.checked_add(1).filter(|&up| up <= crate::json::INTEGER_MAX)?;
        Some(edited(rule, label, |rule| rule.priority = up))
    };
    let mut out: Vec<Fix> = [first(one), first(two)].into_iter().flatten().collect();
    if let Some(key) = key {
        let value = words::policy_value(key, &one.policy).unwrap_or_default();
        let label = format!("Let “{}” set {} to {value} too", two.title(), words::label(key));
        out.push(edited(two, label, |rule| copy(key, &one.policy, &mut rule.policy)));
    }
    out
}

fn bands(set: &RuleSet, one: &Rule, two: Option<&Rule>, key: Option<PolicyKey>) -> Vec<Fix> {
    let Some(key) = key else { return Vec::new() };
    let mut out = Vec::new();
    let upper = match key {
        PolicyKey::DeclineBelow => Some(PolicyKey::EscalateAt),
        // a ceiling may hold down what is accepted, and no term can follow it
        PolicyKey::EscalateAt
            if set.rules().iter().all(|rule| rule.guardrails.ceiling.is_none()) =>
        {
            Some(PolicyKey::AcceptAt)
        }
        _ => None,
    };
    if let (Some(term), Some(two)) = (upper.and_then(|upper| upper.term(&two?.policy)), two) {
        let (title, label) = (one.title(), words::label(key));
        let label = format!(
            "Lower {label} (“{title}”) to that of “{}”: {}",
            two.title(),
            words::term(term)
        );
        out.push(edited(one, label, |rule| set_term(key, &mut rule.policy, Some(term))));
    }
    let label = format!("Let “{}” not set {}", one.title(), words::label(key));
    out.push(edited(one, label, |rule| set_term(key, &mut rule.policy, None)));
    out
}

fn set_term(key: PolicyKey, policy: &mut Policy, term: Option<PriceTerm>) {
    match key {
        PolicyKey::Target => policy.target = term,
        PolicyKey::AcceptAt => policy.accept_at = term,
        PolicyKey::DeclineBelow => policy.decline_below = term,
        PolicyKey::EscalateAt => policy.escalate_at = term,
        _ => {}
    }
}

fn copy(key: PolicyKey, from: &Policy, to: &mut Policy) {
    match key {
        PolicyKey::MaxRounds => to.max_rounds = from.max_rounds,
        PolicyKey::Concession => to.concession = from.concession,
        PolicyKey::DealValid => to.deal_valid.clone_from(&from.deal_valid),
        PolicyKey::Sweeteners => to.sweeteners.clone_from(&from.sweeteners),
        PolicyKey::CombineWith => to.combine_with.clone_from(&from.combine_with),
        price => set_term(price, to, price.term(from)),
    }
}

/// A floor for everything that has none yet.
fn catch_all(set: &RuleSet) -> Fix {
    let id = (1..)
        .map(
            |number| {
                if number == 1 { "everything".to_owned() } else { format!("everything-{number}") }
            },
        )
        .find(|id| set.rule(id).is_none())
        .unwrap_or_default();
    let part = Decimal::new(25, 2);
    let rule = Rule {
        name: Some("Everything".to_owned()),
        guardrails: Guardrails { max_discount: Some(part), ..Guardrails::default() },
        ..Rule::new(&id)
    };
    let label = "Add a rule that gives at most 25 % off anything".to_owned();
    Fix { label, edits: vec![(id, Some(rule))] }
}

/// Above every rule that sets a key which this one sets.
fn on_top(set: &RuleSet, rule: &Rule) -> Fix {
    let keys: Vec<PolicyKey> =
        PolicyKey::ALL.into_iter().filter(|key| key.is_set(&rule.policy)).collect();
    let rivals =
        set.rules().iter().filter(|other| keys.iter().any(|key| key.is_set(&other.policy)));
    let most = rivals.map(|other| other.priority).max().unwrap_or(rule.priority);
    let label = format!("Put “{}” first", rule.title());
    edited(rule, label, |rule| rule.priority = most.saturating_add(1).min(crate::json::INTEGER_MAX))
}
