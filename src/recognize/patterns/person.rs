//! People.

use crate::article::Span;
use crate::recognize::gazetteer::{ClassStrengths, NameClass};
use crate::recognize::lexicon::WordTraits;
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::{AnnotatedToken, Shape};
use crate::segment::{fold, name_parts};

impl SegmentContext<'_, '_> {
    /// The score of a person’s name.
    pub(super) fn person_score(&self) -> f32 {
        let listed = self.listed(NameClass::Person);
        let artist = self.listed(NameClass::Artist);
        let mut score = match self.len() {
            1 => self.single_person(artist) + [0.0, 0.3, 0.9, 1.9][listed],
            _ if self.is_regnal() => 3.5,
            2..=4 if self.is_human_shape() => self.full_name(listed, artist),
            _ => return 0.0,
        };
        if self.len() == 1 && self.is_award() {
            score -= 1.5;
        } else if self.follows_closely(WordTraits::BEFORE_PERSON) {
            score += 0.9;
        } else if self.follows(WordTraits::HONORIFIC) {
            score += 1.5;
        }
        let after = self.after.is_some_and(|w| w.traits.any(WordTraits::AFTER_PERSON));
        if after && self.gap_after.trim_start_matches(['’', '\'', 's']).trim().is_empty() {
            score += 0.7;
        }
        if self.followed_by_age() {
            score += 1.5;
        }
        if self.follows(WordTraits::ARTICLE) && listed < 2 {
            score -= 1.2;
        }
        if self.segment.quoted {
            score -= 2.5;
        }
        score - self.title_penalty(listed)
    }

    /// The score of one word.
    fn single_person(&self, artist: usize) -> f32 {
        let word = self.first();
        if self.is_glued() {
            return 2.5;
        }
        let mut score =
            0.2 * f32::from(word.strength(NameClass::FirstName)) + 0.1 * f32::from(word.strength(NameClass::Surname));
        score += [0.0, 0.3, 0.7, 1.1][artist];
        // A given name right before a capitalized word is the start of a longer name.
        let continues = self.gap_after == " " && self.after.is_some_and(|after| after.is_capital());
        if continues && !self.sentence.title_case && word.strength(NameClass::FirstName) > 1 && artist < 2 {
            score -= 1.5;
        }
        let initialed = word.span.of(self.view.text).contains('.');
        if initialed { score + 0.5 } else { score }
    }

    /// The score of two to four words.
    fn full_name(&self, listed: usize, artist: usize) -> f32 {
        let mut score = [0.0, 1.6, 2.4, 3.0][listed] + [0.0, 0.5, 0.9, 1.3][artist];
        let first = f32::from(self.first().strength(NameClass::FirstName));
        // “Melania Trump”: a word that is a famous person’s whole name is a surname too.
        let famous = self.last().strength(NameClass::Person) >= 2;
        let last = if famous { 3.0 } else { f32::from(self.last().strength(NameClass::Surname)) };
        score += 0.45 * first + 0.25 * last + if famous { 1.0 } else { 0.0 };
        // Two capitalized words that no list has are most often a person.
        let unlisted = |w: &AnnotatedToken<'_>| !self.sentence.title_case && !w.classes.is_name() && !w.common;
        score += match (unlisted(self.first()), unlisted(self.last())) {
            (true, true) => 1.2,
            (false, false) => 0.0,
            _ => 0.5,
        };
        if self.words[1..self.len() - 1].iter().any(AnnotatedToken::is_letter) {
            score += 0.8;
        }
        // “Hayley Marie Atwell”: splitting it would make two people of one.
        if self.len() == 3 && self.words[..2].iter().all(|w| w.strength(NameClass::FirstName) >= 2) {
            score += 0.9;
        }
        if listed < 2 && self.has_head() {
            score -= 2.5;
        }
        let given =
            |w: &AnnotatedToken<'_>| w.strength(NameClass::FirstName) >= 2 || w.strength(NameClass::Person) >= 2;
        let common = self.words.iter().filter(|w| w.common && !given(w)).count();
        score -= 0.6 * common as f32 * if listed >= 2 { 0.3 } else { 1.0 };
        if self.words.iter().any(|w| w.strength(NameClass::Place) == 3 && w.strength(NameClass::FirstName) < 2) {
            score -= 0.8;
        }
        score
    }

    /// The penalty for a title within: “Queen” of “Queen Consort Camilla” is not
    /// part of her name.
    pub(super) fn title_penalty(&self, listed: usize) -> f32 {
        let titled = self.len() > 1 && self.first().traits.any(WordTraits::PERSONAL_TITLE.with(WordTraits::HONORIFIC));
        if titled && listed < 2 { 2.0 } else { 0.0 }
    }

