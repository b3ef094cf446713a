//! The words of commerce, as types: money, catalogue, cart, order. Pure: no I/O, no clock, no
//! randomness. A value that exists is valid; parsing happens at the edges.

pub mod cart;
pub mod catalog_file;
pub mod csv_out;
mod grouped;
pub mod ids;
pub mod lifecycle;
pub mod money;
pub mod names;
pub mod order;
pub mod product;

pub use cart::{Cart, CartError, CartLine, LineTotal, Totals};
pub use grouped::grouped;
pub use ids::*;
pub use lifecycle::NotAllowedNow;
pub use money::{Currency, Money, MoneyError, Rounding, parse_decimal};
pub use names::{CategoryPath, Country, Email, NameError, Sku, StoreSlug};
pub use order::{OrderAct, OrderState, Payment, PaymentAct, PaymentError, PaymentState};
pub use product::{Product, ProductAct, ProductError, ProductParts, ProductState};
