//! A simple draft: floors, ceilings and accept bands per category and segment, one rule each, as
//! the form of a first rule set offers them.

use commerce::Currency;
use rust_decimal::Decimal;

use crate::problem::Problem;
use crate::rule::{Guardrails, OneOf, Policy, Rule, Segments, When};
use crate::rule_set::RuleSet;
use crate::term::PriceTerm;

/// One line of the form. With neither category nor segment it is for everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Band {
    /// A category path; it and everything under it.
    pub category: Option<String>,
    pub segment: Option<String>,
    pub priority: i64,
    pub floor: Option<PriceTerm>,
    pub ceiling: Option<PriceTerm>,
    /// A fraction of the list price, 0 to 1.
    pub max_discount: Option<Decimal>,
    pub target: Option<PriceTerm>,
    pub accept_at: Option<PriceTerm>,
    pub decline_below: Option<PriceTerm>,
    pub escalate_at: Option<PriceTerm>,
}

impl Band {
    /// The rule that the line stands for. Its id is `category:segment` with `*` for any, so two
    /// lines for the same customers and goods are told as duplicates.
    pub fn rule(&self) -> Rule {
        let part = |name: &Option<String>| name.clone().unwrap_or_else(|| "*".to_owned());
        let name = match (&self.category, &self.segment) {
            (None, None) => "Everything".to_owned(),
            (Some(category), None) => category.clone(),
            (None, Some(segment)) => format!("Everything for {segment}"),
            (Some(category), Some(segment)) => format!("{category} for {segment}"),
        };
        Rule {
            id: format!("{}:{}", part(&self.category), part(&self.segment)),
            name: Some(name),
            priority: self.priority,
            when: When {
                category: self.category.clone().map(|category| OneOf::any([category])),
                segment: self.segment.clone().map(|segment| Segments::any([segment])),
                ..When::default()
            },
            guardrails: Guardrails {
                floor: self.floor,
                ceiling: self.ceiling,
                max_discount: self.max_discount,
            },
            policy: Policy {
                target: self.target,
                accept_at: self.accept_at,
                decline_below: self.decline_below,
                escalate_at: self.escalate_at,
                ..Policy::default()
            },
        }
    }
}

/// A rule set of one rule for each band.
///
/// # Errors
/// Every fault, with the pointer it has in the document; band `n` is `/rules/n`.
pub fn from_bands(
    currency: Currency,
    timezone_name: &str,
    bands: &[Band],
) -> Result<RuleSet, Vec<Problem>> {
    let rules: Vec<Rule> = bands.iter().map(Band::rule).collect();
    RuleSet::new(currency, timezone_name, &rules)
}
