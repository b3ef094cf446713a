//! One rule set as it stands: its place in its life, its document taken apart, and what was made
//! of it so far. Never changes; an edit makes the next one.

use std::sync::{Arc, OnceLock};

use api::error::{ErrorBody, ErrorCode};
use api::rules::{RuleEdit, RuleProblem, RuleSet, RuleSetState, RuleSetSummary};

use super::draft::{self, Draft};
use crate::{Answer, failure};

/// A rule set that can decide, and its index.
pub(crate) struct Ready {
    pub(crate) rules: pricing::RuleSet,
    pub(crate) index: pricing::Index,
}

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Sheet {
    pub(crate) summary: RuleSetSummary,
    content: Arc<Content>,
}

struct Content {
    /// Taken apart, or why it cannot be.
    draft: Result<Draft, ErrorBody>,
    text: OnceLock<Arc<str>>,
    ready: OnceLock<Result<Arc<Ready>, Vec<RuleProblem>>>,
}

impl Content {
    fn of(draft: Result<Draft, ErrorBody>, text: OnceLock<Arc<str>>) -> Arc<Self> {
        Arc::new(Self { draft, text, ready: OnceLock::new() })
    }
}

impl Sheet {
    /// Takes a document apart: some 100 ms for one of 10,000 rules.
    pub(crate) fn read(summary: RuleSetSummary, text: Arc<str>) -> Self {
        let draft = Draft::parse(&text);
        let content = Content::of(draft, OnceLock::from(text));
        Self { summary, content }.counted()
    }

    /// The same document at another place of its life.
    pub(crate) fn with_summary(&self, summary: RuleSetSummary) -> Self {
        Self { summary, content: Arc::clone(&self.content) }.counted()
    }

    /// # Errors
    /// `NotAllowedNow` when it is out of draft; else as [`Draft::edited`], and `Invalid` on `name`.
    pub(crate) fn edited(&self, edits: &[RuleEdit], name: Option<&str>) -> Answer<Self> {
        must_be_draft(self.summary.state)?;
        let mut summary = self.summary.clone();
        if let Some(name) = name {
            let name = name.trim();
            let length = name.chars().count();
            if length == 0 || length > 120 || name.chars().any(char::is_control) {
                let message = "A name has 1 to 120 characters, no control characters.";
                return Err(failure::invalid("name", message));
            }
            name.clone_into(&mut summary.name);
        }
        if edits.is_empty() {
            return Ok(Self { summary, content: Arc::clone(&self.content) });
        }
        let draft = self.draft()?.edited(edits)?;
        Ok(Self { summary, content: Content::of(Ok(draft), OnceLock::new()) }.counted())
    }

    /// Whether a person who reads the one has read the other: name, state and rules are the same.
    pub(super) fn reads_as(&self, other: &Self) -> bool {
        let place = |sheet: &Self| (sheet.summary.name.clone(), sheet.summary.state);
        // what was read or laid anew is another copy of the same words
        let same = || Arc::ptr_eq(&self.content, &other.content) || self.text() == other.text();
        place(self) == place(other) && same()
    }

    fn counted(mut self) -> Self {
        if let Ok(draft) = &self.content.draft {
            self.summary.rules = i64::try_from(draft.len()).unwrap_or(i64::MAX);
        }
        self
    }

    pub(crate) fn draft(&self) -> Answer<&Draft> {
        self.content.draft.as_ref().map_err(Clone::clone)
    }

    pub(crate) fn text(&self) -> Arc<str> {
        let written = || {
            let draft = self.content.draft.as_ref();
            draft.map(Draft::text).unwrap_or_default().into()
        };
        Arc::clone(self.content.text.get_or_init(written))
    }

    pub(crate) fn problems(&self) -> Vec<RuleProblem> {
        match &self.content.draft {
            Ok(draft) => draft.problems(),
            Err(_) => draft::problems(&self.text()),
        }
    }

    pub(crate) fn wire(&self) -> RuleSet {
        RuleSet {
            summary: self.summary.clone(),
            document: self.text().to_string(),
            problems: self.problems(),
        }
    }

    /// Ready to decide; compiled at the first call, on the caller's thread.
    ///
    /// # Errors
    /// `NotAllowedNow` with the first fault's `pointer`, while the document has faults.
    pub(crate) fn ready(&self) -> Answer<Arc<Ready>> {
        let compiled = || {
            let set = match &self.content.draft {
                Ok(draft) => draft.rule_set(),
                Err(_) => Err(self.problems()),
            };
            set.map(|rules| Arc::new(Ready { index: pricing::Index::new(&rules), rules }))
        };
        self.content.ready.get_or_init(compiled).clone().map_err(|faults| {
            let message = match faults.first() {
                Some(fault) => {
                    format!("The rules have faults. The first: {}.", fault.message)
                }
                None => "The rules have faults.".to_owned(),
            };
            let pointer = faults.first().map(|f| f.pointer.clone()).unwrap_or_default();
            ErrorBody::new(ErrorCode::NotAllowedNow, message)
                .with("state", "faults")
                .with("pointer", pointer)
        })
    }
}

/// Versions never change.
pub(super) fn must_be_draft(state: RuleSetState) -> Answer<()> {
    if state == RuleSetState::Draft {
        return Ok(());
    }
    let message = "This version is fixed: copy it into a new draft to change it.";
    let state = serde_json::to_value(state).unwrap_or_default();
    Err(ErrorBody::new(ErrorCode::NotAllowedNow, message)
        .with("state", state.as_str().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"{"schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
        "rules": [{"id": "all", "guardrails": {"max_discount": "0.25"}}]}"#;

    /// A sync in the middle of an edit has rules read anew: they are what the person has read.
    #[test]
    fn another_copy_of_the_same_words_reads_the_same() {
        let known = crate::rules::open::known("01a2", "Ada");
        let set: RuleSet = serde_json::from_value(known).unwrap();
        let read = |text: &str| Sheet::read(set.summary.clone(), text.into());
        let sheet = read(RULES);
        assert!(sheet.reads_as(&sheet.clone()) && sheet.reads_as(&read(RULES)));
        let named = sheet.edited(&[], Some("Winter")).unwrap();
        assert!(!sheet.reads_as(&named), "another name");
        assert!(named.reads_as(&read(RULES).edited(&[], Some("Winter")).unwrap()));
        assert!(!sheet.reads_as(&read(&RULES.replace("0.25", "0.26"))), "another rule");
        let active = RuleSetSummary { state: RuleSetState::Active, ..set.summary.clone() };
        assert!(!sheet.reads_as(&sheet.with_summary(active)), "another state");
    }
}
