//! The hot path asks nothing of the heap: decisions by the compiled rules, once their scratch has
//! seen the sales, allocate not once.

// a test tells what is wrong by panicking, in what it calls too
#![allow(clippy::unwrap_used)]

use pricing::{Index, Scratch, synthetic};

fn check(rules: usize) {
    let set = synthetic::rule_set(7, rules).unwrap();
    let sales = synthetic::facts(7, &synthetic::catalog(7), 512);
    let index = Index::new(&set);
    let mut scratch = Scratch::default();
    let mut priced = 0;
    let mut decide_all = || {
        for facts in &sales {
            priced += usize::from(index.decide(facts, &mut scratch).reason.is_none());
        }
    };
    decide_all();
    let counted = allocation_counter::measure(decide_all);
    assert_eq!(counted.count_total, 0, "{rules} rules");
    assert!(priced > 0, "{rules} rules price nothing: the figure would say little");
}

#[test]
fn a_decision_asks_nothing_of_the_heap() {
    for rules in [1, 10, 1_000, 10_000] {
        check(rules);
    }
}

/// What `bytes` says is what the compiled rules hold, to a tenth.
#[test]
fn the_size_of_an_index_is_told_truly() {
    let set = synthetic::rule_set(7, 2_000).unwrap();
    let mut index = None;
    let counted = allocation_counter::measure(|| index = Some(Index::new(&set)));
    let (told, held) = (index.unwrap().bytes() as f64, counted.bytes_current as f64);
    assert!((told / held - 1.0).abs() < 0.1, "{told} bytes told, {held} held");
}
