//! Reading and writing a rule set: what a merchant is told when something in it is wrong.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use commerce::Currency;
use pricing::{
    Band, DealValid, Guardrails, OneOf, Policy, PriceTerm, Problem, Range, Rule, RuleSet, When,
    Window, from_bands,
};

fn document(currency: &str, rules: &str) -> String {
    format!(
        r#"{{"schema":"souk.rules/1","currency":"{currency}","timezone":"Europe/London",
            "rules":[{rules}]}}"#
    )
}

fn faults(text: &str) -> Vec<Problem> {
    RuleSet::parse(text).err().unwrap_or_default()
}

/// One fault and no other: at `pointer`, its message and expectation holding these words.
fn check(text: &str, pointer: &str, message: &str, expected: &str) {
    let faults = faults(text);
    assert_eq!(faults.len(), 1, "{text}\n{faults:?}");
    assert_eq!(faults[0].pointer, pointer, "{text}\n{faults:?}");
    assert!(faults[0].message.contains(message), "{text}\n{:?}", faults[0]);
    assert!(faults[0].expected.contains(expected), "{text}\n{:?}", faults[0]);
}

#[test]
fn a_fault_at_the_top_is_told_with_its_key() {
    let good = document("GBP", "");
    assert_eq!(faults(&good), []);
    for (from, to, pointer, message, expected) in [
        ("souk.rules/1", "souk.rules/2", "/schema", "schema", "souk.rules/1"),
        (r#""schema":"souk.rules/1","#, "", "/schema", "missing", "souk.rules/1"),
        ("GBP", "gbp", "/currency", "gbp", "ISO 4217"),
        ("GBP", "POUND", "/currency", "POUND", "ISO 4217"),
        (r#""GBP""#, "826", "/currency", "an integer", "ISO 4217"),
        (r#""currency":"GBP","#, "", "/currency", "missing", "ISO 4217"),
        ("Europe/London", "Europe/Londres", "/timezone", "Londres", "IANA"),
        ("Europe/London", "europe/london", "/timezone", "europe/london", "IANA"),
        ("Europe/London", "", "/timezone", "", "IANA"),
        ("[]", "{}", "/rules", "not a list", "list"),
        (r#""rules":[]"#, r#""rule":[]"#, "/rule", "unknown key", "rules"),
        (r#""rules""#, r#""currency":"GBP","rules""#, "/currency", "twice", "once"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let told = faults(&text);
        let first = told.first().unwrap_or_else(|| panic!("no fault in {text}"));
        assert_eq!(first.pointer, pointer, "{told:?}");
        assert!(first.message.contains(message), "{told:?}");
        assert!(first.expected.contains(expected), "{told:?}");
    }
    for text in ["", "{", "nothing", "[1]x", "{}{}", "\u{0}", "null", "[]", "3", "\"x\""] {
        assert_eq!(faults(text).len(), 1, "{text:?}");
        assert_eq!(faults(text)[0].pointer, "", "{text:?}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(faults(&deep).len(), 1);
}

#[test]
fn a_fault_in_a_rule_is_told_with_its_pointer() {
    let cases = [
        (r#"{}"#, "/rules/0/id", "missing", "string"),
        (r#"{"id":""}"#, "/rules/0/id", "empty", "1 to 200"),
        (r#"{"id":7}"#, "/rules/0/id", "an integer", "string"),
        (r#"{"id":"a\nb"}"#, "/rules/0/id", "control", "1 to 200"),
        (r#"[]"#, "/rules/0", "a list", "an object"),
        (r#"{"id":"a","prio":1}"#, "/rules/0/prio", "unknown key \"prio\"", "priority"),
        (r#"{"id":"a","x/y~z":1}"#, "/rules/0/x~1y~0z", "unknown key", "priority"),
        (r#"{"id":"a","id":"b"}"#, "/rules/0/id", "twice", "once"),
        (r#"{"id":"a"},{"id":"a"}"#, "/rules/1/id", "/rules/0", "of its own"),
        (r#"{"id":"a","priority":1.5}"#, "/rules/0/priority", "no exact integer", "integer"),
        (r#"{"id":"a","priority":1e3}"#, "/rules/0/priority", "no exact integer", "integer"),
        (r#"{"id":"a","priority":9007199254740992}"#, "/rules/0/priority", "range", "integer"),
        (r#"{"id":"a","priority":99999999999999999999}"#, "/rules/0/priority", "exact", "integer"),
        (r#"{"id":"a","priority":null}"#, "/rules/0/priority", "null", "integer"),
        (r#"{"id":"a","when":[]}"#, "/rules/0/when", "a list", "an object"),
        (r#"{"id":"a","policy":null}"#, "/rules/0/policy", "null", "an object"),
    ];
    for (rule, pointer, message, expected) in cases {
        check(&document("GBP", rule), pointer, message, expected);
    }
}

#[test]
fn a_fault_in_a_condition_is_told_with_its_pointer() {
    let cases = [
        (r#""colour":{}"#, "colour", "unknown key", "category"),
        (r#""category":{"any":[]}"#, "category/any", "unknown key", "any_of"),
        (r#""category":{"all_of":[]}"#, "category/all_of", "unknown key", "none_of"),
        (r#""category":["home"]"#, "category", "a list", "an object"),
        (r#""category":{"any_of":"home"}"#, "category/any_of", "a string", "a list"),
        (r#""category":{"any_of":["ok","home//x"]}"#, "category/any_of/1", "empty part", "path"),
        (r#""category":{"none_of":["home/"]}"#, "category/none_of/0", "empty part", "path"),
        (r#""product":{"any_of":[85123]}"#, "product/any_of/0", "an integer", "string"),
        (r#""segment":{"all_of":[""]}"#, "segment/all_of/0", "empty", "1 to 200"),
        (r#""country":{"any_of":["gb"]}"#, "country/any_of/0", "gb", "alpha-2"),
        (r#""country":{"any_of":["GBR"]}"#, "country/any_of/0", "GBR", "alpha-2"),
        (r#""customer":{"any_of":["vip"]}"#, "customer/any_of/0", "vip", "new, returning"),
        (r#""weekday":{"any_of":["monday"]}"#, "weekday/any_of/0", "monday", "mon, tue"),
        (r#""quantity":{"min":"6"}"#, "quantity/min", "a string", "integer"),
        (r#""quantity":{"min":7,"max":6}"#, "quantity", "above", "at or below"),
        (r#""quantity":{"from":7}"#, "quantity/from", "unknown key", "min"),
        (r#""list_price":{"min":1}"#, "list_price/min", "an integer", "GBP"),
        (r#""list_price":{"min":"1.001"}"#, "list_price/min", "more than the 2", "2 decimals"),
        (r#""list_price":{"min":"-1"}"#, "list_price/min", "negative", "zero or more"),
        (r#""list_price":{"min":"2","max":"1.99"}"#, "list_price", "above", "at or below"),
        (r#""list_price":{"max":"99999999999999.99"}"#, "list_price/max", "beyond", "GBP"),
        (r#""stock":{"max":true}"#, "stock/max", "true or false", "integer"),
        (r#""time":{"from":"09:00"}"#, "time/until", "missing", "time of day"),
        (r#""time":{"from":"09:00","until":"09:00"}"#, "time", "same", "different"),
        (r#""time":{"from":"9:00","until":"10:00"}"#, "time/from", "9:00", "time of day"),
        (r#""time":{"from":"09:00","until":"24:00"}"#, "time/until", "24:00", "time of day"),
        (r#""window":{"from":"2011-11-01"}"#, "window/from", "2011", "local date"),
        (r#""window":{"from":"2011-02-29T00:00"}"#, "window/from", "2011", "local date"),
        (r#""window":{"from":"2011-11-01T00:00Z"}"#, "window/from", "2011", "local date"),
        (
            r#""window":{"from":"2011-11-02T00:00","until":"2011-11-01T00:00"}"#,
            "window",
            "after",
            "before",
        ),
    ];
    for (condition, pointer, message, expected) in cases {
        let text = document("GBP", &format!(r#"{{"id":"a","when":{{{condition}}}}}"#));
        check(&text, &format!("/rules/0/when/{pointer}"), message, expected);
    }
}

#[test]
fn a_fault_in_a_guardrail_or_a_policy_is_told_with_its_pointer() {
    let cases = [
        (r#""guardrails":{"flor":{}}"#, "guardrails/flor", "unknown key", "floor"),
        (r#""guardrails":{"floor":{}}"#, "guardrails/floor", "0 price terms", "one of"),
        (r#""guardrails":{"floor":"3"}"#, "guardrails/floor", "a string", "an object"),
        (
            r#""guardrails":{"floor":{"amount":"1","margin":"0"}}"#,
            "guardrails/floor",
            "2 price terms",
            "one of",
        ),
        (r#""guardrails":{"floor":{"cost":"1"}}"#, "guardrails/floor/cost", "unknown", "margin"),
        (r#""guardrails":{"floor":{"amount":3.2}}"#, "guardrails/floor/amount", "number", "GBP"),
        (r#""guardrails":{"floor":{"amount":"1e2"}}"#, "guardrails/floor/amount", "1e2", "GBP"),
        (r#""guardrails":{"floor":{"amount":"£3"}}"#, "guardrails/floor/amount", "£3", "GBP"),
        (r#""guardrails":{"floor":{"amount":"-3"}}"#, "guardrails/floor/amount", "neg", "zero"),
        (r#""guardrails":{"floor":{"margin":"1"}}"#, "guardrails/floor/margin", "1 or", "below"),
        (r#""guardrails":{"floor":{"margin":"18%"}}"#, "guardrails/floor/margin", "18%", "0.18"),
        (r#""guardrails":{"floor":{"of_list":"-1"}}"#, "guardrails/floor/of_list", "neg", "zero"),
        (
            r#""guardrails":{"floor":{"of_list":"0.123456789012345678901"}}"#,
            "guardrails/floor/of_list",
            "too many",
            "20 decimal",
        ),
        (r#""guardrails":{"max_discount":"1.01"}"#, "guardrails/max_discount", "1.01", "to \"1\""),
        (r#""guardrails":{"max_discount":"-0.1"}"#, "guardrails/max_discount", "-0.1", "\"0\""),
        (r#""guardrails":{"max_discount":0.25}"#, "guardrails/max_discount", "number", "string"),
        (r#""policy":{"max_rounds":0}"#, "policy/max_rounds", "0", "1 to 100"),
        (r#""policy":{"max_rounds":101}"#, "policy/max_rounds", "101", "1 to 100"),
        (r#""policy":{"concession":"hard"}"#, "policy/concession", "hard", "boulware"),
        (r#""policy":{"deal_valid":"P1D"}"#, "policy/deal_valid", "P1D", "PT30M"),
        (r#""policy":{"deal_valid":"PT0S"}"#, "policy/deal_valid", "PT0S", "PT30M"),
        (r#""policy":{"deal_valid":"PT721H"}"#, "policy/deal_valid", "PT721H", "720"),
        (r#""policy":{"deal_valid":"30m"}"#, "policy/deal_valid", "30m", "PT30M"),
        (r#""policy":{"deal_valid":"-PT30M"}"#, "policy/deal_valid", "-PT30M", "PT30M"),
        (r#""policy":{"sweeteners":["a",1]}"#, "policy/sweeteners/1", "integer", "string"),
        (r#""policy":{"combine_with":"loyalty"}"#, "policy/combine_with", "a string", "a list"),
    ];
    for (part, pointer, message, expected) in cases {
        let text = document("GBP", &format!(r#"{{"id":"a",{part}}}"#));
        check(&text, &format!("/rules/0/{pointer}"), message, expected);
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let text = document(
        "GBP",
        r#"{"when":{"quantity":{"min":2,"max":1},"stock":{"min":"x"},"shade":{}},
            "guardrails":{"floor":{"amount":"1.234"},"max_discount":"2"},
            "policy":{"target":{"margin":"1.5"},"max_rounds":0}},
           {"id":"b","when":{"country":{"any_of":["gb","GB","Gb"]}}}"#,
    );
    let pointers: Vec<String> = faults(&text).into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(
        pointers,
        [
            "/rules/0/id",
            "/rules/0/when/shade",
            "/rules/0/when/quantity",
            "/rules/0/when/stock/min",
            "/rules/0/guardrails/floor/amount",
            "/rules/0/guardrails/max_discount",
            "/rules/0/policy/target/margin",
            "/rules/0/policy/max_rounds",
            "/rules/1/when/country/any_of/0",
            "/rules/1/when/country/any_of/2",
        ]
    );
}

#[test]
fn amounts_have_the_digits_of_their_currency() {
    for (currency, right, wrong) in
        [("JPY", "980", "980.5"), ("GBP", "3.20", "3.205"), ("KWD", "1.234", "1.2345")]
    {
        let rule =
            |amount| format!(r#"{{"id":"a","guardrails":{{"floor":{{"amount":"{amount}"}}}}}}"#);
        assert_eq!(faults(&document(currency, &rule(right))), [], "{currency}");
        let pointer = "/rules/0/guardrails/floor/amount";
        check(&document(currency, &rule(wrong)), pointer, "decimal digits", currency);
    }
}

#[test]
fn sizes_are_limited() {
    let names = |count: usize| {
        let list: Vec<String> = (0..count).map(|n| format!("\"s{n}\"")).collect();
        let list = list.join(",");
        document("GBP", &format!(r#"{{"id":"a","when":{{"product":{{"any_of":[{list}]}}}}}}"#))
    };
    assert_eq!(faults(&names(10_000)), []);
    check(&names(10_001), "/rules/0/when/product/any_of", "10001", "at most 10000");
    let id = |length: usize| document("GBP", &format!(r#"{{"id":"{}"}}"#, "é".repeat(length)));
    assert_eq!(faults(&id(200)), []);
    check(&id(201), "/rules/0/id", "too long", "200");
    let rules = document("GBP", &vec!["1"; 100_001].join(","));
    check(&rules, "/rules", "100001", "at most 100000");
}

#[test]
fn a_document_is_written_in_its_canonical_form() {
    let untidy = document(
        "GBP",
        r#"{"policy":{},"guardrails":{"max_discount":"0.250"},"priority":0,
            "when":{"stock":{},"weekday":{"any_of":["sun","mon","sun"],"none_of":[]},
            "time":{"until":"17:30:00","from":"09:00"},"segment":{"any_of":[],"all_of":[]}},
            "id":"a"}"#,
    );
    let set = RuleSet::parse(&untidy).unwrap();
    let line = r#"{"id": "a", "when": {"segment": {"any_of":[]}, "stock": {}, "weekday": {"any_of":["mon","sun"]}, "time": {"from":"09:00","until":"17:30"}}, "guardrails": {"max_discount": "0.250"}}"#;
    let written = set.to_json();
    let rule: serde_json::Value = serde_json::from_str::<serde_json::Value>(&written).unwrap();
    assert_eq!(rule["rules"][0], serde_json::from_str::<serde_json::Value>(line).unwrap());
    let again = RuleSet::parse(&written).unwrap();
    assert_eq!(again, set);
    assert_eq!(again.to_json(), written);
    // an empty condition is a condition: it counts towards specificity
    assert_eq!(set.rules()[0].when.dimensions(), 4);
    assert!(!set.rules()[0].guardrails.max_discount.unwrap().is_zero());
}

#[test]
fn a_form_builds_rules_and_is_told_what_is_wrong_with_them() {
    let rule = Rule {
        name: Some("Bulk \"lamps\"".to_owned()),
        when: When {
            category: Some(OneOf::any(["home/lamps".to_owned()])),
            quantity: Some(Range { min: Some(10), max: None }),
            window: Some(Window { from: "2026-12-01T00:00".parse().ok(), until: None }),
            ..When::default()
        },
        guardrails: Guardrails {
            floor: Some(PriceTerm::Margin("0.055".parse().unwrap())),
            ..Guardrails::default()
        },
        policy: Policy { deal_valid: DealValid::minutes(45), ..Policy::default() },
        ..Rule::new("bulk")
    };
    let set = RuleSet::new(Currency::GBP, "Europe/London", std::slice::from_ref(&rule)).unwrap();
    assert_eq!(set.rules(), std::slice::from_ref(&rule));
    assert_eq!(RuleSet::parse(&set.to_json()).unwrap(), set);

    let mut wrong = rule;
    wrong.when.quantity = Some(Range { min: Some(10), max: Some(9) });
    wrong.guardrails.floor = Some(PriceTerm::Margin("1".parse().unwrap()));
    let faults = RuleSet::new(Currency::GBP, "Mars/Olympus", &[wrong.clone(), wrong]).unwrap_err();
    let pointers: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/timezone",
            "/rules/0/when/quantity",
            "/rules/0/guardrails/floor/margin",
            "/rules/1/when/quantity",
            "/rules/1/guardrails/floor/margin",
            "/rules/1/id",
        ]
    );
}

#[test]
fn bands_make_a_simple_draft() {
    let share = |text: &str| Some(PriceTerm::OfList(text.parse().unwrap()));
    let everything = Band { floor: share("0.8"), accept_at: share("0.95"), ..Band::default() };
    let lamps = Band {
        category: Some("home/lamps".to_owned()),
        segment: Some("wholesale".to_owned()),
        floor: share("0.7"),
        ..Band::default()
    };
    let set = from_bands(Currency::EUR, "Europe/Berlin", &[everything, lamps.clone()]).unwrap();
    let ids: Vec<&str> = set.rules().iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["*:*", "home/lamps:wholesale"]);
    let faults = from_bands(Currency::EUR, "Europe/Berlin", &[lamps.clone(), lamps]).unwrap_err();
    assert_eq!(faults[0].pointer, "/rules/1/id");
}

#[test]
fn common_zones_are_known() {
    for zone in ["UTC", "Etc/UTC", "GMT", "Europe/Berlin", "America/New_York", "Asia/Kolkata"] {
        let set = RuleSet::new(Currency::GBP, zone, &[]).unwrap();
        assert_eq!(set.timezone_name(), zone);
    }
}
