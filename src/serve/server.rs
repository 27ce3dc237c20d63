//! A server that listens.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use tokio::sync::Notify;

use super::app_state::AppState;
use super::archive::{Archive, Source};
use super::auth::Auth;
use super::cache::Cache;
use super::error::ServeError;
use super::metrics::Metrics;
use super::options::ServeOptions;
use super::pool::WorkerPool;
use super::verification::Verification;
use super::{listen, reload, verification};

/// A server that listens.
///
/// ```
/// use std::io::{Read, Write};
/// use newsearch::{ServeOptions, Server};
/// # use newsearch::{Failure, Pipeline, Progress};
/// # struct Quiet;
/// # impl Progress for Quiet {
/// #     fn failure(&mut self, _: &Failure) {}
/// # }
/// # let folder = std::env::temp_dir().join(format!("newsearch-serve-{}", std::process::id()));
/// # Pipeline::new().index(&["corpus/film".into()], &folder, &mut Quiet)?;
/// let mut options = ServeOptions::default();
/// options.address = "127.0.0.1:0".parse()?;
/// let server = Server::bind(&folder, options)?;
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
    state: Arc<AppState>,
    options: ServeOptions,
}

impl Server {
    /// Opens the index and starts to listen.
    ///
    /// # Errors
    /// [`ServeError`]: no index, an address that is in use, or one that other
    /// machines can reach without a token.
    pub fn bind(index: &Path, options: ServeOptions) -> Result<Self, ServeError> {
        Self::bind_to(Source::Folder(index.into()), options)
    }

    /// The same for an index folder or an archive in a cluster.
    ///
    /// # Errors
    /// As for [`Server::bind`].
    pub fn bind_to(source: Source, options: ServeOptions) -> Result<Self, ServeError> {
        if options.token.is_none() && !options.address.ip().is_loopback() {
            return Err(ServeError::Open(options.address));
        }
        let auth = Auth::new(options.token.as_deref()).ok_or(ServeError::Token)?;
        let archive = Archive::open(source)?;
        let cannot_listen = |error| ServeError::Listen { address: options.address, error };
        let listener = TcpListener::bind(options.address).map_err(cannot_listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let state = Arc::new(AppState {
            archive,
            cache: Cache::new(options.cache_bytes),
            auth,
            pool: WorkerPool::new(options.requests, options.time),
            metrics: Metrics::new(),
            verification: Verification::default(),
            reload: Notify::new(),
        });
        Ok(Self { listener, address, state, options })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Asks the server, while it runs, to open its index again.
    pub fn reload_handle(&self) -> ReloadHandle {
        ReloadHandle(self.state.clone())
    }

    /// Answers requests until `stop` is ready, then finishes those in progress.
    ///
    /// # Errors
    /// [`ServeError::Start`] where the system cannot start threads.
    pub fn run(self, stop: impl Future<Output = ()> + Send) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let reload = tokio::spawn(reload::follow(self.state.clone()));
            let verify = tokio::spawn(verification::follow(self.state.clone()));
            listen::listen(listener, &self.state, &self.options, stop).await;
            reload.abort();
            verify.abort();
            self.state.verification.end();
            Ok(())
        })
    }
}

/// Asks a server to open its index again; it follows new commits by itself.
#[derive(Clone)]
pub struct ReloadHandle(Arc<AppState>);

impl ReloadHandle {
    /// Opens the last commit again, soon; requests in progress are not disturbed.
    pub fn reload(&self) {
        self.0.reload.notify_one();
    }
}
