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

/// Files that `souk` prints, by the words to ask with.
const PRINTED: &[(&str, &[&str])] = &[
    ("docs/reference/openapi.json", &["openapi"]),
    ("docs/reference/rules.schema.json", &["rules", "schema"]),
];

const BINDINGS: &str = "ui/console/src/api/bindings.ts";

/// `cargo xtask gen`.
///
/// # Errors
/// With [`Mode::Check`], the files that are stale.
pub(crate) fn generate(mode: Mode) -> Outcome {
    call(&mut command("cargo", &["build", "--locked", "-p", "cli"]))?;
    let mut stale = Vec::new();
    keep(BINDINGS, &bindings()?, mode, &mut stale)?;
    for (path, words) in PRINTED {
        let text = read(&mut command(&run::souk_program(), words))?;
        keep(path, &text, mode, &mut stale)?;
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("stale: {}; run `cargo xtask gen` and commit", stale.join(", ")))
}

fn bindings() -> Result<String, String> {
    let made = target().join("bindings.ts");
    let path = made.to_string_lossy();
    let words =
        ["run", "--locked", "--quiet", "-p", "souk-console", "--example", "bindings", "--", &path];
    call(&mut command("cargo", &words))?;
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
