//! Starting and stopping the service, in a process of its own or inside the console.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::HeaderName;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use crate::auth::policy::Policies;
use crate::auth::{new_id, new_token};
use crate::db::{Db, DbError, args, staff, store};
use crate::http::{address, command, headers, metrics, problem, rate};
use crate::live::{Hub, Lines, shop_socket, staff_socket};
use crate::routes;
use crate::state::{AppState, Config, Shared};

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the database cannot be opened: {0}")]
    Database(#[from] DbError),
    #[error("the role policies cannot be read: {0}")]
    Policies(String),
    #[error("cannot listen: {0}")]
    Listen(#[from] std::io::Error),
}

/// A service that runs. Dropping it leaves it running; `stop` ends it in order.
pub struct Running {
    pub addr: SocketAddr,
    /// Needed once, to set up the first store.
    pub setup_code: String,
    pub state: AppState,
    stop: CancellationToken,
    serving: JoinHandle<std::io::Result<()>>,
    upkeep: JoinHandle<()>,
    watching: JoinHandle<()>,
}

impl Running {
    /// Whether there is no store yet, so that somebody must set one up.
    pub async fn is_empty(&self) -> Result<bool, StartError> {
        let stores: (i64,) = self.state.db().one(staff::COUNT_STORES, args![]).await?;
        Ok(stores.0 == 0)
    }

    /// Lets requests under way end (10 s at most), then closes the database.
    pub async fn stop(self) {
        self.stop.cancel();
        let _ = tokio::time::timeout(Duration::from_secs(10), self.serving).await;
        let _ = tokio::time::timeout(Duration::from_secs(10), self.upkeep).await;
        let _ = tokio::time::timeout(Duration::from_secs(10), self.watching).await;
        self.state.db().close().await;
    }
}

/// Opens the data without serving it.
pub(crate) async fn open(config: Config) -> Result<AppState, StartError> {
    let db = Db::open(&config.database).await?;
    let policies = Policies::load().map_err(StartError::Policies)?;
    let shared = Shared {
        db,
        hub: Hub::default(),
        lines: Lines::new(config.rate_limit.is_some()),
        limiter: config.rate_limit.and_then(rate::limiter),
        policies,
        config,
        setup_code: new_token("setup_"),
        shelves: crate::shop::Shelves::default(),
        rule_sets: crate::rules::RuleCache::default(),
        watch: crate::rules::watch::Watch::default(),
        studies: tokio::sync::Semaphore::new(crate::rules::study::AT_ONCE),
        stop: CancellationToken::new(),
        hashing: tokio::sync::Semaphore::new(2),
    };
    let state = AppState { shared: Arc::new(shared) };
    remember_epoch(&state).await?;
    Ok(state)
}

/// Opens the database, listens, serves.
pub async fn start(config: Config, listener: TcpListener) -> Result<Running, StartError> {
    metrics::install();
    let state = open(config).await?;
    let stop = state.shared.stop.clone();
    let setup_code = state.shared.setup_code.clone();
    let addr = listener.local_addr()?;
    let app = router(state.clone());
    let (stopped, stopping) = (stop.clone(), stop.clone());
    let service = app.into_make_service_with_connect_info::<SocketAddr>();
    let serving = tokio::spawn(async move {
        axum::serve(listener, service)
            .with_graceful_shutdown(async move { stopped.cancelled().await })
            .await
    });
    let upkeep = tokio::spawn(crate::upkeep::run(state.clone(), stopping));
    let watching = tokio::spawn(crate::rules::watch::run(state.clone(), stop.clone()));
    Ok(Running { addr, setup_code, state, stop, serving, upkeep, watching })
}

async fn remember_epoch(state: &AppState) -> Result<(), DbError> {
    let mut tx = state.db().begin().await?;
    tx.run(store::SET_EPOCH, args![new_id(), state.now_ms()]).await?;
    tx.commit().await
}

/// The OpenAPI document, as served at `/openapi.json`.
pub fn openapi_json() -> String {
    let document = routes::security::told(routes::documented().to_openapi());
    document.to_pretty_json().unwrap_or_default()
}

fn router(state: AppState) -> Router {
    let (documented, document) = routes::documented().split_for_parts();
    let document = routes::security::told(document).to_json().unwrap_or_default();
    let document = Bytes::from(document);
    let request_id = HeaderName::from_static("x-request-id");
    let json = [(axum::http::header::CONTENT_TYPE, "application/json")];
    let mut app = documented
        .route("/openapi.json", get(move || async move { (json, document) }))
        .route("/docs", get(routes::docs::page))
        .route("/metrics", get(metrics::render))
        .route("/v1/stores/{store}/live", get(staff_socket::connect))
        .route("/v1/shops/{store}/live", get(shop_socket::connect))
        .merge(crate::shop::pages())
        .fallback(crate::shop::nowhere)
        .layer(axum::middleware::from_fn(problem::speak))
        .layer(axum::middleware::from_fn(crate::visitor::keep_token))
        .layer(axum::middleware::from_fn_with_state(state.clone(), crate::shop::other_sites))
        .layer(DefaultBodyLimit::max(command::BODY_BYTES_MAX))
        .layer(axum::middleware::from_fn(metrics::measure))
        .layer(CompressionLayer::new());
    if let Some(limiter) = state.shared.limiter.clone() {
        app = app.layer(axum::middleware::from_fn_with_state(limiter, rate::limit));
    }
    let trusted: Arc<[_]> = state.shared.config.trusted_proxies.clone().into();
    app.layer(axum::middleware::from_fn_with_state(trusted, address::note))
        .layer(axum::middleware::from_fn(headers::secure))
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
        .with_state(state)
}

/// What each line of the log says of its request; the id is that of the answer's `x-request-id`.
fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    let (method, path) = (request.method(), request.uri().path());
    tracing::info_span!("request", id, %method, path)
}
