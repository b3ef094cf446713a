//! The words of commerce, as types: money, catalogue, cart, order. Pure: no I/O, no clock, no
//! randomness. A value that exists is valid; parsing happens at the edges.

pub mod money;

pub use money::{Currency, Money, MoneyError, Rounding};
