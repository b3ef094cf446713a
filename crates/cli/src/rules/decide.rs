//! `souk rules decide`: a decision a line, in the order of the facts.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use pricing::{Decision, Facts, Outcome, RuleSet};

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

impl Decide {
    pub(super) fn run(self) -> Result<ExitCode, String> {
        input::one_stdin(&[&self.rules, &self.catalog, &self.facts])?;
        let input::Rules { set, currency } = input::rules(&self.rules);
        let catalog = input::catalog(&self.catalog, currency);
        let facts = input::facts(&self.facts, currency, &catalog);
        let ((rules, _), facts) = input::both(input::both(set, catalog), facts)?;
        let mut out = BufWriter::new(io::stdout().lock());
        let decided = facts.iter().try_for_each(|facts| self.tell(&rules, facts, &mut out));
        match decided.and_then(|()| out.flush()) {
            // who reads has had enough
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(format!("standard output: {error}"))
            }
            _ => Ok(ExitCode::SUCCESS),
        }
    }

    fn tell(&self, rules: &RuleSet, facts: &Facts, out: &mut impl Write) -> io::Result<()> {
        let decision = pricing::decide(rules, facts);
        if self.json {
            serde_json::to_writer(&mut *out, &decision)?;
            out.write_all(b"\n")
        } else {
            writeln!(out, "{}", in_words(&facts.product, &decision))
        }
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
