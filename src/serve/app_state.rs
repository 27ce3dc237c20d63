//! What all requests share.

use tokio::sync::Notify;

use super::archive::Archive;
use super::auth::Auth;
use super::cache::Cache;
use super::metrics::Metrics;
use super::pool::WorkerPool;
use super::verification::Verification;

/// What all requests share.
pub(super) struct AppState {
    pub archive: Archive,
    pub cache: Cache,
    pub auth: Auth,
    pub pool: WorkerPool,
    pub metrics: Metrics,
    pub verification: Verification,
    /// Notified when the index is to be opened again, changed or not.
    pub reload: Notify,
}
