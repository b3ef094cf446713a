//! `souk rules`: a rule set asked from files, without a store or a database.

use std::fmt::Display;
use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use pricing::{Catalog, Decision, FACTS_LINE_BYTES_MAX, Facts, Outcome, RuleSet};

/// Faults printed of one input.
const FAULTS_SHOWN: usize = 50;

#[derive(Subcommand)]
pub(crate) enum Rules {
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
    Decide(Decide),
    /// Print the JSON Schema of a rule set document.
    Schema,
}

#[derive(Args)]
pub(crate) struct Decide {
    /// The rule set, a `souk.rules/1` document.
    #[arg(value_name = "RULES.json")]
    rules: PathBuf,
    /// Products: `sku,title,category,list_price,unit_cost,stock`, the last two may be empty.
    #[arg(long, value_name = "CATALOG.csv")]
    catalog: PathBuf,
    /// Facts, a JSON object a line; `-` reads standard input.
    #[arg(long, value_name = "FACTS.jsonl")]
    facts: PathBuf,
    /// Print each decision as a line of JSON.
    #[arg(long)]
    json: bool,
}

/// Why deciding ended early.
enum Stop {
    /// What to tell, whole.
    Told(String),
    Output(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Rules {
    pub(crate) fn run(self) -> Result<ExitCode, String> {
        match self {
            Self::Decide(decide) => decide.run(),
            Self::Schema => {
                print!("{}", pricing::json_schema_text());
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

impl Decide {
    fn run(self) -> Result<ExitCode, String> {
        let expected = "a souk.rules/1 document";
        let text = String::from_utf8(read(&self.rules, expected)?)
            .map_err(|_| format!("{}: not UTF-8; expected {expected}", self.rules.display()))?;
        let rules = RuleSet::parse(&text).map_err(|faults| told(&self.rules, &faults))?;
        let bytes = read(&self.catalog, "a catalogue in CSV")?;
        let catalog = Catalog::parse(&bytes, rules.currency())
            .map_err(|faults| told(&self.catalog, &faults))?;
        drop(bytes);
        let mut out = BufWriter::new(io::stdout().lock());
        let decided = self.each_line(&rules, &catalog, &mut out);
        match (decided, out.flush()) {
            (Err(Stop::Told(message)), _) => Err(message),
            // who reads has had enough
            (Err(Stop::Output(error)), _) | (Ok(()), Err(error))
                if error.kind() == io::ErrorKind::BrokenPipe =>
            {
                Ok(ExitCode::SUCCESS)
            }
            (Err(Stop::Output(error)), _) | (Ok(()), Err(error)) => {
                Err(format!("standard output: {error}"))
            }
            (Ok(()), Ok(())) => Ok(ExitCode::SUCCESS),
        }
    }

    fn each_line(
        &self,
        rules: &RuleSet,
        catalog: &Catalog,
        out: &mut impl Write,
    ) -> Result<(), Stop> {
        let mut facts: Box<dyn BufRead> = if self.facts.as_os_str() == "-" {
            Box::new(io::stdin().lock())
        } else {
            let opened = fs::File::open(&self.facts).map_err(|error| {
                Stop::Told(unreadable(&self.facts, "facts, JSON lines", &error))
            })?;
            Box::new(BufReader::new(opened))
        };
        let most = u64::try_from(FACTS_LINE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(2);
        let mut bytes = Vec::new();
        for number in 1.. {
            bytes.clear();
            let mut line = facts.by_ref().take(most);
            let read = line.read_until(b'\n', &mut bytes);
            if read.map_err(|e| Stop::Told(unreadable(&self.facts, "facts, JSON lines", &e)))? == 0
            {
                break;
            }
            let Ok(text) = std::str::from_utf8(&bytes) else {
                let place = self.facts.display();
                let message = format!("{place}: line {number}: not UTF-8; expected a JSON object");
                return Err(Stop::Told(message));
            };
            let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text };
            let text = text.trim_end_matches(['\r', '\n']);
            if text.trim_ascii().is_empty() {
                continue;
            }
            let facts = Facts::parse_line(number, text, rules.currency(), catalog)
                .map_err(|faults| Stop::Told(told(&self.facts, &faults)))?;
            let decision = pricing::decide(rules, &facts);
            if self.json {
                serde_json::to_writer(&mut *out, &decision).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            } else {
                writeln!(out, "{}", in_words(&facts.product, &decision))?;
            }
        }
        Ok(())
    }
}

fn in_words(product: &str, decision: &Decision) -> String {
    let by = if decision.matched.is_empty() {
        "no rule matches".to_owned()
    } else {
        decision.matched.join(", ")
    };
    if decision.outcome == Outcome::Blocked {
        let reason = decision.reason.map_or("", |reason| reason.as_str());
        return format!("{product}: blocked, {reason} ({by})");
    }
    let policy = decision.policy.as_ref();
    let prices = [
        ("floor", decision.floor),
        ("ceiling", decision.ceiling),
        ("target", policy.and_then(|p| p.target)),
        ("accept at", policy.and_then(|p| p.accept_at)),
        ("escalate at", policy.and_then(|p| p.escalate_at)),
        ("decline below", policy.and_then(|p| p.decline_below)),
    ];
    let said: Vec<String> =
        prices.into_iter().filter_map(|(name, price)| Some(format!("{name} {}", price?))).collect();
    format!("{product}: {} ({by})", said.join(", "))
}

fn read(file: &Path, expected: &str) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| unreadable(file, expected, &error))
}

fn unreadable(file: &Path, expected: &str, error: &io::Error) -> String {
    format!("{}: cannot be read: {error}; expected {expected}", file.display())
}

/// Each fault on a line of its own, after the file's name.
fn told(file: &Path, faults: &[impl Display]) -> String {
    let name = file.display();
    let mut lines: Vec<String> =
        faults.iter().take(FAULTS_SHOWN).map(|fault| format!("{name}: {fault}")).collect();
    if faults.len() > FAULTS_SHOWN {
        lines.push(format!("{name}: and {} more", faults.len() - FAULTS_SHOWN));
    }
    lines.join("\n")
}
