//! What the kinds hand back: a conflict by rule numbers, and where it shows.

use super::bits::Bits;
use super::cover::Rest;
use super::findings::{FindingKind, Verdict};
use super::space::Space;
use crate::trace::PolicyKey;

#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) kind: FindingKind,
    pub(super) verdict: Verdict,
    /// Numbers of entries, in the order that the kind gives them.
    pub(super) rules: Vec<usize>,
    pub(super) key: Option<PolicyKey>,
    pub(super) products: usize,
    /// A box of facts that show it, on this product.
    pub(super) at: Option<(usize, Space)>,
}

impl Found {
    pub(super) fn certain(kind: FindingKind, rules: Vec<usize>, products: &Bits) -> Self {
        Self {
            kind,
            verdict: Verdict::Certain,
            rules,
            key: None,
            products: products.count(),
            at: None,
        }
    }

    /// A conflict wherever something is left; `None` where nothing is, and nothing is open.
    pub(super) fn where_left(
        kind: FindingKind,
        rules: Vec<usize>,
        key: Option<PolicyKey>,
        rest: Rest,
    ) -> Option<Self> {
        if rest.is_nothing() {
            return None;
        }
        let certain = !rest.products.is_empty();
        Some(Self {
            kind,
            verdict: if certain { Verdict::Certain } else { Verdict::Undecided },
            rules,
            key,
            products: if certain { rest.products.count() } else { rest.open.count() },
            at: rest.at,
        })
    }
}
