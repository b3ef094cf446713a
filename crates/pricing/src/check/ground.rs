//! A rule set and a catalogue made ready to be checked: each rule as a box in the space of facts
//! on a set of products, each price term as arithmetic on these. Must never judge.

use std::collections::HashMap;
use std::sync::OnceLock;

use commerce::Money;
use jiff::Timestamp;

use super::CheckOptions;
use super::bits::Bits;
use super::calendar::{Calendar, EVERY_DAY, Hours, Time, all_hours};
use super::choices::UNHEARD;
use super::figures::{Figures, Floor, Price, Tables};
use super::groups::Groups;
use super::names::{Ids, Interner, Names};
use super::near::Near;
use super::segments::Segs;
use super::space::{
    CATEGORY, CHANNEL, COUNTRY, EVERY_CUSTOMER, INTENT, LIST_PRICE, PRODUCT, QUANTITY, STOCK,
    Space, Span,
};
use super::threads;
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::index::Index;
use crate::json::INTEGER_MAX;
use crate::rule::{CustomerKind, OneOf, Range, Rule, TimeOfDay, When};
use crate::rule_set::{InstantWindow, RuleSet};
use crate::trace::PolicyKey;

/// One rule, ready to be held against others.
pub(super) struct Entry<'a> {
    pub(super) rule: &'a Rule,
    /// Priority and specificity: what "ranks higher" compares.
    pub(super) rank: (i64, u32),
    /// Where it stands in the order of decisions, 0 first.
    pub(super) place: usize,
    /// The products that it matches at some facts; none when it is unreachable.
    pub(super) products: Bits,
    pub(super) space: Space,
    pub(super) floor: Floor,
    pub(super) ceiling: Option<Price>,
    prices: [Option<Price>; 4],
    /// A bit for each policy key that it sets.
    keys: u16,
}

impl Entry<'_> {
    fn prices_mut(&mut self) -> impl Iterator<Item = &mut Price> {
        let guardrails = [&mut self.floor.floor, &mut self.floor.discount, &mut self.ceiling];
        guardrails.into_iter().chain(&mut self.prices).flatten()
    }

    pub(super) fn reachable(&self) -> bool {
        !self.products.is_empty()
    }

    pub(super) fn sets(&self, key: PolicyKey) -> bool {
        self.keys >> (key as u16) & 1 == 1
    }

    /// The price of a policy key on a product, rounded, not clamped.
    pub(super) fn price(&self, key: PolicyKey, figures: Figures) -> Option<i64> {
        self.prices.get(key as usize)?.as_ref()?.on(figures)
    }

    /// The price term of a policy key that is a price, where the rule sets it.
    pub(super) fn term(&self, key: PolicyKey) -> Option<&Price> {
        self.prices.get(key as usize)?.as_ref()
    }
}

