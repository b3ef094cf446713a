//! Order lines to customers, and the segments that they fall in.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use commerce::{Country, Currency, Money, MoneyError};
use jiff::{SignedDuration, Timestamp};

use crate::SampleError;
use crate::lines::{LineKind, SampleLine};

/// A group that pricing rules can name. A customer may be in several or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// First order within 60 days of the sample's end.
    New,
    /// Among the twentieth of customers who spent most, at the sample's end.
    Vip,
    /// Three or more lines bought, of 24 units or more on average.
    Wholesale,
}

impl Segment {
    /// The name in rules and files: `new`, `vip`, `wholesale`.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Vip => "vip",
            Self::Wholesale => "wholesale",
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Someone who bought under a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleCustomer {
    /// The source's number, such as `17850`.
    pub id: String,
    /// Of the latest line.
    pub country: Country,
    /// Of the first line of any kind.
    pub first_order: Timestamp,
    /// Different orders with a sale.
    pub orders: u64,
    /// Sales less returns, as far as the sample has them; may be below zero.
    pub spend: Money,
    /// In order, without repeats.
    pub segments: Vec<Segment>,
}

struct Account<'l> {
    country: Country,
    first_order: Timestamp,
    orders: HashSet<&'l str>,
    spend: Money,
    lines: i64,
    units: i64,
}

const NEW: SignedDuration = SignedDuration::from_hours(60 * 24);

/// The customers by number.
pub(crate) fn derive(lines: &[SampleLine]) -> Result<Vec<SampleCustomer>, SampleError> {
    let end = lines.iter().map(|line| line.placed_at).max().unwrap_or(Timestamp::MIN);
    let mut accounts: BTreeMap<&str, Account> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(id) = &line.customer_id else { continue };
        let account = accounts.entry(id).or_insert_with(|| Account {
            country: line.country,
            first_order: line.placed_at,
            orders: HashSet::new(),
            spend: Money::zero(Currency::GBP),
            lines: 0,
            units: 0,
        });
        note(account, line).map_err(|error| SampleError {
            file: "data/online-retail-sample.csv.gz",
            line: at as u64 + 2,
            message: error.to_string(),
        })?;
    }
    let mut spends: Vec<i64> = accounts.values().map(|a| a.spend.minor()).collect();
    spends.sort_unstable_by(|a, b| b.cmp(a));
    let vip_from = spends.get(spends.len() / 20).copied().unwrap_or(i64::MAX);
    Ok(accounts
        .into_iter()
        .map(|(id, account)| SampleCustomer {
            id: id.to_owned(),
            country: account.country,
            first_order: account.first_order,
            orders: account.orders.len() as u64,
            spend: account.spend,
            segments: segments(&account, end, vip_from),
        })
        .collect())
}

fn note<'l>(account: &mut Account<'l>, line: &'l SampleLine) -> Result<(), MoneyError> {
    account.country = line.country;
    account.spend = account.spend.checked_add(line.unit_price.checked_mul(line.quantity)?)?;
    if line.kind == LineKind::Sale {
        account.orders.insert(&line.order_id);
        account.lines += 1;
        account.units += line.quantity;
    }
    Ok(())
}

fn segments(account: &Account, end: Timestamp, vip_from: i64) -> Vec<Segment> {
    let mut segments = Vec::new();
    if end.duration_since(account.first_order) <= NEW {
        segments.push(Segment::New);
    }
    if account.spend.minor() > vip_from {
        segments.push(Segment::Vip);
    }
    if account.lines >= 3 && account.units >= account.lines * 24 {
        segments.push(Segment::Wholesale);
    }
    segments
}
