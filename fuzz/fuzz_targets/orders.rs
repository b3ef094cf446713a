//! Order lines are read or faulted by line; what is read can be replayed, and no line is lost.
#![no_main]

use std::ops::ControlFlow;
use std::sync::LazyLock;

use commerce::Currency;
use libfuzzer_sys::fuzz_target;
use pricing::{Catalog, ORDERS_COLUMNS, OrderColumns, ReplayOptions, RuleSet, replay};

static HEADER: LazyLock<String> = LazyLock::new(|| format!("{}\n", ORDERS_COLUMNS.join(",")));
static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let text = include_str!("../../crates/pricing/tests/winter_lights.json");
    RuleSet::parse(text).expect("the example is a rule set")
});

fuzz_target!(|rows: &[u8]| {
    let _ = OrderColumns::parse(rows, Currency::GBP);
    match OrderColumns::parse(&[HEADER.as_bytes(), rows].concat(), Currency::GBP) {
        Ok(orders) => {
            let options = ReplayOptions { threads: std::num::NonZero::new(1), ..Default::default() };
            let go_on = |_| ControlFlow::Continue(());
            let replayed = replay(&RULES, None, &Catalog::default(), &orders, &options, &go_on);
            let left_out = replayed.expect("all is in one currency").left_out;
            let lines = left_out.quantity + left_out.price + left_out.unknown_sku;
            assert_eq!(usize::try_from(lines), Ok(orders.len()));
        }
        Err(faults) => assert!(faults.iter().all(|fault| fault.line > 0)),
    }
});
