//! What was wrong with an input: where, what, and what was expected instead. Must never hold more
//! of the input than a short excerpt.

use std::fmt;

use serde::Serialize;

/// One fault of a JSON document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// RFC 6901 JSON pointer to the faulty value; empty for the document as a whole.
    pub pointer: String,
    pub message: String,
    /// What would have been right.
    pub expected: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "/" } else { &self.pointer };
        write!(f, "{place}: {}; expected {}", self.message, self.expected)
    }
}

/// One fault of a line-based input (CSV, JSON lines).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineProblem {
    /// 1-based line of the input where the faulty record begins.
    pub line: u64,
    /// The CSV column or JSON pointer; empty for the line as a whole.
    pub place: String,
    pub message: String,
    pub expected: String,
}

impl fmt::Display for LineProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if !self.place.is_empty() {
            write!(f, ", {}", self.place)?;
        }
        write!(f, ": {}; expected {}", self.message, self.expected)
    }
}

impl LineProblem {
    pub(crate) fn at(line: u64, problem: Problem) -> Self {
        let Problem { pointer, message, expected } = problem;
        Self { line, place: pointer, message, expected }
    }
}

/// An excerpt of hostile input that is safe to show: short, quoted, control characters escaped.
pub(crate) fn excerpt(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("{short:?}{dots}")
}
