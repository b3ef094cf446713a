//! `souk audit verify`: reads the whole chain of every store and names what does not hold.

use std::process::ExitCode;

use api::audit_log::AuditReport;
use clap::{Args, Subcommand};
use serde_json::json;
use storefront::audit_check;
use storefront::db::Db;

use crate::data::Data;

#[derive(Subcommand)]
pub(crate) enum Audit {
    /// Check the audit chain. Exit 0: whole; 1: something was changed, and what; 2: unreadable.
    Verify(Verify),
}

#[derive(Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    data: Data,
    /// One store by its slug; all of them when absent.
    #[arg(long, value_name = "SLUG")]
    store: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Audit {
    pub(crate) async fn run(self) -> Result<ExitCode, String> {
        match self {
            Self::Verify(verify) => verify.run().await,
        }
    }
}

impl Verify {
    async fn run(self) -> Result<ExitCode, String> {
        let config = self.data.existing()?;
        let db = Db::open(&config.database).await.map_err(|error| error.to_string())?;
        let stores = audit_check::stores(&db).await.map_err(|error| error.body().message)?;
        let wanted = |slug: &str| self.store.as_deref().is_none_or(|only| only == slug);
        let stores: Vec<_> = stores.into_iter().filter(|(_, slug)| wanted(slug)).collect();
        if let (Some(slug), true) = (&self.store, stores.is_empty()) {
            return Err(format!("there is no store {slug:?} in this data"));
        }
        let now = jiff::Timestamp::now();
        let mut reports = Vec::new();
        for (store_id, slug) in stores {
            let report = audit_check::verify(&db, &store_id, &[], now).await;
            reports.push((slug, report.map_err(|error| error.body().message)?));
        }
        if self.store.is_none() {
            let left = audit_check::orphaned(&db, now).await;
            reports.extend(left.map_err(|error| error.body().message)?);
        }
        if reports.is_empty() {
            return Err("there is no store in this data, so there is nothing to check".to_owned());
        }
        let whole = reports.iter().all(|(_, report)| report.ok);
        if self.json {
            let told = |(store, report): &(String, AuditReport)| json!({ "store": store, "report": report });
            let stores: Vec<_> = reports.iter().map(told).collect();
            println!("{}", json!({ "ok": whole, "stores": stores }));
        } else {
            reports.iter().for_each(|(store, report)| tell(store, report));
        }
        Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

fn tell(store: &str, report: &AuditReport) {
    println!("{store}: {} entries, head {}", report.entries, report.head_hash);
    for fault in &report.faults {
        println!("  entry {}: {} — {}", fault.seq, fault.kind, fault.message);
    }
    println!("  {}", if report.ok { "whole" } else { "NOT whole" });
}
