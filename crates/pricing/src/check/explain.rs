//! A finding as sentences for merchants, with product names and figures. Must never find anything
//! by itself: figures are those of the witness.

use commerce::{Money, grouped};

use super::findings::{FindingKind, Verdict};
use super::found::Found;
use super::ground::Ground;
use crate::facts::Facts;
use crate::index::Scratch;
use crate::rule::CustomerKind;
use crate::trace::PolicyKey;
use crate::words;

pub(super) fn sentences(ground: &Ground<'_>, found: &Found, witness: Option<&Facts>) -> String {
    let told = Told { ground, found, witness };
    let mut text = told.said();
    if found.verdict == Verdict::Undecided {
        text.push_str(
            " This is undecided: the rules overlap in more ways than were looked at, so it may \
             or may not happen.",
        );
    }
    text
}

struct Told<'a, 'g> {
    ground: &'a Ground<'g>,
    found: &'a Found,
    witness: Option<&'a Facts>,
}

impl Told<'_, '_> {
    fn said(&self) -> String {
        match self.found.kind {
            FindingKind::Contradiction => self.contradiction(),
            FindingKind::MissingCost => self.missing_cost(),
            FindingKind::BelowCost => self.below_cost(),
            FindingKind::Ambiguity => self.ambiguity(),
            FindingKind::Bands => self.bands(),
            FindingKind::Gap => self.gap(),
            FindingKind::Shadowed => format!(
                "All that {} sets is always set by rules that rank higher, so it never has a say.",
                self.rule(0)
            ),
            FindingKind::Redundant => self.redundant(),
            FindingKind::Duplicate => {
                format!(
                    "{} and {} say the same, so one of them is enough.",
                    self.rule(0),
                    self.rule(1)
                )
            }
            FindingKind::Unreachable => self.unreachable(),
        }
    }

    fn redundant(&self) -> String {
        let (weak, strict) = (self.rule(0), self.rule(1));
        let mut text = format!(
            "Wherever {weak} applies, {strict} applies too and is at least as strict, so the \
             guardrails of {weak} change no price."
        );
        let entries = self.found.rules.iter().map(|&rule| &self.ground.entries[rule]);
        let blocks = entries
            .map(|entry| entry.rule.needs_cost() && entry.products.meets(&self.ground.costless));
        if blocks.eq([true, false]) {
            text.push_str(" It still blocks sales of products whose cost is not known.");
        }
        text
    }

    fn rule(&self, at: usize) -> String {
        let rule = self.found.rules.get(at).map(|&rule| self.ground.entries[rule].rule);
        rule.map_or_else(String::new, |rule| format!("“{}”", rule.title()))
    }

    /// The witness's product by its name.
    fn product(&self) -> String {
        let at = self.found.at.as_ref().map(|(product, _)| *product);
        let listed = at.and_then(|at| self.ground.catalog?.products().get(at));
        match listed {
            Some(product) if product.title.is_empty() => product.sku.clone(),
            Some(product) => format!("{} ({})", product.title, product.sku),
            None => "a product".to_owned(),
        }
    }

    fn more(&self) -> String {
        match self.found.products {
            0 | 1 => String::new(),
            2 => " and 1 more product".to_owned(),
            products => format!(" and {} more products", grouped(products as u64 - 1, ',')),
        }
    }

    fn money(&self, minor: Option<i64>) -> String {
        let currency = self.ground.set.currency();
        let money = minor.and_then(|minor| Money::from_minor(minor, currency).ok());
        money.map_or_else(|| "no price".to_owned(), words::money)
    }

    /// One of the finding's rules, priced on the witness's product.
    fn figure(
        &self,
        at: usize,
        of: impl Fn(usize, super::figures::Figures) -> Option<i64>,
    ) -> String {
        let product = self.found.at.as_ref().map(|(product, _)| *product);
        let figures = product.and_then(|product| self.ground.figures.get(product));
        let rule = self.found.rules.get(at);
        self.money(rule.zip(figures).and_then(|(&rule, &figures)| of(rule, figures)))
    }

    fn floor(&self, at: usize) -> String {
        self.figure(at, |rule, figures| self.ground.entries[rule].floor.on(figures))
    }

    fn price(&self, at: usize, key: PolicyKey) -> String {
        self.figure(at, |rule, figures| self.ground.entries[rule].price(key, figures))
    }

    fn contradiction(&self) -> String {
        let ceiling = self.figure(1, |rule, figures| {
            self.ground.entries[rule].ceiling.as_ref().and_then(|price| price.on(figures))
        });
        let (product, more, floor) = (self.product(), self.more(), self.floor(0));
        let asks = if self.found.rules.first() == self.found.rules.last() {
            format!("{} asks for {floor} at least and for {ceiling} at most", self.rule(0))
        } else {
            format!(
                "{} asks for {floor} at least while {} asks for {ceiling} at most",
                self.rule(0),
                self.rule(1)
            )
        };
        format!("For {product}{more}, {asks}: no price satisfies both{}.", self.example())
    }

