//! What the cache keeps across starts, lists, damage and the mixing of stores.

// steps outside of a test function may fail the test, too
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use api::audit_log::AuditHead;
use api::sync::{Change, Entity};
use cache::{Cache, Connection, ConnectionKind, Edit, Op, ProductFilter, Source};
use serde_json::{Value, json};
use uuid::Uuid;

const OP: Op = Op { name: "test", source: Source::Local };

async fn put(cache: &Cache, store: &str, key: &str, doc: Value) {
    let change =
        Change { entity: Entity::Product, key: key.to_owned(), rev: 1, seq: 1, doc: Some(doc) };
    cache
        .transact(OP, store, move |tx| Box::pin(async move { tx.put_change(&change).await }))
        .await
        .unwrap();
}

async fn edit(cache: &Cache, store: &str, key: &str, title: &str) {
    let edit = Edit {
        id: Uuid::now_v7(),
        entity: Entity::Product,
        key: key.to_owned(),
        base_rev: 0,
        fields: json!({ "title": title }).as_object().cloned().unwrap(),
        made_at: 7,
    };
    cache
        .transact(OP, store, move |tx| Box::pin(async move { tx.edit(&edit).await }))
        .await
        .unwrap();
}

#[tokio::test]
async fn products_by_filter_and_page() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).await.unwrap().cache;
    for (sku, title, category, state) in [
        ("A1", "Brass lantern", "home/lights", "live"),
        ("A2", "Tin lantern 100% old", "home/lights/old", "draft"),
        ("B1", "Tea towel", "home", "live"),
        ("B2", "Home office_chair", "homeoffice", "live"),
    ] {
        let doc = json!({"title": title, "category": category, "state": state});
        put(&cache, "s1", sku, doc).await;
    }
    put(&cache, "s2", "Z9", json!({"title": "Lantern", "category": "home", "state": "live"})).await;
    let check = async |q: &str, category: &str, state: &str, expected: &[&str]| {
        let mut filter = ProductFilter {
            q: q.to_owned(),
            category: category.to_owned(),
            state: state.to_owned(),
            after: String::new(),
            limit: 1,
        };
        let mut found = Vec::new();
        loop {
            let page = cache::products(&cache, "s1", &filter).await.unwrap();
            assert_eq!(
                page.total,
                i64::try_from(expected.len()).unwrap(),
                "{q} {category} {state}"
            );
            found.extend(page.items.into_iter().map(|d| d.key));
            let Some(next) = page.next else { break };
            filter.after = next;
        }
        assert_eq!(found, expected, "{q} {category} {state}");
    };
    check("", "", "", &["A1", "A2", "B1", "B2"]).await;
    check("LANTERN", "", "", &["A1", "A2"]).await;
    check("a1", "", "", &["A1"]).await;
    check("", "home", "", &["A1", "A2", "B1"]).await;
    check("", "home/lights", "", &["A1", "A2"]).await;
    check("", "home", "live", &["A1", "B1"]).await;
    check("100%", "", "", &["A2"]).await;
    check("e_c", "", "", &["B2"]).await;
    check("nothing", "", "", &[]).await;
    let counts = cache::category_counts(&cache, "s1").await.unwrap();
    assert_eq!(counts.get("home/lights"), Some(&1));
    assert_eq!(counts.get("home/lights/old"), Some(&0));
}

