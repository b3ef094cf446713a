//! Past order lines as columns in memory, with every name kept once, and their CSV file. Must never
//! leave a line out: what cannot be replayed is for the replay to count.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use commerce::Currency;
use commerce::money::parse_decimal;
use jiff::Timestamp;

use super::UnitPrice;
use crate::facts::instant_of;
use crate::problem::{LineProblem, excerpt};
use crate::rule::CustomerKind;
use crate::table::{self, Faults};

/// The header of `ORDERS.csv`, exactly.
pub const ORDERS_COLUMNS: [&str; 9] = [
    "order_id",
    "placed_at",
    "sku",
    "quantity",
    "unit_price",
    "customer_id",
    "country",
    "channel",
    "segments",
];

/// The most bytes of one file of orders.
pub const ORDERS_BYTES_MAX: usize = 2 * 1024 * 1024 * 1024;
/// The most order lines of one replay.
pub const ORDER_LINES_MAX: usize = 20_000_000;
/// The most segments of one line.
const SEGMENTS_MAX: usize = 1_000;

/// One line of a past order, as it is put in.
#[derive(Debug, Clone, Copy)]
pub struct OrderLine<'l> {
    pub order_id: &'l str,
    pub placed_at: Timestamp,
    pub sku: &'l str,
    /// Zero or less on returns; such lines are counted as left out.
    pub quantity: i64,
    /// Paid for one unit, in the orders' currency; may be zero or less.
    pub unit_price: UnitPrice,
    /// `None` for a guest.
    pub customer_id: Option<&'l str>,
    /// ISO 3166-1 alpha-2.
    pub country: &'l str,
    pub channel: &'l str,
    pub segments: &'l [&'l str],
}

/// Order lines in file order, column by column; names stand once and are pointed at.
#[derive(Debug, Clone)]
pub struct OrderColumns {
    pub(crate) currency: Currency,
    pub(crate) skus: Vec<String>,
    pub(crate) countries: Vec<String>,
    pub(crate) channels: Vec<String>,
    pub(crate) segments: Vec<String>,
    pub(crate) buyers: Vec<Buyer>,
    pub(crate) placed_at: Vec<Timestamp>,
    pub(crate) sku: Vec<u32>,
    pub(crate) quantity: Vec<i64>,
    pub(crate) unit_price: Vec<UnitPrice>,
    pub(crate) buyer: Vec<u32>,
}

/// Who bought, as far as rules can tell: the lines of one buyer are alike but for goods and time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Buyer {
    pub(crate) country: u32,
    pub(crate) channel: u32,
    pub(crate) customer: CustomerKind,
    /// Sorted, none twice.
    pub(crate) segments: Vec<u32>,
}

impl OrderColumns {
    /// Reads `ORDERS.csv` (UTF-8, a byte-order mark allowed) with prices in `currency`. A unit price
    /// may have more digits than the currency, see [`UnitPrice::from_major`]. Quantities and prices of zero or less are read.
    ///
    /// # Errors
    /// The faults by line, the first thousand of them.
    pub fn parse(bytes: &[u8], currency: Currency) -> Result<Self, Vec<LineProblem>> {
        let mut builder = OrdersBuilder::new(currency);
        table::read(bytes, &ORDERS_COLUMNS, ORDERS_BYTES_MAX, |faults, line, texts| {
            if builder.columns.len() == ORDER_LINES_MAX {
                let message = "too many order lines".to_owned();
                return faults.fault(line, "", message, &format!("at most {ORDER_LINES_MAX}"));
            }
            row(&mut builder, faults, line, texts);
        })?;
        Ok(builder.finish())
    }

    pub fn len(&self) -> usize {
        self.sku.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sku.is_empty()
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }
}

fn row(
    builder: &mut OrdersBuilder,
    faults: &mut Faults,
    line: u64,
    texts: [&str; ORDERS_COLUMNS.len()],
) {
    let [order_id, placed_at, sku, quantity, unit_price, customer_id, country, channel, segments] =
        texts;
    let order_id = faults.name(line, "order_id", order_id);
    let placed_at = instant(faults, line, placed_at);
    let sku = faults.name(line, "sku", sku);
    let quantity = faults.integer(line, "quantity", quantity, "an integer such as \"12\"");
    let unit_price = price(faults, line, unit_price, builder.columns.currency);
    let customer_id = match customer_id {
        "" => Some(None),
        text => faults.name(line, "customer_id", text).map(Some),
    };
    let country = faults.name(line, "country", country);
    let channel = faults.name(line, "channel", channel);
    let segments = self::segments(faults, line, segments);
    let read = (|| {
        Some(OrderLine {
            order_id: order_id?,
            placed_at: placed_at?,
            sku: sku?,
            quantity: quantity?,
            unit_price: unit_price?,
            customer_id: customer_id?,
            country: country?,
            channel: channel?,
            segments: segments.as_deref()?,
        })
    })();
    if let Some(line) = read {
        builder.push(&line);
    }
}

