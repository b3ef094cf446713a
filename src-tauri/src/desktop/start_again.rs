//! A start that meets a console on its way out: the name on the session bus is still taken, but nobody answers there any more.
//! Such a start begins anew as the same process. It must never hide any other failure.

use std::{env, time::Duration};

/// How many starts were tried before this one.
const TRIED: &str = "SOUK_STARTS_TRIED";
/// Some three seconds in all, far more than a dying process keeps its name.
const MOST: u32 = 12;
const PAUSE: Duration = Duration::from_millis(250);

/// Starts this program anew when `error` is that of handing over to a console that has just gone; comes back, with
/// nothing done, for every other error and when it was tried often enough.
pub(crate) fn where_nobody_answered(error: &tauri::Error) {
    let tauri::Error::PluginInitialization(plugin, _) = error else { return };
    let tried = env::var(TRIED).ok().and_then(|count| count.parse().ok()).unwrap_or(0);
    if plugin != "single-instance" || tried >= MOST {
        return;
    }
    std::thread::sleep(PAUSE);
    begin_anew(tried + 1);
}

#[cfg(unix)]
fn begin_anew(tried: u32) {
    use std::os::unix::process::CommandExt as _;

    let Ok(program) = env::current_exe() else { return };
    // comes back only when it failed; then the first error is the one to tell
    let error = std::process::Command::new(program)
        .args(env::args_os().skip(1))
        .env(TRIED, tried.to_string())
        .exec();
    tracing::warn!(%error, "the console could not be started anew");
}

/// Elsewhere the system frees the name with the process.
#[cfg(not(unix))]
fn begin_anew(_tried: u32) {}
