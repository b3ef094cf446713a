//! Every cell of the transition table: each state, act, actor and holding, against a picture of the
//! table that is written out here independently.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use commerce::money::{Currency, Money};
use jiff::Timestamp;
use negotiation::act::{Act, ActKind, Actor, EscalationReason, Role};
use negotiation::limits::{Limits, Sweetener, Terms};
use negotiation::session::{Agreed, Refused, Session, apply};
use negotiation::state::State;

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, Currency::GBP).unwrap()
}

fn now() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn limits() -> Limits {
    Limits::from_terms(&Terms { target: Some(gbp(900)), ..Terms::new(gbp(700), gbp(1000)) })
        .unwrap()
}

/// A session in a state where every act's own content is sound: an offer of 9.50 to an ask of 10.00.
fn session(state: State, held: bool) -> Session {
    let mut session = Session::open(&limits(), 2, now(), None);
    session.state = state;
    session.held = held;
    session.epoch = 3;
    session.last_offer = Some(gbp(950));
    session.offers = vec![gbp(950)];
    session.agreed = Some(Agreed {
        price: gbp(950),
        quantity: 2,
        sweeteners: vec![],
        by_staff: false,
        expires_at: now().checked_add(jiff::SignedDuration::from_mins(5)).unwrap(),
    });
    session
}

fn sound_act(kind: ActKind, actor: Actor) -> Act {
    match kind {
        ActKind::Propose => Act::Propose { price: gbp(900), quantity: 2, extras: vec![] },
        ActKind::Accept if actor == Actor::Customer => Act::Accept { price: gbp(1000) },
        ActKind::Accept => Act::Accept { price: gbp(950) },
        ActKind::Reject => Act::Reject,
        ActKind::Ask => Act::Ask,
        ActKind::Justify => Act::Justify,
        ActKind::Counter => Act::Counter { price: gbp(980), clearance: None },
        ActKind::OfferSweetener => Act::OfferSweetener {
            sweetener: Sweetener { id: "card".into(), label: "a card".into(), cost: gbp(100) },
            price: gbp(1000),
        },
        ActKind::Escalate => Act::Escalate { why: EscalationReason::CustomerAsked },
        ActKind::Approve => Act::Approve { price: gbp(950), clearance: None },
        ActKind::Decline => Act::Decline,
        ActKind::TakeOver => Act::TakeOver,
        ActKind::Release => Act::Release,
        ActKind::Withdraw => Act::Withdraw,
        ActKind::End => Act::End { why: None },
        ActKind::Expire => Act::Expire,
        ActKind::Lapse => Act::Lapse,
        ActKind::Redeem => Act::Redeem,
    }
}

/// The table as a picture: a line per state and actor, `act>state` for all that is allowed; `+` only
/// while held, `-` only while not.
const PICTURE: &str = "
opened         customer propose>bargaining ask>opened justify>opened escalate>awaiting_staff withdraw>withdrawn
opened         bot      ask>opened justify>opened escalate>awaiting_staff end>stopped
opened         staff    take_over>awaiting_staff end>declined
opened         system   expire>expired end>stopped
bargaining     customer propose>bargaining accept>agreed reject>bargaining ask>bargaining justify>bargaining escalate>awaiting_staff withdraw>withdrawn
bargaining     bot      accept>agreed counter>bargaining offer_sweetener>bargaining decline>bargaining ask>bargaining justify>bargaining escalate>awaiting_staff end>stopped
bargaining     staff    take_over>awaiting_staff end>declined
bargaining     system   expire>expired end>stopped
awaiting_staff customer +propose>awaiting_staff accept>agreed reject>awaiting_staff ask>awaiting_staff justify>awaiting_staff withdraw>withdrawn
awaiting_staff staff    approve>agreed decline>declined -counter>bargaining +counter>awaiting_staff -offer_sweetener>bargaining +offer_sweetener>awaiting_staff ask>awaiting_staff justify>awaiting_staff escalate>awaiting_staff take_over>awaiting_staff +release>bargaining end>declined
awaiting_staff system   +release>bargaining expire>expired end>stopped
agreed         customer withdraw>withdrawn
agreed         system   redeem>redeemed lapse>lapsed
";

fn pictured(state: State, act: ActKind, who: &str, held: bool) -> Option<&'static str> {
    let line = PICTURE.lines().find(|line| {
        let mut words = line.split_whitespace();
        words.next() == Some(state.name()) && words.next() == Some(who)
    })?;
    line.split_whitespace().skip(2).find_map(|cell| {
        let (rule, to) = cell.split_once('>').unwrap();
        let bare = rule.trim_start_matches(['+', '-']);
        let fits = !(rule.starts_with('+') && !held || rule.starts_with('-') && held);
        (bare == act.name() && fits).then_some(to)
    })
}

