//! The customer's words: read into acts, answered, worded.

use api::error::ErrorCode;
use jiff::Timestamp;
use negotiation::answer::Message;
use negotiation::bargain::{Reply, reply};
use negotiation::hard_stops::redact;
use negotiation::language::{TEXT_CHARS_MAX, detect_language, understand};
use negotiation::session::OkMeans;
use negotiation::wording::{Language, format_money};
use negotiation::{Act, Actor as By, Context, Facts, Limits, State, Turn, Understood, answer};

use super::case::Case;
use super::record::{self, Said, word_of};
use super::{Answer, gate, tries};
use crate::db::{args, negotiation as rows};
use crate::error::{AppError, AppResult};
use crate::rules::watch::Seen;
use crate::state::AppState;
use crate::visitor::Visitor;
use crate::write::{Once, Write};

/// Messages of one visitor within a minute.
const MESSAGES_A_MINUTE: i64 = 30;
const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 3_600_000;

/// Answers what the customer wrote.
pub(crate) async fn say(
    state: &AppState,
    visitor: &Visitor,
    id: &str,
    text: &str,
    once: Once,
) -> Answer {
    if text.chars().nth(TEXT_CHARS_MAX).is_some() {
        let message = format!(
            "Your message is longer than {TEXT_CHARS_MAX} characters. Tell us your price in a sentence."
        );
        return Err(AppError::refuse(ErrorCode::TooLarge, message).with("field", "text"));
    }
    let arrived = state.now_ms();
    let (mut write, mut case) = super::begin(state, visitor, id, once).await?;
    refuse_flood(&mut write, visitor).await?;
    if let Some(language) = detect_language(text) {
        case.row.language = language.tag().to_owned();
    }
    let now = super::shape::instant(write.now_ms())?;
    let open = case.open_for(case.quantity(), now)?;
    let facts = facts(&mut write, &case, visitor, open.is_none()).await?;
    let context = Context {
        currency: case.ground.shop.currency,
        list_price: case.session.list_price,
        quantity: case.session.quantity,
    };
    let stops = &case.ground.settings.hard_stops;
    let understood = understand(text, &context, stops, &facts);
    let understood = tries::held_back(&mut write, &case, visitor, understood).await?;
    let (understood, mut limits) = limits_for(&case, understood, open, now)?;
    limits.escalate_below_decline &= worth_a_person(&case, &understood);
    let turn = match together(&mut write, &case, &understood, &limits, (arrived, now)).await? {
        Some(turn) => turn,
        None => answer(&case.session, &limits, std::slice::from_ref(&understood), now)
            .map_err(|error| record::refused(&error, &case.session))?,
    };
    let turn = gate::said_in_stock(&case, &limits, turn, now)?;
    let gated = gate::within_budget(&mut write, &case, &limits, turn, now).await?;
    tries::count(&mut write, &case, visitor, &gated.turn).await?;
    let said = Said {
        customer: Some(kept(text)),
        understood: Some(in_words(&understood, case.session.quantity)),
        reason: gated.reason,
        ..Said::default()
    };
    case.row.max_rounds = i64::from(limits.max_rounds);
    let seen = seen(&case, &understood, now);
    record::record(&mut write, state, &mut case, gated.turn, said).await?;
    let answer = super::finish(write, &case).await?;
    state.shared.watch.see(seen);
    Ok(answer)
}

/// An offer in the customer's words, for a set in shadow.
fn seen(case: &Case, understood: &Understood, now: Timestamp) -> Option<Seen> {
    let (Understood::Propose { price, quantity }
    | Understood::AskForPerson { price: Some(price), quantity }) = understood
    else {
        return None;
    };
    let quantity = quantity.map_or(case.quantity(), i64::from);
    case.seen(quantity, Some(price.minor()), now)
}

async fn refuse_flood(write: &mut Write, visitor: &Visitor) -> AppResult<()> {
    let since = write.now_ms() - MINUTE_MS;
    let key = args![&visitor.shop.store_id, &visitor.id, since];
    let said: Option<(i64,)> = write.maybe(rows::SAID_SINCE, key).await?;
    if said.is_some_and(|(count,)| count >= MESSAGES_A_MINUTE) {
        return Err(gate::too_fast());
    }
    Ok(())
}

async fn facts(
    write: &mut Write,
    case: &Case,
    visitor: &Visitor,
    paused: bool,
) -> AppResult<Facts> {
    let since = write.now_ms() - DAY_MS;
    let key = args![&visitor.shop.store_id, &visitor.id, &case.row.sku, since];
    let offers: Option<(i64,)> = write.maybe(rows::OFFERS_SINCE, key).await?;
    let offers = offers.map_or(0, |(count,)| count).saturating_add(1);
    let stock = case.product.as_ref().and_then(|product| product.stock);
    Ok(Facts {
        stock: stock.map(|stock| u64::try_from(stock).unwrap_or(0)),
        attempts: u32::try_from(offers).unwrap_or(u32::MAX),
        attempts_max: u32::try_from(case.ground.settings.offers_max).ok(),
        deal_elsewhere: false,
        customer_blocked: case.ground.segments_of(case.customer.as_ref()).contains(&BLOCKED.into()),
        rule_set_paused: paused,
    })
}

