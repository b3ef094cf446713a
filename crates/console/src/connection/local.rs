//! A store on this computer: the service in this process, on a SQLite file in the user's data
//! folder, reachable from this computer alone. Its owner's password, its sealing key and the session
//! are made here and kept in the keychain.

use std::path::Path;

use api::error::{ErrorBody, ErrorCode};
use api::staff::{SignIn, SignedIn};
use api::store::Setup;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::RngExt as _;
use storefront::{Clock, Config, Running, sample_store};
use sync::{Method, Service};
use tokio::net::TcpListener;

use super::{ConnectionKind, ConnectionState, LocalSetup, session};
use crate::progress::{OnProgress, Progress};
use crate::{Answer, Console, failure};

/// The keychain's name for the key that seals the local service's signing keys.
const MASTER_KEY: &str = "local/master-key";
/// Folder of the local service under the console's.
const FOLDER: &str = "local";
/// Last used port, so that an open shop page in a browser works again after a restart.
const PORT: &str = "local/port";

/// The service in this process.
pub(crate) struct LocalService {
    running: Running,
}

impl LocalService {
    /// Lets requests under way end, then closes the database.
    pub(super) async fn stop(self) {
        self.running.stop().await;
    }

    pub(super) fn base(&self) -> String {
        format!("http://{}", self.running.addr)
    }
}

/// Starts the service and makes a store in it.
///
/// # Errors
/// `Invalid` for what the profile cannot be, `Conflict` on `slug`, `Keychain`, `Internal` when the
/// data folder cannot be used.
pub async fn start_local(console: &Console, setup: LocalSetup) -> Answer<ConnectionState> {
    let _turn = console.turn().await;
    let local = fresh_service(console).await?;
    match set_up(console, &local, setup).await {
        Ok((signed_in, password)) => begin(console, local, signed_in, &password).await,
        Err(error) => {
            local.stop().await;
            resume_after(console).await;
            Err(error)
        }
    }
}

/// Starts the service and fills a store from the sample data.
///
/// # Errors
/// As `start_local`.
pub async fn start_sample(console: &Console, progress: OnProgress) -> Answer<ConnectionState> {
    let _turn = console.turn().await;
    if let Some(known) = sample_known(console).await? {
        return super::resume::open_known(console, known).await;
    }
    let local = fresh_service(console).await?;
    match install_sample(&local, progress).await {
        Ok((signed_in, password)) => {
            console.remember("local/sample", &signed_in.store.id).await?;
            begin(console, local, signed_in, &password).await
        }
        Err(error) => {
            local.stop().await;
            resume_after(console).await;
            Err(error)
        }
    }
}

async fn begin(
    console: &Console,
    local: LocalService,
    signed_in: SignedIn,
    password: &str,
) -> Answer<ConnectionState> {
    let id = session::connection_id(ConnectionKind::Local, &signed_in.store.id);
    console.secrets().set(&session::owner_name(&id), password).await?;
    let service = Service::at(&local.base())?;
    session::begin(console, ConnectionKind::Local, service, signed_in, Some(local)).await?;
    super::state(console).await
}

/// One service at a time works on the local database: whatever is open is left first.
pub(super) async fn fresh_service(console: &Console) -> Answer<LocalService> {
    let master_key = master_key(console).await?;
    session::close(console).await;
    start_service(console, master_key).await
}

async fn start_service(console: &Console, master_key: [u8; 32]) -> Answer<LocalService> {
    let folder = console.folder().join(FOLDER);
    tokio::fs::create_dir_all(&folder).await.map_err(|e| unusable(&folder, &e))?;
    let listener = listen(console).await.map_err(|e| unusable(&folder, &e))?;
    let config = Config {
        database: format!("sqlite:{}", folder.join("souk.sqlite").display()),
        data_dir: folder.clone(),
        master_key,
        // one person on one computer
        rate_limit: None,
        trusted_proxies: vec![],
        clock: Clock::system(),
    };
    let running = storefront::start(config, listener).await.map_err(|e| unusable(&folder, &e))?;
    if console.remember(PORT, &running.addr.port()).await.is_err() {
        tracing::warn!("the local port could not be kept");
    }
    Ok(LocalService { running })
}

/// On the last port where it is free, so that bookmarks of the shop hold; else on any.
async fn listen(console: &Console) -> std::io::Result<TcpListener> {
    let last: Option<u16> = console.remembered(PORT).await.ok().flatten();
    if let Some(port) = last
        && let Ok(listener) = TcpListener::bind(("127.0.0.1", port)).await
    {
        return Ok(listener);
    }
    TcpListener::bind(("127.0.0.1", 0)).await
}

