//! Offers that were not taken tell something of the limits, each a little. How many one visitor makes
//! over all negotiations is bounded, and how many come from one client address, since a new visitor
//! costs nothing. Read and counted under the store's lock: many at once are no more than one after
//! the other. A person who answers is asked as often as one likes.

use commerce::Money;
use negotiation::session::OkMeans;
use negotiation::{Act, State, StopAnswer, StopKind, Turn, Understood};

use super::case::Case;
use crate::db::{args, visitor as rows};
use crate::error::AppResult;
use crate::visitor::Visitor;
use crate::write::Write;

/// Tries count together within this.
pub(crate) const WINDOW_MS: i64 = 6 * 3_600_000;
/// Eight products, and five rounds for each.
const OF_VISITOR_MAX: i64 = 40;
/// A mobile network puts many customers behind one address.
const OF_ADDRESS_MAX: i64 = 240;

/// An offer below the standing ask by someone who has tried too often counts as said, not as made:
/// the answer is the same whatever the price, so that it tells nothing.
pub(super) async fn held_back(
    write: &mut Write,
    case: &Case,
    visitor: &Visitor,
    understood: Understood,
) -> AppResult<Understood> {
    let Some((price, quantity)) = offered(case, &understood) else { return Ok(understood) };
    let takes_the_ask = price.minor() >= case.session.standing_ask.minor()
        && quantity.is_none_or(|quantity| quantity == case.session.quantity);
    if takes_the_ask || !by_bot(case) || !too_often(write, visitor).await? {
        return Ok(understood);
    }
    Ok(Understood::HardStop { kind: StopKind::TooManyAttempts, answer: StopAnswer::AskAgain })
}

/// The price that is offered: also by an "ok" to what the bot thought was meant.
fn offered(case: &Case, understood: &Understood) -> Option<(Money, Option<u32>)> {
    match (understood, case.session.ok_means) {
        (Understood::Propose { price, quantity }, _) => Some((*price, *quantity)),
        (Understood::Accept { price: Some(price) }, _) => Some((*price, None)),
        (Understood::Accept { price: None }, OkMeans::Offer(price)) => Some((price, None)),
        _ => None,
    }
}

/// Counts an offer that was not taken.
pub(super) async fn count(
    write: &mut Write,
    case: &Case,
    visitor: &Visitor,
    turn: &Turn,
) -> AppResult<()> {
    let proposed = turn.acts.iter().any(|step| matches!(step.act, Act::Propose { .. }));
    if turn.session.agreed.is_some() || !by_bot(case) || !proposed {
        return Ok(());
    }
    let now = write.now_ms();
    for (who, _) in counted(visitor) {
        let row = args![&visitor.shop.store_id, who, now - WINDOW_MS, now];
        write.run(rows::COUNT_TRY, row).await?;
    }
    Ok(())
}

fn by_bot(case: &Case) -> bool {
    matches!(case.session.state, State::Opened | State::Bargaining) && !case.session.held
}

async fn too_often(write: &mut Write, visitor: &Visitor) -> AppResult<bool> {
    let since = write.now_ms() - WINDOW_MS;
    for (who, max) in counted(visitor) {
        let key = args![&visitor.shop.store_id, who, since];
        let tries: Option<(i64,)> = write.maybe(rows::TRIES, key).await?;
        if tries.is_some_and(|(tries,)| tries >= max) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// By whom tries are counted, and how many each has.
fn counted(visitor: &Visitor) -> impl Iterator<Item = (String, i64)> {
    let address = visitor.address.as_ref().map(|hash| (format!("address/{hash}"), OF_ADDRESS_MAX));
    [(format!("visitor/{}", visitor.id), OF_VISITOR_MAX)].into_iter().chain(address)
}
