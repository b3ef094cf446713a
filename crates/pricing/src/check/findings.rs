//! What a check found: the shapes that the command line prints, the console shows and a review
//! keeps. Must never judge anything.

use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::trace::PolicyKey;

/// The result of one check. Serialises as the findings JSON; `notes` only where there are any.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Findings {
    /// In the order of [`FindingKind`], then of the rules' ids, then of the keys.
    pub findings: Vec<Finding>,
    /// How many rules the set has.
    pub rules: usize,
    /// How many products the catalogue has; 0 without one.
    pub products: usize,
    /// Milliseconds that the check took; 0 until the caller, who has the clock, says.
    pub elapsed_ms: u64,
    /// What else a reader must know: what was left out, and names that nothing else mentions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Findings {
    /// Whether any finding forbids the rule set to go live.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// One conflict, or one place where the rules say nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    pub kind: FindingKind,
    pub severity: Severity,
    pub verdict: Verdict,
    /// Rule ids in the order that the kind gives them; an id stands twice where one rule is both.
    pub rules: Vec<String>,
    /// The policy key in question, for the kinds that have one.
    pub key: Option<PolicyKey>,
    /// How many products of the catalogue it touches; 0 without a catalogue.
    pub products: usize,
    /// Complete facts that show it when decided on; none for `shadowed`, `redundant`,
    /// `unreachable`, for duplicates that match nothing, and where the verdict is undecided.
    pub witness: Option<Facts>,
    /// The finding in plain English.
    pub explain: String,
}

/// What is wrong, in the order in which findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// One rule's floor is above another's ceiling where both match.
    Contradiction,
    /// A margin is asked of a product whose cost is not known.
    MissingCost,
    /// The floor that binds is below the unit cost.
    BelowCost,
    /// Two rules of equal rank set a policy key differently.
    Ambiguity,
    /// The settled prices do not stand in order.
    Bands,
    /// No rule gives a floor.
    Gap,
    /// A policy that always yields to rules of higher rank.
    Shadowed,
    /// Guardrails that one other rule always outdoes.
    Redundant,
    /// Two rules that say the same.
    Duplicate,
    /// A rule that matches nothing.
    Unreachable,
}

impl FindingKind {
    pub const ALL: [Self; 10] = [
        Self::Contradiction,
        Self::MissingCost,
        Self::BelowCost,
        Self::Ambiguity,
        Self::Bands,
        Self::Gap,
        Self::Shadowed,
        Self::Redundant,
        Self::Duplicate,
        Self::Unreachable,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::MissingCost => "missing_cost",
            Self::BelowCost => "below_cost",
            Self::Ambiguity => "ambiguity",
            Self::Bands => "bands",
            Self::Gap => "gap",
            Self::Shadowed => "shadowed",
            Self::Redundant => "redundant",
            Self::Duplicate => "duplicate",
            Self::Unreachable => "unreachable",
        }
    }

    pub fn severity(self) -> Severity {
        match self {
            Self::Contradiction | Self::MissingCost => Severity::Error,
            Self::BelowCost | Self::Ambiguity | Self::Bands | Self::Gap => Severity::Warning,
            Self::Shadowed | Self::Redundant | Self::Duplicate | Self::Unreachable => {
                Severity::Info
            }
        }
    }

    /// Whether it compares a product's list price or cost, and so needs a catalogue. Ambiguity
    /// does for its price keys alone.
    pub fn needs_catalog(self) -> bool {
        matches!(
            self,
            Self::Contradiction
                | Self::MissingCost
                | Self::BelowCost
                | Self::Bands
                | Self::Redundant
        )
    }
}

/// How much a finding matters: an error blocks review, a warning is acknowledged by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Error,
    Warning,
    Info,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// Whether the finding is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Certain,
    /// The step budget ended before the finding was proven or ruled out.
    Undecided,
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Undecided => "undecided",
        }
    }
}
