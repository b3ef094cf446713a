//! A rule set's document kept apart by rules: changing one reads one, and every other stays as it
//! was written, letter by letter, unknown keys and faults too. Pure.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use api::error::{ErrorBody, ErrorCode};
use api::rules::{DOCUMENT_BYTES_MAX, RuleEdit, RuleProblem};
use pricing::{Piece, PieceReader};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::{Answer, failure};

/// Faults told of one document.
const PROBLEMS_MAX: usize = 200;

/// Cheap to clone: the rules are shared.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The document's keys in their order; `rules` has no value here.
    frame: Vec<(String, Option<Arc<RawValue>>)>,
    reader: PieceReader,
    rules: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// As written; empty where it is no text.
    id: Arc<str>,
    text: Arc<str>,
    piece: Arc<Piece>,
}

impl Draft {
    /// # Errors
    /// `Invalid` on `document` when it is no JSON object with one list of rules: it can only be
    /// replaced as a whole.
    pub(crate) fn parse(text: &str) -> Answer<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Keys(keys) = serde_json::from_str(text).map_err(|e| unfit(&e.to_string()))?;
        let mut lists = keys.iter().filter(|(key, _)| key == "rules");
        let (Some((_, list)), None) = (lists.next(), lists.next()) else {
            return Err(unfit("it has no list of rules, or more than one"));
        };
        let list: Vec<&RawValue> =
            serde_json::from_str(list.get()).map_err(|_| unfit("its rules are no list"))?;
        let texts: Vec<Arc<str>> = list.into_iter().map(|raw| Arc::from(raw.get())).collect();
        let frame: Vec<_> = keys
            .into_iter()
            .map(|(key, value)| {
                let value = (key != "rules").then(|| Arc::from(value));
                (key, value)
            })
            .collect();
        let reader = PieceReader::new(&written(&frame, std::iter::empty(), 0));
        let rules = texts.into_iter().map(|text| Entry::read(&reader, text)).collect();
        Ok(Self { frame, reader, rules })
    }

    /// The document: a rule on a line of its own, unless it was written over several.
    pub(crate) fn text(&self) -> String {
        let bytes = self.rules.iter().map(|rule| rule.text.len() + 8).sum();
        written(&self.frame, self.rules.iter().map(|rule| &*rule.text), bytes)
    }

    /// Those without a fault, in the document's order.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &pricing::Rule> {
        self.rules.iter().filter_map(|entry| entry.piece.rule())
    }

    pub(crate) fn len(&self) -> usize {
        self.rules.len()
    }

    /// At most 200, in order of place.
    pub(crate) fn problems(&self) -> Vec<RuleProblem> {
        wire(self.reader.faults(self.rules.iter().map(|rule| &*rule.piece)))
    }

    /// # Errors
    /// The faults.
    pub(crate) fn rule_set(&self) -> Result<pricing::RuleSet, Vec<RuleProblem>> {
        self.reader.rule_set(self.rules.iter().map(|rule| &*rule.piece)).map_err(wire)
    }

    /// Applies the edits one after the other, all of them or none. Of two rules with one id the
    /// first is meant.
    ///
    /// # Errors
    /// `Invalid` with `rule` where a rule's text is no JSON object; `TooLarge`.
    pub(crate) fn edited(&self, edits: &[RuleEdit]) -> Answer<Self> {
        let mut rules: Vec<Option<Entry>> = self.rules.iter().cloned().map(Some).collect();
        let mut places = Places::of(&self.rules);
        for edit in edits {
            let place = places.first(&edit.rule_id);
            let Some(text) = &edit.rule else {
                if let Some(place) = place {
                    places.take(&edit.rule_id);
                    rules[place] = None;
                }
                continue;
            };
            let entry = Entry::read(&self.reader, object(&edit.rule_id, text)?);
            if place.is_some() {
                places.take(&edit.rule_id);
            }
            let place = place.unwrap_or(rules.len());
            places.put(&entry.id, place);
            match rules.get_mut(place) {
                Some(slot) => *slot = Some(entry),
                None => rules.push(Some(entry)),
            }
        }
        let frame = self.frame.clone();
        let reader = self.reader.clone();
        let edited = Self { frame, reader, rules: rules.into_iter().flatten().collect() };
        edited.within_limits()
    }

    fn within_limits(self) -> Answer<Self> {
        let bytes: usize = self.rules.iter().map(|rule| rule.text.len() + 6).sum();
        if bytes <= DOCUMENT_BYTES_MAX {
            return Ok(self);
        }
        let message = format!(
            "The rules would have {bytes} bytes; one set holds {DOCUMENT_BYTES_MAX}. Nothing was changed."
        );
        Err(ErrorBody::new(ErrorCode::TooLarge, message))
    }
}

