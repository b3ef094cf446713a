//! `souk rules export`: a store's rule set as a document file.

use std::process::ExitCode;

use clap::Args;
use pricing::RuleSet;

use crate::data::Place;
use crate::out::print;

/// Faults told of a draft.
const FAULTS_SHOWN: usize = 20;

#[derive(Args)]
pub(crate) struct Export {
    /// A rule set by its name, version number or id; the active one when absent.
    #[arg(value_name = "RULE_SET")]
    which: Option<String>,
    #[command(flatten)]
    place: Place,
}

impl Export {
    pub(super) async fn run(self) -> Result<ExitCode, String> {
        let store = self.place.open().await?;
        let found = store.rules(self.which.as_deref()).await;
        store.close().await;
        let found = found.map_err(|error| error.to_string())?;
        let name = &found.summary.name;
        let (text, code) = match RuleSet::parse(&found.document) {
            Ok(rules) => (rules.to_json_pretty(), ExitCode::SUCCESS),
            Err(faults) => {
                eprintln!(
                    "souk: {name}: {} faults; the draft is written as it stands",
                    faults.len()
                );
                for fault in faults.iter().take(FAULTS_SHOWN) {
                    eprintln!("  {fault}");
                }
                (found.document.clone(), ExitCode::from(1))
            }
        };
        print(&text)?;
        Ok(code)
    }
}
