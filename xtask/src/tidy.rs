//! The project's own rules that no other tool checks (see "Invariants" in ARCHITECTURE.md).
//! Every finding is shown, not the first alone.

use std::fs;

use crate::{
    Outcome, root,
    steps::{command, read},
};

const LINES_MAX: usize = 600;

/// Crates without I/O, clock or randomness of their own.
const PURE: &[&str] = &["commerce", "pricing", "negotiation", "audit", "sample"];

/// What a pure crate must not depend on.
const IMPURE_CRATES: &[&str] = &["sqlx", "tokio", "axum", "reqwest", "tauri"];

/// What a pure crate must not call.
const IMPURE_CALLS: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "rand::rng()",
];

/// Where SQL may stand.
const SQL_HOMES: &[&str] =
    &["crates/cache/", "crates/storefront/src/db/", "crates/testkit/", "migrations/"];

/// The one file of the console's pages that calls the IPC, and what is generated for it.
const IPC: &str = "ui/console/src/api/ipc.ts";
const BINDINGS: &str = "ui/console/src/api/bindings.ts";

/// Made from code, as long and as wide as it comes.
const MADE: &[&str] = &[BINDINGS, "ui/client/src/schema.ts", "crates/storefront/assets/widget.js"];

/// A file under version control or about to be.
struct Source<'a> {
    path: &'a str,
    text: &'a str,
}

/// `cargo xtask tidy`.
///
/// # Errors
/// The number of findings; they are printed.
pub(crate) fn tidy() -> Outcome {
    let listed = read(&mut command(
        "git",
        &["ls-files", "--cached", "--others", "--exclude-standard", "-z"],
    ))?;
    let mut findings = Vec::new();
    let mut files = 0;
    for path in listed.split('\0').filter(|path| is_ours(path)) {
        // a file that is not text is not source
        let Ok(text) = fs::read_to_string(root().join(path)) else { continue };
        files += 1;
        inspect(&Source { path, text: &text }, &mut findings);
    }
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("{files} files are tidy");
        Ok(())
    } else {
        Err(format!("{} findings", findings.len()))
    }
}

fn is_ours(path: &str) -> bool {
    let ours = [
        ".rs", ".ts", ".tsx", ".mjs", ".js", ".css", ".sql", ".toml", ".json", ".md", ".yml",
        ".html", ".sh",
    ];
    let made = MADE.contains(&path)
        || path.ends_with("package-lock.json")
        || path.contains("/locales/")
        || path.starts_with("docs/reference/")
        || path.starts_with("tests/fixtures/");
    (ours.iter().any(|end| path.ends_with(end)) || path == ".ci/run") && !made
}

fn inspect(source: &Source<'_>, findings: &mut Vec<String>) {
    length(source, findings);
    if source.path.ends_with("Cargo.toml") {
        pure_manifest(source, findings);
    }
    if source.path.ends_with(".rs") {
        tauri_at_home(source, findings);
        sql_at_home(source, findings);
        pure_code(source, findings);
    }
    if source.path.ends_with(".sql") && !sql_may_stand(source.path) && !source.path.contains("/db/")
    {
        findings.push(format!("{}: SQL stands in cache and storefront/db alone", source.path));
    }
    if source.path.starts_with("ui/console/src/") && source.path != IPC {
        one_ipc(source, findings);
    }
    left_behind(source, findings);
}

fn length(source: &Source<'_>, findings: &mut Vec<String>) {
    let code = [".rs", ".ts", ".tsx", ".mjs", ".js", ".css", ".sql"];
    let lines = source.text.lines().count();
    if lines > LINES_MAX && code.iter().any(|end| source.path.ends_with(end)) {
        findings.push(format!("{}: {lines} lines, at most {LINES_MAX}", source.path));
    }
}

fn pure_crate(path: &str) -> Option<&str> {
    let name = path.strip_prefix("crates/")?.split('/').next()?;
    PURE.contains(&name).then_some(name)
}

fn pure_manifest(source: &Source<'_>, findings: &mut Vec<String>) {
    let pure = pure_crate(source.path);
    let mut section = "";
    for (number, line) in source.text.lines().enumerate() {
        if line.starts_with('[') {
            section = line;
        }
        let name = line.split(['=', '.', ' ']).next().unwrap_or("");
        if section == "[dependencies]" && pure.is_some() && IMPURE_CRATES.contains(&name) {
            findings.push(at(source, number, &format!("a pure crate does not depend on {name}")));
        }
        if source.path != "Cargo.toml" && name.starts_with("tauri") {
            findings.push(at(source, number, "Tauri is known in src-tauri alone"));
        }
    }
}

fn tauri_at_home(source: &Source<'_>, findings: &mut Vec<String>) {
    if source.path.starts_with("src-tauri/") || source.path.starts_with("xtask/") {
        return;
    }
    each_line(source, findings, "Tauri is known in src-tauri alone", |line| {
        ["tauri::", "tauri_specta", "tauri_plugin", "use tauri"]
            .iter()
            .any(|name| line.contains(name))
    });
}

fn sql_may_stand(path: &str) -> bool {
    SQL_HOMES.iter().any(|home| path.starts_with(home))
        || path.contains("/tests/")
        || path.starts_with("tests/")
        || path.starts_with("xtask/")
}

fn sql_at_home(source: &Source<'_>, findings: &mut Vec<String>) {
    if sql_may_stand(source.path) {
        return;
    }
    each_line(source, findings, "SQL stands in cache and storefront/db alone", |line| {
        let verbs = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "CREATE INDEX "];
        verbs.iter().any(|verb| line.contains(&format!("\"{verb}")))
            || line.contains("sqlx::query")
            || line.contains("\"UPDATE ") && line.contains(" SET ")
    });
}

