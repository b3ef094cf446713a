//! What the shop's pages and the widget see. Nothing here ever holds cost, floor, target, or
//! another customer's price.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::negotiation::NegotiationState;
use crate::{Instant, Money};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShopProduct {
    pub sku: String,
    pub title: String,
    pub description: String,
    pub category: String,
    pub list_price: Money,
    pub in_stock: bool,
    pub available: Option<i64>,
    pub image: Option<String>,
    /// "Make an offer" is open on it now.
    pub bargaining: bool,
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenNegotiation {
    pub sku: String,
    pub quantity: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CustomerMessage {
    /// At most 2,000 characters are read; longer is refused.
    pub text: String,
}

/// A way from a page of another site to this shop's checkout, for one deal: once, for two minutes.
/// It is posted as `code` to `/s/{store}/hand-over`, never put into an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HandOver {
    pub code: String,
    pub expires_at: Instant,
}

/// A negotiation as its customer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ShopNegotiation {
    pub id: String,
    pub state: NegotiationState,
    pub sku: String,
    pub title: String,
    #[specta(type = i32)]
    pub quantity: i64,
    pub list_price: Money,
    pub standing_ask: Option<Money>,
    pub agreed_price: Option<Money>,
    /// A person of the store's staff is answering.
    pub with_person: bool,
    pub messages: Vec<ShopMessage>,
    pub deal: Option<ShopDeal>,
    /// Grows with each change; a client drops what is older than what it shows.
    #[specta(type = i32)]
    pub seq: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ShopMessage {
    #[specta(type = i32)]
    pub seq: i64,
    pub at: Instant,
    /// `customer`, `bot`, `staff` or `system`.
    pub who: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ShopDeal {
    pub unit_price: Money,
    pub total: Money,
    #[specta(type = i32)]
    pub quantity: i64,
    pub expires_at: Instant,
    /// PASETO v4.public, signed by the store's key.
    pub token: String,
    /// `held`, `redeemed` or `lapsed`.
    pub state: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CartChange {
    pub sku: String,
    /// 0 removes.
    pub quantity: i64,
}

/// A basket at today's catalogue prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CartView {
    pub lines: Vec<CartLineView>,
    /// Sum of the lines that can be bought now.
    pub goods: Money,
    /// What each kind of delivery would cost for these goods.
    pub delivery: Vec<DeliveryOption>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CartLineView {
    pub sku: String,
    pub title: String,
    pub quantity: i64,
    pub unit_price: Money,
    pub total: Money,
    /// How many are left; absent where stock is not counted.
    pub available: Option<i64>,
    /// Still on sale, and enough of it there.
    pub buyable: bool,
    pub image: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DeliveryOption {
    /// `standard` or `express`.
    pub kind: String,
    pub price: Money,
}

/// Taking the standing ask. With `price` it is taken only while it still is that price.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AcceptAsk {
    pub price: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Checkout {
    pub name: String,
    pub email: String,
    pub address_line: String,
    pub city: String,
    pub postcode: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// `standard` or `express`.
    pub delivery: String,
    /// The test provider's card: `approve`, `decline` or `timeout`.
    pub payment: String,
    /// A deal to redeem; without one the cart is bought.
    #[serde(default)]
    pub deal: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlacedOrder {
    pub id: String,
    pub number: String,
    pub total: Money,
    pub state: String,
}

/// An order as the visitor who placed it sees it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShopOrder {
    pub order: PlacedOrder,
    pub lines: Vec<ShopOrderLine>,
    pub goods: Money,
    pub delivery: Money,
    /// What bargaining took off the list prices.
    pub saved: Money,
    pub placed_at: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ShopOrderLine {
    pub sku: String,
    pub title: String,
    pub quantity: i64,
    pub unit_price: Money,
    pub total: Money,
}
