//! The fast fields of a commit, opened once.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use quick_cache::sync::Cache;
use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::OwnedBytes;
use tantivy::schema::{Field, Term};
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, SegmentReader};

use crate::index::{DuplicateClusters, Entities, EntityId, IndexSchema, Inflections, NameId, SegmentPositions};

use super::SearchError;
use super::candidates::Candidate;
use super::documents::Stems;
use super::facets::Table;
use super::shards::Shards;
use super::statistics::Statistics;
use super::term_index::TermIndex;

/// Facets counted before names are unpacked.
const UNPACK_AFTER: u32 = 64;
/// The most names that are unpacked: 256 MB of them.
const UNPACK_MOST: usize = 1 << 26;

/// The most words that are kept with what to ask for instead.
const OTHER_WORDS: usize = 2000;

/// Blocks of stored articles that are kept, of a few kB each.
const STORE_BLOCKS: usize = 64;

/// The columns of a segment.
pub(super) struct Columns {
    /// Publication as `YYYYMMDD`, 0 where unknown.
    pub published: Column<u64>,
    /// The commit that an article came with.
    pub commit: Column<u64>,
    /// The order of what is otherwise equal.
    pub tie: Column<u64>,
    /// The sources, as facets show them; none where no article has one.
    pub source: Option<StrColumn>,
    /// The sections.
    pub section: Option<StrColumn>,
    /// The ids of an article's names.
    names: Column<u64>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> Result<Self, SearchError> {
        let fast = segment.fast_fields();
        Ok(Self {
            published: fast.u64("published")?,
            commit: fast.u64("commit")?,
            tie: fast.u64("tie")?,
            source: fast.str("source_name")?,
            section: fast.str("section_name")?,
            names: fast.u64("names")?,
        })
    }

    /// Fills `buffer` with the entities of an article, each once.
    pub fn read_entities(&self, doc: DocId, entities: &Entities, buffer: &mut Vec<u64>) {
        let rows = self.names.index.value_row_ids(doc);
        buffer.resize(rows.len(), 0);
        self.names.values.get_range(u64::from(rows.start), buffer);
        let mut joined = false;
        for id in buffer.iter_mut() {
            let entity = u64::from(entities.of(*id as NameId));
            joined |= entity != *id;
            *id = entity;
        }
        if joined {
            buffer.sort_unstable();
            buffer.dedup();
        }
    }
}

/// A reader of one commit: tantivy's, with the columns of every segment.
pub(super) struct Snapshot {
    pub searcher: tantivy::Searcher,
    columns: Vec<Columns>,
    stores: Vec<StoreReader>,
    positions: Vec<SegmentPositions>,
    /// Articles, deleted ones of a segment not yet merged among them.
    documents: u64,
    /// Mean words of a title and of a body.
    mean_lengths: (f32, f32),
    /// Counts words where the postings are in a cluster.
    pub statistics: Option<Statistics>,
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
    counted: AtomicU32,
    table: OnceLock<Option<Table>>,
}

impl Snapshot {
    pub fn new(
        searcher: tantivy::Searcher,
        schema: &IndexSchema,
        copies: Arc<DuplicateClusters>,
        forms: Arc<Inflections>,
    ) -> Result<Self, SearchError> {
        let columns: Vec<Columns> = searcher.segment_readers().iter().map(Columns::open).collect::<Result<_, _>>()?;
        let store = |segment: &SegmentReader| segment.get_store_reader(STORE_BLOCKS);
        let stores = searcher.segment_readers().iter().map(store).collect::<Result<_, _>>()?;
        let positions = searcher.segment_readers().iter().map(SegmentPositions::open).collect::<Result<_, _>>()?;
        let newest = columns.iter().map(|columns| columns.published.max_value()).max().unwrap_or(0);
        let documents = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum();
        let mean_lengths =
            (mean_length(&searcher, schema.title, documents)?, mean_length(&searcher, schema.body, documents)?);
        let (counted, table) = (AtomicU32::new(0), OnceLock::new());
        let stems = Stems::default();
        Ok(Self {
            searcher,
            columns,
            stores,
            positions,
            documents,
            mean_lengths,
            statistics: None,
            copies,
            newest,
            forms,
            stems,
            other_words: Cache::new(OTHER_WORDS),
            counted,
            table,
        })
    }

