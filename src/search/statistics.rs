//! Statistics of an archive whose postings are elsewhere: asked for together,
//! and kept for a while.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use tantivy::schema::Field;

use crate::index::IndexSchema;

use super::SearchError;
use super::shards::{Counted, Shards, Totals};

/// How long counts hold: other machines may add articles meanwhile.
const HOLD: Duration = Duration::from_secs(60);
/// The most terms whose counts are kept.
const KEPT: usize = 1 << 20;
/// What depends on counts asks for more of them at most so often.
const ROUNDS: usize = 16;

thread_local! {
    /// What the work at hand asked for and nobody has counted yet.
    static ASKED: RefCell<Vec<Counted>> = RefCell::default();
}

/// The counts of a cluster.
pub(super) struct Statistics {
    shards: Arc<dyn Shards>,
    schema: IndexSchema,
    known: Mutex<Known>,
}

struct Known {
    since: Instant,
    totals: Totals,
    counts: FxHashMap<Counted, u64>,
}

impl Statistics {
    /// Asks for the totals.
    pub fn new(shards: Arc<dyn Shards>, schema: IndexSchema) -> Result<Self, SearchError> {
        let known = Known { since: Instant::now(), totals: shards.totals()?, counts: FxHashMap::default() };
        Ok(Self { shards, schema, known: Mutex::new(known) })
    }

    /// What the archive holds in all.
    pub fn totals(&self) -> Totals {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).totals
    }

    /// In how many articles a word or stem stands: 0 where that is not known
    /// yet, and the work is done again by [`Statistics::settle`].
    pub fn frequency(&self, field: Field, term: &str, stem: bool) -> u64 {
        let counted = Counted { field, term: term.to_owned(), stem };
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).counts.get(&counted).copied();
        known.unwrap_or_else(|| {
            ASKED.with_borrow_mut(|asked| asked.push(counted));
            0
        })
    }

    /// Does some work on this thread again and again until all counts that it
    /// asks for are known.
    pub fn settle<T>(&self, mut work: impl FnMut() -> Result<T, SearchError>) -> Result<T, SearchError> {
        self.refresh()?;
        let mut round = 0;
        loop {
            ASKED.take();
            let done = work();
            let mut asked = ASKED.take();
            if asked.is_empty() || round == ROUNDS {
                return done;
            }
            asked.sort_unstable_by(|a, b| (a.field, a.stem, &a.term).cmp(&(b.field, b.stem, &b.term)));
            asked.dedup();
            let counts = self.shards.frequencies(&self.schema, &asked)?;
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.counts.len() > KEPT {
                known.counts.clear();
            }
            known.counts.extend(asked.into_iter().zip(counts));
            round += 1;
        }
    }

    /// Forgets what was counted too long ago.
    fn refresh(&self) -> Result<(), SearchError> {
        let is_old = |known: &Known| known.since.elapsed() > HOLD;
        if !is_old(&self.known.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        let totals = self.shards.totals()?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if is_old(&known) {
            *known = Known { since: Instant::now(), totals, counts: FxHashMap::default() };
        }
        Ok(())
    }
}
