//! Templates that look at the goods: how many there are, what they cost, how many are wanted.

use super::{Template, TemplateParams, aim, at_most_off, from_to, margin, of_list, rule, valid};
use crate::rule::{Concession, Guardrails, Policy, Rule, When};

pub(super) const CAREFUL: Template = Template {
    id: "careful-start",
    name: "A careful start",
    summary: "Bargain over everything, never more than 15 % off.",
    explain: &[
        "One rule for the whole shop. It holds at 85 % of the list price, aims at 95 % and \
        gives way evenly over four rounds; offers under 70 % are declined. Loosen it once you have \
        seen a few negotiations.",
    ],
    rules: |_| {
        vec![Rule {
            guardrails: at_most_off(15),
            policy: Policy {
                decline_below: of_list(70),
                escalate_at: of_list(80),
                max_rounds: Some(4),
                concession: Some(Concession::Linear),
                deal_valid: valid(30),
                ..aim(95, 97)
            },
            ..rule("everything", "Everything", 0)
        }]
    },
};

pub(super) const CLEARANCE: Template = Template {
    id: "clearance",
    name: "Clearance",
    summary: "Sell what is left quickly, at up to 35 % off; the last few keep their price.",
    explain: &[
        "Everything may go at up to 35 % off. It gives way early and lets a deal stand a quarter of \
         an hour only, so that customers decide at once.",
        "Where five or fewer are left they sell by themselves: at most 10 % off.",
    ],
    rules: |_| {
        vec![
            Rule {
                guardrails: at_most_off(35),
                policy: Policy {
                    decline_below: of_list(50),
                    max_rounds: Some(3),
                    concession: Some(Concession::Conceder),
                    deal_valid: valid(15),
                    ..aim(75, 80)
                },
                ..rule("clear-out", "Clear out", 0)
            },
            Rule {
                when: When { stock: from_to(None, Some(5)), ..When::default() },
                guardrails: at_most_off(10),
                policy: aim(96, 97),
                ..rule("last-few", "The last few", 10)
            },
        ]
    },
};

pub(super) const SLOW_STOCK: Template = Template {
    id: "slow-stock",
    name: "Slow stock",
    summary: "Give way where the shelves are full, hold where they are nearly empty.",
    explain: &[
        "The limit for the whole shop: never more than 30 % off, aiming at 95 %.",
        "Of what lies in stock by the fifty and more, money is better than goods: aim at 82 % and \
         give way early.",
        "Of what is nearly gone (ten or fewer), at most 5 % off.",
    ],
    rules: |_| {
        vec![
            Rule {
                guardrails: at_most_off(30),
                policy: Policy { max_rounds: Some(5), ..aim(95, 97) },
                ..rule("limit", "Limit", 0)
            },
            Rule {
                when: When { stock: from_to(Some(50), None), ..When::default() },
                policy: Policy { concession: Some(Concession::Conceder), ..aim(82, 87) },
                ..rule("plenty", "Plenty in stock", 10)
            },
            Rule {
                when: When { stock: from_to(Some(0), Some(10)), ..When::default() },
                guardrails: at_most_off(5),
                policy: Policy { concession: Some(Concession::Boulware), ..aim(99, 99) },
                ..rule("nearly-gone", "Nearly gone", 10)
            },
        ]
    },
};

pub(super) const VOLUME: Template = Template {
    id: "volume",
    name: "The more, the cheaper",
    summary: "Three steps by quantity: 5 %, 12 % and 20 % off at most.",
    explain: &[
        "One or two of a thing: at most 5 % off.",
        "From three: at most 12 % off.",
        "From ten: at most 20 % off, and a deal stands for a day, since such orders are talked over.",
    ],
    rules: |_| {
        let step =
            |id: &str, name: &str, from: i64, to: Option<i64>, off: i64, policy: Policy| Rule {
                when: When { quantity: from_to(Some(from), to), ..When::default() },
                guardrails: at_most_off(off),
                policy,
                ..rule(id, name, 0)
            };
        let day = Policy { deal_valid: valid(24 * 60), ..aim(84, 88) };
        vec![
            step("one-or-two", "One or two", 1, Some(2), 5, aim(99, 99)),
            step("from-three", "From three", 3, Some(9), 12, aim(92, 95)),
            step("from-ten", "From ten", 10, None, 20, day),
        ]
    },
};

pub(super) const MARGIN: Template = Template {
    id: "made-to-order",
    name: "Made to order",
    summary: "Keep a margin of 20 % whatever the list price says. Every product needs its unit cost.",
    explain: &["The floor follows from what a piece costs you: cost / (1 − 20 %). It aims at a \
        margin of 35 %, talks for up to eight rounds and keeps a deal for three days. Products \
        without a unit cost cannot be bargained over; the check names them."],
    rules: |_: &TemplateParams| {
        vec![Rule {
            guardrails: Guardrails { floor: margin(20), ..Guardrails::default() },
            policy: Policy {
                target: margin(35),
                escalate_at: margin(15),
                decline_below: margin(5),
                max_rounds: Some(8),
                concession: Some(Concession::Boulware),
                deal_valid: valid(72 * 60),
                ..Policy::default()
            },
            ..rule("keep-the-margin", "Keep the margin", 0)
        }]
    },
};
