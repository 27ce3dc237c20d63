//! An archive on other machines: the same newsearch on OpenSearch.
//!
//! Articles are read, recognized and analyzed here and sent ready-made; the
//! cluster holds postings, columns and the packed articles, in shards with
//! replicas. A catalog (names, who is who, copies, words) is kept beside them
//! and copied to where it is used. The cluster narrows a query to the articles
//! that can be among the best, and counts; what it finds is ranked and shown by
//! the code that ranks an index on disk. docs/cluster.md says more.

mod address;
mod articles;
mod backend;
mod bulk;
mod catalog;
mod catalog_terms;
mod document;
mod error;
mod export;
mod facets;
mod fetched_articles;
mod files;
mod http;
mod indices;
mod keys;
mod mapping;
mod query;
mod ram_index;
mod requests;
mod run;
mod search;
mod search_request;
mod term_statistics;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::article::stable_hash;
use crate::index::{IndexSchema, Names, open_tantivy};
use crate::search::{SearchError, Searcher};

pub use address::{Access, Address};
pub use error::EngineError;
pub use mapping::Spread;
pub use run::EngineOptions;

use articles::Cluster;
use backend::ClusterBackend;
use catalog::Catalog;
use http::Client;
use indices::Indices;
use term_statistics::ClusterStatistics;

/// An archive in a cluster.
pub struct Engine {
    client: Arc<Client>,
    address: Address,
    indices: Indices,
    folder: PathBuf,
}

impl Engine {
    /// The archive at an address; nothing is asked of it yet. Under `index` is
    /// a folder for the copy of its catalog.
    ///
    /// # Errors
    /// [`EngineError::Setting`].
    pub fn new(address: Address, access: &Access, index: &Path) -> Result<Self, EngineError> {
        let client = Arc::new(Client::new(&address, access)?);
        let indices = Indices::of(&address);
        let folder = Self::folder_of(&address, index);
        Ok(Self { client, address, indices, folder })
    }

    /// Where the copy of its catalog is, and the decisions on its names.
    pub fn folder_of(address: &Address, index: &Path) -> PathBuf {
        let mut nodes = address.nodes.clone();
        nodes.sort();
        let hash = stable_hash(nodes.join(",").as_bytes());
        index.join(format!(".engine-{}-{:08x}", address.name, hash >> 32))
    }

    /// Opens the archive for queries.
    ///
    /// # Errors
    /// [`SearchError`]: no articles, or what the cluster says.
    pub fn open(&self) -> Result<Searcher, SearchError> {
        if !self.indices.exist(&self.client, &self.address)? || !self.catalog().update()? {
            return Err(EngineError::Missing(self.address.to_string()).into());
        }
        let (_, info) = open_tantivy(&self.folder)?;
        let names = Names::open(&self.folder, &info.names_path(&self.folder))?.len();
        let keys = catalog::keys(&self.folder, names)?;
        let cluster = Arc::new(Cluster::new(self.client.clone(), self.indices.clone(), keys));
        let statistics = ClusterStatistics::new(cluster.clone(), IndexSchema::new())?;
        Searcher::with_backend(&self.folder, Box::new(ClusterBackend(cluster)), Arc::new(statistics))
    }

    /// Names the catalog that the cluster has now; none where it has none.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn version(&self) -> Result<Option<String>, EngineError> {
        self.catalog().version()
    }

    /// Where the copy of its catalog is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn catalog(&self) -> Catalog<'_> {
        Catalog { client: &self.client, indices: &self.indices, folder: &self.folder }
    }
}
