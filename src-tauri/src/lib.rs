//! The desktop host: a window, a tray, the OS. The only code that knows Tauri.
//! It must never hold a rule, an SQL text or an HTTP call: those stand in `console` and below.

mod commands;
mod desktop;

use std::sync::Once;

use tauri::{DragDropEvent, Manager as _, WindowEvent, webview::PageLoadEvent};

pub use commands::ipc;

/// Opens the console and returns when it is closed.
///
/// # Errors
/// When the platform has no webview or no display to open a window on.
pub fn run() -> Result<(), tauri::Error> {
    desktop::log::start();
    let ipc = ipc();
    let behind = Once::new();
    tauri::Builder::default()
        // first, so that a second start hands over before anything else is opened
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            desktop::window::show(app);
        }))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .register_uri_scheme_protocol(desktop::art::SCHEME, |_, request| {
            desktop::art::draw(&request)
        })
        .invoke_handler(ipc.invoke_handler())
        .setup(move |app| {
            ipc.mount_events(app);
            commands::start(app.handle())?;
            Ok(())
        })
        .manage(desktop::chosen::Chosen::default())
        .on_window_event(|window, event| {
            let chosen = window.state::<desktop::chosen::Chosen>();
            match event {
                WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => chosen.dropped(paths),
                WindowEvent::Destroyed => chosen.forget_all(),
                _ => {}
            }
        })
        .on_page_load(move |view, page| {
            if page.event() == PageLoadEvent::Started {
                view.state::<desktop::chosen::Chosen>().forget_all();
            }
            if page.event() == PageLoadEvent::Finished {
                behind.call_once(|| desktop::begin_behind(view.app_handle()));
            }
        })
        .run(tauri::generate_context!())
        .inspect_err(desktop::start_again::where_nobody_answered)
}
