//! Decides 4,096 made-up sales so many times under so many rules, to have its instructions counted:
//! what a second time adds is the decisions alone. Tells what a decision matches in the mean, and how
//! many bytes the compiled rules take. `cargo bench -p pricing --bench decide_once -- 1000 1`.

// a benchmark tells what is wrong by panicking
#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use pricing::{Index, Scratch, synthetic};

const SEED: u64 = 1;
const SALES: usize = 4_096;

fn main() {
    // cargo puts in an argument of its own
    let numbers = std::env::args().filter_map(|argument| argument.parse::<usize>().ok());
    let numbers: Vec<usize> = numbers.collect();
    let (rules, times) = match *numbers {
        [rules, times] => (rules, times),
        _ => (1_000, 1),
    };
    let sales = synthetic::facts(SEED, &synthetic::catalog(SEED), SALES);
    let index = Index::new(&synthetic::rule_set(SEED, rules).unwrap());
    let mut scratch = Scratch::default();
    let mut matched = 0_usize;
    for facts in &sales {
        index.matched(facts, &mut scratch, |_| matched += 1);
    }
    for _ in 0..times {
        for facts in &sales {
            black_box(index.decide(facts, &mut scratch));
        }
    }
    let mean = matched as f64 / SALES as f64;
    println!("{rules} rules, {mean:.1} of them match in the mean, {} bytes", index.bytes());
}
