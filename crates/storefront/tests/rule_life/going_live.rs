//! Taking effect: at once, at a moment, back again; and of two who act at once, one.

use api::error::ErrorCode;
use api::rules::{RuleSet, RuleSetState, RuleSetSummary};
use api::staff::Staff;
use serde_json::{Value, json};
use testkit::{Market, on_each_engine};

use super::{Desk, approved, eventually, log_of, rules};

async fn active_version(market: &Market) -> Option<i64> {
    let all: Vec<RuleSetSummary> = market.owner.get(&market.at("rule-sets")).await.expect(200);
    let active: Vec<_> = all.iter().filter(|set| set.state == RuleSetState::Active).collect();
    assert!(active.len() <= 1, "{active:?}");
    active.first().and_then(|set| set.version)
}

#[tokio::test]
async fn a_moment_that_was_set_comes_and_one_that_was_taken_off_does_not() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let his = Desk { market: &market, staff: &market.owner };
        let past = json!({ "at": "2026-11-20T09:00:00Z" });
        let (first, second) = (
            approved(&market, &ada, &rules("7.00", "0.90")).await,
            approved(&market, &ada, &rules("8.00", "0.90")).await,
        );
        let refused = his.step(&first, "/activate", past).await.refused(400);
        assert_eq!(refused.context["field"], "at");
        let at = json!({ "at": "2026-11-20T10:00:00Z", "reason": "Friday at ten" });
        for id in [&first, &second] {
            let set: RuleSet = his.step(id, "/activate", at.clone()).await.expect(200);
            assert_eq!(set.summary.state, RuleSetState::InReview);
            assert_eq!(json!(set.summary.activates_at), json!("2026-11-20T10:00:00Z"));
        }
        let rev = his.get(&second).await.summary.rev;
        let path = his.at(&second, &format!("/schedule?base_rev={rev}"));
        let off: RuleSet = market.owner.delete(&path).await.expect(200);
        assert_eq!(off.summary.activates_at, None);
        let path = his.at(&second, &format!("/schedule?base_rev={}", rev + 1));
        let none = market.owner.delete(&path).await.refused(409);
        assert_eq!(none.code, ErrorCode::NotAllowedNow);
        service.clock.forward(3_599);
        tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
        assert_eq!(active_version(&market).await, Some(1));
        service.clock.forward(1);
        eventually("version 2 in force", || async {
            (active_version(&market).await == Some(2)).then_some(())
        })
        .await;
        assert_eq!(his.get(&first).await.summary.activates_at, None);
        assert_eq!(his.get(&second).await.summary.state, RuleSetState::InReview);
        let log = log_of(&market, &first).await;
        assert_eq!(log[3..], ["rules.schedule by Sam Okafor", "rules.activate by Sam Okafor"]);
    })
    .await;
}

#[tokio::test]
async fn what_became_wrong_before_its_moment_does_not_take_effect() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let (ada, max) =
            (market.staff("Ada", "manager").await, market.staff("Max", "manager").await);
        let (his, by_max) =
            (Desk { market: &market, staff: &market.owner }, Desk { market: &market, staff: &max });
        let margin = testkit::RULES.replace("0.20", "0.25");
        let costly = approved(&market, &ada, &margin).await;
        let orphan = approved(&market, &ada, &rules("7.00", "0.90")).await;
        let at = json!({ "at": "2026-11-20T10:00:00Z" });
        assert_eq!(his.step(&costly, "/activate", at.clone()).await.status, 200);
        assert_eq!(by_max.step(&orphan, "/activate", at).await.status, 200);
        // a product whose cost nobody knows, and a manager who has left
        market.product("RARE", "Rare lantern", 1500, None, Some(1)).await;
        let people: Vec<Staff> = market.owner.get(&market.at("staff")).await.expect(200);
        let max = people.iter().find(|person| person.name == "Max").unwrap();
        let path = market.at(&format!("staff/{}", max.id));
        assert_eq!(market.owner.patch(&path, &json!({ "active": false })).await.status, 200);
        service.clock.forward(3_600);
        for id in [&costly, &orphan] {
            let dropped = eventually("dropped", || async {
                Some(his.get(id).await.summary).filter(|set| set.activates_at.is_none())
            })
            .await;
            assert_eq!(dropped.state, RuleSetState::InReview);
            let log = log_of(&market, id).await;
            assert_eq!(log.last().unwrap(), "rules.schedule_dropped by Souk");
        }
        assert_eq!(active_version(&market).await, Some(1));
        let now = his.activate(&costly).await.refused(409);
        assert_eq!(now.context["errors"], "1");
    })
    .await;
}

