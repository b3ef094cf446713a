//! The sums of many lines, by what they have in common. Must come out the same in whatever order
//! lines and threads come together.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::impact::{ImpactGroups, LeftOut, PaidBand};
use super::orders::OrderColumns;
use super::run::Goods;
use super::tally::Tally;

/// The sums of the lines that one thread looked at, then of all.
pub(super) struct Sums {
    /// By months since year 0, the place in `months`.
    month_places: FxHashMap<i32, usize>,
    pub(super) months: Vec<Tally>,
    pub(super) categories: Vec<Tally>,
    /// Country and segments follow from the buyer.
    pub(super) buyers: Vec<Tally>,
    pub(super) bands: [Tally; PaidBand::ALL.len()],
    pub(super) left_out: LeftOut,
}

impl Sums {
    pub(super) fn new(orders: &OrderColumns, goods: &Goods<'_>) -> Self {
        Self {
            month_places: FxHashMap::default(),
            months: Vec::new(),
            categories: vec![Tally::default(); goods.categories.len()],
            buyers: vec![Tally::default(); orders.buyers.len()],
            bands: [Tally::default(); PaidBand::ALL.len()],
            left_out: LeftOut::default(),
        }
    }

    /// The place of a month, counted from year 0.
    pub(super) fn month(&mut self, month: i32) -> usize {
        *self.month_places.entry(month).or_insert_with(|| {
            self.months.push(Tally::default());
            self.months.len() - 1
        })
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (&month, &place) in &other.month_places {
            let ours = self.month(month);
            self.months[ours].add(&other.months[place]);
        }
        for (ours, theirs) in [
            (&mut self.categories[..], &other.categories[..]),
            (&mut self.buyers, &other.buyers),
            (&mut self.bands, &other.bands),
        ] {
            ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| ours.add(theirs));
        }
        self.left_out.quantity += other.left_out.quantity;
        self.left_out.price += other.left_out.price;
        self.left_out.unknown_sku += other.left_out.unknown_sku;
    }

    pub(super) fn groups(&self, orders: &OrderColumns, goods: &Goods<'_>) -> ImpactGroups {
        let mut overall = Tally::default();
        let mut countries = vec![Tally::default(); orders.countries.len()];
        let mut segments = vec![Tally::default(); orders.segments.len()];
        for (buyer, tally) in orders.buyers.iter().zip(&self.buyers) {
            overall.add(tally);
            countries[buyer.country as usize].add(tally);
            for &segment in &buyer.segments {
                segments[segment as usize].add(tally);
            }
        }
        let currency = orders.currency;
        let named = |tallies: &[Tally], name: &dyn Fn(usize) -> String| -> BTreeMap<_, _> {
            let named = tallies.iter().enumerate().filter(|(_, tally)| tally.lines() > 0);
            named.map(|(index, tally)| (name(index), tally.impact(currency))).collect()
        };
        let month =
            |&month: &i32| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
        let months = self.month_places.iter().map(|(month, &place)| (month, &self.months[place]));
        let bands = PaidBand::ALL.into_iter().zip(&self.bands);
        ImpactGroups {
            overall: overall.impact(currency),
            by_month: months.map(|(m, tally)| (month(m), tally.impact(currency))).collect(),
            by_category: named(&self.categories, &|index| goods.categories[index].to_owned()),
            by_country: named(&countries, &|index| orders.countries[index].clone()),
            by_segment: named(&segments, &|index| orders.segments[index].clone()),
            by_band: bands
                .filter(|(_, tally)| tally.lines() > 0)
                .map(|(band, tally)| (band, tally.impact(currency)))
                .collect(),
        }
    }
}
