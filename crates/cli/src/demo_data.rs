//! `souk demo-data`: the sample store, in data of its own or beside other stores.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use storefront::sample_store::{ATTRIBUTION, Owner, install, is_there};
use tokio::net::TcpListener;

use crate::data::Data;

#[derive(Args)]
pub(crate) struct DemoData {
    #[command(flatten)]
    data: Data,
    /// The owner's name.
    #[arg(long, default_value = "Sam Okafor")]
    owner_name: String,
    /// The owner signs in with this address.
    #[arg(long, default_value = "sam@lantern-and-lark.example")]
    owner_email: String,
    /// The owner's password, 12 characters or more; made up and printed when absent.
    #[arg(long, env = "SOUK_OWNER_PASSWORD", hide_env_values = true)]
    owner_password: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl DemoData {
    pub(crate) async fn run(self) -> Result<ExitCode, String> {
        let made_up = hex::encode(rand::random::<[u8; 12]>());
        let password = self.owner_password.unwrap_or(made_up);
        let owner = Owner {
            name: self.owner_name,
            email: self.owner_email.clone(),
            password: password.clone(),
        };
        // The service itself is started, on a port of loopback that nobody is told, so that the
        // store is made by the same code and under the same locks as any other.
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(|error| error.to_string())?;
        let running = storefront::start(self.data.config()?, listener)
            .await
            .map_err(|error| error.to_string())?;
        let shows = std::io::stderr().is_terminal();
        let progress = move |step: &'static str, done: usize, all: usize| {
            if shows {
                eprint!("\r{step} {done} of {all}          ");
                let _ = std::io::stderr().flush();
            }
        };
        let before = is_there(&running.state).await;
        let installed = install(&running.state, owner, &progress).await;
        running.stop().await;
        let (before, store) = match (before, installed) {
            (Ok(before), Ok(installed)) => (before, installed.store),
            (Err(error), _) | (_, Err(error)) => return Err(error.body().message),
        };
        if self.json {
            let email = &self.owner_email;
            println!("{}", json!({ "store": store.slug, "email": email, "password": password }));
            return Ok(ExitCode::SUCCESS);
        }
        println!("\nThe sample store is ready: {}", store.profile.name);
        println!("  store     {}", store.slug);
        println!("  e-mail    {}", self.owner_email);
        println!("  password  {password}");
        println!("  {ATTRIBUTION}");
        if before {
            println!("The sample store that was in this data is as it was; this is one more.");
        }
        println!("Run it with `souk serve` on the same data; the shop is at /s/{}/", store.slug);
        Ok(ExitCode::SUCCESS)
    }
}
