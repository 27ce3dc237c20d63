//! The names of the matching articles, each article counted once.

use std::cell::RefCell;
use std::cmp::Reverse;

use crate::article::EntityKind;
use crate::index::{Entities, EntityId};

use crate::search::exec::candidate::Candidate;
use crate::search::facets::facet::{Counted, FacetCount};
use crate::search::snapshot::reader::Snapshot;

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

/// Counts the names of some articles; of each kind that is asked for the most
/// frequent ones that `fits`.
pub(crate) fn count(
    snapshot: &Snapshot,
    entities: &Entities,
    candidates: &[Candidate],
    requests: &[(EntityKind, usize)],
    fits: Option<&dyn Fn(&str) -> bool>,
) -> Vec<Vec<FacetCount>> {
    let counted = TALLY.with_borrow_mut(|tally| tally.count(snapshot, entities, candidates, requests, fits));
    shown(entities, &counted)
}

/// Counted entities by their names.
pub(crate) fn shown(entities: &Entities, counted: &[Vec<Counted>]) -> Vec<Vec<FacetCount>> {
    let named = |(docs, id): &Counted| Some(FacetCount { name: entities.name(*id)?.to_owned(), docs: *docs });
    counted.iter().map(|found| found.iter().filter_map(named).collect()).collect()
}

impl Tally {
    fn count(
        &mut self,
        snapshot: &Snapshot,
        entities: &Entities,
        candidates: &[Candidate],
        requests: &[(EntityKind, usize)],
        fits: Option<&dyn Fn(&str) -> bool>,
    ) -> Vec<Vec<Counted>> {
        // Whatever stopped the query before.
        self.clear();
        self.counts.resize(entities.len(), 0);
        self.fill(snapshot, entities, candidates);
        self.split_by_kind(entities, fits);
        let counted = requests.iter().map(|(kind, limit)| top(entities, &mut self.kinds[kind.ordinal()], *limit));
        counted.collect()
    }

    /// Counts the names of the articles. Of many articles most names come
    /// again and again; keeping track of them costs more than looking through
    /// all counts afterwards.
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

    fn split_by_kind(&mut self, entities: &Entities, fits: Option<&dyn Fn(&str) -> bool>) {
        let is_asked = |id| fits.is_none_or(|fits| entities.name(id).is_some_and(fits));
        for id in &self.touched {
            if let Some(kind) = entities.kind(*id).filter(|_| entities.is_shown(*id) && is_asked(*id)) {
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

/// The most frequent names; of equals those that the whole archive names most.
fn top(entities: &Entities, found: &mut [Counted], limit: usize) -> Vec<Counted> {
    let order = |(docs, id): &Counted| (Reverse(*docs), Reverse(entities.prominence(*id)), *id);
    let shown = limit.min(found.len());
    if shown < found.len() && shown > 0 {
        found.select_nth_unstable_by_key(shown - 1, order);
    }
    let best = &mut found[..shown];
    best.sort_unstable_by_key(order);
    best.to_vec()
}

/// Hands the entities of some articles to `each`.
fn each_entity(snapshot: &Snapshot, entities: &Entities, articles: &[Candidate], mut each: impl FnMut(EntityId)) {
    let mut buffer = Vec::new();
    for article in articles {
        snapshot.columns(article.segment).read_entities(article.doc, entities, &mut buffer);
        buffer.iter().for_each(|id| each(*id as EntityId));
    }
}
