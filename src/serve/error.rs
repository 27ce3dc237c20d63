//! Why the archive cannot be served.

use std::io;
use std::net::SocketAddr;

use crate::search::SearchError;

use super::auth::MIN_TOKEN_CHARS;

/// Why the archive cannot be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Other machines could connect, and there is no token.
    #[error("{0} can be reached from other machines")]
    Open(SocketAddr),
    /// A token that is too easily guessed.
    #[error("the token is too short: expected {MIN_TOKEN_CHARS} characters or more")]
    Token,
    /// The address is in use, or does not belong to this machine.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        error: io::Error,
    },
    /// The index cannot be opened.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The system cannot start threads or set up the listener.
    #[error("cannot start the server: {0}")]
    Start(#[from] io::Error),
}
