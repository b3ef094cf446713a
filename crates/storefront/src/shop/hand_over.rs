//! Where a deal from another site arrives. The other site's page posts a code; the customer sees what
//! it is for and goes on with a button of our own page, which alone uses the code up. So a page
//! elsewhere changes nothing here by itself, and no visitor's session travels.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::form::{Sent, first_answer, once};
use super::frame::{Frame, Shop, page, see_other};
use super::{address, listing};
use crate::auth::new_id;
use crate::deals::hand_over;
use crate::error::{AppError, AppResult};
use crate::state::AppState;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "hand_over.html")]
struct HandOverPage {
    frame: Frame,
    title: String,
    picture: String,
    product_url: String,
    quantity: i64,
    price: String,
    total: String,
    until: String,
    code: String,
    once: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Brought {
    code: String,
    once: String,
}

/// `POST /s/{store}/hand-over`, from a page of any site: only looks. The browser sends no cookie with
/// it, and must get none, or the visitor that it was here before would be lost.
pub(crate) async fn ask(shop: Shop, sent: Sent<Brought>) -> Response {
    let result = async { asked(&shop, sent.0?.code).await };
    let result = result.await;
    shop.answer(result).await
}

async fn asked(shop: &Shop, code: String) -> AppResult<Response> {
    let store = crate::visitor::Shop::find(&shop.state, &shop.shelf.slug).await?;
    let now = hand_over::look(&shop.state, &store, &code).await?;
    let deal = now.deal.ok_or_else(|| AppError::not_found("deal"))?;
    let slug = &shop.shelf.slug;
    Ok(page(&HandOverPage {
        frame: shop.frame(shop.words.hand_over).await?,
        picture: listing::own_picture(slug, &now.sku, None),
        product_url: address::product(slug, &now.sku),
        title: now.title,
        quantity: deal.quantity,
        price: shop.money(deal.unit_price.minor),
        total: shop.money(deal.total.minor),
        until: shop.moment(deal.expires_at),
        code,
        once: new_id(),
    }))
}

/// `POST /s/{store}/hand-over/take`, from our own page alone.
pub(crate) async fn take(
    shop: Shop,
    State(state): State<AppState>,
    visitor: Visitor,
    sent: Sent<Brought>,
) -> Response {
    let result = async {
        shop.own_form()?;
        let Brought { code, once: key } = sent.0?;
        let once = once(&key, "hand-over", &crate::auth::token_hash(&code));
        let offer = first_answer(hand_over::take(&state, &visitor, &code, once).await)?;
        let place = format!("checkout?offer={}", address::segment(&offer));
        Ok(see_other(&shop.url(&place)))
    };
    let result = result.await;
    shop.answer(result).await
}
