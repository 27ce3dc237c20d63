//! People.

use super::super::classes::NameClass;
use super::super::lexicon::Traits;
use super::super::view::{Shape, Word};
use super::Case;

impl Case<'_, '_> {
    pub fn person(&self) -> f32 {
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
        } else if self.follows_closely(Traits::PERSON_BEFORE) {
            score += 0.9;
        } else if self.follows(Traits::HONORIFIC) {
            score += 1.5;
        }
        let after = self.after.is_some_and(|w| w.traits.any(Traits::PERSON_AFTER));
        if after && self.gap_after.trim_start_matches(['’', '\'', 's']).trim().is_empty() {
            score += 0.7;
        }
        if self.followed_by_age() {
            score += 1.5;
        }
        if self.follows(Traits::ARTICLE) && listed < 2 {
            score -= 1.2;
        }
        if self.segment.quoted {
            score -= 2.5;
        }
        score - self.title_within(listed)
    }

    fn single_person(&self, artist: usize) -> f32 {
        let word = self.first();
        if self.is_glued() {
            return 2.5;
        }
        let mut score =
            0.2 * f32::from(word.strength(NameClass::FirstName)) + 0.1 * f32::from(word.strength(NameClass::Surname));
        score += [0.0, 0.3, 0.7, 1.1][artist];
        // A given name right before a capital is the beginning of a name.
        let goes_on = self.gap_after == " " && self.after.is_some_and(|after| after.is_capital());
        if goes_on && !self.line.title_case && word.strength(NameClass::FirstName) > 1 && artist < 2 {
            score -= 1.5;
        }
        let initialed = word.span.of(self.view.text).contains('.');
        if initialed { score + 0.5 } else { score }
    }

    fn full_name(&self, listed: usize, artist: usize) -> f32 {
        let mut score = [0.0, 1.6, 2.4, 3.0][listed] + [0.0, 0.5, 0.9, 1.3][artist];
        let first = f32::from(self.first().strength(NameClass::FirstName));
        // “Melania Trump”: a name that alone means one person is a surname too.
        let famous = self.last().strength(NameClass::Person) >= 2;
        let last = if famous { 3.0 } else { f32::from(self.last().strength(NameClass::Surname)) };
        score += 0.45 * first + 0.25 * last + if famous { 1.0 } else { 0.0 };
        // Two capitalized words that no list has are more often a person than anything else.
        let strange = |w: &Word<'_>| !self.line.title_case && !w.classes.is_name() && !self.is_common(w);
        score += match (strange(self.first()), strange(self.last())) {
            (true, true) => 1.2,
            (false, false) => 0.0,
            _ => 0.5,
        };
        if self.words[1..self.len() - 1].iter().any(Word::is_letter) {
            score += 0.8;
        }
        // “Hayley Marie Atwell”: cutting it makes two people of one.
        if self.len() == 3 && self.words[..2].iter().all(|w| w.strength(NameClass::FirstName) >= 2) {
            score += 0.9;
        }
        if listed < 2 && self.has_head() {
            score -= 2.5;
        }
        let given = |w: &Word<'_>| w.strength(NameClass::FirstName) >= 2 || w.strength(NameClass::Person) >= 2;
        let common = self.words.iter().filter(|w| self.is_common(w) && !given(w)).count();
        score -= 0.6 * common as f32 * if listed >= 2 { 0.3 } else { 1.0 };
        if self.words.iter().any(|w| w.strength(NameClass::Place) == 3 && w.strength(NameClass::FirstName) < 2) {
            score -= 0.8;
        }
        score
    }

    /// “Queen” of “Queen Consort Camilla” is no part of her name.
    pub fn title_within(&self, listed: usize) -> f32 {
        let titled = self.len() > 1 && self.first().traits.any(Traits::TITLE.with(Traits::HONORIFIC));
        if titled && listed < 2 { 2.0 } else { 0.0 }
    }

    /// “Elizabeth II”: a given name and a regnal number.
    pub fn is_regnal(&self) -> bool {
        self.len() == 2
            && self.first().strength(NameClass::FirstName) >= 2
            && self.last().traits.any(Traits::REGNAL)
            && self.last().shape != Shape::Lower
    }

    /// Capitals throughout but for particles; no digits.
    pub fn is_human_shape(&self) -> bool {
        let tail = self.view.is_tail(self.segment.to - 1);
        let inner =
            |w: &Word<'_>| w.is_capital() || w.traits.any(Traits::PARTICLE) || tail && w.span == self.last().span;
        let gaps = (1..self.len())
            .all(|at| matches!(self.view.gap(self.segment.from + at), " " | "-" | ". " | "." | "' " | "\u{a0}"));
        let long = || self.words.iter().filter(|w| w.folded.len() > 2);
        let upper = long().filter(|w| w.shape == Shape::Upper).count();
        let first = self.first();
        gaps && (upper == 0 || upper == long().count())
            && first.is_capital()
            && !first.traits.any(Traits::NEVER)
            && (self.last().is_capital() || tail)
            && self.words[1..].iter().all(inner)
            && !(first.is_connector() && first.folded != "al" && first.folded != "my")
    }

    fn followed_by_age(&self) -> bool {
        self.gap_after == ", " && self.after.is_some_and(|w| w.folded.len() <= 2 && w.shape == Shape::Digit)
    }
}
