//! Checkout without scripts: one page, one form, errors at their fields with everything kept that
//! was written. Buys the basket, or with `?offer=` the deal of that negotiation.

use api::error::{ErrorBody, ErrorCode};
use api::shop::{Checkout, DeliveryOption, PlacedOrder, ShopNegotiation};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::cart::{Line, lines};
use super::countries::{self, Country};
use super::form::{Sent, first_answer, once};
use super::frame::{Frame, Shop, page_with, say, see_other};
use super::{address, listing};
use crate::auth::new_id;
use crate::checkout::delivery::Delivery;
use crate::error::{AppError, AppResult, status_of};
use crate::state::AppState;
use crate::visitor::Visitor;
use crate::{cart, checkout, negotiations};

#[derive(Template)]
#[template(path = "checkout.html")]
struct CheckoutPage {
    frame: Frame,
    lines: Vec<Line>,
    /// The negotiation whose deal is bought; empty for the basket.
    offer: String,
    held_until: String,
    goods: String,
    delivery: Vec<DeliveryChoice>,
    form: Form,
    countries: &'static [Country],
    /// The field that cannot be taken, and what to write there.
    wrong: String,
    trouble: String,
    once: String,
}

struct DeliveryChoice {
    kind: &'static str,
    text: &'static str,
    price: String,
    total: String,
    chosen: bool,
}

impl CheckoutPage {
    fn is_wrong(&self, field: &str) -> bool {
        self.wrong == field
    }

    fn advice(&self) -> &'static str {
        self.frame.words.field(&self.wrong)
    }
}

/// What stands in the form, as it was written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    name: String,
    email: String,
    address_line: String,
    city: String,
    postcode: String,
    country: String,
    delivery: String,
    payment: String,
    offer: String,
    once: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    offer: String,
}

/// What is about to be bought.
struct Goods {
    lines: Vec<Line>,
    goods: i64,
    delivery: Vec<DeliveryOption>,
    deal: Option<(String, String)>,
}

/// `GET /s/{store}/checkout`
pub(crate) async fn show(shop: Shop, visitor: Visitor, Query(wanted): Query<Wanted>) -> Response {
    let form = Form {
        country: visitor.country.clone(),
        offer: wanted.offer,
        delivery: "standard".into(),
        payment: "approve".into(),
        ..Form::default()
    };
    let result = checkout_page(&shop, &visitor, form, None).await;
    shop.answer(result).await
}

/// `POST /s/{store}/checkout`
pub(crate) async fn place(
    shop: Shop,
    State(state): State<AppState>,
    visitor: Visitor,
    sent: Sent<Form>,
) -> Response {
    let result = async {
        shop.own_form()?;
        let form = sent.0?;
        match order(&shop, &state, &visitor, &form).await {
            Ok(placed) => Ok(see_other(&shop.url(&format!("orders/{}", placed.id)))),
            Err(AppError::Refused(why)) => checkout_page(&shop, &visitor, form, Some(why)).await,
            Err(other) => Err(other),
        }
    };
    let result = result.await;
    shop.answer(result).await
}

async fn order(
    shop: &Shop,
    state: &AppState,
    visitor: &Visitor,
    form: &Form,
) -> AppResult<PlacedOrder> {
    let deal = match form.offer.as_str() {
        "" => None,
        offer => Some(deal_of(shop, visitor, offer).await?.1),
    };
    let said = format!("{form:?}");
    let asked = Checkout {
        name: form.name.clone(),
        email: form.email.clone(),
        address_line: form.address_line.clone(),
        city: form.city.clone(),
        postcode: form.postcode.clone(),
        country: form.country.clone(),
        delivery: form.delivery.clone(),
        payment: form.payment.clone(),
        deal,
    };
    let once = once(&form.once, "checkout", &said);
    first_answer(checkout::place(state, visitor, asked, once).await)
}

/// The visitor's own deal, with its token.
async fn deal_of(
    shop: &Shop,
    visitor: &Visitor,
    offer: &str,
) -> AppResult<(ShopNegotiation, String)> {
    let negotiation = negotiations::view(&shop.state, visitor, offer).await?;
    let token = negotiation.deal.as_ref().map(|deal| deal.token.clone());
    let token = token.ok_or_else(|| AppError::not_found("deal"))?;
    Ok((negotiation, token))
}

