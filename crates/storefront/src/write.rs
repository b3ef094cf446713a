//! The one way to change a store: the transaction, the store's lock, the change feed, the audit
//! chain, the answer under the idempotency key, and live notice after commit; or nothing at all.

use api::error::ErrorCode;
use api::live::{ShopEvent, StaffEvent};
use api::staff::Role;
use api::sync::Entity;
use axum::Json;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::Value;

use crate::auth::Action;
use crate::db::bulk::{Bulk, ROWS};
use crate::db::{Args, DbError, Reads, Row, Tx, args, audit_log, change};
use crate::error::{AppError, AppResult};
use crate::seal;
use crate::state::AppState;

/// Who acts, for the audit log and for the scope of idempotency keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Actor {
    /// Staff id, API key id, visitor id, or `system`.
    pub(crate) id: String,
    pub(crate) name: String,
    /// A staff role, `customer` or `system`.
    pub(crate) role: String,
}

impl Actor {
    pub(crate) fn system() -> Self {
        Self { id: "system".into(), name: "Souk".into(), role: "system".into() }
    }
}

/// The request's idempotency key, and what it asked for.
#[derive(Debug, Clone)]
pub(crate) struct Once {
    pub(crate) key: String,
    /// A hash of method, path and body; under the master key where a body may hold a secret.
    pub(crate) fingerprint: String,
}

/// A repeat of a request whose answer holds a secret gives it again this long.
pub(crate) const SECRETS_KEPT_MS: i64 = 10 * 60_000;

/// Where the answer under a key is kept: the store, and who asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept<'a> {
    pub(crate) store_id: &'a str,
    pub(crate) scope: &'a str,
}

/// What an audit entry says beyond who and when.
#[derive(Debug, Default)]
pub(crate) struct Audited<'a> {
    /// `noun.verb`, such as `negotiation.approve`.
    pub(crate) what: &'a str,
    /// `negotiation/0193…`
    pub(crate) subject: String,
    pub(crate) before: Value,
    pub(crate) after: Value,
    pub(crate) why: Option<String>,
    pub(crate) rule_set_version: Option<i64>,
    pub(crate) epoch: Option<i64>,
}

/// A change to one store, in progress. Dropped before `finish` or `commit`, nothing happened.
pub(crate) struct Write {
    state: AppState,
    tx: Tx,
    pub(crate) store_id: String,
    pub(crate) actor: Actor,
    /// Where the answer goes under its key.
    once: Option<(String, String, Once)>,
    counters: change::Counters,
    now_ms: i64,
    to_staff: Vec<StaffEvent>,
    to_visitors: Vec<(String, ShopEvent)>,
    changed: bool,
}

impl Write {
    /// Takes the store's lock. A repeat of `once` ends here, with the first answer.
    pub(crate) async fn begin(
        state: &AppState,
        store_id: &str,
        actor: Actor,
        once: Option<Once>,
    ) -> AppResult<Self> {
        let mut tx = state.db().begin().await?;
        let counters = locked(&mut tx, store_id).await?;
        if let Some(once) = &once {
            let kept = Kept { store_id, scope: &actor.id };
            refuse_repeat(&mut tx, state, kept, once).await?;
        }
        let once = once.map(|once| (store_id.to_owned(), actor.id.clone(), once));
        Ok(Self::of(state, tx, counters, store_id, actor, once))
    }

