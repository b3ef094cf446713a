//! The console steers the service: rules are drafted and put in force, edits made away from it
//! arrive and merge, the audit log tells the truth, roles hold.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value)]

use api::audit_log::AuditReport;
use api::error::ErrorCode;
use api::rules::{FloorAnswer, RuleSet, RuleSetState};
use api::staff::{SignedIn, Staff};
use api::store::Checklist;
use api::sync::{Entity, OutcomeKind, Pull, PushReply};
use serde_json::{Value, json};
use testkit::{Client, Service, on_each_engine};

const STORE: &str = "/v1/stores/lantern";

fn document(floor: &str) -> String {
    json!({
        "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
        "rules": [{ "id": "lights", "name": "Lights keep a margin",
            "when": { "category": { "any_of": ["home/lights"] } },
            "guardrails": { "floor": { "margin": floor } } }]
    })
    .to_string()
}

async fn with_product(service: &Service) -> Client {
    let (owner, _) = service.with_store("lantern").await;
    let product = json!({
        "title": "White metal lantern", "category": "home/lights", "base_rev": 0,
        "list_price": { "minor": 339, "currency": "GBP" },
        "unit_cost": { "minor": 203, "currency": "GBP" }, "stock": 24
    });
    assert_eq!(owner.put(&format!("{STORE}/products/71053"), &product).await.status, 200);
    owner
}

#[tokio::test]
async fn a_draft_is_asked_for_its_floor_and_put_in_force() {
    on_each_engine(|service| async move {
        let owner = with_product(&service).await;
        let draft = json!({ "name": "Winter", "document": document("0.18"), "base_rev": 0 });
        let made: RuleSet = owner.post(&format!("{STORE}/rule-sets"), &draft).await.expect(201);
        let path = format!("{STORE}/rule-sets/{}", made.summary.id);
        let question = json!({ "sku": "71053", "quantity": 6 });
        let answer: FloorAnswer = owner.post(&format!("{path}/floor"), &question).await.expect(200);
        // 2.03 / (1 - 0.18) = 2.4756…, up
        assert_eq!((answer.floor.as_deref(), answer.outcome.as_str()), (Some("2.48"), "priced"));
        assert!(answer.trace[0].binding && answer.trace[0].text.contains("Lights keep a margin"));

        let activate = json!({ "base_rev": 1 });
        let refused = owner.post(&format!("{path}/activate"), &activate).await.refused(400);
        assert_eq!(refused.context["field"], "reason");
        let activate = json!({ "base_rev": 1, "reason": "I am the only one here" });
        let active: RuleSet = owner.post(&format!("{path}/activate"), &activate).await.expect(200);
        assert_eq!((active.summary.state, active.summary.version), (RuleSetState::Active, Some(1)));
        let edit = json!({ "name": "Winter", "document": document("0.01"), "base_rev": 2 });
        assert_eq!(owner.put(&path, &edit).await.refused(409).code, ErrorCode::NotAllowedNow);

        let second: RuleSet = owner.post(&format!("{STORE}/rule-sets"), &draft).await.expect(201);
        let activate = json!({ "base_rev": 1, "reason": "next" });
        let next = format!("{STORE}/rule-sets/{}/activate", second.summary.id);
        let second: RuleSet = owner.post(&next, &activate).await.expect(200);
        assert_eq!(second.summary.version, Some(2));
        assert_eq!(
            owner.get(&path).await.expect::<RuleSet>(200).summary.state,
            RuleSetState::Retired
        );
    })
    .await;
}

#[tokio::test]
async fn a_faulty_draft_is_kept_named_and_never_put_in_force() {
    on_each_engine(|service| async move {
        let owner = with_product(&service).await;
        let draft = json!({ "name": "Odd", "document": document("1.5"), "base_rev": 0 });
        let made: RuleSet = owner.post(&format!("{STORE}/rule-sets"), &draft).await.expect(201);
        assert_eq!(made.problems[0].pointer, "/rules/0/guardrails/floor/margin");
        let path = format!("{STORE}/rule-sets/{}/activate", made.summary.id);
        let asked = json!({ "base_rev": 1, "reason": "try" });
        assert_eq!(owner.post(&path, &asked).await.refused(409).code, ErrorCode::NotAllowedNow);
        let broken = json!({ "name": "Odd", "document": "{", "base_rev": 0 });
        let refused = owner.post(&format!("{STORE}/rule-sets"), &broken).await.refused(400);
        assert_eq!(refused.context["field"], "document");
    })
    .await;
}

