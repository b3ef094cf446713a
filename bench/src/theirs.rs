//! The rules as one zen-engine decision table: a column a condition, a row a rule, all rows that
//! match collected.

use std::time::Instant;

use pricing::Facts;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};
use zen_engine::{Decision, Variable, model::GraphContent};

use crate::made_up::{Cell, Row, Shape};

/// What is done before the first decision.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Preparation {
    /// Nothing: cells are compiled as they are met.
    AsLoaded,
    /// `Decision::compile`: cells compiled once, and an index over columns of names.
    Compiled,
}

pub(crate) struct Table {
    decision: Decision,
    /// The sales as the engine's own values, made ahead of time.
    sales: Vec<Variable>,
    runtime: Runtime,
}

impl Table {
    pub(crate) fn new(
        shape: Shape,
        rows: &[Row],
        sales: &[Facts],
        preparation: Preparation,
    ) -> Result<Self, String> {
        let content: GraphContent = serde_json::from_value(graph(shape, rows))
            .map_err(|error| format!("zen-engine: {error}"))?;
        let mut decision = Decision::from(content);
        if preparation == Preparation::Compiled {
            decision.compile();
        }
        let runtime = Builder::new_current_thread().build().map_err(|e| e.to_string())?;
        let sales = sales.iter().map(|facts| Variable::from(context(facts))).collect();
        Ok(Self { decision, sales, runtime })
    }

    /// The rows that match a sale, in order.
    pub(crate) fn matched(&self, sale: usize) -> Result<Vec<usize>, String> {
        let context = self.sales.get(sale).cloned().ok_or("no such sale")?;
        let answer = self.runtime.block_on(self.decision.evaluate(context));
        let answer = answer.map_err(|error| format!("zen-engine: {error}"))?;
        let answer = Value::from(answer.result);
        let rows = answer.as_array().ok_or_else(|| format!("zen-engine answers {answer}"))?;
        rows.iter()
            .map(|row| {
                let number = row["rule"].as_u64().and_then(|row| usize::try_from(row).ok());
                number.ok_or_else(|| format!("zen-engine answers {row}"))
            })
            .collect()
    }

    /// Nanoseconds a decision, over so many.
    pub(crate) fn time(&self, decisions: usize) -> Result<f64, String> {
        self.runtime.block_on(async {
            let begun = Instant::now();
            for sale in self.sales.iter().cycle().take(decisions) {
                let answer = self.decision.evaluate(sale.clone()).await;
                std::hint::black_box(answer).map_err(|error| format!("zen-engine: {error}"))?;
            }
            Ok(begun.elapsed().as_nanos() as f64 / decisions as f64)
        })
    }
}

fn context(facts: &Facts) -> Value {
    json!({
        "category": facts.category, "country": facts.country, "quantity": facts.quantity,
        "list_price": facts.list_price.minor(), "stock": facts.stock, "intent": facts.intent,
    })
}

fn graph(shape: Shape, rows: &[Row]) -> Value {
    let rules: Vec<Value> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let mut rule = json!({"_id": number.to_string(), "rule": number.to_string()});
            for (column, cell) in shape.columns().into_iter().zip(row) {
                rule[column] = written(cell).into();
            }
            rule
        })
        .collect();
    let column = |name: &str| json!({"id": name, "name": name, "field": name});
    json!({
        "nodes": [
            {"id": "sale", "name": "sale", "type": "inputNode", "content": {}},
            {"id": "table", "name": "table", "type": "decisionTableNode", "content": {
                "hitPolicy": "collect", "inputs": shape.columns().map(column),
                "outputs": [column("rule")], "rules": rules,
            }},
            {"id": "answer", "name": "answer", "type": "outputNode", "content": {}},
        ],
        "edges": [
            {"id": "in", "sourceId": "sale", "targetId": "table"},
            {"id": "out", "sourceId": "table", "targetId": "answer"},
        ],
    })
}

/// A cell in zen-engine's language.
fn written(cell: &Cell) -> String {
    match cell {
        Cell::OneOf(names) => {
            let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            quoted.join(", ")
        }
        Cell::Between(min, max) => format!("[{min}..{max}]"),
    }
}
