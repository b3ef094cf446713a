//! Names of what the UI holds, and which use case reads (`provides`) or spoils (`invalidates`)
//! which: the table that the UI's refreshing is derived from. The list is the console's verb list.

use api::sync::Entity;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    Connection,
    Sync,
    Store,
    Segments,
    Launch,
    Checklist,
    Catalog,
    Categories,
    Imports,
    Rules,
    Negotiations,
    Orders,
    Customers,
    Dashboard,
    Home,
    Audit,
    Staff,
    Sessions,
    ApiKeys,
    Credentials,
    Preferences,
    Recents,
}

impl Tag {
    /// All there is, for the moment when another store is opened.
    pub const ALL: [Self; 22] = [
        Self::Connection,
        Self::Sync,
        Self::Store,
        Self::Segments,
        Self::Launch,
        Self::Checklist,
        Self::Catalog,
        Self::Categories,
        Self::Imports,
        Self::Rules,
        Self::Negotiations,
        Self::Orders,
        Self::Customers,
        Self::Dashboard,
        Self::Home,
        Self::Audit,
        Self::Staff,
        Self::Sessions,
        Self::ApiKeys,
        Self::Credentials,
        Self::Preferences,
        Self::Recents,
    ];

    /// What a changed document spoils.
    pub fn of_entity(entity: Entity) -> &'static [Self] {
        match entity {
            Entity::Store => &[Self::Store, Self::Checklist, Self::Home],
            Entity::Segments => &[Self::Segments, Self::Checklist],
            Entity::Launch => &[Self::Launch, Self::Checklist],
            Entity::Product => &[Self::Catalog, Self::Categories, Self::Checklist, Self::Home],
            Entity::RuleSet => &[Self::Rules, Self::Checklist, Self::Home],
            Entity::Setting => &[],
            Entity::Negotiation => &[Self::Negotiations, Self::Home, Self::Dashboard],
            Entity::Order => &[Self::Orders, Self::Home, Self::Dashboard, Self::Customers],
        }
    }
}

/// One use case: its IPC name, what it reads, what it spoils.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UseCase {
    pub name: &'static str,
    pub provides: &'static [Tag],
    pub invalidates: &'static [Tag],
}

const fn reads(name: &'static str, provides: &'static [Tag]) -> UseCase {
    UseCase { name, provides, invalidates: &[] }
}

const fn writes(name: &'static str, invalidates: &'static [Tag]) -> UseCase {
    UseCase { name, provides: &[], invalidates }
}

use Tag as T;

/// A step of a rule set's life: what decides may be another one now.
const LIFE: &[Tag] = &[T::Rules, T::Checklist, T::Home, T::Negotiations, T::Audit];

