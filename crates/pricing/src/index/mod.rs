//! A rule set compiled for speed: for each value of each dimension a bitmap of the rules that let
//! it through; a decision intersects one bitmap a dimension. Must never answer otherwise than
//! [`crate::decide`], the reading of the document that it is held against.

mod bitmaps;
mod clock;
mod keys;
mod lanes;
mod matches;
mod names;
mod order;
mod quote;
mod sayings;
mod segments;
mod spans;

use commerce::Currency;

use crate::decision::Reason;
use crate::facts::Facts;
use crate::rule::{CustomerKind, OneOf, Weekday};
use crate::rule_set::RuleSet;
use bitmaps::{Bitmaps, Builder, Row};
use clock::whole_second;
use matches::Matches;
use names::{Names, parents};
use order::Laid;
use sayings::{Prices, Sayings};
use segments::Segments;
use spans::{Held, Spans};

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
    /// How many rules there are.
    rules: usize,
    /// By the place of an entry: the rank of its rule.
    ranks: Vec<u32>,
}

/// Room to work in, kept from decision to decision so that none is asked of the heap.
#[derive(Debug, Default, Clone)]
pub struct Scratch {
    segments: Vec<u32>,
    found: Matches,
}

impl Index {
    /// Compiles a rule set.
    pub fn new(set: &RuleSet) -> Self {
        let rules = order::laid(set);
        let whens = || rules.iter().map(|laid| &laid.rule.when);
        let ranks: Vec<u32> = rules.iter().map(|laid| bitmaps::index(laid.rank)).collect();
        let builder = &mut Builder::new(rules.len());
        let flat = |_: &String| Vec::new();
        let above = |path: &String| parents(path).map(str::to_owned).collect();
        let customer = Names::compile(builder, whens().map(|w| whole(&w.customer)), |_| vec![]);
        let weekday = Names::compile(builder, whens().map(|w| whole(&w.weekday)), |_| vec![]);
        Self {
            currency: set.currency(),
            zone: Zone::new(set.timezone()),
            product: Names::compile(builder, rules.iter().map(Laid::product), flat),
            category: Names::compile(builder, rules.iter().map(Laid::category), above),
            channel: Names::compile(builder, whens().map(|w| whole(&w.channel)), flat),
            country: Names::compile(builder, whens().map(|w| whole(&w.country)), flat),
            customer: CustomerKind::ALL.map(|kind| customer.row(&kind)),
            weekday: Weekday::ALL.map(|day| weekday.row(&day)),
            segments: Segments::compile(builder, whens().map(|w| w.segment.as_ref())),
            quantity: Spans::compile(builder, whens().map(|w| Held::figures(w.quantity))),
            list_price: Spans::compile(builder, whens().map(|w| Held::prices(w.list_price))),
            stock: Spans::compile(builder, whens().map(|w| Held::figures(w.stock))),
            intent: Spans::compile(builder, whens().map(|w| Held::figures(w.intent))),
            time: Spans::compile(builder, whens().map(|w| Held::clock(w.time))),
            window: Spans::compile(builder, rules.iter().map(|laid| Held::window(laid.window))),
            sayings: Sayings::compile(set, &ranks),
            rules: set.rules().len(),
            ranks,
            maps: std::mem::replace(builder, Builder::new(0)).finish(),
        }
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// How many rules it holds.
    pub fn len(&self) -> usize {
        self.rules
    }

    pub fn is_empty(&self) -> bool {
        self.rules == 0
    }

    /// Decides as [`crate::decide`] does, in figures. Prices in `facts` are zero or more.
    pub fn decide(&self, facts: &Facts, scratch: &mut Scratch) -> Quote {
        let Some(prices) = Prices::of(self.currency, facts.list_price, facts.unit_cost) else {
            return Quote::blocked(Reason::CurrencyMismatch);
        };
        self.sayings.quote(self.find(facts, scratch), &prices)
    }

    /// Tells each rule that matches, by its place in [`RuleSet::rules`], in no order of meaning.
    pub fn matched(&self, facts: &Facts, scratch: &mut Scratch, mut found: impl FnMut(usize)) {
        for &entry in self.find(facts, scratch) {
            found(self.documented(entry));
        }
    }

    /// The place in the document of the rule that an entry stands for.
    fn documented(&self, entry: u32) -> usize {
        self.sayings.documented(self.ranks[entry as usize])
    }

    /// The entries that match.
    fn find<'s>(&self, facts: &Facts, scratch: &'s mut Scratch) -> &'s [u32] {
        let Scratch { segments: known, found } = scratch;
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
        let narrow = |leaf, bits: &mut _| self.segments.narrow(&self.maps, known, leaf, bits);
        self.maps.intersect(&rows, narrow, found);
        found.rules()
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
            + self.ranks.capacity() * size_of::<u32>()
    }
}

fn whole<K: Ord>(condition: &Option<OneOf<K>>) -> Option<(&OneOf<K>, Option<&K>)> {
    condition.as_ref().map(|condition| (condition, None))
}
