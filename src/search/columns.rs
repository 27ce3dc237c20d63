//! The fast fields of a segment, opened once.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use crate::index::NameId;

use super::SearchError;

/// Facets counted before names are unpacked.
const UNPACK_AFTER: u32 = 64;
/// The most names of a segment that are unpacked: 128 MB of them.
const UNPACK_MOST: u32 = 1 << 25;

/// The columns of a segment.
pub(super) struct Columns {
    /// Publication as `YYYYMMDD`, 0 where unknown.
    pub published: Column<u64>,
    names: Column<u64>,
    unpacked: OnceLock<Unpacked>,
    /// The order of what is otherwise equal.
    pub tie: Column<u64>,
    /// What copies share.
    pub signature: Column<u64>,
}

impl Columns {
    /// Hands the ids of an article's names to `each`.
    fn read_names(&self, doc: DocId, buffer: &mut Vec<u64>, mut each: impl FnMut(NameId)) {
        let rows = self.names.index.value_row_ids(doc);
        buffer.resize(rows.len(), 0);
        self.names.values.get_range(u64::from(rows.start), buffer);
        buffer.iter().for_each(|id| each(*id as NameId));
    }

    fn unpack(&self, documents: u32) -> Unpacked {
        let mut unpacked = Unpacked { starts: vec![0], ids: Vec::new() };
        let mut buffer = Vec::new();
        for doc in 0..documents {
            self.read_names(doc, &mut buffer, |id| unpacked.ids.push(id));
            unpacked.starts.push(unpacked.ids.len() as u32);
        }
        unpacked
    }

    pub fn open(segment: &SegmentReader) -> Result<Self, SearchError> {
        let fast = segment.fast_fields();
        Ok(Self {
            published: fast.u64("published")?,
            names: fast.u64("names")?,
            unpacked: OnceLock::new(),
            tie: fast.u64("tie")?,
            signature: fast.u64("signature")?,
        })
    }
}

/// A reader of one commit: tantivy's, with the columns of every segment.
pub(super) struct Snapshot {
    pub searcher: tantivy::Searcher,
    columns: Vec<Columns>,
    queries: AtomicU32,
}

/// The names of a segment's articles in plain memory: what costs a batch of
/// queries least, though one query would pay more for it than it gains.
struct Unpacked {
    starts: Vec<u32>,
    ids: Vec<NameId>,
}

impl Snapshot {
    pub fn new(searcher: tantivy::Searcher) -> Result<Self, SearchError> {
        let columns = searcher.segment_readers().iter().map(Columns::open).collect::<Result<_, _>>()?;
        Ok(Self { searcher, columns, queries: AtomicU32::new(0) })
    }

    /// Hands the ids of the names of some articles of one segment to `each`,
    /// article by article.
    pub fn names_of(&self, segment: u32, docs: impl Iterator<Item = DocId>, mut each: impl FnMut(NameId)) {
        let columns = self.columns(segment);
        let used = self.queries.fetch_add(1, Ordering::Relaxed);
        if used < UNPACK_AFTER || columns.names.values.num_vals() > UNPACK_MOST {
            let mut buffer = Vec::new();
            docs.for_each(|doc| columns.read_names(doc, &mut buffer, &mut each));
            return;
        }
        let documents = self.searcher.segment_reader(segment).max_doc();
        let unpacked = columns.unpacked.get_or_init(|| columns.unpack(documents));
        for doc in docs {
            let range = unpacked.starts[doc as usize] as usize..unpacked.starts[doc as usize + 1] as usize;
            unpacked.ids[range].iter().for_each(|id| each(*id));
        }
    }

    /// The columns of a segment by its number.
    pub fn columns(&self, segment: u32) -> &Columns {
        &self.columns[segment as usize]
    }
}
