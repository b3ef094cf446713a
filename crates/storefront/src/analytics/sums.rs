//! Adding up rows, and the shares that follow. Whole numbers; a percentage is rounded once, at the
//! end, to one decimal.

use api::analytics::Figures;

use crate::db::negotiation::CountedRow;
use crate::db::order::SoldRow;
use crate::deals::given_away;
use crate::visitor::Shop;

/// What the rows of a stretch come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) negotiations: i64,
    pub(super) offered: i64,
    pub(super) agreed: i64,
    pub(super) ended: i64,
    pub(super) redeemed: i64,
    /// List value of what was agreed, and what was given away of it.
    list_value: i64,
    discount: i64,
    orders: i64,
    revenue: i64,
    margin: i64,
    costed: i64,
}

impl Sums {
    pub(super) fn negotiation(&mut self, row: &CountedRow) {
        self.negotiations += 1;
        let agreed = matches!(row.state.as_str(), "agreed" | "redeemed" | "lapsed");
        // agreeing answers an offer, so whoever agreed has offered
        self.offered += i64::from(agreed || row.last_offer.is_some());
        self.ended +=
            i64::from(!matches!(row.state.as_str(), "opened" | "bargaining" | "awaiting_staff"));
        let Some(price) = row.agreed_price.filter(|_| agreed) else { return };
        self.agreed += 1;
        self.redeemed += i64::from(row.state == "redeemed");
        self.list_value =
            self.list_value.saturating_add(row.list_price.saturating_mul(row.quantity));
        let given = given_away(row.list_price, price, row.quantity);
        self.discount = self.discount.saturating_add(given);
    }

    pub(super) fn order(&mut self, row: &SoldRow) {
        // a return in an imported history stands as an order below zero
        self.orders += i64::from(row.total >= 0);
        self.revenue = self.revenue.saturating_add(row.total);
        self.margin = self.margin.saturating_add(row.margin.unwrap_or(0));
        self.costed = self.costed.saturating_add(row.costed_goods);
    }

    pub(super) fn figures(&self, shop: &Shop) -> Figures {
        Figures {
            negotiations: self.negotiations,
            agreed: self.agreed,
            ended: self.ended,
            acceptance_pct: percent(self.agreed, self.ended),
            discount_depth_pct: percent(self.discount, self.list_value),
            discount: shop.wire(self.discount),
            orders: self.orders,
            revenue: shop.wire(self.revenue),
            margin: shop.wire(self.margin),
            margin_pct: percent(self.margin, self.costed),
        }
    }
}

/// `part` of `whole` as a percentage with one decimal, half away from zero: `36.7`. Nothing of
/// nothing has no share.
pub(crate) fn percent(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let tenths = (part.abs() * 2_000 + whole) / (whole * 2);
    let sign = if part < 0 && tenths > 0 { "-" } else { "" };
    Some(format!("{sign}{}.{}", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_rounded_once_and_nothing_has_no_share() {
        for (part, whole, expected) in [
            (1, 3, Some("33.3")),
            (2, 3, Some("66.7")),
            (1, 1, Some("100.0")),
            (0, 7, Some("0.0")),
            (-1, 8, Some("-12.5")),
            (-1, 100_000, Some("0.0")),
            (1, 2_000, Some("0.1")),
            (1, 0, None),
            (0, 0, None),
            (i64::MAX, i64::MAX, Some("100.0")),
        ] {
            assert_eq!(percent(part, whole).as_deref(), expected, "{part}/{whole}");
        }
    }

    #[test]
    fn every_step_is_a_subset_of_the_one_before() {
        let mut sums = Sums::default();
        for state in [
            "opened",
            "bargaining",
            "awaiting_staff",
            "agreed",
            "redeemed",
            "declined",
            "expired",
            "withdrawn",
            "stopped",
            "lapsed",
        ] {
            for (last_offer, agreed_price) in [(None, None), (Some(80), None), (Some(80), Some(90))]
            {
                let (state, list_price, quantity) = (state.to_owned(), 100, 2);
                let opened_at = 0;
                sums.negotiation(&CountedRow {
                    opened_at,
                    state,
                    last_offer,
                    list_price,
                    agreed_price,
                    quantity,
                });
            }
        }
        let funnel = [sums.negotiations, sums.offered, sums.agreed, sums.redeemed];
        assert!(funnel.is_sorted_by(|a, b| a >= b), "{funnel:?}");
        assert!(sums.agreed <= sums.ended && sums.ended <= sums.negotiations);
    }
}