fn pure_code(source: &Source<'_>, findings: &mut Vec<String>) {
    // tests and benchmarks are programs of their own, not the crate
    let beside = source.path.contains("/tests/") || source.path.contains("/benches/");
    if pure_crate(source.path).is_none() || beside {
        return;
    }
    // tests may read their own fixtures
    let code = source.text.split("#[cfg(test)]").next().unwrap_or(source.text);
    let source = &Source { path: source.path, text: code };
    for call in IMPURE_CALLS {
        let told = format!("a pure crate does not call {call}: pass it in");
        each_line(source, findings, &told, |line| line.contains(call));
    }
}

fn one_ipc(source: &Source<'_>, findings: &mut Vec<String>) {
    // an import may span lines: what it is stands in its first one, where it is from in its last
    let mut types_alone = false;
    for (number, line) in source.text.lines().enumerate() {
        if line.starts_with("import ") || line.starts_with("export ") {
            types_alone = line.starts_with("import type ") || line.starts_with("export type ");
        }
        let calls = line.contains("\"@tauri-apps/") || line.contains("/bindings.ts\"");
        if line.contains("from \"") && calls && !types_alone {
            findings.push(at(source, number, "the IPC is called in api/ipc.ts alone"));
        }
    }
}

fn left_behind(source: &Source<'_>, findings: &mut Vec<String>) {
    // spelt apart so that this file passes its own rule
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("/wo", "rk/")];
    for word in words {
        each_line(source, findings, &format!("`{word}` is not for the repository"), |line| {
            line.contains(word)
        });
    }
}

fn each_line(
    source: &Source<'_>,
    findings: &mut Vec<String>,
    told: &str,
    found: impl Fn(&str) -> bool,
) {
    for (number, line) in source.text.lines().enumerate() {
        let comment = line.trim_start().starts_with("//") && !told.contains("repository");
        if !comment && found(line) {
            findings.push(at(source, number, told));
        }
    }
}

fn at(source: &Source<'_>, number: usize, told: &str) -> String {
    format!("{}:{}: {told}", source.path, number + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, findings_expected: usize) {
        let mut findings = Vec::new();
        inspect(&Source { path, text }, &mut findings);
        assert_eq!(findings.len(), findings_expected, "{path}: {text:?}: {findings:?}");
    }

    #[test]
    fn each_rule_finds_its_fault_and_leaves_the_rest() {
        check("crates/console/src/lib.rs", "use tauri::AppHandle;\n", 1);
        check("src-tauri/src/lib.rs", "use tauri::AppHandle;\n", 0);
        check("crates/console/src/lib.rs", "// as tauri::command does\n", 0);
        check("crates/console/Cargo.toml", "[dependencies]\ntauri = \"2\"\n", 1);

        check("crates/pricing/Cargo.toml", "[dependencies]\ntokio = { workspace = true }\n", 1);
        check("crates/pricing/Cargo.toml", "[dependencies]\nserde.workspace = true\n", 0);
        check("crates/pricing/Cargo.toml", "[dev-dependencies]\ntokio.workspace = true\n", 0);
        check("crates/sync/Cargo.toml", "[dependencies]\ntokio.workspace = true\n", 0);
        check("crates/audit/src/chain.rs", "let now = Timestamp::now();\n", 1);
        check("crates/audit/src/chain.rs", "#[cfg(test)]\nlet now = Timestamp::now();\n", 0);
        check("crates/sync/src/push.rs", "let now = Timestamp::now();\n", 0);

        check("crates/console/src/rules.rs", "query(\"SELECT id FROM rule\")\n", 1);
        check("crates/storefront/src/db/rules.rs", "query(\"SELECT id FROM rule\")\n", 0);
        check("crates/storefront/src/routes/rules.rs", "sqlx::query(text)\n", 1);
        check("crates/console/src/rules.rs", "let title = \"SELECTED\";\n", 0);

        check(
            "ui/console/src/home/page.tsx",
            "import { invoke } from \"@tauri-apps/api/core\";\n",
            1,
        );
        check(
            "ui/console/src/home/page.tsx",
            "import type { Offer } from \"../api/bindings.ts\";\n",
            0,
        );
        check(
            "ui/console/src/home/page.tsx",
            "import { commands } from \"../api/bindings.ts\";\n",
            1,
        );
        check(
            "ui/console/src/home/page.tsx",
            "import type {\n  Offer,\n} from \"../api/bindings.ts\";\n",
            0,
        );
        check(
            "ui/console/src/home/page.tsx",
            "import {\n  commands,\n} from \"../api/bindings.ts\";\n",
            1,
        );
        check("ui/console/src/api/ipc.ts", "import { commands } from \"./bindings.ts\";\n", 0);
        check("crates/sample/src/lib.rs", "let now = Timestamp::now();\n", 1);

        check("crates/api/src/lib.rs", concat!("// TO", "DO: later\n"), 1);
        check("docs/guides/start.md", concat!("see /wo", "rk/notes\n"), 1);
    }

    /// A rule for a crate that is gone, or for a spelling that nobody uses, finds nothing for ever.
    #[test]
    fn rules_name_what_is_there() {
        for name in PURE {
            assert!(root().join("crates").join(name).is_dir(), "no crate {name}");
        }
        let ipc = fs::read_to_string(root().join(IPC)).unwrap();
        assert!(ipc.contains("/bindings.ts\""), "{IPC} imports the bindings by another name");
    }

    #[test]
    fn a_file_may_have_600_lines_and_no_more() {
        check("crates/api/src/lib.rs", &"x\n".repeat(LINES_MAX), 0);
        check("crates/api/src/lib.rs", &"x\n".repeat(LINES_MAX + 1), 1);
        check("docs/adr/long.md", &"x\n".repeat(LINES_MAX + 1), 0);
    }
}
