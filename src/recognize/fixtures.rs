//! Views and contexts of short texts, for tests.

use crate::article::{Article, Span};
use crate::segment::Segmented;

use super::gazetteer::Gazetteer;
use super::lexicon::WordClusters;
use super::segments::{SegmentContext, segments_at};
use super::tokens::TokenView;

/// An article without title that has `text` as its body.
pub(super) fn article(text: &str) -> Article {
    Article { body: Span::new(0, text.len()), text: text.to_owned(), ..Article::default() }
}

/// Passes the view of a text, with the shipped gazetteer and no clusters.
pub(super) fn with_view<R>(text: &str, test: impl FnOnce(&TokenView<'_>) -> R) -> R {
    let segmented = Segmented::new(&article(text));
    test(&TokenView::new(text, &segmented, Gazetteer::default(), WordClusters(&[])))
}

/// Passes the context of the words that brackets mark: `we saw [Tom Cruise] there`.
pub(super) fn with_context<R>(marked: &str, test: impl FnOnce(&SegmentContext<'_, '_>) -> R) -> R {
    let start = marked.find('[').expect("no segment is marked");
    let end = marked.find(']').expect("no segment is marked") - 1;
    with_view(&marked.replace(['[', ']'], ""), |view| {
        let from = view.words.iter().position(|word| word.span.start == start).expect("marks are not at words");
        let to = view.words.partition_point(|word| word.span.start < end);
        let sentence = view.sentences.iter().find(|sentence| from < sentence.end).expect("no sentence has the word");
        let mut found = None;
        segments_at(view, *sentence, from, &mut |segment| {
            if segment.to == to {
                found = Some(segment);
            }
        });
        test(&SegmentContext::new(view, *sentence, &found.expect("not a segment")))
    })
}
