//! Counts the facets of the matching articles.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::article::EntityKind;
use crate::index::Entities;
use crate::search::exec::candidate::Candidate;
use crate::search::facets::facet::{FacetCount, Facets};
use crate::search::facets::forward_index::ForwardIndex;
use crate::search::facets::name_order::NameOrder;
use crate::search::facets::periods::Period;
use crate::search::facets::prefix::begins;
use crate::search::facets::{labels, names, periods};
use crate::search::query::facet_request::{FacetKind, FacetOrder, FacetRequest};
use crate::search::snapshot::reader::Snapshot;

/// Queries with facets before the forward index is built.
const BUILD_AFTER: u32 = 64;
/// The most names that the forward index holds, 256 MB of them.
const MAX_NAMES: usize = 1 << 26;

/// Which facets to count, and how.
#[derive(Clone, Copy)]
pub(crate) struct FacetRequests<'a> {
    pub requests: &'a [FacetRequest],
    /// Folded; only names that begin with it or have a word that does.
    pub prefix: &'a str,
    pub order: FacetOrder,
    /// How many articles match, those that are counted and others.
    pub matching: usize,
}

/// Counts facets: from the columns for the first queries, then from a forward
/// index in memory, which pays off only over many queries.
#[derive(Default)]
pub(crate) struct FacetCounter {
    counted: AtomicU32,
    forward_index: OnceLock<Option<ForwardIndex>>,
}

impl FacetCounter {
    /// Counts the requested facets over some articles.
    pub fn count(
        &self,
        snapshot: &Snapshot,
        entities: &Entities,
        candidates: &[Candidate],
        FacetRequests { requests, prefix, order, matching }: FacetRequests<'_>,
    ) -> Facets {
        let order = NameOrder::new(order, candidates.len(), matching, snapshot.articles());
        let fits = |name: &str| begins(name, prefix);
        let fits: Option<&dyn Fn(&str) -> bool> = if prefix.is_empty() { None } else { Some(&fits) };
        let kinds: Vec<(EntityKind, usize)> = requests
            .iter()
            .filter_map(|request| match request.kind {
                FacetKind::Names(kind) => Some((kind, request.limit)),
                _ => None,
            })
            .collect();
        let names = if kinds.is_empty() {
            Vec::new()
        } else {
            self.names((snapshot, entities, order), candidates, &kinds, fits)
        };
        let mut names = names.into_iter();
        let count = |request: &FacetRequest| match request.kind {
            FacetKind::Names(_) => names.next().unwrap_or_default(),
            FacetKind::Year => periods::count(snapshot, candidates, Period::Year, request.limit, fits),
            FacetKind::Month => periods::count(snapshot, candidates, Period::Month, request.limit, fits),
            FacetKind::Source | FacetKind::Section | FacetKind::Field(_) => {
                labels::count(snapshot, candidates, request, fits)
            }
        };
        let counted: Vec<Vec<FacetCount>> = requests.iter().map(count).collect();
        Facets { kinds: requests.iter().map(|request| request.kind).zip(counted).collect() }
    }

    /// Counts the names of the requested kinds.
    fn names(
        &self,
        (snapshot, entities, order): (&Snapshot, &Entities, NameOrder),
        candidates: &[Candidate],
        requests: &[(EntityKind, usize)],
        fits: Option<&dyn Fn(&str) -> bool>,
    ) -> Vec<Vec<FacetCount>> {
        match self.forward_index(snapshot, entities) {
            Some(index) => names::named(entities, &index.count((entities, order), candidates, requests, fits)),
            None => names::count((snapshot, entities, order), candidates, requests, fits),
        }
    }

    /// `None` for the first queries, and in an archive with too many names.
    fn forward_index(&self, snapshot: &Snapshot, entities: &Entities) -> Option<&ForwardIndex> {
        if self.counted.fetch_add(1, Ordering::Relaxed) < BUILD_AFTER {
            return None;
        }
        let build = || {
            let has_room = snapshot.mentioned_names() <= MAX_NAMES;
            has_room.then(|| ForwardIndex::new(entities, |each| snapshot.each_document(entities, each)))
        };
        self.forward_index.get_or_init(build).as_ref()
    }
}