#[tokio::test]
async fn one_action_goes_back_and_a_second_click_does_not_go_further() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let (ada, agent) =
            (market.staff("Ada", "manager").await, market.staff("Ben", "agent").await);
        let his = Desk { market: &market, staff: &market.owner };
        for floor in ["7.00", "8.00"] {
            let id = approved(&market, &ada, &rules(floor, "0.90")).await;
            assert_eq!(his.activate(&id).await.status, 200);
        }
        let path = market.at("rule-sets/roll-back");
        let back = |from: i64| json!({ "from_version": from, "reason": "Too dear" });
        assert_eq!(agent.post(&path, &back(3)).await.status, 403);
        let bare = json!({ "from_version": 3, "reason": " " });
        assert_eq!(ada.post(&path, &bare).await.refused(400).context["field"], "reason");
        let (one, two) = (back(3), back(3));
        let (left, right) = tokio::join!(ada.post(&path, &one), market.owner.post(&path, &two));
        let mut both = [left.status, right.status];
        both.sort_unstable();
        assert_eq!(both, [200, 409]);
        assert_eq!(active_version(&market).await, Some(2));
        let late = ada.post(&path, &back(3)).await.refused(409);
        assert_eq!((late.code, late.context["version"].as_str()), (ErrorCode::Conflict, "2"));
        let first: RuleSet = ada.post(&path, &back(2)).await.expect(200);
        assert_eq!((first.summary.version, first.summary.state), (Some(1), RuleSetState::Active));
        let end = ada.post(&path, &back(1)).await.refused(409);
        assert_eq!(end.code, ErrorCode::NotAllowedNow);
        let log = log_of(&market, &first.summary.id).await;
        assert_eq!(log.last().unwrap(), "rules.roll_back by Ada");
        let check: Value =
            market.owner.post(&market.at("audit/verify"), &json!({})).await.expect(200);
        assert_eq!(check["ok"], true);
    })
    .await;
}

#[tokio::test]
async fn of_two_managers_at_once_one_wins() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let (ada, max) =
            (market.staff("Ada", "manager").await, market.staff("Max", "manager").await);
        let his = Desk { market: &market, staff: &market.owner };
        let id =
            Desk { market: &market, staff: &ada }.submitted(&rules("7.00", "0.9")).await.summary.id;
        let (yes, no) = (
            json!({ "base_rev": 2, "approve": true }),
            json!({ "base_rev": 2, "approve": false, "reason": "No" }),
        );
        let path = his.at(&id, "/review");
        let (left, right) = tokio::join!(max.post(&path, &yes), market.owner.post(&path, &no));
        let lost = if left.status == 200 { right } else { left };
        assert_eq!(lost.refused(409).code, ErrorCode::Conflict);

        let id = approved(&market, &ada, &rules("7.50", "0.9")).await;
        let go = json!({ "base_rev": his.get(&id).await.summary.rev });
        let path = his.at(&id, "/activate");
        let (left, right) = tokio::join!(max.post(&path, &go), market.owner.post(&path, &go));
        let (won, lost) = if left.status == 200 { (left, right) } else { (right, left) };
        let won: RuleSet = won.expect(200);
        assert_eq!(lost.refused(409).code, ErrorCode::Conflict);
        assert_eq!(active_version(&market).await, won.summary.version);
    })
    .await;
}
