//! Laws that hold for any limits and any conversation: the floor, the ask, the agreed price, and what
//! a customer can read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use std::collections::HashSet;

use commerce::money::{Currency, Money};
use jiff::{SignedDuration, Timestamp};
use negotiation::act::{Act, Actor, Role};
use negotiation::answer::{Message, Turn, answer, greeting, perform};
use negotiation::approval::{
    ApprovalRequest, ApprovalTable, Clearance, Verdict, may_approve, next_best,
};
use negotiation::hard_stops::{StopAnswer, StopKind};
use negotiation::language::{Understood, Why};
use negotiation::limits::{Concession, Limits, PriceEnding, Sweetener, Terms};
use negotiation::session::Session;
use negotiation::state::State;
use negotiation::wording::{Language, Style, Tone, word};
use proptest::prelude::*;

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, Currency::GBP).unwrap()
}

fn now() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn limits() -> impl Strategy<Value = Limits> {
    let price = 1_i64..5000;
    let choices = (
        prop_oneof![
            Just(Concession::Boulware),
            Just(Concession::Linear),
            Just(Concession::Conceder)
        ],
        prop_oneof![
            Just(PriceEnding::Any),
            Just(PriceEnding::Whole),
            Just(PriceEnding::NinetyFive),
            Just(PriceEnding::NinetyNine)
        ],
        0_u32..8,
        any::<bool>(),
    );
    let options = (
        proptest::option::of(price.clone()),
        proptest::option::of(price.clone()),
        proptest::option::of(price.clone()),
        proptest::option::of(price.clone()),
        proptest::option::of(0_i64..3000),
    );
    (price.clone(), price, options, choices).prop_map(|(floor, list, options, choices)| {
        let (target, accept_at, decline_below, escalate_at, ceiling) = options;
        let (concession, ending, rounds, hand_over) = choices;
        let mut terms = Terms::new(gbp(floor), gbp(list));
        terms.target = target.map(gbp);
        terms.accept_at = accept_at.map(gbp);
        terms.decline_below = decline_below.map(gbp);
        terms.escalate_at = escalate_at.map(gbp);
        terms.ceiling = ceiling.map(|above| gbp(floor + above));
        terms.unit_cost = Some(gbp(floor * 6 / 10 + 1));
        terms.max_rounds = Some(rounds);
        terms.concession = Some(concession);
        let mut limits = Limits::from_terms(&terms).unwrap();
        limits.ending = ending;
        limits.escalate_below_decline = hand_over;
        limits.sweeteners =
            vec![Sweetener { id: "card".into(), label: "a card".into(), cost: gbp(50) }];
        limits
    })
}

#[derive(Clone, Debug)]
enum Move {
    Says(Vec<Understood>),
    Staff(Act),
    Customer(Act),
    /// Staff ask a price, with the clearance that it needs.
    Cleared(Money),
}

fn understood() -> impl Strategy<Value = Understood> {
    let price = || (1_i64..6000).prop_map(gbp);
    prop_oneof![
        6 => (price(), proptest::option::weighted(0.2, 1_u32..4))
            .prop_map(|(price, quantity)| Understood::Propose { price, quantity }),
        2 => Just(Understood::Accept { price: None }),
        1 => price().prop_map(|p| Understood::Accept { price: Some(p) }),
        1 => Just(Understood::Reject),
        1 => Just(Understood::Question),
        1 => price().prop_map(|p| Understood::Unclear { why: Why::Share, suggest: Some(p) }),
        1 => proptest::option::of(price())
            .prop_map(|price| Understood::AskForPerson { price, quantity: None }),
        1 => Just(Understood::HardStop { kind: StopKind::Abuse, answer: StopAnswer::AskAgain }),
    ]
}

fn conversation() -> impl Strategy<Value = Vec<Move>> {
    let price = || (1_i64..6000).prop_map(gbp);
    let one = prop_oneof![
        8 => proptest::collection::vec(understood(), 1..4).prop_map(Move::Says),
        1 => price().prop_map(|price| Move::Customer(Act::Accept { price })),
        1 => price().prop_map(|price| Move::Staff(Act::Counter { price, clearance: None })),
        1 => price().prop_map(|price| Move::Staff(Act::Approve { price, clearance: None })),
        1 => price().prop_map(Move::Cleared),
        1 => Just(Move::Staff(Act::TakeOver)),
        1 => Just(Move::Staff(Act::Release)),
    ];
    proptest::collection::vec(one, 1..25)
}

fn clearance(limits: &Limits, price: Money) -> Option<Clearance> {
    let request = ApprovalRequest {
        price,
        floor: limits.floor,
        unit_cost: limits.unit_cost,
        requester: Some("ann"),
        approver: "bob",
        role: Role::Owner,
        second: Some(("cy", Role::Manager)),
        reason: "clearing old stock",
        evidence: &["a note".to_owned()],
    };
    match may_approve(&ApprovalTable::default(), &request) {
        Verdict::Allowed(clearance) => Some(clearance),
        _ => None,
    }
}

/// Plays a conversation; refused acts change nothing, as in the service. What a customer says is
/// never refused.
fn play(limits: &Limits, moves: &[Move]) -> Vec<(Session, Turn)> {
    let mut session = Session::open(limits, 1, now(), Some(SignedDuration::from_hours(1)));
    let mut turns = Vec::new();
    for one in moves {
        let epoch = session.epoch;
        let staff = Actor::Staff(Role::Owner);
        let turn = match one {
            Move::Says(said) => Ok(answer(&session, limits, said, now()).unwrap()),
            Move::Staff(act) => perform(&session, limits, staff, act, epoch, now()),
            Move::Customer(act) => perform(&session, limits, Actor::Customer, act, epoch, now()),
            Move::Cleared(price) => {
                let act = Act::Counter { price: *price, clearance: clearance(limits, *price) };
                perform(&session, limits, staff, &act, epoch, now())
            }
        };
        if let Ok(turn) = turn {
            let before = std::mem::replace(&mut session, turn.session.clone());
            turns.push((before, turn));
        }
    }
    turns
}