/// Customers in this segment are not bargained with.
const BLOCKED: &str = "blocked";

/// The limits for the quantity that is offered. Where nothing may be bargained for at that
/// quantity, the offer is answered as one for more than there is.
fn limits_for(
    case: &Case,
    understood: Understood,
    open: Option<super::ground::Decided>,
    now: Timestamp,
) -> AppResult<(Understood, Limits)> {
    let Some(open) = open else { return Ok((understood, case.frozen()?)) };
    let wanted = match &understood {
        Understood::Propose { quantity: Some(wanted), .. }
        | Understood::AskForPerson { quantity: Some(wanted), .. } => i64::from(*wanted),
        _ => case.quantity(),
    };
    if wanted == case.quantity() {
        return Ok((understood, open.limits));
    }
    match case.decided(wanted, now)? {
        Some(decided) => Ok((understood, decided.limits)),
        None => {
            let why = negotiation::Why::BadQuantity;
            Ok((Understood::Unclear { why, suggest: None }, open.limits))
        }
    }
}

/// Nonsense (`1`, `2`) is declined by the bot; people are asked about offers that might be meant.
fn worth_a_person(case: &Case, understood: &Understood) -> bool {
    let Understood::Propose { price, .. } = understood else { return true };
    let least = case.row.list_price.saturating_mul(case.ground.settings.staff_from_pct) / 100;
    price.minor() >= least
}

/// An offer that was sent before the customer could see the last counteroffer arrived together with
/// the one that it answered: it is recorded, and the bot does not concede a second time.
async fn together(
    write: &mut Write,
    case: &Case,
    understood: &Understood,
    limits: &Limits,
    (arrived, now): (i64, Timestamp),
) -> AppResult<Option<Turn>> {
    let Understood::Propose { price, quantity } = understood else { return Ok(None) };
    if case.session.state != State::Bargaining || case.session.is_expired(now) {
        return Ok(None);
    }
    let key = args![&write.store_id, &case.row.negotiation_id];
    let last: Option<(i64,)> = write.maybe(rows::LAST_REPLY_AT, key).await?;
    if last.is_none_or(|(at,)| at <= arrived) {
        return Ok(None);
    }
    let quantity = quantity.unwrap_or(case.session.quantity);
    let mut turn = Turn { acts: vec![], session: case.session.clone(), message: None };
    let propose = Act::Propose { price: *price, quantity, extras: vec![] };
    gate::push(&mut turn, limits, By::Customer, &propose, now);
    if !matches!(reply(&turn.session, limits, &[*price]), Some(Reply::Counter { .. })) {
        return Ok(None);
    }
    turn.session.ok_means = OkMeans::TakeAsk;
    turn.message = Some(Message::Counter {
        offer: *price,
        price: turn.session.ask(limits),
        quantity,
        moved: false,
        last: turn.session.round >= limits.max_rounds,
    });
    Ok(Some(turn))
}

/// The words as they are kept and shown: no control characters, no card or account numbers.
pub(super) fn kept(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_direction(*c))
        .collect();
    redact(plain.trim())
}

/// Marks that turn the direction of what follows would turn the pages around it too.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What was understood, for staff: `6 × £7.50`.
fn in_words(understood: &Understood, standing: u32) -> String {
    let offer = |price: &commerce::Money, quantity: Option<u32>| {
        let price = format_money(*price, Language::En);
        format!("{} × {price}", quantity.unwrap_or(standing))
    };
    let spaced = |word: String| word.replace('_', " ");
    match understood {
        Understood::Propose { price, quantity } => offer(price, *quantity),
        Understood::Accept { price: Some(price) } => {
            format!("agrees to {}", format_money(*price, Language::En))
        }
        Understood::Accept { price: None } => "agrees".to_owned(),
        Understood::Reject => "says no".to_owned(),
        Understood::AskForPerson { price: Some(price), quantity } => {
            format!("asks for a person, {}", offer(price, *quantity))
        }
        Understood::AskForPerson { price: None, .. } => "asks for a person".to_owned(),
        Understood::Question => "asks a question".to_owned(),
        Understood::Unclear { why, .. } => format!("unclear: {}", spaced(word_of(why))),
        Understood::HardStop { kind, .. } => format!("hard stop: {}", spaced(word_of(kind))),
    }
}
