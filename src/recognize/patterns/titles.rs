//! Titles of works with a number or a subtitle.

use crate::recognize::gazetteer::NameClass;
use crate::recognize::lexicon::WordTraits;
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::{AnnotatedToken, Shape};

/// Whether the gazetteer has the title before a subtitle as a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subtitle {
    Listed,
    Unlisted,
}

impl SegmentContext<'_, '_> {
    /// “Toy Story 4”, “M:I 7”: a capitalized word and then a small number.
    pub fn is_numbered_title(&self) -> bool {
        let last = self.last();
        let small = last.shape == Shape::Digit && last.folded.len() <= 2 || last.traits.any(WordTraits::NUMERAL);
        if self.len() < 2 || !small {
            return false;
        }
        let head = &self.words[self.len() - 2];
        // “Game 1”, “May 4”
        let counted =
            head.traits.any(WordTraits::COUNTED) || head.folded.len() > 1 && head.traits.any(WordTraits::NON_NAME);
        // “Premieres 8 p.m.” is a time.
        let hour =
            self.after.is_some_and(|after| matches!(&*after.folded, "p.m" | "a.m" | "pm" | "am" | "p" | "oclock"));
        head.is_capital() && !counted && !hour && self.gap_after.chars().next().is_none_or(|c| c != '-' && c != '%')
    }

    /// Whether the gazetteer has a work of that name without the number.
    pub fn is_listed_before_number(&self) -> bool {
        let head = || self.view.key(self.segment.from, self.segment.to - 1);
        self.len() > 2 && self.view.gazetteer.classes(&head()).strength(NameClass::Work) > 0
    }

    /// “Top Gun: Maverick”: a title, a colon or dash, and a subtitle. `None` for
    /// anything else.
    pub(super) fn subtitle(&self) -> Option<Subtitle> {
        let cut = self.subtitle_at()?;
        let head = self.view.key(self.segment.from, self.segment.from + cut);
        let listed = self.view.gazetteer.classes(&head).strength(NameClass::Work) >= 2;
        Some(if listed { Subtitle::Listed } else { Subtitle::Unlisted })
    }

    /// The index within the segment of the word after its only colon or dash;
    /// `None` if there is none or some word cannot be in a title.
    pub(super) fn subtitle_at(&self) -> Option<usize> {
        if self.last().is_connector() {
            return None;
        }
        let capital =
            |word: &AnnotatedToken<'_>| word.is_capital() || word.shape == Shape::Digit || word.is_connector();
        let mut cut = None;
        for at in 1..self.len() {
            match self.view.gap(self.segment.from + at) {
                ": " | ":" | " – " | " — " | " - " if cut.is_none() => cut = Some(at),
                " " | "-" | "’s " | "'s " | ". " => {}
                _ => return None,
            }
        }
        // “24: …” is mostly an hour or a day, not a title.
        let counted = cut == Some(1) && self.first().shape == Shape::Digit;
        cut.filter(|_| !counted && self.words.iter().all(capital))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::fixtures::with_context;

    #[test]
    fn numbers_of_sequels() {
        fn check(marked: &str, expected: bool) {
            assert_eq!(with_context(marked, |context| context.is_numbered_title()), expected, "{marked}");
        }
        check("saw [Zorblat 4] there", true);
        check("saw [Zorblat III] there", true);
        check("saw [Zorblat 400] there", false);
        check("won [Game 4] there", false);
        check("premieres [Zorblat 8] p.m. today", false);
        check("gave [Zorblat 8]% more", false);
        check("saw [Zorblat Quix] there", false);
    }

    #[test]
    fn subtitles_follow_a_colon_or_dash() {
        fn check(marked: &str, at: Option<usize>, expected: Option<Subtitle>) {
            let found = with_context(marked, |context| (context.subtitle_at(), context.subtitle()));
            assert_eq!(found, (at, expected), "{marked}");
        }
        check("saw [Zorblat: Quix Returns] there", Some(1), Some(Subtitle::Unlisted));
        check("saw [Zorblat Quix – Returns] there", Some(2), Some(Subtitle::Unlisted));
        check("saw [Zorblat Quix] there", None, None);
        check("saw [Zorblat: Quix: Returns] there", None, None);
        check("saw [24: Quix] there", None, None);
    }
}
