//! Countries, cities, venues.

use super::super::classes::NameClass;
use super::super::lexicon::Traits;
use super::super::memory::Memory;
use super::super::view::Word;
use super::Case;

impl Case<'_, '_> {
    pub fn place(&self) -> f32 {
        let listed = self.listed(NameClass::Place);
        let first = self.first();
        let single = self.len() == 1;
        let mut score = if single { [0.0, 0.9, 1.6, 2.8][listed] } else { [0.0, 1.0, 1.8, 3.2][listed] };
        let human = first.strength(NameClass::FirstName) >= 2 || first.strength(NameClass::Surname) == 3;
        if single && human && listed < 3 {
            score -= 1.0;
        }
        if single && listed < 3 && self.is_common(first) {
            score -= 0.6;
        }
        if self.ends_in(Traits::PLACE_HEAD) {
            score += 2.0;
        }
        if self.follows_closely(Traits::PLACE_BEFORE) {
            score += if score > 0.5 { 0.8 } else { 0.5 };
        }
        if single && self.follows_closely(Traits::PERSON_BEFORE) {
            score -= 1.2;
        }
        let is_place = |w: &Word<'_>| w.is_capital() && w.strength(NameClass::Place) == 3;
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

    /// “Taylor” in an article about Taylor Swift is no town.
    pub fn place_recalled(&self, memory: &Memory) -> f32 {
        let hash = self.first().hash;
        let part_of_a_name = self.len() == 1
            && self.listed(NameClass::Place) < 3
            && (memory.surname_of(hash).is_some() || memory.first_name_of(hash).is_some());
        if part_of_a_name { -3.0 } else { 0.0 }
    }
}
