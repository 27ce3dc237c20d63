//! Characters: roles and credits.

use crate::article::EntityKind;
use crate::recognize::document_memory::DocumentMemory;
use crate::recognize::gazetteer::NameClass;
use crate::recognize::lexicon::WordTraits;
use crate::recognize::segments::SegmentContext;
use crate::recognize::tokens::Shape;

/// The weight of a credit in parentheses.
const CREDIT: f32 = 3.0;

impl SegmentContext<'_, '_> {
    /// The score of a character’s name.
    pub(super) fn character_score(&self) -> f32 {
        let mut score = [0.0, 0.5, 0.9, 1.4][self.listed(NameClass::Character)];
        if self.len() > 4 || !(self.len() == 1 || score > 0.0 || self.is_human_shape()) {
            return 0.0;
        }
        if self.plays_as() {
            score += 2.6;
        } else if self.in_credit(&DocumentMemory::default()) {
            score += CREDIT;
        }
        if self.followed_by_actor() {
            score += 2.4;
        }
        if self.gap_before == " " && self.before.is_some_and(|w| matches!(&*w.folded, "role" | "character")) {
            score += 1.2;
        }
        let role_of = self.before2.is_some_and(|w| matches!(&*w.folded, "role" | "character" | "part"))
            && self.before.is_some_and(|w| matches!(&*w.folded, "of" | "as"));
        if role_of || self.follows_closely(WordTraits::BEFORE_CHARACTER) {
            score += 1.5;
        }
        if self.segment.quoted {
            score -= 3.0;
        }
        if self.follows(WordTraits::ARTICLE) && self.listed(NameClass::Character) < 2 {
            score -= 1.2;
        }
        if self.len() == 1 && self.is_award() {
            score -= 1.5;
        }
        score -= self.title_penalty(self.listed(NameClass::Character));
        score - 0.5 * self.listed(NameClass::Person) as f32 - if self.has_head() { 2.0 } else { 0.0 }
    }

    /// What the names of the article change of the credit’s score.
    pub(super) fn credit_document_score(&self, memory: &DocumentMemory) -> f32 {
        if !self.opens_parenthesis() || self.len() > 4 || self.plays_as() {
            return 0.0;
        }
        let worth = |credit: bool| if credit { CREDIT } else { 0.0 };
        worth(self.in_credit(memory)) - worth(self.in_credit(&DocumentMemory::default()))
    }

    /// “Simon Pegg as Benji Dunn”, “stars as …”, “returns as …”.
    fn plays_as(&self) -> bool {
        let (Some(as_), Some(actor)) = (self.before, self.before2) else { return false };
        if as_.folded != "as" || !matches!(self.gap_before, " " | " ‘" | " “") {
            return false;
        }
        // “… As She Wins”: in a headline only a casting verb marks a role.
        actor.traits.any(WordTraits::CASTING)
            || !self.sentence.title_case
                && actor.is_capital()
                && !actor.is_connector()
                && !self.view.gap(self.segment.from - 1).contains(['.', ';'])
    }

    /// Whether it directly follows an opening parenthesis.
    fn opens_parenthesis(&self) -> bool {
        matches!(self.gap_before, " (" | " (‘" | " (“" | " (\"")
    }

    /// “Simon Pegg (Benji Dunn, a technician)”: in parentheses after a person’s name.
    fn in_credit(&self, memory: &DocumentMemory) -> bool {
        if !self.opens_parenthesis() || !self.gap_after.starts_with([')', ',']) {
            return false;
        }
        let (Some(last), Some(first)) = (self.before, self.before2) else { return false };
        let is_person = |hash: u32| memory.kind_of_surname(hash) == Some(EntityKind::Person);
        let human = last.glued
            || first.is_capital()
                && last.is_capital()
                && (first.strength(NameClass::FirstName) > 0 || last.strength(NameClass::Surname) > 0)
            || is_person(last.hash);
        let surname = self.len() == 1 && is_person(self.first().hash);
        human && !surname && !self.ends_in(WordTraits::HEAD) && self.first().shape != Shape::Upper
    }

    /// “Sen. Ted Cruz (R-Texas)”, “Sen. Ted Cruz, R-Texas”.
    pub(super) fn is_party_and_state(&self) -> bool {
        let party = matches!(self.first().span.of(self.view.text), "D" | "R" | "I");
        party && self.view.gap(self.segment.from + 1) == "-" && self.gap_before.ends_with(['(', ' '])
    }

    /// “Ethan Hunt's (Tom Cruise's character)”.
    fn followed_by_actor(&self) -> bool {
        let to = (self.segment.to + 5).min(self.sentence.end);
        let opens = self.gap_after.ends_with('(') && self.gap_after.trim_start_matches(['\'', '’', 's']) == " (";
        opens && self.view.words[self.segment.to..to].iter().any(|w| w.folded == "character")
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::fixtures::with_context;

    /// The first marked words have the higher score.
    fn check(better: &str, worse: &str) {
        let score = |marked| with_context(marked, |context| context.character_score());
        assert!(score(better) > score(worse), "{better}: {}, {worse}: {}", score(better), score(worse));
    }

    #[test]
    fn evidence_raises_the_score() {
        check("stars as [Zorblat Quix] there", "saw [Zorblat Quix] there");
        check("saw Simon Pegg ([Zorblat Quix], a spy)", "saw a dog ([Zorblat Quix], a spy)");
        check("the role of [Zorblat] went", "the city of [Zorblat] went");
        check("voiced [Zorblat] there", "saw [Zorblat] there");
        check("saw [Zorblat Quix] there", "saw [Zorblat School] there");
    }

    #[test]
    fn parties_and_states_are_recognized() {
        fn check(marked: &str, expected: bool) {
            assert_eq!(with_context(marked, |context| context.is_party_and_state()), expected, "{marked}");
        }
        check("said Sen. Ted Cruz ([R-Texas]) then", true);
        check("said Sen. Ted Cruz, [R-Texas], then", true);
        check("saw an [X-Ray] there", false);
    }
}
