//! `souk rules bench`: how fast the compiled rules decide on this machine, measured and counted.

use std::hint::black_box;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use pricing::{Facts, Index, Quote, RULES_MAX, Scratch, synthetic};
use serde::Serialize;

/// The same shop every time, so that two runs can be compared.
const SEED: u64 = 1;
/// As many different sales are decided, again and again in turn.
const SALES: usize = 4_096;
const RULES_MAX_ARGUMENT: u64 = RULES_MAX as u64;
const DECISIONS_MAX: u64 = 1_000_000_000;

#[derive(Args)]
pub(crate) struct Bench {
    /// How many rules to compile.
    #[arg(long, value_name = "N", default_value_t = 1_000,
          value_parser = clap::value_parser!(u64).range(1..=RULES_MAX_ARGUMENT))]
    rules: u64,
    /// How many decisions to make.
    #[arg(long, value_name = "M", default_value_t = 1_000_000,
          value_parser = clap::value_parser!(u64).range(1..=DECISIONS_MAX))]
    decisions: u64,
    /// Print the figures as one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Figures {
    rules: u64,
    decisions: u64,
    compile_ms: f64,
    ns_per_decision: f64,
    allocations_per_decision: f64,
    bytes: usize,
}

impl Bench {
    pub(super) fn run(self) -> Result<ExitCode, String> {
        let figures = self.measured()?;
        let mut out = io::stdout().lock();
        // a reader that has seen enough may close the pipe
        let _ = if self.json {
            serde_json::to_writer(&mut out, &figures)
                .map_err(io::Error::from)
                .and_then(|()| writeln!(out))
        } else {
            writeln!(out, "{}", figures.in_words())
        };
        Ok(ExitCode::SUCCESS)
    }

    fn measured(&self) -> Result<Figures, String> {
        let count = usize::try_from(self.rules).map_err(|error| error.to_string())?;
        let set = synthetic::rule_set(SEED, count).map_err(|faults| {
            let told: Vec<String> = faults.iter().take(3).map(ToString::to_string).collect();
            format!("the made-up rules are faulty: {}", told.join("; "))
        })?;
        let sales = synthetic::facts(SEED, &synthetic::catalog(SEED), SALES);
        let begun = Instant::now();
        let index = Index::new(&set);
        let compile = begun.elapsed();
        let mut scratch = Scratch::default();
        for facts in &sales {
            black_box(index.decide(facts, &mut scratch));
        }
        let (deciding, allocations) = decide_all(&index, &sales, &mut scratch, self.decisions);
        let decisions = self.decisions as f64;
        Ok(Figures {
            rules: self.rules,
            decisions: self.decisions,
            compile_ms: rounded(compile.as_secs_f64() * 1e3),
            ns_per_decision: rounded(deciding.as_secs_f64() * 1e9 / decisions),
            allocations_per_decision: allocations as f64 / decisions,
            bytes: index.bytes(),
        })
    }
}

/// The time of so many decisions, and how often they asked the heap for memory.
fn decide_all(
    index: &Index,
    sales: &[Facts],
    scratch: &mut Scratch,
    decisions: u64,
) -> (Duration, u64) {
    let mut last: Option<Quote> = None;
    let mut took = Duration::ZERO;
    let counted = allocation_counter::measure(|| {
        let begun = Instant::now();
        let mut left = decisions;
        while left > 0 {
            for facts in sales.iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
                last = Some(black_box(index.decide(black_box(facts), scratch)));
            }
            left = left.saturating_sub(sales.len() as u64);
        }
        took = begun.elapsed();
    });
    black_box(last);
    (took, counted.count_total)
}

/// To thousandths: further digits are noise.
fn rounded(figure: f64) -> f64 {
    (figure * 1e3).round() / 1e3
}

impl Figures {
    fn in_words(&self) -> String {
        format!(
            "{} rules compiled in {:.1} ms into {} bytes; {} decisions of {:.1} ns each, {} heap \
             allocations a decision",
            self.rules,
            self.compile_ms,
            self.bytes,
            self.decisions,
            self.ns_per_decision,
            self.allocations_per_decision
        )
    }
}
