//! The options of a server.

use std::net::SocketAddr;
use std::time::Duration;

/// How to serve; the defaults are those of `newsearch serve`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ServeOptions {
    /// Where to listen; port 0 is any free one.
    pub address: SocketAddr,
    /// What clients must send, as `Authorization: Bearer TOKEN` or as the
    /// password of HTTP Basic (RFC 7617), which browsers ask for. Required on
    /// any address that other machines can reach.
    pub token: Option<String>,
    /// Bytes of responses cached until the next commit; 0 turns the cache off.
    pub cache_bytes: u64,
    /// Connections at once; others wait in the system's queue.
    pub connections: usize,
    /// Requests that wait or run at once; others get 503 Service Unavailable.
    pub requests: usize,
    /// How long a request may take; also how long a client may take to send its
    /// request, and to read the response.
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
