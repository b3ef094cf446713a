//! Rule sets to start from, as merchants know them, made out for one store. They ask for shares of
//! the list price, so that they fit every currency; the one that asks for margins says so. Each
//! gives every product a floor.

mod buyers;
mod goods;
mod times;

use commerce::Currency;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::problem::Problem;
use crate::rule::{DealValid, Guardrails, OneOf, Policy, Range, Rule, Segments, When};
use crate::rule_set::RuleSet;
use crate::term::PriceTerm;

/// The store that a template is made out for.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateParams {
    pub currency: Currency,
    /// IANA name.
    pub timezone: String,
    /// ISO 3166-1 alpha-2, where customers mostly are.
    pub country: Option<String>,
    /// The paths of the catalogue.
    pub categories: Vec<String>,
    /// The names of the segments.
    pub segments: Vec<String>,
    /// Today in the store's zone: the season that a template speaks of is the next one.
    pub today: Date,
}

/// A rule set to start from.
#[derive(Debug)]
pub struct Template {
    pub id: &'static str,
    pub name: &'static str,
    /// One line.
    pub summary: &'static str,
    /// Why each rule stands in it, in the order of the rules.
    pub explain: &'static [&'static str],
    rules: fn(&TemplateParams) -> Vec<Rule>,
}

static TEMPLATES: [Template; 14] = [
    goods::CAREFUL,
    goods::CLEARANCE,
    goods::SLOW_STOCK,
    goods::VOLUME,
    goods::MARGIN,
    buyers::WHOLESALE,
    buyers::LOYALTY,
    buyers::FIRST_ORDER,
    buyers::VIP,
    buyers::ABROAD,
    buyers::INTEREST,
    times::SEASON,
    times::WEEKEND,
    times::HAPPY_HOUR,
];

/// All templates, the most general first.
pub fn templates() -> &'static [Template] {
    &TEMPLATES
}

impl Template {
    /// The rule set for this store.
    ///
    /// # Errors
    /// When currency, zone, country or a name of the store is none that a document may hold.
    pub fn document(&self, params: &TemplateParams) -> Result<RuleSet, Vec<Problem>> {
        RuleSet::new(params.currency, &params.timezone, &(self.rules)(params))
    }
}

impl TemplateParams {
    /// The store's segment that sounds like this, else the name itself, for the merchant to make.
    fn segment(&self, like: &str) -> String {
        let same = self.segments.iter().find(|name| *name == like);
        let near = || self.segments.iter().find(|name| name.to_lowercase().contains(like));
        same.or_else(near).cloned().unwrap_or_else(|| like.to_owned())
    }

    /// The shortest of the store's category paths that sound like any of these; `None` when none
    /// does.
    fn category(&self, like: &[&str]) -> Option<OneOf<String>> {
        let sounds = |path: &&String| like.iter().any(|word| path.to_lowercase().contains(word));
        let path = self.categories.iter().filter(sounds).min_by_key(|path| path.len())?;
        // everything of its kind: `christmas` for `christmas/baubles`
        let top = path.split('/').next().filter(|top| like.iter().any(|w| top.contains(w)));
        Some(OneOf::any([top.unwrap_or(path).to_owned()]))
    }
}

fn hundredths(percent: i64) -> Decimal {
    Decimal::new(percent, 2)
}

fn of_list(percent: i64) -> Option<PriceTerm> {
    Some(PriceTerm::OfList(hundredths(percent)))
}

fn margin(percent: i64) -> Option<PriceTerm> {
    Some(PriceTerm::Margin(hundredths(percent)))
}

/// At most this much off.
fn at_most_off(percent: i64) -> Guardrails {
    Guardrails { max_discount: Some(hundredths(percent)), ..Guardrails::default() }
}

/// What to aim at and what to take at once, in hundredths of the list price.
fn aim(target: i64, accept_at: i64) -> Policy {
    Policy { target: of_list(target), accept_at: of_list(accept_at), ..Policy::default() }
}

fn valid(minutes: u32) -> Option<DealValid> {
    DealValid::minutes(minutes)
}

fn rule(id: &str, name: &str, priority: i64) -> Rule {
    Rule { name: Some(name.to_owned()), priority, ..Rule::new(id) }
}

fn in_segment(name: String) -> When {
    When { segment: Some(Segments::any([name])), ..When::default() }
}

fn not_in_segment(name: String) -> When {
    let none_of = [name].into();
    When { segment: Some(Segments { none_of, ..Segments::default() }), ..When::default() }
}

fn from_to(min: Option<i64>, max: Option<i64>) -> Option<Range<i64>> {
    Some(Range { min, max })
}
