//! The console's verbs on the IPC: a file per noun. A command decodes, calls `console`, converts; it must never decide.
//! The list below is the one place that names them: the build script makes the window's permissions from it and
//! `cargo xtask gen` the TypeScript client.

pub(crate) mod app;

use tauri_specta::collect_commands;

/// The typed IPC: commands and events, as the window mounts them and as the TypeScript client is generated from.
#[must_use]
pub fn ipc() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::<tauri::Wry>::new().commands(collect_commands![app::about])
}

/// Starts what the commands need, before the first of them can be called.
///
/// # Errors
/// When the console cannot start at all; the message is shown to the person.
pub(crate) fn start(_app: &tauri::AppHandle) -> Result<(), Box<dyn std::error::Error>> {
    Ok(())
}
