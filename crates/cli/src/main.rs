//! `souk`: the storefront service and its tools on a command line.

mod audit;
mod catalog;
mod data;
mod demo_data;
mod out;
mod rules;
mod serve;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Souk sells by negotiation: this runs the storefront service and works on its data.
///
/// Start with `souk demo-data --data ./souk-data` and then `souk serve --data ./souk-data`.
#[derive(Parser)]
#[command(name = "souk", version, arg_required_else_help = true)]
struct Souk {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the storefront service: the shop, its API and live negotiation.
    Serve(serve::Serve),
    /// Make the sample store: a real shop's catalogue, customers and a year of orders.
    DemoData(demo_data::DemoData),
    /// Bring a catalogue into a store from a file, or out of it.
    #[command(subcommand)]
    Catalog(catalog::Catalog),
    /// Check, try and replay a rule set from files; bring one into a store, or out of it.
    #[command(subcommand)]
    Rules(rules::Rules),
    /// Work on the audit log.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Print the OpenAPI document of the service.
    Openapi,
}

fn main() -> ExitCode {
    let json = std::env::args_os().any(|word| word == "--json");
    let souk = match Souk::try_parse() {
        Ok(souk) => souk,
        Err(error) if json && error.exit_code() == 2 => {
            return fail(error.to_string().trim_start_matches("error: "), json);
        }
        Err(error) => error.exit(),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            return fail(&format!("the asynchronous runtime cannot start: {error}"), json);
        }
    };
    let outcome = runtime.block_on(async {
        match souk.command {
            Command::Serve(serve) => serve.run().await,
            Command::DemoData(demo) => demo.run().await,
            Command::Catalog(catalog) => catalog.run().await,
            Command::Rules(rules) => rules.run().await,
            Command::Audit(audit) => audit.run().await,
            Command::Openapi => {
                // a reader that has seen enough may close the pipe
                let _ = writeln!(std::io::stdout(), "{}", storefront::openapi_json());
                Ok(ExitCode::SUCCESS)
            }
        }
    });
    outcome.unwrap_or_else(|message| fail(&message, json))
}

/// Unreadable input and failed starts end with 2; 1 means "looked, and found faults". Told on
/// standard error, so that standard output holds answers alone.
fn fail(message: &str, json: bool) -> ExitCode {
    if json {
        let faults: Vec<&str> = message.lines().filter(|line| !line.trim().is_empty()).collect();
        eprintln!("{}", serde_json::json!({ "faults": faults }));
    } else {
        eprintln!("souk: {message}");
    }
    ExitCode::from(2)
}
