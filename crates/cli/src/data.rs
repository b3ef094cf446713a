//! Where a service's data stands, and the key that seals its secrets.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use storefront::offline::OpenStore;
use storefront::{Clock, Config, RateLimit};

/// Which data a command works on.
#[derive(Args)]
pub(crate) struct Data {
    /// Folder of the service's data; made when it is not there.
    #[arg(long, value_name = "DIR", env = "SOUK_DATA")]
    data: PathBuf,
    /// Database: `sqlite:FILE` (by default DIR/souk.db) or `postgres://USER@HOST/NAME`.
    #[arg(long, value_name = "URL", env = "SOUK_DATABASE")]
    database: Option<String>,
}

/// One store of some data.
#[derive(Args)]
pub(crate) struct Place {
    #[command(flatten)]
    data: Data,
    /// The store by its slug; may be left out where there is one store alone.
    #[arg(long, value_name = "SLUG")]
    store: Option<String>,
}

impl Place {
    /// Opens it where it is; makes no data.
    pub(crate) async fn open(&self) -> Result<OpenStore, String> {
        let config = self.data.existing()?;
        OpenStore::open(config, self.store.as_deref()).await.map_err(|error| error.to_string())
    }
}

impl Data {
    /// As [`Self::config`], for commands that make no data: refuses where there is none.
    pub(crate) fn existing(&self) -> Result<Config, String> {
        let file = match &self.database {
            None => Some(self.data.join("souk.db")),
            Some(url) => storefront::db::sqlite_file(url).map(PathBuf::from),
        };
        match file {
            Some(file) if !file.is_file() => Err(format!(
                "{}: there is no Souk database here. Make a store first: `souk demo-data` for the \
                 sample store, or `souk serve` for one of your own, on the same --data",
                file.display()
            )),
            _ => self.config(),
        }
    }

    /// The configuration for this data, with the default rate limit.
    pub(crate) fn config(&self) -> Result<Config, String> {
        let folder = &self.data;
        fs::create_dir_all(folder)
            .map_err(|error| format!("{}: cannot make the folder: {error}", folder.display()))?;
        let sqlite = || format!("sqlite:{}", folder.join("souk.db").display());
        Ok(Config {
            database: self.database.clone().unwrap_or_else(sqlite),
            data_dir: folder.clone(),
            master_key: master_key(folder)?,
            rate_limit: Some(RateLimit::default()),
            trusted_proxies: vec![],
            clock: Clock::system(),
        })
    }
}

/// The sealing key: `SOUK_MASTER_KEY` (64 hex digits), else DIR/master.key, made on first use and
/// readable by its owner alone.
fn master_key(folder: &Path) -> Result<[u8; 32], String> {
    if let Ok(text) = std::env::var("SOUK_MASTER_KEY") {
        return read_key(&text, "SOUK_MASTER_KEY");
    }
    let path = folder.join("master.key");
    if let Ok(text) = fs::read_to_string(&path) {
        return read_key(&text, &path.display().to_string());
    }
    let key: [u8; 32] = rand::random();
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written =
        options.open(&path).and_then(|mut file| file.write_all(hex::encode(key).as_bytes()));
    written.map_err(|error| format!("{}: cannot be written: {error}", path.display()))?;
    Ok(key)
}

fn read_key(text: &str, place: &str) -> Result<[u8; 32], String> {
    let mut key = [0; 32];
    hex::decode_to_slice(text.trim(), &mut key)
        .map_err(|_| format!("{place}: expected 64 hex digits"))?;
    Ok(key)
}
