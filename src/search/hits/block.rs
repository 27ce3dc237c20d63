//! Blocks: the paragraphs, headings, list items and link lines of an article. No passage
//! goes beyond one.

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
        let opens: Vec<bool> = (0..article.sentences.len()).map(|at| opens_block(&article, at)).collect();
        assert_eq!(opens, [true, false, true, false, true, true, false]);
    }
}
