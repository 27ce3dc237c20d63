//! Sources, sections, tags and fields of the user of the matching articles.

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;

use crate::search::exec::candidate::Candidate;
use crate::search::facets::facet::FacetCount;
use crate::search::query::facet_request::{FacetKind, FacetRequest};
use crate::search::snapshot::columns::SegmentColumns;
use crate::search::snapshot::reader::Snapshot;

/// The most frequent labels that `fits`, of equals in alphabetical order.
pub(crate) fn count(
    snapshot: &Snapshot,
    candidates: &[Candidate],
    request: &FacetRequest,
    fits: Option<&dyn Fn(&str) -> bool>,
) -> Vec<FacetCount> {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let Some(column) = column(snapshot.columns(group[0].segment), request.kind) else { continue };
        let mut by_number: FxHashMap<u64, u32> = FxHashMap::default();
        for number in group.iter().flat_map(|candidate| column.ords().values_for_doc(candidate.doc)) {
            *by_number.entry(number).or_default() += 1;
        }
        for (number, docs) in by_number {
            let mut name = String::new();
            if !matches!(column.ord_to_str(number, &mut name), Ok(true)) {
                continue;
            }
            match request.kind {
                FacetKind::Field(field) => {
                    let Some(value) = field.value_of(&name) else { continue };
                    *counts.entry(value.to_owned()).or_default() += docs;
                }
                _ => *counts.entry(name).or_default() += docs,
            }
        }
    }
    let mut counts: Vec<FacetCount> = counts.into_iter().map(|(name, docs)| FacetCount { name, docs }).collect();
    counts.retain(|count| fits.is_none_or(|fits| fits(&count.name)));
    counts.sort_unstable_by(|a, b| (b.docs, &a.name).cmp(&(a.docs, &b.name)));
    counts.truncate(request.limit);
    counts
}

/// The column that has the labels of a facet.
fn column(columns: &SegmentColumns, kind: FacetKind) -> Option<&StrColumn> {
    match kind {
        FacetKind::Source => columns.source.as_ref(),
        FacetKind::Section => columns.section.as_ref(),
        FacetKind::Field(_) => columns.labels.as_ref(),
        FacetKind::Names(_) | FacetKind::Year | FacetKind::Month => None,
    }
}
