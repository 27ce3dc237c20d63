//! What speaks against any name.

use super::super::lexicon::Traits;
use super::super::view::{Shape, Word};
use super::Case;

impl Case<'_, '_> {
    pub fn doubt(&self) -> f32 {
        let first = self.first();
        let quoted = self.segment.quoted;
        let listed = self.is_listed() && self.len() >= 2;
        let common = self.is_common(first);
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
        off += self.headline_doubt();
        if first.is_connector() && !quoted && !listed {
            off += 2.0;
        }
        if !self.line.title_case && !quoted {
            off += 0.6 * self.cuts() as f32;
        }
        if self.len() > 1 && !quoted && !listed {
            off += self.seams();
        }
        off
    }

    /// In a headline capitals say little; lifted where the article has the name elsewhere.
    pub fn headline_doubt(&self) -> f32 {
        if !self.line.title_case || self.segment.quoted {
            return 0.0;
        }
        let listed = self.is_listed() && self.len() >= 2;
        let common = self.words.iter().filter(|w| self.is_common(w)).count();
        if listed { 0.2 + 0.5 * common as f32 } else { 0.5 + 0.5 * common as f32 }
    }

    /// Words that names seldom hold: “British” at an end, “and” within.
    fn seams(&self) -> f32 {
        const SEAM: f32 = 3.0;
        let mut off = 0.0;
        let ends = [self.first(), self.last()];
        let never = ends.iter().any(|w| w.traits.any(Traits::NEVER));
        let upper = self.first().shape == Shape::Upper || self.first().traits.any(Traits::DIRECTION);
        let head = self.has_head();
        if never && !head && !upper {
            off += SEAM;
        }
        if !head && self.words[1..].iter().any(|w| matches!(&*w.folded, "and" | "or")) {
            off += SEAM;
        }
        if !self.joins_like_a_name() {
            off += SEAM;
        }
        off
    }

    /// Whether every “of” or “for” within follows a head word: “Museum of Modern
    /// Art”, but not “Contact Ann Lee of The News”.
    fn joins_like_a_name(&self) -> bool {
        let joins = |w: &Word<'_>| w.shape == Shape::Lower && w.traits.any(Traits::PREPOSITION);
        self.words.windows(2).all(|pair| !joins(&pair[1]) || pair[0].traits.any(Traits::HEAD))
    }
}
