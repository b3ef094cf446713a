//! How far each rule reaches: over the catalogue, and over what was sold.

use super::UnitPrice;
use super::orders::OrderColumns;
use super::run::{Goods, Run};
use super::{Elasticity, Zone};
use crate::catalog::Catalog;
use crate::index::{Figures, Scratch};
use crate::rule_set::RuleSet;

/// How far one rule reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// Products whose SKU, category and list price it lets through.
    pub products: u64,
    /// Past order lines that it matches; lines that a replay leaves out are not among them.
    pub lines: u64,
}

/// The reach of every rule, in the document's order. Facts of a line are those of [`super::replay`].
pub fn reach(set: &RuleSet, catalog: &Catalog, orders: &OrderColumns) -> Vec<Reach> {
    let mut reach = vec![Reach::default(); set.rules().len()];
    let (goods, zone) = (Goods::of(catalog, orders), Zone::new(set.timezone()));
    let run = Run::new(set, &zone, orders, &goods, Elasticity::default());
    for product in catalog.products() {
        let (list_price, unit_cost) = (product.list_price, product.unit_cost);
        let key = run.index.product(&product.sku, &product.category, list_price, unit_cost);
        run.index.each_rule_of_product(&key, |rule| reach[rule].products += 1);
    }
    let (mut moment, mut scratch) = (None, Scratch::default());
    for line in 0..orders.len() {
        let Some(good) = &run.goods[orders.sku[line] as usize] else { continue };
        let quantity = orders.quantity[line];
        if quantity <= 0 || orders.unit_price[line] <= UnitPrice::ZERO {
            continue;
        }
        let at = orders.placed_at[line];
        let known = match moment {
            Some((then, key)) if then == at => key,
            _ => run.index.moment(at),
        };
        moment = Some((at, known));
        let buyer = &run.buyers[orders.buyer[line] as usize];
        let figures = Figures { quantity, stock: good.stock, intent: None };
        let count = |rule: usize| reach[rule].lines += 1;
        run.index.matched_keys(&good.key, buyer, &known, figures, &mut scratch, count);
    }
    reach
}
