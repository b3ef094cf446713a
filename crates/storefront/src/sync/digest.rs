//! A digest of what a client should hold, per entity. Order does not matter, so it can be kept up
//! to date by XOR on both sides: the fold of SHA-256 over `entity/key@rev`.

use std::collections::BTreeMap;

use api::sync::{Entity, EntityDigest};
use sha2::{Digest, Sha256};

pub(crate) fn of(held: impl IntoIterator<Item = (Entity, String, i64)>) -> Vec<EntityDigest> {
    let mut folds: BTreeMap<Entity, (i64, [u8; 32])> = BTreeMap::new();
    for (entity, key, rev) in held {
        let (count, fold) = folds.entry(entity).or_default();
        *count += 1;
        let hash = Sha256::digest(format!("{}/{key}@{rev}", entity.as_str()).as_bytes());
        for (left, right) in fold.iter_mut().zip(hash) {
            *left ^= right;
        }
    }
    let wire = |(entity, (count, fold))| EntityDigest { entity, count, digest: hex::encode(fold) };
    folds.into_iter().map(wire).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter_and_every_part_does() {
        let a = (Entity::Product, "71053".to_owned(), 1);
        let b = (Entity::Product, "84029E".to_owned(), 2);
        let both = of([a.clone(), b.clone()]);
        assert_eq!(both, of([b, a.clone()]));
        assert_ne!(both, of([a.clone()]));
        assert_ne!(both, of([a, (Entity::Product, "84029E".to_owned(), 3)]));
    }
}
