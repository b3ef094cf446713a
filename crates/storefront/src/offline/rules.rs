//! Rule sets in and out of a store's data. A document that comes in is a draft: it is reviewed and
//! activated like any other, in the console.

use api::rules::{DraftChange, RuleSet};

use super::{OfflineError, OpenStore};
use crate::auth::new_id;
use crate::db::args;
use crate::db::rule_set::{self, ListedRow, RuleSetRow};
use crate::error::AppError;
use crate::rules::{save_draft, whole};
use crate::write::Write;

/// What became of a document that came in.
#[derive(Debug, Clone)]
pub struct ImportedRules {
    pub draft: RuleSet,
    /// False: a draft of this name was there, and has this content now.
    pub created: bool,
    /// The draft that was there said the same already.
    pub unchanged: bool,
}

impl OpenStore {
    /// Puts a document into the draft of this name; without one a draft is made. What the draft
    /// held before is in the audit log by name and size alone.
    pub async fn import_rules(
        &self,
        name: &str,
        rules: &pricing::RuleSet,
    ) -> Result<ImportedRules, OfflineError> {
        if rules.currency() != self.currency {
            let (rules, store) = (rules.currency(), self.currency);
            return Err(OfflineError::OtherCurrency { rules, store });
        }
        let (name, document) = (name.trim(), rules.to_json());
        let all = self.all_rules().await?;
        let draft = all.iter().find(|row| row.state == "draft" && row.name == name);
        let draft = match draft {
            Some(listed) => Some(self.whole_row(listed).await?),
            None => None,
        };
        let created = draft.is_none();
        if let Some(row) = draft.as_ref().filter(|row| row.document == document) {
            let draft = whole(row.clone())?;
            return Ok(ImportedRules { draft, created, unchanged: true });
        }
        let (id, base_rev) = draft.map_or_else(|| (new_id(), 0), |row| (row.rule_set_id, row.rev));
        let change = DraftChange { name: name.to_owned(), document, base_rev };
        let mut write =
            Write::begin(&self.state, &self.store_id, super::command_line(), None).await?;
        let draft = save_draft(&mut write, &id, change).await?;
        write.commit().await?;
        Ok(ImportedRules { draft, created, unchanged: false })
    }

    /// The rule set of this id, version number or name (of several the one changed last); the
    /// active one when `which` is absent.
    pub async fn rules(&self, which: Option<&str>) -> Result<RuleSet, OfflineError> {
        let all = self.all_rules().await?;
        let found = match which {
            None => all.iter().find(|row| row.state == "active").ok_or(OfflineError::NoRules)?,
            Some(wanted) => {
                let version = wanted.parse::<i64>().ok();
                let by_id = all.iter().find(|row| row.rule_set_id == wanted);
                let by_version =
                    || all.iter().find(|row| version.is_some() && row.version == version);
                let by_name = || all.iter().find(|row| row.name == wanted);
                by_id.or_else(by_version).or_else(by_name).ok_or_else(|| {
                    let there = all.iter().map(|row| row.name.clone()).collect();
                    OfflineError::UnknownRules { wanted: wanted.to_owned(), there }
                })?
            }
        };
        Ok(whole(self.whole_row(found).await?)?)
    }

    /// Those changed last first.
    async fn all_rules(&self) -> Result<Vec<ListedRow>, AppError> {
        Ok(self.state.db().all(rule_set::LIST, args![&self.store_id]).await?)
    }

    async fn whole_row(&self, listed: &ListedRow) -> Result<RuleSetRow, AppError> {
        let key = args![&self.store_id, &listed.rule_set_id];
        Ok(self.state.db().one(rule_set::BY_ID, key).await?)
    }
}
