//! Who may approve what, the queue's order, and what a sound deal is.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where it fails")]

use commerce::money::{Currency, Money};
use jiff::{SignedDuration, Timestamp};
use negotiation::act::Role;
use negotiation::approval::{
    ApprovalRequest, ApprovalTable, Reach, Verdict, may_approve, queue_order, queue_score,
};
use negotiation::deal::{Deal, DealError};

fn gbp(minor: i64) -> Money {
    Money::from_minor(minor, Currency::GBP).unwrap()
}

fn at(minute: i64) -> Timestamp {
    let noon: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    noon.checked_add(SignedDuration::from_mins(minute)).unwrap()
}

/// Floor 7.00, cost 6.00; Bob approves what Ann asked for, with a reason and a note.
fn request(role: Role, minor: i64, evidence: &[String]) -> ApprovalRequest<'_> {
    ApprovalRequest {
        price: gbp(minor),
        floor: gbp(700),
        unit_cost: Some(gbp(600)),
        requester: Some("ann"),
        approver: "bob",
        role,
        second: None,
        reason: "price match",
        evidence,
    }
}

fn short(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Allowed(_) => "allowed".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_default_table() {
    let note = ["a note".to_owned()];
    let cases = [
        (Role::Agent, 700, "allowed"),
        (Role::Agent, 699, "NeedsRole(Manager)"),
        (Role::Agent, 599, "NeedsRole(Owner)"),
        (Role::Manager, 699, "allowed"),
        (Role::Manager, 600, "allowed"),
        (Role::Manager, 599, "NeedsRole(Owner)"),
        (Role::Owner, 600, "allowed"),
        (Role::Owner, 599, "NeedsSecondPerson"),
        (Role::Analyst, 900, "NeedsRole(Agent)"),
        (Role::Auditor, 900, "NeedsRole(Agent)"),
        (Role::Owner, 0, "BadPrice"),
        (Role::Owner, -1, "BadPrice"),
    ];
    for (role, minor, expected) in cases {
        let verdict = may_approve(&ApprovalTable::default(), &request(role, minor, &note));
        assert_eq!(short(&verdict), expected, "{role:?} {minor}");
    }
}

#[test]
fn below_the_floor_reason_evidence_and_another_person() {
    let table = ApprovalTable::default();
    let note = ["a note".to_owned()];
    let blank = ["  ".to_owned()];
    let base = request(Role::Manager, 650, &note);
    let owner = request(Role::Owner, 500, &note);
    let cases = [
        (ApprovalRequest { reason: " ", ..base }, "NeedsReason"),
        (ApprovalRequest { evidence: &[], ..base }, "NeedsEvidence"),
        (ApprovalRequest { evidence: &blank, ..base }, "NeedsEvidence"),
        (ApprovalRequest { approver: "ann", ..base }, "RequesterCannotApprove"),
        (ApprovalRequest { requester: None, ..base }, "allowed"),
        // not below the floor: none of it is needed
        (
            ApprovalRequest { approver: "ann", reason: "", evidence: &[], price: gbp(700), ..base },
            "allowed",
        ),
        (ApprovalRequest { unit_cost: None, ..base }, "NeedsRole(Owner)"),
        (ApprovalRequest { second: Some(("cy", Role::Manager)), ..owner }, "allowed"),
        (ApprovalRequest { second: Some(("cy", Role::Agent)), ..owner }, "NeedsSecondPerson"),
        (ApprovalRequest { second: Some(("bob", Role::Owner)), ..owner }, "NeedsSecondPerson"),
        (ApprovalRequest { second: Some(("ann", Role::Owner)), ..owner }, "NeedsSecondPerson"),
    ];
    for (request, expected) in cases {
        assert_eq!(short(&may_approve(&table, &request)), expected, "{request:?}");
    }
    let nobody = ApprovalTable { agent: Reach::Floor, manager: Reach::Floor, owner: Reach::Floor };
    assert_eq!(may_approve(&nobody, &base), Verdict::NoRoleMay);

    let Verdict::Allowed(clearance) = may_approve(&table, &base) else { panic!("not allowed") };
    assert!(
        clearance.covers(gbp(650)) && clearance.covers(gbp(660)) && !clearance.covers(gbp(649))
    );
}

#[test]
fn the_queue_puts_the_oldest_breach_first_then_the_score() {
    let target = SignedDuration::from_mins(10);
    let score = |minor, since, intent| queue_score(gbp(minor), at(since), intent, target, at(60));
    let breached_old = score(100, 0, None);
    let breached_new = score(100_000, 40, Some(100));
    let big = score(100_000, 55, Some(80));
    let small = score(100, 55, Some(80));
    assert_eq!((big.score, small.score), (100_000 * 5 * 80 / 100, 100 * 5 * 80 / 100));
    assert_eq!((breached_old.breached_at, big.breached_at), (Some(at(10)), None));
    let mut queue = [&small, &big, &breached_new, &breached_old];
    queue.sort_by(|a, b| queue_order(a, b));
    assert_eq!(queue, [&breached_old, &breached_new, &big, &small]);
    // a clock that went back counts as the first minute
    assert_eq!(score(100, 90, Some(100)).waiting_minutes, 1);
}

fn deal() -> Deal {
    Deal {
        store: "lamps".into(),
        visitor_session: "v-1".into(),
        negotiation: "n-1".into(),
        sku: "85123A".into(),
        quantity: 12,
        unit_price: gbp(950),
        sweeteners: vec!["free-shipping".into()],
        rule_set_version: 4,
        expires_at: at(30),
        nonce: "0123456789abcdef".into(),
    }
}

#[test]
fn a_deal_is_checked_claim_by_claim() {
    let sound = deal();
    assert_eq!(sound.validate(), Ok(()));
    assert_eq!(sound.total(), Ok(gbp(11_400)));
    assert!(!sound.expired(at(29)));
    assert!(sound.expired(at(30)));
    let big = Money::from_minor(commerce::money::MINOR_MAX, Currency::GBP).unwrap();
    let cases = [
        (Deal { store: String::new(), ..deal() }, DealError::Field { field: "store" }),
        (Deal { sku: "x".repeat(201), ..deal() }, DealError::Field { field: "sku" }),
        (Deal { nonce: String::new(), ..deal() }, DealError::Field { field: "nonce" }),
        (Deal { quantity: 0, ..deal() }, DealError::Quantity(0)),
        (Deal { unit_price: gbp(0), ..deal() }, DealError::Price(gbp(0))),
        (Deal { unit_price: gbp(-5), ..deal() }, DealError::Price(gbp(-5))),
        (Deal { unit_price: big, ..deal() }, DealError::Total),
        (
            Deal { sweeteners: vec![String::new()], ..deal() },
            DealError::Field { field: "sweeteners" },
        ),
        (Deal { sweeteners: vec!["a".into(); 21], ..deal() }, DealError::Sweeteners(21)),
    ];
    for (deal, expected) in cases {
        assert_eq!(deal.validate(), Err(expected));
    }
}

#[test]
fn a_deal_survives_its_json_and_takes_no_unknown_claim() {
    let json = serde_json::to_value(deal()).unwrap();
    assert_eq!(serde_json::from_value::<Deal>(json.clone()).unwrap(), deal());
    let mut more = json;
    more["discount"] = 5.into();
    assert!(serde_json::from_value::<Deal>(more).is_err());
}
