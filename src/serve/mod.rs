//! The archive over HTTP: a page for people and an API for programs.
//!
//! One request goes through the files in this order: `listen` (connections,
//! with their limits), `guard` (who may ask, what browsers may do with the
//! answer), `answer` (kept answers, then `pool`: searches off the threads that
//! talk to clients), and an endpoint of `api` or `page`: a plain function from
//! what is asked to a reply. `archive` holds the commit that is searched and
//! changes it when a new one lands. Only `GET` and `HEAD` exist; nothing that
//! a request says becomes the name of a file.

mod address;
mod answer;
mod api;
mod archive;
mod ask;
mod cache;
mod guard;
mod listen;
mod metrics;
mod page;
mod pool;
mod problem;
mod routes;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::search::SearchError;

pub use api::openapi;

pub use archive::Source;

use archive::Archive;
use cache::Cache;
use guard::Guard;
use metrics::Metrics;
use pool::Pool;

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Where to listen; port 0 is any free one.
    pub address: SocketAddr,
    /// What clients must send, as `Authorization: Bearer TOKEN` or as the
    /// password of HTTP Basic (RFC 7617), which browsers ask for. Needed
    /// wherever others than this machine can connect.
    pub token: Option<String>,
    /// Bytes of answers kept until the next commit; 0 keeps none.
    pub cache_bytes: u64,
    /// Connections at once; others wait in the system's queue.
    pub connections: usize,
    /// Requests that wait or run at once; others are told to come again.
    pub requests: usize,
    /// How long a request may take; also how long a client may take for its
    /// request, and for taking the answer.
    pub time: Duration,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 7700)),
            token: None,
            cache_bytes: 64 << 20,
            connections: 1024,
            requests: 512,
            time: Duration::from_secs(10),
        }
    }
}

/// Why the archive cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Others than this machine could connect, and nothing keeps them out.
    #[error("{0} can be reached from other machines: give a --token that they must send, or listen on 127.0.0.1")]
    Open(SocketAddr),
    /// A token that is too easily guessed.
    #[error("the token is too short: expected {least} characters or more", least = guard::LEAST_TOKEN)]
    Token,
    /// The address is taken, or not ours.
    #[error("cannot listen on {address}: {error}; choose another with --address")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        error: io::Error,
    },
    /// The index cannot be opened.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The system gives no threads.
    #[error("cannot start the server: {0}")]
    Start(#[from] io::Error),
}

/// What every request shares.
struct House {
    archive: Archive,
    cache: Cache,
    guard: Guard,
    pool: Pool,
    metrics: Metrics,
}

/// A server that listens.
///
/// ```
/// use std::io::{Read, Write};
/// use newsearch::serve::{ServeOptions, Server};
/// # use newsearch::pipeline::{Failure, Pipeline, Progress};
/// # struct Quiet;
/// # impl Progress for Quiet {
/// #     fn failure(&mut self, _: &Failure) {}
/// # }
/// # let folder = std::env::temp_dir().join(format!("newsearch-serve-{}", std::process::id()));
/// # Pipeline::new().index(&["corpus/film".into()], &folder, &mut Quiet)?;
/// let any_port = ServeOptions { address: "127.0.0.1:0".parse()?, ..ServeOptions::default() };
/// let server = Server::bind(&folder, any_port)?;
/// let address = server.address();
/// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
/// let running = std::thread::spawn(move || server.run(async { drop(stopped.await) }));
/// let mut client = std::net::TcpStream::connect(address)?;
/// write!(client, "GET /api/search?q=Hayley+Atwell HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
/// let mut answer = String::new();
/// client.read_to_string(&mut answer)?;
/// assert!(answer.starts_with("HTTP/1.1 200 OK"));
/// drop(stop);
/// running.join().expect("the server ends well")?;
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    house: Arc<House>,
    options: ServeOptions,
}

impl Server {
    /// Opens the index and starts to listen.
    ///
    /// # Errors
    /// [`ServeError`]: no index, an address that is taken, or one that others
    /// can reach without a token.
    pub fn bind(index: &Path, options: ServeOptions) -> Result<Self, ServeError> {
        Self::bind_to(Source::Folder(index.into()), options)
    }

    /// The same for an index or an archive in a cluster.
    ///
    /// # Errors
    /// As for [`Server::bind`].
    pub fn bind_to(source: Source, options: ServeOptions) -> Result<Self, ServeError> {
        if options.token.is_none() && !options.address.ip().is_loopback() {
            return Err(ServeError::Open(options.address));
        }
        let guard = Guard::new(options.token.as_deref()).ok_or(ServeError::Token)?;
        let archive = Archive::open(source)?;
        let taken = |error| ServeError::Listen { address: options.address, error };
        let listener = TcpListener::bind(options.address).map_err(taken)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let house = Arc::new(House {
            archive,
            cache: Cache::new(options.cache_bytes),
            guard,
            pool: Pool::new(options.requests, options.time),
            metrics: Metrics::new(),
        });
        Ok(Self { listener, address, house, options })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers requests until `stop` is ready, then finishes those that are
    /// under way.
    ///
    /// # Errors
    /// [`ServeError::Start`] where the system gives no threads.
    pub fn run(self, stop: impl Future<Output = ()> + Send) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let follow = tokio::spawn(archive::follow(self.house.clone()));
            listen::listen(listener, &self.house, &self.options, stop).await;
            follow.abort();
            Ok(())
        })
    }
}
