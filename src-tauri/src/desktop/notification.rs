//! OS notifications: raised by the host alone, so the webview cannot speak in the OS's voice. One that is pressed brings the
//! window to the front at the place it speaks of. It must never decide what is worth a notification.

use console::host::{Happening, Notice};
use tauri::{AppHandle, Emitter, Manager};
use tauri_plugin_notification::{ActionPerformed, NotificationExt};

use super::window;
use super::words::{self, Words};

/// What the window listens for: a place in the console, such as `/negotiations/ID`.
const OPEN_PLACE: &str = "open-place";
/// Where a notification carries its place.
const LINK: &str = "link";
/// A press on the notification itself, in the plugin's words.
const PRESSED: &str = "tap";

/// Raises a notification. A desktop without a notification service is logged and otherwise ignored: the queue shows the same.
pub(crate) fn raise(app: &AppHandle, notice: &Notice) {
    let (title, body) = worded(&app.state::<Words>(), &notice.what);
    let shown =
        app.notification().builder().title(title).body(body).extra(LINK, &notice.link).show();
    if let Err(error) = shown {
        tracing::warn!(%error, "no notification could be raised");
    }
}

/// Title and body.
fn worded(words: &Words, what: &Happening) -> (String, String) {
    match what {
        Happening::CustomerWaits { customer, quantity, title, offer } => {
            let offer = offer.as_ref().and_then(|money| commerce::Money::try_from(money).ok());
            let (quantity, price) = (quantity.to_string(), offer.map(|money| words.money(money)));
            let body = if price.is_some() { words::CUSTOMER_OFFERS } else { words::CUSTOMER_WANTS };
            let price = price.unwrap_or_default();
            let values = [("quantity", &*quantity), ("title", title), ("price", &price)];
            (words.say(words::CUSTOMER_WAITS, &[("customer", customer)]), words.say(body, &values))
        }
        Happening::CopyDamaged { edits_saved } => {
            let count = edits_saved.to_string();
            let body = words.say(words::COPY_SET_ASIDE, &[("count", &count)]);
            (words.say(words::COPY_DAMAGED, &[]), body)
        }
    }
}

/// From now on a pressed notification opens its place. Linux says which one was pressed for as long as the console runs; Windows
/// only while it is on the screen; where the system says nothing, the press brings the window and no more.
pub(crate) fn open_when_pressed(app: &AppHandle) {
    let window_of = app.clone();
    let listening = app.notification().on_action(move |pressed| open(&window_of, pressed));
    if let Err(error) = listening {
        tracing::warn!(%error, "pressed notifications will open nothing");
    }
}

fn open(app: &AppHandle, pressed: &ActionPerformed) {
    if pressed.action_id() != PRESSED {
        return;
    }
    window::show(app);
    let Some(link) = pressed.notification().and_then(|one| one.extra().get(LINK)?.as_str()) else {
        return;
    };
    if let Err(error) = app.emit(OPEN_PLACE, link) {
        tracing::warn!(%error, "the window was not told which place to open");
    }
}
