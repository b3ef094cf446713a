//! The story by itself, from what is missing to the pictures.

use crate::{
    Outcome,
    install::{For, ensure},
    run,
    steps::{call, command, step},
    story,
};

/// `cargo xtask demo`.
pub(crate) fn demo() -> Outcome {
    step("install", || ensure(&[For::Build, For::Test]))?;
    run::pages()?;
    step("build", build)?;
    let summaries = step("story", || story::play(story::Stage::of_this_machine()))?;
    for line in summaries {
        println!("{line}");
    }
    println!("pictures: {}", story::pictures().display());
    Ok(())
}

/// The two programs that the story plays with.
pub(crate) fn build() -> Outcome {
    // the whole workspace with its examples: as the tests were built, so that no dependency is built twice
    call(&mut command("cargo", &["build", "--locked", "--workspace", "--bins", "--examples"]))
}

/// `cargo xtask measure`.
pub(crate) fn measure() -> Outcome {
    step("install", || ensure(&[For::Build, For::Test]))?;
    run::pages()?;
    step("build", || {
        let mut build = vec!["build", "--release", "--locked", "-p", "souk-console"];
        build.extend(["--bin", "souk-console", "--example", "empty-window"]);
        call(&mut command("cargo", &build))
    })?;
    step("measure", story::measure)
}
