//! Sets the stage of the story (`tests/desktop`): a session bus of its own, a fresh home, a virtual display where asked for.
//! Whatever the story starts ends with it; the person's own keychain, settings and data are never touched.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Outcome, root, run,
    steps::{call_tests, command},
    target,
};

/// Where the story is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The person's display.
    Visible,
    /// A virtual display of 1440 × 900.
    Virtual,
}

impl Stage {
    /// The person's display where there is one.
    pub(crate) fn of_this_machine() -> Self {
        if run::has_display() { Self::Visible } else { Self::Virtual }
    }
}

/// The folder of the pictures; in the checkout whatever the target folder is, so that people find them.
pub(crate) fn pictures() -> PathBuf {
    root().join("target/tour")
}

/// Plays the story and gives back its summary lines.
///
/// # Errors
/// When a step did not hold, or the stage could not be set.
pub(crate) fn play(stage: Stage) -> Result<Vec<String>, String> {
    let programs = [("SOUK_CONSOLE", run::console_program()), ("SOUK_CLI", run::souk_program())];
    with_stage(stage, "tests/desktop/main.mjs", &programs, &pictures())
}

/// Measures the release build of the console against that of an empty window, in one virtual display.
///
/// # Errors
/// When one of the two does not open, or the stage could not be set.
pub(crate) fn measure() -> Outcome {
    let release = target().join("release");
    let path = |name: &str| release.join(name).to_string_lossy().into_owned();
    let programs =
        [("SOUK_CONSOLE", path("souk-console")), ("SOUK_EMPTY", path("examples/empty-window"))];
    let folder = root().join("target/measure");
    with_stage(Stage::Virtual, "tests/desktop/measure.mjs", &programs, &folder).map(|_| ())
}

fn with_stage(
    stage: Stage,
    script: &str,
    programs: &[(&str, String)],
    pictures: &Path,
) -> Result<Vec<String>, String> {
    if !cfg!(target_os = "linux") {
        return Err("the story drives the window through WebKitGTK's WebDriver, which only \
                    Linux has; the other tests ran"
            .to_owned());
    }
    let home = std::env::temp_dir().join(format!("souk-story-{}", std::process::id()));
    empty(&home)?;
    empty(pictures)?;
    let bus = home.join("bus.conf");
    fs::write(&bus, SESSION_BUS).map_err(|e| format!("{}: {e}", bus.display()))?;
    let outcome = call_tests(
        on_stage(stage, script, &home, &bus)
            .envs(programs.iter().map(|(name, program)| (name, program)))
            .env("SOUK_TOUR", pictures),
    );
    // a story that failed leaves its home for the search of the cause
    if outcome.is_ok() {
        let _ = fs::remove_dir_all(&home);
    } else {
        println!("what the story left behind: {}", home.display());
    }
    outcome
}

fn on_stage(stage: Stage, script: &str, home: &Path, bus: &Path) -> Command {
    let bus = format!("--config-file={}", bus.display());
    let mut words = vec!["dbus-run-session", &bus, "--"];
    if stage == Stage::Virtual {
        words.extend(["xvfb-run", "-a", "-s", "-screen 0 1440x900x24", "--"]);
    }
    words.extend(["node", script]);
    let mut command = command(words[0], &words[1..]);
    command
        .env("SOUK_HEADED", if stage == Stage::Visible { "1" } else { "" })
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_STATE_HOME", home.join("state"))
        .env("XDG_RUNTIME_DIR", home.join("runtime"))
        // no portals, no accessibility bus: they belong to a desktop that is not here
        .env("GTK_USE_PORTAL", "0")
        .env("NO_AT_BRIDGE", "1")
        .env("LANG", "C.UTF-8");
    if stage == Stage::Virtual {
        command.env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
    }
    command
}

fn empty(folder: &Path) -> Outcome {
    let told = |e: std::io::Error| format!("{}: {e}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(told)?;
    }
    fs::create_dir_all(folder).map_err(told)
}

/// A session bus that starts no service by itself: the story starts the keychain and the notification service it needs.
const SESSION_BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;
