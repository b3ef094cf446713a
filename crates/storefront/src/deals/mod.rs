//! Deals: signed, expiring prices that hold their stock. Checkout takes a bargained price from
//! nothing else, once.

pub(crate) mod hand_over;
pub(crate) mod keys;
mod mint;
mod redeem;

pub(crate) use mint::{give_back, given_away, hold, mint, over_budget};
pub(crate) use redeem::{lapse_due, read_token, refuse_unless_held, release};
