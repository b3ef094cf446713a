//! What a customer's browser (or program) does in a shop: bargain, fill a basket, buy. Who it is
//! comes from the visitor's cookie or header; nothing here answers with a floor or a cost.

pub(crate) mod basket;
pub(crate) mod negotiation;
