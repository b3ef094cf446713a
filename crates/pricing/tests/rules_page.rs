//! The worked examples of `docs/reference/rules.md`: each is taken from the page, run, and its
//! results are held against the page whole.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::ControlFlow;

use pricing::{
    Catalog, CheckOptions, Concession, Decision, Facts, FindingKind, Findings, Reason, RuleSet,
    Verdict, check, decide, json_schema,
};
use serde_json::Value;

const PAGE: &str = include_str!("../../../docs/reference/rules.md");
/// How many examples the page has; one that is not recognised would be missing here.
const EXAMPLES: usize = 33;
const HEADING: &str = "### Example ";
const NOW: &str = "2011-01-01T00:00:00Z";
const GIVEN: [&str; 3] = ["rules", "catalogue", "facts"];
const EXPECTED: [&str; 5] = ["decisions", "matched", "findings", "notes", "faults"];

/// Blocks by their kind, the second word after the fence.
type Blocks<'p> = BTreeMap<&'p str, &'p str>;

/// The blocks before the first example, then those of each example.
fn sections(page: &str) -> Vec<Blocks<'_>> {
    let mut sections = vec![Blocks::new()];
    let mut open: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        let begins = at;
        at += line.len();
        let line = line.trim_end();
        match open {
            None if line.starts_with(HEADING) => {
                let number = line[HEADING.len()..].split(':').next().unwrap();
                assert_eq!(number, sections.len().to_string(), "{line}");
                sections.push(Blocks::new());
            }
            None if line.starts_with("```") => {
                let kind = line.split_once(' ').map_or("", |(_, kind)| kind);
                assert!(GIVEN.contains(&kind) || EXPECTED.contains(&kind), "unknown: {line}");
                open = Some((kind, at));
            }
            Some((kind, from)) if line == "```" => {
                let before = sections.last_mut().unwrap().insert(kind, &page[from..begins]);
                assert_eq!(before, None, "{kind} twice");
                open = None;
            }
            _ => {}
        }
    }
    assert_eq!(open, None);
    sections
}

/// What an example comes to, run as `souk rules` runs it.
struct Outcome {
    faults: Vec<String>,
    decisions: Vec<Decision>,
    findings: Option<Findings>,
}

impl Outcome {
    fn faulty(file: &str, faults: &[impl Display]) -> Self {
        let faults = faults.iter().map(|fault| format!("{file}: {fault}\n")).collect();
        Self { faults, decisions: Vec::new(), findings: None }
    }

    fn of(blocks: &Blocks<'_>, catalog: &str) -> Self {
        let rules = match RuleSet::parse(blocks["rules"]) {
            Ok(rules) => rules,
            Err(faults) => return Self::faulty("rules.json", &faults),
        };
        let catalog = match Catalog::parse(catalog.as_bytes(), rules.currency()) {
            Ok(catalog) => catalog,
            Err(faults) => return Self::faulty("catalog.csv", &faults),
        };
        let facts = blocks.get("facts").copied().unwrap_or_default();
        let decisions = match Facts::parse(facts.as_bytes(), rules.currency(), &catalog) {
            Ok(facts) => facts.iter().map(|facts| decide(&rules, facts)).collect(),
            Err(faults) => return Self::faulty("facts.jsonl", &faults),
        };
        let options = CheckOptions::at(NOW.parse().unwrap());
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let findings = check(&rules, Some(&catalog), &options, go_on);
        Self { faults: Vec::new(), decisions, findings }
    }

    fn notes(&self) -> Vec<String> {
        let notes = self.findings.iter().flat_map(|found| &found.notes);
        notes.map(|note| format!("{note}\n")).collect()
    }

    /// Holds a block of the page against what came out.
    fn compare(&self, kind: &str, said: &str) -> Result<(), String> {
        let same = |said: Value, came: Value| {
            if said == came { Ok(()) } else { Err(format!("the page says {said}\nbut {came}")) }
        };
        match kind {
            "faults" => return same(said.into(), self.faults.concat().into()),
            "notes" => return same(said.into(), self.notes().concat().into()),
            _ => {}
        }
        let said: Result<Vec<Value>, _> =
            serde_json::Deserializer::from_str(said).into_iter().collect();
        let said = said.map_err(|error| error.to_string())?;
        let came: Vec<Value> = match kind {
            "findings" => {
                let found = self.findings.iter().flat_map(|found| &found.findings);
                found.map(|finding| serde_json::to_value(finding).unwrap()).collect()
            }
            "matched" => self.decisions.iter().map(|one| one.matched.clone().into()).collect(),
            _ => self.decisions.iter().map(|one| serde_json::to_value(one).unwrap()).collect(),
        };
        if said.len() != came.len() {
            return Err(format!(
                "the page has {} {kind}, {} came: {came:?}",
                said.len(),
                came.len()
            ));
        }
        said.into_iter().zip(came).try_for_each(|(said, mut came)| {
            shorten(&said, &mut came);
            same(said, came)
        })
    }
}

