//! A line of facts is read or faulted; what is read is decided on, written, and read again the same.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pricing::{Catalog, Facts, RuleSet, decide};

static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let text = include_str!("../../crates/pricing/tests/winter_lights.json");
    RuleSet::parse(text).expect("the example is a rule set")
});

fuzz_target!(|line: &str| {
    let (rules, catalog) = (&*RULES, Catalog::default());
    let Ok(facts) = Facts::parse_line(1, line, rules.currency(), &catalog) else { return };
    let _ = decide(rules, &facts).explain();
    let written = serde_json::to_string(&facts).expect("facts are JSON");
    let again = Facts::parse_line(1, &written, rules.currency(), &catalog);
    assert_eq!(again.as_ref(), Ok(&facts));
});
