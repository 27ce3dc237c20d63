//! Fictional people: roles and credits.

use crate::article::EntityKind;

use super::super::classes::NameClass;
use super::super::lexicon::Traits;
use super::super::memory::Memory;
use super::super::view::Shape;
use super::Case;

/// What a credit is worth.
const CREDIT: f32 = 3.0;

impl Case<'_, '_> {
    pub fn character(&self) -> f32 {
        let mut score = [0.0, 0.5, 0.9, 1.4][self.listed(NameClass::Character)];
        if self.len() > 4 || !(self.len() == 1 || score > 0.0 || self.is_human_shape()) {
            return 0.0;
        }
        if self.plays_as() {
            score += 2.6;
        } else if self.in_credit(&Memory::default()) {
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
        if role_of || self.follows_closely(Traits::CHARACTER_BEFORE) {
            score += 1.5;
        }
        if self.segment.quoted {
            score -= 3.0;
        }
        if self.follows(Traits::ARTICLE) && self.listed(NameClass::Character) < 2 {
            score -= 1.2;
        }
        if self.len() == 1 && self.is_award() {
            score -= 1.5;
        }
        score -= self.title_within(self.listed(NameClass::Character));
        score - 0.5 * self.listed(NameClass::Person) as f32 - if self.has_head() { 2.0 } else { 0.0 }
    }

    /// What the article's other names change of a credit.
    pub fn credit_recalled(&self, memory: &Memory) -> f32 {
        if !self.opens_parenthesis() || self.len() > 4 || self.plays_as() {
            return 0.0;
        }
        let worth = |credit: bool| if credit { CREDIT } else { 0.0 };
        worth(self.in_credit(memory)) - worth(self.in_credit(&Memory::default()))
    }

    /// “Simon Pegg as Benji Dunn”, “stars as …”, “returns as …”.
    fn plays_as(&self) -> bool {
        let (Some(as_), Some(actor)) = (self.before, self.before2) else { return false };
        if as_.folded != "as" || !matches!(self.gap_before, " " | " ‘" | " “") {
            return false;
        }
        // “… As She Wins”: in a headline only the verb tells a role.
        actor.traits.any(Traits::CASTING)
            || !self.line.title_case
                && actor.is_capital()
                && !actor.is_connector()
                && !self.view.gap(self.segment.from - 1).contains(['.', ';'])
    }

    fn opens_parenthesis(&self) -> bool {
        matches!(self.gap_before, " (" | " (‘" | " (“" | " (\"")
    }

    /// “Simon Pegg (Benji Dunn, a technician)” after a name.
    fn in_credit(&self, memory: &Memory) -> bool {
        if !self.opens_parenthesis() || !self.gap_after.starts_with([')', ',']) {
            return false;
        }
        let (Some(last), Some(first)) = (self.before, self.before2) else { return false };
        let is_person = |hash: u32| memory.surname_of(hash) == Some(EntityKind::Person);
        let human = last.glued
            || first.is_capital()
                && last.is_capital()
                && (first.strength(NameClass::FirstName) > 0 || last.strength(NameClass::Surname) > 0)
            || is_person(last.hash);
        let surname = self.len() == 1 && is_person(self.first().hash);
        human && !surname && !self.ends_in(Traits::HEAD) && self.first().shape != Shape::Upper
    }

    /// “Sen. Ted Cruz (R-Texas)”, “Sen. Ted Cruz, R-Texas”.
    pub fn is_party_and_state(&self) -> bool {
        let party = matches!(self.first().span.of(self.view.text), "D" | "R" | "I");
        party && self.view.gap(self.segment.from + 1) == "-" && self.gap_before.ends_with(['(', ' '])
    }

    /// “Ethan Hunt's (Tom Cruise's character)”.
    fn followed_by_actor(&self) -> bool {
        let to = (self.segment.to + 5).min(self.line.end);
        let opens = self.gap_after.ends_with('(') && self.gap_after.trim_start_matches(['\'', '’', 's']) == " (";
        opens && self.view.words[self.segment.to..to].iter().any(|w| w.folded == "character")
    }
}
