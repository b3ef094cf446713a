//! The compiled rules in parts: compiling, deciding from facts, deciding from keys resolved once.
//! `cargo bench -p pricing --bench index`.

// a benchmark tells what is wrong by panicking
#![allow(clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use pricing::{Index, Scratch, decide, synthetic};

const SEED: u64 = 1;

fn compile(c: &mut Criterion) {
    let mut group = c.benchmark_group("compile");
    group.sample_size(10);
    for count in [1_000, 10_000] {
        let set = synthetic::rule_set(SEED, count).unwrap();
        group.bench_with_input(BenchmarkId::from_parameter(count), &set, |b, set| {
            b.iter(|| black_box(Index::new(set)));
        });
    }
    group.finish();
}

fn decisions(c: &mut Criterion) {
    let sales = synthetic::facts(SEED, &synthetic::catalog(SEED), 4_096);
    let mut group = c.benchmark_group("decide");
    for count in [10, 100, 1_000, 10_000] {
        let set = synthetic::rule_set(SEED, count).unwrap();
        let index = Index::new(&set);
        let mut scratch = Scratch::default();
        let mut turn = sales.iter().cycle();
        group.bench_function(BenchmarkId::new("index", count), |b| {
            b.iter(|| turn.next().map(|facts| black_box(index.decide(facts, &mut scratch))));
        });
        if count <= 1_000 {
            group.bench_function(BenchmarkId::new("naive, with trace", count), |b| {
                b.iter(|| turn.next().map(|facts| black_box(decide(&set, facts))));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, compile, decisions);
criterion_main!(benches);
