//! Sales to decide: a product, a buyer and a moment each.

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;

use super::{CHANNELS, COUNTRIES, QUANTITIES, SEGMENTS, chance, dice, pick, pick_early};
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::rule::CustomerKind;

/// 2011-01-01T00:00:00Z.
const YEAR_BEGINS: i64 = 1_293_840_000;
const YEAR_SECONDS: i64 = 365 * 86_400;

/// So many sales of products of `catalog` in the year 2011; none when it has no products.
pub fn facts(seed: u64, catalog: &Catalog, count: usize) -> Vec<Facts> {
    let mut dice = dice(seed, 2);
    if catalog.is_empty() {
        return Vec::new();
    }
    let begins = Timestamp::from_second(YEAR_BEGINS).unwrap_or(Timestamp::UNIX_EPOCH);
    let sale = |_| {
        let product = &catalog.products()[dice.random_range(0..catalog.len())];
        let into_year = SignedDuration::from_secs(dice.random_range(0..YEAR_SECONDS));
        let at = begins.checked_add(into_year).unwrap_or(begins);
        let country = if chance(&mut dice, 60) { "GB" } else { pick_early(&mut dice, &COUNTRIES) };
        let mut facts = Facts::of(product, pick_early(&mut dice, &CHANNELS), country, at);
        for _ in 0..pick(&mut dice, &[0, 0, 1, 1, 1, 2, 2, 3]) {
            facts.segments.insert(pick_early(&mut dice, &SEGMENTS).to_owned());
        }
        facts.customer =
            if chance(&mut dice, 60) { CustomerKind::Returning } else { CustomerKind::New };
        facts.quantity = pick(&mut dice, &QUANTITIES);
        facts.intent = chance(&mut dice, 60).then(|| dice.random_range(0..=100));
        facts
    };
    (0..count).map(sale).collect()
}