pub(super) struct Ground<'a> {
    pub(super) set: &'a RuleSet,
    pub(super) catalog: Option<&'a Catalog>,
    pub(super) options: &'a CheckOptions,
    pub(super) calendar: Calendar,
    /// By id.
    pub(super) entries: Vec<Entry<'a>>,
    /// How many products; one that stands for any where there is no catalogue.
    pub(super) products: usize,
    pub(super) figures: Vec<Figures>,
    pub(super) tables: Tables,
    /// The products whose cost is not known.
    pub(super) costless: Bits,
    pub(super) near: Near,
    pub(super) groups: Groups,
    named: [Interner<'a>; 4],
    segments: Interner<'a>,
    index: OnceLock<Index>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        set: &'a RuleSet,
        catalog: Option<&'a Catalog>,
        options: &'a CheckOptions,
    ) -> Self {
        let ends = set.ranked_with_windows().flat_map(|(_, window)| [window.from, window.until]);
        let calendar = Calendar::new(set.timezone(), options.now, ends.flatten().max());
        let products = catalog.map_or(1, Catalog::len);
        let listed = catalog.map_or(&[][..], Catalog::products);
        let figures = listed.iter().enumerate().map(|(at, product)| Figures {
            at,
            list: product.list_price.minor(),
            cost: product.unit_cost.map(Money::minor),
            currency: set.currency(),
        });
        let costless = (0..listed.len()).filter(|&at| listed[at].unit_cost.is_none());
        let mut ground = Self {
            set,
            catalog,
            options,
            calendar,
            entries: Vec::with_capacity(set.rules().len()),
            products,
            figures: figures.collect(),
            tables: Tables::default(),
            costless: Bits::of(products, costless),
            near: Near::default(),
            groups: Groups::default(),
            named: Default::default(),
            segments: Interner::default(),
            index: OnceLock::new(),
        };
        let shelves = catalog.map(Shelves::new);
        if catalog.is_none() {
            let categories = set.rules().iter().filter_map(|rule| rule.when.category.as_ref());
            for path in categories.flat_map(|set| set.any_of.iter().flatten().chain(&set.none_of)) {
                ground.named[CATEGORY].id(path);
            }
        }
        for (place, (rule, window)) in set.ranked_with_windows().enumerate() {
            let space = ground.space(&rule.when, window);
            let mut products = match &shelves {
                Some(shelves) => shelves.products(&rule.when),
                None => Bits::all(1),
            };
            if space.is_empty(&ground.calendar) {
                products = Bits::none(ground.products);
            }
            ground.entries.push(entry(rule, place, products, space));
        }
        ground.entries.sort_by(|a, b| a.rule.id.cmp(&b.rule.id));
        ground.tables = Tables::new(ground.figures.clone());
        for entry in &mut ground.entries {
            entry.prices_mut().for_each(|price| ground.tables.serve(price));
        }
        ground.tables.finish();
        let (entries, threads) = (&ground.entries, options.threads);
        let near = || Near::new(entries, ground.products, &ground.calendar, threads);
        // compiled ahead: asked for late, it would be waited for
        (ground.near, _) = threads::both(threads, near, || {
            ground.index();
        });
        ground.groups = Groups::new(&ground.entries);
        ground
    }

    /// The rule set compiled, to decide on many witnesses.
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.set))
    }

    /// All facts there could be.
    pub(super) fn everything(&self) -> Space {
        let number = |lo, hi, absent| Span { lo, hi, absent };
        Space {
            named: Default::default(),
            numbered: [
                number(1, INTEGER_MAX, false),
                number(0, INTEGER_MAX, true),
                number(0, 100, true),
                number(0, INTEGER_MAX, false),
            ],
            customers: EVERY_CUSTOMER,
            segments: Segs::default(),
            time: Time::whole(&self.calendar),
            told: 0,
        }
    }

    fn space(&mut self, when: &'a When, window: &InstantWindow) -> Space {
        let mut space = self.everything();
        let without_catalog = self.catalog.is_none();
        for (at, condition) in [
            (CHANNEL, when.channel.as_ref()),
            (COUNTRY, when.country.as_ref()),
            (PRODUCT, when.product.as_ref().filter(|_| without_catalog)),
        ] {
            if let Some(condition) = condition {
                space.named[at] = names(&mut self.named[at], condition);
            }
        }
        if let Some(condition) = when.category.as_ref().filter(|_| without_catalog) {
            space.named[CATEGORY] = paths(&self.named[CATEGORY], condition);
        }
        let list_price = when.list_price.filter(|_| without_catalog).map(minor);
        for (at, range) in [
            (QUANTITY, when.quantity),
            (STOCK, when.stock),
            (INTENT, when.intent),
            (LIST_PRICE, list_price),
        ] {
            if let Some(range) = range {
                narrow(&mut space.numbered[at], range);
            }
        }
        if let Some(condition) = &when.customer {
            space.customers = mask(condition, &CustomerKind::ALL);
        }
        if let Some(condition) = &when.segment {
            let any = condition.any_of.as_ref().map(|names| self.segments.set(names));
            space.segments = Segs {
                there: self.segments.set(&condition.all_of),
                absent: self.segments.set(&condition.none_of),
                any: any.into_iter().collect(),
            };
        }
        space.time.days = when
            .weekday
            .as_ref()
            .map_or(EVERY_DAY, |condition| mask(condition, &crate::rule::Weekday::ALL));
        space.time.hours = when.time.map_or_else(all_hours, hours);
        let second = |at: Option<Timestamp>| at.map(Timestamp::as_second);
        space.time.from = second(window.from).map_or(space.time.from, |at| at.max(space.time.from));
        space.time.until =
            second(window.until).map_or(space.time.until, |at| at.min(space.time.until));
        space.tell(&self.everything());
        space
    }

    /// Complete facts: a point of the box, on the product.
    pub(super) fn facts(&self, product: usize, space: &Space) -> Facts {
        let named = |at: usize, usual: &[&str]| self.pick(at, &space.named[at], usual);
        let listed = self.catalog.and_then(|catalog| catalog.products().get(product));
        let number = |at: usize| {
            let span = space.numbered[at];
            (span.lo <= span.hi).then_some(span.lo)
        };
        // the catalogue's stock where the box leaves it open
        let stock = space.numbered[STOCK];
        let stock = match listed.map(|product| product.stock) {
            Some(None) if stock.absent => None,
            Some(Some(known)) if stock.lo <= known && known <= stock.hi => Some(known),
            _ => number(STOCK),
        };
        let money = |minor: i64| {
            Money::from_minor(minor, self.set.currency())
                .unwrap_or(Money::zero(self.set.currency()))
        };
        let prices = space.numbered[LIST_PRICE];
        let usual_price = || 100.clamp(prices.lo, prices.hi.max(prices.lo));
        let customer = if space.customers & 1 == 1 { 0 } else { 1 };
        let segments = space.segments.sample();
        let at = self.calendar.first(&space.time).unwrap_or(space.time.from);
        Facts {
            product: listed.map_or_else(|| named(PRODUCT, &["any"]), |p| p.sku.clone()),
            category: listed.map_or_else(|| named(CATEGORY, &["any"]), |p| p.category.clone()),
            segments: segments.iter().map(|&id| self.segments.name(id).to_owned()).collect(),
            channel: named(CHANNEL, &["web", "shop", "phone"]),
            country: named(COUNTRY, &["GB", "DE", "FR", "US", "JP"]),
            customer: CustomerKind::ALL[customer],
            quantity: number(QUANTITY).unwrap_or(1),
            list_price: listed.map_or_else(|| money(usual_price()), |p| p.list_price),
            unit_cost: match listed {
                Some(product) => product.unit_cost,
                None => Some(money(0)),
            },
            stock,
            intent: number(INTENT),
            at: self.calendar.instant(at),
        }
    }

    /// A usual name that is in, else one that the box gives, else one that no rule mentions.
    fn pick(&self, at: usize, names: &Names, usual: &[&str]) -> String {
        let interner = &self.named[at];
        let unheard = Names::Only(Ids::from([UNHEARD]));
        let names = if *names == unheard { &Names::Except(interner.every()) } else { names };
        if let Some(name) = usual.iter().find(|name| names.has(interner.get(name))) {
            return (*name).to_owned();
        }
        match names {
            Names::Only(ids) => {
                ids.first().map_or_else(String::new, |&id| interner.name(id).to_owned())
            }
            Names::Except(_) => (1..)
                .map(|number| format!("other-{number}"))
                .find(|name| interner.get(name).is_none())
                .unwrap_or_default(),
        }
    }
}