    /// Some articles of an archive, in memory.
    pub fn of_page(searcher: tantivy::Searcher, archive: &Self) -> Result<Self, SearchError> {
        let page = Self::new(searcher, &IndexSchema::new(), archive.copies.clone(), archive.forms.clone())?;
        Ok(Self { newest: archive.newest, ..page })
    }

    /// Leaves the counting of words to a cluster.
    pub fn counted_by(self, shards: Arc<dyn Shards>, schema: &IndexSchema) -> Result<Self, SearchError> {
        Ok(Self { statistics: Some(Statistics::new(shards, schema.clone())?), ..self })
    }

    /// Articles, and the mean words of a title and of a body.
    pub fn sizes(&self) -> (u64, (f32, f32)) {
        let Some(statistics) = &self.statistics else { return (self.documents, self.mean_lengths) };
        let totals = statistics.totals();
        let mean = |words| ((words as f64 / totals.articles.max(1) as f64) as f32).max(1.0);
        (totals.articles, (mean(totals.words.0), mean(totals.words.1)))
    }

    /// Does work that asks for counts until they are all known.
    pub fn settle<T>(&self, mut work: impl FnMut() -> Result<T, SearchError>) -> Result<T, SearchError> {
        match &self.statistics {
            Some(statistics) => statistics.settle(work),
            None => work(),
        }
    }

    /// The terms of a field of a segment.
    pub fn terms(&self, segment: u32, field: Field) -> Result<TermIndex<'_>, SearchError> {
        let index = self.searcher.segment_reader(segment).inverted_index(field)?;
        Ok(TermIndex { segment, field, index, positions: self.positions[segment as usize].field(field) })
    }

    /// In how many articles a term stands.
    pub fn term_frequency(&self, field: Field, term: &str) -> Result<u64, SearchError> {
        match &self.statistics {
            Some(statistics) => Ok(statistics.frequency(field, term, false)),
            None => Ok(self.searcher.doc_freq(&Term::from_field_text(field, term))?),
        }
    }

    /// In how many articles a stem stands, in any of its forms; or a word, which
    /// is its only form.
    pub fn frequency(&self, field: Field, stem: &str, forms: &[String]) -> Result<u64, SearchError> {
        if let [word] = forms
            && (self.statistics.is_none() || word == stem)
        {
            return self.term_frequency(field, word);
        }
        if let Some(statistics) = &self.statistics {
            return Ok(statistics.frequency(field, stem, true));
        }
        let mut sum = 0;
        for number in (0..).take(self.positions.len()) {
            let index = self.terms(number, field)?;
            let posted = self.stems.get(&index, (stem, forms))?;
            sum += match &posted.terms[..] {
                [] => 0,
                [one] => u64::from(one.info.doc_freq),
                _ => posted.documents(&index)?.len() as u64,
            };
        }
        Ok(sum)
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
    pub fn columns(&self, segment: u32) -> &Columns {
        &self.columns[segment as usize]
    }

    /// The names of all articles unpacked, for those who count often: `None`
    /// for the first queries, and in an archive of too many names.
    pub fn table(&self, entities: &Entities) -> Option<&Table> {
        if self.counted.fetch_add(1, Ordering::Relaxed) < UNPACK_AFTER {
            return None;
        }
        self.table.get_or_init(|| self.unpack(entities)).as_ref()
    }

    /// Hands the entities of some articles to `each`.
    pub fn entities_of(&self, entities: &Entities, articles: &[Candidate], mut each: impl FnMut(EntityId)) {
        let mut buffer = Vec::new();
        for article in articles {
            self.columns(article.segment).read_entities(article.doc, entities, &mut buffer);
            buffer.iter().for_each(|id| each(*id as EntityId));
        }
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

    fn unpack(&self, entities: &Entities) -> Option<Table> {
        let sizes = self.columns.iter().map(|columns| columns.names.values.num_vals() as usize);
        let fits = sizes.sum::<usize>() <= UNPACK_MOST;
        fits.then(|| Table::new(entities, |each| self.each_document(entities, each)))
    }

    /// Hands the entities of every document to `each`, with its segment.
    fn each_document(&self, entities: &Entities, each: &mut dyn FnMut(usize, &[EntityId])) {
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
