//! Finds what the machine lacks and installs it where it may (Debian, Ubuntu); elsewhere it names the package and the command.
//! It must never change a machine that has everything.

use std::{env, path::Path};

use crate::{
    Outcome,
    steps::{call, command, holds},
};

/// What a piece of work needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Building the pages, the console and the service.
    Build,
    /// Playing the story in a virtual display, and the tests on PostgreSQL.
    Test,
    /// Measuring the service under load.
    Bench,
}

/// How to see that something is there.
enum Probe {
    /// A program on the PATH.
    Program(&'static str),
    /// Any one of these programs on the PATH.
    Any(&'static [&'static str]),
    /// A font for Latin letters.
    Font,
    /// A library that pkg-config knows.
    Library(&'static str),
    /// A file.
    File(&'static str),
    /// PostgreSQL's server programs, which Debian keeps off the PATH.
    Postgres,
    /// GTK for the system's own Python.
    GtkForPython,
}

struct Need {
    when: For,
    probe: Probe,
    debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
}

const fn need(
    when: For,
    probe: Probe,
    debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
) -> Need {
    Need { when, probe, debian, fedora, arch }
}

/// A Chrome serves as well as Chromium. Ubuntu's `chromium-browser` does not: it is a snap, which may use no home folder but the
/// person's own, and the story has one of its own.
const BROWSERS: &[&str] = &["chromium", "google-chrome", "google-chrome-stable"];
const CHROMIUM: &str = "chromium";

/// Linux only: the other platforms bring their webview and keychain with them.
const NEEDS: &[Need] = &[
    need(For::Build, Probe::Program("cc"), "build-essential", "gcc gcc-c++ make", "base-devel"),
    need(For::Build, Probe::Program("pkg-config"), "pkg-config", "pkgconf", "pkgconf"),
    need(
        For::Build,
        Probe::Library("webkit2gtk-4.1"),
        "libwebkit2gtk-4.1-dev",
        "webkit2gtk4.1-devel",
        "webkit2gtk-4.1",
    ),
    need(For::Build, Probe::Library("librsvg-2.0"), "librsvg2-dev", "librsvg2-devel", "librsvg"),
    need(
        For::Build,
        Probe::Library("ayatana-appindicator3-0.1"),
        "libayatana-appindicator3-dev",
        "libayatana-appindicator-gtk3-devel",
        "libayatana-appindicator",
    ),
    need(For::Build, Probe::File("/usr/include/xdo.h"), "libxdo-dev", "libxdo-devel", "xdotool"),
    need(
        For::Test,
        Probe::Program("WebKitWebDriver"),
        "webkit2gtk-driver",
        "webkit2gtk-driver",
        "webkit2gtk-4.1",
    ),
    need(For::Test, Probe::Program("xvfb-run"), "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    need(For::Test, Probe::Program("xauth"), "xauth", "xorg-x11-xauth", "xorg-xauth"),
    need(For::Test, Probe::Program("dbus-run-session"), "dbus", "dbus-daemon", "dbus"),
    // Debian 12 and later keep it in `dbus-bin`, which `dbus` brings; older ones in `dbus` itself
    need(For::Test, Probe::Program("dbus-monitor"), "dbus", "dbus-tools", "dbus"),
    need(
        For::Test,
        Probe::Program("gnome-keyring-daemon"),
        "gnome-keyring",
        "gnome-keyring",
        "gnome-keyring",
    ),
    need(For::Test, Probe::Program("sqlite3"), "sqlite3", "sqlite", "sqlite"),
    need(For::Test, Probe::Program("dunst"), "dunst", "dunst", "dunst"),
    need(For::Test, Probe::Program("import"), "imagemagick", "ImageMagick", "imagemagick"),
    need(For::Test, Probe::Program("xdotool"), "xdotool", "xdotool", "xdotool"),
    need(
        For::Test,
        Probe::GtkForPython,
        "python3-gi gir1.2-gtk-3.0",
        "python3-gobject gtk3",
        "python-gobject gtk3",
    ),
    need(For::Test, Probe::Program("fc-list"), "fontconfig", "fontconfig", "fontconfig"),
    need(For::Test, Probe::Font, "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu"),
    need(For::Test, Probe::Any(BROWSERS), CHROMIUM, CHROMIUM, CHROMIUM),
    need(For::Test, Probe::Postgres, "postgresql", "postgresql-server", "postgresql"),
    need(For::Bench, Probe::Program("wrk"), "wrk", "wrk", "wrk"),
];

/// Sees to it that everything for this work is there.
///
/// # Errors
/// What is missing and the command that installs it, where this machine's packages are not ours to change.
pub(crate) fn ensure(wanted: &[For]) -> Outcome {
    node()?;
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing: Vec<&Need> =
        NEEDS.iter().filter(|need| wanted.contains(&need.when) && !there(&need.probe)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if has_program("apt-get") { install_debian(&missing) } else { Err(advice(&missing)) }
}

fn node() -> Outcome {
    let text = crate::steps::read(&mut command("node", &["--version"])).map_err(|_| {
        "Node.js is not installed: Souk's pages need 20.19 or newer (https://nodejs.org)".to_owned()
    })?;
    let mut parts =
        text.trim().trim_start_matches('v').split('.').map(|p| p.parse::<u32>().unwrap_or(0));
    let version = (parts.next().unwrap_or(0), parts.next().unwrap_or(0));
    if version >= (20, 19) {
        Ok(())
    } else {
        Err(format!("Node.js is {}; Souk's pages need 20.19 or newer", text.trim()))
    }
}

fn install_debian(missing: &[&Need]) -> Outcome {
    if missing.iter().any(|need| need.debian == CHROMIUM) && is_ubuntu() {
        return Err("Ubuntu has Chromium as a snap alone, which the story cannot give a home folder of its own: install \
                    Google Chrome from its .deb (https://www.google.com/chrome), then start again. Nothing was installed."
            .to_owned());
    }
    let packages = packages(missing, |need| need.debian);
    println!("installing: {}", packages.join(" "));
    let root = crate::steps::read(&mut command("id", &["-u"]))?.trim() == "0";
    if !root && !has_program("sudo") {
        return Err(advice(missing));
    }
    let apt = |arguments: &[&str]| {
        // sudo asks for the password on the terminal itself
        let mut words = if root { vec![] } else { vec!["sudo"] };
        words.extend(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        words.extend(arguments);
        call(&mut command(words[0], &words[1..]))
    };
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(&packages);
    // the lists may be absent or old on a fresh machine
    if apt(&["update"]).is_err() {
        println!("the package lists could not be refreshed; trying with those that are there");
    }
    apt(&install)?;
    let still: Vec<&Need> = missing.iter().copied().filter(|need| !there(&need.probe)).collect();
    if still.is_empty() { Ok(()) } else { Err(advice(&still)) }
}

/// Each once, however many needs it serves.
fn packages<'a>(missing: &[&'a Need], of: impl Fn(&'a Need) -> &'static str) -> Vec<&'static str> {
    let mut names: Vec<&str> = missing.iter().flat_map(|need| of(need).split(' ')).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn is_ubuntu() -> bool {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=ubuntu")
}

fn advice(missing: &[&Need]) -> String {
    let ways = [
        ("apt-get", "sudo apt-get install", 0),
        ("dnf", "sudo dnf install", 1),
        ("pacman", "sudo pacman -S", 2),
    ];
    let names = |column: usize| -> String {
        packages(missing, |need| [need.debian, need.fedora, need.arch][column]).join(" ")
    };
    match ways.iter().find(|(program, ..)| has_program(program)) {
        Some((_, way, column)) => format!("missing: install with `{way} {}`", names(*column)),
        None => format!("missing: install, under the names of your system, {}", names(0)),
    }
}

fn there(probe: &Probe) -> bool {
    match probe {
        Probe::Program(name) => has_program(name),
        Probe::Any(names) => names.iter().any(|name| has_program(name)),
        Probe::Font => {
            let listed = crate::steps::read(&mut command("fc-list", &[":lang=en", "family"]));
            listed.is_ok_and(|fonts| !fonts.trim().is_empty())
        }
        Probe::Library(name) => holds(&mut command("pkg-config", &["--exists", name])),
        Probe::File(path) => Path::new(path).exists(),
        Probe::Postgres => crate::postgres::programs().is_some(),
        Probe::GtkForPython => holds(&mut command(
            "/usr/bin/python3",
            &["-c", "import gi; gi.require_version('Gtk', '3.0'); from gi.repository import Gtk"],
        )),
    }
}

/// True when a program of this name stands on the PATH.
pub(crate) fn has_program(name: &str) -> bool {
    let Some(path) = env::var_os("PATH") else { return false };
    let file = if cfg!(windows) { format!("{name}.exe") } else { name.to_owned() };
    env::split_paths(&path).any(|folder| folder.join(&file).is_file())
}
