//! Rule sets.

use api::rules::{Activation, DraftChange, FloorAnswer, FloorQuestion, RuleSet, RuleSetSummary};
use console::{Answer, Console, rules};
use tauri::State;

/// All rule sets, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_sets_list(console: State<'_, Console>) -> Answer<Vec<RuleSetSummary>> {
    rules::list(&console).await
}

/// One rule set with its document.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_get(console: State<'_, Console>, id: String) -> Answer<RuleSet> {
    rules::get(&console, &id).await
}

/// Saves a draft; without `id` a new one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_save(
    console: State<'_, Console>,
    id: Option<String>,
    change: DraftChange,
) -> Answer<RuleSet> {
    rules::save(&console, id, change).await
}

/// Deletes a draft.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_delete(console: State<'_, Console>, id: String) -> Answer<()> {
    rules::delete(&console, &id).await
}

/// Makes a rule set the one that decides.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_activate(
    console: State<'_, Console>,
    id: String,
    activation: Activation,
) -> Answer<RuleSet> {
    rules::activate(&console, &id, activation).await
}

/// What is the floor of this product for this customer? `id` may be `active`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn floor_question(
    console: State<'_, Console>,
    id: String,
    question: FloorQuestion,
) -> Answer<FloorAnswer> {
    rules::floor(&console, &id, question).await
}
