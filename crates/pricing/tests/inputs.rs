//! The catalogue and the facts as files: what completes them, and what is told when they are wrong.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use commerce::Currency;
use pricing::{Catalog, CustomerKind, Facts, LineProblem};

const HEADER: &str = "sku,title,category,list_price,unit_cost,stock\n";

fn catalog(text: &str) -> Result<Catalog, Vec<LineProblem>> {
    Catalog::parse(text.as_bytes(), Currency::GBP)
}

/// One fault and no other: its line and column, its words.
fn check(faults: &[LineProblem], line: u64, place: &str, message: &str, expected: &str) {
    assert_eq!(faults.len(), 1, "{faults:?}");
    let fault = &faults[0];
    assert_eq!((fault.line, fault.place.as_str()), (line, place), "{fault}");
    assert!(fault.message.contains(message), "{fault}");
    assert!(fault.expected.contains(expected), "{fault}");
}

#[test]
fn a_catalogue_keeps_what_the_file_says() {
    let text = format!(
        "\u{feff}{HEADER}85123A,\"Holder, \"\"white\"\"\nheart\",home/lights,2.95,1.77,-2\r\n\
         15056bl,=HYPERLINK(\"x\"),home,3,,\n"
    );
    let catalog = catalog(&text).unwrap();
    assert_eq!(catalog.len(), 2);
    let holder = catalog.get("85123A").unwrap();
    assert_eq!(holder.title, "Holder, \"white\"\nheart");
    assert_eq!(holder.category, "home/lights");
    assert_eq!(holder.list_price.to_string(), "2.95");
    assert_eq!(holder.unit_cost.map(|cost| cost.minor()), Some(177));
    assert_eq!(holder.stock, Some(-2));
    let other = catalog.get("15056bl").unwrap();
    assert_eq!((other.unit_cost, other.stock), (None, None));
    assert_eq!(other.list_price.to_string(), "3.00");
    assert!(catalog.get("15056BL").is_none());
    assert!(!catalog.is_empty());
    assert!(Catalog::parse(HEADER.as_bytes(), Currency::GBP).unwrap().is_empty());
}

#[test]
fn a_faulty_catalogue_is_told_by_line_and_column() {
    let long_sku = format!("{},t,home,1,1,1", "x".repeat(201));
    let long_title = format!("a,{},home,1,1,1", "x".repeat(1_000_000));
    for (row, place, message, expected) in [
        ("a,t,home,1,1", "", "5 fields", "6 fields"),
        ("a,t,home,1,1,1,1", "", "7 fields", "6 fields"),
        (",t,home,1,1,1", "sku", "empty", "1 to 200"),
        (long_sku.as_str(), "sku", "too long", "200"),
        (long_title.as_str(), "title", "too long", "1000"),
        ("a,t,,1,1,1", "category", "empty", "1 to 200"),
        ("a,t,home,,1,1", "list_price", "not a decimal", "GBP"),
        ("a,t,home,-1,1,1", "list_price", "negative", "zero or more"),
        ("a,t,home,1.001,1,1", "list_price", "more than the 2", "2 decimals"),
        ("a,t,home,1e3,1,1", "list_price", "1e3", "GBP"),
        ("a,t,home,£1,1,1", "list_price", "£1", "GBP"),
        ("a,t,home, 1,1,1", "list_price", " 1", "GBP"),
        ("a,t,home,1,\"1,5\",1", "unit_cost", "1,5", "GBP"),
        ("a,t,home,1,1,1.5", "stock", "1.5", "integer"),
        ("a,t,home,1,1,+1", "stock", "+1", "integer"),
        ("a,t,home,1,1,99999999999999999999", "stock", "99999", "integer"),
        ("ok,t,home,1,1,1", "sku", "earlier line", "one line for each"),
    ] {
        let text = format!("{HEADER}ok,\"two\nlines\",home,1.00,,\n{row}\n");
        check(&catalog(&text).unwrap_err(), 4, place, message, expected);
    }
    check(&catalog("").unwrap_err(), 1, "", "empty", "sku,title");
    check(&catalog("sku,title\n").unwrap_err(), 1, "", "header", "list_price");
    check(&catalog("SKU,title,category,list_price,unit_cost,stock").unwrap_err(), 1, "", "SKU", "");
    let latin = [HEADER.as_bytes(), b"a,caf\xe9,home,1,1,1\n"].concat();
    let faults = Catalog::parse(&latin, Currency::GBP).unwrap_err();
    check(&faults, 2, "title", "not UTF-8", "UTF-8");
    // a SKU that comes twice is told beside what else is wrong with either line
    for rows in ["a,t,home,x,1,1\na,t,home,1,1,1", "a,t,home,1,1,1\na,t,home,x,1,1"] {
        let faults = catalog(&format!("{HEADER}{rows}\n")).unwrap_err();
        let mut told: Vec<(u64, &str)> =
            faults.iter().map(|fault| (fault.line, fault.place.as_str())).collect();
        told.sort_unstable();
        let torn = if rows.starts_with("a,t,home,x") { 2 } else { 3 };
        assert!(told.contains(&(torn, "list_price")) && told.contains(&(3, "sku")), "{told:?}");
        assert_eq!(told.len(), 2);
    }
    // all of them at once, up to a thousand; the last line may have four
    let many = format!("{HEADER}{}", "a,t,home,x,y,z\n".repeat(2_000));
    let faults = catalog(&many).unwrap_err();
    assert!((1_000..1_004).contains(&faults.len()), "{}", faults.len());
    assert_eq!(faults[2].place, "stock");
}

