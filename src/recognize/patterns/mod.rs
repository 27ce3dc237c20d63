//! The evidence for each kind of name that is scored by hand.
//!
//! Patterns cover what the annotated data has too little of: quoted titles,
//! credits, head words, numerals and subtitles, titles before names. Weights
//! are in units of the score that makes a name (1.0) and were set by hand for
//! newsroom English; the trained model adds what it learned.

mod character;
mod document;
mod event;
mod filter;
mod organization;
mod penalties;
mod person;
mod place;
mod titles;
mod work;

pub(super) use filter::FilterOutcome;

use super::scores::Scores;
use super::segments::SegmentContext;

impl SegmentContext<'_, '_> {
    /// The score of each kind, without evidence from the rest of the article.
    pub fn scores(&self) -> Scores {
        let mut scores = [
            self.person_score(),
            self.character_score(),
            self.work_score(),
            self.organization_score(),
            self.place_score(),
            self.event_score(),
        ];
        let penalty = self.penalty();
        scores.iter_mut().for_each(|score| *score -= penalty);
        scores
    }

    /// Whether patterns alone decide, without trained weights: glued names,
    /// sequels and subtitles are too rare in annotated text to be learned.
    pub fn patterns_decide(&self) -> bool {
        if self.len() == 1 {
            return self.is_glued();
        }
        let sequel = || {
            self.is_numbered_title()
                && (self.near_work() || self.view.gap(self.segment.from + 1) == ":" || self.is_listed_before_number())
        };
        !self.segment.quoted && (self.segment.loose && self.subtitle().is_some() || sequel())
    }
}
