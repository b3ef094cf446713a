//! A rule as the merchant wrote it: when it applies, what it forbids (guardrails) and how it
//! bargains (policy). Open structs, so that a form or a template can build one; a [`crate::RuleSet`]
//! is where they are validated.

use std::collections::BTreeSet;
use std::fmt;

use commerce::Money;
use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::term::PriceTerm;

/// One rule. `priority`: higher wins; 0 when not said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rule {
    /// Unique in its rule set.
    pub id: String,
    pub name: Option<String>,
    pub priority: i64,
    pub when: When,
    pub guardrails: Guardrails,
    pub policy: Policy,
}

impl Rule {
    /// A rule that always applies and says nothing yet.
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }

    /// What to call the rule before people: its name, else its id.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Whether any guardrail or policy term is a margin, and so needs the unit cost.
    pub fn needs_cost(&self) -> bool {
        let Guardrails { floor, ceiling, max_discount: _ } = self.guardrails;
        let Policy { target, accept_at, decline_below, escalate_at, .. } = self.policy;
        [floor, ceiling, target, accept_at, decline_below, escalate_at]
            .into_iter()
            .flatten()
            .any(PriceTerm::needs_cost)
    }
}

/// The conditions; all that are present must hold. Each present one counts towards specificity,
/// an empty one too.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct When {
    pub category: Option<OneOf<String>>,
    pub product: Option<OneOf<String>>,
    pub segment: Option<Segments>,
    pub channel: Option<OneOf<String>>,
    pub country: Option<OneOf<String>>,
    pub customer: Option<OneOf<CustomerKind>>,
    pub quantity: Option<Range<i64>>,
    pub list_price: Option<Range<Money>>,
    pub stock: Option<Range<i64>>,
    pub intent: Option<Range<i64>>,
    pub weekday: Option<OneOf<Weekday>>,
    pub time: Option<TimeOfDay>,
    pub window: Option<Window>,
}

impl When {
    /// How many dimensions the rule names: its specificity.
    pub fn dimensions(&self) -> u32 {
        [
            self.category.is_some(),
            self.product.is_some(),
            self.segment.is_some(),
            self.channel.is_some(),
            self.country.is_some(),
            self.customer.is_some(),
            self.quantity.is_some(),
            self.list_price.is_some(),
            self.stock.is_some(),
            self.intent.is_some(),
            self.weekday.is_some(),
            self.time.is_some(),
            self.window.is_some(),
        ]
        .into_iter()
        .map(u32::from)
        .sum()
    }
}

/// A condition on one value: in `any_of` (if given) and not in `none_of`. `any_of: Some(∅)`
/// matches nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOf<T: Ord> {
    pub any_of: Option<BTreeSet<T>>,
    pub none_of: BTreeSet<T>,
}

impl<T: Ord> Default for OneOf<T> {
    fn default() -> Self {
        Self { any_of: None, none_of: BTreeSet::new() }
    }
}

impl<T: Ord> OneOf<T> {
    /// Any of these, no exception.
    pub fn any(values: impl IntoIterator<Item = T>) -> Self {
        Self { any_of: Some(values.into_iter().collect()), none_of: BTreeSet::new() }
    }
}

/// A condition on the customer's set of segments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segments {
    pub any_of: Option<BTreeSet<String>>,
    pub all_of: BTreeSet<String>,
    pub none_of: BTreeSet<String>,
}

impl Segments {
    /// In any of these segments.
    pub fn any(names: impl IntoIterator<Item = String>) -> Self {
        Self { any_of: Some(names.into_iter().collect()), ..Self::default() }
    }
}

/// `min ≤ value ≤ max`, either absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range<T> {
    pub min: Option<T>,
    pub max: Option<T>,
}

/// A span of the wall clock, `from ≤ local time < until`; past midnight when `from` is the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOfDay {
    pub from: Time,
    pub until: Time,
}

/// A span of instants, `from ≤ at < until`, its ends said in the rule set's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    pub from: Option<DateTime>,
    pub until: Option<DateTime>,
}

/// Whether the customer has bought before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CustomerKind {
    New,
    Returning,
}

impl CustomerKind {
    pub const ALL: [Self; 2] = [Self::New, Self::Returning];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Returning => "returning",
        }
    }
}

/// A day of the week, in the rule set's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    pub const ALL: [Self; 7] =
        [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }
}

impl From<jiff::civil::Weekday> for Weekday {
    fn from(day: jiff::civil::Weekday) -> Self {
        use jiff::civil::Weekday as Day;
        match day {
            Day::Monday => Self::Mon,
            Day::Tuesday => Self::Tue,
            Day::Wednesday => Self::Wed,
            Day::Thursday => Self::Thu,
            Day::Friday => Self::Fri,
            Day::Saturday => Self::Sat,
            Day::Sunday => Self::Sun,
        }
    }
}

/// The hard limits. `max_discount` is a fraction of the list price, 0 to 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Guardrails {
    pub floor: Option<PriceTerm>,
    pub ceiling: Option<PriceTerm>,
    pub max_discount: Option<Decimal>,
}

/// How to bargain inside the guardrails; each key is settled for itself by the highest-ranked rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Policy {
    pub target: Option<PriceTerm>,
    pub accept_at: Option<PriceTerm>,
    pub decline_below: Option<PriceTerm>,
    pub escalate_at: Option<PriceTerm>,
    /// 1 to 100.
    pub max_rounds: Option<u32>,
    pub concession: Option<Concession>,
    pub deal_valid: Option<DealValid>,
    pub sweeteners: Option<Vec<String>>,
    pub combine_with: Option<Vec<String>>,
}

/// How fast the shop gives way: late, evenly or early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Concession {
    Boulware,
    Linear,
    Conceder,
}

impl Concession {
    pub const ALL: [Self; 3] = [Self::Boulware, Self::Linear, Self::Conceder];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Boulware => "boulware",
            Self::Linear => "linear",
            Self::Conceder => "conceder",
        }
    }
}

/// How long a deal stands, in hours, minutes and seconds: over nothing, 30 days (720 hours) at
/// most. Keeps its ISO 8601 text as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealValid {
    written: String,
    duration: SignedDuration,
}

impl DealValid {
    pub const HOURS_MAX: i64 = 30 * 24;

    /// Reads `PT30M`, `PT1H30M`, `PT45S`; `None` for anything else.
    pub fn parse(written: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_digit() || b"HMS.".contains(&b);
        let units = written.strip_prefix("PT")?;
        if units.is_empty() || units.len() > 40 || !units.bytes().all(plain) {
            return None;
        }
        let duration: SignedDuration = written.parse().ok()?;
        let limit = SignedDuration::from_hours(Self::HOURS_MAX);
        (duration.is_positive() && duration <= limit)
            .then(|| Self { written: written.to_owned(), duration })
    }

    /// Whole minutes, 1 to 43,200.
    pub fn minutes(minutes: u32) -> Option<Self> {
        Self::parse(&format!("PT{minutes}M"))
    }

    pub fn duration(&self) -> SignedDuration {
        self.duration
    }

    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl fmt::Display for DealValid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// As written.
impl Serialize for DealValid {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.written)
    }
}
