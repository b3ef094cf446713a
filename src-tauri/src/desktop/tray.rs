//! The tray: show, hide, quit. A desktop without a tray loses nothing but the shortcut.

use tauri::{
    AppHandle, Manager, Wry,
    image::Image,
    menu::{Menu, MenuItem},
    tray::{MouseButton, TrayIconBuilder, TrayIconEvent},
};

use super::window;
use super::words::{self, Words};

const ID: &str = "souk";

/// Puts the icon into the tray. A failure is logged, not returned: the window works without.
pub(crate) fn start(app: &AppHandle) {
    if let Err(error) = build(app) {
        tracing::warn!(%error, "no tray icon");
    }
}

/// Says the menu anew, in the language that is now chosen.
pub(crate) fn speak(app: &AppHandle) {
    let Some(tray) = app.tray_by_id(ID) else { return };
    if let Err(error) = menu(app).and_then(|menu| tray.set_menu(Some(menu))) {
        tracing::warn!(%error, "the tray keeps its former language");
    }
}

fn menu(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let words = app.state::<Words>();
    let item =
        |id: &str, word: &str| MenuItem::with_id(app, id, words.say(word, &[]), true, None::<&str>);
    let (show, hide) = (item("show", words::SHOW)?, item("hide", words::HIDE)?);
    Menu::with_items(app, &[&show, &hide, &item("quit", words::QUIT)?])
}

fn build(app: &AppHandle) -> tauri::Result<()> {
    TrayIconBuilder::with_id(ID)
        .icon(Image::from_bytes(include_bytes!("../../../icons/tray.png"))?)
        .tooltip("Souk")
        .menu(&menu(app)?)
        .on_menu_event(|app, event| match event.id().as_ref() {
            "show" => window::show(app),
            "hide" => window::hide(app),
            "quit" => app.exit(0),
            _ => {}
        })
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::DoubleClick { button: MouseButton::Left, .. } = event {
                window::show(tray.app_handle());
            }
        })
        .build(app)?;
    Ok(())
}