/// Leaves out what the page says that it leaves out.
fn shorten(said: &Value, came: &mut Value) {
    if let Some(came) = came.as_object_mut() {
        if said.get("trace").is_none() {
            came.remove("trace");
        }
        if said["witness"] == "…" && came["witness"].is_object() {
            came["witness"] = "…".into();
        }
    }
}

/// Each example with what came of it.
fn run() -> Vec<(Blocks<'static>, Outcome)> {
    let mut sections = sections(PAGE).into_iter();
    let shared = sections.next().unwrap();
    assert_eq!(shared.keys().copied().collect::<Vec<_>>(), ["catalogue"]);
    sections
        .map(|blocks| {
            let catalog = blocks.get("catalogue").unwrap_or(&shared["catalogue"]);
            let outcome = Outcome::of(&blocks, catalog);
            (blocks, outcome)
        })
        .collect()
}

fn expected<'b>(blocks: &'b Blocks<'_>) -> impl Iterator<Item = (&'b str, &'b str)> {
    blocks.iter().map(|(&kind, &said)| (kind, said)).filter(|(kind, _)| EXPECTED.contains(kind))
}

#[test]
fn every_example_comes_out_as_the_page_says() {
    let examples = run();
    assert_eq!(examples.len(), EXAMPLES);
    let fences = PAGE.lines().filter(|line| line.starts_with("```")).count();
    let blocks: usize = examples.iter().map(|(blocks, _)| blocks.len()).sum();
    assert_eq!(fences, 2 * (blocks + 1), "a block is not recognised");
    for (number, (blocks, outcome)) in (1..).zip(&examples) {
        assert!(expected(blocks).count() > 0, "example {number} shows no result");
        for (kind, said) in expected(blocks) {
            outcome.compare(kind, said).unwrap_or_else(|e| panic!("example {number}, {kind}: {e}"));
        }
        let told = |kind: &str| blocks.contains_key(kind);
        assert_eq!(outcome.faults.is_empty(), !told("faults"), "example {number}");
        if told("facts") {
            assert!(told("decisions") || told("matched") || told("faults"), "example {number}");
        }
        if told("findings") {
            assert_eq!(outcome.notes().is_empty(), !told("notes"), "example {number}");
        }
    }
}

#[test]
fn a_letter_or_a_figure_wrong_on_the_page_is_noticed() {
    let mut changed = 0;
    for (number, (blocks, outcome)) in (1..).zip(&run()) {
        for (kind, said) in expected(blocks) {
            for (at, letter) in said.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
                let other = if letter == '0' { "1" } else { "0" };
                let wrong = [&said[..at], other, &said[at + 1..]].concat();
                assert!(outcome.compare(kind, &wrong).is_err(), "example {number}: {wrong}");
                changed += 1;
            }
            let (_, less) = said.split_once('\n').unwrap();
            assert!(outcome.compare(kind, less).is_err(), "example {number}: {less}");
        }
    }
    assert!(changed > 5_000, "{changed}");
}

#[test]
fn the_examples_show_each_finding_and_each_reason() {
    let examples = run();
    let came = |word: &str| {
        let quoted = format!("\"{word}\"");
        examples
            .iter()
            .flat_map(|(blocks, _)| expected(blocks))
            .any(|(_, said)| said.contains(&quoted))
    };
    for kind in FindingKind::ALL {
        assert!(came(kind.as_str()), "no example of {}", kind.as_str());
    }
    for reason in [Reason::MissingCost, Reason::Contradiction, Reason::NoFloor] {
        assert!(came(reason.as_str()), "no example of {}", reason.as_str());
    }
    for (kind, severity) in FindingKind::ALL.map(|kind| (kind.as_str(), kind.severity().as_str())) {
        let row = format!("\n| `{kind}` | {severity} |");
        assert!(PAGE.contains(&row), "the table says otherwise of {kind}, which is {severity}");
    }
    assert!(PAGE.contains("\"trace\": ["), "no example shows a trace");
}

/// The names of all properties anywhere in a schema.
fn properties(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(entries) => {
            for (key, value) in entries {
                if let ("properties", Value::Object(named)) = (key.as_str(), value) {
                    found.extend(named.keys().cloned());
                }
                properties(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| properties(item, found)),
        _ => {}
    }
}

#[test]
fn the_page_names_every_key_and_every_word_of_the_document() {
    let mut words = Vec::new();
    properties(&json_schema(), &mut words);
    assert!(words.len() > 40, "{words:?}");
    words.extend([Verdict::Certain, Verdict::Undecided].map(|v| v.as_str().to_owned()));
    for word in words {
        let named = [format!("`{word}`"), format!("{{\"{word}\": ")];
        assert!(named.iter().any(|name| PAGE.contains(name)), "{word} is not on the page");
    }
    for concession in Concession::ALL {
        assert!(PAGE.contains(&format!("`\"{}\"`", concession.as_str())));
    }
}
