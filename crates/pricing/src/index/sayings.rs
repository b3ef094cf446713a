//! What the matched rules come to together. At one list price and one cost the greatest of many
//! `of_list` floors is the one of the greatest rate, and so for margins and amounts: each kind of
//! guardrail is ranked once, best first, and a decision takes the least rank of the matched rules
//! in each lane. Terms are worked out for the winners alone, exactly.

use commerce::money::MINOR_MAX;
use commerce::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::bitmaps::index;
use super::lanes::{LANES, Lanes, Table, UNSAID};
use super::quote::{Quote, Winners};
use crate::decision::Reason;
use crate::rule::Rule;
use crate::rule_set::RuleSet;
use crate::term::PriceTerm;
use crate::trace::PolicyKey;

const KEYS: usize = PolicyKey::ALL.len();
/// The policy keys that are prices come first among the lanes, as in [`PolicyKey::ALL`].
const PRICES: usize = 4;
/// Amounts, shares of the list price and margins, as floors and then as ceilings.
const GUARDRAILS: usize = 6;
const FLOORS: usize = 3;
const NEEDS_COST: usize = KEYS + GUARDRAILS;
/// Among a rule's policy prices: not set.
const NO_TERM: u32 = u32::MAX;

/// A term that a winner may need worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Term {
    Amount(i64),
    /// List price × numerator / denominator.
    OfList(u64, u64),
    /// Unit cost × numerator / denominator.
    OfCost(u64, u64),
    /// Of so many digits that 64 bits do not hold it.
    Wide(PriceTerm),
}

impl Term {
    fn new(term: PriceTerm) -> Self {
        let fraction = |rate: Decimal| {
            let rate = rate.normalize();
            Some((rate.mantissa(), 10_i128.checked_pow(rate.scale())?))
        };
        let ratio = |numerator: i128, denominator: i128| {
            let common = common_divisor(numerator, denominator).max(1);
            let numerator = u64::try_from(numerator / common).ok()?;
            Some((numerator, u64::try_from(denominator / common).ok().filter(|&d| d > 0)?))
        };
        let exact = match term {
            PriceTerm::Amount(money) => return Self::Amount(money.minor()),
            PriceTerm::OfList(rate) => fraction(rate)
                .and_then(|(numerator, denominator)| ratio(numerator, denominator))
                .map(|(numerator, denominator)| Self::OfList(numerator, denominator)),
            PriceTerm::Margin(margin) => fraction(margin)
                .and_then(|(part, whole)| ratio(whole, whole.checked_sub(part)?))
                .map(|(numerator, denominator)| Self::OfCost(numerator, denominator)),
        };
        exact.unwrap_or(Self::Wide(term))
    }

    /// As [`PriceTerm::price`]; the cost is only looked at where it is known.
    #[inline]
    fn price(self, prices: &Prices, rounding: Rounding) -> i64 {
        let (minor, numerator, denominator) = match self {
            Self::Amount(minor) => return minor,
            Self::OfList(numerator, denominator) => (prices.list, numerator, denominator),
            Self::OfCost(numerator, denominator) => (prices.cost, numerator, denominator),
            Self::Wide(term) => return prices.wide(term, rounding),
        };
        let Some(product) = minor.checked_mul(numerator) else {
            return wide_ratio(minor, numerator, denominator, rounding);
        };
        let (quotient, rest) = (product / denominator, product % denominator);
        let up = match rounding {
            Rounding::Up => rest > 0,
            Rounding::Down => false,
            Rounding::HalfUp => rest >= denominator - rest,
        };
        within(u128::from(quotient) + u128::from(up))
    }
}

fn wide_ratio(minor: u64, numerator: u64, denominator: u64, rounding: Rounding) -> i64 {
    let product = u128::from(minor) * u128::from(numerator);
    let denominator = u128::from(denominator);
    let (quotient, rest) = (product / denominator, product % denominator);
    let up = match rounding {
        Rounding::Up => rest > 0,
        Rounding::Down => false,
        Rounding::HalfUp => rest >= denominator - rest,
    };
    within(quotient + u128::from(up))
}

