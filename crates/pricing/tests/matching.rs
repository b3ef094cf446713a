//! Which sales a rule applies to: a line of the page, a table of cases.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use pricing::{Catalog, Facts, RuleSet, decide};

const SALE: &str = r#"{"product":"A1","category":"home/lights/led","segments":["vip","gold"],
    "channel":"web","country":"GB","customer":"new","quantity":6,"list_price":"10.00",
    "unit_cost":"6.00","stock":3,"intent":50,"at":"2011-11-07T10:00:00Z"}"#;

fn matched(zone: &str, when: &str, sale: &str) -> bool {
    let text = format!(
        r#"{{"schema":"souk.rules/1","currency":"GBP","timezone":"{zone}",
            "rules":[{{"id":"r","when":{{{when}}}}}]}}"#
    );
    let set = RuleSet::parse(&text).unwrap_or_else(|faults| panic!("{when}: {faults:?}"));
    let facts = Facts::parse_line(1, sale, set.currency(), &Catalog::default());
    let facts = facts.unwrap_or_else(|faults| panic!("{sale}: {faults:?}"));
    decide(&set, &facts).matched == ["r"]
}

fn check(cases: &[(&str, bool)]) {
    for (when, expected) in cases {
        assert_eq!(matched("Europe/London", when, SALE), *expected, "{when}");
    }
}

/// The sale with one fact replaced by other text.
fn with(from: &str, to: &str) -> String {
    let sale = SALE.replacen(from, to, 1);
    assert!(from == to || sale != SALE, "{from} is not in the sale");
    sale
}

