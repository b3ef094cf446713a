//! What the set in shadow would have done: figures over the decisions that were written down.
//! Every part counts rows of its whole, so no share can pass 100 %.

use std::collections::{BTreeMap, BTreeSet};

use api::Instant;
use api::rules::{ShadowReport, ShadowRow as Wire, ShadowSide};
use commerce::money::MINOR_MAX;
use commerce::{Currency, Money};

use super::watch::KEPT;
use crate::auth::StaffCtx;
use crate::db::args;
use crate::db::shadow::{self, DealtRow, ShadowRow};
use crate::error::{AppError, AppResult};
use crate::visitor::Shop;

/// Rows that a report lists.
const LISTED: usize = 500;

/// The comparison of a version with what was in force beside it.
pub(crate) async fn report(ctx: &StaffCtx, id: &str) -> AppResult<ShadowReport> {
    let row = super::row(&ctx.state, &ctx.store_id, id).await?;
    let version = row.version.ok_or_else(|| AppError::not_found("version"))?;
    let mut db = ctx.state.db();
    let shop = Shop::by_id(&mut db, &ctx.store_id).await?;
    let key = args![&ctx.store_id, id];
    let newest = args![&ctx.store_id, id, KEPT];
    let rows: Vec<ShadowRow> = db.all(shadow::NEWEST, newest).await?;
    let dealt: Vec<DealtRow> = db.all(shadow::DEALS, key.clone()).await?;
    let ended: Vec<(String,)> = db.all(shadow::ENDED, key).await?;
    let ended: BTreeSet<String> = ended.into_iter().map(|(id,)| id).collect();
    let (decimal, sums) = (Decimal(shop.currency), Sums::of(&rows, &dealt, &ended));
    Ok(ShadowReport {
        rule_set_id: row.rule_set_id,
        version,
        currency: shop.currency.code().to_owned(),
        since: rows.last().map(|row| Instant::from_ms(row.at)),
        decisions: sums.decisions,
        differ: sums.differ,
        negotiations: sums.negotiations,
        deals_forbidden: sums.deals_forbidden,
        deals_forbidden_revenue: decimal.of(sums.deals_forbidden_revenue),
        deals_forbidden_shortfall: decimal.of(sums.deals_forbidden_shortfall),
        would_accept: sums.would_accept,
        would_accept_revenue: decimal.of(sums.would_accept_revenue),
        mean_floor_shift: decimal.of(sums.mean_floor_shift),
        rows: rows.iter().take(LISTED).map(|row| decimal.row(row)).collect(),
    })
}

/// Amounts are minor units.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    decisions: i64,
    differ: i64,
    negotiations: i64,
    deals_forbidden: i64,
    deals_forbidden_revenue: i128,
    deals_forbidden_shortfall: i128,
    would_accept: i64,
    would_accept_revenue: i128,
    mean_floor_shift: i128,
}

impl Sums {
    /// `rows` newest first; `ended` are negotiations that came to no deal.
    fn of(rows: &[ShadowRow], dealt: &[DealtRow], ended: &BTreeSet<String>) -> Self {
        let begun: BTreeSet<&str> = rows
            .iter()
            .map(|row| row.negotiation_id.as_str())
            .filter(|id| !id.is_empty())
            .collect();
        let mut sums = Self {
            decisions: count(rows.len()),
            differ: count(rows.iter().filter(|row| row.differs).count()),
            negotiations: count(begun.len()),
            mean_floor_shift: mean_shift(rows),
            ..Self::default()
        };
        sums.add_forbidden(rows, dealt);
        sums.add_accepted(rows, ended);
        sums
    }

    /// Deals below the floor that the shadow set gave last for that quantity.
    fn add_forbidden(&mut self, rows: &[ShadowRow], dealt: &[DealtRow]) {
        for deal in dealt {
            let mut of_deal = rows.iter().filter(|row| {
                row.negotiation_id == deal.negotiation_id && row.quantity == deal.quantity
            });
            let floor = of_deal.next().and_then(|row| row.shadow_floor);
            let Some(floor) = floor.filter(|floor| *floor > deal.unit_price) else { continue };
            let quantity = i128::from(deal.quantity);
            self.deals_forbidden += 1;
            self.deals_forbidden_revenue += i128::from(deal.unit_price) * quantity;
            self.deals_forbidden_shortfall += i128::from(floor - deal.unit_price) * quantity;
        }
    }

    /// Negotiations that ended without a deal although the shadow set would have taken an offer in
    /// them that the one in force did not take; each once, at its best such offer.
    fn add_accepted(&mut self, rows: &[ShadowRow], ended: &BTreeSet<String>) {
        let mut best: BTreeMap<&str, i128> = BTreeMap::new();
        for row in rows.iter().filter(|row| ended.contains(&row.negotiation_id)) {
            let Some(offer) = row.offer else { continue };
            let taken = |accept: Option<i64>| accept.is_some_and(|accept| offer >= accept);
            if taken(row.shadow_accept) && !taken(row.active_accept) {
                let worth = i128::from(offer) * i128::from(row.quantity);
                let kept = best.entry(&row.negotiation_id).or_insert(worth);
                *kept = worth.max(*kept);
            }
        }
        self.would_accept = count(best.len());
        self.would_accept_revenue = best.values().sum();
    }
}

