//! Comma-separated files with a fixed header, read row by row with every fault told by line and
//! column. Must never let a row through that is not wholly text in UTF-8 of the right width.

use commerce::{Currency, Money};

use crate::json::{INTEGER_MAX, money_expected, money_of, name_fault};
use crate::problem::{LineProblem, excerpt};

/// After this many faults the rest of the file is not looked at.
pub(crate) const FAULTS_MAX: usize = 1_000;

/// The faults of one file so far; each `read` gives `None` after noting why.
#[derive(Default)]
pub(crate) struct Faults {
    list: Vec<LineProblem>,
}

/// Reads a file (UTF-8, a byte-order mark allowed) of these `columns`, which are its header exactly,
/// and gives each row to `row` with the 1-based line where it begins.
///
/// # Errors
/// The faults by line, the first thousand of them.
pub(crate) fn read<const N: usize>(
    bytes: &[u8],
    columns: &[&str; N],
    bytes_max: usize,
    mut row: impl FnMut(&mut Faults, u64, [&str; N]),
) -> Result<(), Vec<LineProblem>> {
    let mut faults = Faults::default();
    if bytes.len() > bytes_max {
        let message = format!("the file has {} bytes", bytes.len());
        faults.fault(1, "", message, &format!("at most {bytes_max} bytes"));
        return Err(faults.list);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut header = true;
    while faults.list.len() < FAULTS_MAX {
        match lines.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                faults.fault(line, "", format!("not readable as CSV: {error}"), "CSV");
                break;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        if std::mem::take(&mut header) {
            if !record.iter().eq(columns.map(str::as_bytes)) {
                let found: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
                let message = format!("the header is not known: {}", excerpt(&found.join(",")));
                faults.fault(line, "", message, &columns.join(","));
                break;
            }
        } else if let Some(fields) = faults.fields(line, &record, columns) {
            row(&mut faults, line, fields);
        }
    }
    if header && faults.list.is_empty() {
        let expected = format!("the header {}", columns.join(","));
        faults.fault(1, "", "the file is empty".to_owned(), &expected);
    }
    if faults.list.is_empty() { Ok(()) } else { Err(faults.list) }
}

impl Faults {
    pub(crate) fn fault(&mut self, line: u64, column: &str, message: String, expected: &str) {
        let (place, expected) = (column.to_owned(), expected.to_owned());
        self.list.push(LineProblem { line, place, message, expected });
    }

    fn fields<'r, const N: usize>(
        &mut self,
        line: u64,
        record: &'r csv::ByteRecord,
        columns: &[&str; N],
    ) -> Option<[&'r str; N]> {
        if record.len() != N {
            let message = format!("{} fields", record.len());
            self.fault(line, "", message, &format!("{N} fields: {}", columns.join(",")));
            return None;
        }
        let mut texts = [""; N];
        for (index, field) in record.iter().enumerate() {
            let Ok(text) = std::str::from_utf8(field) else {
                let message = "bytes that are not UTF-8".to_owned();
                self.fault(line, columns[index], message, "text in UTF-8");
                return None;
            };
            texts[index] = text;
        }
        Some(texts)
    }

    pub(crate) fn name<'t>(&mut self, line: u64, column: &str, text: &'t str) -> Option<&'t str> {
        let Some(message) = name_fault(text) else { return Some(text) };
        self.fault(line, column, message, "1 to 200 characters, none of them a control character");
        None
    }

    /// Money of `currency`, zero or more, of no more digits than it has.
    pub(crate) fn money(
        &mut self,
        line: u64,
        column: &str,
        text: &str,
        currency: Currency,
    ) -> Option<Money> {
        let message = match money_of(text, currency) {
            Ok(money) => return Some(money),
            Err(message) => message,
        };
        self.fault(line, column, message, &money_expected(currency));
        None
    }

    /// An integer within ±(2^53 − 1), plain digits with at most a minus.
    pub(crate) fn integer(
        &mut self,
        line: u64,
        column: &str,
        text: &str,
        expected: &str,
    ) -> Option<i64> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        match text.parse::<i64>() {
            Ok(value) if plain && value.unsigned_abs() <= INTEGER_MAX.unsigned_abs() => Some(value),
            _ => {
                let message = format!("{} is not an integer in range", excerpt(text));
                self.fault(line, column, message, expected);
                None
            }
        }
    }
}
