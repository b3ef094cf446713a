//! Whatever is wrong in a document or in facts, a merchant is told where it is, and of all of it at
//! once: any place of a document may hold anything.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use commerce::Currency;
use pricing::{Catalog, CheckOptions, Facts, Index, Problem, RuleSet, Scratch, check, decide};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Every key that a document may have, every price term, two rules.
fn document() -> Value {
    let mut document: Value = serde_json::from_str(include_str!("winter_lights.json")).unwrap();
    document["rules"].as_array_mut().unwrap().push(json!({
        "id": "all", "guardrails": {"floor": {"amount": "1.20"}, "ceiling": {"margin": "0.5"}},
    }));
    document
}

fn faults(document: &Value) -> Vec<Problem> {
    RuleSet::parse(&document.to_string()).err().unwrap_or_default()
}

/// The pointers of all values of a document, the whole among them.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                places(
                    value,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    found,
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn all_places(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    places(document, "", &mut found);
    found
}

fn with(document: &Value, place: &str, value: &Value) -> Value {
    let mut changed = document.clone();
    *changed.pointer_mut(place).unwrap() = value.clone();
    changed
}

/// Whether `pointer` is `place` or inside of it.
fn within(pointer: &str, place: &str) -> bool {
    pointer.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a fault at `pointer` can come of what stands at `place`: it is there, inside of it, or in
/// what holds it (as where min is above max).
fn related(pointer: &str, place: &str) -> bool {
    within(pointer, place) || within(place, pointer)
}

/// A value that is right nowhere, or only somewhere.
fn wrong_values() -> Vec<Value> {
    let mut values = vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(9_007_199_254_740_992_i64),
        json!(u64::MAX),
        json!(f64::MAX),
        json!([]),
        json!([[]]),
        json!([null, 1, "x"]),
        json!({}),
        json!({"": ""}),
        json!({"any_of": 1, "amount": 1, "min": [], "id": {}}),
    ];
    let long = "9".repeat(5_000);
    let texts = [
        "",
        " ",
        "x",
        "0",
        "-1",
        "1",
        "1.005",
        "1e9",
        "0.123456789012345678901",
        "NaN",
        "∞",
        "\u{0}",
        "\u{202e}",
        "2011-02-29T00:00",
        "24:00",
        "99999999999999999999999999999999",
        long.as_str(),
    ];
    values.extend(texts.map(Value::from));
    values
}

#[test]
fn a_wrong_value_anywhere_is_told_at_its_place() {
    let document = document();
    assert_eq!(faults(&document), []);
    let (mut tried, mut refused) = (0, 0);
    for place in all_places(&document) {
        let mut refused_here = 0;
        for value in wrong_values() {
            let told = faults(&with(&document, &place, &value));
            for fault in &told {
                assert!(related(&fault.pointer, &place), "{value} at {place}: {fault}");
                assert!(!fault.message.is_empty() && !fault.expected.is_empty(), "{fault:?}");
                assert!(fault.to_string().chars().count() < 700, "{fault}");
            }
            tried += 1;
            refused_here += usize::from(!told.is_empty());
        }
        assert!(refused_here >= 10, "{place} takes nearly anything");
        refused += refused_here;
    }
    assert!(tried > 2_000 && refused < tried, "{refused} of {tried}");
}

#[test]
fn an_unknown_key_at_any_level_is_told_by_name() {
    let document = document();
    let objects: Vec<String> = all_places(&document)
        .into_iter()
        .filter(|place| document.pointer(place).unwrap().is_object())
        .collect();
    assert!(objects.len() > 25, "{objects:?}");
    for place in &objects {
        let mut changed = document.clone();
        changed.pointer_mut(place).unwrap()["shade"] = json!(1);
        let told = faults(&changed);
        assert_eq!(told.len(), 1, "{place}: {told:?}");
        assert_eq!(told[0].pointer, format!("{place}/shade"));
        assert!(told[0].message.contains("unknown key \"shade\""), "{}", told[0]);
        let known = document.pointer(place).unwrap().as_object().unwrap().keys();
        for key in known {
            assert!(told[0].expected.contains(key.as_str()), "{key} is not in {}", told[0]);
        }
    }
    // in all of them at once
    let mut changed = document;
    for place in &objects {
        changed.pointer_mut(place).unwrap()["shade"] = json!(1);
    }
    let told: BTreeSet<String> = faults(&changed).into_iter().map(|fault| fault.pointer).collect();
    let expected: BTreeSet<String> = objects.iter().map(|place| format!("{place}/shade")).collect();
    assert_eq!(told, expected);
}

