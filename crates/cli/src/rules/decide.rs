//! `souk rules decide`: a decision a line, in the order of the facts.

use std::fs;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use pricing::{Catalog, Decision, FACTS_LINE_BYTES_MAX, Facts, Outcome, RuleSet};

use super::input;

#[derive(Args)]
pub(crate) struct Decide {
    /// The rule set, a `souk.rules/1` document; `-` reads standard input.
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

impl Decide {
    pub(super) fn run(self) -> Result<ExitCode, String> {
        input::one_stdin(&[&self.rules, &self.catalog, &self.facts])?;
        let rules = input::rule_set(&self.rules)?;
        let catalog = input::catalog(&self.catalog, rules.currency())?;
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
        let mut facts: Box<dyn BufRead> = if input::is_stdin(&self.facts) {
            Box::new(io::stdin().lock())
        } else {
            let opened = fs::File::open(&self.facts).map_err(|error| {
                Stop::Told(input::unreadable(&self.facts, "facts, JSON lines", &error))
            })?;
            Box::new(BufReader::new(opened))
        };
        let most = u64::try_from(FACTS_LINE_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(2);
        let mut bytes = Vec::new();
        for number in 1.. {
            bytes.clear();
            let mut line = facts.by_ref().take(most);
            let read = line.read_until(b'\n', &mut bytes);
            if read
                .map_err(|e| Stop::Told(input::unreadable(&self.facts, "facts, JSON lines", &e)))?
                == 0
            {
                break;
            }
            let Ok(text) = std::str::from_utf8(&bytes) else {
                let place = input::name(&self.facts);
                let message = format!("{place}: line {number}: not UTF-8; expected a JSON object");
                return Err(Stop::Told(message));
            };
            let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text };
            let text = text.trim_end_matches(['\r', '\n']);
            if text.trim_ascii().is_empty() {
                continue;
            }
            let facts = Facts::parse_line(number, text, rules.currency(), catalog)
                .map_err(|faults| Stop::Told(input::told(&self.facts, &faults)))?;
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
