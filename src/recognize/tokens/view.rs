//! The words of an article and the text between them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Span, Token};
use crate::recognize::gazetteer::{Gazetteer, NameClass};
use crate::recognize::lexicon::WordClusters;
use crate::segment::Segmented;

use super::sentence::SentenceRange;
use super::shape::Shape;
use super::token::AnnotatedToken;

/// Longest hyphenated second part of a given name, in bytes: the “min” of “Kyung-min”.
const MAX_TAIL: usize = 6;

/// The words of an article.
#[derive(Debug)]
pub(in crate::recognize) struct TokenView<'t> {
    pub text: &'t str,
    pub gazetteer: Gazetteer,
    pub words: Vec<AnnotatedToken<'t>>,
    pub sentences: Vec<SentenceRange>,
    /// Where each word that does not start with an ASCII lower-case letter occurs first.
    first_seen: FxHashMap<&'t str, usize>,
}

impl<'t> TokenView<'t> {
    /// Annotates the words of a segmented article.
    pub fn new(text: &'t str, segmented: &Segmented, gazetteer: Gazetteer, clusters: WordClusters<'_>) -> Self {
        let words = Vec::with_capacity(segmented.words.len());
        let mut view = Self { text, gazetteer, words, sentences: Vec::new(), first_seen: FxHashMap::default() };
        for sentence in 0..segmented.sentences.len() {
            view.add_sentence(segmented.words_of(sentence), clusters);
        }
        view.mark_common();
        view
    }

    /// The next word; a word seen before is copied instead of looked up again.
    fn word(&mut self, span: Span, opens: bool, clusters: WordClusters<'_>) -> AnnotatedToken<'t> {
        let surface = &self.text[span.start..span.end];
        if surface.starts_with(|c: char| c.is_ascii_lowercase()) {
            return AnnotatedToken { span, opens, ..AnnotatedToken::new(surface, self.gazetteer, clusters) };
        }
        let known = self.first_seen.get(surface).map(|at| self.words[*at].clone());
        let known = known.unwrap_or_else(|| {
            self.first_seen.insert(surface, self.words.len());
            AnnotatedToken::new(surface, self.gazetteer, clusters)
        });
        AnnotatedToken { span, opens, ..known }
    }

    /// Marks the words that English in general, or this article, writes in lower case.
    /// Sentences in title case do not count.
    fn mark_common(&mut self) {
        let mut lower = FxHashSet::default();
        for sentence in self.sentences.iter().filter(|sentence| !sentence.title_case) {
            let words = &mut self.words[sentence.start..sentence.end];
            for word in words.iter_mut().filter(|word| word.shape == Shape::Lower) {
                lower.insert(word.hash);
                word.common = true;
            }
        }
        for word in self.words.iter_mut().filter(|word| !word.common) {
            word.common = word.strength(NameClass::Common) >= 2 || lower.contains(&word.hash);
        }
    }

    /// Appends a sentence and its words.
    fn add_sentence(&mut self, words: &[Token], clusters: WordClusters<'_>) {
        let start = self.words.len();
        for token in words {
            let opens = self.words.len() == start || self.opens_quotation(token.span);
            let word = self.word(token.span, opens, clusters);
            self.words.push(word);
        }
        self.sentences.push(SentenceRange::new(self.text, start, &self.words[start..]));
    }

    /// Whether a quotation, or a sentence within one, starts right before a word.
    fn opens_quotation(&self, span: Span) -> bool {
        if self.text.as_bytes()[..span.start].ends_with(b" ") {
            return false;
        }
        let before = self.text[..span.start].trim_end_matches(['\'', '‘']);
        before.ends_with(['“', '"', ':', '•', '.', '?', '!', '—', '('])
    }

    /// Whether a lower-case word is the hyphenated end of a name: the “ho” of
    /// “Bong Joon-ho”, but not the “based” of “Chicago-based”.
    pub fn is_hyphenated_tail(&self, at: usize) -> bool {
        let word = &self.words[at];
        word.shape == Shape::Lower
            && at > 0
            && self.words[at - 1].shape == Shape::Capital
            && matches!(self.gap(at), "-" | "\u{2010}" | "\u{2011}")
            && word.span.len() <= MAX_TAIL
            && self.gazetteer.classes(&word.folded).strength(NameClass::Common) == 0
    }

    /// The text between a word and the one before it; empty before the first word.
    pub fn gap(&self, word: usize) -> &'t str {
        match word.checked_sub(1).and_then(|before| self.words.get(before)) {
            Some(before) => &self.text[before.span.end.min(self.words[word].span.start)..self.words[word].span.start],
            None => "",
        }
    }

