//! `souk rules import`: a document file into a store, as a draft.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::input;
use crate::data::Place;
use crate::out::print;

#[derive(Args)]
pub(crate) struct Import {
    /// The rule set, a `souk.rules/1` document; `-` reads standard input and needs `--name`.
    #[arg(value_name = "RULES.json")]
    rules: PathBuf,
    #[command(flatten)]
    place: Place,
    /// The draft's name; the file's without its ending when absent. A draft of this name takes the
    /// new content.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        if input::is_stdin(&self.rules) && self.name.is_none() {
            return Err("standard input has no name; expected --name NAME for the draft".into());
        }
        let rules = input::rules(&self.rules).set?;
        let stem = || self.rules.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let name = self.name.clone().or_else(stem).unwrap_or_default();
        let store = self.place.open().await?;
        let imported = store.import_rules(&name, &rules).await;
        let slug = store.slug.clone();
        store.close().await;
        let place = input::name(&self.rules);
        let imported = imported.map_err(|error| format!("{place}: {error}"))?;
        let draft = &imported.draft.summary;
        let outcome = match (imported.created, imported.unchanged) {
            (true, _) => "created",
            (false, true) => "unchanged",
            (false, false) => "changed",
        };
        if self.json {
            let report = json!({
                "rule_set": draft.id, "name": draft.name, "rules": draft.rules,
                "rev": draft.rev, "outcome": outcome,
            });
            print(&format!("{report}\n"))?;
        } else {
            print(&format!(
                "{slug}: draft {:?} {outcome}, {} rules ({})\n\
                 Send it to review and activate it in the console, under Pricing.\n",
                draft.name, draft.rules, draft.id
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