#[test]
fn a_name_is_in_any_of_and_not_in_none_of() {
    check(&[
        ("", true),
        (r#""product":{}"#, true),
        (r#""product":{"any_of":["A1","B2"]}"#, true),
        (r#""product":{"any_of":["a1"]}"#, false),
        (r#""product":{"none_of":["A1"]}"#, false),
        (r#""product":{"none_of":["B2"]}"#, true),
        (r#""product":{"any_of":["A1"],"none_of":["A1"]}"#, false),
        (r#""channel":{"any_of":["web"]}"#, true),
        (r#""channel":{"none_of":["web"]}"#, false),
        (r#""country":{"any_of":["IE","GB"]}"#, true),
        (r#""country":{"any_of":["IE"]}"#, false),
        (r#""customer":{"any_of":["new"]}"#, true),
        (r#""customer":{"any_of":["returning"]}"#, false),
        (r#""customer":{"none_of":["new"]}"#, false),
        (r#""weekday":{"any_of":["mon"]}"#, true),
        (r#""weekday":{"none_of":["mon"]}"#, false),
        // every dimension must match
        (r#""product":{"any_of":["A1"]},"country":{"any_of":["IE"]}"#, false),
    ]);
}

#[test]
fn an_empty_any_of_matches_nothing_and_other_empty_sets_change_nothing() {
    for key in ["product", "category", "segment", "channel", "country", "customer", "weekday"] {
        check(&[
            (&format!(r#""{key}":{{"any_of":[]}}"#), false),
            (&format!(r#""{key}":{{"none_of":[]}}"#), true),
            (&format!(r#""{key}":{{}}"#), true),
        ]);
    }
    check(&[(r#""segment":{"all_of":[]}"#, true)]);
}

#[test]
fn a_category_matches_itself_and_everything_under_it() {
    check(&[
        (r#""category":{"any_of":["home/lights/led"]}"#, true),
        (r#""category":{"any_of":["home/lights"]}"#, true),
        (r#""category":{"any_of":["home"]}"#, true),
        (r#""category":{"any_of":["home/light"]}"#, false),
        (r#""category":{"any_of":["home/lights/led/warm"]}"#, false),
        (r#""category":{"any_of":["lights"]}"#, false),
        (r#""category":{"none_of":["home/lights"]}"#, false),
        (r#""category":{"any_of":["home"],"none_of":["home/lights/led"]}"#, false),
        (r#""category":{"any_of":["home"],"none_of":["home/lights/candles"]}"#, true),
    ]);
    let shades = with("home/lights/led", "home/lightshades");
    assert!(!matched("UTC", r#""category":{"any_of":["home/lights"]}"#, &shades));
    assert!(matched("UTC", r#""category":{"none_of":["home/lights"]}"#, &shades));
}

#[test]
fn segments_are_compared_as_sets() {
    check(&[
        (r#""segment":{"any_of":["vip","wholesale"]}"#, true),
        (r#""segment":{"any_of":["wholesale"]}"#, false),
        (r#""segment":{"all_of":["vip","gold"]}"#, true),
        (r#""segment":{"all_of":["vip","wholesale"]}"#, false),
        (r#""segment":{"none_of":["gold"]}"#, false),
        (r#""segment":{"none_of":["blocked"]}"#, true),
        (r#""segment":{"any_of":["vip"],"all_of":["gold"],"none_of":["blocked"]}"#, true),
    ]);
    let nobody = with(r#"["vip","gold"]"#, "[]");
    assert!(!matched("UTC", r#""segment":{"any_of":["vip"]}"#, &nobody));
    assert!(matched("UTC", r#""segment":{"none_of":["vip"]}"#, &nobody));
}

#[test]
fn a_range_has_both_its_ends() {
    for (key, fact, below, above) in [
        ("quantity", "6", "5", "7"),
        ("list_price", "\"10\"", "\"9.99\"", "\"10.01\""),
        ("stock", "3", "2", "4"),
        ("intent", "50", "49", "51"),
    ] {
        check(&[
            (&format!(r#""{key}":{{"min":{fact},"max":{fact}}}"#), true),
            (&format!(r#""{key}":{{"min":{below}}}"#), true),
            (&format!(r#""{key}":{{"min":{above}}}"#), false),
            (&format!(r#""{key}":{{"max":{above}}}"#), true),
            (&format!(r#""{key}":{{"max":{below}}}"#), false),
            (&format!(r#""{key}":{{}}"#), true),
        ]);
    }
}

#[test]
fn an_absent_fact_matches_no_dimension_that_constrains_it() {
    for (key, from) in [("stock", r#""stock":3"#), ("intent", r#""intent":50"#)] {
        let absent = with(from, &format!(r#""{key}":null"#));
        assert!(!matched("UTC", &format!(r#""{key}":{{"min":0}}"#), &absent));
        assert!(!matched("UTC", &format!(r#""{key}":{{"max":100}}"#), &absent));
        assert!(matched("UTC", &format!(r#""{key}":{{}}"#), &absent));
        assert!(matched("UTC", "", &absent));
    }
}

#[test]
fn the_time_of_day_ends_before_its_until_and_may_wrap_past_midnight() {
    let day = r#""time":{"from":"09:00","until":"17:30"}"#;
    let night = r#""time":{"from":"22:00","until":"06:00"}"#;
    let till_midnight = r#""time":{"from":"22:00","until":"00:00"}"#;
    for (when, time, expected) in [
        (day, "08:59:59.999999999", false),
        (day, "09:00:00", true),
        (day, "17:29:59.999", true),
        (day, "17:30:00", false),
        (night, "21:59:59", false),
        (night, "22:00:00", true),
        (night, "00:00:00", true),
        (night, "05:59:59", true),
        (night, "06:00:00", false),
        (till_midnight, "23:59:59", true),
        (till_midnight, "00:00:00", false),
    ] {
        let sale = with("10:00:00", time);
        assert_eq!(matched("Europe/London", when, &sale), expected, "{when} at {time}");
    }
}

#[test]
fn the_weekday_is_the_local_day_of_the_sale_also_in_a_wrapped_night() {
    let night = r#""time":{"from":"22:00","until":"06:00"},"weekday":{"any_of":["mon"]}"#;
    for (zone, at, expected) in [
        // Monday 7 November 2011; Monday's small hours belong to Monday
        ("Europe/London", "2011-11-07T23:00:00Z", true),
        ("Europe/London", "2011-11-07T01:00:00Z", true),
        ("Europe/London", "2011-11-08T01:00:00Z", false),
        // the same instant is Tuesday 08:00 in Tokyo, Monday 18:00 in New York
        ("Asia/Tokyo", "2011-11-07T23:00:00Z", false),
        ("America/New_York", "2011-11-08T03:00:00Z", true),
        ("America/New_York", "2011-11-07T22:00:00-05:00", true),
    ] {
        let sale = with("2011-11-07T10:00:00Z", at);
        assert_eq!(matched(zone, night, &sale), expected, "{zone} {at}");
    }
}

#[test]
fn a_window_is_compared_as_instants() {
    let november = r#""window":{"from":"2011-11-01T00:00","until":"2011-12-01T00:00"}"#;
    for (zone, at, expected) in [
        ("Europe/London", "2011-10-31T23:59:59.999Z", false),
        ("Europe/London", "2011-11-01T00:00:00Z", true),
        ("Europe/London", "2011-11-30T23:59:59.999Z", true),
        ("Europe/London", "2011-12-01T00:00:00Z", false),
        ("Asia/Kolkata", "2011-10-31T18:29:59Z", false),
        ("Asia/Kolkata", "2011-10-31T18:30:00Z", true),
    ] {
        let sale = with("2011-11-07T10:00:00Z", at);
        assert_eq!(matched(zone, november, &sale), expected, "{zone} {at}");
    }
    check(&[
        (r#""window":{}"#, true),
        (r#""window":{"from":"2011-11-07T10:00"}"#, true),
        (r#""window":{"from":"2011-11-07T10:00:01"}"#, false),
        (r#""window":{"until":"2011-11-07T10:00"}"#, false),
        (r#""window":{"until":"2011-11-07T10:00:01"}"#, true),
        (r#""window":{"from":"2011-11-07T10:00","until":"2011-11-07T10:00"}"#, false),
    ]);
}

#[test]
fn a_window_that_opens_in_the_spring_gap_is_shifted_forward_by_the_gap() {
    // London 2011-03-27: 00:59:59Z is 00:59:59, 01:00:00Z is 02:00:00. 01:30 does not exist and
    // is read as 02:30 summer time, 01:30Z.
    for (local, first) in
        [("00:59", "00:59"), ("01:00", "01:00"), ("01:30", "01:30"), ("02:00", "01:00")]
    {
        let opens = format!(r#""window":{{"from":"2011-03-27T{local}"}}"#);
        let closes = format!(r#""window":{{"until":"2011-03-27T{local}"}}"#);
        let at = with("2011-11-07T10:00:00Z", &format!("2011-03-27T{first}:00Z"));
        assert!(matched("Europe/London", &opens, &at), "{local}");
        assert!(!matched("Europe/London", &closes, &at), "{local}");
        let instant: jiff::Timestamp = format!("2011-03-27T{first}:00Z").parse().unwrap();
        let before = (instant - jiff::SignedDuration::from_nanos(1)).to_string();
        let before = with("2011-11-07T10:00:00Z", &before);
        assert!(!matched("Europe/London", &opens, &before), "{local}");
        assert!(matched("Europe/London", &closes, &before), "{local}");
    }
}

#[test]
fn a_window_that_opens_in_the_autumn_fold_takes_the_first_of_the_two() {
    // London 2011-10-30: 01:30 comes at 00:30Z (summer) and again at 01:30Z (winter).
    let opens = r#""window":{"from":"2011-10-30T01:30"}"#;
    for (at, expected) in [("00:29:59", false), ("00:30:00", true), ("01:30:00", true)] {
        let sale = with("2011-11-07T10:00:00", &format!("2011-10-30T{at}"));
        assert_eq!(matched("Europe/London", opens, &sale), expected, "{at}");
    }
}

#[test]
fn the_time_of_day_is_what_the_clock_on_the_wall_shows() {
    let half_past_one = r#""time":{"from":"01:30","until":"01:31"}"#;
    for (at, expected) in [
        // in the fold the wall shows 01:30 twice
        ("2011-10-30T00:30:00Z", true),
        ("2011-10-30T01:00:00Z", false),
        ("2011-10-30T01:30:00Z", true),
        // in the gap it never does
        ("2011-03-27T00:30:00Z", false),
        ("2011-03-27T01:30:00Z", false),
        ("2011-03-26T01:30:00Z", true),
        ("2011-03-28T00:30:00Z", true),
    ] {
        let sale = with("2011-11-07T10:00:00Z", at);
        assert_eq!(matched("Europe/London", half_past_one, &sale), expected, "{at}");
    }
    // the day of the gap still is a Sunday from midnight to midnight
    let sunday = r#""weekday":{"any_of":["sun"]}"#;
    for (at, expected) in [
        ("2011-03-26T23:59:59Z", false),
        ("2011-03-27T00:00:00Z", true),
        ("2011-03-27T22:59:59Z", true),
        ("2011-03-27T23:00:00Z", false),
    ] {
        let sale = with("2011-11-07T10:00:00Z", at);
        assert_eq!(matched("Europe/London", sunday, &sale), expected, "{at}");
    }
}
