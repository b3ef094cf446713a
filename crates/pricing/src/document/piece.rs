//! A document read rule by rule, for who edits one: a rule that stays is not read again. What comes
//! of the pieces together is what [`super::parse`] makes of the document as a whole.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use commerce::Currency;
use jiff::tz::TimeZone;

use super::{RULES_MAX, read};
use crate::json::{Node, Place, Reader};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::rule_set::{InstantWindow, RuleSet};

/// Reads rules one by one, in the currency and zone of their document.
#[derive(Debug, Clone)]
pub struct PieceReader {
    currency: Option<Currency>,
    timezone: Option<(String, TimeZone)>,
    /// Faults of the document beside its rules.
    faults: Vec<Problem>,
}

/// One rule of a document, read, with its faults; their pointers begin at the rule.
#[derive(Debug, Clone)]
pub struct Piece {
    rule: Option<Rule>,
    window: InstantWindow,
    faults: Vec<Problem>,
}

impl Piece {
    /// Empty where the rule has none that can be read.
    pub fn id(&self) -> &str {
        self.rule.as_ref().map_or("", |rule| rule.id.as_str())
    }

    /// The rule, where it has no fault.
    pub fn rule(&self) -> Option<&Rule> {
        self.rule.as_ref().filter(|_| self.faults.is_empty())
    }
}

impl PieceReader {
    /// `frame` is the document with an empty list of rules.
    pub fn new(frame: &str) -> Self {
        let mut reader = Reader::default();
        let node = match Node::parse(frame) {
            Ok(node) => node,
            Err(problem) => {
                return Self { currency: None, timezone: None, faults: vec![problem] };
            }
        };
        let (currency, timezone) = read::frame(&mut reader, &node);
        Self { currency, timezone, faults: reader.problems }
    }

    /// Reads one rule's JSON.
    pub fn read(&self, text: &str) -> Piece {
        let mut reader = Reader::default();
        let node = match Node::parse(text) {
            Ok(node) => node,
            Err(problem) => {
                let window = InstantWindow::default();
                return Piece { rule: None, window, faults: vec![problem] };
            }
        };
        let money = self.currency.unwrap_or(Currency::GBP);
        let rule = read::rule(&mut reader, &node, &Place::Root, money);
        let timezone = self.timezone.as_ref().map(|(_, zone)| zone);
        let window = rule.as_ref().map_or_else(InstantWindow::default, |rule| {
            read::instants(&mut reader, rule, &Place::Root, timezone)
        });
        Piece { rule, window, faults: reader.problems }
    }

    /// The faults of the whole, with the pointers that they have in the document.
    pub fn faults<'p>(&self, pieces: impl ExactSizeIterator<Item = &'p Piece>) -> Vec<Problem> {
        let mut faults = self.faults.clone();
        if pieces.len() > RULES_MAX {
            faults.push(read::too_many(pieces.len()));
            return faults;
        }
        let mut seen = HashMap::with_capacity(pieces.len());
        for (index, piece) in pieces.enumerate() {
            for fault in &piece.faults {
                let pointer = format!("/rules/{index}{}", fault.pointer);
                faults.push(Problem { pointer, ..fault.clone() });
            }
            if piece.id().is_empty() {
                continue;
            }
            match seen.entry(piece.id()) {
                Entry::Vacant(entry) => drop(entry.insert(index)),
                Entry::Occupied(mut entry) => {
                    let first = entry.insert(index);
                    faults.push(read::id_twice(piece.id(), first, index));
                }
            }
        }
        faults
    }

    /// The rule set, where nothing is at fault.
    ///
    /// # Errors
    /// As [`RuleSet::parse`].
    pub fn rule_set<'p>(
        &self,
        pieces: impl ExactSizeIterator<Item = &'p Piece> + Clone,
    ) -> Result<RuleSet, Vec<Problem>> {
        let faults = self.faults(pieces.clone());
        let (Some(currency), Some(timezone), true) =
            (self.currency, self.timezone.clone(), faults.is_empty())
        else {
            return Err(faults);
        };
        let (rules, windows) =
            pieces.filter_map(|piece| Some((piece.rule.clone()?, piece.window))).unzip();
        Ok(RuleSet::assemble(currency, timezone, rules, windows))
    }
}
