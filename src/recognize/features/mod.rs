//! The features of the trained model. Every feature is a row of weights, one
//! weight for each kind.
//!
//! Functions pass the rows of a group of features to `sink`. The template
//! numbers, 1 to 104, and the order of their values are part of a trained model.

mod clusters;
mod document;
mod gazetteer;
mod hashing;
mod neighbors;
mod orthography;
mod words;

pub(super) use clusters::clusters;
pub(super) use document::document_names;
pub(super) use gazetteer::gazetteer_classes;
pub(super) use hashing::BITS;
pub(super) use neighbors::neighbors;
pub(super) use words::{all_words, first_of_several, last_of_several, segment_words};

use super::components::ModelComponents;
use super::segments::SegmentContext;

/// All features except those of the rest of the article; those of the segment's
/// own words only with `words`.
pub(super) fn first_pass(
    context: &SegmentContext<'_, '_>,
    components: ModelComponents,
    words: bool,
    sink: &mut impl FnMut(u32),
) {
    if words {
        segment_words(context, sink);
    }
    before(context, components, sink);
    after(context, components, sink);
    within(context, components, sink);
}

/// The features that all segments share which start at one word.
pub(super) fn before(context: &SegmentContext<'_, '_>, components: ModelComponents, sink: &mut impl FnMut(u32)) {
    neighbors::neighbors_before(context, sink);
    orthography::orthography_before(context, sink);
    if components.clusters {
        clusters::clusters_before(context, sink);
    }
}

/// The features that all segments share which end at one word.
pub(super) fn after(context: &SegmentContext<'_, '_>, components: ModelComponents, sink: &mut impl FnMut(u32)) {
    neighbors::neighbors_after(context, sink);
    orthography::orthography_after(context, sink);
    if components.clusters {
        clusters::clusters_after(context, sink);
    }
}

/// The features that depend on both ends of a segment.
pub(super) fn within(context: &SegmentContext<'_, '_>, components: ModelComponents, sink: &mut impl FnMut(u32)) {
    neighbors::neighbors_around(context, sink);
    orthography::orthography_within(context, sink);
    if components.clusters {
        clusters::clusters_around(context, sink);
    }
    if components.gazetteer {
        gazetteer::gazetteer_classes(context, sink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::stable_hash;
    use crate::recognize::document_memory::DocumentMemory;
    use crate::recognize::fixtures::with_context;

    /// The rows of a group of features, in order.
    fn rows_of(marked: &str, group: impl Fn(&SegmentContext<'_, '_>, &mut dyn FnMut(u32))) -> Vec<u32> {
        let mut rows = Vec::new();
        with_context(marked, |context| group(context, &mut |row| rows.push(row)));
        rows
    }

    /// One hash of the rows; it changes if any feature does.
    fn digest(rows: &[u32]) -> u64 {
        stable_hash(&rows.iter().flat_map(|row| row.to_le_bytes()).collect::<Vec<_>>())
    }

    #[test]
    fn features_never_change() {
        let rows = rows_of("actor [Zorblat Quixby] said so", |context, mut sink| {
            first_pass(context, ModelComponents::default(), true, &mut sink);
            document_names(context, &DocumentMemory::default(), &mut sink);
        });
        assert_eq!((rows.len(), digest(&rows)), (72, 512_865_212_923_868_279));
    }

    #[test]
    fn features_of_words_ignore_case_and_surroundings() {
        let words = |marked| rows_of(marked, |context, mut sink| segment_words(context, &mut sink));
        assert_eq!(words("saw [Tom Cruise] there"), words("by [TOM CRUISE]"));
        assert_ne!(words("saw [Tom Cruise] there"), words("saw [Tom Hanks] there"));
    }

    #[test]
    fn components_switch_features_off() {
        fn check(components: ModelComponents, fewer: bool) {
            let count = |components| {
                let rows = rows_of("saw [Tom Cruise] there", |context, mut sink| {
                    first_pass(context, components, false, &mut sink);
                });
                rows.len()
            };
            assert_eq!(count(components) < count(ModelComponents::default()), fewer, "{components:?}");
        }
        let all = ModelComponents::default();
        check(ModelComponents { clusters: false, ..all }, true);
        check(ModelComponents { gazetteer: false, ..all }, true);
        check(ModelComponents { patterns: false, article: false, ..all }, false);
    }

    #[test]
    fn shared_features_are_equal_for_segments_with_a_common_end() {
        let all = ModelComponents::default();
        let before_rows = |marked| rows_of(marked, |context, mut sink| before(context, all, &mut sink));
        let after_rows = |marked| rows_of(marked, |context, mut sink| after(context, all, &mut sink));
        assert_eq!(before_rows("we saw [Tom] Cruise there"), before_rows("we saw [Tom Cruise] there"));
        assert_eq!(after_rows("we saw Tom [Cruise] there"), after_rows("we saw [Tom Cruise] there"));
        assert_ne!(before_rows("we saw Tom [Cruise] there"), before_rows("we saw [Tom Cruise] there"));
    }
}
