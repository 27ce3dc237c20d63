//! Connections: how many, for how long, and their end.

use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use super::routes::routes;
use super::{House, ServeOptions};

/// Bytes that a connection may take for its request line and headers.
const HEAD_BYTES: usize = 32 * 1024;
/// Headers of a request, at most.
const HEADERS: usize = 64;
/// How long requests under way may go on when the server stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long to wait where the system has no connection to give.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes connections until `stop` is ready.
pub(super) async fn listen(
    listener: TcpListener,
    house: &Arc<House>,
    options: &ServeOptions,
    stop: impl Future<Output = ()>,
) {
    let service = TowerToHyperService::new(routes(house.clone()));
    let places = Arc::new(Semaphore::new(options.connections.clamp(1, Semaphore::MAX_PERMITS)));
    let ending = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    // The time for a request's head is also how long an idle connection stays.
    http.timer(TokioTimer::new()).header_read_timeout(options.time).max_buf_size(HEAD_BYTES).max_headers(HEADERS);
    let mut stop = std::pin::pin!(stop);
    loop {
        let taken = tokio::select! {
            taken = next(&listener, &places) => taken,
            () = &mut stop => break,
        };
        let Some((stream, place)) = taken else { continue };
        // Answers are whole when they are written: nothing to wait for.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(options.time));
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service.clone());
        let connection = ending.watch(connection);
        let house = house.clone();
        tokio::spawn(async move {
            house.metrics.connections.inc();
            // Clients that go, stall or talk nonsense are no news.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            house.metrics.connections.dec();
            drop(place);
        });
    }
    drop(listener);
    tracing::info!("no new connections; finishing what is under way");
    let _ = tokio::time::timeout(FAREWELL, ending.shutdown()).await;
}

/// The next connection, once there is a place for it.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(tokio::net::TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(error) => {
            // Too many open files, mostly: some will be closed.
            tracing::warn!(%error, "cannot take a connection");
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}
