//! What the rest of the article says of a segment.

use crate::article::EntityKind;

use super::super::memory::Memory;
use super::{Case, Scores};

impl Case<'_, '_> {
    /// What the article's other names add to each kind.
    pub fn recalled(&self, memory: &Memory) -> Scores {
        let mut scores = [0.0; 6];
        scores[EntityKind::Place.ordinal()] += self.place_recalled(memory);
        scores[EntityKind::Character.ordinal()] += self.credit_recalled(memory);
        let alone = self.len() == 1 && !self.segment.quoted;
        let part = alone && self.cuts() > 0;
        if let Some(named) = memory.named(self.view.key_hash(self.segment.from, self.segment.to)) {
            let lifted = self.headline_doubt();
            scores.iter_mut().for_each(|score| *score += lifted);
            // “Trump” elsewhere says nothing of the Trump in “Melania Trump”.
            if !part {
                self.add_named(&named, &mut scores);
            }
        }
        if alone && !part {
            self.add_parts(memory, &mut scores);
        }
        scores
    }

    fn add_named(&self, named: &Scores, scores: &mut Scores) {
        let best = named.iter().cloned().fold(0.0, f32::max);
        // One word says less of what it names than a full name does.
        let (base, rate) = if self.len() == 1 { (0.4, 0.2) } else { (0.8, 0.35) };
        for (score, weight) in scores.iter_mut().zip(named) {
            *score += if *weight == best { base + rate * weight.min(6.0) } else { -0.5 };
        }
    }

    /// A surname or given name of somebody whom the article names in full.
    fn add_parts(&self, memory: &Memory, scores: &mut Scores) {
        let word = self.first();
        let clear = !(word.opens && self.is_common(word));
        if let Some(kind) = memory.surname_of(word.hash) {
            scores[kind.ordinal()] += if clear { 2.4 } else { 0.6 };
        } else if let Some(kind) = memory.first_name_of(word.hash) {
            scores[kind.ordinal()] += if clear { 1.6 } else { 0.4 };
        }
    }
}
