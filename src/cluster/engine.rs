//! Opens an archive in a cluster.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::article::stable_hash;
use crate::cluster::address::{Access, Address};
use crate::cluster::backend::ClusterBackend;
use crate::cluster::catalog::name_keys_file::read_keys;
use crate::cluster::catalog::store::Catalog;
use crate::cluster::cluster_client::Cluster;
use crate::cluster::error::EngineError;
use crate::cluster::http::Client;
use crate::cluster::indices::Indices;
use crate::cluster::term_statistics::ClusterStatistics;
use crate::index::{IndexSchema, Names, open_tantivy};
use crate::search::error::SearchError;
use crate::search::searcher::Searcher;

/// An archive in a cluster.
pub struct Engine {
    pub(super) client: Arc<Client>,
    pub(super) address: Address,
    pub(super) indices: Indices,
    pub(super) folder: PathBuf,
}

impl Engine {
    /// The archive at an address; sends no request yet. The copy of its catalog is
    /// in a folder under `index`.
    ///
    /// # Errors
    /// [`EngineError::Setting`].
    pub fn new(address: Address, access: &Access, index: &Path) -> Result<Self, EngineError> {
        let client = Arc::new(Client::new(&address, access)?);
        let indices = Indices::of(&address);
        let folder = Self::folder_of(&address, index);
        Ok(Self { client, address, indices, folder })
    }

    /// The folder of the catalog's copy and of the alias ledger.
    pub fn folder_of(address: &Address, index: &Path) -> PathBuf {
        let mut nodes = address.nodes.clone();
        nodes.sort();
        let hash = stable_hash(nodes.join(",").as_bytes());
        index.join(format!(".engine-{}-{:08x}", address.name, hash >> 32))
    }

    /// Opens the archive for queries.
    ///
    /// # Errors
    /// [`SearchError`]: there are no articles, or a request failed.
    pub fn open(&self) -> Result<Searcher, SearchError> {
        if !self.indices.exist(&self.client, &self.address)? || !self.catalog().update()? {
            return Err(EngineError::Missing(self.address.to_string()).into());
        }
        let (_, info) = open_tantivy(&self.folder)?;
        let names = Names::open(&self.folder, &info.names_path(&self.folder))?.len();
        let keys = read_keys(&self.folder, names)?;
        let cluster = Arc::new(Cluster::new(self.client.clone(), self.indices.clone(), keys));
        let statistics = ClusterStatistics::new(cluster.clone(), IndexSchema::new())?;
        Searcher::with_backend(&self.folder, Box::new(ClusterBackend(cluster)), Arc::new(statistics))
    }

    /// Names the catalog that the cluster has now; `None` where it has none.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn version(&self) -> Result<Option<String>, EngineError> {
        self.catalog().version()
    }

    /// The folder of the catalog's copy.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn catalog(&self) -> Catalog<'_> {
        Catalog { client: &self.client, indices: &self.indices, folder: &self.folder }
    }
}