const SALE: &str = r#"{"product":"85123A","segments":["vip","vip"],"channel":"web","country":"GB","customer":"returning","quantity":6,"intent":70,"at":"2011-11-07T10:00:00+01:00"}"#;

fn facts(line: &str) -> Result<Facts, Vec<LineProblem>> {
    let known = format!("{HEADER}85123A,Holder,home/lights,2.95,1.77,40\nbare,x,home,3,,\n");
    Facts::parse_line(9, line, Currency::GBP, &catalog(&known).unwrap())
}

#[test]
fn facts_are_completed_from_the_catalogue_and_the_line_wins() {
    let sale = facts(SALE).unwrap();
    assert_eq!(sale.category, "home/lights");
    assert_eq!(sale.list_price.minor(), 295);
    assert_eq!(sale.unit_cost.map(|cost| cost.minor()), Some(177));
    assert_eq!((sale.stock, sale.intent, sale.quantity), (Some(40), Some(70), 6));
    assert_eq!(sale.customer, CustomerKind::Returning);
    assert_eq!(sale.segments.len(), 1);
    assert_eq!(sale.at.to_string(), "2011-11-07T09:00:00Z");

    let given = SALE.replace(
        r#""product":"85123A""#,
        r#""product":"85123A","category":"c/d","list_price":"1.5","unit_cost":"0.01","stock":0"#,
    );
    let given = facts(&given).unwrap();
    assert_eq!((given.category.as_str(), given.list_price.minor()), ("c/d", 150));
    assert_eq!((given.unit_cost.map(|cost| cost.minor()), given.stock), (Some(1), Some(0)));

    let nulls = SALE
        .replace(r#""product":"85123A""#, r#""product":"85123A","unit_cost":null,"stock":null"#)
        .replace(r#""intent":70"#, r#""intent":null"#)
        .replace(r#"["vip","vip"]"#, "null");
    let nulls = facts(&nulls).unwrap();
    assert_eq!((nulls.unit_cost, nulls.stock, nulls.intent), (None, None, None));
    assert!(nulls.segments.is_empty());

    // a product that the catalogue has not, all said in the line
    let unlisted =
        SALE.replace(r#""product":"85123A""#, r#""product":"?","category":"c","list_price":"2""#);
    assert_eq!(facts(&unlisted).unwrap().unit_cost, None);
}

#[test]
fn a_file_of_facts_is_read_line_by_line() {
    let catalog = catalog(&format!("{HEADER}85123A,Holder,home,2.95,,\n")).unwrap();
    let parse = |bytes: &[u8]| Facts::parse(bytes, Currency::GBP, &catalog);
    let good = parse(format!("\u{feff}{SALE}\r\n\n  \n{SALE}").as_bytes()).unwrap();
    assert!(good.len() == 2 && good[0] == good[1]);

    let late = SALE.replace(r#""quantity":6"#, r#""quantity":0"#);
    let mut faulty = format!("{SALE}\nnot facts\n\n{late}\n{SALE}\n").into_bytes();
    faulty.extend(b"\xff\n");
    let faults = parse(&faulty).unwrap_err();
    let lines: Vec<u64> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 4, 6]);
    check(&faults[..1], 2, "", "not readable as JSON", "object");
    check(&faults[1..2], 4, "/quantity", "0", "1 or more");
    check(&faults[2..], 6, "", "not UTF-8", "object");
    let many = parse("x\n".repeat(3_000).as_bytes()).unwrap_err();
    assert_eq!(many.len(), 1_000);
}

#[test]
fn facts_written_are_read_again() {
    for line in [SALE, &SALE.replace("85123A", "bare")] {
        let sale = facts(line).unwrap();
        let written = serde_json::to_string(&sale).unwrap();
        let again = Facts::parse_line(1, &written, Currency::GBP, &Catalog::default()).unwrap();
        assert_eq!(again, sale, "{written}");
    }
}

#[test]
fn faulty_facts_are_told_by_line_and_pointer() {
    for (from, to, place, message, expected) in [
        (r#""country":"GB","#, "", "/country", "missing", "country"),
        (r#""channel":"web","#, "", "/channel", "missing", "channel"),
        (r#""quantity":6,"#, "", "/quantity", "missing", "1 or more"),
        (r#""customer":"returning","#, r#""customer":null,"#, "/customer", "missing", "new"),
        ("85123A", "85123B", "/product", "85123B", "catalogue"),
        (r#""product":"85123A","#, "", "/product", "missing", "SKU"),
        (r#""product":"85123A""#, r#""product":"85123A","category":null"#, "/product", "", "both"),
        (r#""quantity":6"#, r#""quantity":0"#, "/quantity", "range", "1 or more"),
        (r#""quantity":6"#, r#""quantity":6.0"#, "/quantity", "no exact integer", "integer"),
        (r#""quantity":6"#, r#""quantity":"6""#, "/quantity", "a string", "integer"),
        (r#""intent":70"#, r#""intent":101"#, "/intent", "range", "0 to 100"),
        (r#""intent":70"#, r#""intent":-1"#, "/intent", "range", "0 to 100"),
        ("returning", "regular", "/customer", "regular", "new, returning"),
        (r#"["vip","vip"]"#, r#""vip""#, "/segments", "a string", "a list"),
        (r#"["vip","vip"]"#, r#"["vip",1]"#, "/segments/1", "an integer", "string"),
        (r#""intent":70"#, r#""intent":70,"mood":1"#, "/mood", "unknown key", "product"),
        (r#""intent":70"#, r#""intent":70,"intent":71"#, "/intent", "twice", "once"),
        (r#""intent":70"#, r#""list_price":2.95"#, "/list_price", "number", "GBP"),
        (r#""intent":70"#, r#""list_price":"2.955""#, "/list_price", "more than", "GBP"),
        (r#""intent":70"#, r#""unit_cost":"-1""#, "/unit_cost", "negative", "GBP"),
        (r#""intent":70"#, r#""stock":1.5"#, "/stock", "no exact", "integer"),
        ("2011-11-07T10:00:00+01:00", "2011-11-07T10:00:00", "/at", "", "RFC 3339"),
        ("2011-11-07T10:00:00+01:00", "2011-11-07", "/at", "", "RFC 3339"),
        ("2011-11-07T10:00:00+01:00", "2011-11-31T10:00:00Z", "/at", "", "RFC 3339"),
        ("2011-11-07T10:00:00+01:00", "2011-11-07T10:00:00.Z", "/at", "", "RFC 3339"),
        ("2011-11-07T10:00:00+01:00", "2011-11-07T10:00:00[UTC]", "/at", "", "RFC 3339"),
        ("2011-11-07T10:00:00+01:00", "20111107T100000Z", "/at", "", "RFC 3339"),
        ("2011-11-07T10:00:00+01:00", "2011-11-07T10:00:00+24:00", "/at", "", "RFC 3339"),
        ("2011-11-07T10:00:00+01:00", "2011-11-07T10:00:00-01:60", "/at", "", "RFC 3339"),
    ] {
        let line = SALE.replacen(from, to, 1);
        assert_ne!(line, SALE, "{from}");
        check(&facts(&line).unwrap_err(), 9, place, message, expected);
    }
    for line in ["", "{", "[]", "null", "{}x", "\u{1f600}"] {
        assert!(!facts(line).unwrap_err().is_empty(), "{line}");
    }
    let empty = facts("{}").unwrap_err();
    let places: Vec<&str> = empty.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(places, ["/product", "/channel", "/country", "/customer", "/quantity", "/at"]);
    assert!(facts(&" ".repeat(5 * 1024 * 1024)).unwrap_err()[0].message.contains("bytes"));
}
