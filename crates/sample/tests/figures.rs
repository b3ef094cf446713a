//! The sample store's figures, as they are told to people.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;
use std::sync::OnceLock;

use commerce::{Country, Currency, Money};
use sample::{LineKind, Sample, Segment};
use sha2::{Digest, Sha256};

const PACKED: &[u8] = include_bytes!("../../../data/online-retail-sample.csv.gz");

/// Read once for all tests.
fn store() -> &'static Sample {
    static STORE: OnceLock<Sample> = OnceLock::new();
    STORE.get_or_init(|| Sample::read().unwrap())
}

fn pounds(minor: i64) -> Money {
    Money::from_minor(minor, Currency::GBP).unwrap()
}

#[test]
fn the_source_is_the_one_that_was_published() {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(PACKED).read_to_end(&mut bytes).unwrap();
    assert_eq!(
        hex::encode(Sha256::digest(&bytes)),
        "7f3ff0f560f4fa6f9b45d5bb5de29501ddf9988a1f5c826df2b986c5d07a0329"
    );
}

#[test]
fn every_line_is_there_and_of_its_kind() {
    let sample = store();
    let mut kinds: BTreeMap<LineKind, u32> = BTreeMap::new();
    for line in &sample.lines {
        *kinds.entry(line.kind).or_default() += 1;
        let fits = match line.kind {
            LineKind::Sale => line.quantity > 0 && !line.unit_price.is_negative(),
            LineKind::Return => line.quantity < 0,
            LineKind::Correction => line.unit_price.minor() <= 0,
        };
        assert!(fits, "{line:?}");
    }
    let counted: Vec<(LineKind, u32)> = kinds.into_iter().collect();
    assert_eq!(
        counted,
        [(LineKind::Sale, 39_147), (LineKind::Return, 674), (LineKind::Correction, 179)]
    );
    let guests = sample.lines.iter().filter(|line| line.customer_id.is_none()).count();
    assert_eq!(guests, 10_057);
    let skus: HashSet<&str> = sample.lines.iter().map(|line| line.sku.as_str()).collect();
    assert_eq!(skus.len(), 3_227);
    assert_eq!((sample.products.len(), sample.left_out.len()), (3_168, 59));
    assert_eq!(skus.len(), sample.products.len() + sample.left_out.len());
}

#[test]
fn local_times_become_instants_in_winter_and_summer() {
    let sample = store();
    let at = |order: &str| {
        let line = sample.lines.iter().find(|line| line.order_id == order).unwrap();
        line.placed_at.to_string()
    };
    assert_eq!(at("536365"), "2010-12-01T08:26:00Z");
    assert_eq!(sample.lines.last().unwrap().placed_at.to_string(), "2011-12-09T12:31:00Z");
    // An order between the clock changes is an hour earlier than its wall clock.
    let summer = sample
        .lines
        .iter()
        .find(|line| line.placed_at.to_string().starts_with("2011-07-01"))
        .unwrap();
    let packed = flate2::read::GzDecoder::new(PACKED);
    let mut reader = csv::Reader::from_reader(packed);
    let row = reader.records().map(Result::unwrap).find(|row| row[0] == summer.order_id).unwrap();
    let utc = summer.placed_at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let wall: jiff::civil::DateTime = row[4].parse().unwrap();
    assert_eq!(wall.duration_since(utc), jiff::SignedDuration::from_hours(1));
}

