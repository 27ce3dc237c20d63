//! Waiting for files to change: `index --watch`.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::Context;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Changes come in bursts; the index is updated when none came for this long.
const PAUSE: Duration = Duration::from_millis(500);
/// It is updated at the latest after this many pauses.
const PAUSES: usize = 20;

/// Reports changes of files and folders.
pub(super) struct Watcher {
    changes: Receiver<()>,
    _watcher: RecommendedWatcher,
}

impl Watcher {
    /// Watches files and folders, except the index where it is inside one.
    pub(super) fn new(paths: &[PathBuf], index: &Path) -> anyhow::Result<Self> {
        let (to, changes) = channel();
        let index = index.canonicalize().unwrap_or_else(|_| index.to_owned());
        let changed = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            let counts = !matches!(event.kind, EventKind::Access(_))
                && event
                    .paths
                    .iter()
                    .any(|path| !path.canonicalize().unwrap_or_else(|_| path.clone()).starts_with(&index));
            if counts {
                // The receiver is gone when the command ends.
                let _ = to.send(());
            }
        };
        let mut watcher = notify::recommended_watcher(changed).context("cannot follow files")?;
        for path in paths.iter().filter(|path| path.as_os_str() != "-") {
            let followed = watcher.watch(path, RecursiveMode::Recursive);
            followed.with_context(|| format!("cannot follow {}", path.display()))?;
        }
        Ok(Self { changes, _watcher: watcher })
    }

    /// Waits for a change and then for a pause; false where no change can come any
    /// more, or `stop` is true.
    pub(super) fn wait(&self, stop: &AtomicBool) -> bool {
        loop {
            match self.changes.recv_timeout(PAUSE) {
                _ if stop.load(Relaxed) => return false,
                Ok(()) => break,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        for _ in 0..PAUSES {
            if self.changes.recv_timeout(PAUSE).is_err() {
                break;
            }
            while self.changes.try_recv().is_ok() {}
        }
        true
    }
}
