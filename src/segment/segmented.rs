//! The sentences and words of an article, found once for all later stages.

use crate::article::{Article, Sentence, Span, Token};

use super::SentenceSegmenter;
use super::words;

/// The sentences and words of an article, title first.
#[derive(Debug, Clone, Default)]
pub struct Segmented {
    /// The title, if the text has one, and the sentences of the body.
    pub sentences: Vec<Sentence>,
    /// The words of all sentences, in order.
    pub words: Vec<Token>,
    /// The index of the first word of each sentence, then the count of words.
    pub first_word: Vec<usize>,
    /// Whether the first sentence is the title.
    pub has_title: bool,
}

impl Segmented {
    /// Segments an article.
    pub fn new(article: &Article) -> Self {
        let mut sentences = SentenceSegmenter::new().sentences(&article.text, article.body);
        let has_title = !article.title_span.is_empty();
        if has_title {
            sentences.insert(0, Sentence { span: article.title_span, opens_paragraph: true });
        }
        let mut all = Vec::with_capacity(article.text.len() / 5);
        let mut first_word = Vec::with_capacity(sentences.len() + 1);
        for sentence in &sentences {
            first_word.push(all.len());
            all.append(&mut words(&article.text, sentence.span));
        }
        first_word.push(all.len());
        Self { sentences, words: all, first_word, has_title }
    }

    /// The words of a sentence.
    pub fn words_of(&self, sentence: usize) -> &[Token] {
        &self.words[self.first_word[sentence]..self.first_word[sentence + 1]]
    }

    /// The words of the title; none if there is no title.
    pub fn title_words(&self) -> &[Token] {
        &self.words[..self.title_len()]
    }

    /// The words of the body.
    pub fn body_words(&self) -> &[Token] {
        &self.words[self.title_len()..]
    }

    /// How many words the title has.
    pub fn title_len(&self) -> usize {
        if self.has_title { self.first_word[1] } else { 0 }
    }

    /// How many words, from index `first` on, start before a span ends.
    pub fn words_within(&self, first: usize, span: Span) -> usize {
        self.words[first..].iter().take_while(|word| word.span.start < span.end).count()
    }

    /// The index of the first word that ends after the start of a span.
    pub fn word_at(&self, span: Span) -> usize {
        self.words.partition_point(|word| word.span.end <= span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str, title: usize) -> Article {
        Article {
            text: text.to_owned(),
            title_span: Span::new(0, title),
            body: Span::new(title, text.len()),
            ..Article::default()
        }
    }

    #[test]
    fn the_title_is_the_first_sentence() {
        let article = article("Film Opens\nIt opened. Fans came.", 10);
        let segmented = Segmented::new(&article);
        let words = |words: &[Token]| words.iter().map(|w| w.span.of(&article.text).to_owned()).collect::<Vec<_>>();
        assert_eq!(segmented.first_word, [0, 2, 4, 6]);
        assert_eq!((segmented.has_title, segmented.title_len()), (true, 2));
        assert_eq!(words(segmented.title_words()), ["Film", "Opens"]);
        assert_eq!(words(segmented.body_words()), ["It", "opened", "Fans", "came"]);
        assert_eq!(words(segmented.words_of(2)), ["Fans", "came"]);
    }

    #[test]
    fn without_a_title_all_words_are_of_the_body() {
        let segmented = Segmented::new(&article("It opened.", 0));
        assert!(!segmented.has_title);
        assert_eq!((segmented.title_words().len(), segmented.body_words().len()), (0, 2));
        let empty = Segmented::new(&article("", 0));
        assert_eq!((empty.sentences.len(), empty.first_word), (0, vec![0]));
    }

    #[test]
    fn words_are_found_by_spans() {
        fn check(span: (usize, usize), word_at: usize, words_within: usize) {
            let segmented = Segmented::new(&article("It opened. Fans came.", 0));
            let span = Span::new(span.0, span.1);
            assert_eq!((segmented.word_at(span), segmented.words_within(1, span)), (word_at, words_within), "{span:?}");
        }
        check((0, 2), 0, 0);
        check((2, 3), 1, 0);
        check((3, 12), 1, 2);
        check((5, 21), 1, 3);
        check((21, 21), 4, 3);
    }
}
