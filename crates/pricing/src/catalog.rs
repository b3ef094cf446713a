//! The products that facts are completed from: SKU to category, list price, cost and stock, read
//! from `CATALOG.csv`. Must never guess a figure that the file does not give.

use std::collections::{HashMap, HashSet};

use commerce::{Currency, Money};

use crate::problem::{LineProblem, excerpt};
use crate::table::{self, Faults};

/// The header of `CATALOG.csv`, exactly.
pub const CATALOG_COLUMNS: [&str; 6] =
    ["sku", "title", "category", "list_price", "unit_cost", "stock"];

/// The most bytes of one catalogue file.
pub const CATALOG_BYTES_MAX: usize = 512 * 1024 * 1024;
/// The most products of one catalogue.
pub const PRODUCTS_MAX: usize = 1_000_000;
/// The most characters of a title.
pub(crate) const TITLE_CHARS_MAX: usize = 1_000;

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
        let mut catalog = Self::default();
        // of lines that are faulty otherwise
        let mut faulty = HashSet::new();
        table::read(bytes, &CATALOG_COLUMNS, CATALOG_BYTES_MAX, |faults, line, texts| {
            let [sku, ..] = texts;
            let earlier = catalog.by_sku.contains_key(sku) || faulty.contains(sku);
            if earlier && !sku.is_empty() {
                let message = format!("sku {} stands on an earlier line too", excerpt(sku));
                faults.fault(line, "sku", message, "one line for each sku");
            }
            let Some(product) = product(faults, line, texts, currency) else {
                faulty.insert(sku.to_owned());
                return;
            };
            if catalog.len() == PRODUCTS_MAX {
                let message = "too many products".to_owned();
                return faults.fault(line, "", message, &format!("at most {PRODUCTS_MAX}"));
            }
            catalog.insert(product);
        })?;
        Ok(catalog)
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

    fn insert(&mut self, product: Product) {
        if !self.by_sku.contains_key(&product.sku) {
            self.by_sku.insert(product.sku.clone(), self.products.len());
            self.products.push(product);
        }
    }
}

fn product(
    faults: &mut Faults,
    line: u64,
    texts: [&str; CATALOG_COLUMNS.len()],
    currency: Currency,
) -> Option<Product> {
    let [sku, title, category, list_price, unit_cost, stock] = texts;
    let sku = faults.name(line, "sku", sku);
    let title = self::title(faults, line, title);
    let category = faults.name(line, "category", category);
    let list_price = faults.money(line, "list_price", list_price, currency);
    let unit_cost = optional(unit_cost, |text| faults.money(line, "unit_cost", text, currency));
    let expected = "an integer such as \"12\", or nothing";
    let stock = optional(stock, |text| faults.integer(line, "stock", text, expected));
    Some(Product {
        sku: sku?.to_owned(),
        title: title?.to_owned(),
        category: category?.to_owned(),
        list_price: list_price?,
        unit_cost: unit_cost?,
        stock: stock?,
    })
}

fn title<'t>(faults: &mut Faults, line: u64, text: &'t str) -> Option<&'t str> {
    if text.chars().nth(TITLE_CHARS_MAX).is_none() {
        return Some(text);
    }
    let expected = format!("at most {TITLE_CHARS_MAX} characters");
    faults.fault(line, "title", format!("{} is too long", excerpt(text)), &expected);
    None
}

/// An empty field is an absent figure; a faulty one is no figure at all.
fn optional<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { read(text).map(Some) }
}
