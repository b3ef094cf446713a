//! What staff do with a negotiation: take over, release, counter, write, decline, approve. A
//! decision made on an older epoch is refused with `conflict`; every act of staff raises it, so of
//! two who decide at once one wins.

use api::error::ErrorCode;
use api::negotiation::{NegotiationDetail, StaffAct, StaffActKind};
use api::staff::Role as ApiRole;
use axum::Json;
use axum::http::StatusCode;
use commerce::Money;
use jiff::Timestamp;
use negotiation::{Act, Actor as By, Clearance, Limits, Role, State, Turn, perform};

use super::approve::{self, Cleared};
use super::case::Case;
use super::record::{self, Said, record};
use super::{gate, say, shape};
use crate::auth::StaffCtx;
use crate::error::{AppError, AppResult};
use crate::rules::is_person;
use crate::visitor::Shop;
use crate::write::{Once, Write};

/// A message of staff's is as long at most as a customer's.
const TEXT_CHARS_MAX: usize = 2_000;

pub(crate) fn role_of(role: ApiRole) -> Role {
    match role {
        ApiRole::Owner => Role::Owner,
        ApiRole::Manager => Role::Manager,
        ApiRole::Agent => Role::Agent,
        ApiRole::Analyst => Role::Analyst,
        ApiRole::Auditor => Role::Auditor,
    }
}

/// Does what was asked, if it still can be, and gives the negotiation as it is then.
pub(crate) async fn act(
    ctx: &StaffCtx,
    id: &str,
    asked: StaffAct,
    once: Once,
) -> AppResult<(StatusCode, Json<NegotiationDetail>)> {
    if let Some(text) = asked.text.as_deref().filter(|t| t.chars().nth(TEXT_CHARS_MAX).is_some()) {
        let message = format!("{} characters: at most {TEXT_CHARS_MAX}.", text.chars().count());
        return Err(AppError::invalid("text", message));
    }
    let mut write = ctx.write(once).await?;
    let shop = Shop::by_id(&mut write, &ctx.store_id).await?;
    let cache = &ctx.state.shared.rule_sets;
    let mut case = Case::load(&mut write, cache, shop, id).await?;
    super::time::end_if_due(&mut write, &ctx.state, &mut case).await?;
    if i64::from(asked.epoch) != i64::from(case.session.epoch) {
        return Err(someone_was_first(&case));
    }
    refuse_foreign_claim(ctx, &case, asked.act, write.now_ms())?;
    let now = shape::instant(write.now_ms())?;
    let hands = Hands { ctx, now, limits: case.limits(now)? };
    match asked.act {
        StaffActKind::TakeOver => hands.plain(&mut write, &mut case, Act::TakeOver, &asked).await?,
        StaffActKind::Release => hands.plain(&mut write, &mut case, Act::Release, &asked).await?,
        StaffActKind::Decline => hands.plain(&mut write, &mut case, Act::Decline, &asked).await?,
        StaffActKind::Message => hands.message(&mut write, &mut case, &asked).await?,
        StaffActKind::Counter => hands.counter(&mut write, &mut case, &asked).await?,
        StaffActKind::Approve => hands.approve(&mut write, &mut case, &asked).await?,
    }
    let detail = super::detail::of_case(&mut write, ctx, &case).await?;
    write.finish(StatusCode::OK, detail).await
}

fn someone_was_first(case: &Case) -> AppError {
    let message = "Someone acted on this negotiation first, or the customer changed the offer. \
                   Look at it again, then decide.";
    AppError::refuse(ErrorCode::Conflict, message)
        .with("epoch", case.session.epoch)
        .with("state", case.session.state.name())
        .with("rev", case.row.rev)
}

/// While a colleague holds it, others look on; a manager or owner may take it from an agent.
fn refuse_foreign_claim(
    ctx: &StaffCtx,
    case: &Case,
    kind: StaffActKind,
    now_ms: i64,
) -> AppResult<()> {
    let live = case.row.claimed_until.is_some_and(|until| until > now_ms);
    let Some(claim) = case.row.claimed_by.as_deref().filter(|_| live) else { return Ok(()) };
    let (holder, name) = shape::claimant(claim);
    let senior = matches!(ctx.role, ApiRole::Owner | ApiRole::Manager);
    let takes = matches!(kind, StaffActKind::TakeOver) && senior;
    if holder == ctx.actor.id || takes {
        return Ok(());
    }
    let message = format!("{name} is answering this one.");
    Err(AppError::refuse(ErrorCode::Conflict, message)
        .with("claimed_by", name)
        .with("epoch", case.session.epoch))
}

/// A member of staff at work on one negotiation.
struct Hands<'a> {
    ctx: &'a StaffCtx,
    now: Timestamp,
    limits: Limits,
}

