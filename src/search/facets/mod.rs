//! Facets: names, times and labels of the matching articles, each article
//! counted once.

mod labels;
mod names;
mod request;
mod table;
mod times;

use serde::Serialize;
use utoipa::ToSchema;

use crate::article::EntityKind;
use crate::index::Entities;

use super::candidates::Candidate;
use super::columns::Snapshot;
use super::entity_list::begins;

pub use request::{FacetKind, FacetRequest};
pub(super) use table::Table;
pub(crate) use times::Period;
pub(super) use times::periods;

/// A name and the number of matching articles that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetCount {
    /// The name.
    pub name: String,
    /// Articles, each once; copies count as articles.
    pub docs: u32,
}

/// The counted facets, in the order they were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// A kind and its most frequent names, of equals those that the whole
    /// archive names most; years and months, the latest first.
    pub kinds: Vec<(FacetKind, Vec<FacetCount>)>,
}

impl Serialize for Facets {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.kinds.iter().map(|(kind, counts)| (kind.as_str(), counts)))
    }
}

impl Facets {
    /// The counts of a kind; empty where it was not asked for.
    pub fn of(&self, kind: impl Into<FacetKind>) -> &[FacetCount] {
        let kind = kind.into();
        self.kinds.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, counts)| counts)
    }
}

/// Counts what is asked for; with a folded `prefix` only names that begin so,
/// or a word of theirs.
pub(super) fn count(
    snapshot: &Snapshot,
    entities: &Entities,
    candidates: &[Candidate],
    requests: &[FacetRequest],
    prefix: &str,
) -> Facets {
    let fits = |name: &str| begins(name, prefix);
    let fits: Option<&dyn Fn(&str) -> bool> = if prefix.is_empty() { None } else { Some(&fits) };
    let asked: Vec<(EntityKind, usize)> = requests
        .iter()
        .filter_map(|request| match request.kind {
            FacetKind::Names(kind) => Some((kind, request.limit)),
            _ => None,
        })
        .collect();
    let names = if asked.is_empty() { Vec::new() } else { names::count(snapshot, entities, candidates, &asked, fits) };
    let mut names = names.into_iter();
    let count = |request: &FacetRequest| match request.kind {
        FacetKind::Names(_) => names.next().unwrap_or_default(),
        FacetKind::Year => times::count(snapshot, candidates, Period::Year, request.limit, fits),
        FacetKind::Month => times::count(snapshot, candidates, Period::Month, request.limit, fits),
        FacetKind::Source => {
            labels::count(snapshot, candidates, |columns| columns.source.as_ref(), request.limit, fits)
        }
        FacetKind::Section => {
            labels::count(snapshot, candidates, |columns| columns.section.as_ref(), request.limit, fits)
        }
    };
    let counted: Vec<Vec<FacetCount>> = requests.iter().map(count).collect();
    Facets { kinds: requests.iter().map(|request| request.kind).zip(counted).collect() }
}
