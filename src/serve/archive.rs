//! The open commit of the archive that is served.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;

#[cfg(feature = "cluster")]
use crate::cluster::Engine;
use crate::index::MappedFiles;
use crate::link::AliasLedger;
use crate::search::{SearchError, Searcher};

/// How often an index folder is checked for a new commit.
const POLL_INTERVAL: Duration = Duration::from_millis(500);
/// How often a cluster is asked for one.
#[cfg(feature = "cluster")]
const CLUSTER_POLL_INTERVAL: Duration = Duration::from_secs(2);

/// What is served: an index on disk, or an archive in a cluster.
#[non_exhaustive]
pub enum Source {
    /// The folder of an index.
    Folder(PathBuf),
    /// An archive in a cluster.
    #[cfg(feature = "cluster")]
    Engine(Engine),
}

impl Source {
    fn open(&self) -> Result<OpenCommit, SearchError> {
        let searcher = match self {
            Self::Folder(folder) => Searcher::open(folder)?,
            #[cfg(feature = "cluster")]
            Self::Engine(engine) => engine.open()?,
        };
        for problem in searcher.entity_table().problems() {
            tracing::warn!(%problem, "decisions about names are left out");
        }
        let version = searcher.version();
        let files = MappedFiles::of(self.folder()).unwrap_or_default();
        Ok(OpenCommit { searcher, version, files })
    }

    fn folder(&self) -> &Path {
        match self {
            Self::Folder(folder) => folder,
            #[cfg(feature = "cluster")]
            Self::Engine(engine) => engine.folder(),
        }
    }

    pub(super) fn poll_interval(&self) -> Duration {
        match self {
            Self::Folder(_) => POLL_INTERVAL,
            #[cfg(feature = "cluster")]
            Self::Engine(_) => CLUSTER_POLL_INTERVAL,
        }
    }

    /// A value that changes with every commit and every edit of the alias ledger;
    /// a cluster that does not answer counts as unchanged.
    pub(super) fn stamp(&self) -> Stamp {
        let version = match self {
            Self::Folder(_) => None,
            #[cfg(feature = "cluster")]
            Self::Engine(engine) => engine.version().ok().flatten(),
        };
        let files = [self.folder().join("meta.json"), AliasLedger::path(self.folder())].map(|path| {
            let metadata = path.metadata().ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        });
        Stamp { version, files }
    }
}

/// Modification times and sizes of the files that change with a commit or with
/// the alias ledger, and the version of a cluster's catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    version: Option<String>,
    files: [Option<(SystemTime, u64)>; 2],
}

/// An open commit and its version.
pub(super) struct OpenCommit {
    pub searcher: Searcher,
    /// [`Searcher::version`].
    pub version: String,
    files: MappedFiles,
}

impl OpenCommit {
    /// What is wrong where a file of the commit was shortened since it was opened,
    /// so that reading it could end the process.
    pub fn shortened(&self) -> Option<String> {
        let name = self.files.shortened()?.file_name().unwrap_or_default();
        Some(format!("{} was shortened by another program while it is in use", name.to_string_lossy()))
    }
}

/// The open commit of what is served.
pub(super) struct Archive {
    pub source: Source,
    current: ArcSwap<OpenCommit>,
}

impl Archive {
    pub fn open(source: Source) -> Result<Self, SearchError> {
        let current = ArcSwap::from_pointee(source.open()?);
        Ok(Self { source, current })
    }

    /// The current commit; it does not change for as long as it is held.
    pub fn current(&self) -> Arc<OpenCommit> {
        self.current.load_full()
    }

    /// Opens the latest commit, and says whether it took the place of the current
    /// one: where it is a new one, or always.
    pub fn refresh(&self, always: bool) -> Result<bool, SearchError> {
        let new = self.source.open()?;
        let is_new = always || new.version != self.current().version;
        if is_new {
            self.current.store(Arc::new(new));
        }
        Ok(is_new)
    }
}
