//! The console's verbs on the IPC: a file per noun. A command decodes, calls `console`, converts; it must never decide.
//! The list below is the one place that names them: the build script makes the window's permissions from it and
//! `cargo xtask gen` the TypeScript client.

pub(crate) mod analytics;
pub(crate) mod app;
pub(crate) mod audit;
pub(crate) mod catalog;
pub(crate) mod connection;
pub(crate) mod credential;
pub(crate) mod customer;
pub(crate) mod import;
pub(crate) mod negotiation;
pub(crate) mod order;
pub(crate) mod rules;
pub(crate) mod setting;
pub(crate) mod staff;
pub(crate) mod store;

use std::sync::Arc;

use console::host::{Host, Notice};
use console::preference;
use console::progress::{OnProgress, Progress};
use console::secrets::Keychain;
use console::{Console, Options, tag};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager};
use tauri_specta::{Event, collect_commands, collect_events};

use crate::desktop::words::Words;

/// The one event to the window: read again what carries these tags.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct Changed(pub(crate) console::host::ChangeNotice);

/// The typed IPC: commands and events, as the window mounts them and as the TypeScript client is generated from.
#[must_use]
pub fn ipc() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::<tauri::Wry>::new()
        .commands(commands())
        .events(collect_events![Changed])
        .constant("USE_CASES", tag::USE_CASES)
        // one shape a type, in and out: what the wire may leave out is optional either way
        .disable_serde_phases()
}

#[rustfmt::skip]
#[allow(clippy::too_many_lines, reason = "one list of names, which the build script reads, too")]
fn commands() -> tauri_specta::Commands<tauri::Wry> {
    collect_commands![
        app::first_screen,
        connection::connection_state,
        connection::start_local_store,
        connection::start_sample_store,
        connection::connect_hosted,
        connection::set_up_hosted,
        connection::sign_out,
        connection::known_stores,
        connection::reopen_store,
        connection::forget_store,
        connection::sync_now,
        connection::waiting_edits,
        connection::conflicts_list,
        connection::waiting_edits_export,
        connection::waiting_edits_import,
        store::store_get,
        store::store_save_profile,
        store::segments_get,
        store::segments_save,
        store::launch_get,
        store::launch_save,
        store::checklist_get,
        store::go_live,
        store::set_paused,
        store::open_shop,
        catalog::categories_list,
        catalog::products_list,
        catalog::product_get,
        catalog::product_save,
        catalog::product_set_state,
        import::import_pick,
        import::import_preview,
        import::import_run,
        import::import_cancel,
        import::import_undo,
        import::imports_list,
        import::catalog_publish,
        import::catalog_export,
        rules::rule_sets_list,
        rules::rule_set_get,
        rules::rule_set_save,
        rules::rule_set_delete,
        rules::rule_set_edit,
        rules::rule_set_check,
        rules::rule_set_replay,
        rules::rule_set_replay_export,
        rules::rules_work_cancel,
        rules::rule_set_reach,
        rules::rule_set_touching,
        rules::rule_set_coverage,
        rules::rule_set_price,
        rules::rule_set_example,
        rules::rule_set_diff,
        rules::rule_templates,
        rules::rule_set_export,
        rules::rule_set_import,
        rules::rule_set_submit,
        rules::rule_set_review,
        rules::rule_set_acknowledge,
        rules::rule_set_decide_review,
        rules::rule_set_shadow,
        rules::rule_set_activate,
        rules::rule_set_unschedule,
        rules::rule_set_roll_back,
        rules::rule_set_shadow_report,
        negotiation::negotiations_list,
        negotiation::negotiation_get,
        negotiation::negotiation_act,
        order::orders_list,
        order::order_get,
        order::order_transition,
        customer::customers_list,
        analytics::home_get,
        analytics::dashboard_get,
        audit::audit_list,
        audit::audit_verify,
        audit::audit_export,
        staff::staff_list,
        staff::staff_add,
        staff::staff_change,
        staff::password_change,
        staff::sessions_list,
        staff::session_revoke,
        staff::api_keys_list,
        staff::api_key_create,
        staff::api_key_revoke,
        credential::credentials_list,
        credential::credential_set,
        credential::credential_test,
        credential::credential_clear,
        setting::preferences_get,
        setting::preferences_set,
        setting::recents_list,
        setting::recent_opened,
        app::about,
        app::save_text,
    ]
}

/// Starts the console before the first command can be called, and resumes the last store behind the window.
///
/// # Errors
/// When the user's data folder cannot be used; the message is shown to the person.
pub(crate) fn start(app: &AppHandle) -> Result<(), Box<dyn std::error::Error>> {
    let options = Options { folder: app.path().app_data_dir()? };
    let secrets = Arc::new(Keychain::new("Souk"));
    let host = Arc::new(Window(app.clone()));
    // a damaged copy is told of while the console starts: there must be words for it
    app.manage(Words::default());
    let console = tauri::async_runtime::block_on(async {
        let console = Console::start(options, secrets, host).await?;
        app.state::<Words>().choose(&preference::get(&console).await?.language);
        Ok::<_, console::ErrorBody>(console)
    })?;
    app.manage(console.clone());
    tauri::async_runtime::spawn(console::connection::resume_last(&console));
    Ok(())
}

/// Progress into a channel of the window. A window that has gone is no failure of the work.
pub(crate) fn watched(channel: Channel<Progress>) -> OnProgress {
    Arc::new(move |progress| {
        let _ = channel.send(progress);
    })
}

struct Window(AppHandle);

impl Host for Window {
    fn changed(&self, change: console::host::ChangeNotice) {
        if let Err(error) = Changed(change).emit(&self.0) {
            tracing::warn!(%error, "the window was not told of a change");
        }
    }

    fn notify(&self, notice: Notice) {
        crate::desktop::notification::raise(&self.0, &notice);
    }
}

#[cfg(test)]
mod tests {
    /// A command that is not in the console's table would never refresh the window.
    #[test]
    fn commands_are_the_consoles_use_cases() {
        let source = include_str!("mod.rs");
        let list = source.split("collect_commands![\n").nth(1).unwrap().split(']').next().unwrap();
        let named: Vec<&str> = list
            .lines()
            .filter_map(|line| line.trim().strip_suffix(',')?.rsplit("::").next())
            .collect();
        let table: Vec<&str> = console::tag::USE_CASES.iter().map(|u| u.name).collect();
        assert_eq!(named, table);
    }

    /// The window's client is generated: whoever changes a command runs `cargo xtask gen`.
    #[test]
    fn committed_bindings_are_fresh() {
        let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/console/src/api/bindings.ts");
        let fresh = std::env::temp_dir().join(format!("souk-bindings-{}.ts", std::process::id()));
        super::ipc().export(specta_typescript::Typescript::default(), &fresh).unwrap();
        let (fresh_text, committed_text) =
            (std::fs::read_to_string(&fresh).unwrap(), std::fs::read_to_string(committed).unwrap());
        std::fs::remove_file(&fresh).unwrap();
        assert!(
            fresh_text.trim_end() == committed_text.trim_end(),
            "{committed} is stale: run `cargo xtask gen`"
        );
    }
}
