//! The files that are made from code and committed, so that a reader and a reviewer see them; and the check that none is stale.

use std::{fs, path::Path};

use crate::{
    Outcome, demo, root, run,
    steps::{call, command, read},
    target,
};

/// Write the files, or only compare.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// Files that our generator writes, by its word for them.
const WRITTEN: &[(&str, &str)] = &[
    ("ui/console/src/api/bindings.ts", "bindings"),
    ("docs/reference/rules.schema.json", "rules-schema"),
];

const OPENAPI: &str = "docs/reference/openapi.json";
const CLIENT: &str = "ui/client/src/schema.ts";
const WIDGET: &str = "crates/storefront/assets/widget.js";

/// `cargo xtask gen`.
///
/// # Errors
/// With [`Mode::Check`], the files that are stale.
pub(crate) fn generate(mode: Mode) -> Outcome {
    demo::build()?;
    let mut stale = Vec::new();
    for (path, word) in WRITTEN {
        keep(path, &written(word)?, mode, &mut stale)?;
    }
    let openapi = read(&mut command(&run::souk_program(), &["openapi"]))?;
    keep(OPENAPI, &openapi, mode, &mut stale)?;
    keep(CLIENT, &client(&openapi)?, mode, &mut stale)?;
    keep(WIDGET, &widget()?, mode, &mut stale)?;
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("stale: {}; run `cargo xtask gen` and commit", stale.join(", ")))
}

fn written(word: &str) -> Result<String, String> {
    let made = target().join(format!("generated-{word}"));
    let path = made.to_string_lossy();
    let generator = target().join("debug/examples/generated");
    call(&mut command(&generator.to_string_lossy(), &[word, &path]))?;
    fs::read_to_string(&made).map_err(|e| format!("{path}: {e}"))
}

/// The API's types for TypeScript, from its document.
fn client(openapi: &str) -> Result<String, String> {
    let document = target().join("generated-openapi.json");
    fs::write(&document, openapi).map_err(|e| format!("{}: {e}", document.display()))?;
    let document = document.to_string_lossy();
    let words = ["exec", "--silent", "--workspace", "ui/client", "--", "openapi-typescript"];
    read(command("npm", &words).args([&*document, "--alphabetize"]))
}

/// The widget as one file.
fn widget() -> Result<String, String> {
    let made = target().join("generated-widget.js");
    let mut bundler = command("npm", &["run", "--silent", "--workspace", "ui/widget", "bundle"]);
    call(bundler.env("SOUK_WIDGET", &made))?;
    fs::read_to_string(&made).map_err(|e| format!("{}: {e}", made.display()))
}

fn keep<'a>(path: &'a str, text: &str, mode: Mode, stale: &mut Vec<&'a str>) -> Outcome {
    let whole = root().join(path);
    // a checkout on Windows may have turned line ends
    let text = text.replace("\r\n", "\n");
    let kept = fs::read_to_string(&whole).unwrap_or_default().replace("\r\n", "\n");
    if kept.trim_end() == text.trim_end() {
        return Ok(());
    }
    if mode == Mode::Check {
        stale.push(path);
        return Ok(());
    }
    fs::create_dir_all(whole.parent().unwrap_or(Path::new("."))).map_err(|e| e.to_string())?;
    fs::write(&whole, format!("{}\n", text.trim_end())).map_err(|e| format!("{path}: {e}"))?;
    println!("wrote {path}");
    Ok(())
}
