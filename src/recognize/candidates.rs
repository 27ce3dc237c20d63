//! The segments of an article that pass the filter, with their first scores.

use super::model::{BaseScores, Model, SegmentScorer};
use super::patterns::FilterOutcome;
use super::segments::{Segment, SegmentContext, segments_at};
use super::tokens::{SentenceRange, TokenView};

/// A segment that may be a name, with its scores.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub segment: Segment,
    pub sentence: SentenceRange,
    /// Not `Reject`.
    pub filter: FilterOutcome,
    pub base: BaseScores,
}

/// All candidates of an article by first word, shortest first.
pub(super) fn find_candidates(view: &TokenView<'_>, model: &Model) -> Vec<Candidate> {
    let mut found = Vec::with_capacity(view.words.len() / 2);
    let mut scorer = SegmentScorer::new(model);
    for sentence in &view.sentences {
        for from in sentence.start..sentence.end {
            segments_at(view, *sentence, from, &mut |segment| {
                let context = SegmentContext::new(view, *sentence, &segment);
                let filter = context.filter();
                if filter != FilterOutcome::Reject {
                    found.push(Candidate { segment, sentence: *sentence, filter, base: scorer.score(&context) });
                }
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::fixtures::with_view;

    fn check(text: &str, expected: &[(&str, FilterOutcome)]) {
        with_view(text, |view| {
            let candidates = find_candidates(view, &Model::default());
            let found = candidates.iter().map(|c| (view.span(c.segment.from, c.segment.to).of(text), c.filter));
            assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
        });
    }

    #[test]
    fn candidates_come_by_first_word_shortest_first() {
        use FilterOutcome::{NeedsGivenName, Pass};
        check("we saw Tom Cruise there", &[("Tom", Pass), ("Tom Cruise", Pass), ("Cruise", Pass)]);
        check("on Monday, Paris", &[("Paris", Pass)]);
        check("said May, then Paris", &[("May", NeedsGivenName), ("Paris", Pass)]);
        check("nothing at all", &[]);
    }

    #[test]
    fn scores_depend_on_neither_order_nor_reuse() {
        let text = "Tom Cruise met Simon Pegg in New York. Tom Cruise left Paris for New York City.";
        with_view(text, |view| {
            let model = Model::shipped();
            for candidate in find_candidates(view, model) {
                let context = SegmentContext::new(view, candidate.sentence, &candidate.segment);
                let alone = SegmentScorer::new(model).score(&context);
                assert_eq!(candidate.base.scores, alone.scores);
                assert_eq!(candidate.base.word_totals, alone.word_totals);
            }
        });
    }
}
