//! Countries, cities, venues.

use crate::recognize::document_memory::DocumentMemory;
use crate::recognize::gazetteer::NameClass;
use crate::recognize::lexicon::WordTraits;
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::AnnotatedToken;

impl SegmentContext<'_, '_> {
    /// The score of a place’s name.
    pub(super) fn place_score(&self) -> f32 {
        let listed = self.listed(NameClass::Place);
        let first = self.first();
        let single = self.len() == 1;
        let mut score = if single { [0.0, 0.9, 1.6, 2.8][listed] } else { [0.0, 1.0, 1.8, 3.2][listed] };
        let human = first.strength(NameClass::FirstName) >= 2 || first.strength(NameClass::Surname) == 3;
        if single && human && listed < 3 {
            score -= 1.0;
        }
        if single && listed < 3 && first.common {
            score -= 0.6;
        }
        if self.ends_in(WordTraits::PLACE_HEAD) {
            score += 2.0;
        }
        if self.follows_closely(WordTraits::BEFORE_PLACE) {
            score += if score > 0.5 { 0.8 } else { 0.5 };
        }
        if single && self.follows_closely(WordTraits::BEFORE_PERSON) {
            score -= 1.2;
        }
        let is_place = |w: &AnnotatedToken<'_>| w.is_capital() && w.strength(NameClass::Place) == 3;
        if self.gap_after == ", " && self.len() <= 3 && !first.is_connector() && self.after.is_some_and(is_place) {
            score += 1.2;
        }
        if self.gap_before == ", " && score > 0.5 && self.before.is_some_and(is_place) {
            score += 0.6;
        }
        if self.segment.quoted {
            score -= 1.8;
        }
        score
    }

    /// “Taylor” is not a town in an article about Taylor Swift.
    pub(super) fn place_document_score(&self, memory: &DocumentMemory) -> f32 {
        let hash = self.first().hash;
        let part_of_a_name = self.len() == 1
            && self.listed(NameClass::Place) < 3
            && (memory.kind_of_surname(hash).is_some() || memory.kind_of_first_name(hash).is_some());
        if part_of_a_name { -3.0 } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::fixtures::with_context;

    /// The first marked words have the higher score.
    fn check(better: &str, worse: &str) {
        let score = |marked| with_context(marked, |context| context.place_score());
        assert!(score(better) > score(worse), "{better}: {}, {worse}: {}", score(better), score(worse));
    }

    #[test]
    fn evidence_raises_the_score() {
        check("stayed in [Zorblat] then", "saw [Zorblat] then");
        check("saw [Zorblat Street] there", "saw [Zorblat Quix] there");
        check("saw [Zorblat], France, then", "saw [Zorblat], Quix, then");
        check("saw [Paris] there", "saw [Zorblat] there");
        check("saw [Paris] there", "saw “[Paris]” there");
        check("saw [Zorblat] there", "actor [Zorblat] there");
    }
}