fn entry(rule: &Rule, place: usize, products: Bits, space: Space) -> Entry<'_> {
    use commerce::Rounding::{Down, HalfUp, Up};
    let guardrails = &rule.guardrails;
    let price = |key: PolicyKey| key.term(&rule.policy).map(|term| Price::term(term, HalfUp));
    let keys = PolicyKey::ALL.iter().filter(|key| key.is_set(&rule.policy));
    Entry {
        rule,
        rank: (rule.priority, rule.when.dimensions()),
        place,
        products,
        space,
        floor: Floor {
            floor: guardrails.floor.map(|term| Price::term(term, Up)),
            discount: guardrails.max_discount.map(Price::discount),
        },
        ceiling: guardrails.ceiling.map(|term| Price::term(term, Down)),
        prices: [
            price(PolicyKey::Target),
            price(PolicyKey::AcceptAt),
            price(PolicyKey::DeclineBelow),
            price(PolicyKey::EscalateAt),
        ],
        keys: keys.fold(0, |keys, &key| keys | 1 << (key as u16)),
    }
}

fn names<'a>(interner: &mut Interner<'a>, condition: &'a OneOf<String>) -> Names {
    let none = Names::Except(interner.set(&condition.none_of));
    match &condition.any_of {
        None => none,
        Some(any) => Names::Only(interner.set(any)).and(&none),
    }
}

