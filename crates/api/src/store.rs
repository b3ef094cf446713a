//! A store: its profile, its segments, its launch constraints, its way to going live.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::{Instant, Money};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Store {
    pub id: String,
    /// In the shop's address: `/s/lantern-and-lark/`.
    pub slug: String,
    pub profile: StoreProfile,
    pub live: bool,
    /// Bargaining is paused by staff: no new negotiation, the bot says so.
    pub paused: bool,
    /// Where the data comes from, shown beside it: set for the sample store.
    pub attribution: Option<String>,
    #[specta(type = i32)]
    pub rev: i64,
    pub created_at: Instant,
}

/// Filled in step by step; a half-filled profile is kept, and the checklist says what is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
#[serde(default)]
pub struct StoreProfile {
    pub name: String,
    /// ISO 4217; fixed once products exist.
    pub currency: String,
    /// IANA name, such as `Europe/London`.
    pub timezone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// What customers see to reach the merchant.
    pub contact_email: String,
    /// `en` or `de`: the language the bot starts in.
    pub language: String,
    /// `warm`, `plain` or `brief`: how the bot words its messages.
    pub tone: String,
}

/// Creates the first store and its owner on a service that has none, or one more store on a
/// service that is embedded in a console.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Type)]
pub struct Setup {
    pub slug: String,
    pub profile: StoreProfile,
    pub owner_name: String,
    pub owner_email: String,
    /// At least 12 characters.
    pub owner_password: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ProfileChange {
    pub profile: StoreProfile,
    /// The revision this edit began from; an older one is a conflict.
    #[specta(type = i32)]
    pub base_rev: i64,
}

/// A named group of customers, by what is known of them. A customer is in it when every condition
/// that is given holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Segment {
    /// Short name used in rules: `wholesale`.
    pub name: String,
    pub label: String,
    #[serde(default)]
    pub countries: Vec<String>,
    #[serde(default)]
    pub spend_min: Option<Money>,
    #[serde(default)]
    #[specta(type = Option<i32>)]
    pub orders_min: Option<i64>,
    /// Any of these tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// How many customers are in it now; the service's figure, ignored on writing.
    #[serde(default)]
    #[specta(type = i32)]
    pub customers: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Segments {
    pub segments: Vec<Segment>,
    #[specta(type = i32)]
    pub rev: i64,
}

/// What must hold from the first live day. Kept half-filled too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
#[serde(default)]
pub struct LaunchConstraints {
    /// `YYYY-MM-DD` in the store's zone; bargaining opens that day. Absent: at once.
    pub go_live_on: Option<String>,
    /// Categories (and all under them) that may be bargained on. Empty: none.
    pub categories: Vec<String>,
    /// What deals may give away against list price in one store-zone day, all together.
    pub daily_discount_budget: Option<Money>,
    /// Who must approve what the bot may not decide.
    pub approver_role: Option<crate::staff::Role>,
    #[specta(type = i32)]
    pub rev: i64,
}

/// What stands between the store and going live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Checklist {
    pub items: Vec<ChecklistItem>,
    pub ready: bool,
    pub live: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct ChecklistItem {
    /// `store`, `catalog`, `segments`, `launch`, `rules`.
    pub key: String,
    pub done: bool,
    /// What is missing, in words; empty when done.
    pub missing: String,
}
