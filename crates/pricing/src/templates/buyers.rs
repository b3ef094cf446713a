//! Templates that look at who buys.

use super::{
    Template, aim, at_most_off, from_to, in_segment, not_in_segment, of_list, rule, valid,
};
use crate::rule::{Concession, CustomerKind, OneOf, Policy, Rule, When};

pub(super) const WHOLESALE: Template = Template {
    id: "wholesale",
    name: "Wholesale tiers",
    summary: "Retail customers get a little, wholesale customers get more the more they take.",
    explain: &[
        "Whoever is not in the wholesale segment: at most 8 % off.",
        "Wholesale, fewer than a dozen: at most 15 % off.",
        "Wholesale, from a dozen: at most 22 % off.",
        "Wholesale, from four dozen: at most 30 % off; what falls short goes to your staff instead \
         of being declined.",
    ],
    rules: |store| {
        let wholesale = store.segment("wholesale");
        let tier =
            |id: &str, name: &str, from: i64, to: Option<i64>, off: i64, policy: Policy| Rule {
                when: When { quantity: from_to(Some(from), to), ..in_segment(wholesale.clone()) },
                guardrails: at_most_off(off),
                policy: Policy { deal_valid: valid(24 * 60), ..policy },
                ..rule(id, name, 10)
            };
        let large = Policy { escalate_at: of_list(60), decline_below: of_list(50), ..aim(75, 80) };
        vec![
            Rule {
                when: not_in_segment(wholesale.clone()),
                guardrails: at_most_off(8),
                policy: aim(97, 98),
                ..rule("retail", "Retail", 0)
            },
            tier("wholesale-few", "Wholesale, a few", 1, Some(11), 15, aim(90, 93)),
            tier("wholesale-dozen", "Wholesale, by the dozen", 12, Some(47), 22, aim(83, 87)),
            tier("wholesale-many", "Wholesale, four dozen and more", 48, None, 30, large),
        ]
    },
};

pub(super) const LOYALTY: Template = Template {
    id: "loyalty",
    name: "Loyal customers",
    summary: "Who bought before gets a better price than who comes for the first time.",
    explain: &[
        "New customers: at most 8 % off.",
        "Returning customers: at most 18 % off, two rounds more, and free delivery may sweeten the \
         end.",
    ],
    rules: |_| {
        let kind = |kind| When { customer: Some(OneOf::any([kind])), ..When::default() };
        vec![
            Rule {
                when: kind(CustomerKind::New),
                guardrails: at_most_off(8),
                policy: Policy { max_rounds: Some(4), ..aim(96, 98) },
                ..rule("new", "New customers", 0)
            },
            Rule {
                when: kind(CustomerKind::Returning),
                guardrails: at_most_off(18),
                policy: Policy {
                    max_rounds: Some(6),
                    sweeteners: Some(vec!["free-shipping".to_owned()]),
                    ..aim(88, 92)
                },
                ..rule("returning", "Returning customers", 0)
            },
        ]
    },
};

pub(super) const FIRST_ORDER: Template = Template {
    id: "first-order",
    name: "First order",
    summary: "Win new customers with a good first price; later orders are held closer.",
    explain: &[
        "The limit for everyone: never more than 25 % off, aiming at 95 %.",
        "A first order may go down to that limit: aim at 84 % and give way early.",
        "Whoever bought before: at most 10 % off.",
    ],
    rules: |_| {
        let kind = |kind| When { customer: Some(OneOf::any([kind])), ..When::default() };
        vec![
            Rule { guardrails: at_most_off(25), policy: aim(95, 97), ..rule("limit", "Limit", 0) },
            Rule {
                when: kind(CustomerKind::New),
                policy: Policy { concession: Some(Concession::Conceder), ..aim(84, 88) },
                ..rule("first-order", "First order", 10)
            },
            Rule {
                when: kind(CustomerKind::Returning),
                guardrails: at_most_off(10),
                ..rule("later-orders", "Later orders", 10)
            },
        ]
    },
};

pub(super) const VIP: Template = Template {
    id: "vip",
    name: "VIP service",
    summary: "Your best customers bargain longer, deeper, and reach a person before a no.",
    explain: &[
        "Everyone else: at most 10 % off.",
        "VIPs: at most 25 % off, eight rounds, a deal stands for a day. Offers from 65 % of the list \
         price that the rules cannot take go to your staff.",
    ],
    rules: |store| {
        let vip = store.segment("vip");
        vec![
            Rule {
                when: not_in_segment(vip.clone()),
                guardrails: at_most_off(10),
                policy: aim(96, 97),
                ..rule("everyone-else", "Everyone else", 0)
            },
            Rule {
                when: in_segment(vip),
                guardrails: at_most_off(25),
                policy: Policy {
                    escalate_at: of_list(65),
                    decline_below: of_list(50),
                    max_rounds: Some(8),
                    concession: Some(Concession::Boulware),
                    deal_valid: valid(24 * 60),
                    sweeteners: Some(vec!["free-shipping".to_owned()]),
                    ..aim(85, 90)
                },
                ..rule("vip", "VIP", 10)
            },
        ]
    },
};

pub(super) const ABROAD: Template = Template {
    id: "cross-border",
    name: "Across the border",
    summary: "Delivery abroad eats the margin: give less there than at home.",
    explain: &[
        "At home: at most 15 % off.",
        "In every other country: at most 5 % off, and never more than a tenth above the list price.",
    ],
    rules: |store| {
        let home = store.country.clone().unwrap_or_else(|| "GB".to_owned());
        let abroad = OneOf { any_of: None, none_of: [home.clone()].into() };
        let mut far = at_most_off(5);
        far.ceiling = of_list(110);
        vec![
            Rule {
                when: When { country: Some(OneOf::any([home])), ..When::default() },
                guardrails: at_most_off(15),
                policy: aim(93, 95),
                ..rule("home", "At home", 0)
            },
            Rule {
                when: When { country: Some(abroad), ..When::default() },
                guardrails: far,
                policy: aim(99, 99),
                ..rule("abroad", "Abroad", 0)
            },
        ]
    },
};

pub(super) const INTEREST: Template = Template {
    id: "interest",
    name: "By interest",
    summary: "Hold firm where a customer is set on buying, give way where they hesitate.",
    explain: &[
        "The limit for everyone, known or not: never more than 18 % off, aiming at 94 %.",
        "Interest of 70 and more: hold firm, aim at 98 %.",
        "Interest under 30: give way early, aim at 88 %.",
    ],
    rules: |_| {
        let interest = |min, max| When { intent: from_to(min, max), ..When::default() };
        vec![
            Rule { guardrails: at_most_off(18), policy: aim(94, 96), ..rule("limit", "Limit", 0) },
            Rule {
                when: interest(Some(70), None),
                policy: Policy { concession: Some(Concession::Boulware), ..aim(98, 98) },
                ..rule("set-on-it", "Set on it", 10)
            },
            Rule {
                when: interest(None, Some(29)),
                policy: Policy { concession: Some(Concession::Conceder), ..aim(88, 91) },
                ..rule("hesitating", "Hesitating", 10)
            },
        ]
    },
};
