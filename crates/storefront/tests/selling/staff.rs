//! Staff: one of two wins, each approves what their role may, a claim keeps others off, the queue
//! is in its order.

use api::error::ErrorCode;
use api::negotiation::{NegotiationDetail, NegotiationState as State};
use api::shop::ShopNegotiation;
use serde_json::{Value, json};
use testkit::{Client, Market, gbp, on_each_engine};

/// A negotiation that waits for staff with this offer.
async fn waiting(market: &Market, offer: &str) -> (Client, String) {
    let buyer = market.visitor().await;
    let opened: ShopNegotiation = market.open(&buyer, "LIGHT", 1).await.expect(201);
    let said: ShopNegotiation = market.say(&buyer, &opened.id, offer).await.expect(200);
    assert_eq!(said.state, State::AwaitingStaff);
    (buyer, opened.id)
}

fn approve(epoch: i32) -> Value {
    json!({ "act": "approve", "epoch": epoch, "reason": "Regular", "evidence": "Ticket 12" })
}

#[tokio::test]
async fn of_two_who_approve_at_once_one_wins_and_the_other_hears_of_it() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let second = market.staff("Bo", "manager").await;
        for _ in 0..4 {
            let (_, id) = waiting(&market, "£7").await;
            let epoch = market.detail(&second, &id).await.row.epoch;
            let (a, b) = tokio::join!(
                market.act(&market.owner, &id, approve(epoch)),
                market.act(&second, &id, approve(epoch)),
            );
            let (won, lost) = if a.status == 200 { (a, b) } else { (b, a) };
            assert_eq!(won.status, 200, "{}", won.text);
            assert_eq!(lost.refused(409).code, ErrorCode::Conflict);
        }
        assert_eq!(market.stock("LIGHT").await, 6);
    })
    .await;
}

#[tokio::test]
async fn each_role_approves_what_it_may() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let agent = market.staff("Ana", "agent").await;
        let manager = market.staff("Bo", "manager").await;
        let analyst = market.staff("Cy", "analyst").await;
        // between cost and floor: an agent asks, a manager approves
        let (_, id) = waiting(&market, "£7").await;
        assert_eq!(market.act(&analyst, &id, approve(0)).await.status, 403);
        let seen = market.detail(&agent, &id).await;
        assert_eq!(seen.may.approve_refused.as_deref(), Some("£7.00 needs a manager"));
        assert_eq!(json!(seen.may.approve_down_to), gbp(764));
        let asked: NegotiationDetail =
            market.act(&agent, &id, approve(seen.row.epoch)).await.expect(200);
        assert_eq!(asked.row.state, State::AwaitingStaff);
        let epoch = asked.row.epoch;
        let twice = market.act(&agent, &id, approve(epoch)).await.refused(409);
        assert_eq!(twice.code, ErrorCode::Conflict);
        let counter = json!({ "act": "counter", "epoch": epoch, "price": gbp(1000) });
        assert_eq!(
            market.act(&manager, &id, counter).await.refused(409).code,
            ErrorCode::NotAllowedNow
        );
        let given: NegotiationDetail = market.act(&manager, &id, approve(epoch)).await.expect(200);
        assert_eq!(given.row.state, State::Agreed);

        // below cost: an owner and a second person
        let (_, id) = waiting(&market, "£5").await;
        let waits: NegotiationDetail = market.act(&market.owner, &id, approve(0)).await.expect(200);
        assert_eq!(waits.row.state, State::AwaitingStaff);
        let alone = market.act(&market.owner, &id, approve(waits.row.epoch)).await;
        assert_eq!(alone.refused(409).code, ErrorCode::Conflict);
        let both: NegotiationDetail =
            market.act(&manager, &id, approve(waits.row.epoch)).await.expect(200);
        assert_eq!((both.row.state, json!(both.row.agreed_price)), (State::Agreed, gbp(500)));
    })
    .await;
}

