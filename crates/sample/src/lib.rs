//! The sample store: a year of a real shop's order lines, embedded, and what is derived from them:
//! products, customers, pictures. Pure and the same every time: no I/O, no clock, no randomness. Never
//! for a merchant's own data.

mod art;
mod category;
mod customers;
mod lines;
mod motifs;
mod out;
mod products;

use thiserror::Error;

pub use art::art;
pub use customers::{SampleCustomer, Segment};
pub use lines::{LineKind, SampleLine};
pub use products::SampleProduct;

/// Embedded data that does not read as it should: a fault of this build, named.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}, line {line}: {message}")]
pub struct SampleError {
    pub file: &'static str,
    pub line: u64,
    pub message: String,
}

/// The whole sample store. Takes up to a second to read in a build without
/// optimisation; keep it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Goods with a title and a price, by SKU.
    pub products: Vec<SampleProduct>,
    /// Who bought under a number, by number.
    pub customers: Vec<SampleCustomer>,
    /// Every line of the source, in file order: by time.
    pub lines: Vec<SampleLine>,
    /// SKUs that stand in lines and are no products (services, never priced, or under a
    /// penny), by SKU.
    pub left_out: Vec<commerce::Sku>,
}

impl Sample {
    /// Reads the embedded data and derives the rest.
    pub fn read() -> Result<Self, SampleError> {
        let sold = lines::read()?;
        let (products, left_out) = products::derive(&sold)?;
        let lines: Vec<SampleLine> = sold.into_iter().map(|sold| sold.line).collect();
        let customers = customers::derive(&lines)?;
        Ok(Self { products, customers, lines, left_out })
    }

    /// The catalogue as `sku,title,category,list_price,unit_cost,stock`.
    pub fn catalog_csv(&self) -> String {
        out::catalog(&self.products)
    }

    /// The order lines as
    /// `order_id,placed_at,sku,quantity,unit_price,customer_id,country,channel,segments`. All came
    /// over the channel `web`; segments are the customer's at the end of the sample.
    pub fn orders_csv(&self) -> String {
        out::orders(&self.lines, &self.customers)
    }
}

/// FNV-1a, 64 bits: spreads stock figures and colours, the same on every machine.
fn spread(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A small embedded table: calls `row` for each row of `width` cells under the header.
fn table(
    file: &'static str,
    text: &str,
    width: usize,
    mut row: impl FnMut(&[&str]) -> Result<(), String>,
) -> Result<(), SampleError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for (at, record) in reader.records().enumerate() {
        let line = at as u64 + 2;
        let fault = |message: String| SampleError { file, line, message };
        let record = record.map_err(|error| fault(error.to_string()))?;
        let cells: Vec<&str> = record.iter().collect();
        if cells.len() != width {
            return Err(fault(format!("{} cells, expected {width}", cells.len())));
        }
        row(&cells).map_err(fault)?;
    }
    Ok(())
}