/// Every use case on the IPC, in the order of the console's map.
pub const USE_CASES: &[UseCase] = &[
    reads("first_screen", &[]),
    // connection
    reads("connection_state", &[T::Connection, T::Sync]),
    writes("start_local_store", &Tag::ALL),
    writes("start_sample_store", &Tag::ALL),
    writes("connect_hosted", &Tag::ALL),
    writes("set_up_hosted", &Tag::ALL),
    writes("sign_out", &Tag::ALL),
    reads("known_stores", &[T::Connection]),
    writes("reopen_store", &Tag::ALL),
    writes("forget_store", &[T::Connection]),
    writes("sync_now", &[T::Sync]),
    reads("waiting_edits", &[T::Sync]),
    reads("conflicts_list", &[T::Sync]),
    writes("waiting_edits_export", &[]),
    writes("waiting_edits_import", &[T::Sync, T::Rules, T::Catalog]),
    // store and onboarding
    reads("store_get", &[T::Store]),
    writes("store_save_profile", &[T::Store, T::Checklist, T::Home]),
    reads("segments_get", &[T::Segments]),
    writes("segments_save", &[T::Segments, T::Checklist]),
    reads("launch_get", &[T::Launch]),
    writes("launch_save", &[T::Launch, T::Checklist]),
    reads("checklist_get", &[T::Checklist]),
    writes("go_live", &[T::Store, T::Checklist, T::Home, T::Audit]),
    writes("set_paused", &[T::Store, T::Home, T::Audit]),
    writes("open_shop", &[]),
    // catalogue
    reads("categories_list", &[T::Categories]),
    reads("products_list", &[T::Catalog]),
    reads("product_get", &[T::Catalog]),
    writes("product_save", &[T::Catalog, T::Categories, T::Checklist]),
    writes("product_set_state", &[T::Catalog, T::Categories, T::Checklist]),
    writes("import_pick", &[]),
    writes("import_preview", &[]),
    writes("import_run", &[T::Catalog, T::Categories, T::Imports, T::Checklist, T::Home, T::Audit]),
    writes("import_cancel", &[]),
    writes(
        "import_undo",
        &[T::Catalog, T::Categories, T::Imports, T::Checklist, T::Home, T::Audit],
    ),
    reads("imports_list", &[T::Imports]),
    writes("catalog_publish", &[T::Catalog, T::Categories, T::Checklist, T::Home, T::Audit]),
    writes("catalog_export", &[]),
    // pricing
    reads("rule_sets_list", &[T::Rules]),
    reads("rule_set_get", &[T::Rules]),
    writes("rule_set_save", &[T::Rules, T::Checklist]),
    writes("rule_set_delete", &[T::Rules, T::Checklist]),
    writes("rule_set_edit", &[T::Rules, T::Checklist]),
    reads("rule_set_check", &[T::Rules, T::Catalog]),
    reads("rule_set_replay", &[T::Rules, T::Catalog, T::Orders]),
    writes("rule_set_replay_export", &[]),
    writes("rules_work_cancel", &[]),
    reads("rule_set_reach", &[T::Rules, T::Catalog, T::Orders]),
    reads("rule_set_touching", &[T::Rules, T::Catalog]),
    reads("rule_set_coverage", &[T::Rules, T::Catalog, T::Segments]),
    reads("rule_set_price", &[T::Rules, T::Catalog]),
    reads("rule_set_example", &[T::Catalog, T::Store]),
    reads("rule_set_diff", &[T::Rules]),
    reads("rule_templates", &[T::Store, T::Categories, T::Segments]),
    writes("rule_set_export", &[]),
    writes("rule_set_import", &[T::Rules, T::Checklist]),
    writes("rule_set_submit", LIFE),
    reads("rule_set_review", &[T::Rules]),
    writes("rule_set_acknowledge", &[T::Rules, T::Audit]),
    writes("rule_set_decide_review", LIFE),
    writes("rule_set_shadow", LIFE),
    writes("rule_set_activate", LIFE),
    writes("rule_set_unschedule", LIFE),
    writes("rule_set_roll_back", LIFE),
    reads("rule_set_shadow_report", &[T::Rules, T::Negotiations]),
    // negotiations
    reads("negotiations_list", &[T::Negotiations]),
    reads("negotiation_get", &[T::Negotiations]),
    writes("negotiation_act", &[T::Negotiations, T::Home, T::Dashboard, T::Audit]),
    // orders and customers
    reads("orders_list", &[T::Orders]),
    reads("order_get", &[T::Orders]),
    writes("order_transition", &[T::Orders, T::Home, T::Dashboard, T::Audit]),
    reads("customers_list", &[T::Customers]),
    // figures
    reads("home_get", &[T::Home]),
    reads("dashboard_get", &[T::Dashboard]),
    // audit
    reads("audit_list", &[T::Audit]),
    writes("audit_verify", &[]),
    writes("audit_export", &[]),
    // staff
    reads("staff_list", &[T::Staff]),
    writes("staff_add", &[T::Staff, T::Audit]),
    writes("staff_change", &[T::Staff, T::Sessions, T::Audit]),
    writes("password_change", &[T::Sessions, T::Audit]),
    reads("sessions_list", &[T::Sessions]),
    writes("session_revoke", &[T::Sessions, T::Audit]),
    reads("api_keys_list", &[T::ApiKeys]),
    writes("api_key_create", &[T::ApiKeys, T::Audit]),
    writes("api_key_revoke", &[T::ApiKeys, T::Audit]),
    // providers and their credentials
    reads("credentials_list", &[T::Credentials]),
    writes("credential_set", &[T::Credentials]),
    writes("credential_test", &[]),
    writes("credential_clear", &[T::Credentials]),
    // what this computer remembers
    reads("preferences_get", &[T::Preferences]),
    writes("preferences_set", &[T::Preferences]),
    reads("recents_list", &[T::Recents]),
    writes("recent_opened", &[T::Recents]),
    reads("about", &[]),
    writes("save_text", &[]),
];

/// The tags that a use case spoils; none for a name that is not in the table.
pub fn invalidated_by(name: &str) -> &'static [Tag] {
    USE_CASES.iter().find(|u| u.name == name).map_or(&[], |u| u.invalidates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = USE_CASES.iter().map(|u| u.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn every_tag_that_is_spoilt_is_read_somewhere() {
        for tag in Tag::ALL {
            assert!(USE_CASES.iter().any(|u| u.provides.contains(&tag)), "{tag:?} is never read");
        }
    }
}
