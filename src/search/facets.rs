//! Facets: the names of the matching articles, each article counted once.

use std::cell::RefCell;

use serde::Serialize;
use tantivy::Searcher;

use crate::article::EntityKind;
use crate::index::{NameId, Names};

use super::SearchError;
use super::candidates::Candidate;
use super::query::FacetRequest;

/// A name and the number of matching articles that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The name.
    pub name: String,
    /// Articles, each once.
    pub docs: u32,
}

/// The counted facets, in the order they were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// A kind and its most frequent names; of equals by name.
    pub kinds: Vec<(EntityKind, Vec<FacetCount>)>,
}

impl Serialize for Facets {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.kinds.iter().map(|(kind, counts)| (kind, counts)))
    }
}

impl Facets {
    /// The counts of a kind; empty where it was not asked for.
    pub fn of(&self, kind: EntityKind) -> &[FacetCount] {
        self.kinds.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, counts)| counts)
    }
}

/// Counts by name, reused from query to query.
#[derive(Default)]
struct Tally {
    counts: Vec<u32>,
    touched: Vec<NameId>,
}

thread_local! {
    static TALLY: RefCell<Tally> = RefCell::default();
}

pub(super) fn count(
    searcher: &Searcher,
    names: &Names,
    candidates: &[Candidate],
    requests: &[FacetRequest],
) -> Result<Facets, SearchError> {
    if requests.is_empty() {
        return Ok(Facets::default());
    }
    TALLY.with_borrow_mut(|tally| {
        tally.counts.resize(names.len(), 0);
        let filled = tally.fill(searcher, candidates);
        let facets = Facets {
            kinds: requests.iter().map(|request| (request.kind, tally.top(names, *request))).collect(),
        };
        tally.clear();
        filled.map(|()| facets)
    })
}

impl Tally {
    fn fill(&mut self, searcher: &Searcher, candidates: &[Candidate]) -> Result<(), SearchError> {
        for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
            let column = searcher.segment_reader(group[0].segment).fast_fields().u64("names")?;
            for candidate in group {
                for id in column.values_for_doc(candidate.doc) {
                    if let Some(count) = self.counts.get_mut(id as usize) {
                        if *count == 0 {
                            self.touched.push(id as NameId);
                        }
                        *count += 1;
                    }
                }
            }
        }
        Ok(())
    }

    fn top(&self, names: &Names, request: FacetRequest) -> Vec<FacetCount> {
        let mut found: Vec<(u32, NameId)> = self
            .touched
            .iter()
            .filter(|id| names.kind(**id) == Some(request.kind))
            .map(|id| (self.counts[*id as usize], *id))
            .collect();
        // Names of one count are ordered by name: all that may tie at the cut
        // are looked up.
        found.sort_unstable_by_key(|(count, id)| (std::cmp::Reverse(*count), *id));
        let cut = found.get(request.limit.saturating_sub(1)).map_or(0, |(count, _)| *count);
        let mut shown: Vec<FacetCount> = found
            .into_iter()
            .take_while(|(count, _)| *count >= cut)
            .take(request.limit.saturating_mul(4).max(64))
            .filter_map(|(docs, id)| Some(FacetCount { name: names.name(id)?.to_owned(), docs }))
            .collect();
        shown.sort_by(|a, b| b.docs.cmp(&a.docs).then_with(|| a.name.cmp(&b.name)));
        shown.truncate(request.limit);
        shown
    }

    fn clear(&mut self) {
        for id in self.touched.drain(..) {
            self.counts[id as usize] = 0;
        }
    }
}
