//! Titles of works.

use super::super::candidates::closes_like_speech;
use super::super::classes::NameClass;
use super::super::lexicon::Traits;
use super::super::view::{Shape, Word};
use super::Case;

impl Case<'_, '_> {
    pub fn work(&self) -> f32 {
        let listed = self.listed(NameClass::Work);
        let near = self.near_work();
        let mut score = match self.len() {
            1 if listed == 3 && !self.is_common(self.first()) => 1.0,
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
        // “The House” and “Air Force” are titles only where something says so.
        let bare = listed < 3 && !self.segment.quoted && !near && !self.segment.loose;
        let never = |w: &Word<'_>| w.folded.len() > 1 && w.traits.any(Traits::NEVER);
        if bare && (self.is_generic() || self.words.iter().any(never)) {
            score -= 1.5;
        }
        if self.is_numbered_title() && !self.is_regnal() {
            score += if self.is_listed_before_number() { 3.0 } else { 1.6 };
        }
        score
    }

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

    pub fn near_work(&self) -> bool {
        let from = self.segment.from.saturating_sub(3).max(self.line.start);
        let to = (self.segment.to + 2).min(self.line.end);
        let near =
            |words: &[Word<'_>]| words.iter().any(|w| w.shape == Shape::Lower && w.traits.any(Traits::WORK_NEAR));
        near(&self.view.words[from..self.segment.from]) || near(&self.view.words[self.segment.to..to])
    }

    /// “Diddy” of “Sean “Diddy” Combs”.
    fn is_nickname(&self) -> bool {
        self.gap_before.starts_with(' ')
            && self.gap_after.ends_with(' ')
            && self.gap_after.chars().count() == 2
            && self.before.is_some_and(Word::is_capital)
            && self.after.is_some_and(Word::is_capital)
    }
}
