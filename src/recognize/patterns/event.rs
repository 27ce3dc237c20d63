//! Awards, festivals, tours, wars.

use super::super::classes::NameClass;
use super::super::lexicon::Traits;
use super::super::view::Word;
use super::Case;

impl Case<'_, '_> {
    pub fn event(&self) -> f32 {
        let mut score = [0.0, 1.0, 2.0, 3.0][self.listed(NameClass::Event)];
        // “Tony” and “Oscar” are people's names too.
        let given = self.len() == 1 && self.first().strength(NameClass::FirstName) >= 2;
        if given && !self.is_award() {
            score -= 1.6;
        }
        // Holidays, and the categories of awards, are no events of ours.
        let category = self.first().folded == "best" && !self.ends_in(Traits::EVENT_HEAD);
        if category || self.len() == 1 && self.first().traits.any(Traits::HOLIDAY) {
            score -= 4.0;
        }
        if self.ends_in(Traits::EVENT_HEAD) || self.has_head_of(Traits::EVENT_HEAD) || self.is_sports_series() {
            score += if self.is_generic() { 0.3 } else { 2.3 };
        }
        if self.is_convention() || self.len() == 2 && self.first().traits.any(Traits::STORM) {
            score += 2.6;
        }
        if self.segment.quoted {
            score -= 1.5;
        }
        score
    }

    /// “Cup Series”, “World Series”: sport, not television.
    fn is_sports_series(&self) -> bool {
        self.last().folded == "series"
            && self.words.iter().rev().nth(1).is_some_and(|w| matches!(&*w.folded, "cup" | "world" | "championship"))
    }

    /// “WonderCon”, “VidCon”.
    fn is_convention(&self) -> bool {
        let surface = self.first().span.of(self.view.text);
        self.len() == 1 && surface.len() > 5 && surface.ends_with("Con")
    }

    /// Whether a word that names an award does so here: “best actor Oscar”,
    /// “Emmy, Grammy and Tony”.
    pub fn is_award(&self) -> bool {
        let near = |w: Option<&Word<'_>>| w.is_some_and(|w| w.traits.any(Traits::AWARD_NEAR));
        let other = |w: &Word<'_>| w.strength(NameClass::Event) >= 2 && w.is_capital();
        let from = self.segment.from.saturating_sub(3).max(self.line.start);
        let to = (self.segment.to + 2).min(self.line.end);
        self.listed(NameClass::Event) >= 2
            && (near(self.before)
                || near(self.after)
                || self.view.words[from..self.segment.from].iter().any(|w| w.folded == "best" || other(w))
                || self.view.words[self.segment.to..to].iter().any(other))
    }
}
