//! Facts resolved ahead of time, so that many decisions about the same product, buyer or moment
//! look names up once: for replay over order lines and for sweeps over a catalogue.

use commerce::Money;
use jiff::Timestamp;

use super::bitmaps::Row;
use super::matches::Matches;
use super::quote::Quote;
use super::sayings::Prices;
use super::{Index, Scratch, whole_second};
use crate::decision::Reason;
use crate::rule::CustomerKind;

/// A product at its list price and cost; of use with the index that made it alone.
#[derive(Debug, Clone)]
pub struct ProductKey {
    /// `None` when a price is in another currency than the rule set's.
    prices: Option<Prices>,
    /// The rules that product, category and list price let through: words of 64 that hold any.
    words: Box<[(u32, u64)]>,
}

/// A buyer: segments, channel, country and history; of use with the index that made it alone.
#[derive(Debug, Clone)]
pub struct BuyerKey {
    words: Box<[u64]>,
}

/// An instant; of use with the index that made it alone.
#[derive(Debug, Clone, Copy)]
pub struct MomentKey {
    rows: [Row; 3],
}

/// The figures of one sale, as in [`crate::Facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    pub quantity: i64,
    pub stock: Option<i64>,
    pub intent: Option<i64>,
}

impl Index {
    /// Resolves what is known of a product. Prices are zero or more.
    pub fn product(
        &self,
        sku: &str,
        category: &str,
        list_price: Money,
        unit_cost: Option<Money>,
    ) -> ProductKey {
        let rows = [
            self.product.row(sku),
            self.category.category(category),
            self.list_price.row(list_price.minor()),
        ];
        let mut found = Matches::default();
        self.maps.intersect(&rows, |_, _| (), &mut found);
        ProductKey {
            prices: Prices::of(self.currency, list_price, unit_cost),
            words: found.words().into(),
        }
    }

    /// Resolves what is known of a buyer; segments in any order.
    pub fn buyer<'s>(
        &self,
        segments: impl IntoIterator<Item = &'s str>,
        channel: &str,
        country: &str,
        customer: CustomerKind,
    ) -> BuyerKey {
        let mut known = Vec::new();
        self.segments.resolve(segments, &mut known);
        let rows = [
            self.country.row(country),
            self.segments.row(&known),
            self.channel.row(channel),
            self.customer[customer as usize],
        ];
        let mut words = vec![0; self.ranks.len().div_ceil(64)];
        let narrow = |leaf, bits: &mut _| self.segments.narrow(&self.maps, &known, leaf, bits);
        let mut found = Matches::default();
        self.maps.intersect(&rows, narrow, &mut found);
        for &(word, bits) in found.words() {
            words[word as usize] = bits;
        }
        BuyerKey { words: words.into_boxed_slice() }
    }

    /// Resolves an instant to the clock on the wall and the windows that it lies in.
    pub fn moment(&self, at: Timestamp) -> MomentKey {
        let wall = self.zone.wall(at);
        MomentKey {
            rows: [
                self.window.row(whole_second(at)),
                self.time.row(wall.second),
                self.weekday[wall.weekday],
            ],
        }
    }

    /// Decides as [`Index::decide`] does, from facts resolved by this same index.
    pub fn decide_keys(
        &self,
        product: &ProductKey,
        buyer: &BuyerKey,
        moment: &MomentKey,
        figures: Figures,
        scratch: &mut Scratch,
    ) -> Quote {
        let Some(prices) = &product.prices else {
            return Quote::blocked(Reason::CurrencyMismatch);
        };
        let found = self.find_by_keys(product, buyer, moment, figures, scratch);
        self.sayings.quote(found, prices)
    }

    /// Tells each rule that matches, as [`Index::matched`], from facts resolved by this same index.
    pub fn matched_keys(
        &self,
        product: &ProductKey,
        buyer: &BuyerKey,
        moment: &MomentKey,
        figures: Figures,
        scratch: &mut Scratch,
        mut found: impl FnMut(usize),
    ) {
        for &entry in self.find_by_keys(product, buyer, moment, figures, scratch) {
            found(self.documented(entry));
        }
    }

    /// Tells each rule that matches a product as far as SKU, category and list price say, by its
    /// place in the document.
    pub fn each_rule_of_product(&self, product: &ProductKey, mut found: impl FnMut(usize)) {
        let mut entries = Matches::default();
        for &(word, bits) in &product.words {
            entries.put_word(word, bits);
        }
        for &entry in entries.rules() {
            found(self.documented(entry));
        }
    }

    fn find_by_keys<'s>(
        &self,
        product: &ProductKey,
        buyer: &BuyerKey,
        moment: &MomentKey,
        figures: Figures,
        scratch: &'s mut Scratch,
    ) -> &'s [u32] {
        let [window, time, weekday] = moment.rows;
        let rows = [
            window,
            self.quantity.row(figures.quantity),
            self.stock.row_of(figures.stock),
            self.intent.row_of(figures.intent),
            time,
            weekday,
        ];
        let found = &mut scratch.found;
        found.clear();
        for &(word, bits) in &product.words {
            let place = word as usize;
            let mut bits = bits & buyer.words.get(place).copied().unwrap_or(0);
            if bits == 0 {
                continue;
            }
            for row in rows {
                bits &= self.maps.word(row, place);
            }
            found.put_word(word, bits);
        }
        found.rules()
    }
}
