//! `souk rules check`: the conflicts of a rule set, for a person or for a pipeline.

use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use jiff::Timestamp;
use pricing::{CheckOptions, Findings, Severity, Verdict};

use super::input;

#[derive(Args)]
pub(crate) struct Check {
    /// The rule set, a `souk.rules/1` document; `-` reads standard input.
    #[arg(value_name = "RULES.json")]
    rules: PathBuf,
    /// Products: `sku,title,category,list_price,unit_cost,stock`, the last two may be empty.
    /// Without it, findings that need a product's figures are left out.
    #[arg(long, value_name = "CATALOG.csv")]
    catalog: Option<PathBuf>,
    /// Sales from this moment on are looked at, such as 2011-11-01T00:00:00Z [default: the present].
    #[arg(long, value_name = "INSTANT")]
    now: Option<Timestamp>,
    /// Print the findings as one JSON object.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<ExitCode, String> {
        let files = [Some(self.rules.as_path()), self.catalog.as_deref()];
        input::one_stdin(&files.into_iter().flatten().collect::<Vec<_>>())?;
        let input::Rules { set, currency } = input::rules(&self.rules);
        let catalog = self.catalog.as_deref().map(|file| input::catalog(file, currency));
        let (rules, catalog) = input::both(set, catalog.transpose())?;
        let begun = Instant::now();
        let options = CheckOptions::at(self.now.unwrap_or_else(Timestamp::now));
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let found = pricing::check(&rules, catalog.as_ref(), &options, go_on);
        let mut found = found.ok_or("the check was broken off")?;
        found.elapsed_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let mut out = BufWriter::new(io::stdout().lock());
        let printed = if self.json {
            serde_json::to_writer(&mut out, &found)
                .map_err(io::Error::from)
                .and_then(|()| out.write_all(b"\n"))
        } else {
            in_words(&mut out, &found)
        };
        match printed.and_then(|()| out.flush()) {
            // who reads has had enough; what was found still decides
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(format!("standard output: {error}"))
            }
            _ => Ok(ExitCode::from(u8::from(found.has_errors()))),
        }
    }
}

fn in_words(out: &mut impl Write, found: &Findings) -> io::Result<()> {
    for finding in &found.findings {
        let (severity, kind) = (finding.severity.as_str(), finding.kind.as_str());
        let open = if finding.verdict == Verdict::Undecided { ", undecided" } else { "" };
        let rules = finding.rules.join(", ");
        let key = finding.key.map_or_else(String::new, |key| format!(" ({})", key.as_str()));
        let colon = if rules.is_empty() { "" } else { ": " };
        writeln!(out, "{severity}{open}: {kind}{colon}{rules}{key}\n    {}", finding.explain)?;
    }
    for note in &found.notes {
        writeln!(out, "note: {note}")?;
    }
    let count = |severity| found.findings.iter().filter(|f| f.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let hints = count(Severity::Info);
    writeln!(
        out,
        "{} rules, {} products: {errors} errors, {warnings} warnings, {hints} hints",
        found.rules, found.products
    )
}
