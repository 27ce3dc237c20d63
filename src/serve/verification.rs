//! Verifies the index in the background, since opening a large one reads only a
//! part of it: when the server starts, and after each new commit.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::index::{IndexError, Remedy, Verified, verify_in_steps};

use super::app_state::AppState;
use super::archive::Source;
use super::health::{brief, file_name};

/// A rest after each megabyte, so that requests have the disk and the cores.
const REST: Duration = Duration::from_millis(2);

/// When an index that was found damaged is verified again, unasked.
const AGAIN: Duration = Duration::from_secs(60);

/// What is known of the files of the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Soundness {
    /// Nothing; an archive in a cluster is checked by the cluster.
    #[default]
    Unknown,
    /// They are being read.
    Running,
    /// All are as they were written; what else is to be said, such as of a decision
    /// in the ledger that cannot be read.
    Sound(Vec<String>),
    /// Some are not; which, and what is wrong with them.
    Damaged(Vec<String>),
}

impl Soundness {
    fn of(verified: Result<Verified, IndexError>) -> Self {
        let verified = match verified {
            Ok(verified) => verified,
            Err(error) => return Self::Damaged(vec![brief(&error)]),
        };
        let is_damage = verified.problems.iter().any(|problem| problem.remedy == Remedy::Rebuild);
        let problems = verified.problems.iter().map(|it| format!("{}: {}", file_name(&it.path), it.what)).collect();
        if is_damage { Self::Damaged(problems) } else { Self::Sound(problems) }
    }
}

/// The verification of an index, again and again.
#[derive(Default)]
pub(super) struct Verification {
    found: Mutex<Soundness>,
    due: Notify,
    ended: AtomicBool,
}

impl Verification {
    /// What the last run found, or that one is due.
    pub fn found(&self) -> Soundness {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, soundness: Soundness) {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = soundness;
    }

    /// Asks for a run, after one that is in progress. Damage is forgotten only when
    /// a run finds none.
    pub fn request(&self) {
        if !matches!(self.found(), Soundness::Damaged(_)) {
            self.set(Soundness::Running);
        }
        self.due.notify_one();
    }

    /// Ends a run that is in progress.
    pub fn end(&self) {
        self.ended.store(true, Relaxed);
    }

    fn run(&self, folder: &Path) {
        let mut step = || {
            std::thread::sleep(REST);
            if self.ended.load(Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let Some(verified) = verify_in_steps(folder, &mut step).transpose() else { return };
        let found = Soundness::of(verified);
        match &found {
            Soundness::Damaged(problems) if found == self.found() => tracing::debug!(?problems, "still damaged"),
            Soundness::Damaged(problems) => tracing::error!(?problems, "the index is damaged"),
            _ => tracing::info!("the index is sound"),
        }
        self.set(found);
    }
}

/// Verifies the index whenever that is asked for, until the task is aborted.
pub(super) async fn follow(state: Arc<AppState>) {
    #[cfg_attr(not(feature = "cluster"), allow(irrefutable_let_patterns))]
    let Source::Folder(folder) = &state.archive.source else { return };
    state.verification.request();
    loop {
        let is_damaged = matches!(state.verification.found(), Soundness::Damaged(_));
        tokio::select! {
            () = state.verification.due.notified() => {}
            () = tokio::time::sleep(AGAIN), if is_damaged => {}
        }
        let (running, folder) = (state.clone(), folder.clone());
        if tokio::task::spawn_blocking(move || running.verification.run(&folder)).await.is_err() {
            tracing::error!("the index could not be verified");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::index::Problem;

    use super::*;

    #[test]
    fn only_files_that_queries_read_are_damage() {
        let check = |remedies: &[Remedy], expected: fn(Vec<String>) -> Soundness| {
            let problem =
                |remedy: &Remedy| Problem { path: "/srv/x.bin".into(), what: "wrong".into(), remedy: *remedy };
            let verified = Verified { problems: remedies.iter().map(problem).collect(), ..Verified::default() };
            let told = remedies.iter().map(|_| "x.bin: wrong".to_owned()).collect();
            assert_eq!(Soundness::of(Ok(verified)), expected(told));
        };
        check(&[], Soundness::Sound);
        check(&[Remedy::EditLedger, Remedy::MendAlerts], Soundness::Sound);
        check(&[Remedy::EditLedger, Remedy::Rebuild], Soundness::Damaged);
        let missing = Soundness::of(Err(IndexError::Missing("/srv/index".into())));
        assert_eq!(missing, Soundness::Damaged(vec!["the index is gone".to_owned()]));
    }

    #[test]
    fn damage_is_known_until_a_run_finds_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let verification = Verification::default();
        assert_eq!(verification.found(), Soundness::Unknown);
        verification.request();
        assert_eq!(verification.found(), Soundness::Running);
        verification.run(folder.path());
        let damaged = Soundness::Damaged(vec!["the index is gone".to_owned()]);
        assert_eq!(verification.found(), damaged);
        verification.request();
        assert_eq!(verification.found(), damaged);
    }
}
