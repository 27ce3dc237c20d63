//! An article's sentences and words, found once for all later stages.

use crate::article::{Article, Sentence, Span, Token};

use super::SentenceSegmenter;
use super::words;

/// The sentences and words of an article, title first.
#[derive(Debug, Clone, Default)]
pub struct Segmented {
    /// The title, if it stands in the text, and the sentences of the body.
    pub sentences: Vec<Sentence>,
    /// The words of all sentences, in order.
    pub words: Vec<Token>,
    /// For each sentence the index of its first word; one more entry at the end.
    pub first_word: Vec<usize>,
    /// Whether the first sentence is the title.
    pub has_title: bool,
}

impl Segmented {
    /// Cuts an article.
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

    /// The words of the title, none where there is no title.
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

    /// How many words, from that of index `first`, begin before a span ends.
    pub fn words_within(&self, first: usize, span: Span) -> usize {
        self.words[first..].iter().take_while(|word| word.span.start < span.end).count()
    }

    /// The index of the word that holds or follows the start of a span.
    pub fn word_at(&self, span: Span) -> usize {
        self.words.partition_point(|word| word.span.end <= span.start)
    }
}
