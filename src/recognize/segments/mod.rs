//! Segments: the word sequences that may be names, and their surroundings.

mod context;
mod enumerate;
mod segment;

pub(super) use context::SegmentContext;
pub(super) use enumerate::segments_at;
pub(super) use segment::{MAX_WORDS, Segment};
