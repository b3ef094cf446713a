//! The worked example of `docs/reference/replay.md`, row by row as it stands there.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::ops::ControlFlow;

use commerce::Currency;
use pricing::{Catalog, Elasticity, Impact, OrderColumns, ReplayOptions, RuleSet, replay};

const PAGE: &str = include_str!("../../../docs/reference/replay.md");
const RULES: &str = r#"{"schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
  "rules": [{"id": "all",
    "guardrails": {"floor": {"of_list": "0.80"}, "ceiling": {"of_list": "1.10"}},
    "policy": {"target": {"of_list": "0.95"}}}]}"#;
const CATALOG: &str =
    "sku,title,category,list_price,unit_cost,stock\nlantern,Lantern,home,5.00,3.00,\n";
const HEADER: &str =
    "order_id,placed_at,sku,quantity,unit_price,customer_id,country,channel,segments";

fn sold(quantity: i64, paid: &str, elasticity: &str) -> Impact {
    let rules = RuleSet::parse(RULES).unwrap();
    let catalog = Catalog::parse(CATALOG.as_bytes(), Currency::GBP).unwrap();
    let line = format!("{HEADER}\nA1,2011-11-07T10:00:00Z,lantern,{quantity},{paid},,GB,web,\n");
    let orders = OrderColumns::parse(line.as_bytes(), Currency::GBP).unwrap();
    let elasticity = Elasticity::parse(elasticity).unwrap();
    let options = ReplayOptions { elasticity, threads: None };
    let go_on = |_| ControlFlow::Continue(());
    replay(&rules, None, &catalog, &orders, &options, &go_on).unwrap().groups.overall
}

#[test]
fn the_example_of_the_page_comes_out_as_written() {
    let example = PAGE.split("## A worked example").nth(1).unwrap();
    let rows: Vec<Vec<&str>> = example
        .lines()
        .skip_while(|line| !line.starts_with("| ---"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 2);
    for (row, quantity) in rows.iter().zip([10, 2]) {
        let all = sold(quantity, row[0], "0");
        let way = if all.raised == 1 { "raised" } else { "lowered" };
        assert!(row[1].ends_with(way), "{row:?}");
        let [before, after] = [all.revenue_before, all.revenue_after].map(|m| m.to_string());
        assert_eq!([&before, &after], [row[2], row[3]]);
        let [before, after] = [all.margin_before, all.margin_after].map(|m| m.to_string());
        assert_eq!([&before, &after], [row[4], row[5]]);
        let band = if all.bands.accept == 1 { "accept" } else { "decline" };
        assert!(row[6].starts_with(band), "{row:?}");
    }
    assert!(example.contains("revenue after stays 35.00"));
    assert_eq!(sold(10, "3.50", "-1").revenue_after.to_string(), "35.00");
}
