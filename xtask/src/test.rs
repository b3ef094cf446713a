//! What CI runs, in its order.

use crate::{
    Outcome, demo, gen_files,
    install::{For, ensure},
    postgres::Cluster,
    steps::{call, call_tests, command, holds, step},
    story, tidy,
};

/// Which steps to run.
#[derive(Default)]
pub(crate) struct Options {
    from: Option<String>,
    only: Option<String>,
    list: bool,
}

impl Options {
    /// Reads the words after `test`.
    ///
    /// # Errors
    /// A word or a step that is not known.
    pub(crate) fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut name = || {
                let name = words.next().ok_or_else(|| format!("{word} wants a step's name"))?;
                if STEPS.iter().any(|(known, _)| known == name) {
                    Ok(Some((*name).to_owned()))
                } else {
                    Err(format!("`{name}` is not a step; see `cargo xtask test --list`"))
                }
            };
            match *word {
                "--from" => options.from = name()?,
                "--only" => options.only = name()?,
                "--list" => options.list = true,
                other => return Err(format!("`{other}` is not an option of test; see --help")),
            }
        }
        Ok(options)
    }
}

/// A step gives back the lines that sum its tests up.
type Step = fn() -> Result<Vec<String>, String>;

const STEPS: &[(&str, Step)] = &[
    ("install", || quiet(ensure(&[For::Build, For::Test]))),
    ("format", || quiet(call(&mut command("cargo", &["fmt", "--all", "--check"])))),
    ("tidy", || quiet(tidy::tidy())),
    ("packages", || quiet(call(&mut command("npm", &["ci", "--no-audit", "--no-fund"])))),
    ("pages", || quiet(call(&mut command("npm", &["run", "build"])))),
    ("page-lint", || quiet(call(&mut command("npm", &["run", "check"])))),
    ("page-tests", || quiet(call(&mut command("npm", &["run", "test"])))),
    ("clippy", clippy),
    ("tests", tests),
    ("doc-tests", doc_tests),
    ("generated", || quiet(gen_files::generate(gen_files::Mode::Check))),
    ("build", || quiet(demo::build())),
    ("story", || story::play(story::Stage::Virtual)),
];

/// `cargo xtask test`.
pub(crate) fn test(options: &Options) -> Outcome {
    if options.list {
        for (name, _) in STEPS {
            println!("{name}");
        }
        return Ok(());
    }
    let mut begun = options.from.is_none();
    let mut summaries = Vec::new();
    for (name, work) in STEPS {
        begun |= options.from.as_deref() == Some(name);
        if !begun || options.only.as_deref().is_some_and(|only| only != *name) {
            continue;
        }
        summaries.extend(step(name, work)?);
    }
    println!("\nevery step held");
    for line in summaries {
        println!("{line}");
    }
    Ok(())
}

fn quiet(outcome: Outcome) -> Result<Vec<String>, String> {
    outcome.map(|()| Vec::new())
}

fn clippy() -> Result<Vec<String>, String> {
    let words = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    quiet(call(&mut command("cargo", &words)))
}

fn tests() -> Result<Vec<String>, String> {
    let cluster = Cluster::start()?;
    let mut tests = if holds(&mut command("cargo", &["nextest", "--version"])) {
        let mut words = vec!["nextest", "run", "--locked", "--workspace"];
        words.extend(["--no-fail-fast", "--status-level", "slow", "--final-status-level", "fail"]);
        command("cargo", &words)
    } else {
        command("cargo", &["test", "--locked", "--workspace", "--all-targets"])
    };
    call_tests(tests.env("SOUK_TEST_POSTGRES_URL", &cluster.url))
}

fn doc_tests() -> Result<Vec<String>, String> {
    call_tests(&mut command("cargo", &["test", "--locked", "--workspace", "--doc"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_word_is_read_and_no_other() {
        let check = |words: &[&str], good: bool| {
            assert_eq!(Options::parse(words).is_ok(), good, "{words:?}");
        };
        check(&[], true);
        check(&["--only", "tidy"], true);
        check(&["--from", "clippy"], true);
        check(&["--only", "no-such-step"], false);
        check(&["--only"], false);
        check(&["--fast"], false);
    }
}
