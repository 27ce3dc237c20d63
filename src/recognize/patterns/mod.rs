//! What speaks for a segment being a name of each kind, added up.
//!
//! Patterns that little data cannot teach: quoted titles, credits, head words,
//! numerals and subtitles, titles before names. The weights are in units of
//! the score that makes a name (1.0), set by hand from what newsroom English
//! does; the trained model adds to them what it learned.

mod character;
mod doubt;
mod event;
mod gate;
mod organization;
mod person;
mod place;
mod recall;
mod work;

pub(super) use gate::Gate;

use crate::article::Span;
use crate::segment::{fold, name_parts};

use super::candidates::Segment;
use super::classes::{Classes, NameClass};
use super::lexicon::Traits;
use super::view::{Line, View, Word};

/// A score for each kind.
pub(super) type Scores = [f32; 6];

/// A segment with its surroundings at hand.
pub(super) struct Case<'a, 't> {
    pub view: &'a View<'t>,
    pub line: Line,
    pub segment: &'a Segment,
    pub words: &'a [Word<'t>],
    /// The words before and after, none at the ends of the line.
    pub before: Option<&'a Word<'t>>,
    pub before2: Option<&'a Word<'t>>,
    pub after: Option<&'a Word<'t>>,
    pub gap_before: &'t str,
    pub gap_after: &'t str,
}

impl<'a, 't> Case<'a, 't> {
    pub fn new(view: &'a View<'t>, line: Line, segment: &'a Segment) -> Self {
        let Segment { from, to, .. } = *segment;
        let word = |at: usize| (line.start..line.end).contains(&at).then(|| &view.words[at]);
        Self {
            view,
            line,
            segment,
            words: &view.words[from..to],
            before: word(from.wrapping_sub(1)),
            before2: word(from.wrapping_sub(2)),
            after: word(to),
            gap_before: view.gap(from),
            gap_after: view.after(to - 1),
        }
    }

    /// The scores of all kinds without what the rest of the article says.
    pub fn scores(&self) -> Scores {
        let mut scores =
            [self.person(), self.character(), self.work(), self.organization(), self.place(), self.event()];
        let doubt = self.doubt();
        scores.iter_mut().for_each(|score| *score -= doubt);
        scores
    }

    /// Whether the patterns know better than anything that was learned: glued
    /// names, sequels and subtitles are too rare in annotated text.
    pub fn is_decided(&self) -> bool {
        if self.len() == 1 {
            return self.is_glued();
        }
        let sequel = || {
            self.is_numbered_title()
                && (self.near_work() || self.view.gap(self.segment.from + 1) == ":" || self.is_listed_before_number())
        };
        !self.segment.quoted && (self.segment.loose && self.subtitle().is_some() || sequel())
    }

    /// A glued name, no handle or tag, where gluing is the rule, and no brand
    /// made of common words: `VingRhames`, not `PopMatters`.
    pub fn is_glued(&self) -> bool {
        let word = self.first();
        if !word.glued || self.gap_before.ends_with('#') {
            return false;
        }
        let surface = word.span.of(self.view.text);
        let parts = name_parts(surface).unwrap_or_default();
        let classes = |span: &Span| self.view.gazetteer.classes(&fold(span.of(surface)));
        let (Some(first), Some(last)) = (parts.first().map(classes), parts.last().map(classes)) else { return false };
        let is_common =
            |part: Classes, name: NameClass| part.strength(NameClass::Common) > 0 && part.strength(name) < 3;
        !is_common(last, NameClass::Surname) && !is_common(first, NameClass::FirstName)
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn first(&self) -> &'a Word<'t> {
        &self.words[0]
    }

    pub fn last(&self) -> &'a Word<'t> {
        &self.words[self.len() - 1]
    }

    pub fn listed(&self, class: NameClass) -> usize {
        self.segment.classes.strength(class) as usize
    }

    pub fn is_listed(&self) -> bool {
        self.segment.classes.is_name()
    }

    pub fn is_common(&self, word: &Word<'_>) -> bool {
        word.common
    }

    /// Whether the word before stands in one of these lists.
    fn follows(&self, traits: Traits) -> bool {
        self.before.is_some_and(|w| w.traits.any(traits))
    }

    /// The same, nothing but a space between.
    fn follows_closely(&self, traits: Traits) -> bool {
        self.gap_before == " " && self.follows(traits)
    }

    fn ends_in(&self, heads: Traits) -> bool {
        self.len() >= 2 && self.last().traits.any(heads)
    }

    /// “University of …”, “Academy of …”.
    fn has_head_of(&self, heads: Traits) -> bool {
        self.len() > 2 && self.words.windows(2).any(|pair| pair[1].folded == "of" && pair[0].traits.any(heads))
    }

    fn has_head(&self) -> bool {
        self.ends_in(Traits::HEAD) || self.has_head_of(Traits::HEAD)
    }

    /// Whether every word is a common one: “Film Festival”, “State University”.
    fn is_generic(&self) -> bool {
        self.words.iter().all(|w| w.strength(NameClass::Common) >= 2 || w.is_connector())
    }

    /// How many ends of the segment cut a run of capitalized words.
    pub fn cuts(&self) -> usize {
        let runs_on = |word: &Word<'_>| {
            let never = word.traits.any(Traits::NEVER) && !word.traits.any(Traits::DIRECTION);
            let opener = word.opens && self.is_common(word);
            word.is_capital() && !word.is_connector() && !never && !opener
        };
        let tight = |gap: &str| matches!(gap, " " | "-" | "$" | "/" | ". " | ".");
        let left =
            tight(self.gap_before) && self.before.is_some_and(|w| runs_on(w) && !w.traits.any(Traits::PERSON_BEFORE));
        let tail = self.after.is_some() && self.gap_after == "-" && self.view.is_tail(self.segment.to);
        let right = tail || tight(self.gap_after) && self.after.is_some_and(runs_on);
        usize::from(left) + usize::from(right)
    }
}
