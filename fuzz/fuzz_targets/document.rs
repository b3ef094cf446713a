//! A rule set is read or faulted; what is read is written, and read again the same.
//! Seeds: `cargo +nightly fuzz run document fuzz/corpus/document crates/pricing/tests`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pricing::RuleSet;

fuzz_target!(|text: &str| {
    match RuleSet::parse(text) {
        Ok(set) => {
            let again = RuleSet::parse(&set.to_json()).expect("what was written is readable");
            assert_eq!(again, set);
        }
        Err(faults) => assert!(!faults.is_empty()),
    }
});
