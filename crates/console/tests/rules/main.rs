//! Writing rules at a console, against the real service: with and without a line, alone and with a
//! second person.

// steps outside of a test function may fail the test, too
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod drafts;
mod life;

use std::sync::Arc;
use std::time::Duration;

use api::rules::{DraftChange, RuleSet};
use api::staff::SignIn;
use console::host::{ChangeNotice, Host, Notice};
use console::secrets::{InMemory, SecretStore};
use console::{Console, Options, connection, rules};
use tempfile::TempDir;
use testkit::Service;

struct Unseen;

impl Host for Unseen {
    fn changed(&self, _change: ChangeNotice) {}
    fn notify(&self, _notice: Notice) {}
}

/// A console of its own on the store `lantern`, with a member of staff signed in and all documents
/// there.
pub struct Desk {
    pub console: Console,
    pub folder: TempDir,
}

impl Desk {
    pub async fn of(service: &Service, name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { folder: folder.path().to_owned() };
        let secrets: Arc<dyn SecretStore> = Arc::new(InMemory::default());
        let console = Console::start(options, secrets, Arc::new(Unseen)).await.unwrap();
        let sign_in = SignIn {
            store: "lantern".into(),
            email: format!("{name}@lantern.example"),
            password: "correct horse battery".into(),
            device: String::new(),
        };
        let address = service.addr.to_string();
        connection::connect_hosted(&console, &address, sign_in).await.unwrap();
        let desk = Self { console, folder };
        desk.until("the first pull", |state| {
            state.sync.last_pulled_at.is_some() && state.sync.online && state.sync.live
        })
        .await;
        desk
    }

    async fn until(&self, what: &str, met: impl Fn(&connection::ConnectionState) -> bool) {
        for _ in 0..500 {
            if met(&connection::state(&self.console).await.unwrap()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("waited in vain: {what}");
    }

    /// Waits until the console has seen by itself that the service is gone.
    pub async fn line_down(&self) {
        self.until("the line is seen to be down", |state| !state.sync.online).await;
    }

    /// Waits until the service has everything that was edited here.
    pub async fn arrived(&self) {
        let _ = connection::sync_now(&self.console).await;
        self.until("the edits have arrived", |state| state.sync.online && state.sync.waiting == 0)
            .await;
    }

    pub async fn draft(&self, document: &str) -> RuleSet {
        let change = DraftChange { name: "Winter".into(), document: document.into(), base_rev: 0 };
        rules::save(&self.console, None, change).await.unwrap()
    }
}

/// Two pairs of rules that set one thing differently: two warnings.
pub const AMBIGUOUS: &str = r#"{
  "schema": "souk.rules/1", "currency": "GBP", "timezone": "Europe/London",
  "rules": [
    {"id": "a", "guardrails": {"floor": {"margin": "0.20"}}, "policy": {"target": {"of_list": "0.95"}}},
    {"id": "b", "policy": {"target": {"of_list": "0.90"}}},
    {"id": "c", "policy": {"max_rounds": 3}},
    {"id": "d", "policy": {"max_rounds": 5}}
  ]
}
"#;
