//! The dashboard: figures over time, each a count or sum of rows that can be opened.

use serde::{Deserialize, Serialize};
use specta::Type;
use utoipa::ToSchema;

use crate::{Instant, Money};

/// Figures of `[from, until)`, and of the stretch of the same length just before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Dashboard {
    pub from: Instant,
    pub until: Instant,
    pub now: Figures,
    pub before: Figures,
    /// One a store-zone day, empty days included.
    pub days: Vec<DayFigures>,
    /// Of the chosen stretch, step by step; each step is a subset of the one above it.
    pub funnel: Vec<FunnelStep>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Figures {
    /// Opened in the stretch.
    #[specta(type = i32)]
    pub negotiations: i64,
    /// Of those, agreed (redeemed and lapsed included).
    #[specta(type = i32)]
    pub agreed: i64,
    /// Of those, ended in any way.
    #[specta(type = i32)]
    pub ended: i64,
    /// agreed / ended, percent with one decimal; absent when none ended.
    pub acceptance_pct: Option<String>,
    /// (list − agreed) / list over agreed ones, weighted by list value; percent.
    pub discount_depth_pct: Option<String>,
    /// What agreed ones gave away against list price.
    pub discount: Money,
    #[specta(type = i32)]
    pub orders: i64,
    pub revenue: Money,
    /// Revenue less cost, of order lines whose product has a cost.
    pub margin: Money,
    /// margin / revenue of those lines, percent.
    pub margin_pct: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct DayFigures {
    /// `YYYY-MM-DD`, the store's zone.
    pub day: String,
    pub figures: Figures,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct FunnelStep {
    /// `opened`, `offered`, `agreed`, `redeemed`.
    pub key: String,
    #[specta(type = i32)]
    pub count: i64,
}

/// What needs a person now, and today beside the same weekday last week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Home {
    pub needs: Vec<Need>,
    pub today: Figures,
    pub same_weekday: Figures,
    pub live: bool,
    pub paused: bool,
    #[specta(type = Option<i32>)]
    pub active_rule_set: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Type)]
pub struct Need {
    /// `escalation`, `low_stock`, `checklist`, `draft`.
    pub kind: String,
    /// `bad`, `warn` or `info`.
    pub level: String,
    pub title: String,
    pub detail: String,
    /// The place in the console that answers it: `/negotiations/ID`.
    pub link: String,
    pub since: Option<Instant>,
}
