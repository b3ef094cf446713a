//! The 40,000 real order lines replayed. The figures were computed once by an independent reading
//! of the rules in exact fractions, in another language; in all groups, not only those below.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::ops::ControlFlow;

use commerce::Currency;
use pricing::{Catalog, Elasticity, OrderColumns, Replay, ReplayOptions, RuleSet, replay};
use serde_json::{Value, json};

fn replayed(elasticity: &str) -> Replay {
    let sample = sample::Sample::read().unwrap();
    let catalog = Catalog::parse(sample.catalog_csv().as_bytes(), Currency::GBP).unwrap();
    let orders = OrderColumns::parse(sample.orders_csv().as_bytes(), Currency::GBP).unwrap();
    assert_eq!(orders.len(), 40_000);
    let rules = RuleSet::parse(include_str!("replay_rules.json")).unwrap();
    let old = RuleSet::parse(include_str!("replay_baseline.json")).unwrap();
    let options =
        ReplayOptions { elasticity: Elasticity::parse(elasticity).unwrap(), threads: None };
    let go_on = |_| ControlFlow::Continue(());
    replay(&rules, Some(&old), &catalog, &orders, &options, &go_on).unwrap()
}

fn check(elasticity: &str, after: (&str, &str), baseline_after: (&str, &str)) -> Value {
    let replay = serde_json::to_value(replayed(elasticity)).unwrap();
    let overall = json!({
        "lines": 38_980, "raised": 2_134, "lowered": 3_711, "unchanged": 33_107,
        "blocked": {"contradiction": 28},
        "revenue_before": "706130.38", "revenue_after": after.0,
        "margin_before": "271966.25", "margin_after": after.1,
        "bands": {"accept": 35_947, "counter": 1_449, "decline": 1_556},
    });
    assert_eq!(replay["overall"], overall);
    let baseline = json!({
        "lines": 38_980, "raised": 2_073, "lowered": 0, "unchanged": 34_523,
        "blocked": {"no_floor": 2_384},
        "revenue_before": "672902.92", "revenue_after": baseline_after.0,
        "margin_before": "259452.41", "margin_after": baseline_after.1,
        "bands": {"accept": 32_888, "counter": 1_635, "decline": 2_073},
    });
    assert_eq!(replay["baseline"], baseline);
    let left_out = json!({"quantity": 778, "price": 76, "unknown_sku": 166});
    assert_eq!(replay["left_out"], left_out);
    replay
}

#[test]
fn a_year_of_real_orders_comes_to_the_independent_figures() {
    let replay = check("0", ("710960.30", "276796.17"), ("698724.79", "285274.28"));
    for (by, name, revenue, margin, blocked) in [
        ("by_month", "2011-11", "97575.98", "39429.56", 25),
        ("by_category", "home/lights/lanterns", "4086.73", "1589.80", 1),
        ("by_country", "DE", "18688.27", "7149.67", 0),
        ("by_segment", "wholesale", "197777.27", "64438.44", 0),
    ] {
        let group = &replay[by][name];
        assert_eq!(group["revenue_after"], revenue, "{name}");
        assert_eq!(group["margin_after"], margin, "{name}");
        assert_eq!(group["blocked"]["contradiction"].as_u64().unwrap_or(0), blocked, "{name}");
    }
    assert_eq!(replay["by_month"].as_object().unwrap().len(), 13);
    assert_eq!(replay["by_category"].as_object().unwrap().len(), 57);
    assert_eq!(replay["by_country"].as_object().unwrap().len(), 35);
    assert_eq!(replay["by_segment"].as_object().unwrap().len(), 3);
}

#[test]
fn buyers_who_mind_the_price_move_volume_and_nothing_else() {
    check("-1.3", ("711160.09", "281510.94"), ("667622.17", "276241.46"));
}
