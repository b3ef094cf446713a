//! Rule sets: list, draft, ask, activate.

use api::rules::{Activation, DraftChange, FloorAnswer, FloorQuestion, RuleSet, RuleSetSummary};
use sync::{Method, service::path_part};

use crate::{Answer, Console};

pub async fn list(console: &Console) -> Answer<Vec<RuleSetSummary>> {
    console.service().await?.get("/rule-sets", &[]).await
}

pub async fn get(console: &Console, id: &str) -> Answer<RuleSet> {
    console.service().await?.get(&format!("/rule-sets/{}", path_part(id)), &[]).await
}

/// Saves a draft; without `id` a new one. Works offline.
pub async fn save(console: &Console, id: Option<String>, change: DraftChange) -> Answer<RuleSet> {
    let service = console.service().await?;
    let saved = match id {
        Some(id) => {
            service.send(Method::PUT, &format!("/rule-sets/{}", path_part(&id)), &change).await?
        }
        None => service.send(Method::POST, "/rule-sets", &change).await?,
    };
    console.did("rule_set_save");
    Ok(saved)
}

/// Deletes a draft.
pub async fn delete(console: &Console, id: &str) -> Answer<()> {
    console.service().await?.delete(&format!("/rule-sets/{}", path_part(id))).await?;
    console.did("rule_set_delete");
    Ok(())
}

pub async fn activate(console: &Console, id: &str, activation: Activation) -> Answer<RuleSet> {
    let path = format!("/rule-sets/{}/activate", path_part(id));
    let active = console.service().await?.send(Method::POST, &path, &activation).await?;
    console.did("rule_set_activate");
    Ok(active)
}

/// "What is the floor of this product for this customer?" `id` may be `active`.
pub async fn floor(console: &Console, id: &str, question: FloorQuestion) -> Answer<FloorAnswer> {
    let path = format!("/rule-sets/{}/floor", path_part(id));
    console.service().await?.send(Method::POST, &path, &question).await
}
