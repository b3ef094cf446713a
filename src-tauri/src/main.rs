//! The console's entry point. Everything it does stands in the library, so that tests and tools reach it too.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match souk_console::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("souk: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}
