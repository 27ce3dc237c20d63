//! A snapshot: one commit, opened for queries.

use std::collections::BTreeSet;
use std::sync::Arc;

use quick_cache::sync::Cache;
use tantivy::directory::OwnedBytes;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId};

use crate::article::FieldName;
use crate::index::{DuplicateClusters, Entities, EntityId, IndexSchema, Inflections};
use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::snapshot::columns::SegmentColumns;
use crate::search::snapshot::local_statistics::LocalStatistics;
use crate::search::snapshot::segments::OpenSegments;
use crate::search::snapshot::statistics::TermStatistics;
use crate::search::snapshot::term_index::TermIndex;
use crate::search::snapshot::term_lookup::TermCounts;

/// Cached spelling corrections.
const CORRECTIONS: usize = 2000;
/// Words of which it is cached whether they are given names.
const GIVEN_NAMES: usize = 2000;

/// One commit: its segments, the statistics that scores depend on, and its
/// duplicate clusters.
pub(crate) struct Snapshot {
    pub segments: OpenSegments,
    statistics: Arc<dyn TermStatistics>,
    /// The duplicate clusters.
    pub copies: Arc<DuplicateClusters>,
    /// The latest day of publication, `YYYYMMDD`; 0 where no article has one.
    pub newest: u64,
    /// Spelling corrections of words that the archive lacks, cached across
    /// queries; `None` where there is none.
    pub corrections: Cache<String, Option<String>>,
    /// Whether words are mostly the given names of people, cached across queries.
    pub given_names: Cache<String, bool>,
}

impl Snapshot {
    pub fn new(
        searcher: tantivy::Searcher,
        schema: &IndexSchema,
        copies: Arc<DuplicateClusters>,
        forms: Arc<Inflections>,
    ) -> Result<Self, SearchError> {
        let segments = OpenSegments::open(searcher, schema, forms)?;
        let newest = segments.all_columns().iter().map(|columns| columns.published.max_value()).max().unwrap_or(0);
        let statistics = Arc::new(LocalStatistics);
        let (corrections, given_names) = (Cache::new(CORRECTIONS), Cache::new(GIVEN_NAMES));
        Ok(Self { segments, statistics, copies, newest, corrections, given_names })
    }

    /// An in-memory index of some articles of `archive`, with the archive's
    /// duplicate clusters, word forms and newest day.
    pub fn of_archive(searcher: tantivy::Searcher, archive: &Self) -> Result<Self, SearchError> {
        let page = Self::new(searcher, &IndexSchema::new(), archive.copies.clone(), archive.segments.forms.clone())?;
        Ok(Self { newest: archive.newest, ..page })
    }

    /// The same commit with statistics from another source.
    #[cfg(feature = "cluster")]
    pub fn with_statistics(self, statistics: Arc<dyn TermStatistics>) -> Self {
        Self { statistics, ..self }
    }

    /// Number of articles without those removed.
    pub fn articles(&self) -> u64 {
        self.statistics.living_articles(&self.segments)
    }

    /// Number of articles, and the mean words of a title and of a body.
    pub fn sizes(&self) -> (u64, (f32, f32)) {
        self.statistics.sizes(&self.segments)
    }

    /// Runs work that reads statistics, again until all of them are known.
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
        self.segments.terms(segment, field)
    }

    /// The number of articles that have a term.
    pub fn term_frequency(&self, field: Field, term: &str) -> Result<u64, SearchError> {
        self.statistics.term_frequency(&self.segments, field, term)
    }

    /// The number of articles that have any of these words: the forms of one.
    pub fn frequency(&self, field: Field, forms: &[String]) -> Result<u64, SearchError> {
        self.statistics.forms_frequency(&self.segments, field, forms)
    }

    /// The words of some fields with a prefix, with the number of articles.
    pub fn words_with_prefix(&self, fields: &[Field], prefix: &str) -> Result<TermCounts, SearchError> {
        self.statistics.words_with_prefix(&self.segments, fields, prefix)
    }

    /// The words of some fields within an edit distance of a word.
    pub fn words_within(&self, fields: &[Field], word: &str, edits: u8) -> Result<TermCounts, SearchError> {
        self.statistics.words_within(&self.segments, fields, word, edits)
    }

    /// The words of a field that a word may be a misspelling of.
    pub fn words_alike(&self, field: Field, word: &str, edits: u8) -> Result<TermCounts, SearchError> {
        self.statistics.words_alike(&self.segments, field, word, edits)
    }

    /// The terms of date fields within some days, in order.
    pub fn dates(&self, fields: &[Field], days: Days) -> Result<Vec<String>, SearchError> {
        self.statistics.dates(&self.segments, fields, days)
    }

    /// The bytes of a stored document.
    pub fn document(&self, address: DocAddress) -> Result<OwnedBytes, SearchError> {
        self.segments.document(address)
    }

    /// The key of an article: orders equally good hits, and identifies the
    /// article in the duplicate clusters.
    pub fn tie(&self, segment: u32, doc: DocId) -> u64 {
        self.columns(segment).tie.first(doc).unwrap_or(0)
    }

    /// Whether an article is a duplicate of an earlier one.
    pub fn is_copy(&self, segment: u32, doc: DocId) -> bool {
        !self.copies.is_empty() && self.copies.is_duplicate(self.tie(segment, doc))
    }

    /// Adds the tags and fields of the user that articles have values of.
    pub fn add_fields(&self, fields: &mut BTreeSet<FieldName>) -> std::io::Result<()> {
        self.segments.all_columns().iter().try_for_each(|columns| columns.add_fields(fields))
    }

    /// The columns of a segment.
    pub fn columns(&self, segment: u32) -> &SegmentColumns {
        self.segments.columns(segment)
    }

    /// The visible entities of articles that are not deleted, with their number
    /// of articles.
    pub fn living_entities<'a>(&self, entities: &'a Entities) -> impl Iterator<Item = (EntityId, u32)> + use<'a> {
        let mut articles: Vec<u32> = vec![0; entities.len()];
        for (number, segment) in (0..).zip(self.segments.searcher.segment_readers()) {
            let mut buffer = Vec::new();
            for doc in segment.doc_ids_alive() {
                self.columns(number).read_entities(doc, entities, &mut buffer);
                for id in &buffer {
                    if let Some(count) = articles.get_mut(*id as usize) {
                        *count += 1;
                    }
                }
            }
        }
        (0..).zip(articles).filter(|(id, count)| *count > 0 && entities.is_shown(*id))
    }

    /// Number of names over all articles, each counted once per article.
    pub fn mentioned_names(&self) -> usize {
        self.segments.all_columns().iter().map(|columns| columns.names.values.num_vals() as usize).sum()
    }

    /// Calls `each` for every document with its segment and its entities.
    pub fn each_document(&self, entities: &Entities, each: &mut dyn FnMut(usize, &[EntityId])) {
        let (mut buffer, mut ids) = (Vec::new(), Vec::new());
        for (number, columns) in self.segments.all_columns().iter().enumerate() {
            for doc in 0..self.segments.searcher.segment_reader(number as u32).max_doc() {
                ids.clear();
                columns.read_entities(doc, entities, &mut buffer);
                ids.extend(buffer.iter().map(|id| *id as EntityId));
                each(number, &ids);
            }
        }
    }
}