/// A customer who changes the offer while staff look at it is not sold the other one for it.
#[tokio::test]
async fn an_approval_is_for_the_offer_that_was_seen() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let manager = market.staff("Bo", "manager").await;
        let (buyer, id) = waiting(&market, "£7").await;
        let take = json!({ "act": "take_over", "epoch": 0 });
        let seen: NegotiationDetail = market.act(&manager, &id, take).await.expect(200);
        let asked = approve(seen.row.epoch);

        let _: ShopNegotiation = market.say(&buyer, &id, "4 for £6.80 each").await.expect(200);
        let late = market.act(&manager, &id, asked).await.refused(409);
        assert_eq!(late.code, ErrorCode::Conflict);
        let now = market.detail(&manager, &id).await;
        assert_eq!((json!(now.row.last_offer), now.row.quantity), (gbp(680), 4));
        let given: NegotiationDetail =
            market.act(&manager, &id, approve(now.row.epoch)).await.expect(200);
        assert_eq!((json!(given.row.agreed_price), given.row.quantity), (gbp(680), 4));
    })
    .await;
}

/// What an owner asked for one unit is no word for four.
#[tokio::test]
async fn a_second_word_is_for_the_offer_that_was_asked_for() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let manager = market.staff("Bo", "manager").await;
        let (buyer, id) = waiting(&market, "£5").await;
        let take = json!({ "act": "take_over", "epoch": 0 });
        let held: NegotiationDetail = market.act(&market.owner, &id, take).await.expect(200);
        let waits: NegotiationDetail =
            market.act(&market.owner, &id, approve(held.row.epoch)).await.expect(200);
        assert_eq!(waits.row.state, State::AwaitingStaff);
        let _: ShopNegotiation = market.say(&buyer, &id, "4 for £5 each").await.expect(200);
        let now = market.detail(&market.owner, &id).await;
        assert_eq!((json!(now.row.last_offer), now.row.quantity), (gbp(500), 4));
        // the owner's claim ends by itself: nobody takes over, which would end what was asked anyway
        service.clock.forward(11 * 60);
        let alone = approved_as_it_stands(&market, &manager, &id).await;
        assert_eq!(alone.row.state, State::AwaitingStaff, "the owner has not said so of four");
        let both = approved_as_it_stands(&market, &market.owner, &id).await;
        assert_eq!((both.row.state, both.row.quantity), (State::Agreed, 4));
    })
    .await;
}

/// Approves what is looked at; upkeep may give the negotiation back to the queue in between.
async fn approved_as_it_stands(market: &Market, staff: &Client, id: &str) -> NegotiationDetail {
    loop {
        let epoch = market.detail(staff, id).await.row.epoch;
        let answer = market.act(staff, id, approve(epoch)).await;
        if answer.status != 409 {
            return answer.expect(200);
        }
        assert_ne!(market.detail(staff, id).await.row.epoch, epoch, "{}", answer.text);
    }
}

/// A program with a key is nobody's second opinion, and asks for none.
#[tokio::test]
async fn a_key_seconds_nothing() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let key = json!({ "name": "Robot", "role": "manager" });
        let key: Value = market.owner.post(&market.at("api-keys"), &key).await.expect(201);
        let robot = Client::new(&service.base(), key["secret"].as_str().map(str::to_owned));
        let (_, id) = waiting(&market, "£5").await;
        let asked = market.act(&robot, &id, approve(0)).await.refused(403);
        assert_eq!(asked.code, ErrorCode::Forbidden);
        let waits: NegotiationDetail = market.act(&market.owner, &id, approve(0)).await.expect(200);
        assert_eq!(waits.row.state, State::AwaitingStaff);
        let second = market.act(&robot, &id, approve(waits.row.epoch)).await.refused(403);
        assert_eq!(second.code, ErrorCode::Forbidden);
    })
    .await;
}

