//! The file as a header and rows, with line numbers and limits. Knows no column's meaning.

use std::collections::HashMap;
use std::ops::ControlFlow;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::intake::Intake;
use super::{CELL_BYTES_MAX, FileError, PROGRESS_ROWS, Progress, ROWS_MAX};

pub(super) struct Sheet<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    record: StringRecord,
    /// As the file spells them, trimmed.
    pub(super) headers: Vec<String>,
    /// By lower-case name.
    columns: HashMap<String, usize>,
    pub(super) delimiter: u8,
    /// Of the current row's first line, from 1; the header's after opening.
    pub(super) line: u64,
    /// Rows read so far, blank ones left out.
    pub(super) rows: u64,
}

impl<'t> Sheet<'t> {
    pub(super) fn open(text: &'t str) -> Result<Self, FileError> {
        let delimiter = delimiter(text);
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut sheet = Self {
            text,
            reader,
            record: StringRecord::new(),
            headers: Vec::new(),
            columns: HashMap::new(),
            delimiter,
            line: 1,
            rows: 0,
        };
        if !sheet.advance()? {
            return Err(FileError::Empty);
        }
        sheet.rows = 0;
        sheet.headers = sheet.record.iter().map(|name| name.trim().to_owned()).collect();
        while sheet.headers.last().is_some_and(String::is_empty) {
            sheet.headers.pop();
        }
        for (at, name) in sheet.headers.iter().enumerate() {
            let again = sheet.columns.insert(name.to_lowercase(), at).is_some();
            if again && !name.is_empty() {
                return Err(FileError::ColumnTwice { line: sheet.line, name: clip(name) });
            }
        }
        Ok(sheet)
    }

    /// Where a column stands, by its lower-case name.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.get(name).copied()
    }

    /// Where the columns stand, or which are not there.
    pub(super) fn need(&self, names: &[&str]) -> Result<Vec<usize>, FileError> {
        let missing: Vec<String> = names
            .iter()
            .filter(|name| self.column(&name.to_lowercase()).is_none())
            .map(|name| (*name).to_owned())
            .collect();
        if missing.is_empty() {
            return Ok(names.iter().filter_map(|n| self.column(&n.to_lowercase())).collect());
        }
        let found = self.headers.iter().take(40).map(|name| clip(name)).collect();
        Err(FileError::MissingColumns { line: self.line, missing, found })
    }

    /// The trimmed cell of the current row; empty when the column or the cell is not there.
    pub(super) fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.record.get(at)).unwrap_or("").trim()
    }

    /// The column's name as the file spells it.
    pub(super) fn name(&self, column: Option<usize>) -> Option<String> {
        column.and_then(|at| self.headers.get(at)).map(|name| clip(name))
    }

    /// Goes to the next row that can be read; rows that cannot are reported. False at the end.
    pub(super) fn next(
        &mut self,
        intake: &mut Intake,
        progress: &mut Progress,
    ) -> Result<bool, FileError> {
        while self.advance()? {
            if self.rows > ROWS_MAX {
                return Err(FileError::TooManyRows);
            }
            if self.rows.is_multiple_of(PROGRESS_ROWS) {
                self.report(progress)?;
            }
            if self.fits(intake) {
                return Ok(true);
            }
            intake.refuse_row();
        }
        self.report(progress)?;
        Ok(false)
    }

    fn report(&self, progress: &mut Progress) -> Result<(), FileError> {
        match progress(self.rows) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(FileError::Cancelled { rows: self.rows }),
        }
    }

    /// Reads the next row that is not blank.
    fn advance(&mut self) -> Result<bool, FileError> {
        loop {
            let start = self.reader.position().byte();
            let more = self.reader.read_record(&mut self.record).map_err(|error| {
                FileError::Unreadable { line: self.line, cause: error.to_string() }
            })?;
            if !more {
                return Ok(false);
            }
            // The position of a record is where its reading began: before blank lines, if any.
            let blank = self.blank_lines(start);
            self.line = self.record.position().map_or(0, csv::Position::line) + blank;
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                self.rows += 1;
                return Ok(true);
            }
        }
    }

    fn blank_lines(&self, start: u64) -> u64 {
        let rest = usize::try_from(start).ok().and_then(|at| self.text.as_bytes().get(at..));
        let leading = rest.unwrap_or_default().iter().take_while(|b| matches!(b, b'\n' | b'\r'));
        leading.filter(|&&b| b == b'\n').count() as u64
    }

    /// Whether the row has the shape of the header; says so when not.
    fn fits(&self, intake: &mut Intake) -> bool {
        let line = self.line;
        for (at, cell) in self.record.iter().enumerate() {
            if cell.len() > CELL_BYTES_MAX {
                let message = format!("the cell has {} bytes", cell.len());
                let expected = format!("at most {CELL_BYTES_MAX}");
                intake.error(line, self.name(Some(at)), cell, &message, &expected);
                self.report_open_quote(intake);
                return false;
            }
        }
        if self.report_open_quote(intake) {
            return false;
        }
        let extra =
            self.record.iter().skip(self.headers.len()).find(|cell| !cell.trim().is_empty());
        if self.record.len() < self.headers.len() || extra.is_some() {
            let message = format!("the row has {} cells", self.record.len());
            let expected = format!("{}, as the header", self.headers.len());
            intake.error(line, None, extra.unwrap_or(""), &message, &expected);
            return false;
        }
        true
    }

    /// A quote that is never closed swallows all the lines after it; only the last row can have one.
    fn report_open_quote(&self, intake: &mut Intake) -> bool {
        let end = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let start = self.record.position().map_or(0, csv::Position::byte);
        if end < self.text.len() {
            return false;
        }
        let Some(row) = usize::try_from(start).ok().and_then(|at| self.text.as_bytes().get(at..))
        else {
            return false;
        };
        let open = ends_inside_quotes(row, self.delimiter);
        if open {
            let message = "a quote is opened in this row and never closed; all that follows was \
                           read as one cell";
            intake.error(self.line, None, "", message, "a closing \" after the cell's text");
        }
        open
    }
}

/// The delimiter that the first line uses most, outside quotes; commas when in doubt.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut best = (b',', 0);
    for candidate in [b',', b';', b'\t'] {
        let mut quoted = false;
        let mut count = 0;
        for byte in first.bytes() {
            quoted ^= byte == b'"';
            count += u32::from(byte == candidate && !quoted);
        }
        if count > best.1 {
            best = (candidate, count);
        }
    }
    best.0
}

fn ends_inside_quotes(row: &[u8], delimiter: u8) -> bool {
    #[derive(PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        MaybeEnd,
    }
    let mut at = At::Start;
    for &byte in row {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::MaybeEnd,
            (At::Quoted, _) => At::Quoted,
            (At::MaybeEnd, b'"') => At::Quoted,
            (At::Start, b'"') => At::Quoted,
            (_, b) if b == delimiter || b == b'\n' || b == b'\r' => At::Start,
            _ => At::Plain,
        };
    }
    at == At::Quoted
}

pub(super) fn clip(text: &str) -> String {
    text.chars().take(80).collect()
}
