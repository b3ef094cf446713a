//! Rule sets parsed and compiled, shared by all who decide with them. Versions alone: they never
//! change, so an entry is right for ever.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use pricing::{Index, PolicyKey, Quote, Rule, RuleSet};

use crate::db::{Reads, args, rule_set};
use crate::error::AppResult;

/// Rule sets kept at most, over all stores.
const CACHED_MAX: usize = 64;

/// A rule set to decide with.
pub(crate) struct InForce {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) rules: RuleSet,
    pub(crate) index: Index,
}

impl InForce {
    pub(crate) fn new(id: String, version: i64, rules: RuleSet) -> Self {
        let index = Index::new(&rules);
        Self { id, version, rules, index }
    }

    /// The rule that settled a policy key in a quote of this set.
    pub(crate) fn winner(&self, quote: &Quote, key: PolicyKey) -> Option<&Rule> {
        quote.winner(key).and_then(|place| self.rules.rules().get(place))
    }
}

/// By store and rule set.
#[derive(Default)]
pub(crate) struct RuleCache(Mutex<HashMap<(String, String), Arc<InForce>>>);

impl RuleCache {
    /// A version of the store; none where there is no such version.
    pub(crate) async fn get<R: Reads>(
        &self,
        reads: &mut R,
        store_id: &str,
        id: &str,
    ) -> AppResult<Option<Arc<InForce>>> {
        let key = (store_id.to_owned(), id.to_owned());
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if kept.is_some() {
            return Ok(kept);
        }
        let found: Option<(String, Option<i64>)> =
            reads.maybe(rule_set::DOCUMENT, args![store_id, id]).await?;
        let Some((document, Some(version))) = found else { return Ok(None) };
        let Ok(rules) = RuleSet::parse(&document) else { return Ok(None) };
        let compiled = Arc::new(InForce::new(id.to_owned(), version, rules));
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= CACHED_MAX {
            cache.clear();
        }
        cache.insert(key, Arc::clone(&compiled));
        Ok(Some(compiled))
    }
}
