//! Each starting rule set, made out for the sample store and for stores unlike it.

// a test tells what is wrong by panicking, its own functions too
#![allow(clippy::unwrap_used, clippy::panic)]

use std::ops::ControlFlow;

use commerce::Currency;
use jiff::Timestamp;
use jiff::civil::date;
use pricing::{
    Catalog, CheckOptions, CustomerKind, Facts, Outcome, RuleSet, Severity, TemplateParams, check,
    decide, templates,
};

fn catalog() -> Catalog {
    let sample = sample::Sample::read().unwrap();
    Catalog::parse(sample.catalog_csv().as_bytes(), Currency::GBP).unwrap()
}

fn store(catalog: &Catalog) -> TemplateParams {
    let mut categories: Vec<String> =
        catalog.products().iter().map(|product| product.category.clone()).collect();
    categories.sort_unstable();
    categories.dedup();
    TemplateParams {
        currency: Currency::GBP,
        timezone: "Europe/London".to_owned(),
        country: Some("GB".to_owned()),
        categories,
        segments: ["new", "vip", "wholesale"].map(str::to_owned).into(),
        today: date(2011, 11, 7),
    }
}

#[test]
fn every_template_is_explained_rule_by_rule_and_has_an_id_of_its_own() {
    let store = store(&Catalog::default());
    assert!(templates().len() >= 12);
    let mut ids: Vec<&str> = templates().iter().map(|template| template.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), templates().len());
    for template in templates() {
        let rules = template.document(&store).unwrap();
        assert_eq!(template.explain.len(), rules.rules().len(), "{}", template.id);
        assert!(rules.rules().iter().all(|rule| rule.name.is_some()), "{}", template.id);
        let texts = template.explain.iter().chain([&template.summary, &template.name]);
        assert!(texts.clone().all(|text| !text.is_empty() && !text.contains("  ")));
        assert_eq!(RuleSet::parse(&rules.to_json_pretty()).unwrap(), rules);
    }
}

#[test]
fn no_template_has_an_error_on_the_sample_store() {
    let catalog = catalog();
    let store = store(&catalog);
    let options = CheckOptions::at("2011-11-07T10:00:00Z".parse().unwrap());
    for template in templates() {
        let rules = template.document(&store).unwrap();
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let found = check(&rules, Some(&catalog), &options, go_on).unwrap();
        let told: Vec<_> = found
            .findings
            .iter()
            .filter(|finding| {
                finding.severity == Severity::Error
                    // nothing is without a floor, below cost, or for nothing
                    || !matches!(finding.kind, pricing::FindingKind::Bands)
            })
            .map(|finding| (finding.kind, &finding.explain))
            .collect();
        assert!(told.is_empty(), "{}: {told:?}", template.id);
    }
}

#[test]
fn every_template_gives_every_product_of_the_sample_a_floor() {
    let catalog = catalog();
    let store = store(&catalog);
    let moments = ["2011-11-07T18:00:00Z", "2011-11-12T03:00:00Z", "2012-01-05T09:00:00Z"];
    for template in templates() {
        let rules = template.document(&store).unwrap();
        for (place, product) in catalog.products().iter().enumerate() {
            let at: Timestamp = moments[place % moments.len()].parse().unwrap();
            let segments = [&[][..], &["vip"], &["wholesale"], &["vip", "wholesale"]][place % 4];
            let facts = Facts {
                segments: segments.iter().map(|&name| name.to_owned()).collect(),
                customer: CustomerKind::ALL[place % 2],
                quantity: [1, 5, 20, 200][place / 4 % 4],
                intent: [None, Some(10), Some(90)][place / 2 % 3],
                ..Facts::of(product, "web", ["GB", "FR"][place / 8 % 2], at)
            };
            let decision = decide(&rules, &facts);
            assert_eq!(decision.outcome, Outcome::Priced, "{}: {facts:?}", template.id);
        }
    }
}

#[test]
fn a_template_takes_the_names_that_the_store_has() {
    let template = |id: &str| templates().iter().find(|template| template.id == id).unwrap();
    let mut store = store(&catalog());
    let season = template("season").document(&store).unwrap().to_json();
    assert!(season.contains("\"category\": {\"any_of\":[\"christmas\"]}"), "{season}");
    assert!(season.contains("2011-11-01T00:00") && season.contains("2012-02-01T00:00"), "{season}");
    store.segments = vec!["EU-Wholesale".to_owned()];
    let tiers = template("wholesale").document(&store).unwrap().to_json();
    assert!(tiers.contains("EU-Wholesale") && !tiers.contains("\"wholesale\"]"), "{tiers}");
    // a store of other money, elsewhere, with nothing in it yet, in the middle of a January sale
    let bare = TemplateParams {
        currency: Currency::JPY,
        timezone: "Asia/Tokyo".to_owned(),
        country: None,
        categories: Vec::new(),
        segments: Vec::new(),
        today: date(2012, 1, 20),
    };
    for template in templates() {
        let rules = template.document(&bare).unwrap();
        assert_eq!((rules.currency(), rules.timezone_name()), (Currency::JPY, "Asia/Tokyo"));
    }
    let sale = template("season").document(&bare).unwrap().to_json();
    assert!(sale.contains("2011-12-26T00:00") && !sale.contains("category"), "{sale}");
}
