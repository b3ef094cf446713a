//! Sums over lines. Whole numbers throughout, so the order in which lines and threads come together
//! changes nothing. Must never round before the last sum.

use commerce::money::MINOR_MAX;
use commerce::{Currency, Money};

use super::impact::{Bands, Blocked, Impact, PaidBand};
use super::{Elasticity, UnitPrice};

/// Amounts are summed in billionths of a minor unit: exact where volume is whole, and where
/// elasticity makes it fractional within half a billionth a line.
const PARTS: i128 = UnitPrice::PARTS;

/// What the rules say of one line, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    MissingCost,
    Contradiction,
    NoFloor,
    Priced(Prices),
}

/// `accept_at` and `decline_below` are what stands in their place where no rule sets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Prices {
    pub(crate) floor: i64,
    pub(crate) ceiling: Option<i64>,
    pub(crate) accept_at: i64,
    pub(crate) decline_below: i64,
}

/// What was sold; the cost in minor units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sale {
    pub(crate) paid: UnitPrice,
    pub(crate) quantity: i64,
    pub(crate) unit_cost: Option<i64>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    raised: u64,
    lowered: u64,
    unchanged: u64,
    blocked: Blocked,
    bands: Bands,
    revenue_before: i128,
    revenue_after: i128,
    margin_before: i128,
    margin_after: i128,
}

impl Tally {
    /// The tally of one line, and the band of the price paid unless it is blocked.
    pub(crate) fn of(
        verdict: Verdict,
        sale: Sale,
        elasticity: Elasticity,
    ) -> (Self, Option<PaidBand>) {
        let mut tally = Self::default();
        match verdict {
            Verdict::MissingCost => tally.blocked.missing_cost = 1,
            Verdict::Contradiction => tally.blocked.contradiction = 1,
            Verdict::NoFloor => tally.blocked.no_floor = 1,
            Verdict::Priced(prices) => return tally.priced(prices, sale, elasticity),
        }
        (tally, None)
    }

    fn priced(
        mut self,
        prices: Prices,
        sale: Sale,
        elasticity: Elasticity,
    ) -> (Self, Option<PaidBand>) {
        let Sale { paid, quantity, unit_cost } = sale;
        let most = UnitPrice::whole(prices.ceiling.unwrap_or(MINOR_MAX));
        let new = paid.max(UnitPrice::whole(prices.floor)).min(most);
        self.raised = u64::from(new > paid);
        self.lowered = u64::from(new < paid);
        self.unchanged = u64::from(new == paid);
        self.revenue_before = paid.times(quantity);
        let volume = elasticity.factor(new, paid).map(|factor| quantity as f64 * factor);
        let after = |each: UnitPrice| {
            volume.map_or_else(|| each.times(quantity), |volume| fractional(each, volume))
        };
        self.revenue_after = after(new);
        if let Some(cost) = unit_cost {
            self.margin_before = paid.above(cost).times(quantity);
            self.margin_after = after(new.above(cost));
        }
        let band = if paid >= UnitPrice::whole(prices.accept_at) {
            self.bands.accept = 1;
            PaidBand::Accept
        } else if paid < UnitPrice::whole(prices.decline_below) {
            self.bands.decline = 1;
            PaidBand::Decline
        } else {
            self.bands.counter = 1;
            PaidBand::Counter
        };
        (self, Some(band))
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.raised += other.raised;
        self.lowered += other.lowered;
        self.unchanged += other.unchanged;
        self.blocked.missing_cost += other.blocked.missing_cost;
        self.blocked.contradiction += other.blocked.contradiction;
        self.blocked.no_floor += other.blocked.no_floor;
        self.bands.accept += other.bands.accept;
        self.bands.counter += other.bands.counter;
        self.bands.decline += other.bands.decline;
        self.revenue_before += other.revenue_before;
        self.revenue_after += other.revenue_after;
        self.margin_before += other.margin_before;
        self.margin_after += other.margin_after;
    }

    pub(crate) fn lines(&self) -> u64 {
        self.raised + self.lowered + self.unchanged + self.blocked.total()
    }

    pub(crate) fn impact(&self, currency: Currency) -> Impact {
        Impact {
            lines: self.lines(),
            raised: self.raised,
            lowered: self.lowered,
            unchanged: self.unchanged,
            blocked: self.blocked,
            revenue_before: rounded(self.revenue_before, currency),
            revenue_after: rounded(self.revenue_after, currency),
            margin_before: rounded(self.margin_before, currency),
            margin_after: rounded(self.margin_after, currency),
            bands: self.bands,
        }
    }
}

/// A line's amount for any volume, in parts of a minor unit, within [`UnitPrice::AMOUNT_MAX`].
fn fractional(each: UnitPrice, volume: f64) -> i128 {
    // what 128 bits do not hold becomes the nearest that they do
    let amount = (each.as_f64() * volume * PARTS as f64).round() as i128;
    amount.clamp(-UnitPrice::AMOUNT_MAX, UnitPrice::AMOUNT_MAX)
}

/// The one rounding: to whole minor units, a half away from zero. A sum beyond the range of
/// [`Money`] becomes its largest amount.
fn rounded(sum: i128, currency: Currency) -> Money {
    let whole = (sum.abs() + PARTS / 2) / PARTS;
    let minor = i64::try_from(whole).unwrap_or(MINOR_MAX).min(MINOR_MAX);
    let signed = if sum < 0 { -minor } else { minor };
    Money::from_minor(signed, currency).unwrap_or_else(|_| Money::zero(currency))
}
