//! The bot's answers as a customer meets them: bands, rounds, bursts, people, and what is agreed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use commerce::money::{Currency, Money};
use jiff::{SignedDuration, Timestamp};
use negotiation::act::{Act, ActKind, Actor, EscalationReason, Role};
use negotiation::answer::{Message, Turn, answer, perform};
use negotiation::approval::{ApprovalRequest, ApprovalTable, Verdict, may_approve};
use negotiation::hard_stops::{StopAnswer, StopKind};
use negotiation::language::{Understood, Why};
use negotiation::limits::{Concession, Limits, PriceEnding, Sweetener, Terms};
use negotiation::session::{OkMeans, Session};
use negotiation::state::State;

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, Currency::GBP).unwrap()
}

fn now() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

/// List 10.00, target 9.00, floor 7.00; three rounds, linear.
fn limits() -> Limits {
    let mut terms = Terms::new(gbp(700), gbp(1000));
    terms.target = Some(gbp(900));
    terms.max_rounds = Some(3);
    terms.unit_cost = Some(gbp(600));
    Limits::from_terms(&terms).unwrap()
}

fn offer(minor: i64) -> Understood {
    Understood::Propose { price: gbp(minor), quantity: None }
}

fn ok() -> Understood {
    Understood::Accept { price: None }
}

fn opened(limits: &Limits) -> Session {
    Session::open(limits, 1, now(), Some(SignedDuration::from_hours(24)))
}

fn say(session: &Session, limits: &Limits, said: &[Understood]) -> Turn {
    answer(session, limits, said, now()).unwrap()
}

fn kinds(turn: &Turn) -> Vec<ActKind> {
    turn.acts.iter().map(|step| step.act.kind()).collect()
}