impl Hands<'_> {
    fn make(&self, case: &Case, act: &Act) -> AppResult<Turn> {
        let by = By::Staff(role_of(self.ctx.role));
        let epoch = case.session.epoch;
        let mut turn = perform(&case.session, &self.limits, by, act, epoch, self.now)
            .map_err(|error| record::refused(&error, &case.session))?;
        // whoever decided on the epoch before is late now
        turn.session.epoch = case.session.epoch.saturating_add(1);
        Ok(turn)
    }

    async fn plain(
        &self,
        write: &mut Write,
        case: &mut Case,
        act: Act,
        asked: &StaffAct,
    ) -> AppResult<()> {
        let turn = self.make(case, &act)?;
        approve::drop_asked(write, case).await?;
        let why = written(asked.reason.as_deref());
        let said = Said { staff: written(asked.text.as_deref()), why, ..Said::default() };
        record(write, &self.ctx.state, case, turn, said).await
    }

    async fn message(&self, write: &mut Write, case: &mut Case, asked: &StaffAct) -> AppResult<()> {
        let text = written(asked.text.as_deref())
            .ok_or_else(|| AppError::invalid("text", "Write something to send."))?;
        let turn = self.make(case, &Act::Justify)?;
        let said = Said { staff: Some(text), ..Said::default() };
        record(write, &self.ctx.state, case, turn, said).await
    }

    async fn counter(&self, write: &mut Write, case: &mut Case, asked: &StaffAct) -> AppResult<()> {
        if let Some(name) = approve::waiting(write, case).await?.first().map(|row| &row.name) {
            let message = format!("{name} asked for an approval of this offer: decide that first.");
            return Err(AppError::refuse(ErrorCode::NotAllowedNow, message));
        }
        let price = self.price(case, asked)?;
        self.refuse_closed(case)?;
        let Cleared::Yes(clearance) = self.clear(write, case, price, asked, false).await? else {
            return Ok(());
        };
        let below = price.minor() < self.limits.floor.minor();
        let clearance = Some(*clearance).filter(|_| below);
        let turn = self.make(case, &Act::Counter { price, clearance })?;
        self.record(write, case, turn, asked).await
    }

    async fn approve(&self, write: &mut Write, case: &mut Case, asked: &StaffAct) -> AppResult<()> {
        let Some(offer) = case.session.last_offer else {
            let message = "The customer has made no offer yet.";
            return Err(AppError::refuse(ErrorCode::NotAllowedNow, message));
        };
        if case.session.state != State::AwaitingStaff {
            let refused = negotiation::Refused::NotAllowedNow {
                state: case.session.state,
                act: negotiation::ActKind::Approve,
            };
            return Err(record::refused(&refused, &case.session));
        }
        if let Some(named) = &asked.price
            && (named.minor != offer.minor() || named.currency != offer.currency().code())
        {
            return Err(someone_was_first(case));
        }
        self.refuse_closed(case)?;
        gate::in_stock(case)?;
        self.refuse_over_budget(write, case, offer).await?;
        let Cleared::Yes(clearance) = self.clear(write, case, offer, asked, true).await? else {
            return self.endorsed(write, case).await;
        };
        approve::record_given(write, case, &clearance).await?;
        let act = Act::Approve { price: offer, clearance: Some(*clearance) };
        let turn = self.make(case, &act)?;
        self.record(write, case, turn, asked).await
    }

    /// An approval was asked for, or seconded: no act yet, but everyone sees that it waits.
    async fn endorsed(&self, write: &mut Write, case: &mut Case) -> AppResult<()> {
        case.session.epoch = case.session.epoch.saturating_add(1);
        record::save(write, case).await
    }

    async fn record(
        &self,
        write: &mut Write,
        case: &mut Case,
        turn: Turn,
        asked: &StaffAct,
    ) -> AppResult<()> {
        approve::drop_asked(write, case).await?;
        let why = written(asked.reason.as_deref());
        let said = Said { staff: written(asked.text.as_deref()), why, ..Said::default() };
        record(write, &self.ctx.state, case, turn, said).await
    }

    fn price(&self, case: &Case, asked: &StaffAct) -> AppResult<Money> {
        let wire = asked.price.as_ref();
        let wire = wire.ok_or_else(|| AppError::invalid("price", "Name the price to ask."))?;
        let price = Money::try_from(wire).map_err(|e| AppError::invalid("price", e.to_string()))?;
        if price.currency() != case.session.currency() {
            let message = format!("This store sells in {}.", case.session.currency());
            return Err(AppError::invalid("price", message));
        }
        Ok(price)
    }

    /// Without a decision there is no floor to hold a price against.
    fn refuse_closed(&self, case: &Case) -> AppResult<()> {
        if case.decided(case.quantity(), self.now)?.is_some() {
            return Ok(());
        }
        let message = "The rules give no floor for this product now, so no price can be agreed.";
        Err(AppError::refuse(ErrorCode::NotAllowedNow, message))
    }

    /// Past the day's discount budget only a manager or owner may go.
    async fn refuse_over_budget(
        &self,
        write: &mut Write,
        case: &Case,
        price: Money,
    ) -> AppResult<()> {
        if matches!(self.ctx.role, ApiRole::Owner | ApiRole::Manager) {
            return Ok(());
        }
        let more = crate::deals::given_away(case.row.list_price, price.minor(), case.quantity());
        if crate::deals::over_budget(write, &case.ground, more).await? {
            let message = "This would pass the day's discount budget: a manager can approve it.";
            return Err(
                AppError::refuse(ErrorCode::Forbidden, message).with("reason", gate::OVER_BUDGET)
            );
        }
        Ok(())
    }

    async fn clear(
        &self,
        write: &mut Write,
        case: &Case,
        price: Money,
        asked: &StaffAct,
        may_wait: bool,
    ) -> AppResult<Cleared> {
        let reason = written(asked.reason.as_deref()).unwrap_or_default();
        let evidence = written(asked.evidence.as_deref()).unwrap_or_default();
        let person = is_person(write, &self.ctx.store_id, &self.ctx.actor).await?;
        let request = approve::Asked {
            staff_id: &self.ctx.actor.id,
            role: role_of(self.ctx.role),
            price,
            reason: &reason,
            evidence: &evidence,
            person,
            may_wait,
        };
        approve::clear(write, case, &self.limits, request).await
    }
}

/// What someone wrote, if they wrote anything.
fn written(text: Option<&str>) -> Option<String> {
    text.map(say::kept).filter(|text| !text.is_empty())
}

/// Boxed where kept, since a clearance is large beside "it waits".
pub(super) type BoxedClearance = Box<Clearance>;
