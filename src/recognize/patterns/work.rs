//! Works: quoted titles, listed titles, sequels.

use crate::recognize::gazetteer::NameClass;
use crate::recognize::lexicon::WordTraits;
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::{AnnotatedToken, Shape, closes_like_speech};

impl SegmentContext<'_, '_> {
    /// The score of a work’s title.
    pub(super) fn work_score(&self) -> f32 {
        let listed = self.listed(NameClass::Work);
        let near = self.near_work();
        let mut score = match self.len() {
            1 if listed == 3 && !self.first().common => 1.0,
            1 => [0.0, 0.1, 0.3, 0.4][listed],
            _ => [0.0, 0.9, 1.6, 2.4][listed],
        };
        if self.segment.quoted {
            score += self.quoted_title(listed, near);
        } else if self.len() > 1
            && self.first().strength(NameClass::FirstName) >= 2
            && self.last().strength(NameClass::Surname) >= 1
        {
            score -= 1.0;
        }
        if self.segment.opens_quote && !self.segment.quoted {
            score -= 1.0;
        }
        if near && (listed > 0 || self.segment.quoted) {
            score += 0.8;
        } else if near && self.len() > 1 {
            score += 0.4;
        }
        if self.segment.loose && !self.segment.quoted && self.subtitle().is_some() {
            score += 2.5;
        }
        if self.listed(NameClass::Place) >= 2 && !self.segment.quoted {
            score -= 1.0;
        }
        // “The House” and “Air Force” are titles only with some other evidence.
        let bare = listed < 3 && !self.segment.quoted && !near && !self.segment.loose;
        let non_name = |w: &AnnotatedToken<'_>| w.folded.len() > 1 && w.traits.any(WordTraits::NON_NAME);
        if bare && (self.is_generic() || self.words.iter().any(non_name)) {
            score -= 1.5;
        }
        if self.is_numbered_title() && !self.is_regnal() {
            score += if self.is_listed_before_number() { 3.0 } else { 1.6 };
        }
        score
    }

    /// The score that quotation marks add.
    fn quoted_title(&self, listed: usize, near: bool) -> f32 {
        let mut score = 2.6;
        if self.is_nickname() {
            score -= 3.0;
        }
        if self.len() == 1 && listed == 0 && !near && closes_like_speech(self.view, self.segment.to - 1) {
            score -= 2.0;
        }
        score
    }

    /// Whether a word such as “film” or “starring” is near.
    pub fn near_work(&self) -> bool {
        let from = self.segment.from.saturating_sub(3).max(self.sentence.start);
        let to = (self.segment.to + 2).min(self.sentence.end);
        let near = |words: &[AnnotatedToken<'_>]| {
            words.iter().any(|w| w.shape == Shape::Lower && w.traits.any(WordTraits::NEAR_WORK))
        };
        near(&self.view.words[from..self.segment.from]) || near(&self.view.words[self.segment.to..to])
    }

    /// The “Diddy” of “Sean “Diddy” Combs”.
    fn is_nickname(&self) -> bool {
        self.gap_before.starts_with(' ')
            && self.gap_after.ends_with(' ')
            && self.gap_after.chars().count() == 2
            && self.before.is_some_and(AnnotatedToken::is_capital)
            && self.after.is_some_and(AnnotatedToken::is_capital)
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::fixtures::with_context;

    /// The first marked words have the higher score.
    fn check(better: &str, worse: &str) {
        let score = |marked| with_context(marked, |context| context.work_score());
        assert!(score(better) > score(worse), "{better}: {}, {worse}: {}", score(better), score(worse));
    }

    #[test]
    fn evidence_raises_the_score() {
        check("saw “[Zorblat Quix]” there", "saw [Zorblat Quix] there");
        check("the film “[Zorblat]” opened", "the dog “[Zorblat]” barked");
        check("saw [Zorblat Quix 4] there", "saw [Zorblat Quix] there");
        check("said “[Zorblat]” then", "said “[Zorblat],” then");
        check("saw “[Zorblat]” there", "saw Sean “[Zorblat]” Combs");
        check("saw [Zorblat: Quix Returns] there", "saw [Zorblat Quix Returns] there");
    }
}
