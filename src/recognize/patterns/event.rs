//! Awards, festivals, tours, wars.

use crate::recognize::gazetteer::NameClass;
use crate::recognize::lexicon::WordTraits;
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::AnnotatedToken;

impl SegmentContext<'_, '_> {
    /// The score of an event’s name.
    pub(super) fn event_score(&self) -> f32 {
        let mut score = [0.0, 1.0, 2.0, 3.0][self.listed(NameClass::Event)];
        // “Tony” and “Oscar” are people's names too.
        let given = self.len() == 1 && self.first().strength(NameClass::FirstName) >= 2;
        if given && !self.is_award() {
            score -= 1.6;
        }
        // Holidays and award categories do not count as events.
        let category = self.first().folded == "best" && !self.ends_in(WordTraits::EVENT_HEAD);
        if category || self.len() == 1 && self.first().traits.any(WordTraits::HOLIDAY) {
            score -= 4.0;
        }
        if self.ends_in(WordTraits::EVENT_HEAD) || self.has_head_of(WordTraits::EVENT_HEAD) || self.is_sports_series() {
            score += if self.is_generic() { 0.3 } else { 2.3 };
        }
        if self.is_convention() || self.len() == 2 && self.first().traits.any(WordTraits::STORM) {
            score += 2.6;
        }
        if self.segment.quoted {
            score -= 1.5;
        }
        score
    }

    /// “Cup Series”, “World Series”: sports, not television.
    fn is_sports_series(&self) -> bool {
        self.last().folded == "series"
            && self.words.iter().rev().nth(1).is_some_and(|w| matches!(&*w.folded, "cup" | "world" | "championship"))
    }

    /// “WonderCon”, “VidCon”.
    fn is_convention(&self) -> bool {
        let surface = self.first().span.of(self.view.text);
        self.len() == 1 && surface.len() > 5 && surface.ends_with("Con")
    }

    /// Whether the words around the name of an award confirm it: “best actor
    /// Oscar”, “Emmy, Grammy and Tony”.
    pub(super) fn is_award(&self) -> bool {
        let near = |w: Option<&AnnotatedToken<'_>>| w.is_some_and(|w| w.traits.any(WordTraits::NEAR_AWARD));
        let other = |w: &AnnotatedToken<'_>| w.strength(NameClass::Event) >= 2 && w.is_capital();
        let from = self.segment.from.saturating_sub(3).max(self.sentence.start);
        let to = (self.segment.to + 2).min(self.sentence.end);
        self.listed(NameClass::Event) >= 2
            && (near(self.before)
                || near(self.after)
                || self.view.words[from..self.segment.from].iter().any(|w| w.folded == "best" || other(w))
                || self.view.words[self.segment.to..to].iter().any(other))
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::fixtures::with_context;

    /// The first marked words have the higher score.
    fn check(better: &str, worse: &str) {
        let score = |marked| with_context(marked, |context| context.event_score());
        assert!(score(better) > score(worse), "{better}: {}, {worse}: {}", score(better), score(worse));
    }

    #[test]
    fn evidence_raises_the_score() {
        check("saw [Zorblat Festival] there", "saw [Zorblat Quix] there");
        check("saw [Zorblat Festival] there", "saw [Film Festival] there");
        check("saw [ZorblatCon] there", "saw [Zorblatcon] there");
        check("the [World Series] began", "the [Zorblat Series] began");
        check("saw [Zorblat] there", "saw [Halloween] there");
        check("saw [Zorblat Festival] there", "saw “[Zorblat Festival]” there");
    }

    #[test]
    fn awards_need_other_words() {
        fn check(marked: &str, expected: bool) {
            assert_eq!(with_context(marked, |context| context.is_award()), expected, "{marked}");
        }
        check("the best actor [Oscar] went", true);
        check("an [Oscar] winner left", true);
        check("saw [Oscar] there", false);
        check("an [Zorblat] winner left", false);
    }
}