/// Shadow floor less active floor over the decisions where both gave one, half away from zero.
fn mean_shift(rows: &[ShadowRow]) -> i128 {
    let shifts: Vec<i128> = rows
        .iter()
        .filter_map(|row| Some(i128::from(row.shadow_floor?) - i128::from(row.active_floor?)))
        .collect();
    let Ok(many @ 1..) = i128::try_from(shifts.len()) else { return 0 };
    let sum: i128 = shifts.iter().sum();
    (2 * sum.abs() + many) / (2 * many) * sum.signum()
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

/// Decimal strings of one currency; what is beyond the range of money stands at its end.
#[derive(Clone, Copy)]
struct Decimal(Currency);

impl Decimal {
    fn of(self, minor: i128) -> String {
        let most = i128::from(MINOR_MAX);
        let minor = i64::try_from(minor.clamp(-most, most)).unwrap_or(MINOR_MAX);
        Money::from_minor(minor, self.0).map_or_else(|_| minor.to_string(), |m| m.to_string())
    }

    fn price(self, minor: Option<i64>) -> Option<String> {
        minor.map(|minor| self.of(minor.into()))
    }

    fn row(self, row: &ShadowRow) -> Wire {
        let outcome = |reason: &Option<String>| match reason {
            Some(_) => "blocked".to_owned(),
            None => "priced".to_owned(),
        };
        Wire {
            at: Instant::from_ms(row.at),
            negotiation_id: row.negotiation_id.clone(),
            sku: row.sku.clone(),
            title: row.title.clone(),
            quantity: row.quantity,
            offer: self.price(row.offer),
            active: ShadowSide {
                outcome: outcome(&row.active_reason),
                reason: row.active_reason.clone(),
                floor: self.price(row.active_floor),
                ceiling: self.price(row.active_ceiling),
                target: self.price(row.active_target),
                accept_at: self.price(row.active_accept),
            },
            shadow: ShadowSide {
                outcome: outcome(&row.shadow_reason),
                reason: row.shadow_reason.clone(),
                floor: self.price(row.shadow_floor),
                ceiling: self.price(row.shadow_ceiling),
                target: self.price(row.shadow_target),
                accept_at: self.price(row.shadow_accept),
            },
            differs: row.differs,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(id: &str, offer: Option<i64>, active: (i64, i64), shadow: (i64, i64)) -> ShadowRow {
        ShadowRow {
            at: 0,
            negotiation_id: id.into(),
            sku: "LIGHT".into(),
            title: "Lantern".into(),
            quantity: 2,
            offer,
            active_reason: None,
            active_floor: Some(active.0),
            active_ceiling: None,
            active_target: None,
            active_accept: Some(active.1),
            shadow_reason: None,
            shadow_floor: Some(shadow.0),
            shadow_ceiling: None,
            shadow_target: None,
            shadow_accept: Some(shadow.1),
            differs: active != shadow,
        }
    }

    #[test]
    fn figures_are_of_the_last_word_on_each_negotiation() {
        let rows = [
            // newest first: "a" got dearer between its two decisions
            row("a", Some(850), (764, 1080), (900, 1100)),
            row("a", None, (764, 1080), (800, 1100)),
            row("b", Some(1000), (764, 1080), (700, 950)),
            row("b", Some(960), (764, 1080), (700, 950)),
            row("c", Some(940), (764, 1080), (700, 950)),
            row("", None, (764, 1080), (764, 1080)),
        ];
        let deal = DealtRow { negotiation_id: "a".into(), quantity: 2, unit_price: 850 };
        let ended = ["b", "c"].map(str::to_owned).into();
        let expected = Sums {
            decisions: 6,
            differ: 5,
            negotiations: 3,
            deals_forbidden: 1,
            deals_forbidden_revenue: 1700,
            deals_forbidden_shortfall: 100,
            would_accept: 1,
            would_accept_revenue: 2000,
            // (136 + 36 - 64 - 64 - 64 + 0) / 6 = -3.33
            mean_floor_shift: -3,
        };
        assert_eq!(Sums::of(&rows, &[deal], &ended), expected);
        assert_eq!(Sums::of(&[], &[], &BTreeSet::new()), Sums::default());
    }

    proptest! {
        #[test]
        fn no_part_is_more_than_its_whole(
            drawn in proptest::collection::vec(
                (0_u8..5, proptest::option::of(1_i64..2_000), 1_i64..2_000, 1_i64..2_000, 1_i64..2_000, 1_i64..2_000),
                0..60,
            ),
            price in 1_i64..2_000,
        ) {
            let rows: Vec<ShadowRow> = drawn
                .iter()
                .map(|(id, offer, af, aa, sf, sa)| {
                    let id = if *id == 0 { String::new() } else { id.to_string() };
                    row(&id, *offer, (*af, *aa), (*sf, *sa))
                })
                .collect();
            let deals: Vec<DealtRow> = ["1", "2"]
                .map(|id| DealtRow { negotiation_id: id.into(), quantity: 2, unit_price: price })
                .into();
            let ended = ["3", "4"].map(str::to_owned).into();
            let sums = Sums::of(&rows, &deals, &ended);
            prop_assert!(sums.differ <= sums.decisions);
            prop_assert!(sums.negotiations <= sums.decisions);
            prop_assert!(sums.deals_forbidden + sums.would_accept <= sums.negotiations);
            prop_assert!(sums.deals_forbidden_shortfall >= i128::from(sums.deals_forbidden) * 2);
        }
    }
}
