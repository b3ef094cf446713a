//! Replays of small books of orders, worked out by hand.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use commerce::Currency;
use pricing::{
    Bands, Blocked, Catalog, Elasticity, LeftOut, LineProblem, OrderColumns, PaidBand, Replay,
    ReplayError, ReplayOptions, RuleSet, replay,
};
use serde_json::{Value, json};

const CATALOG: &str = "sku,title,category,list_price,unit_cost,stock\n\
    lamp,Lamp,home/lights,10.00,6.00,5\n\
    cup,Cup,home/kitchen,4.00,,\n";
const HEADER: &str =
    "order_id,placed_at,sku,quantity,unit_price,customer_id,country,channel,segments\n";

fn rules(rules: &Value) -> RuleSet {
    let document = json!({
        "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London", "rules": rules
    });
    RuleSet::parse(&document.to_string()).unwrap()
}

fn orders(rows: &str) -> Result<OrderColumns, Vec<LineProblem>> {
    OrderColumns::parse(format!("{HEADER}{rows}").as_bytes(), Currency::GBP)
}

fn replayed(rules: &RuleSet, baseline: Option<&RuleSet>, rows: &str, exponent: f64) -> Replay {
    let catalog = Catalog::parse(CATALOG.as_bytes(), Currency::GBP).unwrap();
    let options = ReplayOptions {
        elasticity: Elasticity::new(exponent).unwrap(),
        threads: NonZeroUsize::new(2),
    };
    let go_on = |_| ControlFlow::Continue(());
    replay(rules, baseline, &catalog, &orders(rows).unwrap(), &options, &go_on).unwrap()
}

/// A floor of 80 % of list; a fifth above list is the ceiling; lamps aim at 9.00.
fn usual() -> RuleSet {
    rules(&json!([
        {"id": "all", "guardrails": {"floor": {"of_list": "0.80"}, "ceiling": {"of_list": "1.20"}}},
        {"id": "lamps", "when": {"category": {"any_of": ["home/lights"]}},
         "policy": {"target": {"amount": "9.00"}, "decline_below": {"amount": "7.00"}}},
    ]))
}

/// A total shared out over its units, and a price below a penny, are prices as they stand.
#[test]
fn a_unit_price_of_more_digits_than_the_currency_is_taken_as_it_is() {
    let rows = "A1,2011-11-01T09:00:00Z,lamp,1000,9.005,,GB,web,\n\
        A2,2011-11-01T09:00:00Z,lamp,1,0.001,,GB,web,\n\
        A3,2011-11-01T09:00:00Z,lamp,1,12.00000000001,,GB,web,\n";
    let replay = replayed(&usual(), None, rows, 0.0);
    let all = &replay.groups.overall;
    assert_eq!(replay.left_out, LeftOut::default());
    // 0.001 is raised to 8.00; a hair above the ceiling of 12.00 is lowered to it
    assert_eq!((all.lines, all.raised, all.lowered, all.unchanged), (3, 1, 1, 1));
    assert_eq!(all.revenue_before.to_string(), "9017.00");
    assert_eq!(all.revenue_after.to_string(), "9025.00");
    assert_eq!(all.margin_before.to_string(), "3005.00");
    // the digits count against what is accepted, too
    assert_eq!(all.bands, Bands { accept: 2, counter: 0, decline: 1 });
}

/// What no amount of money holds on one line is no reason to be wrong on all: only the total ends at
/// the largest amount.
#[test]
fn sums_of_lines_beyond_all_money_are_exact() {
    let catalog = "sku,title,category,list_price,unit_cost,stock\n\
        dear,Dear,x,1,60000000000.00,\nfree,Free,x,1,0,\n";
    let catalog = Catalog::parse(catalog.as_bytes(), Currency::GBP).unwrap();
    let rows = "A1,2011-11-07T10:00:00Z,dear,2000,1,,GB,web,\n\
        A2,2011-11-07T10:00:00Z,free,1000,100000000000,,GB,web,\n";
    let rules = rules(&json!([{"id": "a", "guardrails": {"floor": {"amount": "0"}}}]));
    let go_on = |_| ControlFlow::Continue(());
    let options = ReplayOptions::default();
    let replay = replay(&rules, None, &catalog, &orders(rows).unwrap(), &options, &go_on).unwrap();
    let all = &replay.groups.overall;
    assert_eq!(all.margin_before.to_string(), "-19999999998000.00");
    assert_eq!(all.margin_after, all.margin_before);
    assert_eq!(all.revenue_before.to_string(), "90071992547409.91");
}

