//! Replay over columns in memory: the sample's 40,000 order lines 25 times over, under 1,000 rules
//! of four conditions. `cargo bench -p pricing --bench replay`.

// a benchmark tells what is wrong by panicking
#![allow(clippy::unwrap_used, clippy::panic)]

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;

use commerce::Currency;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pricing::{Catalog, Elasticity, OrderColumns, ReplayOptions, RuleSet, replay};
use serde_json::{Value, json};

const TIMES: usize = 25;

/// Rules of four conditions each, over the sample's own categories, countries and segments.
fn rules(count: usize, catalog: &Catalog) -> RuleSet {
    let mut categories: Vec<&str> =
        catalog.products().iter().map(|product| product.category.as_str()).collect();
    categories.sort_unstable();
    categories.dedup();
    let any = |name: &str| json!({"any_of": [name]});
    let rule = |at: usize| -> Value {
        let when = json!({
            "category": any(categories[at % categories.len()]),
            "country": any(["GB", "DE", "FR", "IE"][at / 7 % 4]),
            "segment": any(["vip", "wholesale", "new"][at / 3 % 3]),
            "quantity": {"min": 1 + at % 24, "max": 24 + at % 100},
        });
        json!({
            "id": format!("r{at}"), "priority": at % 5, "when": when,
            "guardrails": {"floor": {"of_list": format!("0.{}", 50 + at % 40)}},
            "policy": {"target": {"of_list": format!("0.{}", 90 + at % 9)}},
        })
    };
    let all = json!({"id": "all", "guardrails": {"max_discount": "0.30"}});
    let rules: Vec<Value> = (1..count).map(rule).chain([all]).collect();
    let document = json!({
        "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London", "rules": rules,
    });
    RuleSet::parse(&document.to_string()).unwrap()
}

fn lines(c: &mut Criterion) {
    let sample = sample::Sample::read().unwrap();
    let catalog = Catalog::parse(sample.catalog_csv().as_bytes(), Currency::GBP).unwrap();
    let once = sample.orders_csv();
    let (header, rows) = once.split_once('\n').unwrap();
    let text = format!("{header}\n{}", rows.repeat(TIMES));
    let orders = OrderColumns::parse(text.as_bytes(), Currency::GBP).unwrap();
    let mut group = c.benchmark_group("replay");
    group.sample_size(20).throughput(Throughput::Elements(orders.len() as u64));
    let go_on = |_| ControlFlow::Continue(());
    for (name, count, threads, exponent) in [
        ("1,000 rules, 2 threads", 1_000, 2, 0.0),
        ("1,000 rules, 1 thread", 1_000, 1, 0.0),
        ("1,000 rules, 2 threads, elasticity", 1_000, 2, -1.5),
        ("10,000 rules, 2 threads", 10_000, 2, 0.0),
    ] {
        let rules = rules(count, &catalog);
        let options = ReplayOptions {
            elasticity: Elasticity::new(exponent).unwrap(),
            threads: NonZeroUsize::new(threads),
        };
        group.bench_function(name, |b| {
            b.iter(|| {
                black_box(replay(&rules, None, &catalog, &orders, &options, &go_on).unwrap())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, lines);
criterion_main!(benches);
