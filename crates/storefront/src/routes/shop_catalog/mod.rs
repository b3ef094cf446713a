//! The catalogue as customers may see it: live products, no cost, no floor.

pub(crate) mod categories;
pub(crate) mod products;
