//! Runs searches on worker threads, off the threads that talk to clients.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

use crate::search::Deadline;

use super::problem::Problem;

/// Bounds how many requests wait or run at once, and for how long.
pub(super) struct WorkerPool {
    slots: Arc<Semaphore>,
    time: Duration,
}

impl WorkerPool {
    pub fn new(slots: usize, time: Duration) -> Self {
        Self { slots: Arc::new(Semaphore::new(slots.clamp(1, Semaphore::MAX_PERMITS))), time }
    }

    /// When a request that arrives now must be answered.
    pub fn deadline(&self) -> Deadline {
        Deadline::after(self.time)
    }

    /// Runs `work` when a thread is free. Work whose client has gone, or whose
    /// time is over, is not started; work that has started keeps its slot until
    /// it ends, so that slow requests cannot pile up.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let Ok(slot) = self.slots.clone().try_acquire_owned() else { return Err(Problem::busy()) };
        let (sender, receiver) = oneshot::channel();
        rayon::spawn_fifo(move || {
            if !sender.is_closed() {
                // A panic, as damaged files may cause in a library, fails one request.
                let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Problem::internal()));
                // The client may be gone.
                let _ = sender.send(done);
            }
            drop(slot);
        });
        match tokio::time::timeout(self.time, receiver).await {
            Ok(done) => done.unwrap_or_else(|_| Err(Problem::internal())),
            Err(_) => Err(Problem::late()),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    fn run<T: Send + 'static>(
        pool: &WorkerPool,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, StatusCode> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        runtime.block_on(pool.run(work)).map_err(|problem| problem.status())
    }

    #[test]
    fn work_runs_within_its_bounds() {
        // A pool for each: the slot is given back a moment after the answer.
        let pool = || WorkerPool::new(1, Duration::from_secs(60));
        assert_eq!(run(&pool(), || Ok(7)), Ok(7));
        assert_eq!(run(&pool(), || Err::<(), _>(Problem::bad("no"))), Err(StatusCode::BAD_REQUEST));
        let pool = pool();
        let slot = pool.slots.clone().try_acquire_owned().expect("a slot");
        assert_eq!(run(&pool, || Ok(7)), Err(StatusCode::SERVICE_UNAVAILABLE), "no slot is free");
        drop(slot);
        assert_eq!(run(&pool, || Ok(7)), Ok(7));
    }

    #[test]
    fn slow_work_is_given_up() {
        let pool = WorkerPool::new(1, Duration::from_millis(20));
        let slow = || {
            std::thread::sleep(Duration::from_millis(200));
            Ok(7)
        };
        assert_eq!(run(&pool, slow), Err(StatusCode::SERVICE_UNAVAILABLE));
    }
}