#[test]
fn every_required_key_that_is_missing_is_told() {
    for place in ["/schema", "/currency", "/timezone", "/rules", "/rules/1/id"] {
        let mut changed = document();
        let (parent, key) = place.rsplit_once('/').unwrap();
        changed.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
        let told = faults(&changed);
        assert_eq!(told.len(), 1, "{place}: {told:?}");
        assert_eq!(told[0].pointer, place);
        assert!(told[0].message.contains("is missing"), "{}", told[0]);
    }
    let told: Vec<String> = faults(&json!({})).into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(told, ["/schema", "/currency", "/timezone", "/rules"]);
}

/// Any JSON value, of the words of a document more than of others.
fn anything() -> impl Strategy<Value = Value> {
    let words =
        ["any_of", "none_of", "min", "max", "from", "until", "amount", "margin", "of_list", "id"];
    let leaf = prop_oneof![
        prop::sample::select(wrong_values()),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        "[0-9]{1,4}(\\.[0-9]{1,4})?".prop_map(Value::from),
        "[0-2][0-9]:[0-6][0-9]".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        let key =
            prop_oneof![prop::sample::select(words.to_vec()).prop_map(str::to_owned), ".{0,4}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two faults in places apart are both told: the second is not hidden by the first.
    #[test]
    fn all_faults_are_told_at_once(
        (one, other) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        (first, second) in (anything(), anything()),
    ) {
        let document = document();
        let places = all_places(&document);
        let (one, other) = (one.get(&places), other.get(&places));
        let alone = [faults(&with(&document, one, &first)), faults(&with(&document, other, &second))];
        for (told, place) in alone.iter().zip([one, other]) {
            for fault in told {
                prop_assert!(related(&fault.pointer, place), "{place}: {fault}");
            }
        }
        if !related(one, other) {
            let both = faults(&with(&with(&document, one, &first), other, &second));
            let places = [one, other];
            for (told, place) in alone.iter().zip(places) {
                for fault in told.iter().filter(|fault| within(&fault.pointer, place)) {
                    // the currency says how amounts are spelt, and what is expected of them
                    let same = |found: &&Problem| found.pointer == fault.pointer;
                    let currency = places.iter().any(|place| *place == "/currency");
                    prop_assert!(both.iter().any(|found| same(&found)) || currency, "{fault}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// A number that no float holds is told as a fault of its place, like any other number that is no
    /// exact integer, and hides no other fault.
    #[test]
    fn a_number_beyond_all_floats_hides_nothing(
        (one, other) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        huge in prop_oneof!["-?[1-9]e[+]?[4-9][0-9]{2}", "-?[1-9][0-9]{400,420}", "[0-9][.][0-9]{1,3}E999"],
    ) {
        const MARK: &str = "5e-1 \\\" here";
        let document = document();
        let places = all_places(&document);
        let (one, other) = (one.get(&places), other.get(&places));
        prop_assume!(!related(one, other));
        let told = |number: &str| {
            let marked = with(&with(&document, one, &json!(MARK)), other, &json!([[]]));
            let text = marked.to_string().replace(&json!(MARK).to_string(), number);
            RuleSet::parse(&text).err().unwrap_or_default()
        };
        prop_assert_eq!(told(&huge), told("0.5"), "{} at {}", huge, one);
    }
}

const SALE: &str = r#"{"product":"a","category":"home","segments":["vip"],"channel":"web",
    "country":"GB","customer":"new","quantity":6,"list_price":"2.00","unit_cost":"1.00",
    "stock":3,"intent":70,"at":"2011-11-07T10:00:00Z"}"#;

#[test]
fn a_wrong_fact_is_told_at_its_place() {
    let sale: Value = serde_json::from_str(SALE).unwrap();
    let read = |sale: &Value| {
        let line = sale.to_string();
        Facts::parse_line(7, &line, Currency::GBP, &Catalog::default()).err().unwrap_or_default()
    };
    assert_eq!(read(&sale), []);
    for place in all_places(&sale) {
        let mut refused = 0;
        for value in wrong_values() {
            let told = read(&with(&sale, &place, &value));
            refused += usize::from(!told.is_empty());
            for fault in told {
                assert_eq!(fault.line, 7);
                // a product without a category or a price is itself in question
                let product = fault.place == "/product"
                    && ["/category", "/list_price"].contains(&place.as_str());
                assert!(related(&fault.place, &place) || product, "{value} at {place}: {fault}");
            }
        }
        assert!(refused >= 8, "{place} takes nearly anything");
    }
}

fn set_of(rules: &[Value]) -> Result<RuleSet, Vec<Problem>> {
    let document = json!({
        "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London", "rules": rules,
    });
    RuleSet::parse(&document.to_string())
}

#[test]
fn a_hundred_thousand_rules_are_read_and_one_more_is_refused_with_the_limit() {
    let rule = |number: usize| {
        json!({
            "id": format!("r{number}"), "when": {"product": {"any_of": [format!("p{number}")]}},
            "guardrails": {"max_discount": "0.2"},
        })
    };
    let mut rules: Vec<Value> = (0..100_000).map(rule).collect();
    let set = set_of(&rules).unwrap();
    assert_eq!(set.rules().len(), 100_000);
    let facts = SALE.replace("\"product\":\"a\"", "\"product\":\"p99999\"");
    let facts = Facts::parse_line(1, &facts, Currency::GBP, &Catalog::default()).unwrap();
    assert_eq!(decide(&set, &facts).matched, ["r99999"]);
    let quote = Index::new(&set).decide(&facts, &mut Scratch::default());
    assert_eq!(quote.floor.map(|floor| floor.minor()), Some(160));

    rules.push(rule(100_000));
    let told = set_of(&rules).unwrap_err();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to_string(), "/rules: 100001 rules; expected at most 100000");
}

#[test]
fn ids_that_clash_are_all_told_each_with_the_rule_that_had_it_before() {
    let mut rules: Vec<Value> =
        (0..100).map(|number| json!({"id": format!("r{number}")})).collect();
    rules[7]["id"] = json!("r3");
    rules[99]["id"] = json!("r3");
    let told: Vec<String> = set_of(&rules).unwrap_err().iter().map(ToString::to_string).collect();
    let clash = |at: usize, first: usize| {
        format!(
            "/rules/{at}/id: id \"r3\" is also that of /rules/{first}; \
             expected an id of its own for each rule"
        )
    };
    assert_eq!(told, [clash(7, 3), clash(99, 7)]);
}

#[test]
fn a_set_of_a_thousand_entries_is_read_and_decides_by_each() {
    let names: Vec<String> = (0..1_000).map(|number| format!("s{number}")).collect();
    let set = set_of(&[
        json!({"id": "all", "guardrails": {"max_discount": "0.2"}}),
        json!({"id": "any", "when": {"segment": {"any_of": names}}}),
        json!({"id": "none", "when": {"segment": {"none_of": names}}}),
        json!({"id": "every", "when": {"segment": {"all_of": names}}}),
    ])
    .unwrap();
    let index = Index::new(&set);
    let matched = |segments: &[String]| {
        let line = SALE.replace(r#"["vip"]"#, &json!(segments).to_string());
        let facts = Facts::parse_line(1, &line, Currency::GBP, &Catalog::default()).unwrap();
        let mut found = Vec::new();
        index.matched(&facts, &mut Scratch::default(), |rule| found.push(rule));
        found.sort_unstable();
        let ids: Vec<&str> = found.into_iter().map(|rule| set.rules()[rule].id.as_str()).collect();
        let mut naive = decide(&set, &facts).matched;
        naive.sort_by_key(|id| set.rules().iter().position(|rule| rule.id == *id));
        assert_eq!(ids, naive);
        naive
    };
    for name in &names {
        assert_eq!(matched(std::slice::from_ref(name)), ["all", "any"]);
    }
    assert_eq!(matched(&names), ["all", "any", "every"]);
    assert_eq!(matched(&names[1..]), ["all", "any"]);
    assert_eq!(matched(&["vip".to_owned()]), ["all", "none"]);
}

#[test]
fn time_zones_that_do_not_exist_are_refused() {
    let zone = |name: &str| {
        let mut changed = document();
        changed["timezone"] = json!(name);
        faults(&changed)
    };
    for name in ["Europe/London", "UTC", "America/Argentina/Buenos_Aires", "Asia/Kathmandu"] {
        assert_eq!(zone(name), [], "{name}");
    }
    for name in [
        "Europe/Atlantis",
        "europe/london",
        "Europe/London ",
        "London",
        "GMT+25",
        "+01:00",
        "EST5EDT4",
        "../etc/localtime",
        "/etc/localtime",
        "Europe/",
        "Europe//London",
        "local",
        "🕰",
    ] {
        let told = zone(name);
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert_eq!(told[0].pointer, "/timezone");
        assert!(told[0].expected.contains("Europe/London"), "{}", told[0]);
    }
}

#[test]
fn names_that_nobody_knows_are_noted_with_the_nearest() {
    let set = set_of(&[
        json!({"id": "all", "guardrails": {"max_discount": "0.2"}}),
        json!({"id": "a", "when": {"category": {"any_of": ["home/lihgts", "home"], "none_of": ["zzzzzzzz"]}}}),
        json!({"id": "b", "when": {"product": {"any_of": ["lamp-O1", "lamp-01"]}}}),
        json!({"id": "c", "when": {"segment": {"any_of": ["wholesale"], "none_of": ["blocked"]}}}),
        json!({"id": "d", "when": {"segment": {"all_of": ["wholesal"], "none_of": ["blocked"]}}}),
    ])
    .unwrap();
    let catalog =
        b"sku,title,category,list_price,unit_cost,stock\nlamp-01,Lamp,home/lights,5.00,3.00,\n";
    let catalog = Catalog::parse(catalog, Currency::GBP).unwrap();
    let notes = |segments: Option<&[&str]>| {
        let mut options = CheckOptions::at("2011-01-01T00:00:00Z".parse().unwrap());
        options.segments =
            segments.map(|names| names.iter().map(|&name| name.to_owned()).collect());
        let go_on = &mut |_, _| ControlFlow::Continue(());
        check(&set, Some(&catalog), &options, go_on).unwrap().notes
    };
    let goods = [
        r#"No category in the catalogue is called "home/lihgts", named by a. Was "home/lights" meant?"#,
        r#"No category in the catalogue is called "zzzzzzzz", named by a."#,
        r#"No product in the catalogue is called "lamp-O1", named by b. Was "lamp-01" meant?"#,
    ];
    let segment = r#"No segment among the customers is called "wholesal", named by d. Was "wholesale" meant?"#;
    let known = notes(Some(&["wholesale", "blocked"]));
    assert_eq!(known, [&goods[..], &[segment]].concat());
    // which segments there are is not known from files: names are held against each other
    let slip = r#"The segments "wholesal", named by d, and "wholesale", named by c, are nearly the same. Is one mistyped?"#;
    assert_eq!(notes(None), [&goods[..], &[slip]].concat());
}

#[test]
fn names_without_a_catalogue_are_held_against_each_other() {
    let check_notes = |names: &[&str], told: &[&str]| {
        let rule = |(at, name): (usize, &&str)| json!({"id": format!("r{at}"), "when": {"segment": {"any_of": [name]}}});
        let rules: Vec<Value> = names.iter().enumerate().map(rule).collect();
        let set = set_of(&rules).unwrap();
        let options = CheckOptions::at("2011-01-01T00:00:00Z".parse().unwrap());
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let notes = check(&set, None, &options, go_on).unwrap().notes;
        let slips: Vec<&String> = notes.iter().filter(|note| note.contains("segment")).collect();
        assert_eq!(slips, told, "{names:?}");
    };
    check_notes(
        &["vip", "vip", "vpi"],
        &[r#"The segment "vpi" is named by r2 alone. Was "vip" meant?"#],
    );
    check_notes(
        &["blocked", "blokced", "blocked"],
        &[r#"The segment "blokced" is named by r1 alone. Was "blocked" meant?"#],
    );
    check_notes(
        &["wholesale", "wholsale"],
        &[
            r#"The segments "wholesale", named by r0, and "wholsale", named by r1, are nearly the same. Is one mistyped?"#,
        ],
    );
    // meant as they are
    check_notes(&["tier-1", "tier-1", "tier-2"], &[]);
    check_notes(&["new", "new", "few", "vip"], &[]);
    check_notes(&["wholesale", "wholesale", "retail"], &[]);
}

#[test]
fn a_country_that_does_not_exist_is_told() {
    let set = set_of(&[
        json!({"id": "a", "when": {"country": {"any_of": ["UK", "GB", "ZZ"], "none_of": ["QX"]}}}),
    ])
    .unwrap();
    let options = CheckOptions::at("2011-01-01T00:00:00Z".parse().unwrap());
    let notes = check(&set, None, &options, &mut |_, _| ControlFlow::Continue(())).unwrap().notes;
    let told: Vec<&String> = notes.iter().filter(|note| note.contains("country")).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(
        told[0],
        "No country has the code \"QX\", named by a. An ISO 3166-1 code of two capitals was expected, such as GB."
    );
    assert_eq!(told[1], "No country has the code \"UK\", named by a. Was \"GB\" meant?");
}
