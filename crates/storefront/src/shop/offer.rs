//! Bargaining without scripts: a form on the product's page, then a page with what was said, the
//! price that stands, and what can be done. Looks again by itself while a person is waited for.

use api::negotiation::NegotiationState;
use api::shop::{AcceptAsk, OpenNegotiation, ShopNegotiation};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use super::cart::read_quantity;
use super::form::{Sent, first_answer, once};
use super::frame::{Frame, Shop, page, see_other};
use super::words::Words;
use super::{address, listing};
use crate::auth::new_id;
use crate::error::{AppError, AppResult};
use crate::negotiations;
use crate::state::AppState;
use crate::visitor::Visitor;

/// How often the page looks again while staff are awaited, in seconds.
const AGAIN_S: u32 = 10;

#[derive(Template)]
#[template(path = "offer.html")]
struct OfferPage {
    frame: Frame,
    title: String,
    product_url: String,
    picture: String,
    quantity: i64,
    list_price: String,
    said: Vec<SaidLine>,
    /// What the state means, where that needs saying.
    state_text: &'static str,
    ask: Option<Price>,
    deal: Option<DealCard>,
    open: bool,
    waiting: bool,
    url: String,
    once: String,
}

struct SaidLine {
    who: &'static str,
    mine: bool,
    text: String,
}

struct Price {
    each: String,
    total: String,
    minor: i64,
}

struct DealCard {
    price: Price,
    until: String,
    checkout: String,
}

/// `GET /s/{store}/offers/{id}`
pub(crate) async fn show(
    shop: Shop,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Response {
    let result = offer_page(&shop, &visitor, &id).await;
    shop.answer(result).await
}

async fn offer_page(shop: &Shop, visitor: &Visitor, id: &str) -> AppResult<Response> {
    let now = negotiations::view(&shop.state, visitor, id).await?;
    let mut frame = shop.frame(shop.words.your_negotiation).await?;
    let waiting = now.state == NegotiationState::AwaitingStaff || now.with_person;
    let open = is_open(now.state);
    frame.again_s = (waiting && open).then_some(AGAIN_S);
    let price = |each: i64| Price {
        each: shop.money(each),
        total: shop.money(each.saturating_mul(now.quantity)),
        minor: each,
    };
    let ask = now.standing_ask.as_ref().filter(|_| open);
    let deal = now.deal.as_ref().filter(|deal| deal.state == "held");
    let deal = deal.map(|deal| DealCard {
        price: price(deal.unit_price.minor),
        until: shop.moment(deal.expires_at),
        checkout: shop.url(&format!("checkout?offer={}", address::segment(&now.id))),
    });
    let slug = &shop.shelf.slug;
    let template = OfferPage {
        frame,
        product_url: address::product(slug, &now.sku),
        picture: listing::own_picture(slug, &now.sku, None),
        list_price: shop.money(now.list_price.minor),
        said: said(shop.words, &now),
        state_text: state_text(shop.words, &now),
        ask: ask.map(|ask| price(ask.minor)),
        deal,
        open,
        waiting,
        url: shop.url(&format!("offers/{}", address::segment(&now.id))),
        once: new_id(),
        quantity: now.quantity,
        title: now.title,
    };
    Ok(page(&template))
}

fn is_open(state: NegotiationState) -> bool {
    use NegotiationState as S;
    matches!(state, S::Opened | S::Bargaining | S::AwaitingStaff)
}

fn said(words: &Words, now: &ShopNegotiation) -> Vec<SaidLine> {
    let line = |message: &api::shop::ShopMessage| SaidLine {
        who: match message.who.as_str() {
            "customer" => words.you,
            "staff" => words.person,
            "bot" => words.helper,
            _ => words.notice,
        },
        mine: message.who == "customer",
        text: message.text.clone(),
    };
    now.messages.iter().map(line).collect()
}

fn state_text(words: &Words, now: &ShopNegotiation) -> &'static str {
    use NegotiationState as S;
    match now.state {
        S::AwaitingStaff if now.with_person => words.with_person,
        S::AwaitingStaff => words.waiting_person,
        S::Opened | S::Bargaining if now.with_person => words.with_person,
        S::Opened | S::Bargaining | S::Agreed => "",
        S::Redeemed => words.state_redeemed,
        S::Declined => words.state_declined,
        S::Expired => words.state_expired,
        S::Withdrawn => words.state_withdrawn,
        S::Stopped => words.state_stopped,
        S::Lapsed => words.state_lapsed,
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct First {
    #[serde(default)]
    quantity: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    once: String,
}

/// `POST /s/{store}/p/{sku}/offer`
pub(crate) async fn open(
    shop: Shop,
    State(state): State<AppState>,
    visitor: Visitor,
    Path((_, sku)): Path<(String, String)>,
    sent: Sent<First>,
) -> Response {
    let result = async {
        shop.own_form()?;
        let first = sent.0?;
        let text = written(&first.text)?;
        let quantity = match first.quantity.trim() {
            "" => 1,
            quantity => read_quantity(quantity, 1)?,
        };
        let key = once(&first.once, "open", &format!("{sku} {quantity}"));
        let asked = OpenNegotiation { sku, quantity };
        let opened = first_answer(negotiations::open(&state, &visitor, asked, key).await)?;
        let key = once(&first.once, "first", text);
        first_answer(negotiations::say(&state, &visitor, &opened.id, text, key).await)?;
        Ok(see_other(&shop.url(&format!("offers/{}", opened.id))))
    };
    let result = result.await;
    shop.answer(result).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    text: String,
    /// The price that the page showed when "Take it" was pressed, in minor units.
    #[serde(default)]
    price: String,
    #[serde(default)]
    once: String,
}

/// `POST /s/{store}/offers/{id}/{act}`: `messages`, `accept`, `person` or `end`.
pub(crate) async fn act(
    shop: Shop,
    State(state): State<AppState>,
    visitor: Visitor,
    Path((_, id, act)): Path<(String, String, String)>,
    sent: Sent<Next>,
) -> Response {
    let result = async {
        shop.own_form()?;
        let next = sent.0?;
        let key = once(&next.once, &act, &format!("{id} {} {}", next.text, next.price));
        let answer = match act.as_str() {
            "messages" => negotiations::say(&state, &visitor, &id, written(&next.text)?, key).await,
            "accept" => {
                let price = next.price.parse().ok().map(|minor| visitor.shop.wire(minor));
                let asked = AcceptAsk { price };
                negotiations::accept(&state, &visitor, &id, asked, key).await
            }
            "person" => negotiations::ask_person(&state, &visitor, &id, key).await,
            "end" => negotiations::end(&state, &visitor, &id, key).await,
            _ => return Err(AppError::not_found("page")),
        };
        first_answer(answer)?;
        Ok(see_other(&shop.url(&format!("offers/{}", address::segment(&id)))))
    };
    let result = result.await;
    shop.answer(result).await
}

fn written(text: &str) -> AppResult<&str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::invalid("text", "Write what you offer."));
    }
    Ok(text)
}
