//! What delivery costs. Constants in the store's own currency, replaced by the setting `delivery`
//! (`{"standard": 395, "express": 795, "free_from": 5000}`, minor units) where a merchant has one.

use api::shop::DeliveryOption;
use commerce::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::db::store::{self, DocumentRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::visitor::Shop;

/// In major units (pounds, euros) times 100, rounded to the currency's digits.
const STANDARD: i64 = 395;
const EXPRESS: i64 = 795;
/// Standard delivery is free from goods of this worth on.
const FREE_FROM: i64 = 5000;

/// Prices of delivery in one store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delivery {
    standard: Money,
    express: Money,
    free_from: Money,
}

#[derive(Deserialize)]
struct Setting {
    standard: i64,
    express: i64,
    free_from: i64,
}

impl Delivery {
    pub(crate) async fn load<R: Reads>(reads: &mut R, shop: &Shop) -> AppResult<Self> {
        let key = args![&shop.store_id, "setting/delivery"];
        let kept: Option<DocumentRow> = reads.maybe(store::DOCUMENT, key).await?;
        let set = kept.and_then(|row| serde_json::from_str::<Setting>(&row.body).ok());
        let sane = |minor: &i64| *minor >= 0;
        match set.filter(|s| [s.standard, s.express, s.free_from].iter().all(sane)) {
            Some(set) => Ok(Self {
                standard: shop.money(set.standard)?,
                express: shop.money(set.express)?,
                free_from: shop.money(set.free_from)?,
            }),
            None => Self::usual(shop.currency),
        }
    }

    fn usual(currency: Currency) -> AppResult<Self> {
        let money = |hundredths: i64| {
            Money::from_decimal(Decimal::new(hundredths, 2), currency, Rounding::HalfUp)
                .map_err(AppError::internal)
        };
        Ok(Self {
            standard: money(STANDARD)?,
            express: money(EXPRESS)?,
            free_from: money(FREE_FROM)?,
        })
    }

    /// What a deal's free delivery costs the merchant at most.
    pub(crate) fn standard_price(&self) -> Money {
        self.standard
    }

    /// The price of a kind of delivery for goods of this worth.
    pub(crate) fn price(&self, kind: &str, goods: Money) -> AppResult<Money> {
        match kind {
            "standard" if goods.minor() >= self.free_from.minor() => {
                Ok(Money::zero(goods.currency()))
            }
            "standard" => Ok(self.standard),
            "express" => Ok(self.express),
            _ => Err(AppError::invalid("delivery", "Expected standard or express.")),
        }
    }

    pub(crate) fn options(&self, goods: Money) -> Vec<DeliveryOption> {
        ["standard", "express"]
            .into_iter()
            .filter_map(|kind| {
                let price = self.price(kind, goods).ok()?.into();
                Some(DeliveryOption { kind: kind.to_owned(), price })
            })
            .collect()
    }
}
