//! `souk catalog`: a store's catalogue in and out as a file, straight on the data.

use std::fs;
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use api::catalog::{ImportFormat, ImportProblem, ImportReport};
use clap::{Args, Subcommand, ValueEnum};
use commerce::catalog_file::BYTES_MAX;
use storefront::offline::{ImportOptions, Progress};

use crate::data::Place;
use crate::out::print;

/// Problems printed without --json; all are counted.
const SHOWN: usize = 20;

#[derive(Subcommand)]
pub(crate) enum Catalog {
    /// Bring products in from a CSV file. Exit 0: every row came in; 1: some rows are wrong, the
    /// others came in; 2: nothing could be read, nothing was changed.
    ///
    /// The file has a header row. Souk's own layout is
    /// `sku,title,category,list_price,unit_cost,stock`, where the last two may be empty, with
    /// `description,tags,image,currency` if wanted. Prices are in the store's currency, such as
    /// 9.50; a category is a path such as `home/lights`. Shopify's product export is read too.
    ///
    /// A product whose SKU is there already is changed; the others come in as drafts, or with
    /// --publish on sale. Nothing is ever deleted, and the console can undo an import.
    #[command(
        after_help = "Example: souk catalog import products.csv --data ./souk-data --dry-run"
    )]
    Import(Import),
    /// Write every product but the archived ones to standard output, as `import` reads it.
    #[command(after_help = "Example: souk catalog export --data ./souk-data > products.csv")]
    Export(Export),
}

#[derive(Args)]
pub(crate) struct Import {
    /// The CSV file; `-` reads standard input. At most 50 MB and 200,000 rows.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The file's layout; told from its header row when absent.
    #[arg(long, value_enum)]
    format: Option<Layout>,
    #[command(flatten)]
    place: Place,
    /// Only say what would happen; change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Put what comes in on sale at once.
    #[arg(long)]
    publish: bool,
    /// Print the whole report as JSON: counts, errors and warnings by line, the first rows.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(crate) struct Export {
    #[command(flatten)]
    place: Place,
    /// The file's layout.
    #[arg(long, value_enum, default_value = "souk")]
    format: ExportLayout,
}

#[derive(Clone, Copy, ValueEnum)]
enum ExportLayout {
    /// With description, tags, image and currency: reads back as it is
    Souk,
    /// The six columns that `souk rules` reads with `--catalog`
    Rules,
}

#[derive(Clone, Copy, ValueEnum)]
enum Layout {
    /// `sku,title,category,list_price,unit_cost,stock`
    Souk,
    /// Shopify's product export
    Shopify,
}

impl Catalog {
    pub(crate) async fn run(self) -> Result<ExitCode, String> {
        match self {
            Self::Import(import) => import.run().await,
            Self::Export(export) => export.run().await,
        }
    }
}

impl Import {
    async fn run(self) -> Result<ExitCode, String> {
        let name = self.file.display().to_string();
        let bytes = read(&self.file).map_err(|why| format!("{name}: {why}"))?;
        let store = self.place.open().await?;
        let format = self.format.map(|layout| match layout {
            Layout::Souk => ImportFormat::Souk,
            Layout::Shopify => ImportFormat::Shopify,
        });
        let options = ImportOptions { format, dry_run: self.dry_run, publish: self.publish };
        let imported = store.import(bytes, options, progress()).await;
        let slug = store.slug.clone();
        store.close().await;
        let report = imported.map_err(|error| format!("{name}: {error}"))?;
        if self.json {
            println!("{}", serde_json::to_string(&report).map_err(|error| error.to_string())?);
        } else {
            tell(&report, &slug);
        }
        Ok(ExitCode::from(u8::from(report.skipped > 0 || report.errors_total > 0)))
    }
}

/// Says on a terminal how far it is.
fn progress() -> Progress {
    let shows = std::io::stderr().is_terminal();
    Box::new(move |done, all| {
        if shows {
            let end = if done == all { "\n" } else { "" };
            eprint!("\r{done} of {all} rows{end}");
            let _ = std::io::stderr().flush();
        }
    })
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    let limit = u64::try_from(BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        let opened = fs::File::open(file).map_err(unreadable)?;
        opened.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if bytes.len() > BYTES_MAX {
        return Err(format!("has more than {BYTES_MAX} bytes, which is the limit: split it"));
    }
    Ok(bytes)
}

fn tell(report: &ImportReport, slug: &str) {
    let would = if report.dry_run { "would be " } else { "" };
    println!(
        "{slug}: {} rows: {} {would}created, {} {would}updated, {} unchanged, {} refused",
        report.rows, report.created, report.updated, report.unchanged, report.skipped
    );
    let list = |kind: &str, problems: &[ImportProblem], total: i64| {
        for problem in problems.iter().take(SHOWN) {
            let column = &problem.column;
            let place = if column.is_empty() { String::new() } else { format!(", {column}") };
            println!(
                "  {kind} on line {}{place}: {} (found {:?}, expected {})",
                problem.line, problem.message, problem.value, problem.expected
            );
        }
        let more = total - i64::try_from(problems.len().min(SHOWN)).unwrap_or(total);
        if more > 0 {
            println!("  and {more} {kind}s more; --json lists the first thousand");
        }
    };
    list("error", &report.errors, report.errors_total);
    list("warning", &report.warnings, report.warnings_total);
}

impl Export {
    async fn run(self) -> Result<ExitCode, String> {
        let store = self.place.open().await?;
        let exported = match self.format {
            ExportLayout::Souk => store.export().await,
            ExportLayout::Rules => store.export_for_rules().await,
        };
        store.close().await;
        let text = exported.map_err(|error| error.to_string())?;
        print(&text)?;
        Ok(ExitCode::SUCCESS)
    }
}
