//! An open commit: tantivy's reader with what queries need of every segment.

use std::sync::Arc;

use quick_cache::sync::Cache;
use tantivy::directory::OwnedBytes;
use tantivy::schema::Field;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, SegmentReader};

use crate::index::{DuplicateClusters, Entities, EntityId, IndexSchema, Inflections, SegmentPositions};
use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::snapshot::columns::SegmentColumns;
use crate::search::snapshot::statistics::{OwnStatistics, TermStatistics};
use crate::search::snapshot::stem_postings::Stems;
use crate::search::snapshot::term_index::TermIndex;
use crate::search::snapshot::term_lookup::TermCounts;

/// The most words that are kept with what to ask for instead.
const OTHER_WORDS: usize = 2000;

/// Blocks of stored articles that are kept, of a few kB each.
const STORE_BLOCKS: usize = 64;

/// A reader of one commit: tantivy's, with the columns of every segment.
pub(crate) struct Snapshot {
    pub searcher: tantivy::Searcher,
    columns: Vec<SegmentColumns>,
    stores: Vec<StoreReader>,
    positions: Vec<SegmentPositions>,
    /// Articles, deleted ones of a segment not yet merged among them.
    pub documents: u64,
    /// Mean words of a title and of a body.
    pub mean_lengths: (f32, f32),
    statistics: Arc<dyn TermStatistics>,
    /// Which articles are copies of which.
    pub copies: Arc<DuplicateClusters>,
    /// The latest day of publication.
    pub newest: u64,
    /// What is written for stems.
    pub forms: Arc<Inflections>,
    /// The stems that were asked for.
    pub stems: Stems,
    /// Words that the archive lacks, and what to ask for instead.
    pub other_words: Cache<String, Option<String>>,
}

impl Snapshot {
    pub fn new(
        searcher: tantivy::Searcher,
        schema: &IndexSchema,
        copies: Arc<DuplicateClusters>,
        forms: Arc<Inflections>,
    ) -> Result<Self, SearchError> {
        let columns: Vec<SegmentColumns> =
            searcher.segment_readers().iter().map(SegmentColumns::open).collect::<Result<_, _>>()?;
        let store = |segment: &SegmentReader| segment.get_store_reader(STORE_BLOCKS);
        let stores = searcher.segment_readers().iter().map(store).collect::<Result<_, _>>()?;
        let positions = searcher.segment_readers().iter().map(SegmentPositions::open).collect::<Result<_, _>>()?;
        let newest = columns.iter().map(|columns| columns.published.max_value()).max().unwrap_or(0);
        let documents = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        let mean_lengths =
            (mean_length(&searcher, schema.title, documents)?, mean_length(&searcher, schema.body, documents)?);
        let stems = Stems::default();
        Ok(Self {
            searcher,
            columns,
            stores,
            positions,
            documents,
            mean_lengths,
            statistics: Arc::new(OwnStatistics),
            copies,
            newest,
            forms,
            stems,
            other_words: Cache::new(OTHER_WORDS),
        })
    }

    /// Some articles of an archive, in memory.
    pub fn of_archive(searcher: tantivy::Searcher, archive: &Self) -> Result<Self, SearchError> {
        let page = Self::new(searcher, &IndexSchema::new(), archive.copies.clone(), archive.forms.clone())?;
        Ok(Self { newest: archive.newest, ..page })
    }

    /// The same commit with statistics from elsewhere.
    #[cfg(feature = "cluster")]
    pub fn with_statistics(self, statistics: Arc<dyn TermStatistics>) -> Self {
        Self { statistics, ..self }
    }

    /// Articles, and the mean words of a title and of a body.
    pub fn sizes(&self) -> (u64, (f32, f32)) {
        self.statistics.sizes(self)
    }

    /// Runs work that asks for statistics until all of them are known.
    pub fn settle<T>(&self, mut work: impl FnMut() -> Result<T, SearchError>) -> Result<T, SearchError> {
        let mut done = None;
        self.statistics.settle(&mut || {
            done = Some(work()?);
            Ok(())
        })?;
        done.ok_or(SearchError::Unsettled)
    }

