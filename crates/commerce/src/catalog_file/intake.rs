//! What has been read so far: rows, errors, warnings and counts. Knows no file layout.

use std::collections::HashMap;

use super::sheet::clip;
use super::{CatalogRow, Counts, Format, ISSUES_MAX, Issue, Options, Preview, TextEncoding};
use crate::names::Sku;
use crate::product::{Product, ProductParts};

pub(super) struct Intake<'o> {
    pub(super) options: &'o Options,
    rows: Vec<CatalogRow>,
    errors: Vec<Issue>,
    warnings: Vec<Issue>,
    counts: Counts,
    /// Where each SKU stood first, whether or not its row was right.
    first_lines: HashMap<Sku, u64>,
}

impl<'o> Intake<'o> {
    pub(super) fn new(options: &'o Options) -> Self {
        Self {
            options,
            rows: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
            counts: Counts::default(),
            first_lines: HashMap::new(),
        }
    }

    pub(super) fn error(
        &mut self,
        line: u64,
        column: Option<String>,
        value: &str,
        message: &str,
        expected: &str,
    ) {
        self.counts.errors += 1;
        if self.errors.len() < ISSUES_MAX {
            self.errors.push(issue(line, column, value, message, expected));
        }
    }

    pub(super) fn warn(
        &mut self,
        line: u64,
        column: Option<String>,
        value: &str,
        message: &str,
        expected: &str,
    ) {
        self.counts.warnings += 1;
        if self.warnings.len() < ISSUES_MAX {
            self.warnings.push(issue(line, column, value, message, expected));
        }
    }

    /// Counts the current row as one that does not come in.
    pub(super) fn refuse_row(&mut self) {
        self.counts.rows_refused += 1;
    }

    /// How many errors there are, to see whether a row added some.
    pub(super) fn error_count(&self) -> u64 {
        self.counts.errors
    }

    /// Notes the SKU's line; false, with an error, when it stood on an earlier one.
    pub(super) fn claim(&mut self, line: u64, column: Option<String>, sku: &Sku) -> bool {
        if let Some(first) = self.first_lines.get(sku) {
            let message = format!("the SKU stands on line {first} already");
            self.error(line, column, sku.as_str(), &message, "each SKU once");
            return false;
        }
        self.first_lines.insert(sku.clone(), line);
        true
    }

    /// Takes a product in; gives its place among the rows, or none when it breaks a rule.
    pub(super) fn take(&mut self, line: u64, parts: ProductParts) -> Option<usize> {
        if parts.unit_cost.is_some_and(|cost| cost.minor() > parts.list_price.minor()) {
            let value = parts.unit_cost.map(|cost| cost.to_string()).unwrap_or_default();
            let message = "the unit cost is above the list price";
            self.warn(line, None, &value, message, "a cost under the price");
        }
        match Product::new(parts) {
            Ok(product) => {
                self.rows.push(CatalogRow { line, product });
                Some(self.rows.len() - 1)
            }
            Err(error) => {
                let message = format!("the {} does not fit", error.part);
                self.error(line, Some(error.part.to_owned()), "", &message, error.expected);
                None
            }
        }
    }

    /// Gives the rows at `places` an image when they have none.
    pub(super) fn set_image(&mut self, places: &[usize], image: &str) {
        for &at in places {
            let mut parts = self.rows[at].product.clone().into_parts();
            if parts.image.is_none() {
                parts.image = Some(image.to_owned());
                if let Ok(product) = Product::new(parts) {
                    self.rows[at].product = product;
                }
            }
        }
    }

    pub(super) fn finish(mut self, format: Format, encoding: TextEncoding, rows: u64) -> Preview {
        self.counts.rows = rows;
        self.counts.products = self.rows.len() as u64;
        self.errors.sort_by_key(|issue| issue.line);
        self.warnings.sort_by_key(|issue| issue.line);
        Preview {
            format,
            encoding,
            rows: self.rows,
            errors: self.errors,
            warnings: self.warnings,
            counts: self.counts,
        }
    }
}

fn issue(line: u64, column: Option<String>, value: &str, message: &str, expected: &str) -> Issue {
    let printable = value.chars().map(|c| if c.is_control() { ' ' } else { c });
    let value = clip(&printable.take(80).collect::<String>());
    Issue { line, column, value, message: message.to_owned(), expected: expected.to_owned() }
}