/// Offers in pence; what the bot does to each: `=` agrees at, `>` asks, `.` stands, `-` declines,
/// `!` to staff.
fn check(limits: &Limits, story: &[(i64, &str)]) {
    let mut session = opened(limits);
    for (minor, expected) in story {
        let turn = say(&session, limits, &[offer(*minor)]);
        let got = match turn.message.clone().unwrap() {
            Message::Accepted { price, .. } => format!("={}", price.minor()),
            Message::Counter { price, .. } => format!(">{}", price.minor()),
            Message::Stands { price, .. } => format!(".{}", price.minor()),
            Message::Declined { price, .. } => format!("-{}", price.minor()),
            Message::Sweetener { label, price } => format!("+{label} {}", price.minor()),
            Message::Escalated => "!".to_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!(&got, expected, "offer {minor} in {story:?}");
        session = turn.session;
    }
}

#[test]
fn bands_and_rounds() {
    let plain = limits();
    check(&plain, &[(950, "=950")]);
    check(&plain, &[(900, "=900")]);
    check(&plain, &[(1500, "=1000")]);
    check(&plain, &[(699, "-1000"), (100, "-1000"), (899, ">967")]);
    check(&plain, &[(700, ">967"), (750, ">934"), (800, ">900"), (850, "!")]);
    check(&plain, &[(700, ">967"), (699, "-967"), (980, "=967")]);

    let firm = Limits { escalate_at: gbp(880), ..plain.clone() };
    check(&firm, &[(700, ">967"), (700, ">934"), (700, ">900"), (870, ".900"), (880, "!")]);

    let none = Limits { max_rounds: 0, ..plain.clone() };
    check(&none, &[(850, "!")]);

    let handed = Limits { escalate_below_decline: true, ..plain.clone() };
    check(&handed, &[(699, "!")]);

    let boulware = Limits { concession: Concession::Boulware, ..plain.clone() };
    check(&boulware, &[(700, ">1000"), (700, ">987"), (700, ">900")]);
    let conceder = Limits { concession: Concession::Conceder, ..plain.clone() };
    check(&conceder, &[(700, ">931"), (700, ">913"), (700, ">900")]);

    let ended = Limits { ending: PriceEnding::NinetyFive, ..plain };
    check(&ended, &[(700, ">995"), (700, ">995"), (700, ">995"), (899, "!")]);

    let card = Sweetener { id: "card".into(), label: "a card".into(), cost: gbp(200) };
    let sweet = Limits { sweeteners: vec![card], ..firm };
    check(
        &sweet,
        &[(700, ">967"), (700, ">934"), (700, ">900"), (700, "+a card 900"), (700, ".900")],
    );
}

#[test]
fn defaults_accept_at_the_target_else_the_list_price() {
    let bare = Limits::from_terms(&Terms::new(gbp(700), gbp(1000))).unwrap();
    assert_eq!(
        (bare.accept_at, bare.decline_below, bare.escalate_at),
        (gbp(1000), gbp(700), gbp(700))
    );
    check(&bare, &[(999, ">1000"), (1000, "=1000")]);
    assert_eq!(limits().accept_at, gbp(900));
    // clamped into floor and ceiling
    let mut terms = Terms::new(gbp(700), gbp(1000));
    terms.accept_at = Some(gbp(500));
    terms.ceiling = Some(gbp(950));
    let clamped = Limits::from_terms(&terms).unwrap();
    assert_eq!((clamped.accept_at, clamped.opening_ask()), (gbp(700), gbp(950)));
}

#[test]
fn a_burst_is_answered_once() {
    let limits = limits();
    let turn = say(&opened(&limits), &limits, &[offer(700), offer(750), offer(800)]);
    let expected = [ActKind::Propose, ActKind::Propose, ActKind::Propose, ActKind::Counter];
    assert_eq!(kinds(&turn), expected);
    assert_eq!((turn.session.round, turn.session.standing_ask), (1, gbp(967)));
    assert_eq!(turn.session.offers, [gbp(700), gbp(750), gbp(800)]);
}

#[test]
fn words_without_an_offer_move_nothing() {
    let limits = limits();
    let mut session = say(&opened(&limits), &limits, &[offer(700)]).session;
    let unclear = Understood::Unclear { why: Why::NoPrice, suggest: None };
    for said in [Understood::Question, Understood::Reject, unclear, Understood::Question] {
        let turn = say(&session, &limits, &[said]);
        assert_eq!((turn.session.standing_ask, turn.session.round), (gbp(967), 1));
        session = turn.session;
    }
    assert_eq!(say(&session, &limits, &[]).acts, []);
}

#[test]
fn ok_means_what_the_bot_said_last() {
    let limits = limits();
    let session = opened(&limits);
    // before any offer: nothing is agreed
    let turn = say(&session, &limits, &[ok()]);
    assert!(matches!(turn.message, Some(Message::NoOfferYet { .. })));
    assert_eq!(turn.session.state, State::Opened);

    // after a counteroffer: that price
    let countered = say(&session, &limits, &[offer(700)]).session;
    let agreed = say(&countered, &limits, &[ok()]).session;
    assert_eq!(agreed.agreed.unwrap().price, gbp(967));

    // after "did you mean 5.00?": an offer of 5.00, not agreement to 9.67
    let half = Understood::Unclear { why: Why::Share, suggest: Some(gbp(500)) };
    let asked = say(&countered, &limits, &[half]).session;
    assert_eq!(asked.ok_means, OkMeans::Offer(gbp(500)));
    let turn = say(&asked, &limits, &[ok()]);
    assert_eq!(turn.session.state, State::Bargaining);
    assert_eq!(turn.session.last_offer, Some(gbp(500)));

    // after an explanation: asked once more
    let explained = say(&countered, &limits, &[Understood::Question]).session;
    let turn = say(&explained, &limits, &[ok()]);
    assert_eq!(turn.message, Some(Message::TakeIt { price: gbp(967) }));
    assert_eq!(say(&turn.session, &limits, &[ok()]).session.state, State::Agreed);

    // "ok, 9.67" names the ask; "ok, 8.00" is an offer
    let named = Understood::Accept { price: Some(gbp(967)) };
    assert_eq!(say(&explained, &limits, &[named]).session.state, State::Agreed);
    let other = Understood::Accept { price: Some(gbp(800)) };
    assert_eq!(say(&countered, &limits, &[other]).session.last_offer, Some(gbp(800)));
}

#[test]
fn a_customer_below_the_floor_who_asks_for_a_person_gets_one_who_may_say_yes() {
    let limits = limits();
    let said = Understood::AskForPerson { price: Some(gbp(650)), quantity: None };
    let turn = say(&opened(&limits), &limits, &[said]);
    assert_eq!(kinds(&turn), [ActKind::Propose, ActKind::Escalate]);
    assert_eq!(turn.session.state, State::AwaitingStaff);
    let waiting = turn.session;

    // "ok" and further words bind nobody while staff decide
    let turn = say(&waiting, &limits, &[ok(), offer(100)]);
    assert_eq!((turn.message, turn.acts.len()), (Some(Message::Waiting), 0));

    // an agent's approval below the floor is refused by the engine, too
    let manager = Actor::Staff(Role::Manager);
    let bare = Act::Approve { price: gbp(650), clearance: None };
    assert!(perform(&waiting, &limits, manager, &bare, 0, now()).is_err());

    let evidence = ["invoice of a rival".to_owned()];
    let request = ApprovalRequest {
        price: gbp(650),
        floor: limits.floor,
        unit_cost: limits.unit_cost,
        requester: Some("ann"),
        approver: "bob",
        role: Role::Manager,
        second: None,
        reason: "price match",
        evidence: &evidence,
    };
    let Verdict::Allowed(clearance) = may_approve(&ApprovalTable::default(), &request) else {
        panic!("not allowed")
    };
    let act = Act::Approve { price: gbp(650), clearance: Some(clearance) };
    let turn = perform(&waiting, &limits, manager, &act, 0, now()).unwrap();
    let agreed = turn.session.agreed.unwrap();
    assert_eq!((agreed.price, agreed.by_staff), (gbp(650), true));
    assert!(matches!(turn.message, Some(Message::StaffApproved { .. })));
    assert_eq!(agreed.expires_at, now().checked_add(limits.deal_valid).unwrap());
}

#[test]
fn a_counter_of_staff_goes_on_with_the_bot() {
    let limits = limits();
    let person = Understood::AskForPerson { price: Some(gbp(750)), quantity: None };
    let waiting = say(&opened(&limits), &limits, &[person]).session;
    let agent = Actor::Staff(Role::Agent);
    let counter = Act::Counter { price: gbp(820), clearance: None };
    let turn = perform(&waiting, &limits, agent, &counter, 0, now()).unwrap();
    assert_eq!(turn.message, Some(Message::StaffCounter { price: gbp(820) }));
    assert_eq!(turn.session.state, State::Bargaining);
    // the bot never goes above what staff asked, and takes what meets it
    let below = say(&turn.session, &limits, &[offer(800)]);
    assert_eq!(below.session.standing_ask, gbp(820));
    assert_eq!(say(&turn.session, &limits, &[ok()]).session.agreed.unwrap().price, gbp(820));
    assert_eq!(say(&turn.session, &limits, &[offer(830)]).session.agreed.unwrap().price, gbp(820));
}

#[test]
fn while_a_person_holds_it_the_bot_is_silent() {
    let limits = limits();
    let session = say(&opened(&limits), &limits, &[offer(700)]).session;
    let agent = Actor::Staff(Role::Agent);
    let held = perform(&session, &limits, agent, &Act::TakeOver, 0, now()).unwrap().session;
    let turn = say(&held, &limits, &[offer(720)]);
    assert_eq!((turn.message, turn.session.last_offer), (None, Some(gbp(720))));
    let turn = say(&held, &limits, &[ok()]);
    assert_eq!((turn.message, turn.session.state), (None, State::AwaitingStaff));
}

#[test]
fn hard_stops_come_first_and_do_what_the_merchant_chose() {
    let limits = limits();
    let session = say(&opened(&limits), &limits, &[offer(700)]).session;
    let cases = [
        (StopAnswer::AskAgain, State::Bargaining, ActKind::Ask),
        (StopAnswer::HandToStaff, State::AwaitingStaff, ActKind::Escalate),
        (StopAnswer::Stop, State::Stopped, ActKind::End),
    ];
    for (stop_answer, state, act) in cases {
        let stop = Understood::HardStop { kind: StopKind::Abuse, answer: stop_answer };
        let turn = say(&session, &limits, &[offer(950), stop]);
        assert_eq!((turn.session.state, kinds(&turn)), (state, vec![act]), "{stop_answer:?}");
        assert_eq!(turn.session.standing_ask, gbp(967));
    }
    let stop = Understood::HardStop { kind: StopKind::Threat, answer: StopAnswer::HandToStaff };
    let turn = say(&session, &limits, &[stop]);
    let why = EscalationReason::HardStop(StopKind::Threat);
    assert_eq!(turn.acts[0].act, Act::Escalate { why });
}

#[test]
fn another_quantity_is_another_ask_within_its_own_floor() {
    let limits = limits();
    let session = say(&opened(&limits), &limits, &[offer(700)]).session;
    let dozen =
        Limits { floor: gbp(500), accept_at: gbp(800), decline_below: gbp(500), ..limits.clone() };
    let said = Understood::Propose { price: gbp(750), quantity: Some(12) };
    let turn = say(&session, &dozen, &[said]);
    assert_eq!((turn.session.quantity, turn.session.standing_ask), (12, gbp(867)));
    // and a floor above the ask forbids it; the floor itself is not told
    let one = Limits { floor: gbp(990), accept_at: gbp(990), ..limits };
    assert_eq!(turn.session.ask(&one), gbp(1000));
}

#[test]
fn time_ends_it_and_an_end_stays() {
    let limits = limits();
    let session = say(&opened(&limits), &limits, &[offer(700)]).session;
    let late = now().checked_add(SignedDuration::from_hours(24)).unwrap();
    let turn = answer(&session, &limits, &[ok()], late).unwrap();
    assert_eq!((turn.session.state, turn.message), (State::Expired, Some(Message::Expired)));
    let turn = answer(&turn.session, &limits, &[offer(1000)], late).unwrap();
    assert_eq!((turn.acts.len(), turn.message), (0, Some(Message::Closed)));

    let agreed = say(&opened(&limits), &limits, &[offer(950)]).session;
    let turn = say(&agreed, &limits, &[ok(), offer(800)]);
    assert_eq!((turn.acts.len(), turn.session.agreed), (0, agreed.agreed));
}

#[test]
fn a_session_survives_its_json() {
    let limits = limits();
    let turn = say(&opened(&limits), &limits, &[offer(700)]);
    let json = serde_json::to_string(&turn).unwrap();
    assert_eq!(serde_json::from_str::<Turn>(&json).unwrap(), turn);
    assert!(json.contains(r#""standing_ask":{"minor":967,"currency":"GBP"}"#), "{json}");
    let json = serde_json::to_string(&limits).unwrap();
    assert_eq!(serde_json::from_str::<Limits>(&json).unwrap(), limits);
    let value = serde_json::to_value(&turn).unwrap();
    assert_eq!(serde_json::from_value::<Turn>(value).unwrap(), turn);
}