#[tokio::test]
async fn what_was_acknowledged_is_there_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).await.unwrap().cache;
    edit(&cache, "s1", "A1", "kept").await;
    // no close: as after `kill -9`, the journal is all there is
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    let opened = Cache::open(copy.path()).await.unwrap();
    assert!(opened.rescue.is_none());
    assert_eq!(cache::waiting(&opened.cache, "s1").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_damaged_cache_is_set_aside_and_its_edits_are_rescued() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).await.unwrap().cache;
    for n in 0..300 {
        let doc = json!({"title": "x".repeat(500), "category": "c", "state": "live"});
        put(&cache, "s1", &format!("P{n:04}"), doc).await;
    }
    edit(&cache, "s1", "NEW", "rescued").await;
    let connection = Connection {
        id: "local/s1".to_owned(),
        kind: ConnectionKind::Local,
        address: None,
        store_id: "s1".to_owned(),
        slug: "s".to_owned(),
        name: "S".to_owned(),
        email: "o@s.example".to_owned(),
        opened_at: 1,
        resume: true,
    };
    let head = AuditHead { seq: 9, hash: "ab".to_owned() };
    cache
        .transact(OP, "s1", move |tx| {
            Box::pin(async move {
                tx.put_connection(&connection).await?;
                tx.remember("preferences", "{}").await?;
                tx.witness(&head, 1).await
            })
        })
        .await
        .unwrap();
    cache.close().await;
    spoil_schema_page(folder.path());
    let opened = Cache::open(folder.path()).await.unwrap();
    let rescue = opened.rescue.expect("a damaged file is noticed");
    assert!(rescue.aside.exists(), "the damaged file is kept");
    // the new cache works, whatever could be read
    edit(&opened.cache, "s1", "LATER", "works").await;
    assert!(!cache::waiting(&opened.cache, "s1").await.unwrap().is_empty());
}

/// Overwrites the free-page count and schema cookie region and a table's root page type.
fn spoil_schema_page(folder: &std::path::Path) {
    use std::io::{Seek as _, SeekFrom, Write as _};
    let mut file =
        std::fs::OpenOptions::new().write(true).open(folder.join("cache.sqlite")).unwrap();
    file.seek(SeekFrom::Start(100)).unwrap();
    file.write_all(&[0xff; 64]).unwrap();
    file.sync_all().unwrap();
}

