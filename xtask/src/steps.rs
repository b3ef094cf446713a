//! Runs other programs: a step says its name, what it did and how long it took. It must never hide a failure.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::Instant,
};

use crate::Outcome;

/// A program to be called, by name and arguments. `npm` and `npx` are found on Windows too.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let program = match program {
        "npm" | "npx" if cfg!(windows) => format!("{program}.cmd"),
        "cargo" => std::env::var("CARGO").unwrap_or_else(|_| program.to_owned()),
        _ => program.to_owned(),
    };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs and waits; a failure names the program and its exit.
pub(crate) fn call(command: &mut Command) -> Outcome {
    let name = described(command);
    let status = command.status().map_err(|e| format!("{name}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{name}: {status}")) }
}

/// Runs, and gives back what it said on standard output.
pub(crate) fn read(command: &mut Command) -> Result<String, String> {
    let name = described(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|e| format!("{name}: {e}"))?;
    if !output.status.success() {
        return Err(format!("{name}: {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|e| format!("{name}: {e}"))
}

/// True when the program runs and exits 0; silent.
pub(crate) fn holds(command: &mut Command) -> bool {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs, shows every line as it comes, and gives back the lines that sum up tests ("test result: …", "Summary …").
pub(crate) fn call_tests(command: &mut Command) -> Result<Vec<String>, String> {
    let name = described(command);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{name}: {e}"))?;
    let summaries = Arc::new(Mutex::new(Vec::new()));
    let readers: Vec<_> = [
        child.stdout.take().map(|s| Box::new(s) as Box<dyn Read + Send>),
        child.stderr.take().map(|s| Box::new(s) as Box<dyn Read + Send>),
    ]
    .into_iter()
    .flatten()
    .map(|stream| {
        let summaries = Arc::clone(&summaries);
        thread::spawn(move || echo(stream, &summaries))
    })
    .collect();
    let status = child.wait().map_err(|e| format!("{name}: {e}"))?;
    for reader in readers {
        reader.join().map_err(|_| format!("{name}: its output could not be read"))?;
    }
    let found = summaries.lock().map_or_else(|_| Vec::new(), |lines| lines.clone());
    if status.success() { Ok(found) } else { Err(format!("{name}: {status}")) }
}

fn echo(stream: Box<dyn Read + Send>, summaries: &Mutex<Vec<String>>) {
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        let plain = line.trim();
        let sums_up = plain.starts_with("test result:") && !plain.contains(" 0 passed")
            || plain.starts_with("Summary [");
        if sums_up && let Ok(mut lines) = summaries.lock() {
            lines.push(plain.to_owned());
        }
    }
}

/// Runs one named step and prints its time, whatever its outcome.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    println!("\n== {name}");
    // a log that is piped shows the step before its work begins
    let _ = std::io::stdout().flush();
    let begun = Instant::now();
    let outcome = work();
    let seconds = begun.elapsed().as_secs_f64();
    match &outcome {
        Ok(_) => println!("== {name}: held, {seconds:.1} s"),
        Err(message) => println!("== {name}: FAILED after {seconds:.1} s: {message}"),
    }
    outcome.map_err(|message| format!("{name}: {message}"))
}

fn described(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().take(4).map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
