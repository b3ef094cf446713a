//! What delivery costs. Constants in the store's own currency, replaced by the setting `delivery`
//! (`{"standard": 395, "express": 795, "free_from": 5000}`, minor units) where a merchant has one.
//! Where what is kept cannot be read nothing is delivered, and so nothing sold or bargained: the
//! constants could be less than the merchant asks.

use api::error::ErrorCode;
use api::shop::DeliveryOption;
use commerce::money::MINOR_MAX;
use commerce::{Currency, Money, Rounding};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

use crate::db::store::{self, DocumentRow};
use crate::db::{Reads, args};
use crate::error::{AppError, AppResult};
use crate::http::fault::read_value;
use crate::visitor::Shop;

/// In major units (pounds, euros) times 100, rounded to the currency's digits.
const STANDARD: i64 = 395;
const EXPRESS: i64 = 795;
/// Standard delivery is free from goods of this worth on.
const FREE_FROM: i64 = 5000;

/// Its name among the settings.
pub(crate) const NAME: &str = "delivery";

/// Prices of delivery in one store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delivery {
    standard: Money,
    express: Money,
    free_from: Money,
    /// What is kept cannot be read.
    pub(crate) unreadable: bool,
}

/// The setting `delivery`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setting {
    standard: i64,
    express: i64,
    free_from: i64,
}

impl Setting {
    /// Reads the setting; none for `null`, which is the constants.
    ///
    /// # Errors
    /// What is wrong, by its field.
    pub(crate) fn parse(value: &Value) -> AppResult<Option<Self>> {
        if value.is_null() {
            return Ok(None);
        }
        let set: Self = read_value("value", value)?;
        for (field, minor) in
            [("standard", set.standard), ("express", set.express), ("free_from", set.free_from)]
        {
            if !(0..=MINOR_MAX).contains(&minor) {
                let message = format!("{minor}: expected minor units, 0 or more.");
                return Err(AppError::invalid(&format!("value.{field}"), message));
            }
        }
        Ok(Some(set))
    }
}

impl Delivery {
    pub(crate) async fn load<R: Reads>(reads: &mut R, shop: &Shop) -> AppResult<Self> {
        let key = args![&shop.store_id, "setting/delivery"];
        let usual = Self::usual(shop.currency)?;
        let Some(kept) = reads.maybe::<DocumentRow>(store::DOCUMENT, key).await? else {
            return Ok(usual);
        };
        let body = serde_json::from_str(&kept.body).map_err(AppError::internal);
        match body.and_then(|body| Setting::parse(&body)) {
            Ok(None) => Ok(usual),
            Ok(Some(set)) => Ok(Self {
                standard: shop.money(set.standard)?,
                express: shop.money(set.express)?,
                free_from: shop.money(set.free_from)?,
                unreadable: false,
            }),
            Err(error) => {
                let store_id = &shop.store_id;
                tracing::error!(store_id, ?error, "the setting delivery cannot be read: closed");
                Ok(Self { unreadable: true, ..usual })
            }
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
            unreadable: false,
        })
    }

    /// What a deal's free delivery costs the merchant at most.
    pub(crate) fn standard_price(&self) -> Money {
        self.standard
    }

    /// The price of a kind of delivery for goods of this worth.
    pub(crate) fn price(&self, kind: &str, goods: Money) -> AppResult<Money> {
        if self.unreadable {
            let message = "This shop cannot deliver right now. Nothing was ordered.";
            return Err(AppError::refuse(ErrorCode::NotAllowedNow, message));
        }
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
