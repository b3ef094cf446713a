//! A rule set compiled for speed: for each value of each dimension a bitmap of the rules that let
//! it through; a decision intersects one bitmap a dimension. Must never answer otherwise than
//! [`crate::decide`], the reading of the document that it is held against.

mod bitmaps;
mod clock;
mod keys;
mod lanes;
mod names;
mod quote;
mod segments;
mod spans;

use commerce::{Currency, Money};

use crate::decision::Reason;
use crate::facts::Facts;
use crate::rule::{CustomerKind, Range, Rule, Weekday};
use crate::rule_set::{InstantWindow, RuleSet};
use bitmaps::{Bitmaps, Builder, Row};
use clock::whole_second;
use lanes::{Lanes, Prices, Sayings};
use names::{Names, parents};
use segments::Segments;
use spans::{Held, Span, Spans};

pub(crate) use clock::Zone;
pub use keys::{BuyerKey, Figures, MomentKey, ProductKey};
pub use quote::Quote;

/// The dimensions beside the segments, each with one row a decision, and the segments' row.
const ROWS: usize = 13;

/// A compiled rule set. Holds all that it needs; made once and shared between threads.
///
/// ```
/// # fn main() -> Result<(), Vec<pricing::Problem>> {
/// # let text = r#"{"schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
/// #   "rules": [{"id": "all", "guardrails": {"max_discount": "0.25"}}]}"#;
/// # let rules = pricing::RuleSet::parse(text)?;
/// # let product = pricing::Product { sku: "a".into(), title: "A".into(), category: "toys".into(),
/// #   list_price: commerce::Money::from_minor(1_000, commerce::Currency::GBP).unwrap(),
/// #   unit_cost: None, stock: None };
/// # let facts = pricing::Facts::of(&product, "web", "GB", jiff::Timestamp::UNIX_EPOCH);
/// let index = pricing::Index::new(&rules);
/// let mut scratch = pricing::Scratch::default();
/// let quote = index.decide(&facts, &mut scratch);
/// assert_eq!(quote.floor, pricing::decide(&rules, &facts).floor);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Index {
    currency: Currency,
    zone: Zone,
    maps: Bitmaps,
    product: Names<String>,
    category: Names<String>,
    channel: Names<String>,
    country: Names<String>,
    customer: [Row; CustomerKind::ALL.len()],
    weekday: [Row; Weekday::ALL.len()],
    segments: Segments,
    quantity: Spans,
    list_price: Spans,
    stock: Spans,
    intent: Spans,
    time: Spans,
    window: Spans,
    sayings: Sayings,
    /// By the index's order of rules: their place in the document.
    documented: Vec<u32>,
}

/// Room to work in, kept from decision to decision so that none is asked of the heap.
#[derive(Debug, Default, Clone)]
pub struct Scratch {
    segments: Vec<u32>,
}

