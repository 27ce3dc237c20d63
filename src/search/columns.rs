//! The fast fields of a segment, opened once.

use tantivy::SegmentReader;
use tantivy::columnar::Column;

use super::SearchError;

/// The columns of a segment.
pub(super) struct Columns {
    /// Publication as `YYYYMMDD`, 0 where unknown.
    pub published: Column<u64>,
    /// The ids of an article's names.
    pub names: Column<u64>,
    /// The order of what is otherwise equal.
    pub tie: Column<u64>,
    /// What copies share.
    pub signature: Column<u64>,
}

impl Columns {
    pub fn open(segment: &SegmentReader) -> Result<Self, SearchError> {
        let fast = segment.fast_fields();
        Ok(Self {
            published: fast.u64("published")?,
            names: fast.u64("names")?,
            tie: fast.u64("tie")?,
            signature: fast.u64("signature")?,
        })
    }
}

/// A reader of one commit: tantivy's, with the columns of every segment.
pub(super) struct Snapshot {
    pub searcher: tantivy::Searcher,
    columns: Vec<Columns>,
}

impl Snapshot {
    pub fn new(searcher: tantivy::Searcher) -> Result<Self, SearchError> {
        let columns = searcher.segment_readers().iter().map(Columns::open).collect::<Result<_, _>>()?;
        Ok(Self { searcher, columns })
    }

    /// The columns of a segment by its number.
    pub fn columns(&self, segment: u32) -> &Columns {
        &self.columns[segment as usize]
    }
}