async fn checkout_page(
    shop: &Shop,
    visitor: &Visitor,
    form: Form,
    refused: Option<ErrorBody>,
) -> AppResult<Response> {
    let goods = match form.offer.as_str() {
        "" => from_cart(shop, visitor).await?,
        offer => from_deal(shop, visitor, offer).await?,
    };
    if goods.lines.is_empty() && refused.is_none() {
        return Ok(see_other(&shop.url("cart")));
    }
    let status = refused.as_ref().map_or(StatusCode::OK, |why| status_of(why.code));
    let wrong = refused.as_ref().filter(|why| why.code == ErrorCode::Invalid);
    let wrong = wrong.and_then(|why| why.context.get("field")).cloned().unwrap_or_default();
    let trouble = match &refused {
        Some(why) if why.code == ErrorCode::Invalid => shop.words.check_form.to_owned(),
        Some(why) => say(shop.words, why).to_owned(),
        None => String::new(),
    };
    let (offer, held_until) = goods.deal.unwrap_or_default();
    let page = CheckoutPage {
        frame: shop.frame(shop.words.checkout).await?,
        lines: goods.lines,
        offer,
        held_until,
        goods: shop.money(goods.goods),
        delivery: choices(shop, goods.goods, &goods.delivery, &form.delivery),
        form,
        countries: countries::all(shop.words.language),
        wrong,
        trouble,
        once: new_id(),
    };
    Ok(page_with(status, &page))
}

fn choices(shop: &Shop, goods: i64, from: &[DeliveryOption], chosen: &str) -> Vec<DeliveryChoice> {
    let choice = |option: &DeliveryOption| {
        let (kind, text) = match option.kind.as_str() {
            "express" => ("express", shop.words.express),
            _ => ("standard", shop.words.standard),
        };
        DeliveryChoice {
            kind,
            text,
            price: shop.money(option.price.minor),
            total: shop.money(goods.saturating_add(option.price.minor)),
            chosen: kind == chosen,
        }
    };
    let mut choices: Vec<DeliveryChoice> = from.iter().map(choice).collect();
    if !choices.iter().any(|one| one.chosen)
        && let Some(first) = choices.first_mut()
    {
        first.chosen = true;
    }
    choices
}

async fn from_cart(shop: &Shop, visitor: &Visitor) -> AppResult<Goods> {
    let view = cart::read(&shop.state, visitor).await?;
    Ok(Goods {
        lines: lines(shop, &view).into_iter().filter(|line| line.buyable).collect(),
        goods: view.goods.minor,
        delivery: view.delivery,
        deal: None,
    })
}

async fn from_deal(shop: &Shop, visitor: &Visitor, offer: &str) -> AppResult<Goods> {
    let (negotiation, _) = deal_of(shop, visitor, offer).await?;
    let deal = negotiation.deal.ok_or_else(|| AppError::not_found("deal"))?;
    if deal.state != "held" {
        let message = "This deal is not open any more.";
        return Err(AppError::refuse(ErrorCode::NotAllowedNow, message).with("state", deal.state));
    }
    let slug = &shop.shelf.slug;
    let line = Line {
        url: address::product(slug, &negotiation.sku),
        picture: listing::own_picture(slug, &negotiation.sku, None),
        sku: negotiation.sku,
        title: negotiation.title,
        quantity: deal.quantity,
        unit_price: shop.money(deal.unit_price.minor),
        total: shop.money(deal.total.minor),
        buyable: true,
    };
    let goods = visitor.shop.money(deal.total.minor)?;
    let mut db = shop.state.db();
    let mut delivery = Delivery::load(&mut db, &visitor.shop).await?.options(goods);
    if checkout::free_delivery(&mut db, &visitor.shop.store_id, &negotiation.id).await? {
        for option in delivery.iter_mut().filter(|option| option.kind == "standard") {
            option.price.minor = 0;
        }
    }
    let until = shop.moment(deal.expires_at);
    Ok(Goods {
        lines: vec![line],
        goods: goods.minor(),
        delivery,
        deal: Some((negotiation.id, until)),
    })
}