#[test]
fn a_book_of_orders_comes_to_these_figures() {
    let rows = "A1,2011-10-31T23:30:00Z,lamp,2,7.50,c1,GB,web,vip;trade\n\
        A1,2011-11-01T09:00:00Z,cup,1,6.00,c1,GB,web,vip\n\
        A2,2011-11-02T09:00:00Z,lamp,1,9.00,,IE,web,\n\
        A3,2011-11-03T09:00:00Z,lamp,1,6.99,,IE,web,\n\
        A4,2011-11-03T09:00:00Z,lamp,-1,0,,IE,web,\n\
        A5,2011-11-03T09:00:00Z,nothing,1,0.000,,IE,web,\n\
        A6,2011-11-03T09:00:00Z,nothing,1,-1,,IE,web,\n\
        A7,2011-11-03T09:00:00Z,nothing,1,1.00,,IE,web,\n";
    let replay = replayed(&usual(), None, rows, 0.0);
    let all = &replay.groups.overall;
    assert_eq!((all.lines, all.raised, all.lowered, all.unchanged), (4, 2, 1, 1));
    // 2 × 7.50 + 6.00 + 9.00 + 6.99 before; 2 × 8.00 + 4.80 + 9.00 + 8.00 after
    assert_eq!(all.revenue_before.to_string(), "36.99");
    assert_eq!(all.revenue_after.to_string(), "37.80");
    // the cup has no cost: 2 × 1.50 + 3.00 + 0.99 before; 2 × 2.00 + 3.00 + 2.00 after
    assert_eq!(all.margin_before.to_string(), "6.99");
    assert_eq!(all.margin_after.to_string(), "9.00");
    // the cup: accepted at list price, declined under the floor; lamps: 9.00 and 7.00
    assert_eq!(all.bands, Bands { accept: 2, counter: 1, decline: 1 });
    assert_eq!(replay.left_out, LeftOut { quantity: 1, price: 2, unknown_sku: 1 });
    let lines = |groups: &std::collections::BTreeMap<String, pricing::Impact>| {
        groups.iter().map(|(name, group)| format!("{name} {}", group.lines)).collect::<Vec<_>>()
    };
    assert_eq!(lines(&replay.groups.by_month), ["2011-10 1", "2011-11 3"]);
    assert_eq!(lines(&replay.groups.by_category), ["home/kitchen 1", "home/lights 3"]);
    assert_eq!(lines(&replay.groups.by_country), ["GB 2", "IE 2"]);
    assert_eq!(lines(&replay.groups.by_segment), ["trade 1", "vip 2"]);
    assert_eq!(replay.groups.by_band[&PaidBand::Accept].revenue_before.to_string(), "15.00");
    assert_eq!(replay.baseline, None);
}

#[test]
fn the_json_is_that_of_the_page() {
    let rows = "A1,2011-10-31T23:30:00Z,cup,2,3.00,c1,GB,web,vip\n";
    let strict = rules(&json!([{"id": "m", "guardrails": {"floor": {"margin": "0.2"}}}]));
    let replay = replayed(&usual(), Some(&strict), rows, 0.0);
    let usual = json!({
        "lines": 1, "raised": 1, "lowered": 0, "unchanged": 0, "blocked": {},
        "revenue_before": "6.00", "revenue_after": "6.40",
        "margin_before": "0.00", "margin_after": "0.00",
        "bands": {"accept": 0, "counter": 0, "decline": 1},
    });
    let strict = json!({
        "lines": 1, "raised": 0, "lowered": 0, "unchanged": 0, "blocked": {"missing_cost": 1},
        "revenue_before": "0.00", "revenue_after": "0.00",
        "margin_before": "0.00", "margin_after": "0.00",
        "bands": {"accept": 0, "counter": 0, "decline": 0},
    });
    let expected = json!({
        "overall": usual, "by_month": {"2011-10": usual}, "by_category": {"home/kitchen": usual},
        "by_country": {"GB": usual}, "by_segment": {"vip": usual}, "baseline": strict,
        "left_out": {"quantity": 0, "price": 0, "unknown_sku": 0}, "elapsed_ms": 0,
    });
    assert_eq!(serde_json::to_value(&replay).unwrap(), expected);
}