    /// The text after a word, up to the next word or to the end.
    pub fn after(&self, word: usize) -> &'t str {
        let end = self.words[word].span.end;
        let next = self.words.get(word + 1).map_or(self.text.len(), |next| next.span.start);
        &self.text[end..next.max(end)]
    }

    /// The bytes of words `from..to`, with the mark that belongs to the last one
    /// (`Paramount+`, `Jr.`, `J.K.`).
    pub fn span(&self, from: usize, to: usize) -> Span {
        let mut span = Span::new(self.words[from].span.start, self.words[to - 1].span.end);
        let rest = &self.text[span.end..];
        let last = &self.words[to - 1];
        let dotted = rest.starts_with('.') && !rest[1..].starts_with("..");
        let initial = last.is_capital() && (last.span.len() == 1 || last.span.of(self.text).contains('.'));
        if rest.starts_with('+') || dotted && (initial || matches!(&*last.folded, "jr" | "sr" | "bros" | "inc")) {
            span.end += 1;
        }
        span
    }

    /// The folded words `from..to`, separated by spaces: a key of the gazetteer.
    pub fn key(&self, from: usize, to: usize) -> String {
        let mut key = String::new();
        for word in &self.words[from..to] {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&word.folded);
        }
        key
    }

    /// A hash of the folded words `from..to`.
    pub fn key_hash(&self, from: usize, to: usize) -> u64 {
        self.words[from..to]
            .iter()
            .fold(0, |hash: u64, word| (hash.rotate_left(5) ^ u64::from(word.hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn with_view(text: &str, test: impl FnOnce(&TokenView<'_>)) {
        let article = Article { body: Span::new(0, text.len()), text: text.to_owned(), ..Article::default() };
        test(&TokenView::new(text, &Segmented::new(&article), Gazetteer::default(), WordClusters(&[])));
    }

    #[test]
    fn spans_keep_the_marks_of_the_last_word() {
        fn check(text: &str, from: usize, to: usize, expected: &str) {
            with_view(text, |view| assert_eq!(view.span(from, to).of(text), expected));
        }
        check("on Paramount+ now", 1, 2, "Paramount+");
        check("Robert Downey Jr. returned", 0, 3, "Robert Downey Jr.");
        check("Warner Bros. Pictures", 0, 2, "Warner Bros.");
        check("by J.K. Rowling", 1, 2, "J.K.");
        check("He met Tom Cruise.", 2, 4, "Tom Cruise");
        check("He met Mr. T... and left", 3, 4, "T");
    }

    #[test]
    fn gaps_and_keys() {
        with_view("Tom-Ann (CNN), 7", |view| {
            let gaps: Vec<_> = (0..view.words.len()).map(|at| view.gap(at)).collect();
            assert_eq!(gaps, ["", "-", " (", "), "]);
            assert_eq!(view.after(2), "), ");
            assert_eq!(view.after(3), "");
            assert_eq!(view.key(0, 3), "tom ann cnn");
            assert_eq!(view.key_hash(0, 1), view.key_hash(0, 1));
            assert_ne!(view.key_hash(0, 2), view.key_hash(1, 3));
        });
        with_view("Tom met TOM", |view| assert_eq!(view.key_hash(0, 1), view.key_hash(2, 3)));
    }

    #[test]
    fn words_that_open_a_sentence_or_a_quotation() {
        fn check(text: &str, expected: &[&str]) {
            with_view(text, |view| {
                let opening = view.words.iter().filter(|word| word.opens);
                assert_eq!(opening.map(|word| word.span.of(text)).collect::<Vec<_>>(), expected);
            });
        }
        check("Tom left. Ann stayed.", &["Tom", "Ann"]);
        check("He said: “Come here”, and left.", &["He", "Come"]);
        check("She saw (Probably) it.", &["She", "Probably"]);
    }

    #[test]
    fn words_written_in_lower_case_elsewhere_are_common() {
        fn check(text: &str, word: usize, expected: bool) {
            with_view(text, |view| assert_eq!(view.words[word].common, expected, "{text}"));
        }
        check("Zorblat came. The zorblat left.", 0, true);
        check("Zorblat came. The Zorblat left.", 0, false);
        check("House prices rose.", 0, true);
    }

    #[test]
    fn hyphenated_ends_of_names() {
        fn check(text: &str, word: usize, expected: bool) {
            with_view(text, |view| assert_eq!(view.is_hyphenated_tail(word), expected, "{text}"));
        }
        check("Bong Joon-ho won", 2, true);
        check("Bong Joon ho won", 2, false);
        check("a Chicago-based band", 2, false);
        check("Kim Kyung-Min won", 2, false);
    }

    #[test]
    fn styles_of_sentences() {
        fn check(text: &str, title_case: bool, informal: bool) {
            with_view(text, |view| {
                let sentence = view.sentences[0];
                assert_eq!((sentence.title_case, sentence.informal), (title_case, informal), "{text}");
            });
        }
        check("The director praised everyone at the premiere.", false, false);
        check("Director Praises Everyone At London Premiere", true, false);
        check("Director Praises Everyone At London Premiere.", false, false);
        check("lol that was great", false, true);
        check("Watch this @someone now!", false, true);
        check("See it on Friday", false, true);
    }
}
