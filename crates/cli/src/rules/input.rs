//! The files that the verbs of `souk rules` read. A fault is told with the file's name, all faults
//! of a file at once; must never go on with half an input. A file named `-` is standard input.

use std::fmt::Display;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use commerce::Currency;
use pricing::{Catalog, RuleSet};

/// Faults printed of one input.
const FAULTS_SHOWN: usize = 1_000;

/// Reads a `souk.rules/1` document.
pub(super) fn rule_set(file: &Path) -> Result<RuleSet, String> {
    let expected = "a souk.rules/1 document";
    let text = String::from_utf8(read(file, expected)?)
        .map_err(|_| format!("{}: not UTF-8; expected {expected}", name(file)))?;
    RuleSet::parse(&text).map_err(|faults| told(file, &faults))
}

/// Reads a `CATALOG.csv` with prices in `currency`.
pub(super) fn catalog(file: &Path, currency: Currency) -> Result<Catalog, String> {
    let bytes = read(file, "a catalogue in CSV")?;
    Catalog::parse(&bytes, currency).map_err(|faults| told(file, &faults))
}

/// Reads both, and tells the faults of both at once: where the rules cannot be read their currency
/// still can, most of the time.
pub(super) fn rules_and_catalog(
    rules: &Path,
    products: Option<&Path>,
) -> Result<(RuleSet, Option<Catalog>), String> {
    let read = rule_set(rules);
    let currency = match &read {
        Ok(set) => Some(set.currency()),
        // what came through a pipe is not there twice
        Err(_) if is_stdin(rules) => None,
        Err(_) => fs::read(rules).ok().and_then(|bytes| {
            let document: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
            document.get("currency")?.as_str()?.parse().ok()
        }),
    };
    let catalog = match (products, currency) {
        (Some(file), Some(currency)) => catalog(file, currency).map(Some),
        _ => Ok(None),
    };
    match (read, catalog) {
        (Ok(set), Ok(catalog)) => Ok((set, catalog)),
        (Err(fault), Ok(_)) | (Ok(_), Err(fault)) => Err(fault),
        (Err(one), Err(other)) => Err(format!("{one}\n{other}")),
    }
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
pub(super) fn read(file: &Path, expected: &str) -> Result<Vec<u8>, String> {
    let read = if is_stdin(file) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(file)
    };
    read.map_err(|error| unreadable(file, expected, &error))
}

pub(super) fn unreadable(file: &Path, expected: &str, error: &io::Error) -> String {
    format!("{}: cannot be read: {error}; expected {expected}", name(file))
}

/// Each fault on a line of its own, after the file's name.
pub(super) fn told(file: &Path, faults: &[impl Display]) -> String {
    let name = name(file);
    let mut lines: Vec<String> =
        faults.iter().take(FAULTS_SHOWN).map(|fault| format!("{name}: {fault}")).collect();
    if faults.len() > FAULTS_SHOWN {
        lines.push(format!("{name}: and {} more", faults.len() - FAULTS_SHOWN));
    }
    lines.join("\n")
}
