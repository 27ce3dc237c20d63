//! Blocks: the paragraphs, headings, list items and link lines of an article. No passage
//! goes beyond one.

use std::ops::Range;

use crate::index::StoredArticle;
use crate::search::hits::passage_shape::is_link_line;

/// Whether a sentence begins a block: a paragraph, a line, or a link within one.
pub(super) fn opens_block(article: &StoredArticle, sentence: usize) -> bool {
    let sentences = &article.sentences;
    let is_link = |at: usize| is_link_line(sentences[at].span.of(&article.text));
    match sentence.checked_sub(1) {
        None => true,
        Some(before) => sentences[sentence].opens_paragraph || is_link(sentence) || is_link(before),
    }
}

/// The sentences of the block that a sentence is in, at most `reach` on either side.
pub(super) fn block_around(article: &StoredArticle, sentence: usize, reach: usize) -> Range<usize> {
    let mut first = sentence;
    while first > sentence.saturating_sub(reach) && !opens_block(article, first) {
        first -= 1;
    }
    let limit = article.sentences.len().min(sentence + reach + 1);
    let mut end = (sentence + 1).min(limit);
    while end < limit && !opens_block(article, end) {
        end += 1;
    }
    first..end
}

#[cfg(test)]
mod tests {
    use crate::article::Span;
    use crate::index::StoredSentence;

    use super::*;

    #[test]
    fn blocks_are_paragraphs_and_link_lines() {
        let mut article = StoredArticle::default();
        // Sentences that begin with “¶” open a paragraph.
        for sentence in ["¶One.", "Two.", "¶Three.", "Four.", "READ MORE: Five.", "Six.", "Seven."] {
            let start = article.text.len();
            article.text.push_str(sentence);
            let span = Span::new(start, article.text.len());
            article.sentences.push(StoredSentence { span, first_word: 0, opens_paragraph: sentence.starts_with('¶') });
        }
        let check = |sentence, reach, expected| assert_eq!(block_around(&article, sentence, reach), expected);
        check(0, 9, 0..2);
        check(1, 9, 0..2);
        check(2, 9, 2..4);
        check(4, 9, 4..5);
        check(6, 9, 5..7);
        check(6, 0, 6..7);
        check(0, 1, 0..2);
    }
}
