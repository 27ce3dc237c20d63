//! Awards, festivals, tours, wars.

use super::super::classes::NameClass;
use super::super::lexicon::Traits;
use super::super::view::Word;
use super::Case;

impl Case<'_, '_> {
    pub fn event(&self) -> f32 {
        let mut score = [0.0, 1.0, 2.0, 3.0][self.listed(NameClass::Event)];
        // “Tony” and “Oscar” are people's names too.
        let given = self.len() == 1 && self.first().strength(NameClass::FirstName) >= 2;
        let award = |w: Option<&Word<'_>>| w.is_some_and(|w| w.traits.any(Traits::AWARD_NEAR));
        if given && !award(self.before) && !award(self.after) {
            score -= 1.6;
        }
        if self.ends_in(Traits::EVENT_HEAD) {
            score += if self.is_generic() { 0.3 } else { 2.3 };
        }
        if self.segment.quoted {
            score -= 1.5;
        }
        score
    }
}
