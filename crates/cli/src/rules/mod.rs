//! `souk rules`: a rule set asked from files, without a store or a database. A file per verb.

mod check;
mod decide;
mod input;

use std::process::ExitCode;

use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Rules {
    /// Find conflicts before a rule set goes live: contradictions, missing costs, sales below
    /// cost, ambiguity, prices out of order, gaps, and rules that change nothing. Exit 0: no
    /// error found; 1: some; 2: an input cannot be read, and where and why.
    ///
    /// Each finding comes with facts that show it: print them with --json and pass `witness` to
    /// `souk rules decide`.
    #[command(after_help = "Example: souk rules check rules.json --catalog catalog.csv --json")]
    Check(check::Check),
    /// Decide sales: for each line of facts, the floor, the ceiling and how to bargain between
    /// them, in order. Exit 0: all decided; 2: an input cannot be read, and where and why.
    ///
    /// A line of FACTS.jsonl is a JSON object such as
    /// {"product":"84945","segments":["vip"],"channel":"web","country":"GB",
    /// "customer":"returning","quantity":6,"intent":70,"at":"2011-11-07T10:00:00Z"}.
    /// Category, list_price, unit_cost and stock come from the catalogue by the product's SKU; a
    /// fact given in the line wins. The decisions before a faulty line are still printed.
    #[command(
        after_help = "Example: souk rules decide rules.json --catalog catalog.csv --facts - --json < facts.jsonl"
    )]
    Decide(decide::Decide),
    /// Print the JSON Schema of a rule set document.
    Schema,
}

impl Rules {
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        match self {
            Self::Check(check) => check.run(),
            Self::Decide(decide) => decide.run(),
            Self::Schema => {
                print!("{}", pricing::json_schema_text());
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}
