//! Counts the names of the matching articles from the columns.

use std::cell::RefCell;

use crate::article::EntityKind;
use crate::index::{Entities, EntityId};
use crate::search::exec::candidate::Candidate;
use crate::search::facets::facet::{Counted, FacetCount};
use crate::search::facets::name_order::{NameOrder, NameRank, archived};
use crate::search::snapshot::reader::Snapshot;

/// From so many articles on, all counts are scanned.
const MANY: usize = 512;

/// Counts by name, reused from query to query.
#[derive(Default)]
struct NameTally {
    counts: Vec<u32>,
    touched: Vec<EntityId>,
    /// The touched names by kind, with their counts.
    kinds: [Vec<(u32, EntityId)>; EntityKind::ALL.len()],
}

thread_local! {
    static TALLY: RefCell<NameTally> = RefCell::default();
}

/// Counts the names of some articles; returns for each request the first ones of an
/// order that `fits`.
pub(crate) fn count(
    (snapshot, entities, order): (&Snapshot, &Entities, NameOrder),
    candidates: &[Candidate],
    requests: &[(EntityKind, usize)],
    fits: Option<&dyn Fn(&str) -> bool>,
) -> Vec<Vec<FacetCount>> {
    let counted = TALLY.with_borrow_mut(|tally| tally.count((snapshot, entities, order), candidates, requests, fits));
    named(entities, &counted)
}

/// The names of counted entities.
pub(crate) fn named(entities: &Entities, counted: &[Vec<Counted>]) -> Vec<Vec<FacetCount>> {
    let count = |(docs, id): &Counted| Some(FacetCount { name: entities.name(*id)?.to_owned(), docs: *docs });
    counted.iter().map(|counts| counts.iter().filter_map(count).collect()).collect()
}

impl NameTally {
    fn count(
        &mut self,
        (snapshot, entities, order): (&Snapshot, &Entities, NameOrder),
        candidates: &[Candidate],
        requests: &[(EntityKind, usize)],
        fits: Option<&dyn Fn(&str) -> bool>,
    ) -> Vec<Vec<Counted>> {
        // A query before may have been interrupted.
        self.clear();
        self.counts.resize(entities.len(), 0);
        self.fill(snapshot, entities, candidates);
        self.split_by_kind(entities, fits);
        let counted =
            requests.iter().map(|(kind, limit)| first((entities, order), &self.kinds[kind.ordinal()], *limit));
        counted.collect()
    }

    /// Counts the names of the articles. Many articles share most names: then a scan
    /// of all counts is cheaper than a list of the touched ones.
    fn fill(&mut self, snapshot: &Snapshot, entities: &Entities, candidates: &[Candidate]) {
        let (counts, touched) = (&mut self.counts, &mut self.touched);
        if candidates.len() > MANY {
            each_entity(snapshot, entities, candidates, |id| {
                if let Some(count) = counts.get_mut(id as usize) {
                    *count += 1;
                }
            });
            touched.clear();
            touched.extend((0..counts.len() as EntityId).filter(|id| counts[*id as usize] > 0));
            return;
        }
        each_entity(snapshot, entities, candidates, |id| {
            if let Some(count) = counts.get_mut(id as usize) {
                if *count == 0 {
                    touched.push(id);
                }
                *count += 1;
            }
        });
    }

    /// Sorts the touched names that `fits` into their kinds.
    fn split_by_kind(&mut self, entities: &Entities, fits: Option<&dyn Fn(&str) -> bool>) {
        let is_match = |id| fits.is_none_or(|fits| entities.name(id).is_some_and(fits));
        for id in &self.touched {
            if let Some(kind) = entities.kind(*id).filter(|_| entities.is_shown(*id) && is_match(*id)) {
                self.kinds[kind.ordinal()].push((self.counts[*id as usize], *id));
            }
        }
    }

    fn clear(&mut self) {
        self.counts.clear();
        self.touched.clear();
        self.kinds.iter_mut().for_each(Vec::clear);
    }
}

/// The first of some counted names.
pub(crate) fn first((entities, order): (&Entities, NameOrder), counts: &[Counted], limit: usize) -> Vec<Counted> {
    let is_frequent = |(docs, _): &&Counted| *docs >= order.least;
    let rank = |counted: &Counted| {
        let (docs, id) = *counted;
        (order.rank(entities, id, docs, archived(entities, id)), *counted)
    };
    let mut ranked: Vec<(NameRank, Counted)> = counts.iter().filter(is_frequent).map(rank).collect();
    let size = limit.min(ranked.len());
    if size < ranked.len() && size > 0 {
        ranked.select_nth_unstable(size - 1);
    }
    ranked.truncate(size);
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, counted)| counted).collect()
}

/// Passes the entities of some articles to `each`.
fn each_entity(snapshot: &Snapshot, entities: &Entities, articles: &[Candidate], mut each: impl FnMut(EntityId)) {
    let mut buffer = Vec::new();
    for article in articles {
        snapshot.columns(article.segment).read_entities(article.doc, entities, &mut buffer);
        buffer.iter().for_each(|id| each(*id as EntityId));
    }
}
