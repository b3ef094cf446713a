//! Writes a file that is made from code: the TypeScript client of the IPC, or the JSON Schema of rule sets.
//! Called by `cargo xtask gen`.

use std::process::ExitCode;

use specta_typescript::Typescript;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let written = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["bindings", path] => {
            souk_console::ipc().export(Typescript::default(), path).map_err(|e| e.to_string())
        }
        ["rules-schema", path] => {
            std::fs::write(path, pricing::json_schema_text()).map_err(|e| e.to_string())
        }
        _ => Err("usage: generated (bindings|rules-schema) PATH".to_owned()),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