/// Beyond the range of money the largest amount stands for "more than any".
fn within(minor: u128) -> i64 {
    i64::try_from(minor).unwrap_or(MINOR_MAX).min(MINOR_MAX)
}

fn common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The prices of one decision, zero or more, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Prices {
    list: u64,
    /// Zero where it is not known.
    cost: u64,
    cost_known: bool,
    currency: Currency,
}

impl Prices {
    /// `None` when a price is in another currency than the rule set's.
    pub(super) fn of(currency: Currency, list: Money, cost: Option<Money>) -> Option<Self> {
        let same = |money: Money| money.currency() == currency;
        let minor = |money: Money| u64::try_from(money.minor()).unwrap_or(0);
        (same(list) && cost.is_none_or(same)).then(|| Self {
            list: minor(list),
            cost: cost.map_or(0, minor),
            cost_known: cost.is_some(),
            currency,
        })
    }

    fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.currency).unwrap_or(Money::zero(self.currency))
    }

    fn wide(&self, term: PriceTerm, rounding: Rounding) -> i64 {
        let money = |minor: u64| self.money(i64::try_from(minor).unwrap_or(MINOR_MAX));
        let price = term.price(money(self.list), Some(money(self.cost)), rounding);
        price.map_or(0, Money::minor)
    }
}

/// What all rules say, ranked.
#[derive(Debug)]
pub(super) struct Sayings {
    lanes: Table,
    /// For floors and ceilings, by amount, share of the list price, and margin: terms, best first.
    guardrails: [Vec<Term>; GUARDRAILS],
    /// By the rules' rank: which of `terms` its policy's prices are.
    prices: Vec<[u32; PRICES]>,
    terms: Vec<Term>,
    /// By the rules' rank: their place in the document.
    documented: Vec<u32>,
}

impl Sayings {
    /// `entries` are the rules' ranks by their place in the index.
    pub(super) fn compile(set: &RuleSet, entries: &[u32]) -> Self {
        let rules: Vec<&Rule> = set.ranked().collect();
        let mut lanes = vec![[UNSAID; LANES]; rules.len()];
        let mut prices = vec![[NO_TERM; PRICES]; rules.len()];
        let mut terms = Vec::new();
        let mut known: FxHashMap<Term, u32> = FxHashMap::default();
        for (rank, rule) in rules.iter().enumerate() {
            for (lane, key) in PolicyKey::ALL.into_iter().enumerate() {
                if key.is_set(&rule.policy) {
                    lanes[rank][lane] = place(rank);
                }
                let term = key.term(&rule.policy).map(Term::new);
                if let (Some(term), Some(price)) = (term, prices[rank].get_mut(lane)) {
                    *price = *known.entry(term).or_insert_with(|| {
                        terms.push(term);
                        index(terms.len() - 1)
                    });
                }
            }
            if rule.needs_cost() {
                lanes[rank][NEEDS_COST] = 0;
            }
        }
        terms.shrink_to_fit();
        let guardrails = std::array::from_fn(|kind| {
            let mut said = said(&rules, kind);
            let by_size =
                |a: &(usize, PriceTerm), b: &(usize, PriceTerm)| size(a.1).cmp(&size(b.1));
            if kind < FLOORS {
                said.sort_by(|a, b| by_size(b, a));
            } else {
                said.sort_by(by_size);
            }
            let mut terms = Vec::new();
            for equal in said.chunk_by(|a, b| by_size(a, b).is_eq()) {
                for &(rank, _) in equal {
                    let lane = &mut lanes[rank][KEYS + kind];
                    *lane = (*lane).min(place(terms.len()));
                }
                terms.extend(equal.first().map(|&(_, term)| Term::new(term)));
            }
            terms.shrink_to_fit();
            terms
        });
        let documented = set.ranking().iter().map(|&place| index(place)).collect();
        let lanes = Table::new(entries.iter().map(|&rank| lanes[rank as usize]));
        Self { lanes, guardrails, prices, terms, documented }
    }

    /// What these entries of the index come to together.
    #[inline]
    pub(super) fn quote(&self, entries: &[u32], prices: &Prices) -> Quote {
        self.settle(&self.lanes.least(entries), prices)
    }

