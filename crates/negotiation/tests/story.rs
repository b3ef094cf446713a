//! A customer's whole conversation, from their words to the shop's: what was typed, what was read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use std::str::FromStr;

use commerce::money::{Currency, Money};
use jiff::Timestamp;
use negotiation::answer::{answer, greeting, perform};
use negotiation::language::{Context, detect_language, understand};
use negotiation::limits::{Limits, Terms};
use negotiation::session::Session;
use negotiation::wording::{Language, Style, Tone, word};
use negotiation::{Act, Actor, Facts, HardStops, Role, State};

/// A lamp at 10.00, target 9.00, floor 7.00, three rounds; the customer's lines and the answers.
fn check(code: &str, lines: &[(&str, &str)], end: State) -> (Session, Limits) {
    let currency = Currency::from_str(code).unwrap();
    let money = |minor| Money::from_minor(minor, currency).unwrap();
    let mut terms = Terms::new(money(700), money(1000));
    terms.target = Some(money(900));
    terms.max_rounds = Some(3);
    let limits = Limits::from_terms(&terms).unwrap();
    let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    let mut session = Session::open(&limits, 1, now, None);
    let mut language = Language::En;
    for (said, expected) in lines {
        let context =
            Context { currency, list_price: limits.list_price, quantity: session.quantity };
        let facts = Facts { stock: Some(50), ..Facts::default() };
        let understood = understand(said, &context, &HardStops::default(), &facts);
        language = detect_language(said).unwrap_or(language);
        let turn = answer(&session, &limits, &[understood], now).unwrap();
        let style = Style { tone: Tone::Plain, language };
        let text = turn.message.map(|m| word(&m, style)).unwrap_or_default();
        assert_eq!(text.replace('\u{a0}', " "), *expected, "{said}");
        session = turn.session;
    }
    assert_eq!(session.state, end);
    (session, limits)
}

#[test]
fn a_customer_haggles_in_english() {
    let lines = [
        ("would you take £8?", "£8.00 is too low for me. I can do £9.67."),
        (
            "half",
            "I need a price rather than a share. Did you mean £5.00? Say yes, or name your price.",
        ),
        (
            "yes",
            "I can't go that low. My price is £9.67. You can make another offer, or ask for a person.",
        ),
        ("$9", "This shop sells in its own currency only. Please name your price in that."),
        ("£8.50 each if I take 12", "£8.50 is too low for me. I can do £9.34 each."),
        (
            "deal",
            "Agreed: 12 at £9.34 each (£112.08). The price is yours for 30 minutes; go to the checkout to use it.",
        ),
        ("deal", "We have a deal at £9.34. Go to the checkout to use it."),
    ];
    check("GBP", &lines, State::Agreed);
}

#[test]
fn a_customer_haggles_in_german_and_is_passed_to_staff() {
    let lines = [
        ("Würden Sie 8,50 € nehmen?", "8,50 € ist mir zu wenig. Ich biete 9,67 €."),
        (
            "sechs Euro",
            "So weit kann ich nicht heruntergehen. Mein Preis ist 9,67 €. Sie können neu bieten oder nach einem Menschen fragen.",
        ),
        (
            "Kann ich mit einem Menschen sprechen?",
            "Ich habe das an unser Team weitergegeben. Die Antwort erscheint hier.",
        ),
        ("ok", "Unser Team hat Ihre Anfrage und antwortet hier."),
    ];
    let (session, limits) = check("EUR", &lines, State::AwaitingStaff);
    let now: Timestamp = "2026-03-01T12:05:00Z".parse().unwrap();
    let price = Money::from_minor(750, Currency::EUR).unwrap();
    let act = Act::Counter { price, clearance: None };
    let agent = Actor::Staff(Role::Agent);
    let turn = perform(&session, &limits, agent, &act, session.epoch, now).unwrap();
    let style = Style { tone: Tone::Warm, language: Language::De };
    assert_eq!(
        word(&turn.message.unwrap(), style),
        "Unser Team hat es sich angesehen und kann Ihnen 7,50\u{a0}€ anbieten. Was meinen Sie?"
    );
    let hello = word(&greeting(&turn.session, &limits), Style::default());
    assert_eq!(hello, "Hello. The price is €7.50. What would you like to offer?");
}
