//! The term statistics of an archive in a cluster: requested together, and cached.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use tantivy::schema::Field;

use crate::cluster::catalog::catalog_terms;
use crate::cluster::cluster_client::Cluster;
use crate::cluster::requests::{CollectionTotals, CountedTerms};
use crate::index::IndexSchema;
use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::snapshot::segments::OpenSegments;
use crate::search::snapshot::statistics::TermStatistics;
use crate::search::snapshot::term_lookup::TermCounts;

/// How long counts are cached: other machines may add articles meanwhile.
const MAX_AGE: Duration = Duration::from_secs(60);
/// The most terms whose counts are cached.
const MAX_TERMS: usize = 1 << 20;
/// How often work may request further counts before it is given up.
const ROUNDS: usize = 16;

thread_local! {
    /// Terms that the current work requested and that are not counted yet.
    static REQUESTED: RefCell<Vec<CountedTerms>> = RefCell::default();
}

/// Where counts come from.
pub(super) trait CountSource: Send + Sync {
    /// The number of articles and of words.
    fn totals(&self) -> Result<CollectionTotals, SearchError>;
    /// The document frequency of each term.
    fn frequencies(&self, schema: &IndexSchema, terms: &[CountedTerms]) -> Result<Vec<u64>, SearchError>;
}

impl CountSource for Cluster {
    fn totals(&self) -> Result<CollectionTotals, SearchError> {
        Cluster::totals(self)
    }

    fn frequencies(&self, schema: &IndexSchema, terms: &[CountedTerms]) -> Result<Vec<u64>, SearchError> {
        Cluster::frequencies(self, schema, terms)
    }
}

/// The cached counts of a cluster.
pub(super) struct ClusterStatistics {
    source: Arc<dyn CountSource>,
    schema: IndexSchema,
    cache: Mutex<CountCache>,
}

struct CountCache {
    since: Instant,
    totals: CollectionTotals,
    counts: FxHashMap<CountedTerms, u64>,
}

impl ClusterStatistics {
    /// Requests the totals.
    pub fn new(source: Arc<dyn CountSource>, schema: IndexSchema) -> Result<Self, SearchError> {
        let cache = CountCache { since: Instant::now(), totals: source.totals()?, counts: FxHashMap::default() };
        Ok(Self { source, schema, cache: Mutex::new(cache) })
    }

    /// The number of articles with any of these words; 0 where it is not counted yet and
    /// `settle` runs the work again.
    fn frequency(&self, field: Field, terms: &[&str]) -> u64 {
        let counted = CountedTerms { field, terms: terms.iter().map(ToString::to_string).collect() };
        let count = self.cache.lock().unwrap_or_else(PoisonError::into_inner).counts.get(&counted).copied();
        count.unwrap_or_else(|| {
            REQUESTED.with_borrow_mut(|requested| requested.push(counted));
            0
        })
    }

    /// The words of the catalog that fit, with their document frequencies summed
    /// over some fields.
    fn counts(&self, segments: &OpenSegments, fields: &[Field], fits: impl Fn(&str) -> bool) -> TermCounts {
        let frequency = |word: &str| fields.iter().map(|field| self.frequency(*field, &[word])).sum();
        catalog_terms::counts(segments, frequency, fits)
    }

    /// Drops counts that are too old.
    fn refresh(&self) -> Result<(), SearchError> {
        let is_old = |cache: &CountCache| cache.since.elapsed() > MAX_AGE;
        if !is_old(&self.cache.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        let totals = self.source.totals()?;
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if is_old(&cache) {
            *cache = CountCache { since: Instant::now(), totals, counts: FxHashMap::default() };
        }
        Ok(())
    }
}

impl TermStatistics for ClusterStatistics {
    fn sizes(&self, _: &OpenSegments) -> (u64, (f32, f32)) {
        let totals = self.cache.lock().unwrap_or_else(PoisonError::into_inner).totals;
        let mean = |words| ((words as f64 / totals.articles.max(1) as f64) as f32).max(1.0);
        (totals.articles, (mean(totals.words.0), mean(totals.words.1)))
    }