#[test]
fn lines_that_may_not_be_bargained_over_enter_no_revenue() {
    let rows = "A1,2011-11-01T09:00:00Z,lamp,1,9.00,,GB,web,\n\
        A1,2011-11-01T09:00:00Z,cup,1,3.00,,GB,web,\n\
        A1,2011-11-01T09:00:00Z,lamp,1,9.00,,IE,web,\n";
    let rules = rules(&json!([
        {"id": "margin", "when": {"country": {"any_of": ["GB"]}},
         "guardrails": {"floor": {"margin": "0.25"}}},
        {"id": "dear", "when": {"product": {"any_of": ["lamp"]}, "country": {"any_of": ["GB"]}},
         "guardrails": {"ceiling": {"amount": "7.99"}}},
    ]));
    let replay = replayed(&rules, None, rows, 0.0);
    let blocked = Blocked { missing_cost: 1, contradiction: 1, no_floor: 1 };
    assert_eq!(replay.groups.overall.blocked, blocked);
    assert!(replay.groups.overall.revenue_before.is_zero());
    assert_eq!(replay.groups.overall.bands, Bands::default());
}

#[test]
fn a_customer_returns_with_their_second_order() {
    // new; same order; second order: returning; first order again: returning; guests: new
    let rows = "A1,2011-11-01T09:00:00Z,lamp,1,9.00,c1,GB,web,\n\
        A1,2011-11-01T09:00:00Z,lamp,1,9.00,c1,GB,web,\n\
        A2,2011-11-02T09:00:00Z,lamp,1,9.00,c1,GB,web,\n\
        A1,2011-11-02T09:00:00Z,lamp,1,9.00,c1,GB,web,\n\
        A3,2011-11-02T09:00:00Z,lamp,-1,9.00,c2,GB,web,\n\
        A4,2011-11-02T09:00:00Z,lamp,1,9.00,c2,GB,web,\n\
        A5,2011-11-02T09:00:00Z,lamp,1,9.00,,GB,web,\n\
        A6,2011-11-02T09:00:00Z,lamp,1,9.00,,GB,web,\n";
    let returning = rules(&json!([
        {"id": "r", "when": {"customer": {"any_of": ["returning"]}},
         "guardrails": {"floor": {"amount": "1.00"}}},
    ]));
    let replay = replayed(&returning, None, rows, 0.0);
    assert_eq!((replay.groups.overall.unchanged, replay.groups.overall.blocked.no_floor), (3, 4));
    assert_eq!(replay.left_out.quantity, 1);
}

#[test]
fn dearer_sells_less_where_buyers_are_said_to_mind() {
    let rows = "A1,2011-11-01T09:00:00Z,lamp,100,4.00,,GB,web,\n\
        A2,2011-11-01T09:00:00Z,lamp,3,8.00,,GB,web,\n";
    let check = |exponent, revenue: &str, margin: &str| {
        let replay = replayed(&usual(), None, rows, exponent);
        assert_eq!(replay.groups.overall.revenue_before.to_string(), "424.00");
        assert_eq!(replay.groups.overall.revenue_after.to_string(), revenue, "{exponent}");
        assert_eq!(replay.groups.overall.margin_after.to_string(), margin, "{exponent}");
    };
    // 4.00 becomes 8.00: the volume of 100 becomes 100, 50, 25, 200, 100 / √2 = 70.71…
    check(0.0, "824.00", "206.00");
    check(-1.0, "424.00", "106.00");
    check(-2.0, "224.00", "56.00");
    check(1.0, "1624.00", "406.00");
    check(-0.5, "589.69", "147.42");
    assert_eq!(Elasticity::parse("-0.5"), Elasticity::new(-0.5));
    assert_eq!(Elasticity::parse("-1e1"), None);
    assert_eq!(Elasticity::new(f64::NAN), None);
    assert_eq!(Elasticity::new(-100.5), None);
}