#[test]
fn prices_costs_and_stock_follow_their_rules() {
    let sample = store();
    let mut paid: HashMap<&str, Vec<i64>> = HashMap::new();
    for line in sample.lines.iter().filter(|line| line.unit_price.minor() > 0) {
        paid.entry(line.sku.as_str()).or_default().push(line.unit_price.minor());
    }
    for product in &sample.products {
        let prices = paid.get_mut(product.sku.as_str());
        if let Some(prices) = prices {
            prices.sort_unstable();
            let n = prices.len();
            let twice = prices[(n - 1) / 2] + prices[n / 2];
            assert_eq!(product.list_price.minor(), (twice + 1) / 2, "{}", product.sku);
        }
        let cost = (product.list_price.minor() * 60 + 50) / 100;
        assert_eq!(product.unit_cost.minor(), cost, "{}", product.sku);
        assert!((0..=406).contains(&product.stock), "{}", product.sku);
        assert!(!product.title.is_empty() && product.title.len() < 60, "{}", product.title);
    }
    let sold_out = sample.products.iter().filter(|product| product.stock == 0).count();
    assert!((40..130).contains(&sold_out), "{sold_out}");
    let lantern = sample.products.iter().find(|p| p.sku.as_str() == "71053").unwrap();
    assert_eq!(lantern.title, "White metal lantern");
    assert_eq!(lantern.category.as_str(), "home/lights/lanterns");
    assert_eq!((lantern.list_price, lantern.unit_cost), (pounds(375), pounds(225)));
}

#[test]
fn categories_are_broad_and_few_products_are_left_over() {
    let sample = store();
    let mut shares: BTreeMap<&str, usize> = BTreeMap::new();
    for product in &sample.products {
        *shares.entry(product.category.as_str()).or_default() += 1;
    }
    let tops: HashSet<&str> = shares.keys().filter_map(|path| path.split('/').next()).collect();
    println!(
        "{} products, {} categories under {}: {shares:?}",
        sample.products.len(),
        shares.len(),
        tops.len()
    );
    println!("left out: {}", sample.left_out.len());
    assert!(shares["gifts"] * 100 < sample.products.len() * 3, "{}", shares["gifts"]);
    assert!(shares.len() >= 40 && tops.len() >= 10);
    let largest = shares.values().max().copied().unwrap_or(0);
    assert!(largest * 100 < sample.products.len() * 10, "no category holds a tenth of the shop");
}

#[test]
fn customers_add_up() {
    let sample = store();
    let spend: i64 = sample.customers.iter().map(|customer| customer.spend.minor()).sum();
    let lines: i64 = sample
        .lines
        .iter()
        .filter(|line| line.customer_id.is_some())
        .map(|line| line.unit_price.minor() * line.quantity)
        .sum();
    assert_eq!(spend, lines);
    let count = |segment| sample.customers.iter().filter(|c| c.segments.contains(&segment)).count();
    let (new, vip, wholesale) =
        (count(Segment::New), count(Segment::Vip), count(Segment::Wholesale));
    println!("{} customers: {new} new, {vip} vip, {wholesale} wholesale", sample.customers.len());
    assert_eq!(vip, sample.customers.len() / 20);
    assert!(new > 100 && wholesale > 100);
    assert!(sample.customers.iter().all(|c| c.segments.is_sorted()));
    assert!(sample.customers.iter().any(|c| c.country == Country::IE));
}

#[test]
fn the_files_that_rules_read_are_whole() {
    let sample = store();
    let rows = |text: &str| -> Vec<csv::StringRecord> {
        csv::Reader::from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
    };
    let catalog = rows(&sample.catalog_csv());
    assert_eq!(catalog.len(), sample.products.len());
    let lantern = catalog.iter().find(|row| &row[0] == "71053").unwrap();
    assert_eq!(
        lantern.iter().take(5).collect::<Vec<_>>(),
        ["71053", "White metal lantern", "home/lights/lanterns", "3.75", "2.25"]
    );
    let orders = rows(&sample.orders_csv());
    assert_eq!(orders.len(), 40_000);
    assert_eq!(&orders[0][1], "2010-12-01T08:26:00Z");
    assert_eq!(orders[0].iter().nth(7), Some("web"));
}

#[test]
fn the_catalogue_imports_into_a_store_without_an_error() {
    use commerce::catalog_file::{Options, parse_all};
    let sample = store();
    let preview = parse_all(sample.catalog_csv().as_bytes(), &Options::new(Currency::GBP)).unwrap();
    assert_eq!(preview.errors, []);
    assert_eq!(preview.warnings, []);
    assert_eq!(preview.rows.len(), sample.products.len());
    for (row, product) in preview.rows.iter().zip(&sample.products) {
        assert_eq!(row.product.title, product.title);
        assert_eq!(row.product.list_price, product.list_price);
    }
}