    /// The place in the document of the rule of this rank.
    pub(super) fn documented(&self, rank: u32) -> usize {
        self.documented[rank as usize] as usize
    }

    /// The decision from the best of the matched rules in each lane.
    fn settle(&self, best: &Lanes, prices: &Prices) -> Quote {
        if !prices.cost_known && best[NEEDS_COST] != UNSAID {
            return Quote::blocked(Reason::MissingCost);
        }
        let bound = |kind: usize, rounding| {
            let place = usize::try_from(best[KEYS + kind]).ok()?;
            self.guardrails[kind].get(place).map(|term| term.price(prices, rounding))
        };
        let floor = (0..FLOORS).filter_map(|kind| bound(kind, Rounding::Up)).max();
        let ceiling = (FLOORS..GUARDRAILS).filter_map(|kind| bound(kind, Rounding::Down)).min();
        let Some(floor) = floor else { return Quote::blocked(Reason::NoFloor) };
        if ceiling.is_some_and(|ceiling| floor > ceiling) {
            return Quote::blocked(Reason::Contradiction);
        }
        let price = |lane: usize| {
            let rank = usize::try_from(best[lane]).ok()?;
            let term = self.terms.get(*self.prices.get(rank)?.get(lane)? as usize)?;
            Some(term.price(prices, Rounding::HalfUp))
        };
        let clamped = |minor: i64| minor.max(floor).min(ceiling.unwrap_or(MINOR_MAX));
        let money = |minor: i64| prices.money(minor);
        Quote {
            reason: None,
            floor: Some(money(floor)),
            ceiling: ceiling.map(money),
            target: price(0).map(clamped).map(money),
            accept_at: price(1).map(clamped).map(money),
            decline_below: price(2).map(money),
            escalate_at: price(3).map(money),
            winners: Winners(std::array::from_fn(|lane| {
                let rank = usize::try_from(best[lane]).unwrap_or(usize::MAX);
                self.documented.get(rank).copied().unwrap_or(Winners::NONE)
            })),
        }
    }

    /// Bytes that it holds on the heap.
    pub(super) fn bytes(&self) -> usize {
        self.lanes.bytes()
            + self.guardrails.iter().map(Vec::capacity).sum::<usize>() * size_of::<Term>()
            + self.prices.capacity() * size_of::<[u32; PRICES]>()
            + self.terms.capacity() * size_of::<Term>()
            + self.documented.capacity() * size_of::<u32>()
    }
}

/// The guardrails of one kind that rules set, with the rules' ranks.
fn said(rules: &[&Rule], kind: usize) -> Vec<(usize, PriceTerm)> {
    let of_rule = |(rank, rule): (usize, &&Rule)| {
        let guardrails = &rule.guardrails;
        let terms = if kind < FLOORS {
            let discount = guardrails.max_discount.map(|part| PriceTerm::OfList(kept(part)));
            [guardrails.floor, discount]
        } else {
            [guardrails.ceiling, None]
        };
        terms.map(|term| term.map(|term| (rank, term)))
    };
    let all = rules.iter().enumerate().flat_map(of_rule).flatten();
    all.filter(|&(_, term)| kind_of(term) == kind % FLOORS).collect()
}

/// A rank as a lane holds it: there are far fewer rules than 2^31.
fn place(rank: usize) -> i32 {
    i32::try_from(rank).unwrap_or(UNSAID)
}

/// What is left of the list price at the greatest discount, as [`crate::term::discounted`].
fn kept(max_discount: Decimal) -> Decimal {
    Decimal::ONE.checked_sub(max_discount).unwrap_or_default()
}

fn kind_of(term: PriceTerm) -> usize {
    match term {
        PriceTerm::Amount(_) => 0,
        PriceTerm::OfList(_) => 1,
        PriceTerm::Margin(_) => 2,
    }
}

/// What terms of one kind are compared by: the greater, the greater the price.
fn size(term: PriceTerm) -> Decimal {
    match term {
        PriceTerm::Amount(money) => Decimal::from(money.minor()),
        PriceTerm::OfList(rate) => rate,
        PriceTerm::Margin(margin) => margin,
    }
}
