//! Accepts connections, within limits of number, size and time.

use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use super::app_state::AppState;
use super::options::ServeOptions;
use super::routes::routes;

/// Bytes of a request line with its headers, at most.
const MAX_HEAD_BYTES: usize = 32 * 1024;
/// Headers of a request, at most.
const MAX_HEADERS: usize = 64;
/// How long requests in progress may take once the server stops.
const SHUTDOWN_TIME: Duration = Duration::from_secs(10);
/// How long to wait after a failed accept.
const RETRY_DELAY: Duration = Duration::from_millis(100);

/// Accepts connections until `stop` is ready.
pub(super) async fn listen(
    listener: TcpListener,
    state: &Arc<AppState>,
    options: &ServeOptions,
    stop: impl Future<Output = ()>,
) {
    let service = TowerToHyperService::new(routes(state.clone()));
    let slots = Arc::new(Semaphore::new(options.connections.clamp(1, Semaphore::MAX_PERMITS)));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    // The timeout of a request's head is also that of an idle connection.
    http.timer(TokioTimer::new())
        .header_read_timeout(options.time)
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS);
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &slots) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, slot)) = accepted else { continue };
        // Responses are written at once: there is nothing to wait for.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(options.time));
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service.clone());
        let connection = graceful.watch(connection);
        let state = state.clone();
        tokio::spawn(async move {
            state.metrics.connections.inc();
            // Clients that leave, stall or send no HTTP are not worth a warning.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            state.metrics.connections.dec();
            drop(slot);
        });
    }
    drop(listener);
    tracing::info!("no new connections; finishing what is under way");
    let _ = tokio::time::timeout(SHUTDOWN_TIME, graceful.shutdown()).await;
}

/// The next connection, once there is a free slot for it.
async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> Option<(tokio::net::TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let slot = slots.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, slot)),
        Err(error) => {
            // Most often too many open files; some will be closed.
            tracing::warn!(%error, "cannot take a connection");
            tokio::time::sleep(RETRY_DELAY).await;
            None
        }
    }
}