impl Entry {
    fn read(reader: &PieceReader, text: Arc<str>) -> Self {
        let id = serde_json::from_str::<Named>(&text).ok().and_then(|named| named.id);
        // one that names a key twice has an id all the same
        let id = id
            .or_else(|| serde_json::from_str::<serde_json::Value>(&text).ok()?.get("id").cloned());
        let id = id.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
        Self { id: Arc::from(id), piece: Arc::new(reader.read(&text)), text }
    }
}

#[derive(Deserialize)]
struct Named {
    id: Option<serde_json::Value>,
}

/// Where rules stand, by id, in order.
struct Places(HashMap<Arc<str>, Vec<usize>>);

impl Places {
    fn of(rules: &[Entry]) -> Self {
        let mut places: HashMap<Arc<str>, Vec<usize>> = HashMap::with_capacity(rules.len());
        for (place, rule) in rules.iter().enumerate() {
            places.entry(Arc::clone(&rule.id)).or_default().push(place);
        }
        Self(places)
    }

    fn first(&self, id: &str) -> Option<usize> {
        self.0.get(id).and_then(|places| places.first().copied())
    }

    fn take(&mut self, id: &str) {
        if let Some(places) = self.0.get_mut(id) {
            places.remove(0);
        }
    }

    fn put(&mut self, id: &Arc<str>, place: usize) {
        let places = self.0.entry(Arc::clone(id)).or_default();
        let at = places.partition_point(|&other| other < place);
        places.insert(at, place);
    }
}

fn written<'r>(
    frame: &[(String, Option<Arc<RawValue>>)],
    rules: impl Iterator<Item = &'r str>,
    bytes: usize,
) -> String {
    let mut out = String::with_capacity(bytes + 256);
    let mut rules = Some(rules);
    for (index, (key, value)) in frame.iter().enumerate() {
        out.push_str(if index == 0 { "{\n  " } else { ",\n  " });
        out.push_str(&serde_json::Value::from(key.as_str()).to_string());
        out.push_str(": ");
        match value {
            Some(value) => out.push_str(value.get()),
            None => {
                out.push('[');
                let mut any = false;
                for rule in rules.take().into_iter().flatten() {
                    out.push_str(if any { ",\n    " } else { "\n    " });
                    out.push_str(rule);
                    any = true;
                }
                out.push_str(if any { "\n  ]" } else { "]" });
            }
        }
    }
    out.push_str("\n}\n");
    out
}

fn object(id: &str, text: &str) -> Answer<Arc<str>> {
    let raw: Option<&RawValue> = serde_json::from_str(text).ok();
    match raw.map(RawValue::get) {
        Some(rule) if rule.starts_with('{') => Ok(Arc::from(rule)),
        _ => Err(failure::invalid("rule", "A rule is one JSON object. Nothing was changed.")
            .with("rule_id", id)),
    }
}

fn unfit(why: &str) -> ErrorBody {
    failure::invalid(
        "document",
        format!("This document cannot be changed rule by rule: {why}. Mend it as a whole first."),
    )
}

fn wire(faults: Vec<pricing::Problem>) -> Vec<RuleProblem> {
    faults.into_iter().take(PROBLEMS_MAX).map(RuleProblem::from).collect()
}

/// What is wrong with a document, whatever it is; at most 200, in order of place.
pub(crate) fn problems(document: &str) -> Vec<RuleProblem> {
    wire(pricing::RuleSet::parse(document).err().unwrap_or_default())
}