    fn term_frequency(&self, _: &OpenSegments, field: Field, term: &str) -> Result<u64, SearchError> {
        Ok(self.frequency(field, &[term]))
    }

    fn forms_frequency(&self, _: &OpenSegments, field: Field, forms: &[String]) -> Result<u64, SearchError> {
        Ok(self.frequency(field, &forms.iter().map(String::as_str).collect::<Vec<_>>()))
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

    /// Runs the work on this thread until all counts that it requests are known.
    /// Fails with [`SearchError::Unsettled`] where it requests more every time.
    fn settle(&self, work: &mut dyn FnMut() -> Result<(), SearchError>) -> Result<(), SearchError> {
        self.refresh()?;
        for _ in 0..=ROUNDS {
            REQUESTED.take();
            let done = work();
            let mut requested = REQUESTED.take();
            if requested.is_empty() {
                return done;
            }
            requested.sort_unstable_by(|a, b| (a.field, &a.terms).cmp(&(b.field, &b.terms)));
            requested.dedup();
            let counts = self.source.frequencies(&self.schema, &requested)?;
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            if cache.counts.len() > MAX_TERMS {
                cache.counts.clear();
            }
            cache.counts.extend(requested.into_iter().zip(counts));
        }
        Err(SearchError::Unsettled)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::Relaxed;

    use super::*;

    /// Counts the letters of terms, and the requests.
    #[derive(Default)]
    struct Letters(AtomicUsize);

    impl CountSource for Letters {
        fn totals(&self) -> Result<CollectionTotals, SearchError> {
            Ok(CollectionTotals { articles: 4, words: (8, 40) })
        }

        fn frequencies(&self, _: &IndexSchema, terms: &[CountedTerms]) -> Result<Vec<u64>, SearchError> {
            self.0.fetch_add(1, Relaxed);
            Ok(terms.iter().map(|counted| counted.terms.concat().len() as u64).collect())
        }
    }

    #[test]
    fn counts_are_requested_together_until_none_is_missing() {
        let schema = IndexSchema::new();
        let body = schema.body;
        let source = Arc::new(Letters::default());
        let statistics = ClusterStatistics::new(source.clone(), schema).expect("totals");
        let check = |depth: usize, requests: usize| {
            let mut sum = 0;
            let work = &mut || {
                // Each count decides which term is requested next.
                let first = ["tide", "film"].iter().map(|term| statistics.frequency(body, &[term])).sum::<u64>();
                sum = first;
                for step in 1..depth {
                    if sum == 0 {
                        break;
                    }
                    sum = statistics.frequency(body, &[&"x".repeat(step)]);
                }
                Ok(())
            };
            statistics.settle(work).expect("settled");
            assert_eq!(source.0.load(Relaxed), requests);
            sum
        };
        assert_eq!(check(1, 1), 8);
        assert_eq!(check(1, 1), 8, "cached");
        assert_eq!(check(4, 4), 3);
    }

    #[test]
    fn work_that_always_requests_more_is_given_up() {
        let schema = IndexSchema::new();
        let body = schema.body;
        let statistics = ClusterStatistics::new(Arc::new(Letters::default()), schema).expect("totals");
        let mut rounds = 0;
        let result = statistics.settle(&mut || {
            rounds += 1;
            statistics.frequency(body, &[&"x".repeat(rounds), "y"]);
            Ok(())
        });
        assert!(matches!(result, Err(SearchError::Unsettled)));
        assert_eq!(rounds, ROUNDS + 1);
    }

    #[test]
    fn errors_of_the_work_are_returned() {
        let statistics = ClusterStatistics::new(Arc::new(Letters::default()), IndexSchema::new()).expect("totals");
        assert!(matches!(statistics.settle(&mut || Err(SearchError::Empty)), Err(SearchError::Empty)));
    }
}