async fn set_up(
    console: &Console,
    local: &LocalService,
    setup: LocalSetup,
) -> Answer<(SignedIn, String)> {
    if setup.profile.name.trim().is_empty() {
        return Err(failure::invalid("name", "Give the store a name."));
    }
    let password = random_text();
    let slug = match setup.slug.trim() {
        "" => slug_of(&setup.profile.name),
        slug => slug.to_owned(),
    };
    let setup = Setup {
        slug,
        profile: setup.profile,
        owner_name: setup.owner_name,
        owner_email: setup.owner_email,
        owner_password: password.clone(),
    };
    // proves before anything is made that the keychain will take the password
    console.secrets().set("local/probe", "ok").await?;
    console.secrets().clear("local/probe").await?;
    let service = Service::at(&local.base())?;
    let code = [("X-Setup-Code", local.running.setup_code.as_str())];
    let signed_in = service.send_to_service(Method::POST, "/v1/setup", &setup, &code).await?;
    Ok((signed_in, password))
}

/// Signs the owner of a local store in again with the password in the keychain.
pub(super) async fn owner_sign_in(
    console: &Console,
    local: &LocalService,
    connection: &cache::Connection,
) -> Answer<SignedIn> {
    let password = console.secrets().get(&session::owner_name(&connection.id)).await?;
    let password = password.ok_or_else(|| {
        ErrorBody::new(
            ErrorCode::Keychain,
            "The keychain no longer holds this store's owner password. If it was replaced or reset, restore it and try again.",
        )
        .with("kind", "missing")
    })?;
    let sign_in = SignIn {
        store: connection.slug.clone(),
        email: connection.email.clone(),
        password,
        device: "Souk on this computer".to_owned(),
    };
    Service::at(&local.base())?.send_to_service(Method::POST, "/v1/sessions", &sign_in, &[]).await
}

async fn master_key(console: &Console) -> Answer<[u8; 32]> {
    if let Some(text) = console.secrets().get(MASTER_KEY).await? {
        let bytes = STANDARD.decode(text.as_bytes()).ok();
        return bytes.and_then(|b| <[u8; 32]>::try_from(b).ok()).ok_or_else(|| {
            ErrorBody::new(
                ErrorCode::Keychain,
                "The keychain's entry for the stores on this computer was changed by something else.",
            )
            .with("kind", "unreadable")
        });
    }
    let key: [u8; 32] = rand::rng().random();
    console.secrets().set(MASTER_KEY, &STANDARD.encode(key)).await?;
    Ok(key)
}

fn random_text() -> String {
    let bytes: [u8; 32] = rand::rng().random();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// `Lantern & Lark` becomes `lantern-lark`.
pub(super) fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 40 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.len() < 3 {
        format!("store-{slug}").trim_end_matches('-').to_owned()
    } else {
        slug.to_owned()
    }
}

async fn sample_known(console: &Console) -> Answer<Option<cache::Connection>> {
    let Some(store_id) = console.remembered::<String>("local/sample").await? else {
        return Ok(None);
    };
    let id = session::connection_id(ConnectionKind::Local, &store_id);
    let all = cache::connections(console.cache()).await.map_err(|e| failure::cache(&e))?;
    Ok(all.into_iter().find(|c| c.id == id))
}

/// After a failed start the store that was open is opened again.
async fn resume_after(console: &Console) {
    super::resume::resume_quietly(console).await;
}

fn unusable(folder: &Path, error: &dyn std::fmt::Display) -> ErrorBody {
    tracing::error!(%error, folder = %folder.display(), "the local service did not start");
    ErrorBody::new(
        ErrorCode::Internal,
        "The store on this computer could not be started. Its data is untouched; the log says why.",
    )
}

async fn install_sample(local: &LocalService, progress: OnProgress) -> Answer<(SignedIn, String)> {
    let password = random_text();
    let owner = sample_store::Owner {
        name: "Owner".to_owned(),
        email: "owner@lantern-and-lark.example".to_owned(),
        password: password.clone(),
    };
    let watch = move |phase: &'static str, done: usize, total: usize| {
        progress(Progress {
            phase: phase.to_owned(),
            done: i64::try_from(done).unwrap_or(i64::MAX),
            total: i64::try_from(total).unwrap_or(i64::MAX),
        });
    };
    let signed_in = sample_store::install(&local.running.state, owner, &watch)
        .await
        .map_err(storefront::error::AppError::body)?;
    Ok((signed_in, password))
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn slugs() {
        let check = |name: &str, slug: &str| assert_eq!(slug_of(name), slug, "{name}");
        check("Lantern & Lark", "lantern-lark");
        check("  Čaj!  ", "store-aj");
        check("日本", "store");
        check(&"a".repeat(90), &"a".repeat(40));
    }
}
