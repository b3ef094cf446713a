//! A draft is written with the service stopped.

use api::error::ErrorCode;
use api::rules::{FindingKind, ReviewRequest, RuleEdit, RuleSetState};
use console::{connection, progress, rules};
use testkit::{Engine, Service};

use super::{AMBIGUOUS, Desk};

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_writes_checks_and_mends_rules_without_a_line() {
    let mut service = Service::start(Engine::Sqlite).await;
    let market = service.market("lantern").await;
    market.staff("Ada", "manager").await;
    let ada = Desk::of(&service, "ada").await;
    let console = &ada.console;
    service.stop().await;
    ada.line_down().await;

    let templates = rules::templates(console).await.unwrap();
    assert!(!templates.is_empty());
    for template in templates {
        let made = ada.draft(&template.document).await;
        assert_eq!(made.problems, [], "{}", template.id);
    }

    let id = ada.draft(AMBIGUOUS).await.summary.id;
    let found = rules::check(console, &id, progress::unwatched()).await.unwrap();
    assert_eq!((found.errors, found.warnings, found.rules, found.products), (0, 2, 4, 2));
    let finding = found.findings.iter().find(|f| f.key.as_deref() == Some("target")).unwrap();
    assert_eq!(finding.kind, FindingKind::Ambiguity);
    for fix in &finding.fixes {
        let tried = ada.draft(AMBIGUOUS).await.summary.id;
        rules::edit(console, &tried, fix.edits.clone(), None).await.unwrap();
        let left = rules::check(console, &tried, progress::unwatched()).await.unwrap();
        assert_eq!(left.warnings, 1, "{}: {:?}", fix.label, left.findings);
    }
    let fix = finding.fixes.first().expect("an ambiguity has a fix");
    let saved = rules::edit(console, &id, fix.edits.clone(), None).await.unwrap();
    assert_eq!((saved.rules, saved.problems.len()), (4, 0));

    let diff = rules::diff(console, "active", &id).await.unwrap();
    assert!(!diff.changes.is_empty());
    let touching = rules::touching(console, &id, "LIGHT").await.unwrap();
    assert_eq!(touching, ["a", "b", "c", "d"]);
    let example = rules::example(console, &id, "LIGHT").await.unwrap();
    let priced = rules::price(console, &id, example).await.unwrap();
    assert_eq!(priced.floor.as_deref(), Some("7.64"));
    let coverage = rules::coverage(console, &id).await.unwrap();
    let lights = coverage.rows.iter().find(|row| row.category == "home/lights").unwrap();
    assert!(lights.cells.iter().all(|cell| cell.with_floor == lights.products));
    let reach = rules::reach(console, &id).await.unwrap();
    assert!(reach.iter().all(|rule| rule.products == 2), "{reach:?}");

    let refused = rules::submit(console, &id, Default::default()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Offline, "a step is the service's to decide");
    assert_eq!(rules::get(console, &id).await.unwrap().summary.state, RuleSetState::Draft);
    let none = rules::replay(console, &id, against_active(), progress::unwatched()).await;
    assert_eq!(none.unwrap_err().code, ErrorCode::Offline, "no past orders were ever fetched");

    let written = rules::get(console, &id).await.unwrap().document;
    service.restart().await;
    ada.arrived().await;
    let path = market.at(&format!("rule-sets/{id}"));
    let there: api::rules::RuleSet = market.owner.get(&path).await.expect(200);
    assert_eq!(there.document, written);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_check_ends_the_older_and_faults_are_named() {
    let service = Service::start(Engine::Sqlite).await;
    service.market("lantern").await;
    let sam = Desk::of(&service, "sam").await;
    let console = &sam.console;
    let id = sam.draft(AMBIGUOUS).await.summary.id;
    let check = || rules::check(console, &id, progress::unwatched());
    let (older, newer) = tokio::join!(check(), check());
    assert_eq!(older.unwrap_err().code, ErrorCode::Cancelled);
    assert_eq!(newer.unwrap().warnings, 2);

    let broken = r#"{"id": "b", "policy": {"target": {"of_lust": "0.90"}}}"#;
    let edit = RuleEdit { rule_id: "b".into(), rule: Some(broken.into()) };
    let saved = rules::edit(console, &id, vec![edit], None).await.unwrap();
    assert!(!saved.problems.is_empty());
    let kept = rules::get(console, &id).await.unwrap();
    assert!(kept.document.contains("of_lust"), "faults are kept as they are written");
    let refused = check().await.unwrap_err();
    assert_eq!(refused.context["state"], "faults");
    assert!(refused.context["pointer"].starts_with("/rules/1"), "{refused:?}");
}

/// A slip in a name is told while the draft is written, and to the one who reviews it.
#[tokio::test(flavor = "multi_thread")]
async fn a_segment_that_the_store_has_not_is_noted() {
    let service = Service::start(Engine::Sqlite).await;
    service.market("lantern").await;
    let sam = Desk::of(&service, "sam").await;
    let console = &sam.console;
    let text = AMBIGUOUS.replacen(
        r#""id": "a","#,
        r#""id": "a", "when": {"segment": {"any_of": ["wholesal"]}},"#,
        1,
    );
    assert_ne!(text, AMBIGUOUS);
    let id = sam.draft(&text).await.summary.id;
    let note = r#"No segment among the customers is called "wholesal", named by a."#;
    let found = rules::check(console, &id, progress::unwatched()).await.unwrap();
    assert_eq!(found.notes, [note]);
    sam.arrived().await;
    let rev = rules::get(console, &id).await.unwrap().summary.rev;
    let asked = ReviewRequest { base_rev: rev, note: String::new() };
    rules::submit(console, &id, asked).await.unwrap();
    assert_eq!(rules::review(console, &id).await.unwrap().findings.notes, [note]);
}

/// What waits for a draft goes with it, and leaves nothing that a list could stumble over.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_deleted_with_the_edits_that_wait() {
    let mut service = Service::start(Engine::Sqlite).await;
    service.market("lantern").await;
    let sam = Desk::of(&service, "sam").await;
    let console = &sam.console;
    let before = rules::list(console).await.unwrap();

    let id = sam.draft(AMBIGUOUS).await.summary.id;
    sam.arrived().await;
    rules::edit(console, &id, vec![], Some("On its way".into())).await.unwrap();
    rules::delete(console, &id).await.unwrap();
    sam.arrived().await;
    assert_eq!(rules::list(console).await.unwrap(), before);
    assert_eq!(connection::state(console).await.unwrap().sync.conflicts, 0);

    service.stop().await;
    sam.line_down().await;
    let id = sam.draft(AMBIGUOUS).await.summary.id;
    rules::delete(console, &id).await.unwrap();
    assert_eq!(rules::list(console).await.unwrap(), before, "only this computer had it");
    let refused = rules::delete(console, &before[0].id).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Offline);
    service.restart().await;
    sam.arrived().await;
    assert_eq!(rules::list(console).await.unwrap(), before);
}

pub(crate) fn against_active() -> rules::ReplayQuestion {
    rules::ReplayQuestion { baseline: Some("active".into()), elasticity: "-1.5".into() }
}
