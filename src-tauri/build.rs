//! Builds the window's permissions from the one list of commands in `src/commands/mod.rs`, and makes sure that the folder of
//! built pages exists so that a plain `cargo check` works before the pages are built.

use std::{env, fs, io, path::Path, process::ExitCode};

const COMMANDS: &str = "src-tauri/src/commands/mod.rs";
const PAGES: &str = "ui/console/dist";
const PLACEHOLDER: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Souk</title>\
    <main><h1>Souk</h1><p>The console's pages are not built yet: run <code>cargo xtask run</code>.</p></main></html>\n";

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    println!("cargo:rerun-if-changed={COMMANDS}");
    println!("cargo:rerun-if-changed={PAGES}");
    ensure_pages(Path::new(PAGES)).map_err(|e| format!("{PAGES}: {e}"))?;

    let source = fs::read_to_string(COMMANDS).map_err(|e| format!("{COMMANDS}: {e}"))?;
    let names = command_names(&source)
        .ok_or_else(|| format!("{COMMANDS}: no `collect_commands![…]` list found"))?;
    let out = env::var("OUT_DIR").map_err(|e| format!("OUT_DIR: {e}"))?;
    let permissions = Path::new(&out).join("souk-permissions");
    write_permission_set(&permissions, &names).map_err(|e| format!("permissions: {e}"))?;

    // AppManifest takes only 'static text, and a build script ends at once: leaking is its way
    let names: Vec<&'static str> = names.into_iter().map(leak).collect();
    let pattern = leak(format!("{}/*.toml", permissions.display()));
    let manifest = tauri_build::AppManifest::new()
        .commands(Vec::leak(names))
        .permissions_path_pattern(pattern);
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(manifest);
    tauri_build::try_build(attributes).map_err(|e| format!("{e:#}"))
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn ensure_pages(folder: &Path) -> io::Result<()> {
    let index = folder.join("index.html");
    if index.exists() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    fs::write(index, PLACEHOLDER)
}

/// The last path segment of every entry between `collect_commands![` and its `]`; line comments are skipped.
fn command_names(source: &str) -> Option<Vec<String>> {
    let (_, rest) = source.split_once("collect_commands![")?;
    let (list, _) = rest.split_once(']')?;
    let list: String = list
        .lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join(" ");
    let names = list
        .split(',')
        .map(|entry| entry.trim().rsplit("::").next().unwrap_or("").to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    Some(names)
}

fn write_permission_set(folder: &Path, names: &[String]) -> io::Result<()> {
    let allowed: Vec<String> =
        names.iter().map(|name| format!("\"allow-{}\"", name.replace('_', "-"))).collect();
    let text = format!(
        "[[set]]\nidentifier = \"every-souk-command\"\n\
         description = \"Every command of the console, for its one local window.\"\n\
         permissions = [{}]\n",
        allowed.join(", ")
    );
    fs::create_dir_all(folder)?;
    fs::write(folder.join("every.toml"), text)
}