fn instant(faults: &mut Faults, line: u64, text: &str) -> Option<Timestamp> {
    let found = instant_of(text);
    if found.is_none() {
        let expected = "an RFC 3339 instant such as \"2011-11-01T09:00:00Z\"";
        faults.fault(line, "placed_at", format!("{} is no instant", excerpt(text)), expected);
    }
    found
}

fn price(faults: &mut Faults, line: u64, text: &str, currency: Currency) -> Option<UnitPrice> {
    let read = parse_decimal(text)
        .and_then(|major| UnitPrice::from_major(major, currency))
        .map_err(|error| error.to_string());
    match read {
        Ok(price) => Some(price),
        Err(message) => {
            let expected = format!("an amount in {currency}, such as \"12.50\"");
            faults.fault(line, "unit_price", message, &expected);
            None
        }
    }
}

fn segments<'t>(faults: &mut Faults, line: u64, text: &'t str) -> Option<Vec<&'t str>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let names: Option<Vec<&str>> =
        text.split(';').map(|name| faults.name(line, "segments", name)).collect();
    let names = names?;
    if names.len() > SEGMENTS_MAX {
        let message = format!("{} segments", names.len());
        faults.fault(line, "segments", message, &format!("at most {SEGMENTS_MAX}"));
        return None;
    }
    Some(names)
}

/// Takes order lines one after the other, oldest first: who is a returning customer follows from
/// the lines before.
#[derive(Debug)]
pub struct OrdersBuilder {
    columns: OrderColumns,
    skus: HashMap<String, u32>,
    countries: HashMap<String, u32>,
    channels: HashMap<String, u32>,
    segments: HashMap<String, u32>,
    buyers: HashMap<Buyer, u32>,
    customers: HashMap<String, Bought>,
}

/// What a customer bought on the lines so far.
#[derive(Debug)]
struct Bought {
    first_order: String,
    several_orders: bool,
}

impl OrdersBuilder {
    pub fn new(currency: Currency) -> Self {
        let columns = OrderColumns {
            currency,
            skus: Vec::new(),
            countries: Vec::new(),
            channels: Vec::new(),
            segments: Vec::new(),
            buyers: Vec::new(),
            placed_at: Vec::new(),
            sku: Vec::new(),
            quantity: Vec::new(),
            unit_price: Vec::new(),
            buyer: Vec::new(),
        };
        Self {
            columns,
            skus: HashMap::new(),
            countries: HashMap::new(),
            channels: HashMap::new(),
            segments: HashMap::new(),
            buyers: HashMap::new(),
            customers: HashMap::new(),
        }
    }

    pub fn push(&mut self, line: &OrderLine<'_>) {
        let customer = self.customer(line.customer_id, line.order_id);
        let columns = &mut self.columns;
        let segments: BTreeSet<u32> = line
            .segments
            .iter()
            .map(|name| interned(&mut self.segments, &mut columns.segments, *name))
            .collect();
        let buyer = Buyer {
            country: interned(&mut self.countries, &mut columns.countries, line.country),
            channel: interned(&mut self.channels, &mut columns.channels, line.channel),
            customer,
            segments: segments.into_iter().collect(),
        };
        columns.buyer.push(interned(&mut self.buyers, &mut columns.buyers, &buyer));
        columns.sku.push(interned(&mut self.skus, &mut columns.skus, line.sku));
        columns.placed_at.push(line.placed_at);
        columns.quantity.push(line.quantity);
        columns.unit_price.push(line.unit_price);
    }

    pub fn finish(self) -> OrderColumns {
        self.columns
    }

    /// Returning when the customer stood on an earlier line of another order, whatever became of
    /// that line; a guest is always new.
    fn customer(&mut self, customer_id: Option<&str>, order_id: &str) -> CustomerKind {
        let Some(id) = customer_id else { return CustomerKind::New };
        let Some(bought) = self.customers.get_mut(id) else {
            let bought = Bought { first_order: order_id.to_owned(), several_orders: false };
            self.customers.insert(id.to_owned(), bought);
            return CustomerKind::New;
        };
        bought.several_orders |= bought.first_order != order_id;
        if bought.several_orders { CustomerKind::Returning } else { CustomerKind::New }
    }
}

/// The index of a name in `names`, put there when it is new.
fn interned<Q, T>(known: &mut HashMap<T, u32>, names: &mut Vec<T>, name: &Q) -> u32
where
    Q: Hash + Eq + ToOwned<Owned = T> + ?Sized,
    T: Hash + Eq + Clone + std::borrow::Borrow<Q>,
{
    if let Some(&index) = known.get(name) {
        return index;
    }
    // names are fewer than lines, and these end at ORDER_LINES_MAX
    let index = u32::try_from(names.len()).unwrap_or(u32::MAX);
    known.insert(name.to_owned(), index);
    names.push(name.to_owned());
    index
}
