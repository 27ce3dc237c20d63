//! A word with everything known of it by itself.

use std::borrow::Cow;

use crate::article::Span;
use crate::recognize::gazetteer::{ClassStrengths, FstState, Gazetteer, NameClass};
use crate::recognize::lexicon::{WordClusters, WordTraits, word_hash};
use crate::segment::{folded, name_parts};

use super::shape::Shape;

/// A word and what is known of it by itself.
#[derive(Debug, Clone)]
pub(in crate::recognize) struct AnnotatedToken<'t> {
    /// Bytes into the article's text.
    pub span: Span,
    pub folded: Cow<'t, str>,
    /// Of the folded word.
    pub hash: u32,
    pub shape: Shape,
    pub traits: WordTraits,
    /// The state of the gazetteer after this word; `None` for words in lower case.
    pub fst_state: Option<FstState>,
    /// The gazetteer's classes of the word as a whole name; none for words in
    /// lower case.
    pub classes: ClassStrengths,
    /// Its word cluster; 0 if it has none.
    pub cluster: u8,
    /// Whether it is the first word of its sentence or of a quotation.
    pub opens: bool,
    /// Two names written as one word.
    pub glued: bool,
    /// Whether English in general, or this article, writes it in lower case too.
    pub common: bool,
}

impl<'t> AnnotatedToken<'t> {
    /// A word without its span, its place in the sentence and `common`, which
    /// depend on the article.
    pub(super) fn new(surface: &'t str, gazetteer: Gazetteer, clusters: WordClusters<'_>) -> Self {
        let folded = folded(surface);
        let hash = word_hash(&folded);
        let shape = Shape::of(surface);
        let (fst_state, classes) =
            if shape == Shape::Lower { (None, ClassStrengths::default()) } else { gazetteer.look_up(&folded) };
        Self {
            span: Span::default(),
            hash,
            shape,
            traits: WordTraits::of(&folded),
            fst_state,
            classes,
            cluster: clusters.of(hash),
            opens: false,
            glued: shape != Shape::Lower && name_parts(surface).is_some(),
            common: false,
            folded,
        }
    }
}

impl AnnotatedToken<'_> {
    /// How strongly a class lists the word as a whole name, 0 to 3.
    pub fn strength(&self, class: NameClass) -> u8 {
        self.classes.strength(class)
    }

    /// Whether it has a capital.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper)
    }

    /// Whether names and titles write it in lower case: “of”, “the”.
    pub fn is_connector(&self) -> bool {
        self.traits.any(WordTraits::CONNECTOR)
    }

    /// A single character.
    pub fn is_letter(&self) -> bool {
        self.folded.len() <= 4 && self.folded.chars().count() == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_looked_up() {
        fn check(surface: &str, folded: &str, capital: bool, listed: bool, glued: bool) {
            let token = AnnotatedToken::new(surface, Gazetteer::default(), WordClusters(&[]));
            assert_eq!(token.folded, folded, "{surface}");
            assert_eq!(token.is_capital(), capital, "{surface}");
            assert_eq!(token.classes.is_name(), listed, "{surface}");
            assert_eq!(token.glued, glued, "{surface}");
            assert_eq!(token.hash, word_hash(folded));
        }
        check("Paris", "paris", true, true, false);
        // Words in lower case are not looked up.
        check("paris", "paris", false, false, false);
        check("VingRhames", "vingrhames", true, false, true);
        check("O’Brien", "obrien", true, true, false);
    }

    #[test]
    fn letters_are_single_characters() {
        fn check(surface: &str, expected: bool) {
            let token = AnnotatedToken::new(surface, Gazetteer::default(), WordClusters(&[]));
            assert_eq!(token.is_letter(), expected, "{surface}");
        }
        check("E", true);
        check("字", true);
        check("El", false);
        check("", false);
    }
}
