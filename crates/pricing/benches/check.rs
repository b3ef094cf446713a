//! The check of made-up rule sets on 3,227 products, all kinds, on two threads.
//! `cargo bench -p pricing --bench check`.

// a benchmark tells what is wrong by panicking
#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::ops::ControlFlow;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use pricing::{CheckOptions, check, synthetic};

const SEED: u64 = 1;

fn checks(c: &mut Criterion) {
    let catalog = synthetic::catalog(SEED);
    // before the windows of all rules
    let now = "2011-01-01T00:00:00Z".parse().unwrap();
    let options = CheckOptions { threads: 2, ..CheckOptions::at(now) };
    let mut group = c.benchmark_group("check");
    group.sample_size(10);
    for count in [100, 1_000, 10_000] {
        let set = synthetic::rule_set(SEED, count).unwrap();
        group.bench_with_input(BenchmarkId::from_parameter(count), &set, |b, set| {
            let go_on = &mut |_, _| ControlFlow::Continue(());
            b.iter(|| black_box(check(set, Some(&catalog), &options, go_on)));
        });
    }
    group.finish();
}

criterion_group!(benches, checks);
criterion_main!(benches);
