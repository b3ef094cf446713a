//! Shadow: a version decides beside the one in force, staff compare, and no customer is any the
//! wiser.

use api::error::ErrorCode;
use api::rules::{RuleSet, RuleSetState, ShadowReport};
use api::shop::ShopNegotiation;
use serde_json::{Value, json};
use testkit::{Client, Market, on_each_engine};

use super::{Desk, approved, eventually, rules};

async fn report(market: &Market, id: &str, decisions: i64) -> ShadowReport {
    let path = market.at(&format!("rule-sets/{id}/shadow-report"));
    eventually(&format!("{decisions} decisions"), || async {
        let report: ShadowReport = market.owner.get(&path).await.expect(200);
        Some(report).filter(|report| report.decisions == decisions)
    })
    .await
}

/// What one customer is told over a whole negotiation, without ids and times.
async fn haggle(market: &Market, visitor: &Client, offers: &[&str]) -> (String, Vec<String>) {
    let opened: ShopNegotiation = market.open(visitor, "LIGHT", 1).await.expect(201);
    let mut heard = vec![];
    for offer in offers {
        let said = market.say(visitor, &opened.id, offer).await;
        let now: ShopNegotiation = said.expect(200);
        heard.push(format!(
            "{:?} {} {}",
            now.state,
            json!(now.standing_ask),
            now.messages.last().unwrap().text
        ));
    }
    (opened.id, heard)
}

#[tokio::test]
async fn both_decide_and_the_customer_hears_one() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let his = Desk { market: &market, staff: &market.owner };
        let offers = ["£9.50", "£10.80"];
        let without = haggle(&market, &market.visitor().await, &offers).await.1;
        let (dear, kind) = (
            approved(&market, &ada, &rules("11.00", "0.98")).await,
            approved(&market, &ada, &rules("6.50", "0.70")).await,
        );
        let on = json!({ "on": true });
        let unapproved =
            Desk { market: &market, staff: &ada }.submitted(&rules("6.00", "0.9")).await;
        let early = his.step(&unapproved.summary.id, "/shadow", on.clone()).await.refused(409);
        assert_eq!(early.code, ErrorCode::NotAllowedNow);
        let set: RuleSet = his.step(&dear, "/shadow", on.clone()).await.expect(200);
        assert_eq!(set.summary.state, RuleSetState::Shadow);
        let second = his.step(&kind, "/shadow", on.clone()).await.refused(409);
        assert_eq!(second.context["version"], "2");

        // one buys for £10.80, which the dear set would have forbidden
        let (_, with) = haggle(&market, &market.visitor().await, &offers).await;
        assert_eq!(with, without, "shadow changes nothing that a customer hears");
        let seen = report(&market, &dear, 3).await;
        assert_eq!((seen.differ, seen.negotiations, seen.deals_forbidden), (3, 1, 1));
        assert_eq!(
            [&*seen.deals_forbidden_revenue, &*seen.deals_forbidden_shortfall],
            ["10.80", "0.20"]
        );
        assert_eq!((seen.mean_floor_shift.as_str(), seen.would_accept), ("3.36", 0));
        let newest = &seen.rows[0];
        assert_eq!(
            (newest.offer.as_deref(), newest.active.floor.as_deref()),
            (Some("10.80"), Some("7.64"))
        );
        assert_eq!(
            (newest.shadow.floor.as_deref(), newest.shadow.accept_at.as_deref()),
            (Some("11.00"), Some("11.76"))
        );

        let _: RuleSet = his.step(&dear, "/shadow", json!({ "on": false })).await.expect(200);
        let _: RuleSet = his.step(&kind, "/shadow", on).await.expect(200);
        // one leaves over £9.00, which the kind set would have taken
        let visitor = market.visitor().await;
        let (id, _) = haggle(&market, &visitor, &["£8.50", "£9.00"]).await;
        let end = market.shop(&format!("negotiations/{id}/end"));
        let _: ShopNegotiation = visitor.post(&end, &Value::Null).await.expect(200);
        let seen = report(&market, &kind, 3).await;
        assert_eq!((seen.would_accept, seen.would_accept_revenue.as_str()), (1, "9.00"));
        assert_eq!((seen.deals_forbidden, seen.mean_floor_shift.as_str()), (0, "-1.14"));
        // out of shadow, nothing is added to the first
        assert_eq!(report(&market, &dear, 3).await.decisions, 3);
    })
    .await;
}

#[tokio::test]
async fn a_shadow_that_cannot_be_written_down_hinders_nobody() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let id = approved(&market, &ada, &rules("11.00", "0.98")).await;
        let his = Desk { market: &market, staff: &market.owner };
        let _: RuleSet = his.step(&id, "/shadow", json!({ "on": true })).await.expect(200);
        service.change_database("ALTER TABLE shadow_decisions RENAME TO gone").await;
        let (_, heard) = haggle(&market, &market.visitor().await, &["£9.50", "£10.80"]).await;
        assert!(heard[1].starts_with("Agreed"), "{heard:?}");
        service.change_database("ALTER TABLE gone RENAME TO shadow_decisions").await;
        let _ = haggle(&market, &market.visitor().await, &["£9.50"]).await;
        // the queue goes on with what comes after
        eventually("written down again", || async {
            let path = market.at(&format!("rule-sets/{id}/shadow-report"));
            let report: ShadowReport = market.owner.get(&path).await.expect(200);
            (report.decisions >= 2).then_some(())
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn what_still_waits_is_written_down_when_the_service_stops() {
    on_each_engine(|service| async move {
        let mut service = service;
        let market = service.market("lantern").await;
        let ada = market.staff("Ada", "manager").await;
        let id = approved(&market, &ada, &rules("11.00", "0.98")).await;
        let his = Desk { market: &market, staff: &market.owner };
        let _: RuleSet = his.step(&id, "/shadow", json!({ "on": true })).await.expect(200);
        let _ = haggle(&market, &market.visitor().await, &["£9.50"]).await;
        service.restart().await;
        let path = market.at(&format!("rule-sets/{id}/shadow-report"));
        let report: ShadowReport = market.owner.get(&path).await.expect(200);
        assert_eq!(report.decisions, 2);
    })
    .await;
}
