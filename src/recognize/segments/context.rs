//! A segment with the words and punctuation around it.

use crate::recognize::gazetteer::NameClass;
use crate::recognize::lexicon::WordTraits;
use crate::recognize::tokens::{AnnotatedToken, SentenceRange, TokenView};

use super::segment::Segment;

/// A segment with the words and punctuation around it, as patterns and features
/// see it.
pub(in crate::recognize) struct SegmentContext<'a, 't> {
    pub view: &'a TokenView<'t>,
    pub sentence: SentenceRange,
    pub segment: &'a Segment,
    /// The words of the segment, at least one.
    pub words: &'a [AnnotatedToken<'t>],
    /// The word before the segment; `None` at the start of the sentence.
    pub before: Option<&'a AnnotatedToken<'t>>,
    /// The word before `before`.
    pub before2: Option<&'a AnnotatedToken<'t>>,
    /// The word after the segment; `None` at the end of the sentence.
    pub after: Option<&'a AnnotatedToken<'t>>,
    /// The text between the segment and the words next to it.
    pub gap_before: &'t str,
    pub gap_after: &'t str,
}

impl<'a, 't> SegmentContext<'a, 't> {
    /// The context of a segment of `sentence`.
    pub fn new(view: &'a TokenView<'t>, sentence: SentenceRange, segment: &'a Segment) -> Self {
        let Segment { from, to, .. } = *segment;
        let word = |at: usize| (sentence.start..sentence.end).contains(&at).then(|| &view.words[at]);
        Self {
            view,
            sentence,
            segment,
            words: &view.words[from..to],
            before: word(from.wrapping_sub(1)),
            before2: word(from.wrapping_sub(2)),
            after: word(to),
            gap_before: view.gap(from),
            gap_after: view.after(to - 1),
        }
    }

    /// The word after `after`.
    pub fn after2(&self) -> Option<&'a AnnotatedToken<'t>> {
        let at = self.segment.to + 1;
        self.view.words.get(at).filter(|_| at < self.sentence.end)
    }

    /// Count of words, 1 or more.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The first word.
    pub fn first(&self) -> &'a AnnotatedToken<'t> {
        &self.words[0]
    }

    /// The last word.
    pub fn last(&self) -> &'a AnnotatedToken<'t> {
        &self.words[self.len() - 1]
    }

    /// How strongly the gazetteer lists the whole in a class, 0 to 3.
    pub fn listed(&self, class: NameClass) -> usize {
        self.segment.classes.strength(class) as usize
    }

    /// Whether the gazetteer lists the whole as a name.
    pub fn is_listed(&self) -> bool {
        self.segment.classes.is_name()
    }

    /// Whether the word before has one of these traits.
    pub fn follows(&self, traits: WordTraits) -> bool {
        self.before.is_some_and(|w| w.traits.any(traits))
    }

    /// Like [`SegmentContext::follows`], with only a space between.
    pub fn follows_closely(&self, traits: WordTraits) -> bool {
        self.gap_before == " " && self.follows(traits)
    }

    /// Whether it ends in a head word after other words: “Warner Studios”.
    pub fn ends_in(&self, heads: WordTraits) -> bool {
        self.len() >= 2 && self.last().traits.any(heads)
    }

    /// Whether a head word takes an “of”: “University of …”, “Academy of …”.
    pub fn has_head_of(&self, heads: WordTraits) -> bool {
        self.len() > 2 && self.words.windows(2).any(|pair| pair[1].folded == "of" && pair[0].traits.any(heads))
    }

    /// Whether it has a head word of any kind in either place.
    pub fn has_head(&self) -> bool {
        self.ends_in(WordTraits::HEAD) || self.has_head_of(WordTraits::HEAD)
    }

    /// Whether every word is a common one: “Film Festival”, “State University”.
    pub fn is_generic(&self) -> bool {
        self.words.iter().all(|w| w.strength(NameClass::Common) >= 2 || w.is_connector())
    }

    /// How many ends of the segment cut a sequence of capitalized words, 0 to 2.
    pub fn cut_ends(&self) -> usize {
        let continues = |word: &AnnotatedToken<'_>| {
            let non_name = word.traits.any(WordTraits::NON_NAME) && !word.traits.any(WordTraits::DIRECTION);
            let opener = word.opens && word.common;
            word.is_capital() && !word.is_connector() && !non_name && !opener
        };
        let tight = |gap: &str| matches!(gap, " " | "-" | "$" | "/" | ". " | ".");
        let left = tight(self.gap_before)
            && self.before.is_some_and(|w| continues(w) && !w.traits.any(WordTraits::BEFORE_PERSON));
        let tail = self.after.is_some() && self.gap_after == "-" && self.view.is_hyphenated_tail(self.segment.to);
        let right = tail || tight(self.gap_after) && self.after.is_some_and(continues);
        usize::from(left) + usize::from(right)
    }
}
