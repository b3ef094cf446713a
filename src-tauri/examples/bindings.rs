//! Writes the TypeScript client of the IPC to the path given. Called by `cargo xtask gen`.

use std::process::ExitCode;

use specta_typescript::Typescript;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: bindings PATH");
        return ExitCode::from(2);
    };
    match souk_console::ipc().export(Typescript::default(), &path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}
