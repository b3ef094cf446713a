//! A person's edits in the cache: seen at once, waiting, acknowledged, in conflict; and nothing
//! half-done when the work is cut off.

// steps outside of a test function may fail the test, too
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use api::error::{ErrorBody, ErrorCode};
use api::sync::{Change, ConflictField, Entity, Outcome, OutcomeKind};
use cache::{Cache, Edit, Edited, Op, Source, Waiting};
use serde_json::{Map, Value, json};
use uuid::Uuid;

const STORE: &str = "store-1";
const OP: Op = Op { name: "test", source: Source::Local };

async fn open() -> (tempfile::TempDir, Cache) {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).await.unwrap().cache;
    (folder, cache)
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("not an object: {other}"),
    }
}

async fn pulled(cache: &Cache, rev: i64, doc: Option<Value>) {
    let change = Change { entity: Entity::Product, key: "A1".to_owned(), rev, seq: rev, doc };
    cache
        .transact(OP, STORE, move |tx| Box::pin(async move { tx.put_change(&change).await }))
        .await
        .unwrap();
}

async fn edit(cache: &Cache, base_rev: i64, fields: Value) -> Edited {
    let edit = Edit {
        id: Uuid::now_v7(),
        entity: Entity::Product,
        key: "A1".to_owned(),
        base_rev,
        fields: map(fields),
        made_at: 1,
    };
    cache
        .transact(OP, STORE, move |tx| Box::pin(async move { tx.edit(&edit).await }))
        .await
        .unwrap()
        .0
}

async fn due(cache: &Cache) -> Vec<Waiting> {
    cache.transact(OP, STORE, |tx| Box::pin(tx.take_due(10, 100))).await.unwrap().0
}

async fn outcome(cache: &Cache, sent: &Waiting, rev: i64, kind: OutcomeKind) {
    let (sent, id) = (sent.clone(), sent.mutation.id.clone());
    cache
        .transact(OP, STORE, move |tx| {
            Box::pin(async move { tx.acknowledge(&sent, &Outcome { id, rev, kind }, 5).await })
        })
        .await
        .unwrap();
}

async fn shown(cache: &Cache) -> (i64, Value, bool) {
    let found = cache::document(cache, STORE, Entity::Product, "A1").await.unwrap().unwrap();
    (found.rev, found.doc, found.edited)
}

#[tokio::test]
async fn only_what_changed_is_sent_and_typing_makes_one_edit() {
    let (_folder, cache) = open().await;
    pulled(&cache, 3, Some(json!({"title": "Lamp", "stock": 4}))).await;
    edit(&cache, 3, json!({"title": "La", "stock": 4})).await;
    edit(&cache, 3, json!({"title": "Lantern", "stock": 4})).await;
    assert_eq!(edit(&cache, 3, json!({"title": "Lantern", "stock": 4})).await, Edited::Unchanged);
    let waiting = cache::waiting(&cache, STORE).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].mutation.patch, map(json!({"title": "Lantern"})));
    assert_eq!(waiting[0].mutation.base, map(json!({"title": "Lamp"})));
    assert_eq!(shown(&cache).await, (3, json!({"title": "Lantern", "stock": 4}), true));
}

#[tokio::test]
async fn what_was_sent_never_changes_and_what_follows_waits_its_turn() {
    let (_folder, cache) = open().await;
    pulled(&cache, 3, Some(json!({"title": "Lamp", "stock": 4}))).await;
    edit(&cache, 3, json!({"title": "Lantern", "stock": 4})).await;
    let first = due(&cache).await;
    edit(&cache, 3, json!({"title": "Lantern, brass", "stock": 4})).await;
    let again = due(&cache).await;
    assert_eq!(first.len(), 1);
    assert_eq!(again[0].mutation, first[0].mutation, "repeated as it was");
    assert_eq!(again.len(), 1, "the second waits for the first");
    outcome(&cache, &first[0], 4, OutcomeKind::Applied).await;
    let second = due(&cache).await;
    assert_eq!(second[0].mutation.base_rev, 4);
    assert_eq!(second[0].mutation.base, map(json!({"title": "Lantern"})));
    outcome(&cache, &second[0], 5, OutcomeKind::Applied).await;
    assert_eq!(shown(&cache).await, (5, json!({"title": "Lantern, brass", "stock": 4}), false));
}

#[tokio::test]
async fn a_form_that_lags_behind_its_own_saves_is_no_conflict() {
    let (_folder, cache) = open().await;
    pulled(&cache, 3, Some(json!({"title": "", "stock": 4}))).await;
    edit(&cache, 3, json!({"title": "Lan", "stock": 4})).await;
    let sent = due(&cache).await;
    outcome(&cache, &sent[0], 4, OutcomeKind::Applied).await;
    // the form still says revision 3, and meanwhile stock has changed elsewhere
    pulled(&cache, 5, Some(json!({"title": "Lan", "stock": 2}))).await;
    edit(&cache, 3, json!({"title": "Lantern", "stock": 4})).await;
    let sent = due(&cache).await;
    assert_eq!(sent[0].mutation.patch, map(json!({"title": "Lantern"})), "stock is not put back");
    assert_eq!(sent[0].mutation.base, map(json!({"title": "Lan"})));
    assert_eq!(shown(&cache).await.1, json!({"title": "Lantern", "stock": 2}));
}

