//! The wire's findings from what `pricing::check` answers: one conversion for service and console.

use super::{Finding, FindingKind, Findings, Fix, RuleEdit, SaleFacts, Severity, Verdict};

/// The most findings that are listed; the others are counted.
const LISTED_MAX: usize = 2_000;

impl Findings {
    /// Errors first, then warnings; within each the order of `pricing`. No mends are proposed.
    pub fn of(found: &pricing::Findings, elapsed_ms: i64) -> Self {
        Self::mended(found, elapsed_ms, |_| Vec::new())
    }

    /// As [`Findings::of`], with the mends that `fixes` proposes for each finding listed.
    pub fn mended(
        found: &pricing::Findings,
        elapsed_ms: i64,
        mut fixes: impl FnMut(&pricing::Finding) -> Vec<pricing::Fix>,
    ) -> Self {
        let mut listed = |one: &pricing::Finding| Finding {
            fixes: fixes(one).iter().map(Fix::from).collect(),
            ..Finding::from(one)
        };
        let of =
            |severity| count(found.findings.iter().filter(|one| one.severity == severity).count());
        let mut ordered: Vec<&pricing::Finding> = found.findings.iter().collect();
        ordered.sort_by_key(|one| one.severity);
        Self {
            findings: ordered.into_iter().take(LISTED_MAX).map(&mut listed).collect(),
            total: count(found.findings.len()),
            errors: of(pricing::Severity::Error),
            warnings: of(pricing::Severity::Warning),
            rules: count(found.rules),
            products: count(found.products),
            elapsed_ms,
            notes: found.notes.clone(),
        }
    }
}

impl From<&pricing::Finding> for Finding {
    fn from(found: &pricing::Finding) -> Self {
        Self {
            kind: found.kind.into(),
            severity: match found.severity {
                pricing::Severity::Error => Severity::Error,
                pricing::Severity::Warning => Severity::Warning,
                pricing::Severity::Info => Severity::Info,
            },
            verdict: match found.verdict {
                pricing::Verdict::Certain => Verdict::Certain,
                pricing::Verdict::Undecided => Verdict::Undecided,
            },
            rules: found.rules.clone(),
            key: found.key.map(|key| key.as_str().to_owned()),
            products: count(found.products),
            witness: found.witness.as_ref().map(SaleFacts::from),
            explain: found.explain.clone(),
            fixes: Vec::new(),
        }
    }
}

impl From<&pricing::Fix> for Fix {
    fn from(fix: &pricing::Fix) -> Self {
        let edits = fix.edits.iter().map(|(id, rule)| RuleEdit {
            rule_id: id.clone(),
            rule: rule.as_ref().map(pricing::Rule::to_json),
        });
        Self { label: fix.label.clone(), edits: edits.collect() }
    }
}

impl From<pricing::FindingKind> for FindingKind {
    fn from(kind: pricing::FindingKind) -> Self {
        match kind {
            pricing::FindingKind::Contradiction => Self::Contradiction,
            pricing::FindingKind::MissingCost => Self::MissingCost,
            pricing::FindingKind::BelowCost => Self::BelowCost,
            pricing::FindingKind::Ambiguity => Self::Ambiguity,
            pricing::FindingKind::Bands => Self::Bands,
            pricing::FindingKind::Gap => Self::Gap,
            pricing::FindingKind::Shadowed => Self::Shadowed,
            pricing::FindingKind::Redundant => Self::Redundant,
            pricing::FindingKind::Duplicate => Self::Duplicate,
            pricing::FindingKind::Unreachable => Self::Unreachable,
        }
    }
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(severity: pricing::Severity, rule: &str) -> pricing::Finding {
        pricing::Finding {
            kind: pricing::FindingKind::Ambiguity,
            severity,
            verdict: pricing::Verdict::Certain,
            rules: vec![rule.to_owned()],
            key: Some(pricing::PolicyKey::AcceptAt),
            products: 1,
            witness: None,
            explain: String::new(),
        }
    }

    #[test]
    fn errors_stand_first_and_what_is_not_listed_is_counted() {
        let infos = (0..LISTED_MAX).map(|n| found(pricing::Severity::Info, &format!("r{n}")));
        let mut findings: Vec<pricing::Finding> = infos.collect();
        findings.push(found(pricing::Severity::Warning, "w"));
        findings.push(found(pricing::Severity::Error, "e"));
        let all = pricing::Findings {
            findings,
            rules: 3,
            products: 4,
            elapsed_ms: 0,
            notes: vec!["A note.".to_owned()],
        };
        let wire = Findings::of(&all, 7);
        assert_eq!(wire.findings.len(), LISTED_MAX);
        assert_eq!((wire.total, wire.errors, wire.warnings), (2_002, 1, 1));
        assert_eq!(
            (wire.findings[0].rules[0].as_str(), wire.findings[1].severity),
            ("e", Severity::Warning)
        );
        assert_eq!(wire.findings[0].key.as_deref(), Some("accept_at"));
        assert_eq!((wire.elapsed_ms, wire.notes.len()), (7, 1));
    }
}