/// The prices that a message itself carries.
fn prices(message: &Message) -> HashSet<i64> {
    let json = serde_json::to_value(message).unwrap();
    let minor = |v: &serde_json::Value| v.get("minor").and_then(serde_json::Value::as_i64);
    json.as_object().unwrap().values().filter_map(minor).collect()
}

/// Every amount with two decimals in a text, in minor units.
fn amounts_in(text: &str) -> HashSet<i64> {
    let numbers = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
    numbers
        .map(|n| n.trim_matches(['.', ',']))
        .filter(|n| n.len() > 3 && matches!(n.as_bytes()[n.len() - 3], b'.' | b','))
        .map(|n| n.replace(['.', ','], "").parse().unwrap())
        .collect()
}

fn tells_nothing_beyond_its_act(message: &Message) {
    let own = prices(message);
    for tone in Tone::ALL {
        for language in Language::ALL {
            let text = word(message, Style { tone, language });
            for amount in amounts_in(&text) {
                assert!(own.contains(&amount), "{amount} in {text:?} of {message:?}");
            }
        }
    }
}

#[test]
fn the_reader_of_texts_sees_amounts() {
    assert_eq!(amounts_in("£8.00 is less than 1.234,50\u{a0}£, 12 pieces"), [800, 123_450].into());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_floor_and_the_ask_hold(limits in limits(), moves in conversation()) {
        let floor = limits.floor.minor();
        let mut ask = limits.opening_ask().minor();
        prop_assert!(ask >= floor);
        for (before, turn) in play(&limits, &moves) {
            let next = turn.session.ask(&limits).minor();
            let by_staff = turn.session.ask_by_staff;
            prop_assert!(next >= floor || by_staff, "ask {next} under the floor {floor}");
            let same_terms = turn.acts.iter().all(|step| match step.act {
                Act::Propose { quantity, .. } => quantity == before.quantity,
                _ => true,
            });
            prop_assert!(next <= ask || !same_terms, "ask raised from {ask} to {next}");
            if let (None, Some(agreed)) = (&before.agreed, &turn.session.agreed) {
                let price = agreed.price.minor();
                prop_assert!(price >= floor || agreed.by_staff, "agreed {price} under the floor {floor}");
                prop_assert!(price <= next, "agreed {price} above the ask {next}");
                prop_assert_eq!(turn.session.state, State::Agreed);
            }
            ask = next;
        }
    }

    #[test]
    fn the_bot_moves_only_for_an_offer_and_once_a_turn(limits in limits(), moves in conversation()) {
        for (before, turn) in play(&limits, &moves) {
            let by_bot = |act: fn(&Act) -> bool| {
                turn.acts.iter().filter(|s| s.actor == Actor::Bot && act(&s.act)).count()
            };
            let counters = by_bot(|act| matches!(act, Act::Counter { .. }));
            let offers = turn.acts.iter().filter(|s| matches!(s.act, Act::Propose { .. })).count();
            prop_assert!(counters <= offers.min(1));
            prop_assert!(turn.acts.iter().filter(|s| s.actor == Actor::Bot).count() <= 1);
            let by_staff = turn.acts.iter().any(|s| matches!(s.actor, Actor::Staff(_)));
            if offers == 0 && !by_staff {
                prop_assert_eq!(turn.session.standing_ask, before.standing_ask);
            }
        }
    }

    #[test]
    fn an_end_stays_an_end(limits in limits(), moves in conversation()) {
        let mut ended = None;
        for (_, turn) in play(&limits, &moves) {
            if let Some(state) = ended {
                prop_assert_eq!(turn.session.state, state);
                prop_assert!(turn.acts.is_empty());
            }
            if turn.session.state.is_end() {
                ended = Some(turn.session.state);
            }
        }
    }

    #[test]
    fn no_message_tells_more_than_its_act(limits in limits(), moves in conversation()) {
        let secret = [limits.floor.minor(), limits.unit_cost.unwrap().minor()];
        let mut public: HashSet<i64> = [limits.opening_ask().minor()].into();
        tells_nothing_beyond_its_act(&greeting(&Session::open(&limits, 1, now(), None), &limits));
        for (_, turn) in play(&limits, &moves) {
            for step in &turn.acts {
                if let Act::Propose { price, .. } | Act::Counter { price, .. }
                    | Act::Accept { price } | Act::Approve { price, .. } = step.act
                {
                    public.insert(price.minor());
                }
            }
            let Some(message) = turn.message else { continue };
            tells_nothing_beyond_its_act(&message);
            if let Message::Clarify { suggest: Some(price), .. } = &message {
                // comes from the customer's words and the list price
                public.insert(price.minor());
            }
            for price in prices(&message) {
                let known = public.contains(&price);
                prop_assert!(known || !secret.contains(&price), "{message:?} tells {price}");
            }
        }
    }

    #[test]
    fn what_staff_are_advised_is_within_the_floor(limits in limits(), moves in conversation()) {
        for (_, turn) in play(&limits, &moves) {
            let advice = next_best(&turn.session, &limits);
            prop_assert!(advice.len() <= 4);
            for price in &advice {
                prop_assert!(price.minor() >= limits.floor.minor());
                prop_assert!(price.minor() <= turn.session.ask(&limits).minor());
            }
            prop_assert!(advice.windows(2).all(|pair| pair[0].minor() > pair[1].minor()));
        }
    }
}
