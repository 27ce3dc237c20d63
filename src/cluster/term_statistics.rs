//! The statistics of an archive in a cluster: asked for together, and kept for a
//! while.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use tantivy::schema::Field;

use crate::cluster::articles::Cluster;
use crate::cluster::catalog_terms;
use crate::cluster::requests::{CollectionTotals, CountedTerm};
use crate::index::IndexSchema;
use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::snapshot::segments::OpenSegments;
use crate::search::snapshot::statistics::TermStatistics;
use crate::search::snapshot::term_lookup::TermCounts;

/// How long counts hold: other machines may add articles meanwhile.
const HOLD: Duration = Duration::from_secs(60);
/// The most terms whose counts are kept.
const KEPT: usize = 1 << 20;
/// What depends on counts asks for more of them at most so often.
const ROUNDS: usize = 16;

thread_local! {
    /// What the work at hand asked for and nobody has counted yet.
    static ASKED: RefCell<Vec<CountedTerm>> = RefCell::default();
}

/// The counts of a cluster.
pub(super) struct ClusterStatistics {
    cluster: Arc<Cluster>,
    schema: IndexSchema,
    known: Mutex<Known>,
}

struct Known {
    since: Instant,
    totals: CollectionTotals,
    counts: FxHashMap<CountedTerm, u64>,
}

impl ClusterStatistics {
    /// Asks for the totals.
    pub fn new(cluster: Arc<Cluster>, schema: IndexSchema) -> Result<Self, SearchError> {
        let known = Known { since: Instant::now(), totals: cluster.totals()?, counts: FxHashMap::default() };
        Ok(Self { cluster, schema, known: Mutex::new(known) })
    }

    /// In how many articles a word or stem stands: 0 where that is not known
    /// yet, and the work is done again by `settle`.
    fn frequency(&self, field: Field, term: &str, stem: bool) -> u64 {
        let counted = CountedTerm { field, term: term.to_owned(), stem };
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).counts.get(&counted).copied();
        known.unwrap_or_else(|| {
            ASKED.with_borrow_mut(|asked| asked.push(counted));
            0
        })
    }

    /// The words of the catalog that fit, with their articles in some fields.
    fn counts(&self, segments: &OpenSegments, fields: &[Field], fits: impl Fn(&str) -> bool) -> TermCounts {
        let frequency = |word: &str| fields.iter().map(|field| self.frequency(*field, word, false)).sum();
        catalog_terms::counts(segments, frequency, fits)
    }

    /// Forgets what was counted too long ago.
    fn refresh(&self) -> Result<(), SearchError> {
        let is_old = |known: &Known| known.since.elapsed() > HOLD;
        if !is_old(&self.known.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        let totals = self.cluster.totals()?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if is_old(&known) {
            *known = Known { since: Instant::now(), totals, counts: FxHashMap::default() };
        }
        Ok(())
    }
}

impl TermStatistics for ClusterStatistics {
    fn sizes(&self, _: &OpenSegments) -> (u64, (f32, f32)) {
        let totals = self.known.lock().unwrap_or_else(PoisonError::into_inner).totals;
        let mean = |words| ((words as f64 / totals.articles.max(1) as f64) as f32).max(1.0);
        (totals.articles, (mean(totals.words.0), mean(totals.words.1)))
    }

    fn term_frequency(&self, _: &OpenSegments, field: Field, term: &str) -> Result<u64, SearchError> {
        Ok(self.frequency(field, term, false))
    }

    fn stem_frequency(&self, _: &OpenSegments, field: Field, stem: &str, forms: &[String]) -> Result<u64, SearchError> {
        let is_only_form = matches!(forms, [word] if word == stem);
        Ok(self.frequency(field, stem, !is_only_form))
    }

    fn words_with_prefix(
        &self,
        segments: &OpenSegments,
        fields: &[Field],
        prefix: &str,
    ) -> Result<TermCounts, SearchError> {
        Ok(self.counts(segments, fields, |word| word.starts_with(prefix)))
    }

    fn words_within(
        &self,
        segments: &OpenSegments,
        fields: &[Field],
        word: &str,
        edits: u8,
    ) -> Result<TermCounts, SearchError> {
        Ok(self.counts(segments, fields, |other| catalog_terms::is_within(word, other, edits)))
    }

    fn words_alike(
        &self,
        segments: &OpenSegments,
        field: Field,
        word: &str,
        edits: u8,
    ) -> Result<TermCounts, SearchError> {
        Ok(self.counts(segments, &[field], |other| catalog_terms::is_alike(word, other, edits)))
    }

    fn dates(&self, segments: &OpenSegments, _: &[Field], days: Days) -> Result<Vec<String>, SearchError> {
        Ok(catalog_terms::dates(segments, days))
    }

    /// Runs the work on this thread again and again until all counts that it asks
    /// for are known.
    fn settle(&self, work: &mut dyn FnMut() -> Result<(), SearchError>) -> Result<(), SearchError> {
        self.refresh()?;
        for _ in 0..=ROUNDS {
            ASKED.take();
            let done = work();
            let mut asked = ASKED.take();
            if asked.is_empty() {
                return done;
            }
            asked.sort_unstable_by(|a, b| (a.field, a.stem, &a.term).cmp(&(b.field, b.stem, &b.term)));
            asked.dedup();
            let counts = self.cluster.frequencies(&self.schema, &asked)?;
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.counts.len() > KEPT {
                known.counts.clear();
            }
            known.counts.extend(asked.into_iter().zip(counts));
        }
        Err(SearchError::Unsettled)
    }
}
