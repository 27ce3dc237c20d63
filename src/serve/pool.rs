//! Searches run on the threads that search, not on those that talk to clients.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

use crate::search::Deadline;

use super::problem::Problem;

/// Bounds what waits and runs at once, and for how long.
pub(super) struct Pool {
    places: Arc<Semaphore>,
    time: Duration,
}

impl Pool {
    pub fn new(places: usize, time: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS))), time }
    }

    /// When what comes now must be answered.
    pub fn deadline(&self) -> Deadline {
        Deadline::after(self.time)
    }

    /// Runs `work` when a thread is free. Work whose client has gone, or whose
    /// time is over, is not begun; what has begun keeps its place to its end,
    /// so that slow requests cannot pile up.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let Ok(place) = self.places.clone().try_acquire_owned() else { return Err(Problem::busy()) };
        let (sender, receiver) = oneshot::channel();
        rayon::spawn_fifo(move || {
            if !sender.is_closed() {
                // What a damaged file makes a library do costs one request.
                let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Problem::internal()));
                // The client may have gone meanwhile.
                let _ = sender.send(done);
            }
            drop(place);
        });
        match tokio::time::timeout(self.time, receiver).await {
            Ok(done) => done.unwrap_or_else(|_| Err(Problem::internal())),
            Err(_) => Err(Problem::late()),
        }
    }
}
