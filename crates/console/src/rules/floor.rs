//! "What is the floor of this product for this customer?", asked of the service, which knows the
//! customer.

use api::rules::{FloorAnswer, FloorQuestion};
use api::sync::Entity;
use sync::{Method, service::path_part};

use crate::{Answer, Console, document};

/// `id` may be `active`. Edits of the draft that wait are brought to the service first, so that the
/// answer is of what is seen.
pub async fn floor(console: &Console, id: &str, question: FloorQuestion) -> Answer<FloorAnswer> {
    let edited = match id {
        "active" => false,
        id => document::find(console, Entity::RuleSet, id).await?.is_some_and(|d| d.edited),
    };
    if edited {
        console.session().await?.engine.sync_now().await?;
    }
    let path = format!("/rule-sets/{}/floor", path_part(id));
    console.service().await?.send(Method::POST, &path, &question).await
}
