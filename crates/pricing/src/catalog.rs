//! The products that facts are completed from: SKU to category, list price, cost and stock, read
//! from `CATALOG.csv`. Must never guess a figure that the file does not give.

use std::collections::HashMap;

use commerce::{Currency, Money};

use crate::json::{INTEGER_MAX, money_expected, money_of, name_fault};
use crate::problem::{LineProblem, excerpt};

/// The header of `CATALOG.csv`, exactly.
pub const CATALOG_COLUMNS: [&str; 6] =
    ["sku", "title", "category", "list_price", "unit_cost", "stock"];

/// The most bytes of one catalogue file.
pub const CATALOG_BYTES_MAX: usize = 512 * 1024 * 1024;
/// The most products of one catalogue.
pub const PRODUCTS_MAX: usize = 1_000_000;
/// The most characters of a title.
pub(crate) const TITLE_CHARS_MAX: usize = 1_000;
/// After this many faults the rest of the file is not looked at.
pub(crate) const FAULTS_MAX: usize = 1_000;

/// What the rules need to know of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    pub sku: String,
    pub title: String,
    /// A path, `/` between its parts.
    pub category: String,
    pub list_price: Money,
    pub unit_cost: Option<Money>,
    pub stock: Option<i64>,
}

/// Products by SKU, in the order they were given.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    products: Vec<Product>,
    by_sku: HashMap<String, usize>,
}

impl Catalog {
    /// Takes products as they are; of two with one SKU the first stays.
    pub fn from_products(products: impl IntoIterator<Item = Product>) -> Self {
        let mut catalog = Self::default();
        for product in products {
            catalog.insert(product);
        }
        catalog
    }

    /// Reads `CATALOG.csv` (UTF-8, a byte-order mark allowed) with prices in `currency`.
    ///
    /// # Errors
    /// The faults by line, the first thousand of them.
    pub fn parse(bytes: &[u8], currency: Currency) -> Result<Self, Vec<LineProblem>> {
        if bytes.len() > CATALOG_BYTES_MAX {
            let message = format!("the file has {} bytes", bytes.len());
            return Err(vec![fault(1, "", message, &format!("at most {CATALOG_BYTES_MAX} bytes"))]);
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut lines =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut reading = Reading { currency, catalog: Self::default(), faults: Vec::new() };
        let mut record = csv::ByteRecord::new();
        let mut header = true;
        while reading.faults.len() < FAULTS_MAX {
            match lines.read_byte_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {}
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    reading.fault(line, "", format!("not readable as CSV: {error}"), "CSV");
                    break;
                }
            }
            let line = record.position().map_or(0, csv::Position::line);
            if std::mem::take(&mut header) {
                if !record.iter().eq(CATALOG_COLUMNS.map(str::as_bytes)) {
                    let found = String::from_utf8_lossy(record.as_slice());
                    let message = format!("the header is not known: {}", excerpt(&found));
                    reading.fault(line, "", message, &CATALOG_COLUMNS.join(","));
                    break;
                }
            } else {
                reading.row(line, &record);
            }
        }
        if header && reading.faults.is_empty() {
            let message = "the file is empty".to_owned();
            reading.fault(1, "", message, &format!("the header {}", CATALOG_COLUMNS.join(",")));
        }
        if reading.faults.is_empty() { Ok(reading.catalog) } else { Err(reading.faults) }
    }

    pub fn get(&self, sku: &str) -> Option<&Product> {
        self.by_sku.get(sku).map(|&index| &self.products[index])
    }

    /// In the order of the file.
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    pub fn len(&self) -> usize {
        self.products.len()
    }

    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
    }

    fn insert(&mut self, product: Product) -> bool {
        if self.by_sku.contains_key(&product.sku) {
            return false;
        }
        self.by_sku.insert(product.sku.clone(), self.products.len());
        self.products.push(product);
        true
    }
}

struct Reading {
    currency: Currency,
    catalog: Catalog,
    faults: Vec<LineProblem>,
}

fn fault(line: u64, column: &str, message: String, expected: &str) -> LineProblem {
    LineProblem { line, place: column.to_owned(), message, expected: expected.to_owned() }
}

impl Reading {
    fn fault(&mut self, line: u64, column: &str, message: String, expected: &str) {
        self.faults.push(fault(line, column, message, expected));
    }

    fn row(&mut self, line: u64, record: &csv::ByteRecord) {
        if record.len() != CATALOG_COLUMNS.len() {
            let message = format!("{} fields", record.len());
            let expected =
                format!("{} fields: {}", CATALOG_COLUMNS.len(), CATALOG_COLUMNS.join(","));
            return self.fault(line, "", message, &expected);
        }
        let mut texts = [""; CATALOG_COLUMNS.len()];
        for (index, field) in record.iter().enumerate() {
            let Ok(text) = std::str::from_utf8(field) else {
                let message = "bytes that are not UTF-8".to_owned();
                return self.fault(line, CATALOG_COLUMNS[index], message, "text in UTF-8");
            };
            texts[index] = text;
        }
        let [sku, title, category, list_price, unit_cost, stock] = texts;
        let sku = self.name(line, "sku", sku);
        let title = self.title(line, title);
        let category = self.name(line, "category", category);
        let list_price = self.money(line, "list_price", list_price);
        let unit_cost = optional(unit_cost, |text| self.money(line, "unit_cost", text));
        let stock = optional(stock, |text| self.integer(line, "stock", text));
        let product = (|| {
            Some(Product {
                sku: sku?,
                title: title?,
                category: category?,
                list_price: list_price?,
                unit_cost: unit_cost?,
                stock: stock?,
            })
        })();
        let Some(product) = product else { return };
        if self.catalog.len() == PRODUCTS_MAX {
            let message = "too many products".to_owned();
            return self.fault(line, "", message, &format!("at most {PRODUCTS_MAX}"));
        }
        let sku = excerpt(&product.sku);
        if !self.catalog.insert(product) {
            let message = format!("sku {sku} stands on an earlier line too");
            self.fault(line, "sku", message, "one line for each sku");
        }
    }

    fn name(&mut self, line: u64, column: &str, text: &str) -> Option<String> {
        let Some(message) = name_fault(text) else { return Some(text.to_owned()) };
        self.fault(line, column, message, "1 to 200 characters, none of them a control character");
        None
    }

    fn title(&mut self, line: u64, text: &str) -> Option<String> {
        if text.chars().nth(TITLE_CHARS_MAX).is_none() {
            return Some(text.to_owned());
        }
        let expected = format!("at most {TITLE_CHARS_MAX} characters");
        self.fault(line, "title", format!("{} is too long", excerpt(text)), &expected);
        None
    }

    fn money(&mut self, line: u64, column: &str, text: &str) -> Option<Money> {
        let message = match money_of(text, self.currency) {
            Ok(money) => return Some(money),
            Err(message) => message,
        };
        self.fault(line, column, message, &money_expected(self.currency));
        None
    }

    fn integer(&mut self, line: u64, column: &str, text: &str) -> Option<i64> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        match text.parse::<i64>() {
            Ok(value) if plain && value.unsigned_abs() <= INTEGER_MAX.unsigned_abs() => Some(value),
            _ => {
                let message = format!("{} is not an integer in range", excerpt(text));
                self.fault(line, column, message, "an integer such as \"12\", or nothing");
                None
            }
        }
    }
}

/// An empty field is an absent figure; a faulty one is no figure at all.
fn optional<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { read(text).map(Some) }
}
