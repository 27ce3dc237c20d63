//! Where the articles are: an index folder, or an OpenSearch cluster. The only
//! file of the command line that names `crate::cluster`.

use std::path::{Path, PathBuf};

#[cfg(feature = "cluster")]
use crate::cluster::{Access, Address, Engine, EngineOptions, Spread};
use crate::pipeline::{IndexOptions, Pipeline, Progress, Summary};
use crate::search::{SearchError, Searcher};

use super::global::Global;
use super::output::Output;

/// Where the articles are searched and indexed.
pub(super) enum Backend {
    /// An index folder.
    Folder(PathBuf),
    /// An archive in a cluster.
    #[cfg(feature = "cluster")]
    Cluster(Engine),
}

impl Backend {
    /// The backend that the flags name.
    pub fn new(global: &Global) -> anyhow::Result<Self> {
        #[cfg(feature = "cluster")]
        if let Some(address) = address(global)? {
            return Ok(Self::Cluster(Engine::new(address, &Access::from_environment()?, &global.index)?));
        }
        Ok(Self::Folder(global.index.clone()))
    }

    /// The index folder; none for a cluster.
    pub fn local_folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            #[cfg(feature = "cluster")]
            Self::Cluster(_) => None,
        }
    }

    fn open(&self) -> Result<Searcher, SearchError> {
        match self {
            Self::Folder(folder) => Searcher::open(folder),
            #[cfg(feature = "cluster")]
            Self::Cluster(engine) => engine.open(),
        }
    }

    /// Indexes articles; `how` applies to a cluster.
    pub fn index(
        &self,
        pipeline: &Pipeline,
        options: &IndexOptions,
        how: ClusterIndexing,
        progress: &mut dyn Progress,
    ) -> anyhow::Result<Summary> {
        match self {
            Self::Folder(folder) => {
                let run = if how.rebuild { Pipeline::rebuild } else { Pipeline::index_with };
                Ok(run(pipeline, options, folder, progress)?)
            }
            #[cfg(feature = "cluster")]
            Self::Cluster(engine) => {
                let how = EngineOptions { spread: how.flags.spread(), rebuild: how.rebuild };
                Ok(engine.index(pipeline, options, how, progress)?)
            }
        }
    }

    /// What a server answers from.
    #[cfg(feature = "serve")]
    pub fn into_source(self) -> crate::serve::Source {
        match self {
            Self::Folder(folder) => crate::serve::Source::Folder(folder),
            #[cfg(feature = "cluster")]
            Self::Cluster(engine) => crate::serve::Source::Engine(engine),
        }
    }
}

/// How articles are indexed into a cluster; a folder takes no notice of it.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(feature = "cluster"), allow(dead_code))]
pub(super) struct ClusterIndexing {
    pub flags: SpreadFlags,
    /// Whether to build a new archive and put it in the place of the old one.
    pub rebuild: bool,
}

/// How the indices of a new archive in a cluster are spread.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct SpreadFlags {
    /// With --engine, for a new archive: parts that its articles are spread over
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1024))]
    shards: u32,
    /// With --engine, for a new archive: further copies of each part
    #[cfg(feature = "cluster")]
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=16))]
    replicas: u32,
}

impl SpreadFlags {
    #[cfg(feature = "cluster")]
    fn spread(self) -> Spread {
        Spread { shards: self.shards, replicas: self.replicas }
    }
}

/// Opens the index; entries of its alias ledger that cannot be read are
/// reported.
pub(super) fn open(global: &Global, output: &mut Output) -> anyhow::Result<Searcher> {
    let searcher = Backend::new(global)?.open()?;
    for problem in searcher.entity_table().problems() {
        output.error(&problem.to_string());
    }
    Ok(searcher)
}

/// The folder of the alias ledger and the alerts: the index, or the local copy
/// of a cluster's catalog.
pub(super) fn data_folder(global: &Global) -> anyhow::Result<PathBuf> {
    #[cfg(feature = "cluster")]
    if let Some(address) = address(global)? {
        return Ok(Engine::folder_of(&address, &global.index));
    }
    Ok(global.index.clone())
}

/// What is searched, as messages name it.
#[cfg(feature = "serve")]
pub(super) fn display_name(global: &Global) -> String {
    #[cfg(feature = "cluster")]
    if let Some(engine) = global.engine.clone().filter(|engine| !engine.is_empty()) {
        return engine;
    }
    global.index.display().to_string()
}

#[cfg(feature = "cluster")]
fn address(global: &Global) -> anyhow::Result<Option<Address>> {
    let address = global.engine.as_deref().filter(|address| !address.trim().is_empty());
    Ok(address.map(str::parse).transpose()?)
}
