//! Those who try to get around it: by another endpoint, another session, another store, a forged
//! name, a role too low.

use api::error::ErrorCode;
use api::rules::{RuleSet, RuleSetState};
use api::staff::CreatedApiKey;
use api::sync::{OutcomeKind, PushReply};
use serde_json::{Value, json};
use testkit::{Client, Market, on_each_engine};

use super::{Desk, approved, rules};

async fn nothing_changes_it(market: &Market, id: &str) {
    let desk = Desk { market, staff: &market.owner };
    let before = desk.get(id).await;
    let rev = before.summary.rev;
    let other = rules("0.01", "0.50");
    let edit = json!({ "name": "Mine", "document": other, "base_rev": rev });
    let path = desk.at(id, "");
    assert_eq!(market.owner.put(&path, &edit).await.refused(409).code, ErrorCode::NotAllowedNow);
    let anew = json!({ "name": "Mine", "document": other, "base_rev": 0 });
    assert_eq!(market.owner.put(&path, &anew).await.refused(409).code, ErrorCode::NotAllowedNow);
    assert_eq!(market.owner.delete(&path).await.refused(409).code, ErrorCode::NotAllowedNow);
    let again = market.owner.post(&desk.at(id, "/submit"), &json!({ "base_rev": rev })).await;
    assert_eq!(again.refused(409).code, ErrorCode::NotAllowedNow);
    let patches = [
        json!({ "document": other }),
        json!({ "name": "Mine" }),
        json!({ "state": "draft" }),
        json!({ "summary": { "state": "draft", "author": "nobody" } }),
        json!({ "name": "Mine", "document": other, "summary": null }),
    ];
    for (patch, base_rev) in patches.iter().flat_map(|patch| [(patch, rev), (patch, 0)]) {
        let mutation = json!({ "id": uuid::Uuid::now_v7().to_string(), "entity": "rule_set",
            "key": id, "base_rev": base_rev, "patch": patch, "base": {} });
        let body = json!({ "mutations": [mutation] });
        let reply: PushReply = market.owner.post(&market.at("sync/push"), &body).await.expect(200);
        let kind = &reply.outcomes[0].kind;
        let applied = matches!(kind, OutcomeKind::Applied | OutcomeKind::Merged);
        assert!(!applied, "{patch} at {base_rev}: {kind:?}");
    }
    assert_eq!(desk.get(id).await, before);
}

#[tokio::test]
async fn no_endpoint_and_no_push_changes_what_is_out_of_draft() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let his = Desk { market: &market, staff: &market.owner };
        let id = approved(&market, &ada, &rules("7.00", "0.90")).await;
        nothing_changes_it(&market, &id).await;
        let _: RuleSet = his.step(&id, "/shadow", json!({ "on": true })).await.expect(200);
        nothing_changes_it(&market, &id).await;
        let _: RuleSet = his.activate(&id).await.expect(200);
        nothing_changes_it(&market, &id).await;
        let next = approved(&market, &ada, &rules("8.00", "0.90")).await;
        let _: RuleSet = his.activate(&next).await.expect(200);
        assert_eq!(his.get(&id).await.summary.state, RuleSetState::Retired);
        nothing_changes_it(&market, &id).await;
    })
    .await;
}

#[tokio::test]
async fn a_second_session_or_a_key_is_no_second_person() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let id =
            Desk { market: &market, staff: &ada }.submitted(&rules("7.00", "0.9")).await.summary.id;
        let sign_in = json!({ "store": "lantern", "email": "ada@lantern.example",
            "password": "correct horse battery", "device": "another" });
        let again: Value = service.anonymous().post("/v1/sessions", &sign_in).await.expect(201);
        let again = Client::new(&service.base(), again["token"].as_str().map(str::to_owned));
        let refused = Desk { market: &market, staff: &again }.approve(&id).await.refused(409);
        assert_eq!(refused.context["second_person"], "true");
        let key = json!({ "name": "deploy", "role": "manager" });
        let key: CreatedApiKey = market.owner.post(&market.at("api-keys"), &key).await.expect(201);
        let key = Client::new(&service.base(), Some(key.secret));
        let by_key = Desk { market: &market, staff: &key };
        assert_eq!(by_key.approve(&id).await.refused(409).context["second_person"], "true");
        // nor can a key put its own draft in force; what a person approved it may carry out
        let own = by_key.draft(&rules("7.50", "0.9")).await;
        assert_eq!(
            by_key.activate(&own.summary.id).await.refused(409).context["second_person"],
            "true"
        );
        assert_eq!(by_key.get(&own.summary.id).await.summary.state, RuleSetState::Draft);
        let his = Desk { market: &market, staff: &market.owner };
        let _: RuleSet = his.approve(&id).await.expect(200);
        let active: RuleSet = by_key.activate(&id).await.expect(200);
        assert_eq!(active.summary.state, RuleSetState::Active);
    })
    .await;
}

