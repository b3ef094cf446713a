//! Rule sets.

use api::rules::{
    Acknowledge, Activation, Coverage, DraftChange, Findings, FloorAnswer, ReplayReport, Review,
    ReviewRequest, ReviewVerdict, RollBack, RuleEdit, RuleReach, RuleSet, RuleSetSummary,
    SaleFacts, ShadowReport, ShadowRequest, Template, VersionDiff,
};
use console::progress::Progress;
use console::rules::{self, ReplayFormat, ReplayQuestion, RuleSaved};
use console::{Answer, Console, download};
use tauri::{AppHandle, State, ipc::Channel};

use super::watched;
use crate::desktop::chosen::Chosen;
use crate::desktop::{dialog, words};

/// All rule sets, newest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_sets_list(console: State<'_, Console>) -> Answer<Vec<RuleSetSummary>> {
    rules::list(&console).await
}

/// One rule set with its document. `id` may be `active`.
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

/// Changes some rules of a draft, and its name where one is given: all of it, or nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_edit(
    console: State<'_, Console>,
    id: String,
    edits: Vec<RuleEdit>,
    name: Option<String>,
) -> Answer<RuleSaved> {
    rules::edit(&console, &id, edits, name).await
}

/// Checks a rule set as it stands; a newer check of it ends this one with `cancelled`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_check(
    console: State<'_, Console>,
    id: String,
    progress: Channel<Progress>,
) -> Answer<Findings> {
    rules::check(&console, &id, watched(progress)).await
}

/// Replays the store's past order lines under a rule set.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_replay(
    console: State<'_, Console>,
    id: String,
    question: ReplayQuestion,
    progress: Channel<Progress>,
) -> Answer<ReplayReport> {
    rules::replay(&console, &id, question, watched(progress)).await
}

/// Writes a replay to a file that the person chooses; its path, or nothing when cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_replay_export(
    app: AppHandle,
    console: State<'_, Console>,
    id: String,
    question: ReplayQuestion,
    format: ReplayFormat,
) -> Answer<Option<String>> {
    let name = rules::replay_file_name(&console, &id, format).await?;
    let Some(path) = dialog::save_file(&app, words::EXPORT_REPLAY, &name).await else {
        return Ok(None);
    };
    rules::export_replay(&console, &id, question, &path, format).await?;
    Ok(Some(path.display().to_string()))
}

/// Stops checks and replays that run.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rules_work_cancel(console: State<'_, Console>) -> Answer<()> {
    rules::cancel_work(&console);
    Ok(())
}

/// How far each rule of a set reaches.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_reach(
    console: State<'_, Console>,
    id: String,
) -> Answer<Vec<RuleReach>> {
    rules::reach(&console, &id).await
}

/// The ids of the rules that can match a product.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_touching(
    console: State<'_, Console>,
    id: String,
    sku: String,
) -> Answer<Vec<String>> {
    rules::touching(&console, &id, &sku).await
}

/// Products by category against buyers, with the gaps.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_coverage(console: State<'_, Console>, id: String) -> Answer<Coverage> {
    rules::coverage(&console, &id).await
}

/// Decides one sale, with the trace.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_price(
    console: State<'_, Console>,
    id: String,
    facts: SaleFacts,
) -> Answer<FloorAnswer> {
    rules::price(&console, &id, facts).await
}

/// The facts of one unit of a product for a new customer of the store's country, now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_example(
    console: State<'_, Console>,
    id: String,
    sku: String,
) -> Answer<SaleFacts> {
    rules::example(&console, &id, &sku).await
}

/// What changed between two rule sets, rule by rule, in words.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_diff(
    console: State<'_, Console>,
    old: String,
    newer: String,
) -> Answer<VersionDiff> {
    rules::diff(&console, &old, &newer).await
}

/// Rule sets to start from, for this store.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_templates(console: State<'_, Console>) -> Answer<Vec<Template>> {
    rules::templates(&console).await
}

/// Writes the document to a file that the person chooses; its path, or nothing when cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_export(
    app: AppHandle,
    console: State<'_, Console>,
    id: String,
) -> Answer<Option<String>> {
    let rules::Exported { name, text } = rules::exported(&console, &id).await?;
    let Some(path) = dialog::save_file(&app, words::EXPORT_RULES, &name).await else {
        return Ok(None);
    };
    download::save_text(&text, &path).await?;
    Ok(Some(path.display().to_string()))
}

/// A new draft from a text, or from a file: that of `path`, which was let go over the window, else one that the person chooses;
/// nothing when cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_import(
    app: AppHandle,
    console: State<'_, Console>,
    chosen: State<'_, Chosen>,
    path: Option<String>,
    text: Option<String>,
    name: String,
) -> Answer<Option<RuleSet>> {
    if let Some(text) = text {
        return rules::import(&console, text, &name).await.map(Some);
    }
    let path = match path {
        Some(path) => Some(chosen.of(words::IMPORT_RULES, &path)?),
        None => dialog::pick_file(&app, words::IMPORT_RULES, "JSON", &["json"]).await,
    };
    let Some(path) = path else { return Ok(None) };
    rules::import_file(&console, &path, &name).await.map(Some)
}

/// Sends a draft to review.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_submit(
    console: State<'_, Console>,
    id: String,
    request: ReviewRequest,
) -> Answer<RuleSet> {
    rules::submit(&console, &id, request).await
}

/// What is attached to a version that left draft.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_review(console: State<'_, Console>, id: String) -> Answer<Review> {
    rules::review(&console, &id).await
}

/// Says of one warning that it is known and wanted.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_acknowledge(
    console: State<'_, Console>,
    id: String,
    acknowledge: Acknowledge,
) -> Answer<Review> {
    rules::acknowledge(&console, &id, acknowledge).await
}

/// Approves a version, or sends it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_decide_review(
    console: State<'_, Console>,
    id: String,
    verdict: ReviewVerdict,
) -> Answer<RuleSet> {
    rules::decide_review(&console, &id, verdict).await
}

/// Puts an approved version in shadow, or takes it out again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_shadow(
    console: State<'_, Console>,
    id: String,
    request: ShadowRequest,
) -> Answer<RuleSet> {
    rules::shadow(&console, &id, request).await
}

/// Makes a rule set the one that decides, at once or at a moment.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_activate(
    console: State<'_, Console>,
    id: String,
    activation: Activation,
) -> Answer<RuleSet> {
    rules::activate(&console, &id, activation).await
}

/// Takes back the moment at which a version would take effect.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_unschedule(
    console: State<'_, Console>,
    id: String,
    base_rev: i32,
) -> Answer<RuleSet> {
    rules::unschedule(&console, &id, i64::from(base_rev)).await
}

/// Back to the version before, in one action.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_roll_back(
    console: State<'_, Console>,
    back: RollBack,
) -> Answer<RuleSet> {
    rules::roll_back(&console, back).await
}

/// What the version in shadow decided beside the active one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_set_shadow_report(
    console: State<'_, Console>,
    id: String,
) -> Answer<ShadowReport> {
    rules::shadow_report(&console, &id).await
}