    /// Goes on in the transaction that has just made the store, so that either all of it is there or
    /// nothing. The caller has looked for a repeat.
    pub(crate) async fn of_new_store(
        state: &AppState,
        mut tx: Tx,
        store_id: &str,
        actor: Actor,
        once: Option<(Kept<'_>, Once)>,
    ) -> AppResult<Self> {
        let counters = locked(&mut tx, store_id).await?;
        let once = once.map(|(kept, once)| (kept.store_id.to_owned(), kept.scope.to_owned(), once));
        Ok(Self::of(state, tx, counters, store_id, actor, once))
    }

    fn of(
        state: &AppState,
        tx: Tx,
        counters: change::Counters,
        store_id: &str,
        actor: Actor,
        once: Option<(String, String, Once)>,
    ) -> Self {
        Self {
            state: state.clone(),
            tx,
            store_id: store_id.to_owned(),
            actor,
            once,
            counters,
            now_ms: state.now_ms(),
            to_staff: Vec::new(),
            to_visitors: Vec::new(),
            changed: false,
        }
    }

    /// Ends here with the first answer where a request was answered already: for those that do
    /// long work before they begin their write.
    pub(crate) async fn answered(
        state: &AppState,
        store_id: &str,
        actor: &Actor,
        once: &Once,
    ) -> AppResult<()> {
        refuse_repeat(&mut state.db(), state, Kept { store_id, scope: &actor.id }, once).await
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// Whether a role may do something in this store.
    pub(crate) fn may(&self, role: Role, action: Action) -> bool {
        self.state.shared.policies.allow(role, action)
    }

    pub(crate) async fn run(&mut self, sql: &'static str, args: Args) -> Result<u64, DbError> {
        self.tx.run(sql, args).await
    }

    pub(crate) async fn all<T: Row>(
        &mut self,
        sql: &'static str,
        args: Args,
    ) -> Result<Vec<T>, DbError> {
        self.tx.all(sql, args).await
    }

    pub(crate) async fn maybe<T: Row>(
        &mut self,
        sql: &'static str,
        args: Args,
    ) -> Result<Option<T>, DbError> {
        self.tx.maybe(sql, args).await
    }

    /// Puts a thing's newest state into the change feed.
    pub(crate) async fn changed(&mut self, entity: Entity, key: &str, rev: i64) -> AppResult<()> {
        self.record(entity, key, rev, false).await
    }

    /// Puts a tombstone into the change feed.
    pub(crate) async fn deleted(&mut self, entity: Entity, key: &str, rev: i64) -> AppResult<()> {
        self.record(entity, key, rev, true).await
    }

    async fn record(&mut self, entity: Entity, key: &str, rev: i64, gone: bool) -> AppResult<()> {
        self.counters.seq += 1;
        self.changed = true;
        let row = args![&self.store_id, entity.as_str(), key, rev, self.counters.seq, gone];
        self.tx.run(change::RECORD_CHANGE, row).await?;
        Ok(())
    }

    /// [`Self::changed`] (or with `gone`, [`Self::deleted`]) for many things of one kind.
    pub(crate) async fn changed_many(
        &mut self,
        entity: Entity,
        things: Vec<(String, i64)>,
        gone: bool,
    ) -> AppResult<()> {
        self.changed |= !things.is_empty();
        let shared = args![&self.store_id, entity.as_str(), gone];
        let mut rows = Vec::with_capacity(things.len());
        for (key, rev) in things {
            self.counters.seq += 1;
            rows.push(args![key, rev, self.counters.seq]);
        }
        Ok(self.run_many(&change::RECORD_CHANGES, &shared, rows).await?)
    }

    /// Runs a statement for every row, a hundred rows at a time.
    pub(crate) async fn run_many(
        &mut self,
        bulk: &'static Bulk,
        shared: &[crate::db::Arg],
        rows: Vec<Args>,
    ) -> Result<(), DbError> {
        let mut rows = rows.into_iter();
        while rows.len() >= ROWS {
            let mut all = shared.to_vec();
            rows.by_ref().take(ROWS).for_each(|row| all.extend(row));
            self.tx.run(&bulk.hundred, all).await?;
        }
        for row in rows {
            let mut all = shared.to_vec();
            all.extend(row);
            self.tx.run(&bulk.one, all).await?;
        }
        Ok(())
    }

    /// Appends to the store's audit chain.
    pub(crate) async fn audit(&mut self, said: Audited<'_>) -> AppResult<()> {
        let head = audit::Head {
            seq: u64::try_from(self.counters.audit_seq).map_err(AppError::internal)?,
            hash: self.counters.audit_hash.parse().map_err(AppError::internal)?,
        };
        let draft = audit::Draft {
            at: jiff::Timestamp::from_millisecond(self.now_ms).map_err(AppError::internal)?,
            who: self.actor.name.clone(),
            role: self.actor.role.clone(),
            what: said.what.to_owned(),
            subject: said.subject,
            before: said.before,
            after: said.after,
            why: said.why,
            rule_set_version: said.rule_set_version.and_then(|v| u64::try_from(v).ok()),
            epoch: said.epoch.and_then(|v| u64::try_from(v).ok()),
        };
        let entry = audit::append(&head, draft).map_err(AppError::internal)?;
        self.counters.audit_seq += 1;
        self.counters.audit_hash = entry.hash.to_string();
        let line = entry.line().map_err(AppError::internal)?;
        let hash = &self.counters.audit_hash;
        let row = args![&self.store_id, self.counters.audit_seq, line, said.what, hash];
        self.tx.run(audit_log::APPEND, row).await?;
        Ok(())
    }

    /// The next rule set version of the store.
    pub(crate) fn take_version(&mut self) -> i64 {
        self.counters.next_version += 1;
        self.counters.next_version - 1
    }

    /// The next order number of the store.
    pub(crate) fn take_order_number(&mut self) -> i64 {
        self.counters.next_order += 1;
        self.counters.next_order - 1
    }

    /// Sent to staff who listen, once committed.
    pub(crate) fn notify_staff(&mut self, event: StaffEvent) {
        self.to_staff.push(event);
    }

    /// Sent to one visitor's open pages, once committed.
    pub(crate) fn notify_visitor(&mut self, visitor_id: &str, event: ShopEvent) {
        self.to_visitors.push((visitor_id.to_owned(), event));
    }

    /// Keeps the answer under the idempotency key, commits, notifies.
    pub(crate) async fn finish<T: Serialize>(
        mut self,
        status: StatusCode,
        answer: T,
    ) -> AppResult<(StatusCode, Json<T>)> {
        let body = serde_json::to_string(&answer).map_err(AppError::internal)?;
        self.keep(status, body).await?;
        self.commit().await?;
        Ok((status, Json(answer)))
    }

    /// As [`Self::finish`], for an answer that holds a secret: it is kept sealed, and not for long.
    pub(crate) async fn finish_secret<T: Serialize>(
        mut self,
        status: StatusCode,
        answer: T,
    ) -> AppResult<(StatusCode, Json<T>)> {
        if let Some((store_id, scope, once)) = &self.once {
            let body = serde_json::to_string(&answer).map_err(AppError::internal)?;
            let place = place(Kept { store_id, scope }, once);
            let sealed = seal::seal(&self.state, &place, &body)?;
            self.keep(status, sealed).await?;
        }
        self.commit().await?;
        Ok((status, Json(answer)))
    }

    async fn keep(&mut self, status: StatusCode, body: String) -> AppResult<()> {
        let Some((store_id, scope, once)) = self.once.take() else { return Ok(()) };
        let code = i64::from(status.as_u16());
        let row = args![store_id, scope, once.key, once.fingerprint, code, body, self.now_ms];
        self.tx.run(change::KEEP_ANSWER, row).await?;
        Ok(())
    }

    /// Commits and notifies, for writes that no request asked for.
    pub(crate) async fn commit(mut self) -> AppResult<()> {
        change::save_counters(&mut self.tx, &self.store_id, &self.counters).await?;
        self.tx.commit().await?;
        let hub = self.state.hub();
        if self.changed {
            hub.to_staff(&self.store_id, StaffEvent::Advance { seq: self.counters.seq });
        }
        for event in self.to_staff {
            hub.to_staff(&self.store_id, event);
        }
        for (visitor, event) in self.to_visitors {
            hub.to_visitor(&visitor, event);
        }
        Ok(())
    }
}

async fn locked(tx: &mut Tx, store_id: &str) -> AppResult<change::Counters> {
    change::lock_store(tx, store_id).await?.ok_or_else(|| AppError::not_found("store"))
}

/// Ends with the first answer where this key was answered before.
pub(crate) async fn refuse_repeat<R: Reads>(
    reads: &mut R,
    state: &AppState,
    kept: Kept<'_>,
    once: &Once,
) -> AppResult<()> {
    let key = args![kept.store_id, kept.scope, &once.key];
    let kept_answer: Option<change::KeptAnswer> = reads.maybe(change::KNOWN_ANSWER, key).await?;
    let Some(answer) = kept_answer else {
        return Ok(());
    };
    if answer.fingerprint != once.fingerprint {
        let message = "This idempotency key was already used for a different request. \
            Make a new key for a new request.";
        return Err(AppError::refuse(ErrorCode::KeyReused, message));
    }
    let status = u16::try_from(answer.status).unwrap_or(200);
    if !answer.body.is_empty() && !seal::is_sealed(&answer.body) {
        return Err(AppError::Replay { status, body: answer.body });
    }
    let young = state.now_ms() - answer.created_at < SECRETS_KEPT_MS;
    let body = seal::unseal(state, &place(kept, once), &answer.body).filter(|_| young);
    Err(body.map_or_else(
        || {
            let message = "This was done already, and its answer holds a secret that is no longer \
                given. Make a new key for a new request.";
            AppError::refuse(ErrorCode::KeyReused, message)
        },
        |body| AppError::Replay { status, body },
    ))
}

/// What a sealed answer is bound to: moved under another key it does not open.
fn place(kept: Kept<'_>, once: &Once) -> String {
    format!("answer/{}/{}/{}", kept.store_id, kept.scope, once.key)
}
