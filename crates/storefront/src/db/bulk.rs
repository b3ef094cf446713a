//! One statement for a hundred rows, so that a large write is not a hundred round trips. The text
//! is built once from constants; no value ever stands in it.

use super::{Arg, Args};

/// Rows, or keys, of one statement. Both engines take far more parameters than this needs.
pub(crate) const ROWS: usize = 100;

/// `HEAD (row), (row)… TAIL` for one row and for [`ROWS`] of them.
#[derive(Debug)]
pub(crate) struct Bulk {
    pub(crate) one: String,
    pub(crate) hundred: String,
}

impl Bulk {
    /// In `row`, `$1` to `$SHARED` are the same for every row and each `?` is the row's own.
    pub(crate) fn new(head: &str, row: &str, tail: &str, shared: usize) -> Self {
        let text = |rows: usize| {
            let (mut sql, mut next) = (format!("{head} "), shared);
            for at in 0..rows {
                sql.push_str(if at == 0 { "" } else { ", " });
                for c in row.chars() {
                    if c == '?' {
                        next += 1;
                        sql.push_str(&format!("${next}"));
                    } else {
                        sql.push(c);
                    }
                }
            }
            sql + " " + tail
        };
        Self { one: text(1), hundred: text(ROWS) }
    }
}

/// `HEAD ($n, $n+1, … ) TAIL` with [`ROWS`] keys after the shared parameters.
pub(crate) fn among(head: &str, tail: &str, shared: usize) -> String {
    let keys: Vec<String> = (1..=ROWS).map(|at| format!("${}", shared + at)).collect();
    format!("{head} ({}) {tail}", keys.join(", "))
}

/// The arguments for [`among`]: the last key again and again where there are too few.
pub(crate) fn keys(shared: Args, keys: &[&str]) -> Args {
    let mut all = shared;
    let last = keys.last().copied().unwrap_or_default();
    let padded = keys.iter().copied().chain(std::iter::repeat(last)).take(ROWS);
    all.extend(padded.map(Arg::from));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_its_own_parameters_after_the_shared_ones() {
        let bulk = Bulk::new("INSERT INTO t (a, b, c) VALUES", "($1, ?, ?)", "ON CONFLICT", 1);
        assert_eq!(bulk.one, "INSERT INTO t (a, b, c) VALUES ($1, $2, $3) ON CONFLICT");
        assert!(bulk.hundred.contains("($1, $2, $3), ($1, $4, $5), ($1, $6, $7)"));
        assert!(bulk.hundred.ends_with("($1, $200, $201) ON CONFLICT"));
        assert!(among("IN", "", 1).starts_with("IN ($2, $3, "));
        assert_eq!(keys(vec![], &["a", "b"]).len(), ROWS);
    }
}