#[tokio::test]
async fn rows_of_a_spoilt_table_are_saved_as_far_as_they_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).await.unwrap().cache;
    for n in 0..50 {
        edit(&cache, "s1", &format!("E{n:02}"), "waiting").await;
    }
    let many: Vec<AuditHead> =
        (0..1500).map(|seq| AuditHead { seq, hash: format!("{seq:064x}") }).collect();
    cache
        .transact(OP, "s1", move |tx| {
            Box::pin(async move {
                for head in &many {
                    tx.witness(head, 1).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    cache.close().await;
    // the last pages of the file are the witnesses' newest
    let path = folder.path().join("cache.sqlite");
    let mut bytes = std::fs::read(&path).unwrap();
    let end = bytes.len();
    bytes[end - 3 * 4096..end].fill(0x55);
    std::fs::write(&path, bytes).unwrap();
    let opened = Cache::open(folder.path()).await.unwrap();
    let rescue = opened.rescue.expect("a spoilt table is noticed");
    assert_eq!(rescue.edits(), 50, "every waiting edit is saved");
    assert_eq!(cache::waiting(&opened.cache, "s1").await.unwrap().len(), 50);
    let shown = cache::document(&opened.cache, "s1", Entity::Product, "E07").await.unwrap();
    assert_eq!(shown.unwrap().doc, json!({"title": "waiting"}));
}

#[tokio::test]
async fn a_rewritten_log_leaves_two_witnesses_under_one_number() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).await.unwrap().cache;
    for hash in ["aa", "aa", "bb"] {
        let head = AuditHead { seq: 4, hash: hash.to_owned() };
        cache
            .transact(OP, "s1", move |tx| Box::pin(async move { tx.witness(&head, 1).await }))
            .await
            .unwrap();
    }
    let heads = cache::heads(&cache, "s1").await.unwrap();
    assert_eq!(heads.len(), 2);
    assert!(cache::heads(&cache, "s2").await.unwrap().is_empty());
}

/// How many rows of each table name the store.
async fn rows_of(folder: &std::path::Path, store: &str) -> Vec<(String, i64)> {
    let file = folder.join("cache.sqlite");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND c.name = 'store_id' ORDER BY m.name",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let mut all = Vec::new();
    for table in tables {
        let sql = format!("SELECT count(*) FROM {table} WHERE store_id = ?");
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(store);
        all.push((table, count.fetch_one(&pool).await.unwrap()));
    }
    let sql = "SELECT count(*) FROM remembered WHERE name LIKE '%/' || ?";
    let count = sqlx::query_scalar(sql).bind(store).fetch_one(&pool).await.unwrap();
    all.push(("remembered".to_owned(), count));
    all
}

/// One row in every table that holds something of a store.
async fn fill(folder: &std::path::Path, store: &str, connection: &str) {
    let file = folder.join("cache.sqlite");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    for sql in [
        "INSERT OR IGNORE INTO documents (store_id, entity, key, rev) VALUES (?1, 'order', 'o', 1)",
        "INSERT OR IGNORE INTO earlier VALUES (?1, 'order', 'o', 1, '{}')",
        "INSERT INTO outbox (store_id, id, entity, key, base_rev, patch, base, made_at) \
         VALUES (?1, hex(randomblob(8)), 'setting', 'k', 0, '{}', '{}', 1)",
        "INSERT OR IGNORE INTO conflicts VALUES (?1, 'c', 'setting', 'k', 0, 1, '{}', '{}', 1, 1, '[]', NULL)",
        "INSERT OR IGNORE INTO feeds VALUES (?1, 'e', 1, 1)",
        "INSERT OR IGNORE INTO order_history VALUES (?1, 1, '', 'lines', 1)",
        "INSERT OR IGNORE INTO audit_heads VALUES (?1, 1, 'ab', 1)",
        "INSERT OR IGNORE INTO remembered VALUES ('staff/' || ?1, '{}')",
    ] {
        sqlx::query(sql).bind(store).execute(&pool).await.unwrap();
    }
    sqlx::query("INSERT INTO connections VALUES (?1, 'local', NULL, ?2, 's', 'S', 'o@s', 1, 0)")
        .bind(connection)
        .bind(store)
        .execute(&pool)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_store_that_is_forgotten_leaves_no_row_and_takes_no_other_stores() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).await.unwrap().cache;
    fill(folder.path(), "s1", "local/s1").await;
    fill(folder.path(), "s1", "hosted/s1").await;
    fill(folder.path(), "s2", "local/s2").await;
    let forget = async |id: &'static str| {
        cache.transact(OP, "s1", move |tx| Box::pin(tx.drop_connection(id))).await.unwrap();
    };
    // the hosted way to the same store still shows its things
    forget("local/s1").await;
    let left = rows_of(folder.path(), "s1").await;
    assert!(left.iter().all(|(_, rows)| *rows > 0), "{left:?}");
    forget("hosted/s1").await;
    let left = rows_of(folder.path(), "s1").await;
    assert!(left.iter().all(|(_, rows)| *rows == 0), "{left:?}");
    let other = rows_of(folder.path(), "s2").await;
    assert!(
        other.iter().all(|(_, rows)| *rows > 0),
        "every table is asked, and s2 stays: {other:?}"
    );
}

#[tokio::test]
async fn whoever_takes_the_file_reads_nothing_of_a_forgotten_store() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).await.unwrap().cache;
    fill(folder.path(), "s1", "local/s1").await;
    let title = |n: u32| format!("Moonstone lantern {n}");
    for n in 0..200 {
        put(&cache, "s1", &format!("P{n}"), json!({ "title": title(n) })).await;
    }
    cache.empty_log().await.unwrap();
    let there = || {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
        files.map(|file| std::fs::read(file).unwrap()).any(|bytes| {
            let words = b"Moonstone lantern";
            bytes.windows(words.len()).any(|part| part == words)
        })
    };
    assert!(there());
    cache.transact(OP, "s1", |tx| Box::pin(tx.drop_connection("local/s1"))).await.unwrap();
    cache.empty_log().await.unwrap();
    assert!(!there(), "the bytes of deleted rows are overwritten");
}