    /// “Elizabeth II”: a given name and a regnal number.
    pub(super) fn is_regnal(&self) -> bool {
        self.len() == 2
            && self.first().strength(NameClass::FirstName) >= 2
            && self.last().traits.any(WordTraits::REGNAL)
            && self.last().shape != Shape::Lower
    }

    /// Capitalized throughout except for particles, without digits.
    pub(super) fn is_human_shape(&self) -> bool {
        let tail = self.view.is_hyphenated_tail(self.segment.to - 1);
        let inner = |w: &AnnotatedToken<'_>| {
            w.is_capital() || w.traits.any(WordTraits::PARTICLE) || tail && w.span == self.last().span
        };
        let gaps = (1..self.len())
            .all(|at| matches!(self.view.gap(self.segment.from + at), " " | "-" | ". " | "." | "' " | "\u{a0}"));
        let long = || self.words.iter().filter(|w| w.folded.len() > 2);
        let upper = long().filter(|w| w.shape == Shape::Upper).count();
        let first = self.first();
        gaps && (upper == 0 || upper == long().count())
            && first.is_capital()
            && !first.traits.any(WordTraits::NON_NAME)
            && (self.last().is_capital() || tail)
            && self.words[1..].iter().all(inner)
            && !(first.is_connector() && first.folded != "al" && first.folded != "my")
    }

    /// “Tom Cruise, 61”.
    fn followed_by_age(&self) -> bool {
        self.gap_after == ", " && self.after.is_some_and(|w| w.folded.len() <= 2 && w.shape == Shape::Digit)
    }

    /// Whether it is two glued names, as in `VingRhames`. Tags, and brands made
    /// of common words (`PopMatters`), are not.
    pub(super) fn is_glued(&self) -> bool {
        let word = self.first();
        if !word.glued || self.gap_before.ends_with('#') {
            return false;
        }
        let surface = word.span.of(self.view.text);
        let parts = name_parts(surface).unwrap_or_default();
        let classes = |span: &Span| self.view.gazetteer.classes(&fold(span.of(surface)));
        let (Some(first), Some(last)) = (parts.first().map(classes), parts.last().map(classes)) else { return false };
        let is_common =
            |part: ClassStrengths, name: NameClass| part.strength(NameClass::Common) > 0 && part.strength(name) < 3;
        !is_common(last, NameClass::Surname) && !is_common(first, NameClass::FirstName)
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::fixtures::with_context;

    /// The first marked words have the higher score.
    fn check(better: &str, worse: &str) {
        let score = |marked| with_context(marked, |context| context.person_score());
        assert!(score(better) > score(worse), "{better}: {}, {worse}: {}", score(better), score(worse));
    }

    #[test]
    fn evidence_raises_the_score() {
        check("said actor [Zorblat Quix] then", "said the [Zorblat Quix] then");
        check("saw [Zorblat Quix], 61, there", "saw [Zorblat Quix], then left");
        check("saw [Tom Cruise] there", "saw [Zorblat Quix] there");
        check("saw [Tom Cruise] there", "saw “[Tom Cruise]” there");
        check("met Mrs. [Zorblat] there", "met [Zorblat] there");
        check("saw [Zorblat Quix] there", "saw [Zorblat Festival] there");
    }

    #[test]
    fn forms_of_people() {
        fn check(marked: &str, human: bool, regnal: bool, glued: bool) {
            let found = with_context(marked, |c| (c.is_human_shape(), c.is_regnal(), c.is_glued()));
            assert_eq!(found, (human, regnal, glued), "{marked}");
        }
        check("saw [Ludwig van Beethoven] there", true, false, false);
        check("saw [Elizabeth II] there", true, true, false);
        check("saw [Apollo 13] there", false, false, false);
        check("saw [VingRhames] there", true, false, true);
        check("saw #[VingRhames] there", true, false, false);
        check("saw [Queen of Hearts] there", false, false, false);
    }

    #[test]
    fn a_title_is_not_part_of_the_name() {
        fn check(marked: &str, expected: f32) {
            assert_eq!(with_context(marked, |context| context.title_penalty(0)), expected, "{marked}");
        }
        check("saw [Queen Camilla] there", 2.0);
        check("saw [Camilla] there", 0.0);
        assert_eq!(with_context("saw [Queen Latifah] there", |context| context.title_penalty(2)), 0.0);
    }
}
