//! `souk rules`: a rule set asked from files, or brought into a store and out of it. A file per verb.

mod bench;
mod check;
mod decide;
mod export;
mod import;
mod input;
mod replay;

use std::process::ExitCode;

use clap::Subcommand;

use crate::out::print;

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
    /// fact given in the line wins. Where any line is faulty all such lines are told, and nothing is
    /// decided.
    #[command(
        after_help = "Example: souk rules decide rules.json --catalog catalog.csv --facts - --json < facts.jsonl"
    )]
    Decide(decide::Decide),
    /// Measure the engine on this machine: compile made-up rules over every dimension and decide
    /// made-up sales, on one thread. Figures: the time to compile, the mean time of a decision,
    /// heap allocations a decision, and the memory of the compiled rules in bytes.
    #[command(after_help = "Example: souk rules bench --rules 10000 --decisions 1000000 --json")]
    Bench(bench::Bench),
    /// Replay past orders: what the rules would have made of them, line by line, in sums by month,
    /// category, country and segment. Exit 0: replayed; 2: an input cannot be read, and where and
    /// why.
    ///
    /// The price paid is brought within floor and ceiling. Lines that the rules block enter no
    /// revenue and no margin, lines of a product without a cost no margin. Lines of a quantity or a
    /// price of zero or less, or of an unknown SKU, are left out and counted.
    #[command(
        after_help = "Example: souk rules replay rules.json --baseline old.json --catalog catalog.csv --orders orders.csv"
    )]
    Replay(replay::Replay),
    /// Bring a rule set from a file into a store, as a draft. Exit 0: it is there; 2: it could not
    /// be read or taken, nothing was changed.
    #[command(after_help = "Example: souk rules import rules.json --data ./souk-data")]
    Import(import::Import),
    /// Write a store's rule set to standard output: the active one, or the one named. Its layout is
    /// stable and has a condition a line, for version control. Exit 0: written; 1: it is a draft
    /// with faults, written as it stands; 2: there is none.
    #[command(after_help = "Example: souk rules export --data ./souk-data > rules.json")]
    Export(export::Export),
    /// Print the JSON Schema of a rule set document.
    Schema,
}

impl Rules {
    pub(crate) async fn run(self) -> Result<ExitCode, String> {
        match self {
            Self::Check(check) => check.run(),
            Self::Decide(decide) => decide.run(),
            Self::Bench(bench) => bench.run(),
            Self::Replay(replay) => replay.run(),
            Self::Import(import) => import.run().await,
            Self::Export(export) => export.run().await,
            Self::Schema => {
                print(&pricing::json_schema_text())?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}
