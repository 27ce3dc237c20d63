//! Companies, bands, outlets, schools.

use crate::recognize::gazetteer::NameClass;
use crate::recognize::lexicon::WordTraits;
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::Shape;

impl SegmentContext<'_, '_> {
    /// The score of an organization’s name.
    pub(super) fn organization_score(&self) -> f32 {
        let listed = self.listed(NameClass::Organization);
        let artist = self.listed(NameClass::Artist);
        let first = self.first();
        let mut score = if self.len() == 1 { [0.0, 0.4, 1.2, 2.6][listed] } else { [0.0, 0.9, 1.8, 3.2][listed] };
        if self.len() == 1 && listed < 3 && first.common {
            score *= 0.3;
        }
        if self.ends_in(WordTraits::ORGANIZATION_HEAD) || self.has_head_of(WordTraits::ORGANIZATION_HEAD) {
            score += if self.is_generic() { 0.5 } else { 2.0 };
        }
        if (1..self.len()).any(|at| self.view.gap(self.segment.from + at) == " & ") {
            score += 1.2;
        }
        let band_like = first.folded == "the" || self.last().folded.ends_with('s');
        if band_like && self.len() > 1 {
            score += [0.0, 0.9, 1.4, 1.9][artist];
        } else if self.len() == 1 {
            score += [0.0, 0.2, 0.4, 0.7][artist];
        }
        let dotted = || first.span.of(self.view.text).contains('.');
        let acronym =
            self.len() == 1 && first.shape == Shape::Upper && (2..=6).contains(&first.folded.len()) && !dotted();
        if acronym && !self.sentence.title_case && self.listed(NameClass::Place) < 3 {
            score += 1.1;
        }
        if self.follows(WordTraits::BEFORE_ORGANIZATION) {
            score += 1.3;
        }
        if self.segment.quoted {
            score -= 1.8;
        }
        score
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::fixtures::with_context;

    /// The first marked words have the higher score.
    fn check(better: &str, worse: &str) {
        let score = |marked| with_context(marked, |context| context.organization_score());
        assert!(score(better) > score(worse), "{better}: {}, {worse}: {}", score(better), score(worse));
    }

    #[test]
    fn evidence_raises_the_score() {
        check("saw [Zorblat Studios] there", "saw [Zorblat Quix] there");
        check("saw [Zorblat & Quix] there", "saw [Zorblat Quix] there");
        check("saw [ZQX] there", "saw [Zqx] there");
        check("the band [Zorblat] played", "the man [Zorblat] played");
        check("saw [Zorblat Studios] there", "saw “[Zorblat Studios]” there");
        check("saw [Zorblat Pictures] there", "saw [Motion Pictures] there");
    }
}
