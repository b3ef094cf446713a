//! Made-up shops for benchmarks and tests: the same seed gives the same products, rules and sales
//! on every machine. Of the sample store's categories and proportions, of any size; must never be
//! taken for anything that a merchant wrote.

mod rules;
mod sales;

use commerce::{Currency, Money};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::catalog::{Catalog, Product};

pub use rules::{rule_set, rules};
pub use sales::facts;

/// As many products as the sample store has.
pub const PRODUCTS: usize = 3_227;

/// The categories of the sample store.
pub(crate) const CATEGORIES: [&str; 58] = [
    "bags/gift-bags",
    "bags/jumbo-bags",
    "bags/lunch-bags",
    "bags/purses",
    "bags/shoppers",
    "bags/storage-bags",
    "bags/travel",
    "christmas/baubles",
    "christmas/decorations",
    "christmas/tableware",
    "christmas/trees-wreaths",
    "christmas/wrap-cards",
    "easter",
    "garden/birds",
    "garden/outdoor",
    "garden/planters",
    "home/bath",
    "home/decor",
    "home/flowers",
    "home/frames-mirrors",
    "home/hooks-knobs",
    "home/lights/candles",
    "home/lights/fairy-lights",
    "home/lights/lanterns",
    "home/out-and-about",
    "home/scents",
    "home/storage",
    "home/textiles",
    "home/warmth",
    "jewellery/boxes",
    "jewellery/bracelets",
    "jewellery/earrings",
    "jewellery/hair",
    "jewellery/necklaces",
    "jewellery/rings-brooches",
    "kitchen/baking",
    "kitchen/cake-stands",
    "kitchen/cooks",
    "kitchen/glassware",
    "kitchen/jars-bottles",
    "kitchen/linen",
    "kitchen/mugs-cups",
    "kitchen/tableware",
    "kitchen/teapots",
    "party/bunting",
    "party/tableware",
    "stationery/cards",
    "stationery/craft",
    "stationery/notebooks",
    "stationery/pens-pencils",
    "stationery/wrap-ribbon",
    "toys/childrens-room",
    "toys/games",
    "toys/soft-toys",
    "vintage/clocks",
    "vintage/signs",
    "home/lights",
    "kitchen",
];

/// Two dozen countries, the nearer the oftener.
pub(crate) const COUNTRIES: [&str; 24] = [
    "GB", "DE", "FR", "IE", "ES", "BE", "NL", "CH", "PT", "AU", "NO", "IT", "SE", "FI", "CY", "AT",
    "DK", "JP", "PL", "US", "IL", "SG", "IS", "CA",
];
pub(crate) const CHANNELS: [&str; 6] = ["web", "app", "phone", "shop", "marketplace", "fair"];
pub(crate) const SEGMENTS: [&str; 10] = [
    "new",
    "vip",
    "wholesale",
    "loyalty",
    "trade",
    "blocked",
    "press",
    "student",
    "lapsed",
    "staff",
];
pub(crate) const QUANTITIES: [i64; 14] = [1, 1, 1, 2, 2, 3, 4, 6, 6, 12, 12, 24, 48, 144];

/// The generator of one of a shop's parts, so that each can be made without the others.
fn dice(seed: u64, part: u64) -> ChaCha8Rng {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    dice.set_stream(part);
    dice
}

fn pick<T: Copy>(dice: &mut ChaCha8Rng, of: &[T]) -> T {
    of[dice.random_range(0..of.len())]
}

/// One of the list, its earlier members the oftener.
fn pick_early<T: Copy>(dice: &mut ChaCha8Rng, of: &[T]) -> T {
    let most = dice.random_range(1..=of.len());
    pick(dice, &of[..most])
}

fn chance(dice: &mut ChaCha8Rng, percent: u32) -> bool {
    dice.random_range(0..100) < percent
}

fn pounds(minor: i64) -> Money {
    Money::from_minor(minor, Currency::GBP).unwrap_or(Money::zero(Currency::GBP))
}

/// The products: [`PRODUCTS`] of them, from a few pence to some tens of pounds, at a cost of three
/// fifths of the list price; a few without cost or stock.
pub fn catalog(seed: u64) -> Catalog {
    let mut dice = dice(seed, 0);
    Catalog::from_products((0..PRODUCTS).map(|number| {
        let list = dice.random_range(20..400) * pick(&mut dice, &[1, 1, 2, 3, 10]);
        Product {
            sku: sku(number),
            title: format!("PRODUCT {number}"),
            category: pick(&mut dice, &CATEGORIES).to_owned(),
            list_price: pounds(list),
            unit_cost: (!chance(&mut dice, 3)).then(|| pounds((list * 6 + 5) / 10)),
            stock: (!chance(&mut dice, 10)).then(|| dice.random_range(0..500)),
        }
    }))
}

fn sku(number: usize) -> String {
    let variant = ["", "A", "B", "C"][number % 4];
    format!("{}{variant}", 20_000 + number / 4 * 7)
}
