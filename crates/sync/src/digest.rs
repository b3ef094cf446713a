//! Whether this console holds what the service says it should: count and XOR-folded SHA-256 of
//! `entity/key@rev` lines, per kind of document. Order does not matter.

use std::collections::BTreeMap;

use api::sync::{Entity, EntityDigest};
use cache::Held;
use sha2::{Digest as _, Sha256};

/// What is held, as the service reckons it.
pub fn of(held: &[Held]) -> BTreeMap<Entity, EntityDigest> {
    let mut folds: BTreeMap<Entity, (i64, [u8; 32])> = BTreeMap::new();
    for Held { entity, key, rev } in held {
        let line = format!("{}/{key}@{rev}", entity.as_str());
        let hash: [u8; 32] = Sha256::digest(line.as_bytes()).into();
        let (count, fold) = folds.entry(*entity).or_insert((0, [0; 32]));
        *count += 1;
        for (left, right) in fold.iter_mut().zip(hash) {
            *left ^= right;
        }
    }
    folds
        .into_iter()
        .map(|(entity, (count, fold))| {
            (entity, EntityDigest { entity, count, digest: hex::encode(fold) })
        })
        .collect()
}

/// Kinds of documents in which the two sides differ.
pub fn differing(held: &[Held], service: &[EntityDigest]) -> Vec<Entity> {
    let mine = of(held);
    let theirs: BTreeMap<Entity, &EntityDigest> = service.iter().map(|d| (d.entity, d)).collect();
    Entity::ALL
        .into_iter()
        // views are the service's: the console need not hold them
        .filter(|e| !matches!(e, Entity::Negotiation | Entity::Order))
        .filter(|e| {
            let empty = EntityDigest { entity: *e, count: 0, digest: hex::encode([0; 32]) };
            mine.get(e).unwrap_or(&empty) != theirs.get(e).copied().unwrap_or(&empty)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(key: &str, rev: i64) -> Held {
        Held { entity: Entity::Product, key: key.to_owned(), rev }
    }

    #[test]
    fn order_does_not_matter_but_every_revision_does() {
        let a = of(&[held("a", 1), held("b", 2)]);
        assert_eq!(a, of(&[held("b", 2), held("a", 1)]));
        assert_ne!(a, of(&[held("a", 1), held("b", 3)]));
        let service: Vec<_> = a.into_values().collect();
        assert!(differing(&[held("a", 1), held("b", 2)], &service).is_empty());
        assert_eq!(differing(&[held("a", 1)], &service), [Entity::Product]);
        assert_eq!(differing(&[], &service), [Entity::Product]);
        assert!(differing(&[], &[]).is_empty());
    }
}
