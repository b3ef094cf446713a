//! Writing CSV (RFC 4180) that a spreadsheet opens without running it. Never reads.

use std::borrow::Cow;

/// Whether a spreadsheet would take text that begins so for a formula.
fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠')
}

/// Whether the text, under any apostrophes before it, begins like a formula.
pub fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(starts_formula)
}

/// Puts an apostrophe before text that a spreadsheet would run as a formula (it begins with
/// `= + - @`, a tab or a carriage return, also full width). [`restore`] undoes it exactly.
pub fn neutralise(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes the apostrophe of [`neutralise`] away again.
pub fn restore(text: &str) -> &str {
    text.strip_prefix('\'').filter(|inner| is_formula(inner)).unwrap_or(text)
}

/// Adds one row to `out`, its cells quoted where they must be, ended by `\r\n`. Cells are written as
/// they are: pass text from people through [`neutralise`] first.
pub fn write_row<'c>(out: &mut String, cells: impl IntoIterator<Item = &'c str>) {
    let start = out.len();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let edge = cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
        if edge || cell.contains([',', ';', '"', '\n', '\r', '\t']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    if out.len() == start {
        // A row of one empty cell would read as a blank line.
        out.push_str("\"\"");
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_put_to_sleep() {
        for (text, written) in [
            ("Lantern", "Lantern"),
            ("", ""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+44", "'+44"),
            ("-10 % off", "'-10 % off"),
            ("\t=1", "'\t=1"),
            ("＝cmd", "'＝cmd"),
            ("'=1", "''=1"),
            ("'tis", "'tis"),
        ] {
            assert_eq!(neutralise(text), written, "{text:?}");
            assert_eq!(restore(written), text, "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_put_to_sleep_wakes_as_it_was(text in "'{0,3}[=+@-]?\\PC{0,8}") {
            let written = neutralise(&text);
            prop_assert!(!written.starts_with(starts_formula));
            prop_assert_eq!(restore(&written), &text);
        }

        #[test]
        fn a_row_reads_back(cells in prop::collection::vec(any::<String>(), 1..6)) {
            let mut out = String::new();
            write_row(&mut out, cells.iter().map(String::as_str));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(out.as_bytes());
            let rows: Vec<Vec<String>> =
                reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
            prop_assert_eq!(rows, vec![cells]);
        }
    }
}
