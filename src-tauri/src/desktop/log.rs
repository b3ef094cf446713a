//! The console's log on standard error, filtered by `SOUK_LOG` (as in `SOUK_LOG=debug`), by default from `info` up.

use tracing_subscriber::EnvFilter;

/// Starts the log; a second call does nothing.
pub(crate) fn start() {
    let filter = EnvFilter::try_from_env("SOUK_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // only ever fails when a log is there already
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
