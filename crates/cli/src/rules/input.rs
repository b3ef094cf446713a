//! The files that the verbs of `souk rules` read. A fault is told with the file's name, and the faults
//! of all files of a command at once; must never go on with half an input. A file named `-` is
//! standard input.

use std::fmt::Display;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use commerce::Currency;
use pricing::{Catalog, Facts, OrderColumns, RuleSet};

/// Faults printed of one input.
const FAULTS_SHOWN: usize = 1_000;

/// What is wrong with inputs, a line each. None where an input could not be looked at for what is
/// wrong with another.
pub(super) struct Faults(Vec<String>);

pub(super) type Input<T> = Result<T, Faults>;

impl From<Faults> for String {
    fn from(Faults(lines): Faults) -> Self {
        lines.join("\n")
    }
}

/// Both inputs, or the faults of both.
pub(super) fn both<A, B>(one: Input<A>, other: Input<B>) -> Input<(A, B)> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(faults), Ok(_)) | (Ok(_), Err(faults)) => Err(faults),
        (Err(Faults(mut lines)), Err(Faults(more))) => {
            lines.extend(more);
            Err(Faults(lines))
        }
    }
}

/// A `souk.rules/1` document as far as it can be read.
pub(super) struct Rules {
    pub(super) set: Input<RuleSet>,
    /// Which can be told from most documents with faults, too: to read on with.
    pub(super) currency: Option<Currency>,
}

pub(super) fn rules(file: &Path) -> Rules {
    let expected = "a souk.rules/1 document";
    let bytes = match read(file, expected) {
        Ok(bytes) => bytes,
        Err(faults) => return Rules { set: Err(faults), currency: None },
    };
    let set = match std::str::from_utf8(&bytes) {
        Ok(text) => RuleSet::parse(text).map_err(|faults| told(file, &faults)),
        Err(_) => Err(Faults(vec![format!("{}: not UTF-8; expected {expected}", name(file))])),
    };
    let stated = |_: &Faults| stated_currency(&bytes);
    Rules { currency: set.as_ref().map_or_else(stated, |set| Some(set.currency())), set }
}

/// A rule set to compare with one in `currency`.
pub(super) fn baseline(file: &Path, currency: Option<Currency>) -> Input<RuleSet> {
    let set = rules(file).set?;
    match currency.filter(|&currency| currency != set.currency()) {
        None => Ok(set),
        Some(other) => Err(Faults(vec![format!(
            "{}: /currency: {}; expected {other}, as the rules that are replayed",
            name(file),
            set.currency()
        )])),
    }
}

fn stated_currency(document: &[u8]) -> Option<Currency> {
    let text = document.strip_prefix(b"\xef\xbb\xbf").unwrap_or(document);
    let document: serde_json::Value = serde_json::from_slice(text).ok()?;
    document.get("currency")?.as_str()?.parse().ok()
}

/// Reads a `CATALOG.csv` with prices in `currency`; nothing where that is not known.
pub(super) fn catalog(file: &Path, currency: Option<Currency>) -> Input<Catalog> {
    let bytes = read(file, "a catalogue in CSV")?;
    let currency = currency.ok_or(Faults(Vec::new()))?;
    Catalog::parse(&bytes, currency).map_err(|faults| told(file, &faults))
}

/// Reads an `ORDERS.csv` with prices in `currency`; nothing where that is not known.
pub(super) fn orders(file: &Path, currency: Option<Currency>) -> Input<OrderColumns> {
    let bytes = read(file, "order lines in CSV")?;
    let currency = currency.ok_or(Faults(Vec::new()))?;
    OrderColumns::parse(&bytes, currency).map_err(|faults| told(file, &faults))
}

/// Reads `FACTS.jsonl` on products of the catalogue; what is wrong with the facts alone where that
/// could not be read.
pub(super) fn facts(
    file: &Path,
    currency: Option<Currency>,
    catalog: &Input<Catalog>,
) -> Input<Vec<Facts>> {
    let bytes = read(file, "facts, JSON lines")?;
    let currency = currency.ok_or(Faults(Vec::new()))?;
    let facts = match catalog {
        Ok(catalog) => Facts::parse(&bytes, currency, catalog),
        Err(_) => Err(Facts::faults(&bytes, currency)),
    };
    facts.map_err(|faults| told(file, &faults))
}

/// Refuses two inputs from the one standard input.
pub(super) fn one_stdin(files: &[&Path]) -> Result<(), String> {
    if files.iter().filter(|file| is_stdin(file)).count() > 1 {
        return Err(
            "standard input holds one document; expected `-` once, and files beside it".into()
        );
    }
    Ok(())
}

pub(super) fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// What a fault calls the file.
pub(super) fn name(file: &Path) -> String {
    if is_stdin(file) { "standard input".to_owned() } else { file.display().to_string() }
}

/// The whole file; `expected` says what should have been there.
fn read(file: &Path, expected: &str) -> Input<Vec<u8>> {
    let read = if is_stdin(file) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(file)
    };
    read.map_err(|error| {
        Faults(vec![format!("{}: cannot be read: {error}; expected {expected}", name(file))])
    })
}

/// Each fault on a line of its own, after the file's name.
fn told(file: &Path, faults: &[impl Display]) -> Faults {
    let name = name(file);
    let mut lines: Vec<String> =
        faults.iter().take(FAULTS_SHOWN).map(|fault| format!("{name}: {fault}")).collect();
    if faults.len() > FAULTS_SHOWN {
        lines.push(format!("{name}: and {} more", faults.len() - FAULTS_SHOWN));
    }
    Faults(lines)
}
