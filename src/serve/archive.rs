//! The commit that is searched, and the next one when it lands.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;

use crate::cluster::Engine;
use crate::link::AliasLedger;
use crate::search::{SearchError, Searcher};

use super::House;

/// How often an index is looked at, and a cluster is asked.
const PAUSE: Duration = Duration::from_millis(500);
const CLUSTER_PAUSE: Duration = Duration::from_secs(2);

/// What is served: an index on disk, or an archive in a cluster.
pub enum Source {
    /// The folder of an index.
    Folder(PathBuf),
    /// A cluster.
    Engine(Engine),
}

impl Source {
    fn open(&self) -> Result<Opened, SearchError> {
        let searcher = match self {
            Self::Folder(folder) => Searcher::open(folder)?,
            Self::Engine(engine) => engine.open()?,
        };
        let version = searcher.version();
        Ok(Opened { searcher, version })
    }

    fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) => folder,
            Self::Engine(engine) => engine.folder(),
        }
    }

    fn pause(&self) -> Duration {
        match self {
            Self::Folder(_) => PAUSE,
            Self::Engine(_) => CLUSTER_PAUSE,
        }
    }

    /// What changes with a commit or with a decision on names; a cluster that
    /// does not answer has not changed.
    fn stamp(&self) -> Stamp {
        let version = match self {
            Self::Folder(_) => None,
            Self::Engine(engine) => engine.version().ok().flatten(),
        };
        let files = [self.folder().join("meta.json"), AliasLedger::path(self.folder())].map(|path| {
            let metadata = path.metadata().ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        });
        Stamp { version, files }
    }
}

/// When the files changed that tell of a commit or of a decision on names, and
/// the version of a cluster's catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    version: Option<String>,
    files: [Option<(SystemTime, u64)>; 2],
}

/// A commit that is open, and what it is called.
pub(super) struct Opened {
    pub searcher: Searcher,
    /// [`Searcher::version`].
    pub version: String,
}

/// The open commit of what is served.
pub(super) struct Archive {
    source: Source,
    current: ArcSwap<Opened>,
}

impl Archive {
    pub fn open(source: Source) -> Result<Self, SearchError> {
        let current = ArcSwap::from_pointee(source.open()?);
        Ok(Self { source, current })
    }

    /// What to answer from; it stays as it is for as long as it is held.
    pub fn current(&self) -> Arc<Opened> {
        self.current.load_full()
    }

    /// Opens what there is now; whether that is something else.
    fn refresh(&self) -> Result<bool, SearchError> {
        let new = self.source.open()?;
        let is_new = new.version != self.current().version;
        if is_new {
            self.current.store(Arc::new(new));
        }
        Ok(is_new)
    }
}

/// Follows the index until the task is ended. One that cannot be read costs
/// nothing: what is open stays.
pub(super) async fn follow(house: Arc<House>) {
    let mut seen = stamp(&house).await;
    let mut failed = None;
    loop {
        tokio::time::sleep(house.archive.source.pause()).await;
        let stamp = stamp(&house).await;
        if stamp == seen || stamp.is_none() {
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
            _ if failed == stamp => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "the index has changed and cannot be opened; the last commit stays");
                failed = stamp;
            }
            Err(_) => {
                tracing::warn!("opening the index failed; the last commit stays");
                failed = stamp;
            }
        }
    }
}

/// Looks at the source off the threads that talk to clients.
async fn stamp(house: &Arc<House>) -> Option<Stamp> {
    let house = house.clone();
    tokio::task::spawn_blocking(move || house.archive.source.stamp()).await.ok()
}