fn mutation(entity: &str, key: &str, base_rev: i64, patch: Value, base: Value) -> Value {
    json!({ "id": uuid::Uuid::now_v7().to_string(), "entity": entity, "key": key,
        "base_rev": base_rev, "patch": patch, "base": base })
}

#[tokio::test]
async fn edits_made_away_arrive_merge_and_are_applied_once() {
    on_each_engine(|service| async move {
        let owner = with_product(&service).await;
        let push = async |mutations: Vec<Value>| -> PushReply {
            let body = json!({ "mutations": mutations });
            owner.post(&format!("{STORE}/sync/push"), &body).await.expect(200)
        };
        let id = uuid::Uuid::now_v7().to_string();
        let draft = mutation(
            "rule_set",
            &id,
            0,
            json!({ "name": "Offline", "document": document("0.2") }),
            json!({}),
        );
        let first = push(vec![draft.clone()]).await;
        assert_eq!((&first.outcomes[0].kind, first.outcomes[0].rev), (&OutcomeKind::Applied, 1));
        assert_eq!(push(vec![draft]).await, first, "the same id again gets the same outcome");

        let price = json!({ "list_price": { "minor": 350, "currency": "GBP" } });
        let was = json!({ "list_price": { "minor": 339, "currency": "GBP" } });
        assert_eq!(
            push(vec![mutation("product", "71053", 1, price, was.clone())]).await.outcomes[0].kind,
            OutcomeKind::Applied
        );
        let title = mutation(
            "product",
            "71053",
            1,
            json!({ "title": "Lantern" }),
            json!({ "title": "White metal lantern" }),
        );
        let other = json!({ "list_price": { "minor": 360, "currency": "GBP" } });
        let stale = mutation("product", "71053", 1, other, was);
        let bad = mutation("product", "71053", 3, json!({ "title": "" }), json!({}));
        let fine = mutation("setting", "greeting", 0, json!({ "value": "Hello" }), json!({}));
        let outcomes = push(vec![title, stale, bad, fine]).await.outcomes;
        assert_eq!(outcomes[0].kind, OutcomeKind::Merged);
        let OutcomeKind::Conflict { fields } = &outcomes[1].kind else { panic!("{outcomes:?}") };
        assert_eq!(
            (fields[0].field.as_str(), &fields[0].theirs["minor"]),
            ("list_price", &json!(350))
        );
        assert!(matches!(outcomes[2].kind, OutcomeKind::Refused { .. }));
        assert_eq!(outcomes[3].kind, OutcomeKind::Applied, "one refused edit holds up no other");

        let pull: Pull = owner.get(&format!("{STORE}/sync/pull?after=0")).await.expect(200);
        let product = pull.changes.iter().find(|c| c.entity == Entity::Product).unwrap();
        let doc = product.doc.as_ref().unwrap();
        assert_eq!((&doc["title"], &doc["list_price"]["minor"]), (&json!("Lantern"), &json!(350)));
        assert!(pull.changes.is_sorted_by_key(|c| c.seq) && !pull.more);
        let rest: Pull =
            owner.get(&format!("{STORE}/sync/pull?after={}", pull.next)).await.expect(200);
        assert!(rest.changes.is_empty() && rest.digests == pull.digests);
    })
    .await;
}

