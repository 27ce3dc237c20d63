//! Companies, bands, outlets, schools.

use super::super::classes::NameClass;
use super::super::lexicon::Traits;
use super::super::view::Shape;
use super::Case;

impl Case<'_, '_> {
    pub fn organization(&self) -> f32 {
        let listed = self.listed(NameClass::Organization);
        let artist = self.listed(NameClass::Artist);
        let first = self.first();
        let mut score = if self.len() == 1 { [0.0, 0.4, 1.2, 2.6][listed] } else { [0.0, 0.9, 1.8, 3.2][listed] };
        if self.len() == 1 && listed < 3 && self.is_common(first) {
            score *= 0.3;
        }
        if self.ends_in(Traits::ORGANIZATION_HEAD) || self.has_head_of(Traits::ORGANIZATION_HEAD) {
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
        if acronym && !self.line.title_case && self.listed(NameClass::Place) < 3 {
            score += 1.1;
        }
        if self.follows(Traits::BAND_BEFORE) {
            score += 1.3;
        }
        if self.segment.quoted {
            score -= 1.8;
        }
        score
    }
}