    fn missing_cost(&self) -> String {
        format!(
            "{} works with a margin, but the unit cost of {}{} is not known, so no price can be \
             given{}.",
            self.rule(0),
            self.product(),
            self.more(),
            self.example()
        )
    }

    fn below_cost(&self) -> String {
        if self.witness.is_none() {
            return format!(
                "The floor of {} may be the one that binds below the cost.",
                self.rule(0)
            );
        }
        let cost = self.figure(0, |_, figures| figures.cost);
        format!(
            "For {}{} the floor that binds is that of {}: {}, while a unit costs {cost}{}.",
            self.product(),
            self.more(),
            self.rule(0),
            self.floor(0),
            self.example()
        )
    }

    fn ambiguity(&self) -> String {
        let Some(key) = self.found.key else { return String::new() };
        let label = words::label(key);
        if self.witness.is_none() {
            return format!(
                "{} and {} rank the same and may set {label} differently.",
                self.rule(0),
                self.rule(1)
            );
        }
        let value = |at: usize| {
            let rule = self.ground.entries[self.found.rules[at]].rule;
            if key.term(&rule.policy).is_some() {
                self.price(at, key)
            } else {
                words::policy_value(key, &rule.policy).unwrap_or_default()
            }
        };
        format!(
            "{} and {} rank the same, and set {label} differently for {}{}: {} against {}{}. Only \
             the order of their ids decides.",
            self.rule(0),
            self.rule(1),
            self.product(),
            self.more(),
            value(0),
            value(1),
            self.example()
        )
    }

    fn bands(&self) -> String {
        let Some(witness) = self.witness else {
            return format!("The prices that {} settles may be out of order.", self.rule(0));
        };
        let decision = self.ground.index().decide(witness, &mut Scratch::default());
        let shown =
            |money: Option<Money>| money.map_or_else(|| "no price".to_owned(), words::money);
        let (product, more, example) = (self.product(), self.more(), self.example());
        match self.found.key {
            Some(PolicyKey::DeclineBelow) => format!(
                "For {product}{more}, offers below {} are declined ({}) although offers from {} \
                 are for staff to see ({}){example}.",
                self.price(0, PolicyKey::DeclineBelow),
                self.rule(0),
                self.price(1, PolicyKey::EscalateAt),
                self.rule(1)
            ),
            Some(PolicyKey::EscalateAt) => format!(
                "For {product}{more}, offers go to staff from {} on ({}) although {} is accepted \
                 at once ({}){example}.",
                self.price(0, PolicyKey::EscalateAt),
                self.rule(0),
                shown(decision.accept_at),
                self.rule(1)
            ),
            _ => {
                let settled = decision.target;
                let bound = if settled == decision.floor { "floor" } else { "ceiling" };
                format!(
                    "For {product}{more}, {} aims at {}, which the {bound} moves to {}{example}.",
                    self.rule(0),
                    self.price(0, PolicyKey::Target),
                    shown(settled)
                )
            }
        }
    }

    fn gap(&self) -> String {
        if self.witness.is_none() {
            return "There may be sales for which no rule gives a floor.".to_owned();
        }
        format!(
            "No rule gives a floor for {}{} in some sales, so there is no bargaining{}.",
            self.product(),
            self.more(),
            self.example()
        )
    }

    fn unreachable(&self) -> String {
        let rule = self.found.rules.first().map(|&rule| &self.ground.entries[rule]);
        let over = rule.is_some_and(|rule| rule.space.time.until <= self.ground.calendar.now());
        let empty = rule.is_some_and(|rule| rule.space.is_empty(&self.ground.calendar));
        let why = if over {
            "its window has ended"
        } else if empty {
            "its conditions cannot all be met from now on"
        } else {
            "no product of the catalogue is meant by it"
        };
        format!("{} never applies: {why}.", self.rule(0))
    }

    /// `, for example 6 units for a returning customer in vip from GB through web`.
    fn example(&self) -> String {
        let Some(facts) = self.witness else { return String::new() };
        let units = match facts.quantity {
            1 => "1 unit".to_owned(),
            quantity => format!("{quantity} units"),
        };
        let kind = match facts.customer {
            CustomerKind::New => "a new customer",
            CustomerKind::Returning => "a returning customer",
        };
        let segments: Vec<&str> = facts.segments.iter().map(String::as_str).collect();
        let segments = match segments.as_slice() {
            [] => String::new(),
            names => format!(" in {}", names.join(" and ")),
        };
        let (country, channel) = (&facts.country, &facts.channel);
        format!(", for example with {units} for {kind}{segments} from {country} through {channel}")
    }
}