#[tokio::test]
async fn a_form_from_an_unknown_revision_is_refused() {
    let (_folder, cache) = open().await;
    pulled(&cache, 30, Some(json!({"title": "Lamp"}))).await;
    assert_eq!(edit(&cache, 2, json!({"title": "X"})).await, Edited::Stale { rev: 30 });
    assert_eq!(edit(&cache, 0, json!({"title": "X"})).await, Edited::Stale { rev: 30 });
    assert!(cache::waiting(&cache, STORE).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_pull_under_an_edit_keeps_the_edit() {
    let (_folder, cache) = open().await;
    pulled(&cache, 3, Some(json!({"title": "Lamp", "stock": 4}))).await;
    edit(&cache, 3, json!({"title": "Lantern", "stock": 4})).await;
    pulled(&cache, 4, Some(json!({"title": "Lamp", "stock": 1}))).await;
    assert_eq!(shown(&cache).await, (4, json!({"title": "Lantern", "stock": 1}), true));
    pulled(&cache, 5, None).await;
    assert_eq!(shown(&cache).await.1, json!({"title": "Lantern"}), "deleted there, edited here");
}

#[tokio::test]
async fn a_conflict_keeps_the_edit_untouched_and_a_refusal_shows_theirs() {
    let (_folder, cache) = open().await;
    pulled(&cache, 3, Some(json!({"title": "Lamp"}))).await;
    edit(&cache, 3, json!({"title": "Mine"})).await;
    let sent = due(&cache).await;
    let fields = vec![ConflictField {
        field: "title".to_owned(),
        base: json!("Lamp"),
        mine: json!("Mine"),
        theirs: json!("Theirs"),
    }];
    outcome(&cache, &sent[0], 4, OutcomeKind::Conflict { fields: fields.clone() }).await;
    outcome(&cache, &sent[0], 4, OutcomeKind::Conflict { fields: fields.clone() }).await;
    pulled(&cache, 4, Some(json!({"title": "Theirs"}))).await;
    let conflicts = cache::conflicts(&cache, STORE).await.unwrap();
    assert_eq!(conflicts.len(), 1);
    assert_eq!((&conflicts[0].fields, &conflicts[0].mutation), (&fields, &sent[0].mutation));
    assert_eq!(shown(&cache).await, (4, json!({"title": "Mine"}), true));

    let (_folder, cache) = open().await;
    pulled(&cache, 3, Some(json!({"title": "Lamp"}))).await;
    edit(&cache, 3, json!({"title": ""})).await;
    let sent = due(&cache).await;
    let error = ErrorBody::new(ErrorCode::Invalid, "A product needs a title.");
    outcome(&cache, &sent[0], 3, OutcomeKind::Refused { error: error.clone() }).await;
    assert_eq!(shown(&cache).await, (3, json!({"title": "Lamp"}), false));
    assert_eq!(cache::conflicts(&cache, STORE).await.unwrap()[0].refused, Some(error));
}

#[tokio::test]
async fn work_that_fails_or_is_dropped_leaves_nothing() {
    let (_folder, cache) = open().await;
    pulled(&cache, 3, Some(json!({"title": "Lamp"}))).await;
    let wanted = |title: &str| Edit {
        id: Uuid::now_v7(),
        entity: Entity::Product,
        key: "A1".to_owned(),
        base_rev: 3,
        fields: map(json!({"title": title})),
        made_at: 1,
    };
    let failing = wanted("fails");
    let failed = cache
        .transact(OP, STORE, move |tx| {
            Box::pin(async move {
                tx.edit(&failing).await?;
                Err::<(), _>(cache::CacheError::Edit("stop".to_owned()))
            })
        })
        .await;
    assert!(failed.is_err());
    for step_ms in 0..30 {
        let dropped = wanted("dropped");
        let work = cache.transact(OP, STORE, move |tx| {
            Box::pin(async move {
                tx.edit(&dropped).await?;
                tokio::time::sleep(std::time::Duration::from_secs(60)).await;
                Ok(())
            })
        });
        let wait = std::time::Duration::from_micros(step_ms * 200);
        assert!(tokio::time::timeout(wait, work).await.is_err());
    }
    assert_eq!(shown(&cache).await, (3, json!({"title": "Lamp"}), false));
    assert!(cache::waiting(&cache, STORE).await.unwrap().is_empty());
    edit(&cache, 3, json!({"title": "goes on"})).await;
    assert_eq!(shown(&cache).await.1, json!({"title": "goes on"}));
}