/// A category condition as a set of mentioned paths, each standing for itself and for all under
/// it that no longer mentioned path is nearer to.
fn paths(interner: &Interner<'_>, condition: &OneOf<String>) -> Names {
    let under = |entries: &std::collections::BTreeSet<String>| {
        let all = interner.all().iter().filter(|path| covered(entries, path));
        let mut ids: Vec<u32> = all.filter_map(|path| interner.get(path)).collect();
        ids.sort_unstable();
        ids.into()
    };
    let none = Names::Except(under(&condition.none_of));
    match &condition.any_of {
        None => none,
        Some(any) => Names::Only(under(any)).and(&none),
    }
}

fn covered(entries: &std::collections::BTreeSet<String>, path: &str) -> bool {
    prefixes(path).any(|prefix| entries.contains(prefix))
}

/// The path and everything above it.
pub(super) fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(end, _)| &path[..end]).chain(std::iter::once(path))
}

fn minor(range: Range<Money>) -> Range<i64> {
    Range { min: range.min.map(Money::minor), max: range.max.map(Money::minor) }
}

/// An absent fact stays in only where the range has no end.
fn narrow(span: &mut Span, range: Range<i64>) {
    span.absent &= range.min.is_none() && range.max.is_none();
    span.lo = range.min.map_or(span.lo, |min| min.max(span.lo));
    span.hi = range.max.map_or(span.hi, |max| max.min(span.hi));
}

fn mask<T: Ord>(condition: &OneOf<T>, all: &[T]) -> u8 {
    let has = |value: &T| {
        condition.any_of.as_ref().is_none_or(|any| any.contains(value))
            && !condition.none_of.contains(value)
    };
    (0..).zip(all).filter(|(_, value)| has(value)).fold(0, |bits, (at, _)| bits | 1 << at)
}

fn hours(span: TimeOfDay) -> Hours {
    let second = |time: jiff::civil::Time| {
        i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second())
    };
    let (from, until) = (second(span.from), second(span.until));
    if from < until {
        Hours::from([(from, until)])
    } else {
        [(0, until), (from, 86_400)].into_iter().filter(|(from, until)| from < until).collect()
    }
}

/// The catalogue by what a rule can say of its products.
struct Shelves<'a> {
    products: usize,
    by_sku: HashMap<&'a str, usize>,
    by_path: HashMap<&'a str, Bits>,
    lists: Vec<i64>,
}

impl<'a> Shelves<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let products = catalog.len();
        let mut shelves = Self {
            products,
            by_sku: HashMap::with_capacity(products),
            by_path: HashMap::new(),
            lists: catalog.products().iter().map(|product| product.list_price.minor()).collect(),
        };
        for (at, product) in catalog.products().iter().enumerate() {
            shelves.by_sku.insert(&product.sku, at);
            for prefix in prefixes(&product.category) {
                let shelf = shelves.by_path.entry(prefix);
                shelf.or_insert_with(|| Bits::none(products)).insert(at);
            }
        }
        shelves
    }

    fn skus<'s>(&self, skus: impl IntoIterator<Item = &'s String>) -> Bits {
        let known = skus.into_iter().filter_map(|sku| self.by_sku.get(sku.as_str()).copied());
        Bits::of(self.products, known)
    }

    fn paths<'s>(&self, paths: impl IntoIterator<Item = &'s String>) -> Bits {
        let mut bits = Bits::none(self.products);
        paths.into_iter().filter_map(|path| self.by_path.get(path.as_str())).for_each(|shelf| {
            bits.add(shelf);
        });
        bits
    }

    fn products(&self, when: &When) -> Bits {
        let mut bits = Bits::all(self.products);
        if let Some(condition) = &when.product {
            if let Some(any) = &condition.any_of {
                bits.keep(&self.skus(any));
            }
            bits.remove(&self.skus(&condition.none_of));
        }
        if let Some(condition) = &when.category {
            if let Some(any) = &condition.any_of {
                bits.keep(&self.paths(any));
            }
            bits.remove(&self.paths(&condition.none_of));
        }
        if let Some(range) = when.list_price.map(minor) {
            let (min, max) = (range.min.unwrap_or(i64::MIN), range.max.unwrap_or(i64::MAX));
            bits = bits.filter(|at| min <= self.lists[at] && self.lists[at] <= max);
        }
        bits
    }
}
