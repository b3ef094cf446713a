//! The life of a rule set over HTTP, on SQLite and on PostgreSQL: review, shadow, activation, roll
//! back, and those who try to get around it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attack;
mod going_live;
mod history;
mod kept;
mod review;
mod shadow;

use api::rules::{Review, RuleSet, RuleSetState};
use serde_json::{Value, json};
use testkit::{Answer, Client, Market};

/// Rules of the market with other figures. Without findings.
pub fn rules(floor: &str, accept: &str) -> String {
    let floor = format!(r#"{{"amount": "{floor}"}}"#);
    testkit::RULES
        .replace(r#"{"margin": "0.20"}"#, &floor)
        .replace(r#"{"of_list": "0.90"}"#, &format!(r#"{{"of_list": "{accept}"}}"#))
}

/// Two rules that set the target differently: one warning.
pub fn ambiguous() -> String {
    json!({
        "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
        "rules": [
            { "id": "a", "guardrails": { "floor": { "margin": "0.20" } },
                "policy": { "target": { "of_list": "0.95" } } },
            { "id": "b", "policy": { "target": { "of_list": "0.90" } } },
        ]
    })
    .to_string()
}

/// A floor above the ceiling: one error.
pub fn contradictory() -> String {
    testkit::RULES.replace("0.20\"}", "0.20\"}, \"ceiling\": {\"amount\": \"1.00\"}")
}

/// The way from draft to force, step by step.
pub struct Desk<'m> {
    pub market: &'m Market,
    pub staff: &'m Client,
}

impl Desk<'_> {
    pub fn at(&self, id: &str, step: &str) -> String {
        self.market.at(&format!("rule-sets/{id}{step}"))
    }

    pub async fn draft(&self, document: &str) -> RuleSet {
        let draft = json!({ "name": "Rules", "document": document, "base_rev": 0 });
        self.staff.post(&self.market.at("rule-sets"), &draft).await.expect(201)
    }

    pub async fn get(&self, id: &str) -> RuleSet {
        self.staff.get(&self.at(id, "")).await.expect(200)
    }

    /// A step with the newest revision, and `more` in its body.
    pub async fn step(&self, id: &str, step: &str, more: Value) -> Answer {
        let mut body = json!({ "base_rev": self.get(id).await.summary.rev });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.staff.post(&self.at(id, step), &body).await
    }

    pub async fn submitted(&self, document: &str) -> RuleSet {
        let draft = self.draft(document).await;
        let sent: RuleSet =
            self.step(&draft.summary.id, "/submit", json!({ "note": "please" })).await.expect(200);
        assert_eq!(sent.summary.state, RuleSetState::InReview);
        sent
    }

    pub async fn review(&self, id: &str) -> Review {
        self.staff.get(&self.at(id, "/review")).await.expect(200)
    }

    pub async fn approve(&self, id: &str) -> Answer {
        self.step(id, "/review", json!({ "approve": true })).await
    }

    pub async fn activate(&self, id: &str) -> Answer {
        self.step(id, "/activate", json!({})).await
    }
}

/// Written by Ada, a manager, and approved by Sam, the owner.
pub async fn approved(market: &Market, ada: &Client, document: &str) -> String {
    let id = Desk { market, staff: ada }.submitted(document).await.summary.id;
    let _: RuleSet = Desk { market, staff: &market.owner }.approve(&id).await.expect(200);
    id
}

/// What the audit log says was done to a rule set, oldest first: `rules.submit by Ada`.
pub async fn log_of(market: &Market, id: &str) -> Vec<String> {
    let page: Value = market.owner.get(&market.at("audit?what=rules&limit=500")).await.expect(200);
    let entries = page["items"].as_array().unwrap().iter().rev();
    entries
        .filter(|entry| entry["subject"] == format!("rule_set/{id}"))
        .map(|entry| {
            format!("{} by {}", entry["what"].as_str().unwrap(), entry["who"].as_str().unwrap())
        })
        .collect()
}

/// Waits until upkeep or the shadow's queue has done its work.
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, look: impl Fn() -> F) -> T {
    for _ in 0..200 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("never: {what}");
}
