//! From a draft that was written without a line to force, by two people, and back.

use api::error::ErrorCode;
use api::rules::{
    Acknowledge, Activation, ReviewRequest, ReviewVerdict, RollBack, RuleSetState, ShadowRequest,
};
use api::shop::PlacedOrder;
use console::rules::ReplayFormat;
use console::{progress, rules};
use testkit::{Engine, Service};

use super::drafts::against_active;
use super::{AMBIGUOUS, Desk};

#[tokio::test(flavor = "multi_thread")]
async fn rules_written_without_a_line_take_effect_and_are_taken_back() {
    let mut service = Service::start(Engine::Sqlite).await;
    let market = service.market("lantern").await;
    market.staff("Ada", "manager").await;
    let maya = market.visitor().await;
    let token = market.deal(&maya, "LIGHT", 2).await.deal.unwrap().token;
    let _: PlacedOrder = market.check_out(&maya, Some(&token), "approve").await.expect(201);
    let (ada, sam) = (Desk::of(&service, "ada").await, Desk::of(&service, "sam").await);
    let (hers, his) = (&ada.console, &sam.console);
    let first = rules::replay(hers, "active", against_active(), progress::unwatched()).await;
    assert_eq!(first.unwrap().overall.lines, 1);

    service.stop().await;
    ada.line_down().await;
    let id = ada.draft(AMBIGUOUS).await.summary.id;
    let found = rules::check(hers, &id, progress::unwatched()).await.unwrap();
    let finding = found.findings.iter().find(|f| f.key.as_deref() == Some("target")).unwrap();
    rules::edit(hers, &id, finding.fixes[0].edits.clone(), None).await.unwrap();
    let replay = rules::replay(hers, &id, against_active(), progress::unwatched()).await.unwrap();
    assert_eq!((replay.overall.lines, replay.baseline.unwrap().lines), (1, 1));
    exported(&ada, &id, &replay.overall.revenue_after).await;
    service.restart().await;
    ada.arrived().await;

    let rev = rules::get(hers, &id).await.unwrap().summary.rev;
    let asked = ReviewRequest { base_rev: rev, note: "For the winter".into() };
    let set = rules::submit(hers, &id, asked).await.unwrap();
    assert_eq!((set.summary.state, set.summary.version), (RuleSetState::InReview, Some(2)));

    let verdict = |base_rev| ReviewVerdict { base_rev, approve: true, reason: String::new() };
    rules::decide_review(his, &id, verdict(set.summary.rev)).await.unwrap_err();
    let review = rules::review(his, &id).await.unwrap();
    assert_eq!((review.note.as_str(), review.findings.warnings), ("For the winter", 1));
    assert_eq!(review.replay.unwrap().overall.lines, 1);
    let known =
        Acknowledge { finding: review.findings.findings[0].name(), reason: "Wanted so".into() };
    let review = rules::acknowledge(his, &id, known).await.unwrap();
    assert_eq!(review.acknowledged.len(), 1);
    let rev = rules::get(his, &id).await.unwrap().summary.rev;
    rules::decide_review(hers, &id, verdict(rev)).await.unwrap_err();
    let set = rules::decide_review(his, &id, verdict(rev)).await.unwrap();

    let on = ShadowRequest { base_rev: set.summary.rev, on: true };
    let set = rules::shadow(his, &id, on).await.unwrap();
    assert_eq!(set.summary.state, RuleSetState::Shadow);
    assert_eq!(rules::shadow_report(hers, &id).await.unwrap().version, 2);
    let now = Activation { base_rev: set.summary.rev, reason: "Winter is here".into(), at: None };
    let set = rules::activate(his, &id, now).await.unwrap();
    assert_eq!(set.summary.state, RuleSetState::Active);
    assert_eq!(rules::get(his, "active").await.unwrap().summary.id, id);

    let back = RollBack { from_version: 2, reason: "Too kind".into() };
    let set = rules::roll_back(his, back.clone()).await.unwrap();
    assert_eq!(set.summary.state, RuleSetState::Active);
    assert_ne!(rules::get(his, "active").await.unwrap().summary.id, id);
    rules::roll_back(his, back).await.expect_err("a second click goes no further");
}

/// Our own edits move a draft on behind the window's back; what a colleague wrote is looked at first.
#[tokio::test(flavor = "multi_thread")]
async fn a_step_is_taken_over_what_the_person_has_read() {
    let service = Service::start(Engine::Sqlite).await;
    let market = service.market("lantern").await;
    market.staff("Ada", "manager").await;
    let (ada, sam) = (Desk::of(&service, "ada").await, Desk::of(&service, "sam").await);
    let (hers, his) = (&ada.console, &sam.console);
    let named = |name: &str| Some(name.to_owned());

    let id = ada.draft(AMBIGUOUS).await.summary.id;
    ada.arrived().await;
    let first = rules::get(hers, &id).await.unwrap().summary.rev;
    rules::edit(hers, &id, vec![], named("Winter")).await.unwrap();
    ada.arrived().await;
    let asked = ReviewRequest { base_rev: first, note: String::new() };
    let set = rules::submit(hers, &id, asked).await.unwrap();
    assert_eq!((set.summary.name.as_str(), set.summary.version), ("Winter", Some(2)));

    let id = ada.draft(AMBIGUOUS).await.summary.id;
    ada.arrived().await;
    let first = rules::get(hers, &id).await.unwrap().summary.rev;
    sam.arrived().await;
    rules::get(his, &id).await.unwrap();
    rules::edit(his, &id, vec![], named("Spring")).await.unwrap();
    sam.arrived().await;
    ada.arrived().await;
    let asked = ReviewRequest { base_rev: first, note: String::new() };
    let refused = rules::submit(hers, &id, asked.clone()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Conflict, "{}", refused.message);
    assert_eq!(rules::get(hers, &id).await.unwrap().summary.name, "Spring");
    let set = rules::submit(hers, &id, asked).await.unwrap();
    assert_eq!(set.summary.state, RuleSetState::InReview);
}

/// A replay as files: whole, or not at all.
async fn exported(desk: &Desk, id: &str, revenue: &str) {
    let (console, folder) = (&desk.console, desk.folder.path());
    let csv = folder.join("replay.csv");
    let write = |path: &std::path::Path, format| {
        let path = path.to_owned();
        async move { rules::export_replay(console, id, against_active(), &path, format).await }
    };
    write(&csv, ReplayFormat::Csv).await.unwrap();
    let text = std::fs::read_to_string(&csv).unwrap();
    assert!(text.starts_with("group,name,currency,rules,lines,"), "{text}");
    assert!(text.contains(revenue), "{text}");
    let xlsx = folder.join("replay.xlsx");
    write(&xlsx, ReplayFormat::Xlsx).await.unwrap();
    assert!(std::fs::read(&xlsx).unwrap().starts_with(b"PK"), "a workbook is a zip file");
    let nowhere = folder.join("no such folder").join("replay.csv");
    let refused = write(&nowhere, ReplayFormat::Csv).await.unwrap_err();
    assert_eq!(refused.context["field"], "path");
}
