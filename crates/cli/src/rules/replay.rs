//! `souk rules replay`: what a rule set would have made of past orders.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use commerce::Money;
use pricing::{
    Elasticity, Impact, ImpactGroups, Replay as Replayed, ReplayOptions, ReplayProgress,
};

use super::input;
use crate::out::print;

#[derive(Args)]
pub(crate) struct Replay {
    /// The rule set, a `souk.rules/1` document; `-` reads standard input.
    #[arg(value_name = "RULES.json")]
    rules: PathBuf,
    /// The rule set to compare with, such as the one in force.
    #[arg(long, value_name = "OLD.json")]
    baseline: Option<PathBuf>,
    /// Products: `sku,title,category,list_price,unit_cost,stock`, the last two may be empty.
    #[arg(long, value_name = "CATALOG.csv")]
    catalog: PathBuf,
    /// Past order lines, oldest first:
    /// `order_id,placed_at,sku,quantity,unit_price,customer_id,country,channel,segments`, where
    /// placed_at is an RFC 3339 instant, customer_id is empty for a guest, and `;` stands between
    /// segments. `-` reads standard input.
    #[arg(long, value_name = "ORDERS.csv")]
    orders: PathBuf,
    /// How buyers answer to a price: volume becomes quantity × (new / paid)^E. -1.5 is common for
    /// goods that can be bought elsewhere.
    #[arg(long, value_name = "E", default_value = "0", allow_negative_numbers = true)]
    elasticity: String,
    /// Print the replay as JSON.
    #[arg(long)]
    json: bool,
}

impl Replay {
    pub(super) fn run(self) -> Result<ExitCode, String> {
        let elasticity = Elasticity::parse(&self.elasticity).ok_or_else(|| {
            let most = Elasticity::MOST;
            format!("--elasticity {}: expected a decimal from -{most} to {most}", self.elasticity)
        })?;
        let files =
            [Some(&self.rules), self.baseline.as_ref(), Some(&self.catalog), Some(&self.orders)];
        input::one_stdin(&files.into_iter().flatten().map(PathBuf::as_path).collect::<Vec<_>>())?;
        let input::Rules { set, currency } = input::rules(&self.rules);
        let old = self.baseline.as_deref().map(|file| input::baseline(file, currency)).transpose();
        let catalog = input::catalog(&self.catalog, currency);
        let orders = input::orders(&self.orders, currency);
        let ((rules, old), (catalog, orders)) =
            input::both(input::both(set, old), input::both(catalog, orders))?;
        let options = ReplayOptions { elasticity, threads: None };
        let shows = std::io::stderr().is_terminal();
        let progress = |at: ReplayProgress| {
            if shows {
                eprint!("\rreplayed {} of {} lines", at.done, at.of);
            }
            ControlFlow::Continue(())
        };
        let started = Instant::now();
        let replay = pricing::replay(&rules, old.as_ref(), &catalog, &orders, &options, &progress);
        if shows {
            eprint!("\r{:60}\r", "");
        }
        let mut replay = replay.map_err(|error| error.to_string())?;
        replay.elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let text = if self.json {
            serde_json::to_string(&replay).map_err(|error| error.to_string())? + "\n"
        } else {
            in_words(&replay)
        };
        print(&text)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn in_words(replay: &Replayed) -> String {
    let mut out = String::new();
    let left = &replay.left_out;
    let told = [
        ("quantity of zero or less", left.quantity),
        ("price of zero or less", left.price),
        ("SKU not in the catalogue", left.unknown_sku),
    ];
    let _ = writeln!(out, "{} lines replayed", replay.groups.overall.lines);
    for (cause, lines) in told.into_iter().filter(|(_, lines)| *lines > 0) {
        let _ = writeln!(out, "{lines} left out: {cause}");
    }
    let groups = &replay.groups;
    let old = replay.baseline.as_ref();
    let mut rows = vec![("these rules", &groups.overall)];
    rows.extend(old.map(|old| ("baseline", &old.overall)));
    table(&mut out, "", &rows);
    let mut each = |title, of: fn(&ImpactGroups) -> &BTreeMap<String, Impact>| {
        let rows: Vec<(&str, &Impact)> =
            of(groups).iter().map(|(name, impact)| (name.as_str(), impact)).collect();
        if !rows.is_empty() {
            table(&mut out, title, &rows);
        }
    };
    each("month", |groups| &groups.by_month);
    each("category", |groups| &groups.by_category);
    each("country", |groups| &groups.by_country);
    each("segment", |groups| &groups.by_segment);
    out
}

/// Rows under one heading, in columns.
fn table(out: &mut String, title: &str, rows: &[(&str, &Impact)]) {
    let heads = [
        title, "lines", "raised", "lowered", "same", "blocked", "accept", "counter", "decline",
        "revenue", "change", "margin", "change",
    ];
    let mut cells = vec![heads.map(str::to_owned)];
    cells.extend(rows.iter().map(|(name, impact)| {
        let bands = &impact.bands;
        let (revenue, margin) = (impact.revenue_after, impact.margin_after);
        [
            (*name).to_owned(),
            impact.lines.to_string(),
            impact.raised.to_string(),
            impact.lowered.to_string(),
            impact.unchanged.to_string(),
            impact.blocked.total().to_string(),
            bands.accept.to_string(),
            bands.counter.to_string(),
            bands.decline.to_string(),
            revenue.to_string(),
            change(impact.revenue_before, revenue),
            margin.to_string(),
            change(impact.margin_before, margin),
        ]
    }));
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; 13] = std::array::from_fn(|column| width(column).unwrap_or(0));
    let _ = writeln!(out);
    for row in &cells {
        let columns = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
            let cell: &dyn Display = cell;
            if column == 0 { format!("{cell:width$}") } else { format!("{cell:>width$}") }
        });
        let line = columns.collect::<Vec<_>>().join("  ");
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// `+5.3 %`, in tenths of a percent of the amount before; nothing where that is not above zero.
fn change(before: Money, after: Money) -> String {
    let (before, after) = (i128::from(before.minor()), i128::from(after.minor()));
    if before <= 0 {
        return String::new();
    }
    let tenths = ((after - before) * 1_000 * 2 + before).div_euclid(before * 2);
    let sign = if tenths < 0 { "-" } else { "+" };
    format!("{sign}{}.{} %", tenths.abs() / 10, tenths.abs() % 10)
}
