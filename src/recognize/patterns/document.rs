//! Evidence for a segment from the rest of the article.

use crate::article::EntityKind;
use crate::recognize::document_memory::DocumentMemory;
use crate::recognize::scores::Scores;
use crate::recognize::segments::SegmentContext;

impl SegmentContext<'_, '_> {
    /// What the names of the first pass add to the score of each kind.
    pub fn document_scores(&self, memory: &DocumentMemory) -> Scores {
        let mut scores = [0.0; EntityKind::COUNT];
        scores[EntityKind::Place.ordinal()] += self.place_document_score(memory);
        scores[EntityKind::Character.ordinal()] += self.credit_document_score(memory);
        let alone = self.len() == 1 && !self.segment.quoted;
        let part = alone && self.cut_ends() > 0;
        if let Some(named) = memory.scores(self.view.key_hash(self.segment.from, self.segment.to)) {
            let waived = self.headline_penalty();
            scores.iter_mut().for_each(|score| *score += waived);
            // “Trump” elsewhere is no evidence for the “Trump” of “Melania Trump”.
            if !part {
                self.add_named(&named, &mut scores);
            }
        }
        if alone && !part {
            self.add_parts(memory, &mut scores);
        }
        scores
    }

    /// Adds the evidence of the same words elsewhere in the article.
    fn add_named(&self, named: &Scores, scores: &mut Scores) {
        let best = named.iter().cloned().fold(0.0, f32::max);
        // A single word is weaker evidence than a full name.
        let (base, rate) = if self.len() == 1 { (0.4, 0.2) } else { (0.8, 0.35) };
        for (score, weight) in scores.iter_mut().zip(named) {
            *score += if *weight == best { base + rate * weight.min(6.0) } else { -0.5 };
        }
    }

    /// Adds the evidence of a full name that the word is the surname or given name of.
    fn add_parts(&self, memory: &DocumentMemory, scores: &mut Scores) {
        let word = self.first();
        let clear = !(word.opens && word.common);
        if let Some(kind) = memory.kind_of_surname(word.hash) {
            scores[kind.ordinal()] += if clear { 2.4 } else { 0.6 };
        } else if let Some(kind) = memory.kind_of_first_name(word.hash) {
            scores[kind.ordinal()] += if clear { 1.6 } else { 0.4 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::decoded_name::DecodedName;
    use crate::recognize::fixtures::with_context;

    #[test]
    fn names_elsewhere_raise_the_score_of_their_kind() {
        fn check(marked: &str, words: (usize, usize), kind: EntityKind, raised: bool) {
            let (from, to) = words;
            let name = DecodedName { from, to, kind, score: 3.0, margin: 0.0, listed: 0 };
            let scores =
                with_context(marked, |context| context.document_scores(&DocumentMemory::new(context.view, &[name])));
            assert_eq!(scores[kind.ordinal()] > 0.0, raised, "{marked}: {scores:?}");
        }
        check("We met Ann Zorblat. Then [Ann Zorblat] left.", (2, 4), EntityKind::Person, true);
        check("We met Ann Zorblat. Then [Zorblat] left.", (2, 4), EntityKind::Person, true);
        check("We met Ann Zorblat. Then [Ann] left.", (2, 4), EntityKind::Character, true);
        check("We met Ann Zorblat. Then [Quix] left.", (2, 4), EntityKind::Person, false);
        check("We saw Zorblat. Then [Zorblat] Quix left.", (2, 3), EntityKind::Work, false);
        check("We saw Zorblat. Then [Zorblat] left.", (2, 3), EntityKind::Work, true);
    }
}
