//! Push, pull and live notice between a console and its store.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::error::ErrorBody;

/// Documents that a console may edit offline. Each one's `doc` is its wire type as JSON.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    /// key `profile`: `store::StoreProfile`
    Store,
    /// key `segments`: list of `store::Segment`
    Segments,
    /// key `launch`: `store::LaunchConstraints`
    Launch,
    /// key SKU: `catalog::Product`
    Product,
    /// key rule set id: `rules::RuleSet`
    RuleSet,
    /// key setting name: any JSON
    Setting,
    /// key negotiation id: view, pull only, `negotiation::NegotiationRow`
    Negotiation,
    /// key order id: view, pull only, `order::OrderRow`
    Order,
}

impl Entity {
    pub const ALL: [Self; 8] = [
        Self::Store,
        Self::Segments,
        Self::Launch,
        Self::Product,
        Self::RuleSet,
        Self::Setting,
        Self::Negotiation,
        Self::Order,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Segments => "segments",
            Self::Launch => "launch",
            Self::Product => "product",
            Self::RuleSet => "rule_set",
            Self::Setting => "setting",
            Self::Negotiation => "negotiation",
            Self::Order => "order",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.as_str() == text)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Push {
    /// At most 500.
    pub mutations: Vec<Mutation>,
}

/// One edit: which fields of which document become what. The same id again gets the same outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mutation {
    /// UUIDv7, made by the console when the person acted.
    pub id: String,
    pub entity: Entity,
    pub key: String,
    /// The revision the edit began from; 0 creates.
    pub base_rev: i64,
    /// Field name to new value; `null` clears. For a thing that has a single body (segments,
    /// setting) the field is `value`.
    #[schema(value_type = Object)]
    pub patch: serde_json::Map<String, serde_json::Value>,
    /// Field name to the value the edit began from, for the three-way merge.
    #[schema(value_type = Object)]
    #[serde(default)]
    pub base: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushReply {
    pub outcomes: Vec<Outcome>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Outcome {
    pub id: String,
    pub rev: i64,
    #[serde(flatten)]
    pub kind: OutcomeKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum OutcomeKind {
    Applied,
    /// Another edit had come between, on other fields; both stand.
    Merged,
    /// The same field was changed on both sides.
    Conflict {
        fields: Vec<ConflictField>,
    },
    Refused {
        error: ErrorBody,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConflictField {
    pub field: String,
    #[schema(value_type = Object)]
    pub base: serde_json::Value,
    #[schema(value_type = Object)]
    pub mine: serde_json::Value,
    #[schema(value_type = Object)]
    pub theirs: serde_json::Value,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pull {
    pub epoch: String,
    pub changes: Vec<Change>,
    /// Ask again after this. Where it is below what was asked after, the store was restored from a
    /// backup: forget what was pulled, and ask again after 0.
    pub next: i64,
    /// More is waiting now.
    pub more: bool,
    /// What the client should hold, per entity, once it stands at `next` and `more` is false.
    pub digests: Vec<EntityDigest>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    pub entity: Entity,
    pub key: String,
    pub rev: i64,
    pub seq: i64,
    /// Absent: deleted.
    #[schema(value_type = Option<Object>)]
    pub doc: Option<serde_json::Value>,
}

/// Count and XOR-folded SHA-256 of `entity/key@rev` lines: order does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntityDigest {
    pub entity: Entity,
    pub count: i64,
    pub digest: String,
}
