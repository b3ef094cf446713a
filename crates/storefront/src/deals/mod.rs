//! Deals: signed, expiring prices. Here the keys; minting and redeeming stand beside them.

pub(crate) mod keys;
