//! Cheap refusals that no evidence outweighs.

use crate::article::EntityKind;

use super::super::classes::NameClass;
use super::super::lexicon::{Traits, is_never_whole};
use super::super::memory::Memory;
use super::super::view::{Shape, Word};
use super::Case;

/// Whether a segment may be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Gate {
    Open,
    Shut,
    /// “May”: only where the article has somebody of that given name.
    Given,
    /// “Dial of Destiny – …”: only where the article has the title before the dash.
    Subtitle,
}

impl Case<'_, '_> {
    pub fn gate(&self) -> Gate {
        // A handle, whatever it spells.
        if self.gap_before.ends_with('@') {
            return Gate::Shut;
        }
        if self.segment.quoted {
            return if self.reads_as_title() { Gate::Open } else { Gate::Shut };
        }
        if self.len() == 1 {
            return self.gate_of_word();
        }
        if self.is_party_and_state() {
            return Gate::Shut;
        }
        let listed_whole = self.is_listed();
        let strange = |(at, w): (usize, &Word<'_>)| {
            w.shape == Shape::Lower && !w.is_connector() && !self.view.is_tail(self.segment.from + at)
        };
        if self.words.iter().enumerate().any(strange) || self.is_date() {
            return Gate::Shut;
        }
        if self.segment.loose && !listed_whole {
            return match self.subtitle() {
                Some(Subtitle::Listed) => Gate::Open,
                _ if self.is_numbered_title() && self.is_listed_before_number() => Gate::Open,
                Some(Subtitle::Unlisted) => Gate::Subtitle,
                None => Gate::Shut,
            };
        }
        let number = self.first().shape == Shape::Digit && !listed_whole;
        if number || is_never_whole(self.words.iter().map(|w| &*w.folded)) { Gate::Shut } else { Gate::Open }
    }

    fn gate_of_word(&self) -> Gate {
        let word = self.first();
        if !word.is_capital()
            || self.is_bare_letter()
            || self.is_title_of_next()
            || word.traits.any(Traits::ABBREVIATION)
        {
            return Gate::Shut;
        }
        let month_name = matches!(&*word.folded, "may" | "april" | "june" | "august");
        match (word.traits.any(Traits::NEVER), month_name) {
            (false, _) => Gate::Open,
            (true, true) => Gate::Given,
            (true, false) => Gate::Shut,
        }
    }

    /// Whether a gate that was left ajar opens in the light of the article.
    pub fn opens(&self, gate: Gate, memory: &Memory) -> bool {
        match gate {
            Gate::Open => true,
            Gate::Shut => false,
            Gate::Given => memory.first_name_of(self.first().hash).is_some(),
            Gate::Subtitle => self.subtitle_at().is_some_and(|cut| {
                let head = self.view.key_hash(self.segment.from, self.segment.from + cut);
                memory.named(head).is_some_and(|scores| scores[EntityKind::Work.ordinal()] > 1.0)
            }),
        }
    }

    /// “October 22”: never a name, though films are called so.
    fn is_date(&self) -> bool {
        self.first().traits.any(Traits::MONTH) && self.words[1].shape == Shape::Digit
    }

    /// A single letter, but for `E!`.
    fn is_bare_letter(&self) -> bool {
        self.first().is_letter() && !self.gap_after.starts_with('!')
    }

    /// “Queen” of “Queen Elizabeth”: a title of the name that follows.
    fn is_title_of_next(&self) -> bool {
        self.first().traits.any(Traits::TITLE)
            && (self.before.is_some_and(|w| w.folded == "the")
                || self.gap_after == " " && self.after.is_some_and(Word::is_capital))
    }

    /// “Toy Story 4”, “M:I 7”: a capitalized name and a small number.
    pub fn is_numbered_title(&self) -> bool {
        let last = self.last();
        let small = last.shape == Shape::Digit && last.folded.len() <= 2 || last.traits.any(Traits::NUMERAL);
        if self.len() < 2 || !small {
            return false;
        }
        let head = &self.words[self.len() - 2];
        let counted = head.traits.any(Traits::COUNTED) || head.folded.len() > 1 && head.traits.any(Traits::NEVER);
        // “Premieres 8 p.m.”
        let hour =
            self.after.is_some_and(|after| matches!(&*after.folded, "p.m" | "a.m" | "pm" | "am" | "p" | "oclock"));
        head.is_capital() && !counted && !hour && self.gap_after.chars().next().is_none_or(|c| c != '-' && c != '%')
    }

    /// Whether a work of the same name without the number is listed.
    pub fn is_listed_before_number(&self) -> bool {
        let head = || self.view.key(self.segment.from, self.segment.to - 1);
        self.len() > 2 && self.view.gazetteer.classes(&head()).strength(NameClass::Work) > 0
    }

    /// “Top Gun: Maverick”: a title, a colon or dash, and more.
    pub fn subtitle(&self) -> Option<Subtitle> {
        let cut = self.subtitle_at()?;
        let head = self.view.key(self.segment.from, self.segment.from + cut);
        let listed = self.view.gazetteer.classes(&head).strength(NameClass::Work) >= 2;
        Some(if listed { Subtitle::Listed } else { Subtitle::Unlisted })
    }

    /// The word after the only colon or dash, where all words are a title's.
    fn subtitle_at(&self) -> Option<usize> {
        if self.last().is_connector() {
            return None;
        }
        let capital = |word: &Word<'_>| word.is_capital() || word.shape == Shape::Digit || word.is_connector();
        let mut cut = None;
        for at in 1..self.len() {
            match self.view.gap(self.segment.from + at) {
                ": " | ":" | " – " | " — " | " - " if cut.is_none() => cut = Some(at),
                " " | "-" | "’s " | "'s " | ". " => {}
                _ => return None,
            }
        }
        // “24: …” is mostly an hour or a day.
        let counted = cut == Some(1) && self.first().shape == Shape::Digit;
        cut.filter(|_| !counted && self.words.iter().all(capital))
    }

    /// Whether quoted words are written like a title rather than like speech.
    fn reads_as_title(&self) -> bool {
        let main = self.words.iter().filter(|w| !w.is_connector());
        let (mut all, mut small) = (0, 0);
        for word in main {
            all += 1;
            small += usize::from(word.shape == Shape::Lower);
        }
        let opens = self.first().shape != Shape::Lower;
        let listed = self.listed(NameClass::Work) > 1;
        opens && (listed || small == 0 || small * 5 <= all && self.len() > 4)
    }
}

/// Whether the title before a subtitle is in the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Subtitle {
    Listed,
    Unlisted,
}
