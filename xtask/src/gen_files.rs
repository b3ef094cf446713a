//! The files that are made from code and committed, so that a reader and a reviewer see them; and the check that none is stale.

use std::{fs, path::Path};

use crate::{
    Outcome, root, run,
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

/// `cargo xtask gen`.
///
/// # Errors
/// With [`Mode::Check`], the files that are stale.
pub(crate) fn generate(mode: Mode) -> Outcome {
    call(&mut command("cargo", &["build", "--locked", "-p", "cli"]))?;
    let mut stale = Vec::new();
    for (path, word) in WRITTEN {
        keep(path, &written(word)?, mode, &mut stale)?;
    }
    let openapi = read(&mut command(&run::souk_program(), &["openapi"]))?;
    keep(OPENAPI, &openapi, mode, &mut stale)?;
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("stale: {}; run `cargo xtask gen` and commit", stale.join(", ")))
}

fn written(word: &str) -> Result<String, String> {
    let made = target().join(format!("generated-{word}"));
    let path = made.to_string_lossy();
    let mut generator = command("cargo", &["run", "--locked", "--quiet", "-p", "souk-console"]);
    call(generator.args(["--example", "generated", "--", word, &path]))?;
    fs::read_to_string(&made).map_err(|e| format!("{path}: {e}"))
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
