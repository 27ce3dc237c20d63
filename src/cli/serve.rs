//! `newsearch serve`.

use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::time::Duration;

use crate::serve::{ReloadHandle, ServeOptions, Server};
use tokio::signal;
use tracing::Level;

use super::backend::{self, Backend};
use super::exit::FOUND;
use super::global::Global;
use super::output::Output;

/// Answer browsers and programs over HTTP
///
/// A page at /, an API at /api/search, described at /api/openapi.json.
/// A commit that lands meanwhile is searched within a second. Ctrl-C ends it
/// after the requests that are under way. Log lines go to standard error, as
/// JSON where that is no terminal; what was searched for is only logged with -v.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  newsearch serve\n  NEWSEARCH_TOKEN=\"$(openssl rand -hex 16)\" newsearch serve --address 0.0.0.0:7700\n  curl 'http://127.0.0.1:7700/api/search?q=Hayley+Atwell&limit=3'"
)]
pub(super) struct Args {
    /// Where to listen; port 0 is any free one
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:7700", env = "NEWSEARCH_ADDRESS")]
    address: SocketAddr,
    /// What clients must send, at least 16 characters; needed on any address
    /// that other machines reach
    #[arg(long, value_name = "TOKEN", env = "NEWSEARCH_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Memory for caching answers, in MB; 0 for none
    #[arg(long, value_name = "MB", default_value_t = 64)]
    cache: u64,
    /// Connections at once; more wait
    #[arg(long, value_name = "N", default_value_t = 1024)]
    connections: usize,
    /// Requests that run or wait at once; more are refused with status 503
    #[arg(long, value_name = "N", default_value_t = 512)]
    requests: usize,
    /// Seconds that a request may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    time: u64,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> anyhow::Result<u8> {
    let options = ServeOptions {
        address: args.address,
        token: args.token.clone().filter(|token| !token.is_empty()),
        cache_bytes: args.cache.saturating_mul(1 << 20),
        connections: args.connections,
        requests: args.requests,
        time: Duration::from_secs(args.time),
    };
    let server = Server::bind_to(Backend::new(global)?.into_source(), options)?;
    output.note(&format!("http://{} serves {}; Ctrl-C ends it", server.address(), backend::display_name(global)));
    log(global);
    let reload = server.reload_handle();
    server.run(asked_to_stop(reload))?;
    Ok(FOUND)
}

/// Log lines on standard error: compact text on a terminal, JSON elsewhere.
fn log(global: &Global) {
    let level = match (global.quiet, global.verbose) {
        (true, _) => Level::WARN,
        (_, true) => Level::DEBUG,
        _ => Level::INFO,
    };
    let lines = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(level).with_target(false);
    if io::stderr().is_terminal() { lines.compact().init() } else { lines.json().flatten_event(true).init() }
}

/// Ready when the process is asked to end, by Ctrl-C or SIGTERM, or by SIGHUP
/// where it has a terminal, which is being closed then. Elsewhere SIGHUP asks for
/// the index to be opened again, as of other services.
async fn asked_to_stop(reload: ReloadHandle) {
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    // A terminal that was closed is none any more.
    #[cfg(unix)]
    let has_terminal = io::stderr().is_terminal();
    #[cfg(unix)]
    let hung_up = async {
        let Ok(mut signal) = signal::unix::signal(signal::unix::SignalKind::hangup()) else {
            return std::future::pending().await;
        };
        while signal.recv().await.is_some() && !has_terminal {
            reload.reload();
        }
    };
    #[cfg(not(unix))]
    let (terminated, hung_up) = (std::future::pending::<()>(), async {
        drop(reload);
        std::future::pending::<()>().await;
    });
    tokio::select! {
        _ = signal::ctrl_c() => {}
        () = terminated => {}
        () = hung_up => {}
    }
}
