//! Evidence against a name of any kind.

use crate::recognize::lexicon::WordTraits;
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::{AnnotatedToken, Shape};

impl SegmentContext<'_, '_> {
    /// What is subtracted from the score of every kind.
    pub(super) fn penalty(&self) -> f32 {
        let first = self.first();
        let quoted = self.segment.quoted;
        let listed = self.is_listed() && self.len() >= 2;
        let common = first.common;
        let mut off = 0.0;
        if first.opens && common && !quoted {
            off += match (self.len(), listed) {
                (1, _) => 2.0,
                (_, true) => 0.2,
                (_, false) => 1.2,
            };
        }
        if self.len() == 1 && !quoted && common && !first.opens {
            off += 0.6;
        }
        off += self.headline_penalty();
        if first.is_connector() && !quoted && !listed {
            off += 2.0;
        }
        if !self.sentence.title_case && !quoted {
            off += 0.6 * self.cut_ends() as f32;
        }
        if self.len() > 1 && !quoted && !listed {
            off += self.joint_penalty();
        }
        off
    }

    /// The penalty in a headline, where capitals carry little information; waived
    /// in the second pass if the article has the name elsewhere.
    pub(super) fn headline_penalty(&self) -> f32 {
        if !self.sentence.title_case || self.segment.quoted {
            return 0.0;
        }
        let listed = self.is_listed() && self.len() >= 2;
        let common = self.words.iter().filter(|w| w.common).count();
        if listed { 0.2 + 0.5 * common as f32 } else { 0.5 + 0.5 * common as f32 }
    }

    /// Words that are rare in names: “British” at an end, “and” within.
    fn joint_penalty(&self) -> f32 {
        const PENALTY: f32 = 3.0;
        let mut off = 0.0;
        let ends = [self.first(), self.last()];
        let non_name = ends.iter().any(|w| w.traits.any(WordTraits::NON_NAME));
        let upper = self.first().shape == Shape::Upper || self.first().traits.any(WordTraits::DIRECTION);
        let head = self.has_head();
        if non_name && !head && !upper {
            off += PENALTY;
        }
        if !head && self.words[1..].iter().any(|w| matches!(&*w.folded, "and" | "or")) {
            off += PENALTY;
        }
        if !self.joins_like_a_name() {
            off += PENALTY;
        }
        off
    }

    /// Whether every preposition within follows a head word: “Museum of Modern
    /// Art”, but not “Contact Ann Lee of The News”.
    fn joins_like_a_name(&self) -> bool {
        let is_preposition = |w: &AnnotatedToken<'_>| w.shape == Shape::Lower && w.traits.any(WordTraits::PREPOSITION);
        self.words.windows(2).all(|pair| !is_preposition(&pair[1]) || pair[0].traits.any(WordTraits::HEAD))
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::fixtures::with_context;

    /// The first marked words have the higher penalty.
    fn check(higher: &str, lower: &str) {
        let penalty = |marked| with_context(marked, |context| context.penalty());
        assert!(penalty(higher) > penalty(lower), "{higher}: {}, {lower}: {}", penalty(higher), penalty(lower));
    }

    #[test]
    fn penalties_apply_to_unlikely_names() {
        check("[House] was sold.", "sold [Zorblat] then.");
        check("sold the [House] then.", "sold the [Zorblat] then.");
        check("saw [Zorblat] Quix there.", "saw [Zorblat Quix] there.");
        check("saw [British Quix] there.", "saw [Zorblat Quix] there.");
        check("saw [Zorblat and Quix] there.", "saw [Zorblat Quix] there.");
        check("saw [Zorblat of Quix] there.", "saw [Museum of Quix] there.");
        check("saw [Zorblat] Quix there.", "saw “[Zorblat]” Quix there.");
    }

    #[test]
    fn capitals_count_less_in_headlines() {
        fn check(marked: &str, expected: f32) {
            assert_eq!(with_context(marked, |context| context.headline_penalty()), expected, "{marked}");
        }
        check("Director Praises [Zorblat] During London Premiere", 0.5);
        check("Director Praises “[Zorblat]” During London Premiere", 0.0);
        check("the director praised [Zorblat] during the premiere", 0.0);
    }
}