    /// The terms of a field of a segment.
    pub fn terms(&self, segment: u32, field: Field) -> Result<TermIndex<'_>, SearchError> {
        let index = self.searcher.segment_reader(segment).inverted_index(field)?;
        Ok(TermIndex { segment, field, index, positions: self.positions[segment as usize].field(field) })
    }

    /// The number of articles that have a term.
    pub fn term_frequency(&self, field: Field, term: &str) -> Result<u64, SearchError> {
        self.statistics.term_frequency(self, field, term)
    }

    /// The number of articles that have a stem in any of its forms; with a single
    /// form, that word.
    pub fn frequency(&self, field: Field, stem: &str, forms: &[String]) -> Result<u64, SearchError> {
        self.statistics.stem_frequency(self, field, stem, forms)
    }

    /// The words of some fields that begin so, with the number of articles.
    pub fn words_with_prefix(&self, fields: &[Field], prefix: &str) -> Result<TermCounts, SearchError> {
        self.statistics.words_with_prefix(self, fields, prefix)
    }

    /// The words of some fields within an edit distance of a word.
    pub fn words_within(&self, fields: &[Field], word: &str, edits: u8) -> Result<TermCounts, SearchError> {
        self.statistics.words_within(self, fields, word, edits)
    }

    /// The words of a field that a word may be a misspelling of.
    pub fn words_alike(&self, field: Field, word: &str, edits: u8) -> Result<TermCounts, SearchError> {
        self.statistics.words_alike(self, field, word, edits)
    }

    /// The terms of fields of dates that lie within some days, in order.
    pub fn dates(&self, fields: &[Field], days: Days) -> Result<Vec<String>, SearchError> {
        self.statistics.dates(self, fields, days)
    }

    /// A document as tantivy stores it. Its general way to read one takes a byte
    /// at a time.
    pub fn document(&self, address: DocAddress) -> Result<OwnedBytes, SearchError> {
        Ok(self.stores[address.segment_ord as usize].get_document_bytes(address.doc_id)?)
    }

    /// What orders an article among those that are otherwise equal, and tells
    /// its story.
    pub fn tie(&self, segment: u32, doc: DocId) -> u64 {
        self.columns(segment).tie.first(doc).unwrap_or(0)
    }

    /// Whether an article is a copy of an earlier one.
    pub fn is_copy(&self, segment: u32, doc: DocId) -> bool {
        !self.copies.is_empty() && self.copies.is_duplicate(self.tie(segment, doc))
    }

    /// The columns of a segment by its number.
    pub fn columns(&self, segment: u32) -> &SegmentColumns {
        &self.columns[segment as usize]
    }

    /// The entities that are shown and that some article still has, with the
    /// number of these articles.
    pub fn living_entities<'a>(&self, entities: &'a Entities) -> impl Iterator<Item = (EntityId, u32)> + use<'a> {
        let mut articles: Vec<u32> = vec![0; entities.len()];
        for (number, segment) in self.searcher.segment_readers().iter().enumerate() {
            let mut buffer = Vec::new();
            for doc in segment.doc_ids_alive() {
                self.columns[number].read_entities(doc, entities, &mut buffer);
                for id in &buffer {
                    if let Some(count) = articles.get_mut(*id as usize) {
                        *count += 1;
                    }
                }
            }
        }
        (0..).zip(articles).filter(|(id, count)| *count > 0 && entities.is_shown(*id))
    }

    /// Names of all articles, each counted once for an article.
    pub fn mentioned_names(&self) -> usize {
        self.columns.iter().map(|columns| columns.names.values.num_vals() as usize).sum()
    }

    /// Hands the entities of every document to `each`, with its segment.
    pub fn each_document(&self, entities: &Entities, each: &mut dyn FnMut(usize, &[EntityId])) {
        let (mut buffer, mut ids) = (Vec::new(), Vec::new());
        for (number, columns) in self.columns.iter().enumerate() {
            for doc in 0..self.searcher.segment_reader(number as u32).max_doc() {
                ids.clear();
                columns.read_entities(doc, entities, &mut buffer);
                ids.extend(buffer.iter().map(|id| *id as EntityId));
                each(number, &ids);
            }
        }
    }
}

fn mean_length(searcher: &tantivy::Searcher, field: Field, documents: u64) -> Result<f32, SearchError> {
    let mut tokens = 0;
    for segment in searcher.segment_readers() {
        tokens += segment.inverted_index(field)?.total_num_tokens();
    }
    Ok(((tokens as f64 / documents.max(1) as f64) as f32).max(1.0))
}