#[test]
fn every_cell_is_as_pictured_and_the_rest_is_refused() {
    let mut actors =
        vec![(Actor::Customer, "customer"), (Actor::Bot, "bot"), (Actor::System, "system")];
    actors.extend(Role::ALL.map(|role| (Actor::Staff(role), "staff")));
    let (mut allowed, mut refused) = (0, 0);
    for state in State::ALL {
        for kind in ActKind::ALL {
            for (actor, who) in &actors {
                for held in [false, true] {
                    let before = session(state, held);
                    let act = sound_act(kind, *actor);
                    let got = apply(&before, &limits(), *actor, &act, 3, now());
                    let cell = format!("{} {} {actor:?} held {held}", state.name(), kind.name());
                    match (actor, pictured(state, kind, who, held)) {
                        (Actor::Staff(role), _) if !role.negotiates() => {
                            assert_eq!(got, Err(Refused::RoleMayNot { role: *role }), "{cell}");
                            refused += 1;
                        }
                        (_, Some(to)) => {
                            let (after, step) = got.unwrap_or_else(|e| panic!("{cell}: {e}"));
                            assert_eq!(after.state.name(), to, "{cell}");
                            assert_eq!((step.before, step.after), (state, after.state), "{cell}");
                            allowed += 1;
                        }
                        (_, None) => {
                            let expected = Refused::NotAllowedNow { state, act: kind };
                            assert_eq!(got, Err(expected), "{cell}");
                            refused += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(allowed + refused, 10 * 17 * 8 * 2);
    assert!(allowed > 100, "{allowed}");
}

#[test]
fn nothing_leaves_an_end() {
    for (from, ..) in negotiation::state::TRANSITIONS {
        assert!(!from.is_end(), "{from:?}");
    }
}

#[test]
fn bot_and_person_never_talk_over_each_other() {
    let agent = Actor::Staff(Role::Agent);
    let seen = session(State::Bargaining, false);
    let (held, _) = apply(&seen, &limits(), agent, &Act::TakeOver, 3, now()).unwrap();
    assert_eq!((held.epoch, held.held, held.state), (4, true, State::AwaitingStaff));

    // a second member of staff who saw the session before
    let late = apply(&held, &limits(), agent, &Act::TakeOver, 3, now());
    assert_eq!(late, Err(Refused::StaleEpoch { made_under: 3, current: 4 }));

    // the person gives it back; what the bot thought out before is thrown away
    let (back, _) = apply(&held, &limits(), agent, &Act::Release, 4, now()).unwrap();
    assert_eq!((back.epoch, back.held, back.state), (5, false, State::Bargaining));
    let counter = Act::Counter { price: gbp(980), clearance: None };
    let stale = apply(&back, &limits(), Actor::Bot, &counter, 3, now());
    assert_eq!(stale, Err(Refused::StaleEpoch { made_under: 3, current: 5 }));
    assert!(apply(&back, &limits(), Actor::Bot, &counter, 5, now()).is_ok());
}

#[test]
fn contents_that_break_a_limit_are_refused() {
    let bargaining = session(State::Bargaining, false);
    let waiting = session(State::AwaitingStaff, false);
    let agent = Actor::Staff(Role::Agent);
    let counter = |minor| Act::Counter { price: gbp(minor), clearance: None };
    let propose = |minor, quantity| Act::Propose { price: gbp(minor), quantity, extras: vec![] };
    let changed =
        |named, current| Refused::PriceChanged { named: gbp(named), current: Some(gbp(current)) };
    let raised = Refused::AskRaised { from: gbp(1000), to: gbp(1001) };
    let usd = Money::from_minor(900, Currency::USD).unwrap();
    let currency = Refused::Currency { found: Currency::USD, expected: Currency::GBP };
    let dear = Sweetener { id: "gift".into(), label: "a gift".into(), cost: gbp(601) };
    let cases = [
        (&bargaining, Actor::Bot, counter(699), Refused::BelowFloor),
        (&bargaining, Actor::Bot, counter(1001), raised.clone()),
        (&bargaining, Actor::Bot, Act::Accept { price: gbp(900) }, changed(900, 950)),
        (&bargaining, Actor::Customer, Act::Accept { price: gbp(999) }, changed(999, 1000)),
        (&bargaining, Actor::Customer, propose(0, 1), Refused::BadOffer),
        (&bargaining, Actor::Customer, propose(900, 0), Refused::BadOffer),
        (&bargaining, Actor::Customer, propose(900, 1_000_001), Refused::BadOffer),
        (
            &bargaining,
            Actor::Customer,
            Act::Propose { price: usd, quantity: 1, extras: vec![] },
            currency,
        ),
        (
            &bargaining,
            Actor::Bot,
            Act::OfferSweetener { sweetener: dear, price: gbp(1000) },
            Refused::SweetenerBelowFloor,
        ),
        (&waiting, agent, counter(699), Refused::BelowFloor),
        (&waiting, agent, counter(1001), raised),
        (&waiting, agent, Act::Approve { price: gbp(940), clearance: None }, changed(940, 950)),
    ];
    for (session, actor, act, expected) in cases {
        let got = apply(session, &limits(), actor, &act, 3, now());
        assert_eq!(got, Err(expected), "{act:?}");
    }
}

#[test]
fn a_lapsed_deal_is_not_redeemed_and_time_ends_a_negotiation() {
    let agreed = session(State::Agreed, false);
    let later = now().checked_add(jiff::SignedDuration::from_mins(5)).unwrap();
    let got = apply(&agreed, &limits(), Actor::System, &Act::Redeem, 3, later);
    assert_eq!(got, Err(Refused::DealLapsed));

    let mut open = session(State::Bargaining, false);
    open.expires_at = Some(later);
    let act = sound_act(ActKind::Propose, Actor::Customer);
    assert!(apply(&open, &limits(), Actor::Customer, &act, 3, now()).is_ok());
    let late = apply(&open, &limits(), Actor::Customer, &act, 3, later);
    assert_eq!(late, Err(Refused::Expired));
}