#[test]
fn a_replay_can_be_cancelled_and_currencies_do_not_mix() {
    let catalog = Catalog::parse(CATALOG.as_bytes(), Currency::GBP).unwrap();
    let orders = orders("A1,2011-11-01T09:00:00Z,lamp,1,9.00,,GB,web,\n").unwrap();
    let options = ReplayOptions::default();
    let cancel = |_| ControlFlow::Break(());
    let cancelled = replay(&usual(), None, &catalog, &orders, &options, &cancel);
    assert_eq!(cancelled, Err(ReplayError::Cancelled));
    let yen = Catalog::parse(b"sku,title,category,list_price,unit_cost,stock\n", Currency::JPY);
    let yen_orders = OrderColumns::parse(HEADER.as_bytes(), Currency::JPY).unwrap();
    let go_on = |_| ControlFlow::Continue(());
    let mixed = replay(&usual(), None, &yen.unwrap(), &yen_orders, &options, &go_on);
    assert!(matches!(mixed, Err(ReplayError::CurrencyMismatch { what: "orders", .. })));
}

#[test]
fn faulty_orders_are_told_by_line_and_column() {
    let check = |row: &str, place: &str, message: &str, expected: &str| {
        let faults = orders(&format!("A1,2011-11-01T09:00:00Z,lamp,1,9.00,,GB,web,\n{row}\n"));
        let faults = faults.unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!((faults[0].line, faults[0].place.as_str()), (3, place), "{}", faults[0]);
        assert!(faults[0].message.contains(message), "{}", faults[0]);
        assert!(faults[0].expected.contains(expected), "{}", faults[0]);
    };
    check("A1,2011-11-01T09:00:00Z,lamp,1,9.00,,GB,web", "", "8 fields", "9 fields");
    check(",2011-11-01T09:00:00Z,lamp,1,9.00,,GB,web,", "order_id", "empty", "1 to 200");
    check("A1,2011-11-01 09:00,lamp,1,9.00,,GB,web,", "placed_at", "no instant", "RFC 3339");
    check("A1,2011-02-30T09:00:00Z,lamp,1,9.00,,GB,web,", "placed_at", "02-30", "RFC 3339");
    check("A1,2011-11-01T09:00:00Z,,1,9.00,,GB,web,", "sku", "empty", "1 to 200");
    check("A1,2011-11-01T09:00:00Z,lamp,1.5,9.00,,GB,web,", "quantity", "1.5", "integer");
    check("A1,2011-11-01T09:00:00Z,lamp,,9.00,,GB,web,", "quantity", "\"\"", "integer");
    check("A1,2011-11-01T09:00:00Z,lamp,1,£9,,GB,web,", "unit_price", "£9", "GBP");
    check("A1,2011-11-01T09:00:00Z,lamp,1,99999999999999999,,GB,web,", "unit_price", "beyond", "");
    check("A1,2011-11-01T09:00:00Z,lamp,1,9.00,,,web,", "country", "empty", "1 to 200");
    check("A1,2011-11-01T09:00:00Z,lamp,1,9.00,,GB,,", "channel", "empty", "1 to 200");
    check("A1,2011-11-01T09:00:00Z,lamp,1,9.00,,GB,web,a;;b", "segments", "empty", "1 to 200");
    let header = OrderColumns::parse(b"order_id,sku\n", Currency::GBP).unwrap_err();
    assert!(header[0].expected.contains("placed_at"));
    assert!(OrderColumns::parse(b"", Currency::GBP).is_err());
    assert!(orders("").unwrap().is_empty());
}
