//! From a fresh clone to the window, and to the installer.

use std::env;

use crate::{
    Outcome, demo,
    install::{For, ensure},
    steps::{call, command, step},
    target,
};

/// `cargo xtask run`.
pub(crate) fn run() -> Outcome {
    if !has_display() {
        println!(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can \
             be shown; playing the demo in a virtual one instead."
        );
        return demo::demo();
    }
    step("install", || ensure(&[For::Build]))?;
    pages()?;
    step("build", || call(&mut command("cargo", &["build", "--locked", "-p", "souk-console"])))?;
    println!("\nopening the window; close it or press Ctrl-C to end");
    call(&mut command(&console_program(), &[]))
}

/// `cargo xtask package`: the installer of this platform.
pub(crate) fn package() -> Outcome {
    step("install", || ensure(&[For::Build]))?;
    pages()?;
    let bundle = if cfg!(windows) {
        "msi"
    } else if cfg!(target_os = "macos") {
        "dmg"
    } else {
        "deb"
    };
    step("bundle", || {
        let mut build =
            command("npx", &["--no-install", "tauri", "build", "--ci", "--bundles", bundle]);
        // what follows `--` is for cargo
        call(build.args(["--", "--locked", "-p", "souk-console"]))
    })?;
    println!("the installer stands in {}", target().join("release/bundle").display());
    Ok(())
}

/// The npm packages as locked, and every page built.
pub(crate) fn pages() -> Outcome {
    step("npm ci", || call(&mut command("npm", &["ci", "--no-audit", "--no-fund"])))?;
    step("pages", || call(&mut command("npm", &["run", "build"])))
}

/// The console as the debug build leaves it.
pub(crate) fn console_program() -> String {
    let name = if cfg!(windows) { "souk-console.exe" } else { "souk-console" };
    target().join("debug").join(name).to_string_lossy().into_owned()
}

/// The service's command line as the debug build leaves it.
pub(crate) fn souk_program() -> String {
    let name = if cfg!(windows) { "souk.exe" } else { "souk" };
    target().join("debug").join(name).to_string_lossy().into_owned()
}

/// True where a window can be shown.
pub(crate) fn has_display() -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
