//! The source's rows, read exactly: local times become instants, country names become codes.

use std::collections::HashMap;
use std::io::Read;

use commerce::{Country, Currency, Money, Rounding, Sku, parse_decimal};
use flate2::read::GzDecoder;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::{SampleError, table};

const FILE: &str = "data/online-retail-sample.csv.gz";
const PACKED: &[u8] = include_bytes!("../../../data/online-retail-sample.csv.gz");

/// Europe/London as it was in 2010 and 2011, spelt out so that no zone files are needed: summer time
/// from the last Sunday of March, 01:00, to the last Sunday of October, 02:00.
const LONDON: &str = "GMT0BST,M3.5.0/1,M10.5.0";

/// What a line records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    Sale,
    /// Goods that came back (order ids that begin with C): quantity below zero.
    Return,
    /// Stock lost, found or given away: no price.
    Correction,
}

/// One line of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleLine {
    pub order_id: String,
    /// A local time that the autumn clock change makes twice is the first of the two.
    pub placed_at: Timestamp,
    pub sku: Sku,
    /// Units; negative on returns and on corrections downwards.
    pub quantity: i64,
    /// Per unit, in GBP, half up to the penny (one line of the source has a tenth of a penny).
    pub unit_price: Money,
    /// The source's number; none for a guest.
    pub customer_id: Option<String>,
    pub country: Country,
    pub kind: LineKind,
}

/// A line with what only products are derived from.
pub(crate) struct Sold {
    pub(crate) line: SampleLine,
    /// Blanks made single.
    pub(crate) title: String,
    /// As in the source, in pounds.
    pub(crate) price: Decimal,
}

/// The unpacked source.
pub(crate) fn unpack() -> Result<String, SampleError> {
    let mut text = String::new();
    GzDecoder::new(PACKED).read_to_string(&mut text).map_err(|error| SampleError {
        file: FILE,
        line: 0,
        message: error.to_string(),
    })?;
    Ok(text)
}

pub(crate) fn read() -> Result<Vec<Sold>, SampleError> {
    let countries = countries()?;
    let zone = TimeZone::posix(LONDON).map_err(|error| SampleError {
        file: FILE,
        line: 0,
        message: error.to_string(),
    })?;
    let mut sold = Vec::with_capacity(40_000);
    table(FILE, &unpack()?, 8, |cells| {
        sold.push(row(cells, &countries, &zone)?);
        Ok(())
    })?;
    Ok(sold)
}

fn countries() -> Result<HashMap<String, Country>, SampleError> {
    let mut countries = HashMap::new();
    let text = include_str!("../../../data/countries.csv");
    table("data/countries.csv", text, 2, |cells| {
        let country = cells[1].parse().map_err(|error: commerce::NameError| error.to_string())?;
        countries.insert(cells[0].to_owned(), country);
        Ok(())
    })?;
    Ok(countries)
}

fn row(
    cells: &[&str],
    countries: &HashMap<String, Country>,
    zone: &TimeZone,
) -> Result<Sold, String> {
    let [order_id, sku, title, quantity, placed_at, price, customer, country] = cells else {
        return Err("expected 8 cells".to_owned());
    };
    let local: DateTime = placed_at.parse().map_err(|error: jiff::Error| error.to_string())?;
    let placed_at = zone.to_timestamp(local).map_err(|error| error.to_string())?;
    let price = parse_decimal(price).map_err(|error| error.to_string())?;
    let unit_price = Money::from_decimal(price, Currency::GBP, Rounding::HalfUp)
        .map_err(|error| error.to_string())?;
    let country = countries.get(*country).ok_or_else(|| format!("{country:?} has no code"))?;
    let kind = if order_id.starts_with('C') {
        LineKind::Return
    } else if price > Decimal::ZERO {
        LineKind::Sale
    } else {
        LineKind::Correction
    };
    let line = SampleLine {
        order_id: (*order_id).to_owned(),
        placed_at,
        sku: Sku::parse(sku).map_err(|error| error.to_string())?,
        quantity: quantity.parse().map_err(|_| format!("{quantity:?} is no quantity"))?,
        unit_price,
        customer_id: (!customer.is_empty()).then(|| (*customer).to_owned()),
        country: *country,
        kind,
    };
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Sold { line, title, price })
}
