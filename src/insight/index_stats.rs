//! Counts and sizes of an index.

use serde::Serialize;

use crate::article::{EntityKind, iso_day};
use crate::index::Manifest;
use crate::insight::field_sizes::{Size, sizes_of};
use crate::search::{SearchError, Searcher};

/// Counts and sizes of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Stats {
    /// Searchable articles.
    pub articles: u64,
    /// Files they came from.
    pub files: usize,
    /// The folders and files that were given to index, as absolute paths.
    pub roots: Vec<String>,
    /// Distinct names of these articles by kind.
    pub names: Vec<(EntityKind, usize)>,
    /// First and last day of publication.
    pub published: Option<(String, String)>,
    /// Articles without a date.
    pub undated: u64,
    /// Bytes of article text indexed since the index was created.
    pub text_bytes: u64,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// The sizes of the parts of its segments, the largest first.
    pub sizes: Vec<Size>,
    /// tantivy segments.
    pub segments: usize,
    /// Commits so far.
    pub commits: u64,
    /// Version of the folder's format.
    pub format: u32,
}

impl Searcher {
    /// Counts and sizes of the index.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn stats(&self) -> Result<Stats, SearchError> {
        let archive = self.archive();
        let (info, snapshot) = (&archive.info, &archive.snapshot);
        let manifest = Manifest::read(&info.manifest_path(&archive.folder))?;
        let (mut first, mut last, mut undated) = (u64::MAX, 0, 0);
        for (number, segment) in snapshot.segments.searcher.segment_readers().iter().enumerate() {
            let published = &snapshot.columns(number as u32).published;
            for doc in segment.doc_ids_alive() {
                match published.first(doc).unwrap_or(0) {
                    0 => undated += 1,
                    day => (first, last) = (first.min(day), last.max(day)),
                }
            }
        }
        let mut names = [0; EntityKind::ALL.len()];
        for (id, _) in self.living_entities() {
            if let Some(kind) = archive.entities.kind(id) {
                names[kind.ordinal()] += 1;
            }
        }
        Ok(Stats {
            articles: snapshot.segments.searcher.num_docs(),
            files: manifest.files.len(),
            roots: manifest.roots.into_iter().collect(),
            names: EntityKind::ALL.into_iter().zip(names).collect(),
            published: (last > 0).then(|| (iso_day(first), iso_day(last))),
            undated,
            text_bytes: info.text_bytes,
            index_bytes: self.backend().bytes(archive)?,
            sizes: sizes_of(&snapshot.segments.searcher).map_err(SearchError::read)?,
            segments: snapshot.segments.searcher.segment_readers().len(),
            commits: info.generation,
            format: info.format,
        })
    }
}
