//! `souk serve`: the service in a process of its own. Logs are JSON lines with request ids.

use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;

use clap::Args;
use storefront::{IpNet, RateLimit};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::data::Data;

#[derive(Args)]
pub(crate) struct Serve {
    /// Address to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7070", env = "SOUK_LISTEN")]
    listen: SocketAddr,
    #[command(flatten)]
    data: Data,
    /// Requests a second per client address; 0 sets no limit, and counts no live channels and no
    /// offers per address either. Four times as many at once are let through.
    #[arg(long, value_name = "N", default_value_t = 100, env = "SOUK_RATE_LIMIT")]
    rate_limit: u32,
    /// A reverse proxy whose X-Forwarded-For says where a request comes from; may be given several
    /// times. Without it the limits count whoever connects, which is the proxy.
    #[arg(
        long,
        value_name = "ADDR/PREFIX",
        value_parser = network,
        env = "SOUK_TRUST_PROXY",
        value_delimiter = ','
    )]
    trust_proxy: Vec<IpNet>,
    /// Print a setup code though there is a store already, to make one more.
    #[arg(long)]
    new_store: bool,
}

impl Serve {
    /// Serves until SIGINT or SIGTERM, then lets requests under way end.
    pub(crate) async fn run(self) -> Result<ExitCode, String> {
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
        tracing_subscriber::fmt()
            .json()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .init();
        let mut config = self.data.config()?;
        let burst = self.rate_limit.saturating_mul(4);
        config.rate_limit =
            (self.rate_limit > 0).then_some(RateLimit { per_second: self.rate_limit, burst });
        config.trusted_proxies = self.trust_proxy;
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}", self.listen))?;
        let running =
            storefront::start(config, listener).await.map_err(|error| error.to_string())?;
        println!("souk listens on http://{}", running.addr);
        if self.new_store || running.is_empty().await.map_err(|error| error.to_string())? {
            println!("setup code for a new store: {}", running.setup_code);
        }
        asked_to_stop().await;
        tracing::info!("stopping");
        running.stop().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// A network, or one address alone.
fn network(text: &str) -> Result<IpNet, String> {
    let alone = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse().or_else(|_| alone()).map_err(|_| {
        "expected an address with its prefix, such as 10.0.0.0/8 or 2001:db8::/32".to_owned()
    })
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
