//! Facets: the names of the matching articles, each article counted once.

use std::cell::RefCell;
use std::cmp::Reverse;

use crate::article::EntityKind;
use crate::index::{Entities, EntityId};
use serde::Serialize;

use super::candidates::Candidate;
use super::columns::{Share, Snapshot};
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
    /// A kind and its most frequent names; of equals those that the whole
    /// archive names most.
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

/// Articles from which on counts are looked through.
const MANY: usize = 512;

/// Counts by name, reused from query to query.
#[derive(Default)]
struct Tally {
    counts: Vec<u32>,
    touched: Vec<EntityId>,
    /// The touched names by kind, with their counts.
    kinds: [Vec<(u32, EntityId)>; EntityKind::ALL.len()],
}

thread_local! {
    static TALLY: RefCell<Tally> = RefCell::default();
}

pub(super) fn count(
    snapshot: &Snapshot,
    entities: &Entities,
    candidates: &[Candidate],
    requests: &[FacetRequest],
) -> Facets {
    if requests.is_empty() {
        return Facets::default();
    }
    TALLY.with_borrow_mut(|tally| {
        tally.counts.resize(entities.len(), 0);
        snapshot.prepare(entities);
        tally.fill(snapshot, entities, candidates, Share::Shared);
        tally.split_by_kind(entities);
        if requests.iter().any(|request| tally.lacks(*request)) {
            tally.kinds.iter_mut().for_each(Vec::clear);
            tally.fill(snapshot, entities, candidates, Share::Single);
            tally.split_by_kind(entities);
        }
        let facets = Facets {
            kinds: requests
                .iter()
                .map(|request| (request.kind, top(entities, &mut tally.kinds[request.kind.ordinal()], request.limit)))
                .collect(),
        };
        tally.clear();
        facets
    })
}

impl Tally {
    /// Counts the names of the articles. Of many articles most names come
    /// again and again; keeping track of them costs more than looking through
    /// all counts afterwards.
    fn fill(&mut self, snapshot: &Snapshot, entities: &Entities, candidates: &[Candidate], share: Share) {
        let (counts, touched) = (&mut self.counts, &mut self.touched);
        if candidates.len() > MANY {
            snapshot.entities_of(entities, candidates, share, |id| {
                if let Some(count) = counts.get_mut(id as usize) {
                    *count += 1;
                }
            });
            touched.clear();
            touched.extend((0..counts.len() as EntityId).filter(|id| counts[*id as usize] > 0));
            return;
        }
        snapshot.entities_of(entities, candidates, share, |id| {
            if let Some(count) = counts.get_mut(id as usize) {
                if *count == 0 {
                    touched.push(id);
                }
                *count += 1;
            }
        });
    }

    fn split_by_kind(&mut self, entities: &Entities) {
        for id in &self.touched {
            if let Some(kind) = entities.kind(*id).filter(|_| entities.is_shown(*id)) {
                self.kinds[kind.ordinal()].push((self.counts[*id as usize], *id));
            }
        }
    }

    /// Whether a facet has not enough names of two articles or more, so that
    /// those of a single one come into it.
    fn lacks(&self, request: FacetRequest) -> bool {
        self.kinds[request.kind.ordinal()].iter().filter(|(count, _)| *count > 1).take(request.limit).count()
            < request.limit
    }

    fn clear(&mut self) {
        for id in self.touched.drain(..) {
            self.counts[id as usize] = 0;
        }
        self.kinds.iter_mut().for_each(Vec::clear);
    }
}

/// The most frequent names; of equals those that the whole archive names most.
fn top(entities: &Entities, found: &mut [(u32, EntityId)], limit: usize) -> Vec<FacetCount> {
    let order = |(docs, id): &(u32, EntityId)| (Reverse(*docs), Reverse(entities.prominence(*id)), *id);
    let shown = limit.min(found.len());
    if shown < found.len() && shown > 0 {
        found.select_nth_unstable_by_key(shown - 1, order);
    }
    let best = &mut found[..shown];
    best.sort_unstable_by_key(order);
    best.iter()
        .filter_map(|(docs, id)| Some(FacetCount { name: entities.name(*id)?.to_owned(), docs: *docs }))
        .collect()
}
