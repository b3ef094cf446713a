//! Catalogues as files: reads Souk's own CSV and Shopify's product export, writes Souk's own. What
//! is wrong is said by line; what is right still comes in, and the caller decides. Never opens a
//! file, never saves a product.

mod cells;
mod decode;
mod export;
mod html;
mod intake;
mod sheet;
mod shopify;
mod souk;

use std::ops::ControlFlow;

use thiserror::Error;

pub use decode::TextEncoding;
pub use export::export;

use crate::money::Currency;
use crate::product::{Product, ProductState};
use intake::Intake;
use sheet::Sheet;

/// A file of more bytes is refused unread.
pub const BYTES_MAX: usize = 50 * 1024 * 1024;
/// A file of more rows is refused.
pub const ROWS_MAX: u64 = 200_000;
/// A cell of more bytes is an error on its line.
pub const CELL_BYTES_MAX: usize = 64 * 1024;
/// Errors and warnings kept, each; more are only counted.
pub const ISSUES_MAX: usize = 10_000;
/// Rows between two calls of the progress callback.
pub const PROGRESS_ROWS: u64 = 500;

/// The layouts that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `sku,title,category,list_price,unit_cost,stock`, and `description,tags,image,currency` if
    /// wanted, in any order.
    Souk,
    /// Shopify's product export: several rows a product, for its variants and images.
    Shopify,
}

/// What the file does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// None: told from the header row.
    pub format: Option<Format>,
    /// The store's currency: prices are read in it, another one is an error.
    pub currency: Currency,
    /// What imported products are, unless the file says that they are drafts or archived.
    pub state: ProductState,
}

impl Options {
    /// Any format, products come in as drafts.
    pub fn new(currency: Currency) -> Self {
        Self { format: None, currency, state: ProductState::Draft }
    }
}

/// Something about one place of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Counted from 1, the header's line; of a row over several lines the first.
    pub line: u64,
    /// The column's name as the file spells it; none when it is the whole row.
    pub column: Option<String>,
    /// What stands there, clipped to 80 characters.
    pub value: String,
    /// What is the matter.
    pub message: String,
    /// What would be right.
    pub expected: String,
}

/// A product read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogRow {
    pub line: u64,
    pub product: Product,
}

/// What a file would bring in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub format: Format,
    pub encoding: TextEncoding,
    /// The rows without an error, in file order.
    pub rows: Vec<CatalogRow>,
    /// By line, at most [`ISSUES_MAX`].
    pub errors: Vec<Issue>,
    /// By line, at most [`ISSUES_MAX`].
    pub warnings: Vec<Issue>,
    pub counts: Counts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows under the header, blank ones left out.
    pub rows: u64,
    /// Products that would come in.
    pub products: u64,
    /// Rows with at least one error, which would not.
    pub rows_refused: u64,
    pub errors: u64,
    pub warnings: u64,
}

/// Why nothing of the file could be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    #[error("the file is empty: expected a header row and products")]
    Empty,
    #[error("the file is {what}, not text: save it as CSV first")]
    NotText { what: &'static str },
    #[error("the file has {bytes} bytes, the limit is {BYTES_MAX}: split it")]
    TooLarge { bytes: usize },
    #[error("the file has more than {ROWS_MAX} rows: split it")]
    TooManyRows,
    #[error("line {line}: missing column{} {}; found {}", plural(.missing), .missing.join(", "), .found.join(", "))]
    MissingColumns { line: u64, missing: Vec<String>, found: Vec<String> },
    #[error("line {line}: the column {name} stands there twice")]
    ColumnTwice { line: u64, name: String },
    #[error("stopped after {rows} rows; nothing was imported")]
    Cancelled { rows: u64 },
    #[error("line {line}: not CSV: {cause}")]
    Unreadable { line: u64, cause: String },
}

fn plural(names: &[String]) -> &'static str {
    if names.len() == 1 { "" } else { "s" }
}

/// Called with the rows read so far, each [`PROGRESS_ROWS`] and at the end; `Break` stops the reading.
pub type Progress<'p> = &'p mut dyn FnMut(u64) -> ControlFlow<()>;

/// Reads a whole file. Never fails for a bad row: those are in the preview's errors.
pub fn parse(bytes: &[u8], options: &Options, progress: Progress) -> Result<Preview, FileError> {
    let (text, encoding, broken) = decode::decode(bytes)?;
    let mut sheet = Sheet::open(&text)?;
    let format = options.format.unwrap_or_else(|| guess(&sheet));
    let mut intake = Intake::new(options);
    warn_of_encoding(&mut intake, encoding, broken);
    if sheet.delimiter != b',' {
        let what = if sheet.delimiter == b';' { "semicolons" } else { "tabs" };
        intake.warn(sheet.line, None, "", &format!("cells are parted by {what}"), "commas");
    }
    match format {
        Format::Souk => souk::read(&mut sheet, &mut intake, progress)?,
        Format::Shopify => shopify::read(&mut sheet, &mut intake, progress)?,
    }
    Ok(intake.finish(format, encoding, sheet.rows))
}

/// [`parse`] for callers that show no progress.
pub fn parse_all(bytes: &[u8], options: &Options) -> Result<Preview, FileError> {
    parse(bytes, options, &mut |_| ControlFlow::Continue(()))
}

/// Shopify's header has both of these, ours neither.
fn guess(sheet: &Sheet) -> Format {
    let shopify = sheet.column("handle").is_some() || sheet.column("variant price").is_some();
    if shopify { Format::Shopify } else { Format::Souk }
}

fn warn_of_encoding(intake: &mut Intake, encoding: TextEncoding, broken: bool) {
    if encoding == TextEncoding::Windows1252 {
        let message =
            "the text is not UTF-8 and was read as Windows-1252: check accents and £ signs";
        intake.warn(1, None, "", message, "UTF-8");
    } else if broken {
        let message = "some characters could not be read and stand as \u{fffd}";
        intake.warn(1, None, "", message, "whole UTF-8 or UTF-16 text");
    }
}

#[cfg(test)]
mod tests;