#[tokio::test]
async fn an_acknowledgement_of_nothing_is_refused() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let desk = Desk { market: &market, staff: &market.owner };
        let id = desk.submitted(&super::ambiguous()).await.summary.id;
        let path = desk.at(&id, "/acknowledge");
        let forged = [
            json!({ "kind": "gap", "rules": [], "key": null }),
            json!({ "kind": "ambiguity", "rules": ["b", "a"], "key": "target" }),
            json!({ "kind": "ambiguity", "rules": ["a", "b"], "key": "accept_at" }),
            json!({ "kind": "ambiguity", "rules": ["a", "b", "c"], "key": "target" }),
            json!({ "kind": "ambiguity", "rules": ["a", "b"], "key": null }),
        ];
        for finding in forged {
            let word = json!({ "finding": finding, "reason": "fine" });
            let refused = market.owner.post(&path, &word).await.refused(400);
            assert_eq!(refused.context["field"], "finding", "{finding}");
        }
        for (reason, finding) in [
            ("x".repeat(501), json!({ "kind": "ambiguity", "rules": ["a", "b"], "key": "target" })),
            (
                "a\u{0}b".to_owned(),
                json!({ "kind": "ambiguity", "rules": ["a", "b"], "key": "target" }),
            ),
            ("fine".to_owned(), json!({ "kind": "no such kind", "rules": [], "key": null })),
        ] {
            let word = json!({ "finding": finding, "reason": reason });
            assert_eq!(market.owner.post(&path, &word).await.status, 400);
        }
        assert_eq!(desk.review(&id).await.acknowledged, []);
    })
    .await;
}

/// Every endpoint of the life, with a body that would be right.
fn endpoints(id: &str) -> Vec<(&'static str, String, Value)> {
    let at = |step: &str| format!("rule-sets/{id}{step}");
    let finding = json!({ "kind": "gap", "rules": [], "key": null });
    vec![
        ("post", at("/submit"), json!({ "base_rev": 1 })),
        ("post", at("/acknowledge"), json!({ "finding": finding, "reason": "fine" })),
        ("post", at("/review"), json!({ "base_rev": 1, "approve": true })),
        ("post", at("/shadow"), json!({ "base_rev": 1, "on": true })),
        ("post", at("/activate"), json!({ "base_rev": 1 })),
        ("delete", at("/schedule?base_rev=1"), Value::Null),
        ("post", "rule-sets/roll-back".into(), json!({ "from_version": 1, "reason": "back" })),
        ("get", at("/review"), Value::Null),
        ("get", at("/shadow-report"), Value::Null),
        ("get", "order-lines".into(), Value::Null),
    ]
}

async fn ask(client: &Client, method: &str, path: &str, body: &Value) -> u16 {
    match method {
        "get" => client.get(path).await.status.as_u16(),
        "delete" => client.delete(path).await.status.as_u16(),
        _ => client.post(path, body).await.status.as_u16(),
    }
}

#[tokio::test]
async fn other_roles_and_other_stores_are_refused() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let (foreign, _) = service.with_store("rival").await;
        let desk = Desk { market: &market, staff: &market.owner };
        let draft = desk.draft(&rules("7.00", "0.9")).await;
        let id = draft.summary.id.as_str();
        for role in ["agent", "analyst", "auditor"] {
            let client = market.staff(role, role).await;
            for (method, path, body) in endpoints(id) {
                let status = ask(&client, method, &market.at(&path), &body).await;
                let expected = match (method, path.as_str(), role) {
                    ("get", "order-lines", "analyst") => 200,
                    ("get", "order-lines", _) => 403,
                    ("get", ..) => 404,
                    _ => 403,
                };
                assert_eq!(status, expected, "{role}: {method} {path}");
            }
        }
        for (method, path, body) in endpoints(id) {
            let nobody = service.anonymous();
            assert_eq!(ask(&nobody, method, &market.at(&path), &body).await, 401, "{path}");
            assert_eq!(ask(&foreign, method, &market.at(&path), &body).await, 403, "{path}");
            // through one's own store, another's set is as unknown as none
            if path.contains(id) {
                let own = format!("/v1/stores/rival/{path}");
                assert_eq!(ask(&foreign, method, &own, &body).await, 404, "{path}");
            }
        }
        assert_eq!(desk.get(id).await, draft);
    })
    .await;
}

#[tokio::test]
async fn odd_bodies_are_refused_and_change_nothing() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let desk = Desk { market: &market, staff: &market.owner };
        let draft = desk.draft(&rules("7.00", "0.9")).await;
        let id = draft.summary.id.as_str();
        let cases = [
            ("/submit", json!({ "base_rev": "1" })),
            ("/submit", json!({ "base_rev": 1, "note": "x".repeat(2_001) })),
            ("/submit", json!({ "base_rev": 1, "note": "a\u{7}b" })),
            ("/submit", Value::Null),
            ("/review", json!({ "base_rev": 1 })),
            ("/review", json!({ "base_rev": 1, "approve": "yes" })),
            ("/shadow", json!({ "on": true })),
            ("/activate", json!({ "base_rev": 1, "at": "tomorrow" })),
            ("/activate", json!({ "base_rev": 1, "at": "2026-11-20T08:59:59Z" })),
            ("/activate", json!({ "base_rev": 1, "at": "9999-12-30T00:00:00Z" })),
            ("/activate", json!({ "base_rev": 1, "reason": "x".repeat(501) })),
        ];
        for (step, body) in cases {
            let status = market.owner.post(&desk.at(id, step), &body).await.status;
            assert_eq!(status, 400, "{step} {body}");
        }
        for base_rev in [i64::MIN, -1, 0, 2, i64::MAX] {
            let refused =
                market.owner.post(&desk.at(id, "/submit"), &json!({ "base_rev": base_rev })).await;
            assert_eq!(refused.refused(409).code, ErrorCode::Conflict, "{base_rev}");
        }
        assert_eq!(desk.get(id).await, draft);
    })
    .await;
}
