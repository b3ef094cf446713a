//! A draft is reviewed: what was found is attached, warnings are acknowledged by name, a second
//! person decides.

use api::error::ErrorCode;
use api::rules::{FindingKind, Review, RuleSet, RuleSetState, RuleSetSummary};
use serde_json::json;
use testkit::on_each_engine;

use super::{Desk, ambiguous, contradictory, log_of};

#[tokio::test]
async fn a_warning_is_acknowledged_by_name_and_a_second_person_approves() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let (hers, his) =
            (Desk { market: &market, staff: &ada }, Desk { market: &market, staff: &market.owner });
        let draft = hers.draft(&ambiguous()).await;
        let id = draft.summary.id.clone();
        let stale = json!({ "base_rev": 7 });
        let late = ada.post(&hers.at(&id, "/submit"), &stale).await.refused(409);
        assert_eq!((late.code, late.context["rev"].as_str()), (ErrorCode::Conflict, "1"));
        let sent: RuleSet = hers
            .step(&id, "/submit", json!({ "note": "Two targets, on purpose" }))
            .await
            .expect(200);
        assert_eq!((sent.summary.version, sent.summary.state), (Some(2), RuleSetState::InReview));

        let review = hers.review(&id).await;
        assert_eq!(
            (review.asked_by.as_str(), review.note.as_str()),
            ("Ada", "Two targets, on purpose")
        );
        assert_eq!((review.findings.errors, review.findings.warnings), (0, 1));
        assert_eq!(review.findings.products, 2);
        let warning = review.findings.findings[0].name();
        assert_eq!(
            (warning.kind, warning.key.as_deref()),
            (FindingKind::Ambiguity, Some("target"))
        );
        assert!(review.replay.is_none(), "nothing was sold yet");
        assert_eq!((review.blocked.len(), his.review(&id).await.blocked.len()), (2, 1));

        let early = his.approve(&id).await.refused(409);
        assert_eq!(
            (early.code, early.context["warnings"].as_str()),
            (ErrorCode::NotAllowedNow, "1")
        );
        let path = hers.at(&id, "/acknowledge");
        let bare = json!({ "finding": warning, "reason": "  " });
        assert_eq!(ada.post(&path, &bare).await.refused(400).context["field"], "reason");
        let word = json!({ "finding": warning, "reason": "The second is for the sale" });
        let review: Review = ada.post(&path, &word).await.expect(200);
        assert_eq!((review.acknowledged[0].by.as_str(), review.acknowledged.len()), ("Ada", 1));
        assert_eq!(market.owner.post(&path, &word).await.refused(409).code, ErrorCode::Conflict);

        let own = hers.approve(&id).await.refused(409);
        assert_eq!(own.context["second_person"], "true");
        let approved: RuleSet = his.approve(&id).await.expect(200);
        assert_eq!(approved.summary.state, RuleSetState::InReview);
        assert_eq!(his.review(&id).await.approved_by.as_deref(), Some("Sam Okafor"));
        assert_eq!(hers.activate(&id).await.refused(409).context["second_person"], "true");
        let active: RuleSet = his.activate(&id).await.expect(200);
        assert_eq!(active.summary.state, RuleSetState::Active);
        assert_eq!(active.document, draft.document);
        let log = [
            "rules.draft by Ada",
            "rules.submit by Ada",
            "rules.acknowledge by Ada",
            "rules.approve by Sam Okafor",
            "rules.activate by Sam Okafor",
        ];
        assert_eq!(log_of(&market, &id).await, log);
    })
    .await;
}

#[tokio::test]
async fn errors_block_and_what_is_sent_back_is_a_draft_of_its_author_again() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let (hers, his) =
            (Desk { market: &market, staff: &ada }, Desk { market: &market, staff: &market.owner });
        // neither errors nor warnings pass in one action
        for document in [contradictory(), ambiguous()] {
            let draft = hers.draft(&document).await;
            let refused = his.activate(&draft.summary.id).await.refused(409);
            assert_eq!(refused.code, ErrorCode::NotAllowedNow);
            assert_eq!(hers.get(&draft.summary.id).await.summary, draft.summary, "{refused:?}");
            let path = hers.at(&draft.summary.id, "");
            assert_eq!(ada.delete(&path).await.status, 200);
        }
        let sent = hers.submitted(&contradictory()).await;
        let id = &sent.summary.id;
        let refused = his.approve(id).await.refused(409);
        assert_eq!(refused.context["errors"], "1");
        assert_eq!(his.activate(id).await.refused(409).code, ErrorCode::NotAllowedNow);
        let error = his.review(id).await.findings.findings[0].name();
        let word = json!({ "finding": error, "reason": "It is fine" });
        let forged = market.owner.post(&his.at(id, "/acknowledge"), &word).await.refused(400);
        assert_eq!(forged.context["field"], "finding");

        let verdict = json!({ "approve": false, "reason": "The ceiling is a slip" });
        let back: RuleSet = his.step(id, "/review", verdict).await.expect(200);
        assert_eq!((back.summary.id == *id, back.summary.state), (true, RuleSetState::Retired));
        let all: Vec<RuleSetSummary> = ada.get(&market.at("rule-sets")).await.expect(200);
        let draft = all.iter().find(|set| set.state == RuleSetState::Draft).unwrap();
        assert_eq!((draft.author.as_str(), draft.version), ("Ada", None));
        assert_eq!(hers.get(&draft.id).await.document, sent.document);
        let review = his.review(id).await;
        assert_eq!(
            (review.approved_by, review.reason.as_deref()),
            (None, Some("The ceiling is a slip"))
        );
        assert_eq!(his.approve(id).await.refused(409).context["state"], "retired");
    })
    .await;
}

#[tokio::test]
async fn a_review_asked_for_twice_under_one_key_is_one_version() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let desk = Desk { market: &market, staff: &market.owner };
        let draft = desk.draft(&ambiguous()).await;
        let again = market.owner.clone().with_header("Idempotency-Key", "once");
        let path = desk.at(&draft.summary.id, "/submit");
        let asked = json!({ "base_rev": 1 });
        let first: RuleSet = again.post(&path, &asked).await.expect(200);
        assert_eq!(again.post(&path, &asked).await.expect::<RuleSet>(200), first);
        let other = again.post(&path, &json!({ "base_rev": 2 })).await.refused(422);
        assert_eq!(other.code, ErrorCode::KeyReused);
        assert_eq!(desk.submitted(&ambiguous()).await.summary.version, Some(3));
    })
    .await;
}
