//! A validated rule set: the one thing that decisions are made from. A value that exists obeys
//! every limit of the document; building one from parts goes through the same reader as a file.

use std::cmp::Reverse;

use commerce::Currency;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::document::{self, Layout};
use crate::problem::Problem;
use crate::rule::{Rule, Window};

/// A numbered version's content: currency, zone and rules, ready to decide with.
#[derive(Debug, Clone)]
pub struct RuleSet {
    currency: Currency,
    timezone: TimeZone,
    timezone_name: String,
    rules: Vec<Rule>,
    /// Rule indices, highest rank first.
    ranked: Vec<usize>,
    /// For each rule (by index) its window as instants.
    windows: Vec<InstantWindow>,
}

/// A window with its ends resolved in the rule set's zone.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct InstantWindow {
    pub(crate) from: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

impl RuleSet {
    /// Reads a `souk.rules/1` document.
    ///
    /// # Errors
    /// Every fault in it, each with its JSON pointer.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        document::parse(text)
    }

    /// Builds a rule set from parts, such as a form's. The pointers of the faults are those that
    /// the parts have in the document.
    ///
    /// # Errors
    /// As [`RuleSet::parse`].
    pub fn new(
        currency: Currency,
        timezone_name: &str,
        rules: &[Rule],
    ) -> Result<Self, Vec<Problem>> {
        Self::parse(&document::write(currency, timezone_name, rules, Layout::Compact))
    }

    /// The document in canonical form: keys in the order of the page, sets sorted, what is empty
    /// left out. `parse` of it gives an equal rule set.
    pub fn to_json(&self) -> String {
        self.written(Layout::Compact)
    }

    /// As [`RuleSet::to_json`], laid out for people and for version control: a condition, guardrail
    /// or policy key on a line.
    pub fn to_json_pretty(&self) -> String {
        self.written(Layout::Spread)
    }

    fn written(&self, layout: Layout) -> String {
        document::write(self.currency, &self.timezone_name, &self.rules, layout)
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }

    pub fn timezone(&self) -> &TimeZone {
        &self.timezone
    }

    /// The IANA name as written, such as `Europe/London`.
    pub fn timezone_name(&self) -> &str {
        &self.timezone_name
    }

    /// The rules in the order of the document.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The rules, highest rank first: by priority, then specificity, then the smaller id.
    pub fn ranked(&self) -> impl Iterator<Item = &Rule> {
        self.ranked_with_windows().map(|(rule, _)| rule)
    }

    /// Places in [`RuleSet::rules`], highest rank first.
    pub(crate) fn ranking(&self) -> &[usize] {
        &self.ranked
    }

    pub(crate) fn ranked_with_windows(&self) -> impl Iterator<Item = (&Rule, &InstantWindow)> {
        self.ranked.iter().map(|&index| (&self.rules[index], &self.windows[index]))
    }

    /// Puts together what the reader has validated; `windows` go with `rules` by index.
    pub(crate) fn assemble(
        currency: Currency,
        (timezone_name, timezone): (String, TimeZone),
        rules: Vec<Rule>,
        windows: Vec<InstantWindow>,
    ) -> Self {
        let mut ranked: Vec<usize> = (0..rules.len()).collect();
        ranked.sort_by_cached_key(|&index| {
            let rule = &rules[index];
            (Reverse(rule.priority), Reverse(rule.when.dimensions()), rule.id.clone())
        });
        Self { currency, timezone, timezone_name, rules, ranked, windows }
    }
}

/// Equal when they say the same in the same order of rules.
impl PartialEq for RuleSet {
    fn eq(&self, other: &Self) -> bool {
        self.currency == other.currency
            && self.timezone_name == other.timezone_name
            && self.rules == other.rules
    }
}

/// The zone of exactly this IANA name, from the data built into the program.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    let zone = TimeZoneDatabase::bundled().get(name).ok()?;
    (zone.iana_name() == Some(name)).then_some(zone)
}

/// The window's ends as instants: a local time in a gap is shifted forward by the gap's length, in
/// a fold it is the first of the two (RFC 5545, section 3.3.5). `None` beyond the calendar.
pub(crate) fn resolve(window: &Window, zone: &TimeZone) -> Option<InstantWindow> {
    let instant = |local: Option<jiff::civil::DateTime>| match local {
        None => Some(None),
        Some(local) => zone.to_ambiguous_timestamp(local).compatible().ok().map(Some),
    };
    Some(InstantWindow { from: instant(window.from)?, until: instant(window.until)? })
}
