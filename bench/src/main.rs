//! Decides the same sales by the same rules with Souk's pricing engine and with zen-engine, and
//! tells the time of a decision of each. Both must match the same rules on every sale before
//! anything is timed. It judges no figure: these depend on the machine.

mod made_up;
mod theirs;

use std::{hint::black_box, process::ExitCode, time::Instant};

use pricing::{Facts, Index, RuleSet, Scratch};
use serde_json::json;

use made_up::Shape;
use theirs::{Preparation, Table};

const HELP: &str = "\
souk-bench [--json]

Times decisions with 10, 100, 1,000 and 10,000 rules of four conditions, of two shapes: Souk's pricing
engine and zen-engine's decision tables, in turns, the median of five rounds each.
";

const SEED: u64 = 1;
const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
const SALES: usize = 2_000;
const ROUNDS: usize = 5;
/// Decisions a round of our own engine.
const OURS: usize = 400_000;

/// What one size came to; times in nanoseconds a decision.
struct Figures {
    shape: Shape,
    rules: usize,
    /// Rules that match a sale, in the mean.
    matched: f64,
    ours: f64,
    compiled: Timed,
    as_loaded: Timed,
}

/// Decisions a round, and the median round's time for one.
struct Timed {
    decisions: usize,
    ns: f64,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let as_json = match words.as_slice() {
        [] => false,
        ["--json"] => true,
        ["--help" | "-h"] => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("souk-bench: expected --json or nothing");
            return ExitCode::from(2);
        }
    };
    let all = Shape::ALL.into_iter().flat_map(|shape| SIZES.map(|count| (shape, count)));
    match all.map(|(shape, count)| measure(shape, count)).collect::<Result<Vec<_>, _>>() {
        Ok(figures) => {
            tell(&figures, as_json);
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("souk-bench: {message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(shape: Shape, count: usize) -> Result<Figures, String> {
    eprintln!("{count} rules of {}: compile, compare, time", shape.columns().join(", "));
    let shop = made_up::Shop::new(SEED, SALES);
    let set = shop.rules(SEED, count, shape)?;
    let ours = Index::new(&set);
    let rows = shop.rows(&set, shape);
    let compiled = Table::new(shape, &rows, &shop.sales, Preparation::Compiled)?;
    let as_loaded = Table::new(shape, &rows, &shop.sales, Preparation::AsLoaded)?;
    // the slower, the fewer decisions: a round is to take about a second at most
    let decisions = (5_000_000 / count).clamp(500, SALES);
    let few = (200_000 / count).clamp(20, SALES);
    let matched = compare(&set, &ours, &shop.sales, &compiled, SALES)?;
    compare(&set, &ours, &shop.sales, &as_loaded, few)?;

    let mut rounds = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        rounds[0].push(time_ours(&ours, &shop.sales));
        rounds[1].push(compiled.time(decisions)?);
        rounds[2].push(as_loaded.time(few)?);
    }
    let [ours, compiled, as_loaded] = rounds.map(median);
    Ok(Figures {
        shape,
        rules: count,
        matched,
        ours,
        compiled: Timed { decisions, ns: compiled },
        as_loaded: Timed { decisions: few, ns: as_loaded },
    })
}

/// Both must match the same rules on each of the first `sales`; gives how many in the mean.
fn compare(
    set: &RuleSet,
    ours: &Index,
    sales: &[Facts],
    theirs: &Table,
    count: usize,
) -> Result<f64, String> {
    let mut scratch = Scratch::default();
    let mut all = 0;
    for (number, facts) in sales.iter().enumerate().take(count) {
        let mut matched = Vec::new();
        ours.matched(facts, &mut scratch, |rule| matched.push(rule));
        matched.sort_unstable();
        let theirs = theirs.matched(number)?;
        if matched != theirs {
            return Err(format!(
                "{} rules, sale {number}: ours matches {matched:?}, theirs {theirs:?}: {facts:?}",
                set.rules().len()
            ));
        }
        all += matched.len();
    }
    Ok(all as f64 / count as f64)
}

fn time_ours(index: &Index, sales: &[Facts]) -> f64 {
    let mut scratch = Scratch::default();
    let begun = Instant::now();
    for facts in sales.iter().cycle().take(OURS) {
        black_box(index.decide(black_box(facts), &mut scratch));
    }
    begun.elapsed().as_nanos() as f64 / OURS as f64
}

fn median(mut rounds: Vec<f64>) -> f64 {
    rounds.sort_by(f64::total_cmp);
    rounds.get(rounds.len() / 2).copied().unwrap_or(f64::NAN)
}

fn tell(figures: &[Figures], as_json: bool) {
    if as_json {
        let rows: Vec<_> = figures
            .iter()
            .map(|f| {
                json!({
                    "conditions": f.shape.columns(), "rules": f.rules, "matched_mean": f.matched,
                    "ours": {"decisions": OURS, "ns_per_decision": f.ours},
                    "zen_compiled": {
                        "decisions": f.compiled.decisions, "ns_per_decision": f.compiled.ns,
                        "ratio": f.compiled.ns / f.ours,
                    },
                    "zen_as_loaded": {
                        "decisions": f.as_loaded.decisions, "ns_per_decision": f.as_loaded.ns,
                        "ratio": f.as_loaded.ns / f.ours,
                    },
                })
            })
            .collect();
        println!("{}", json!({"rounds": ROUNDS, "sales": SALES, "figures": rows}));
        return;
    }
    println!(
        "ns a decision, the median of {ROUNDS} rounds; both match the same rules on every sale"
    );
    for (place, f) in figures.iter().enumerate() {
        if place % SIZES.len() == 0 {
            println!("\n{}", f.shape.columns().join(", "));
            println!(
                "{:>7} {:>8} {:>9} {:>14} {:>9} {:>14} {:>9}",
                "rules", "matched", "ours", "zen, compiled", "ratio", "zen, as loaded", "ratio"
            );
        }
        println!(
            "{:>7} {:>8.1} {:>9.0} {:>14.0} {:>8.0}× {:>14.0} {:>8.0}×",
            f.rules,
            f.matched,
            f.ours,
            f.compiled.ns,
            f.compiled.ns / f.ours,
            f.as_loaded.ns,
            f.as_loaded.ns / f.ours
        );
    }
    let counts = |of: fn(&Figures) -> usize| {
        figures.iter().take(SIZES.len()).map(|f| of(f).to_string()).collect::<Vec<_>>().join(", ")
    };
    println!(
        "\ndecisions a round: ours {OURS}; zen compiled {}; zen as loaded {}",
        counts(|f| f.compiled.decisions),
        counts(|f| f.as_loaded.decisions)
    );
}
