//! The segments: their files, and what the list of segments says of them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use tantivy::index::SegmentComponent;
use tantivy::{Index, SegmentMeta, SegmentReader};

use crate::index::error::IndexError;
use crate::index::positions;

use super::checksums::check_segment_file;
use super::{Remedy, Run};

pub(super) fn check_segments(run: &mut Run, index: &Index) -> Result<(), IndexError> {
    for segment in index.searchable_segments().map_err(IndexError::tantivy("listing its segments"))? {
        let meta = segment.meta();
        let mut sound = true;
        for file in files_of(meta) {
            sound &= check_segment_file(run, &file);
        }
        if run.stopped {
            break;
        }
        if sound && let Err(what) = check_counts(&SegmentReader::open(&segment), meta) {
            let what = format!("segment {}: {what}", meta.id().uuid_string());
            run.verified.problem(run.path("meta.json"), what, Remedy::Rebuild);
        }
    }
    Ok(())
}

/// Columns of at most this many bytes are checked when an index is opened, which takes
/// a few milliseconds.
const COLUMNS_CHECKED: u64 = 16 << 20;

/// Checks the files of segments that have some bytes for each article at most:
/// lengths of fields, on which scores depend, which articles are deleted, and unless
/// they are large the columns that facets and order depend on.
pub(super) fn check_small_parts(run: &mut Run, index: &Index) -> Result<(), IndexError> {
    let metas = index.searchable_segment_metas().map_err(IndexError::tantivy("listing its segments"))?;
    let size = |meta: &SegmentMeta| {
        run.path(meta.relative_path(SegmentComponent::FastFields)).metadata().map_or(0, |file| file.len())
    };
    let columns = metas.iter().map(size).sum::<u64>() <= COLUMNS_CHECKED;
    for meta in metas {
        let deleted = meta.has_deletes().then_some(SegmentComponent::Delete);
        let columns = columns.then_some(SegmentComponent::FastFields);
        for part in [SegmentComponent::FieldNorms].into_iter().chain(deleted).chain(columns) {
            check_segment_file(run, &meta.relative_path(part));
        }
    }
    Ok(())
}

/// The files that a segment may have.
fn files_of(meta: &SegmentMeta) -> impl Iterator<Item = PathBuf> {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    [Postings, Positions, Terms, Store, FastFields, FieldNorms, positions::component()]
        .into_iter()
        .chain(meta.has_deletes().then_some(Delete))
        .map(|component| meta.relative_path(component))
}

/// Checks that the list of segments and a segment agree on how many articles it
/// holds.
fn check_counts(segment: &tantivy::Result<SegmentReader>, meta: &SegmentMeta) -> Result<(), String> {
    let segment = segment.as_ref().map_err(ToString::to_string)?;
    let held = segment.fast_fields().u64("tie").map_err(|error| error.to_string())?.num_docs();
    if held != meta.max_doc() {
        return Err(format!("it holds {held} articles, the list says {}", meta.max_doc()));
    }
    let alive = segment.doc_ids_alive().count();
    let listed = meta.max_doc().saturating_sub(meta.num_deleted_docs());
    if alive != listed as usize {
        return Err(format!("{alive} of its articles are not deleted, the list says {listed}"));
    }
    Ok(())
}

/// Checks tantivy's list of the files it manages, by which it removes old ones.
pub(super) fn check_managed(run: &mut Run, index: &Index) {
    let path = run.path(".managed.json");
    run.verified.count(&path);
    let read = std::fs::read(&path).map_err(|error| error.to_string());
    let listed = read.and_then(|bytes| serde_json::from_slice::<BTreeSet<PathBuf>>(&bytes).map_err(|e| e.to_string()));
    match listed {
        Err(what) => run.verified.problem(path, what, Remedy::Rebuild),
        Ok(listed) => {
            let segments = index.searchable_segment_metas().unwrap_or_default();
            let files = segments.iter().flat_map(files_of).chain([PathBuf::from("meta.json")]);
            let mut files = files.filter(|file| run.path(file).exists());
            if let Some(file) = files.find(|file| !listed.contains(file)) {
                run.verified.problem(path, format!("it does not list {}", file.display()), Remedy::Rebuild);
            }
        }
    }
}
