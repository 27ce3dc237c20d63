//! A date with the word that says what it is of.

use std::ops::Range;

use super::event_kind::EventKind;

/// A date of a sentence with the word that says that it is of a release.
pub(super) struct DatedCue {
    /// Index of the date.
    pub date: usize,
    /// The words of the date.
    pub words: Range<usize>,
    /// The word that is the cue; the first of `words` if there is none.
    pub cue: usize,
    pub kind: EventKind,
}
