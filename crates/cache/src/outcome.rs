//! What the service made of an edit: taken into the cache in one step with the edit's leaving the
//! outbox.

use api::sync::{Outcome, OutcomeKind};

use crate::edit::{fields, text};
use crate::waiting::{Conflict, Waiting};
use crate::{Result, Tx, merge};

impl Tx {
    /// Takes the outcome of `sent`. The same outcome twice does no more than once.
    ///
    /// # Errors
    /// The database's.
    pub async fn acknowledge(&mut self, sent: &Waiting, outcome: &Outcome, now: i64) -> Result<()> {
        let m = &sent.mutation;
        let left = sqlx::query("DELETE FROM outbox WHERE store_id = ? AND id = ?")
            .bind(&self.store_id)
            .bind(&m.id)
            .execute(&mut *self.sql)
            .await?;
        if left.rows_affected() == 0 {
            return Ok(());
        }
        self.changes.waiting = true;
        let conflict = |fields, refused| Conflict {
            mutation: m.clone(),
            rev: outcome.rev,
            made_at: sent.made_at,
            at: now,
            fields,
            refused,
        };
        match &outcome.kind {
            OutcomeKind::Applied => self.settled(sent, Some(outcome.rev)).await,
            OutcomeKind::Merged => self.settled(sent, None).await,
            OutcomeKind::Conflict { fields } => {
                self.take_in_conflict(&conflict(fields.clone(), None)).await
            }
            OutcomeKind::Refused { error } => {
                self.take_in_conflict(&conflict(Vec::new(), Some(error.clone()))).await
            }
        }
    }

    /// The edit stands in the service's document. `rev` is given where the service's document is
    /// now exactly the base with this edit; after a merge the pull brings the rest.
    async fn settled(&mut self, sent: &Waiting, rev: Option<i64>) -> Result<()> {
        let m = &sent.mutation;
        self.carry_on(sent, rev).await?;
        let held = self.held(m.entity, &m.key).await?;
        let (held_rev, base) = held.map_or((0, None), |h| (h.rev, h.base));
        match rev {
            // the pull was quicker, and has this edit in it
            Some(rev) if held_rev >= rev => self.relay(m.entity, &m.key).await?,
            rev => {
                let base = merge::applied(m.entity, base.as_ref(), &m.patch);
                self.put_base(m.entity, &m.key, rev.unwrap_or(held_rev), Some(&base)).await?;
            }
        }
        // last, for what was the base until now is among the earlier ones
        self.own_earlier(m.entity, &m.key, &m.patch).await
    }

    /// Edits of the same thing that were made on top of this one begin from it now.
    async fn carry_on(&mut self, sent: &Waiting, rev: Option<i64>) -> Result<()> {
        let m = &sent.mutation;
        let behind: Vec<(i64, i64, String)> = sqlx::query_as(
            "SELECT ordinal, base_rev, base FROM outbox \
             WHERE store_id = ? AND entity = ? AND key = ? AND attempts = 0",
        )
        .bind(&self.store_id)
        .bind(m.entity.as_str())
        .bind(&m.key)
        .fetch_all(&mut *self.sql)
        .await?;
        for (ordinal, base_rev, base) in behind {
            let mut base = fields(&base)?;
            for (field, value) in &m.patch {
                if let Some(began) = base.get_mut(field) {
                    *began = value.clone();
                }
            }
            let base_rev = rev.filter(|_| base_rev == m.base_rev).unwrap_or(base_rev);
            sqlx::query("UPDATE outbox SET base_rev = ?, base = ? WHERE ordinal = ?")
                .bind(base_rev)
                .bind(text(&base))
                .bind(ordinal)
                .execute(&mut *self.sql)
                .await?;
        }
        Ok(())
    }
}
