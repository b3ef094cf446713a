//! Every developer command, on every OS: `cargo xtask COMMAND`. Standard library only, so that it builds in seconds.

mod bench;
mod demo;
mod gen_files;
mod install;
mod postgres;
mod run;
mod steps;
mod story;
mod test;
mod tidy;

use std::{path::PathBuf, process::ExitCode};

const HELP: &str = "\
cargo xtask COMMAND

  run            install what is missing, build the pages and the console, open its window;
                 without a display it says so and plays the demo
  test           everything CI runs, in its order; stops at the first step that fails
    --from STEP    begin at this step (its name as printed)
    --only STEP    this step alone
    --list         name the steps
  demo           play the story of the first sale by itself and leave a picture of each step in
                 target/tour/; exit 0 only if every step was seen to hold
  measure        the console against an empty window, in release builds: time to the first useful
                 screen, memory
  bench service  the service under load: requests a second, times and memory for a product page and
                 the catalogue API, on a release build with the sample store
  bench pricing  the rule engine beside zen-engine's decision tables, over the same rules and facts;
                 builds bench/, some 470 packages, which takes minutes
    --json         print the figures as one JSON object
  gen            write the generated files again: TypeScript client, OpenAPI and its
                 client, widget, rule schema
    --check        write nothing, fail when one is stale
  tidy           the project's own rules that no other tool checks
  package        build the installer of this platform (.deb, .msi or .dmg)

  --help         this text
";

/// What went wrong, in words for the person at the terminal.
pub(crate) type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    std::env::set_current_dir(root()).map_err(|e| format!("{}: {e}", root().display()))?;
    match words.as_slice() {
        [] | ["--help" | "-h" | "help"] | [_, "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        ["run"] => run::run(),
        ["test", options @ ..] => test::test(&test::Options::parse(options)?),
        ["demo"] => demo::demo(),
        ["measure"] => demo::measure(),
        ["bench", "service"] => bench::service(),
        ["bench", "pricing", options @ ..] => bench::pricing(options),
        ["gen"] => gen_files::generate(gen_files::Mode::Write),
        ["gen", "--check"] => gen_files::generate(gen_files::Mode::Check),
        ["tidy"] => tidy::tidy(),
        ["package"] => run::package(),
        other => Err(format!("`{}` is not a command; see `cargo xtask --help`", other.join(" "))),
    }
}

/// The checkout, wherever it is called from: as cargo says at run time, since checkouts may share a
/// target folder, and what one has built runs in the other.
pub(crate) fn root() -> PathBuf {
    let built = || env!("CARGO_MANIFEST_DIR").into();
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(built));
    here.parent().map_or_else(|| here.clone(), PathBuf::from)
}

/// Where cargo builds: `CARGO_TARGET_DIR`, or `target/` in the checkout.
pub(crate) fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}
