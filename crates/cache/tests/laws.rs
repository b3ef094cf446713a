//! Laws of `transact` under random work: whatever a person types, whatever the service says in
//! between, and wherever it is cut off, an edit is in the outbox, in the conflicts, or in the
//! service's document; never in two of them, never nowhere.

// steps outside of a test function may fail the test, too
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use api::sync::{Change, Entity, Outcome, OutcomeKind};
use cache::{Cache, Edit, Edited, Op, Source};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

const STORE: &str = "s1";
const OP: Op = Op { name: "law", source: Source::Local };

#[derive(Debug, Clone)]
enum Step {
    Type { field: u8, value: u8, lag: u8 },
    Push,
    LosePush,
    Pull,
    Elsewhere { field: u8, value: u8 },
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3u8, any::<u8>(), 0..2u8).prop_map(|(field, value, lag)| Step::Type { field, value, lag }),
        3 => Just(Step::Push),
        1 => Just(Step::LosePush),
        2 => Just(Step::Pull),
        2 => (0..3u8, any::<u8>()).prop_map(|(field, value)| Step::Elsewhere { field, value }),
        1 => Just(Step::Reopen),
    ]
}

/// A service of one document that answers as the wire says.
#[derive(Default)]
struct Service {
    rev: i64,
    doc: Map<String, Value>,
    answered: BTreeMap<String, Outcome>,
}

impl Service {
    fn apply(&mut self, m: &api::sync::Mutation) -> Outcome {
        if let Some(outcome) = self.answered.get(&m.id) {
            return outcome.clone();
        }
        let stands = |f: &str| self.doc.get(f).cloned().unwrap_or(Value::Null);
        let clash = m.patch.iter().any(|(f, mine)| {
            let base = m.base.get(f).cloned().unwrap_or(Value::Null);
            m.base_rev != self.rev && stands(f) != base && stands(f) != *mine
        });
        let kind = if clash {
            OutcomeKind::Conflict { fields: Vec::new() }
        } else {
            let kind =
                if m.base_rev == self.rev { OutcomeKind::Applied } else { OutcomeKind::Merged };
            self.doc.extend(m.patch.clone());
            self.rev += 1;
            kind
        };
        let outcome = Outcome { id: m.id.clone(), rev: self.rev, kind };
        self.answered.insert(m.id.clone(), outcome.clone());
        outcome
    }
}

struct World {
    folder: tempfile::TempDir,
    cache: Cache,
    service: Service,
    /// Fields as this person last typed them, while nobody else touched them.
    typed: BTreeMap<String, Value>,
}

impl World {
    async fn take(&mut self, step: &Step) {
        match step {
            Step::Type { field, value, lag } => self.type_in(*field, *value, *lag).await,
            Step::Push | Step::LosePush => self.push(matches!(step, Step::LosePush)).await,
            Step::Pull => self.pull().await,
            Step::Elsewhere { field, value } => {
                self.service.doc.insert(format!("f{field}"), json!(value));
                self.service.rev += 1;
                self.typed.remove(&format!("f{field}"));
            }
            Step::Reopen => {
                self.cache.close().await;
                self.cache = Cache::open(self.folder.path()).await.unwrap().cache;
            }
        }
    }

    async fn type_in(&mut self, field: u8, value: u8, lag: u8) {
        let found = cache::document(&self.cache, STORE, Entity::Product, "A").await.unwrap();
        let (rev, mut doc) = found
            .map_or((0, Map::new()), |d| (d.rev, d.doc.as_object().cloned().unwrap_or_default()));
        let field = format!("f{field}");
        doc.insert(field.clone(), json!(value));
        let base_rev = (rev - i64::from(lag)).max(0);
        let edit = Edit {
            id: Uuid::now_v7(),
            entity: Entity::Product,
            key: "A".to_owned(),
            base_rev,
            fields: doc,
            made_at: 1,
        };
        let edited = self
            .cache
            .transact(OP, STORE, move |tx| Box::pin(async move { tx.edit(&edit).await }))
            .await
            .unwrap()
            .0;
        if matches!(edited, Edited::Stale { .. }) {
            return;
        }
        if base_rev == rev {
            self.typed.insert(field, json!(value));
        } else {
            // merged from an older form: which of the two stands is the merge's to say
            self.typed.remove(&field);
        }
    }

    async fn push(&mut self, lose: bool) {
        let due =
            self.cache.transact(OP, STORE, |tx| Box::pin(tx.take_due(0, 50))).await.unwrap().0;
        for sent in due {
            let outcome = self.service.apply(&sent.mutation);
            if lose {
                continue;
            }
            self.cache
                .transact(OP, STORE, move |tx| {
                    Box::pin(async move { tx.acknowledge(&sent, &outcome, 2).await })
                })
                .await
                .unwrap();
        }
    }

    async fn pull(&mut self) {
        if self.service.rev == 0 {
            return;
        }
        let change = Change {
            entity: Entity::Product,
            key: "A".to_owned(),
            rev: self.service.rev,
            seq: self.service.rev,
            doc: Some(Value::Object(self.service.doc.clone())),
        };
        self.cache
            .transact(OP, STORE, move |tx| Box::pin(async move { tx.put_change(&change).await }))
            .await
            .unwrap();
    }

    async fn quiet(&mut self) {
        for _ in 0..100 {
            if cache::waiting(&self.cache, STORE).await.unwrap().is_empty() {
                break;
            }
            self.push(false).await;
        }
        self.pull().await;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn all_converges_and_nothing_is_lost(steps in proptest::collection::vec(step(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let cache = Cache::open(folder.path()).await.unwrap().cache;
            let mut world =
                World { folder, cache, service: Service::default(), typed: BTreeMap::new() };
            for step in &steps {
                world.take(step).await;
            }
            world.quiet().await;
            let waiting = cache::waiting(&world.cache, STORE).await.unwrap();
            prop_assert!(waiting.is_empty(), "the outbox drains");
            let conflicts = cache::conflicts(&world.cache, STORE).await.unwrap();
            let found = cache::document(&world.cache, STORE, Entity::Product, "A").await.unwrap();
            if let Some(found) = found {
                if conflicts.is_empty() {
                    prop_assert_eq!(&found.doc, &Value::Object(world.service.doc.clone()));
                    prop_assert_eq!(found.rev, world.service.rev);
                    prop_assert!(!found.edited);
                    for (field, value) in &world.typed {
                        prop_assert_eq!(found.doc.get(field), Some(value), "typed {}", field);
                    }
                }
            } else {
                prop_assert_eq!(world.service.rev, 0);
            }
            Ok(())
        })?;
    }
}