#[tokio::test]
async fn a_person_takes_over_writes_counters_and_hands_back() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let agent = market.staff("Ana", "agent").await;
        let other = market.staff("Eli", "agent").await;
        let (buyer, id) = waiting(&market, "£7").await;
        let act = |kind: &str, epoch: i32| json!({ "act": kind, "epoch": epoch });
        let taken: NegotiationDetail =
            market.act(&agent, &id, act("take_over", 0)).await.expect(200);
        let epoch = taken.row.epoch;
        assert!(epoch > 0 && taken.may.release && taken.may.message);
        let keep_off = market.act(&other, &id, act("decline", epoch)).await.refused(409);
        assert_eq!(keep_off.context["claimed_by"], "Ana");

        // the bot is silent now, whatever the customer offers
        let said: ShopNegotiation = market.say(&buyer, &id, "£10.90").await.expect(200);
        assert!(said.with_person && said.deal.is_none());
        assert_eq!(said.messages.last().unwrap().who, "customer");
        let heard = market.detail(&agent, &id).await.row.epoch;
        let mut note = act("message", heard);
        note["text"] = json!("Hello, Ana here.\u{202e}");
        let wrote: NegotiationDetail = market.act(&agent, &id, note.clone()).await.expect(200);
        assert_eq!(market.act(&agent, &id, note).await.refused(409).code, ErrorCode::Conflict);
        let mut counter = act("counter", wrote.row.epoch);
        counter["price"] = gbp(700);
        assert_eq!(market.act(&agent, &id, counter.clone()).await.status, 403);
        counter["price"] = json!({ "minor": 1000, "currency": "USD" });
        assert_eq!(market.act(&agent, &id, counter.clone()).await.status, 400);
        counter["price"] = gbp(1000);
        let asked: NegotiationDetail = market.act(&agent, &id, counter).await.expect(200);
        let seen: ShopNegotiation =
            buyer.get(&market.shop(&format!("negotiations/{id}"))).await.expect(200);
        assert_eq!(json!(seen.standing_ask), gbp(1000));
        let texts: Vec<&str> = seen.messages.iter().map(|m| m.text.as_str()).collect();
        assert!(texts.contains(&"Hello, Ana here."), "{texts:?}");

        let back: NegotiationDetail =
            market.act(&agent, &id, act("release", asked.row.epoch)).await.expect(200);
        assert_eq!((back.row.state, back.row.claimed_by), (State::Bargaining, None));
        let path = market.shop(&format!("negotiations/{id}/accept"));
        let agreed: ShopNegotiation = buyer.post(&path, &Value::Null).await.expect(200);
        assert_eq!(json!(agreed.agreed_price), gbp(1000));
    })
    .await;
}

#[tokio::test]
async fn the_queue_shows_who_waits_longest_for_most_first_page_by_page() {
    on_each_engine(|service| async move {
        let market = service.market("lantern").await;
        let (_, first) = waiting(&market, "£7").await;
        service.clock.forward(200);
        let (_, second) = waiting(&market, "£7").await;
        let buyer = market.visitor().await;
        let running: ShopNegotiation = market.open(&buyer, "LIGHT", 1).await.expect(201);
        let dear = market.visitor().await;
        let opened: ShopNegotiation = market.open(&dear, "LIGHT", 9).await.expect(201);
        market.say(&dear, &opened.id, "£7").await;
        service.clock.forward(150);
        // the first waits over five minutes; of the others the dearer comes first
        let expected = [first, opened.id, second, running.id];
        let (mut after, mut got) = (String::new(), vec![]);
        loop {
            let path = market.at(&format!("negotiations?limit=1{after}"));
            let page: Value = market.owner.get(&path).await.expect(200);
            assert_eq!(page["total"], 4);
            let Some(item) = page["items"].get(0) else { break };
            got.push(item["id"].as_str().unwrap().to_owned());
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(got, expected);
        for (query, total) in [
            ("state=awaiting_staff", 3),
            ("state=opened,bargaining", 1),
            ("q=lantern", 4),
            ("q=light", 4),
            ("q=zebra", 0),
            ("offered=true", 3),
            ("from=2026-11-20T09:03:00Z", 3),
            ("until=2026-11-20T09:03:00Z", 1),
        ] {
            let path = market.at(&format!("negotiations?{query}"));
            let page: Value = market.owner.get(&path).await.expect(200);
            assert_eq!(page["total"], total, "{query}");
        }
        for query in ["state=haggling", "after=soon", "limit=0", "limit=501"] {
            let path = market.at(&format!("negotiations?{query}"));
            assert_eq!(market.owner.get(&path).await.status, 400, "{query}");
        }
    })
    .await;
}