/// An object's keys in their order, twice where they stand twice.
struct Keys(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Keys;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    keys.push(entry);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FRAME: &str = r#"{ "schema": "souk.rules/1", "note": [1,  2], "currency": "GBP",
        "rules": @, "timezone": "Europe/London", "x-own": {"b": 1, "a": 2} }"#;

    fn document(rules: &[String]) -> String {
        FRAME.replace('@', &format!("[{}]", rules.join(" ,\n")))
    }

    /// The texts of the rules and of all else, letter by letter and in order.
    fn taken_apart(document: &str) -> (Vec<String>, Vec<(String, String)>) {
        let Keys(keys) = serde_json::from_str(document).unwrap();
        let (rules, frame): (Vec<_>, Vec<_>) =
            keys.into_iter().partition(|(key, _)| key == "rules");
        let rules: Vec<Box<RawValue>> = serde_json::from_str(rules[0].1.get()).unwrap();
        let frame = frame.into_iter().map(|(key, value)| (key, value.get().to_owned()));
        (rules.iter().map(|rule| rule.get().to_owned()).collect(), frame.collect())
    }

    fn id_of(rule: &str) -> Option<String> {
        let rule: serde_json::Value = serde_json::from_str(rule).ok()?;
        Some(rule.get("id")?.as_str()?.to_owned())
    }

    /// What a person would do to the list by hand.
    fn by_hand(rules: &mut Vec<String>, edit: &RuleEdit) {
        let place = rules.iter().position(|rule| id_of(rule).as_ref() == Some(&edit.rule_id));
        match (place, &edit.rule) {
            (Some(place), Some(rule)) => rules[place].clone_from(rule),
            (None, Some(rule)) => rules.push(rule.clone()),
            (Some(place), None) => {
                rules.remove(place);
            }
            (None, None) => {}
        }
    }

    fn id() -> impl Strategy<Value = String> {
        "[a-e]"
    }

    /// Whole rules, rules with faults, with keys that nobody knows, laid out oddly.
    fn rule() -> impl Strategy<Value = String> {
        (id(), 0..6, 0..9).prop_map(|(id, shape, number)| match shape {
            0 => format!(r#"{{"id":"{id}","priority": {number}}}"#),
            1 => format!(r#"{{ "priority":{number} , "id" : "{id}", "later":{{"z":1,"y":[ ]}} }}"#),
            2 => format!("{{\n \"id\": \"{id}\",\n \"policy\": {{\"max_rounds\": {number}}}}}"),
            3 => format!(r#"{{"id":"{id}","guardrails":{{"floor":{{"margin":"0.{number}"}}}}}}"#),
            4 => format!(r#"{{"id":"{id}","id":"{id}","guardrails":{{"floor":"{number}"}}}}"#),
            _ => format!(r#"{{"name":"no id {number}"}}"#),
        })
    }

    fn edit() -> impl Strategy<Value = RuleEdit> {
        (id(), prop::option::weighted(0.7, rule()))
            .prop_map(|(rule_id, rule)| RuleEdit { rule_id, rule })
    }

    proptest! {
        #[test]
        fn an_edit_is_what_a_hand_would_have_done(
            rules in prop::collection::vec(rule(), 0..8),
            edits in prop::collection::vec(prop::collection::vec(edit(), 0..4), 0..4),
        ) {
            let mut draft = Draft::parse(&document(&rules)).unwrap();
            let (_, frame) = taken_apart(&document(&rules));
            let mut wanted = rules;
            for edits in &edits {
                draft = draft.edited(edits).unwrap();
                edits.iter().for_each(|edit| by_hand(&mut wanted, edit));
                let (rules, kept) = taken_apart(&draft.text());
                prop_assert_eq!(&rules, &wanted);
                prop_assert_eq!(&kept, &frame, "all else stays as it was written");
                prop_assert_eq!(draft.problems(), problems(&draft.text()));
            }
            let again = Draft::parse(&draft.text()).unwrap();
            prop_assert_eq!(again.text(), draft.text());
        }
    }

    #[test]
    fn one_edit_that_cannot_be_leaves_all_as_it_was() {
        let draft = Draft::parse(&document(&[r#"{"id":"a"}"#.to_owned()])).unwrap();
        let edit = |rule: &str| RuleEdit { rule_id: "a".into(), rule: Some(rule.into()) };
        for bad in ["", "[]", "{", "null", "{} {}", "\"a\""] {
            let error = draft.edited(&[edit(r#"{"id":"b"}"#), edit(bad)]).unwrap_err();
            assert_eq!(error.context["rule_id"], "a", "{bad:?}");
        }
        for bad in ["", "[]", "{}", r#"{"rules": 3}"#, r#"{"rules": [], "rules": []}"#] {
            assert_eq!(Draft::parse(bad).unwrap_err().context["field"], "document", "{bad:?}");
        }
    }
}
