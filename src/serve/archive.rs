//! The commit that is searched, and the next one when it lands.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;

use crate::link::AliasLedger;
use crate::search::{SearchError, Searcher};

use super::House;

/// How often the index is looked at.
const PAUSE: Duration = Duration::from_millis(500);

/// A commit that is open, and what it is called.
pub(super) struct Opened {
    pub searcher: Searcher,
    /// [`Searcher::version`].
    pub version: String,
}

/// The open commit of an index folder.
pub(super) struct Archive {
    folder: PathBuf,
    current: ArcSwap<Opened>,
}

impl Archive {
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        Ok(Self { folder: folder.into(), current: ArcSwap::from_pointee(opened(folder)?) })
    }

    /// What to answer from; it stays as it is for as long as it is held.
    pub fn current(&self) -> Arc<Opened> {
        self.current.load_full()
    }

    /// When the files changed that tell of a commit or of a decision on names.
    fn stamp(&self) -> [Option<(SystemTime, u64)>; 2] {
        [self.folder.join("meta.json"), AliasLedger::path(&self.folder)].map(|path| {
            let metadata = path.metadata().ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        })
    }

    /// Opens what the folder has now; whether that is something else.
    fn refresh(&self) -> Result<bool, SearchError> {
        let new = opened(&self.folder)?;
        let is_new = new.version != self.current().version;
        if is_new {
            self.current.store(Arc::new(new));
        }
        Ok(is_new)
    }
}

fn opened(folder: &Path) -> Result<Opened, SearchError> {
    let searcher = Searcher::open(folder)?;
    let version = searcher.version();
    Ok(Opened { searcher, version })
}

/// Follows the index until the task is ended. A folder that cannot be read
/// costs nothing: what is open stays.
pub(super) async fn follow(house: Arc<House>) {
    let mut seen = house.archive.stamp();
    let mut failed = None;
    loop {
        tokio::time::sleep(PAUSE).await;
        let stamp = house.archive.stamp();
        if stamp == seen {
            continue;
        }
        let opening = house.clone();
        let refreshed = tokio::task::spawn_blocking(move || opening.archive.refresh()).await;
        match refreshed {
            Ok(Ok(is_new)) => {
                seen = stamp;
                if is_new {
                    house.cache.clear();
                    house.metrics.reloads.inc();
                    tracing::info!(version = house.archive.current().version, "a new commit is searched");
                }
            }
            // It is tried again, but told once.
            _ if failed == Some(stamp) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "the index has changed and cannot be opened; the last commit stays");
                failed = Some(stamp);
            }
            Err(_) => {
                tracing::warn!("opening the index failed; the last commit stays");
                failed = Some(stamp);
            }
        }
    }
}
