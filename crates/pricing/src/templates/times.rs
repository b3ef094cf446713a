//! Templates that look at the clock and the calendar.

use jiff::civil::{Date, Time, date};

use super::{Template, TemplateParams, aim, at_most_off, rule, valid};
use crate::rule::{Concession, OneOf, Policy, Rule, TimeOfDay, Weekday, When, Window};

pub(super) const SEASON: Template = Template {
    id: "season",
    name: "Before and after Christmas",
    summary: "Hold the price while everyone buys, clear the rest in January.",
    explain: &[
        "The limit all year: never more than 35 % off, aiming at 95 %.",
        "From November to Christmas Eve: at most 8 % off. Where you have a category for the season \
         it is for that alone.",
        "From Boxing Day through January: what is left may go; aim at 75 % and give way early.",
    ],
    rules: |store| {
        let year = season(store.today);
        let between = |from: Date, until: Date| Window {
            from: Some(from.at(0, 0, 0, 0)),
            until: Some(until.at(0, 0, 0, 0)),
        };
        let during = |window| When {
            category: store.category(&["christmas", "xmas", "season", "holiday"]),
            window: Some(window),
            ..When::default()
        };
        let far = date(9998, 1, 1);
        let at = |year: i16, month: i8, day: i8| Date::new(year, month, day).unwrap_or(far);
        vec![
            Rule { guardrails: at_most_off(35), policy: aim(95, 97), ..rule("limit", "Limit", 0) },
            Rule {
                when: during(between(at(year, 11, 1), at(year, 12, 25))),
                guardrails: at_most_off(8),
                policy: Policy { concession: Some(Concession::Boulware), ..aim(98, 98) },
                ..rule("before", "Before Christmas", 10)
            },
            Rule {
                when: during(between(at(year, 12, 26), at(year.saturating_add(1), 2, 1))),
                policy: Policy { concession: Some(Concession::Conceder), ..aim(75, 80) },
                ..rule("after", "After Christmas", 10)
            },
        ]
    },
};

/// The year whose Christmas comes next, or whose January sale still runs.
fn season(today: Date) -> i16 {
    if today.month() == 1 { today.year() - 1 } else { today.year() }
}

pub(super) const WEEKEND: Template = Template {
    id: "weekend",
    name: "Weekend bargains",
    summary: "Saturday and Sunday are for bargaining; weekdays stay near the list price.",
    explain: &[
        "Monday to Friday: at most 6 % off.",
        "Saturday and Sunday: at most 18 % off, and a deal stands for two hours.",
    ],
    rules: |_| {
        let weekend = [Weekday::Sat, Weekday::Sun];
        let others = OneOf { any_of: None, none_of: weekend.into() };
        vec![
            Rule {
                when: When { weekday: Some(others), ..When::default() },
                guardrails: at_most_off(6),
                policy: aim(98, 98),
                ..rule("weekdays", "Weekdays", 0)
            },
            Rule {
                when: When { weekday: Some(OneOf::any(weekend)), ..When::default() },
                guardrails: at_most_off(18),
                policy: Policy { deal_valid: valid(120), ..aim(87, 91) },
                ..rule("weekend", "Weekend", 0)
            },
        ]
    },
};

pub(super) const HAPPY_HOUR: Template = Template {
    id: "happy-hour",
    name: "Happy hour",
    summary: "Two hours in the evening with better prices, the rest of the day firm.",
    explain: &[
        "From 19:00 to 17:00 of the next day: at most 6 % off.",
        "From 17:00 to 19:00: at most 20 % off. Deals stand for half an hour, so that they are made \
         then.",
    ],
    rules: |_: &TemplateParams| {
        let span = |from: i8, until: i8| When {
            time: Some(TimeOfDay { from: hour(from), until: hour(until) }),
            ..When::default()
        };
        vec![
            Rule {
                when: span(19, 17),
                guardrails: at_most_off(6),
                policy: aim(98, 98),
                ..rule("all-day", "All day", 0)
            },
            Rule {
                when: span(17, 19),
                guardrails: at_most_off(20),
                policy: Policy { deal_valid: valid(30), ..aim(85, 89) },
                ..rule("happy-hour", "Happy hour", 0)
            },
        ]
    },
};

fn hour(hour: i8) -> Time {
    Time::new(hour, 0, 0, 0).unwrap_or(Time::midnight())
}
