//! The opened segments of one commit.

use std::sync::Arc;

use tantivy::directory::OwnedBytes;
use tantivy::schema::Field;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, SegmentReader};

use crate::index::{IndexSchema, Inflections, SegmentPositions};
use crate::search::error::SearchError;
use crate::search::snapshot::columns::SegmentColumns;
use crate::search::snapshot::form_postings::FormCache;
use crate::search::snapshot::term_index::TermIndex;

/// Cached blocks of stored articles, a few kB each.
const STORE_BLOCKS: usize = 64;

/// The segments of a commit: dictionaries, postings, positions, columns and
/// stored articles.
pub(crate) struct OpenSegments {
    pub searcher: tantivy::Searcher,
    columns: Vec<SegmentColumns>,
    stores: Vec<StoreReader>,
    positions: Vec<SegmentPositions>,
    /// Number of articles, including deleted ones of segments not yet merged.
    pub documents: u64,
    /// Mean words of a title and of a body, each at least 1.
    pub mean_lengths: (f32, f32),
    /// The written forms of each stem.
    pub forms: Arc<Inflections>,
    /// Postings of words with several forms, cached across queries.
    pub words: FormCache,
}

impl OpenSegments {
    pub fn open(
        searcher: tantivy::Searcher,
        schema: &IndexSchema,
        forms: Arc<Inflections>,
    ) -> Result<Self, SearchError> {
        let columns = searcher.segment_readers().iter().map(SegmentColumns::open).collect::<Result<_, _>>()?;
        let store = |segment: &SegmentReader| segment.get_store_reader(STORE_BLOCKS);
        let stores =
            searcher.segment_readers().iter().map(store).collect::<Result<_, _>>().map_err(SearchError::read)?;
        let positions = searcher
            .segment_readers()
            .iter()
            .map(SegmentPositions::open)
            .collect::<Result<_, _>>()
            .map_err(SearchError::read)?;
        let documents = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        let mean_lengths =
            (mean_length(&searcher, schema.title, documents)?, mean_length(&searcher, schema.body, documents)?);
        Ok(Self { searcher, columns, stores, positions, documents, mean_lengths, forms, words: FormCache::default() })
    }

    /// The terms of a field of a segment.
    pub fn terms(&self, segment: u32, field: Field) -> Result<TermIndex<'_>, SearchError> {
        let index = self.searcher.segment_reader(segment).inverted_index(field).map_err(SearchError::read)?;
        Ok(TermIndex { segment, field, index, positions: self.positions[segment as usize].field(field) })
    }

    /// The columns of a segment.
    pub fn columns(&self, segment: u32) -> &SegmentColumns {
        &self.columns[segment as usize]
    }

    /// The columns of all segments, in order.
    pub fn all_columns(&self) -> &[SegmentColumns] {
        &self.columns
    }

    /// The bytes of a stored document; tantivy's own document reader decodes
    /// byte by byte and is slower.
    pub fn document(&self, address: DocAddress) -> Result<OwnedBytes, SearchError> {
        self.stores[address.segment_ord as usize].get_document_bytes(address.doc_id).map_err(SearchError::read)
    }
}

fn mean_length(searcher: &tantivy::Searcher, field: Field, documents: u64) -> Result<f32, SearchError> {
    let mut tokens = 0;
    for segment in searcher.segment_readers() {
        tokens += segment.inverted_index(field).map_err(SearchError::read)?.total_num_tokens();
    }
    Ok(((tokens as f64 / documents.max(1) as f64) as f32).max(1.0))
}