#[tokio::test]
async fn one_changed_byte_of_the_audit_log_is_found_and_named() {
    on_each_engine(|service| async move {
        let owner = with_product(&service).await;
        let verify = async || -> AuditReport {
            owner.post(&format!("{STORE}/audit/verify"), &json!({})).await.expect(200)
        };
        let whole = verify().await;
        assert!(whole.ok && whole.entries >= 2, "{whole:?}");
        let tamper = [
            ("UPDATE audit SET entry = REPLACE(entry, '339', '338') WHERE seq = 2", "changed", 2),
            ("UPDATE audit SET what = 'product.sav3' WHERE seq = 2", "changed", 2),
            ("DELETE FROM audit WHERE seq = 2", "cut_off", 2),
        ];
        for (sql, kind, seq) in tamper {
            service.change_database(sql).await;
            let report = verify().await;
            let named = report.faults.iter().any(|f| f.kind == kind && f.seq == seq);
            assert!(!report.ok && named, "{sql}: {report:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_role_reaches_its_own_places_and_a_closed_account_none() {
    on_each_engine(|service| async move {
        let owner = with_product(&service).await;
        let mut people = vec![];
        for role in ["manager", "agent", "analyst", "auditor"] {
            let email = format!("{role}@lantern.example");
            let new = json!({ "name": role, "email": email, "role": role, "password": "a long password" });
            let added: Staff = owner.post(&format!("{STORE}/staff"), &new).await.expect(201);
            let sign_in = json!({ "store": "lantern", "email": email, "password": "a long password" });
            let signed: SignedIn =
                service.anonymous().post("/v1/sessions", &sign_in).await.expect(201);
            people.push((added, Client::new(&service.base(), Some(signed.token))));
        }
        let places: [(&str, [u16; 4]); 5] = [
            //            manager agent analyst auditor
            ("", [200, 200, 200, 200]),
            ("/audit", [200, 403, 403, 200]),
            ("/staff", [200, 403, 403, 403]),
            ("/api-keys", [403, 403, 403, 403]),
            ("/products", [200, 200, 200, 200]),
        ];
        for (place, expected) in places {
            for ((person, client), expected) in people.iter().zip(expected) {
                let status = client.get(&format!("{STORE}{place}")).await.status;
                assert_eq!(status, expected, "{} at {place:?}", person.name);
            }
        }
        let (agent, client) = &people[1];
        let close = json!({ "active": false });
        let path = format!("{STORE}/staff/{}", agent.id);
        assert_eq!(owner.patch(&path, &close).await.status, 200);
        assert_eq!(client.get(STORE).await.refused(401).code, ErrorCode::Unauthenticated);
        let me: Staff = owner.get("/v1/me").await.expect(200);
        let last = owner.patch(&format!("{STORE}/staff/{}", me.id), &close).await.refused(409);
        assert_eq!(last.code, ErrorCode::NotAllowedNow);
    })
    .await;
}

#[tokio::test]
async fn the_checklist_says_what_is_missing_and_ends_in_going_live() {
    on_each_engine(|service| async move {
        let owner = with_product(&service).await;
        let early = owner.post(&format!("{STORE}/go-live"), &Value::Null).await.refused(409);
        assert_eq!(early.code, ErrorCode::NotAllowedNow);
        let publish = json!({ "state": "live", "base_rev": 1 });
        owner.post(&format!("{STORE}/products/71053/state"), &publish).await;
        let segments = json!({ "segments": [{ "name": "vip", "label": "VIP" }], "rev": 0 });
        assert_eq!(owner.put(&format!("{STORE}/segments"), &segments).await.status, 200);
        let launch = json!({ "categories": ["home"], "approver_role": "manager", "rev": 0,
            "daily_discount_budget": { "minor": 5000, "currency": "GBP" } });
        assert_eq!(owner.put(&format!("{STORE}/launch"), &launch).await.status, 200);
        let draft = json!({ "name": "Winter", "document": document("0.18"), "base_rev": 0 });
        let made: RuleSet = owner.post(&format!("{STORE}/rule-sets"), &draft).await.expect(201);
        let path = format!("{STORE}/rule-sets/{}/activate", made.summary.id);
        owner.post(&path, &json!({ "base_rev": 1, "reason": "alone" })).await;
        let list: Checklist = owner.get(&format!("{STORE}/checklist")).await.expect(200);
        assert!(list.ready, "{list:?}");
        assert_eq!(owner.post(&format!("{STORE}/go-live"), &Value::Null).await.status, 200);
        let foreign = json!({ "categories": [], "rev": 1,
            "daily_discount_budget": { "minor": 5000, "currency": "USD" } });
        let refused = owner.put(&format!("{STORE}/launch"), &foreign).await.refused(400);
        assert_eq!(refused.context["field"], "daily_discount_budget");
    })
    .await;
}