impl Index {
    /// Compiles a rule set.
    pub fn new(set: &RuleSet) -> Self {
        let rules: Vec<(&Rule, &InstantWindow)> = set.ranked_with_windows().collect();
        let places: Vec<usize> = set.ranking().to_vec();
        let whens = || rules.iter().map(|(rule, _)| &rule.when);
        let builder = &mut Builder::new(rules.len());
        let flat = |_: &String| Vec::new();
        let above = |path: &String| parents(path).map(str::to_owned).collect();
        let customer = Names::compile(builder, whens().map(|w| w.customer.as_ref()), |_| vec![]);
        let weekday = Names::compile(builder, whens().map(|w| w.weekday.as_ref()), |_| vec![]);
        let said: Vec<(&Rule, usize, usize)> =
            (0..).zip(&rules).map(|(rank, (rule, _))| (*rule, rank, places[rank])).collect();
        Self {
            currency: set.currency(),
            zone: Zone::new(set.timezone()),
            product: Names::compile(builder, whens().map(|w| w.product.as_ref()), flat),
            category: Names::compile(builder, whens().map(|w| w.category.as_ref()), above),
            channel: Names::compile(builder, whens().map(|w| w.channel.as_ref()), flat),
            country: Names::compile(builder, whens().map(|w| w.country.as_ref()), flat),
            customer: CustomerKind::ALL.map(|kind| customer.row(&kind)),
            weekday: Weekday::ALL.map(|day| weekday.row(&day)),
            segments: Segments::compile(builder, whens().map(|w| w.segment.as_ref())),
            quantity: Spans::compile(builder, whens().map(|w| figures(w.quantity))),
            list_price: Spans::compile(
                builder,
                whens().map(|w| {
                    let minor = |end: Option<Money>| end.map(Money::minor);
                    figures(w.list_price.map(|r| Range { min: minor(r.min), max: minor(r.max) }))
                }),
            ),
            stock: Spans::compile(builder, whens().map(|w| figures(w.stock))),
            intent: Spans::compile(builder, whens().map(|w| figures(w.intent))),
            time: Spans::compile(
                builder,
                whens().map(|w| {
                    w.time.map_or(Held::Always, |time| {
                        let second = |time: jiff::civil::Time| {
                            i64::from(time.hour()) * 3_600
                                + i64::from(time.minute()) * 60
                                + i64::from(time.second())
                        };
                        let (from, until) = (second(time.from), second(time.until));
                        let span = Span { from: Some(from), until: Some(until) };
                        if from < until { Held::In(span) } else { Held::Outside(span) }
                    })
                }),
            ),
            window: Spans::compile(
                builder,
                rules.iter().map(|(_, window)| {
                    span(window.from.map(whole_second), window.until.map(whole_second))
                }),
            ),
            sayings: Sayings::compile(&said),
            documented: places.into_iter().map(bitmaps::index).collect(),
            maps: std::mem::replace(builder, Builder::new(0)).finish(),
        }
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// How many rules it holds.
    pub fn len(&self) -> usize {
        self.documented.len()
    }

    pub fn is_empty(&self) -> bool {
        self.documented.is_empty()
    }

    /// Decides as [`crate::decide`] does, in figures. Prices in `facts` are zero or more.
    pub fn decide(&self, facts: &Facts, scratch: &mut Scratch) -> Quote {
        let Some(prices) = Prices::of(self.currency, facts.list_price, facts.unit_cost) else {
            return Quote::blocked(Reason::CurrencyMismatch);
        };
        let mut best = Lanes::UNSAID;
        self.each_match(facts, scratch, |word, bits| self.join(&mut best, word, bits));
        self.sayings.quote(&best, &prices)
    }

    /// Tells each rule that matches, by its place in [`RuleSet::rules`], in no order of meaning.
    pub fn matched(&self, facts: &Facts, scratch: &mut Scratch, mut found: impl FnMut(usize)) {
        self.each_match(facts, scratch, |word, bits| {
            for rule in rules(word, bits) {
                found(self.documented[rule] as usize);
            }
        });
    }

    fn each_match(&self, facts: &Facts, scratch: &mut Scratch, mut found: impl FnMut(usize, u64)) {
        let known = &mut scratch.segments;
        self.segments.resolve(facts.segments.iter().map(String::as_str), known);
        let wall = self.zone.wall(facts.at);
        let rows: [Row; ROWS] = [
            self.product.row(facts.product.as_str()),
            self.category.category(&facts.category),
            self.country.row(facts.country.as_str()),
            self.segments.row(known),
            self.list_price.row(facts.list_price.minor()),
            self.window.row(whole_second(facts.at)),
            self.channel.row(facts.channel.as_str()),
            self.quantity.row(facts.quantity),
            self.stock.row_of(facts.stock),
            self.intent.row_of(facts.intent),
            self.time.row(wall.second),
            self.weekday[wall.weekday],
            self.customer[facts.customer as usize],
        ];
        self.maps.intersect(&rows, |word, bits| {
            let bits = self.segments.narrow(&self.maps, known, word, bits);
            if bits != 0 {
                found(word, bits);
            }
        });
    }

    #[inline]
    fn join(&self, best: &mut Lanes, word: usize, bits: u64) {
        for rule in rules(word, bits) {
            best.join(self.sayings.of(rule));
        }
    }

    /// Bytes of memory that it takes, its own and on the heap.
    pub fn bytes(&self) -> usize {
        let names = [&self.product, &self.category, &self.channel, &self.country];
        let spans =
            [&self.quantity, &self.list_price, &self.stock, &self.intent, &self.time, &self.window];
        size_of::<Self>()
            + self.maps.bytes()
            + names.iter().map(|names| names.bytes(String::capacity)).sum::<usize>()
            + spans.iter().map(|spans| spans.bytes()).sum::<usize>()
            + self.segments.bytes()
            + self.sayings.bytes()
            + self.zone.bytes()
            + self.documented.capacity() * size_of::<u32>()
    }
}

/// The rules of one word, by place.
fn rules(word: usize, bits: u64) -> impl Iterator<Item = usize> {
    let mut bits = bits;
    std::iter::from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(word * 64 + bit)
    })
}

fn span(from: Option<i64>, until: Option<i64>) -> Held {
    if from.is_none() && until.is_none() { Held::Always } else { Held::In(Span { from, until }) }
}

/// Both ends included.
fn figures(range: Option<Range<i64>>) -> Held {
    let (min, max) = range.map_or((None, None), |range| (range.min, range.max));
    span(min, max.map(|max| max.saturating_add(1)))
}
