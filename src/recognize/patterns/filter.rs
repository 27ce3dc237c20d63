//! Cheap tests that reject a segment, whatever its score would be.

use crate::article::EntityKind;
use crate::recognize::document_memory::DocumentMemory;
use crate::recognize::gazetteer::NameClass;
use crate::recognize::lexicon::{WordTraits, is_non_name_phrase};
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::{AnnotatedToken, Shape};

use super::titles::Subtitle;

/// Whether a segment may be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::recognize) enum FilterOutcome {
    Pass,
    Reject,
    /// “May”: only if the article has a person of that given name.
    NeedsGivenName,
    /// “Dial of Destiny – …”: only if the article has the title before the dash
    /// as a work.
    NeedsMainTitle,
}

impl SegmentContext<'_, '_> {
    /// The outcome before the rest of the article is known.
    pub fn filter(&self) -> FilterOutcome {
        // A handle: `@somebody`.
        if self.gap_before.ends_with('@') {
            return FilterOutcome::Reject;
        }
        if self.segment.quoted {
            return if self.reads_as_title() { FilterOutcome::Pass } else { FilterOutcome::Reject };
        }
        if self.len() == 1 {
            return self.filter_word();
        }
        if self.is_party_and_state() {
            return FilterOutcome::Reject;
        }
        let listed_whole = self.is_listed();
        let non_name_word = |(at, w): (usize, &AnnotatedToken<'_>)| {
            w.shape == Shape::Lower && !w.is_connector() && !self.view.is_hyphenated_tail(self.segment.from + at)
        };
        if self.words.iter().enumerate().any(non_name_word) || self.is_date() {
            return FilterOutcome::Reject;
        }
        if self.segment.loose && !listed_whole {
            return match self.subtitle() {
                Some(Subtitle::Listed) => FilterOutcome::Pass,
                _ if self.is_numbered_title() && self.is_listed_before_number() => FilterOutcome::Pass,
                Some(Subtitle::Unlisted) => FilterOutcome::NeedsMainTitle,
                None => FilterOutcome::Reject,
            };
        }
        let number = self.first().shape == Shape::Digit && !listed_whole;
        if number || is_non_name_phrase(self.words.iter().map(|w| &*w.folded)) {
            FilterOutcome::Reject
        } else {
            FilterOutcome::Pass
        }
    }

    fn filter_word(&self) -> FilterOutcome {
        let word = self.first();
        if !word.is_capital()
            || self.is_bare_letter()
            || self.is_title_of_next()
            || word.traits.any(WordTraits::ABBREVIATION)
        {
            return FilterOutcome::Reject;
        }
        let month_name = matches!(&*word.folded, "may" | "april" | "june" | "august");
        match (word.traits.any(WordTraits::NON_NAME), month_name) {
            (false, _) => FilterOutcome::Pass,
            (true, true) => FilterOutcome::NeedsGivenName,
            (true, false) => FilterOutcome::Reject,
        }
    }

    /// Whether the segment passes, given the names of the article.
    pub fn passes(&self, outcome: FilterOutcome, memory: &DocumentMemory) -> bool {
        match outcome {
            FilterOutcome::Pass => true,
            FilterOutcome::Reject => false,
            FilterOutcome::NeedsGivenName => memory.kind_of_first_name(self.first().hash).is_some(),
            FilterOutcome::NeedsMainTitle => self.subtitle_at().is_some_and(|cut| {
                let head = self.view.key_hash(self.segment.from, self.segment.from + cut);
                memory.scores(head).is_some_and(|scores| scores[EntityKind::Work.ordinal()] > 1.0)
            }),
        }
    }

    /// “October 22”: rejected although films have such titles.
    fn is_date(&self) -> bool {
        self.first().traits.any(WordTraits::MONTH) && self.words[1].shape == Shape::Digit
    }

    /// A single letter other than `E!`.
    fn is_bare_letter(&self) -> bool {
        self.first().is_letter() && !self.gap_after.starts_with('!')
    }

    /// “Queen” of “Queen Elizabeth”: the title of the person named next.
    fn is_title_of_next(&self) -> bool {
        self.first().traits.any(WordTraits::PERSONAL_TITLE)
            && (self.before.is_some_and(|w| w.folded == "the")
                || self.gap_after == " " && self.after.is_some_and(AnnotatedToken::is_capital))
    }

    /// Whether quoted words are capitalized like a title rather than like speech.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::decoded_name::DecodedName;
    use crate::recognize::fixtures::with_context;

    #[test]
    fn outcomes() {
        fn check(marked: &str, expected: FilterOutcome) {
            assert_eq!(with_context(marked, |context| context.filter()), expected, "{marked}");
        }
        check("saw [Zorblat] there", FilterOutcome::Pass);
        check("saw [Zorblat Quix] there", FilterOutcome::Pass);
        check("saw @[Zorblat] there", FilterOutcome::Reject);
        check("on [Monday] there", FilterOutcome::Reject);
        check("said [May] there", FilterOutcome::NeedsGivenName);
        check("on [October 22] there", FilterOutcome::Reject);
        check("on [Labor Day] there", FilterOutcome::Reject);
        check("joined [E]! there", FilterOutcome::Pass);
        check("joined [E] there", FilterOutcome::Reject);
        check("the [Queen] left", FilterOutcome::Reject);
        check("saw an [SUV] there", FilterOutcome::Reject);
        check("saw Cruz ([R-Texas]) there", FilterOutcome::Reject);
        check("saw [Zorblat: Quix Returns] there", FilterOutcome::NeedsMainTitle);
        check("saw [Zorblat, Quix] there", FilterOutcome::Reject);
        check("said “[Come with me]” then", FilterOutcome::Reject);
        check("saw “[Come Quix]” then", FilterOutcome::Pass);
    }

    #[test]
    fn the_article_decides_what_is_left_open() {
        fn check(marked: &str, words: (usize, usize), kind: EntityKind, expected: bool) {
            let (from, to) = words;
            let name = DecodedName { from, to, kind, score: 3.0, margin: 0.0, listed: 0 };
            let found = with_context(marked, |context| {
                context.passes(context.filter(), &DocumentMemory::new(context.view, &[name]))
            });
            assert_eq!(found, expected, "{marked}");
        }
        check("We met May Zorblat. Then [May] left.", (2, 4), EntityKind::Person, true);
        check("We met May Zorblat. Then [May] left.", (2, 4), EntityKind::Work, false);
        check("We saw Zorblat. Then [Zorblat: Quix] came.", (2, 3), EntityKind::Work, true);
        check("We saw Zorblat. Then [Zorblat: Quix] came.", (2, 3), EntityKind::Person, false);
        check("We saw Zorblat. Then [Monday] came.", (2, 3), EntityKind::Work, false);
    }
}
