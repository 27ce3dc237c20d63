//! Replaces the open commit when a new one lands.

use std::sync::Arc;

use super::app_state::AppState;
use super::archive::Stamp;
use super::verification::Soundness;

/// Follows the archive until the task is aborted. Where a new commit cannot be
/// opened, the current one stays.
pub(super) async fn follow(state: Arc<AppState>) {
    let mut seen = stamp(&state).await;
    let mut failed = None;
    loop {
        let asked = tokio::select! {
            () = tokio::time::sleep(state.archive.source.poll_interval()) => false,
            () = state.reload.notified() => true,
        };
        let stamp = stamp(&state).await;
        if !asked && (stamp == seen || stamp.is_none()) {
            if stamp == seen && failed.take().is_some() {
                // As after a disk that was away: what was read meanwhile says little.
                state.verification.request();
            }
            continue;
        }
        let opening = state.clone();
        let refreshed = tokio::task::spawn_blocking(move || opening.archive.refresh(asked)).await;
        match refreshed {
            Ok(Ok(is_new)) => {
                seen = stamp;
                failed = None;
                if is_new || matches!(state.verification.found(), Soundness::Damaged(_)) {
                    state.verification.request();
                }
                if is_new {
                    state.cache.clear();
                    state.metrics.reloads.inc();
                    tracing::info!(version = state.archive.current().version, "a commit was opened");
                }
            }
            // It is tried again, but logged once.
            _ if !asked && failed == stamp => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "the index has changed and cannot be opened; the last commit stays");
                failed = stamp;
                state.verification.request();
            }
            Err(_) => {
                tracing::warn!("opening the index failed; the last commit stays");
                failed = stamp;
            }
        }
    }
}

/// Reads the stamp off the threads that talk to clients.
async fn stamp(state: &Arc<AppState>) -> Option<Stamp> {
    let state = state.clone();
    tokio::task::spawn_blocking(move || state.archive.source.stamp()).await.ok()
}
