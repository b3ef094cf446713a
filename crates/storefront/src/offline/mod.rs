//! Work on a store's data from a command line, by the same code and under the same locks as the
//! service, which may run beside it or not. Consoles that are connected learn of a change when
//! they next ask.

mod rules;

pub use rules::ImportedRules;

use api::catalog::{ImportFormat, ImportReport};
use api::error::ErrorBody;
use axum::Json;
use axum::body::Bytes;
use commerce::Currency;

use crate::catalog::save::parse_currency;
use crate::catalog::{export, import, run};
use crate::db::{args, store};
use crate::error::AppError;
use crate::server::{StartError, open};
use crate::state::{AppState, Config};
use crate::write::Actor;

pub use crate::catalog::run::Progress;

/// Why the data cannot be worked on, or what was refused.
#[derive(Debug, thiserror::Error)]
pub enum OfflineError {
    #[error(transparent)]
    Open(#[from] StartError),
    #[error("there is no store in this data yet")]
    NoStore,
    #[error("there is no store {wanted:?} in this data; there is: {}", there.join(", "))]
    UnknownStore { wanted: String, there: Vec<String> },
    #[error("there are several stores in this data, name one: {}", .0.join(", "))]
    SeveralStores(Vec<String>),
    #[error("no rule set is active in this store yet; name the one that you mean")]
    NoRules,
    #[error("there is no rule set {wanted:?} in this store; there is: {}", there.join(", "))]
    UnknownRules { wanted: String, there: Vec<String> },
    #[error("the rules are in {rules}, the store sells in {store}")]
    OtherCurrency { rules: Currency, store: Currency },
    #[error("{}", .0.message)]
    Refused(ErrorBody),
}

impl From<AppError> for OfflineError {
    fn from(error: AppError) -> Self {
        Self::Refused(error.body())
    }
}

/// How a file is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportOptions {
    /// Told from the header row when absent.
    pub format: Option<ImportFormat>,
    pub dry_run: bool,
    /// What comes in goes on sale.
    pub publish: bool,
}

/// One store of some data, opened.
pub struct OpenStore {
    state: AppState,
    store_id: String,
    currency: Currency,
    pub slug: String,
}

impl OpenStore {
    /// Opens the store of this address, or the only one there is.
    pub async fn open(config: Config, slug: Option<&str>) -> Result<Self, OfflineError> {
        let state = open(config).await?;
        let stores: Vec<store::StoreRow> =
            state.db().all(store::ALL, args![]).await.map_err(AppError::from)?;
        let names = || stores.iter().map(|row| row.slug.clone()).collect::<Vec<_>>();
        let row = match (slug, stores.as_slice()) {
            (_, []) => return Err(OfflineError::NoStore),
            (Some(wanted), all) => all.iter().find(|row| row.slug == wanted).ok_or_else(|| {
                OfflineError::UnknownStore { wanted: wanted.to_owned(), there: names() }
            })?,
            (None, [only]) => only,
            (None, _) => return Err(OfflineError::SeveralStores(names())),
        };
        let currency = parse_currency(&row.currency)?;
        let (store_id, slug) = (row.store_id.clone(), row.slug.clone());
        Ok(Self { state, store_id, currency, slug })
    }

    /// Imports a catalogue file: the rows that are right come in, a part at a time, or with `dry_run`
    /// none; the rest are in the report by line. `progress` hears rows done and rows in all.
    pub async fn import(
        &self,
        bytes: Vec<u8>,
        options: ImportOptions,
        progress: Progress,
    ) -> Result<ImportReport, OfflineError> {
        let ImportOptions { format, dry_run, publish } = options;
        let bytes = Bytes::from(bytes);
        if dry_run {
            let preview = import::read(bytes, format, self.currency, publish).await?;
            let db = self.state.db();
            return Ok(import::survey(db, &self.store_id, &preview, publish).await?);
        }
        let asked = run::Asked {
            store_id: self.store_id.clone(),
            currency: self.currency,
            actor: command_line(),
            once: None,
            file: bytes,
            format,
            publish,
        };
        let (_, Json(report)) = run::import(&self.state, asked, progress).await?;
        Ok(report)
    }

    /// The catalogue as CSV in Souk's own layout; archived products stay out.
    pub async fn export(&self) -> Result<String, OfflineError> {
        Ok(export::csv(self.state.db(), &self.store_id).await?)
    }

    /// The catalogue as CSV for `souk rules`; archived products stay out.
    pub async fn export_for_rules(&self) -> Result<String, OfflineError> {
        Ok(export::for_rules(self.state.db(), &self.store_id).await?)
    }

    pub async fn close(self) {
        self.state.db().close().await;
    }
}

/// Who is named in the audit log.
fn command_line() -> Actor {
    Actor { name: "souk command line".into(), ..Actor::system() }
}
