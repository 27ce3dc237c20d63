//! What the first pass over an article found, as evidence for the second.

use rustc_hash::FxHashMap;

use crate::article::EntityKind;

use super::decode::Name;
use super::lexicon::Traits;
use super::patterns::{Case, Scores};
use super::view::View;

/// Names of the article by their folded words, and the parts of people's.
#[derive(Debug, Default)]
pub(super) struct Memory {
    names: FxHashMap<u64, Found>,
    /// What was found at each first word.
    places: FxHashMap<usize, (u64, Found)>,
    last: FxHashMap<u32, EntityKind>,
    first: FxHashMap<u32, EntityKind>,
}

/// The most that one finding counts.
const MOST: f32 = 4.0;

/// How often words were found to be a name, and how strongly as each kind.
#[derive(Debug, Default, Clone, Copy)]
struct Found {
    times: u32,
    scores: Scores,
}

impl Memory {
    pub fn of(view: &View<'_>, names: &[Name]) -> Self {
        let mut memory = Self::default();
        for name in names {
            let key = view.key_hash(name.from, name.to);
            let mut one = Found { times: 1, ..Found::default() };
            one.scores[name.kind.ordinal()] = name.score.min(MOST);
            memory.places.insert(name.from, (key, one));
            let all = memory.names.entry(key).or_default();
            all.times += 1;
            all.scores[name.kind.ordinal()] += name.score.min(MOST);
            memory.remember_parts(view, name);
        }
        memory
    }

    fn remember_parts(&mut self, view: &View<'_>, name: &Name) {
        let full = name.to - name.from >= 2 && name.score >= 1.5;
        let human = matches!(name.kind, EntityKind::Person | EntityKind::Character);
        if !full || !human {
            return;
        }
        let words = &view.words[name.from..name.to];
        let Some(last) = words.iter().rev().find(|w| !w.traits.any(Traits::GENERATION)) else { return };
        self.last.entry(last.hash).or_insert(name.kind);
        self.first.entry(words[0].hash).or_insert(name.kind);
    }

    /// How strongly the article names these words as each kind.
    pub fn named(&self, key: u64) -> Option<Scores> {
        self.names.get(&key).map(|found| weighed(found.scores))
    }

    /// The same of the words elsewhere than at `from`.
    pub fn elsewhere(&self, key: u64, from: usize) -> Option<Scores> {
        let mut found = *self.names.get(&key)?;
        if let Some((_, here)) = self.places.get(&from).filter(|(here, _)| *here == key) {
            found.times -= here.times;
            found.scores.iter_mut().zip(here.scores).for_each(|(all, own)| *all = (*all - own).max(0.0));
        }
        (found.times > 0).then(|| weighed(found.scores))
    }

    /// Whether the article says more of a segment than its own words can: the
    /// same words elsewhere, or a full name that a single word is part of.
    pub fn tells(&self, case: &Case<'_, '_>) -> bool {
        let hash = case.first().hash;
        let part =
            case.len() == 1 && (self.last.contains_key(&hash) || self.first.contains_key(&hash)) && case.cuts() == 0;
        part || self.elsewhere(case.view.key_hash(case.segment.from, case.segment.to), case.segment.from).is_some()
    }

    /// The kind whose full name ends in this word.
    pub fn surname_of(&self, word: u32) -> Option<EntityKind> {
        self.last.get(&word).copied()
    }

    /// The kind whose full name starts with this word.
    pub fn first_name_of(&self, word: u32) -> Option<EntityKind> {
        self.first.get(&word).copied()
    }
}

/// A role is told once and then taken for granted.
fn weighed(mut scores: Scores) -> Scores {
    if scores[EntityKind::Person.ordinal()] > 0.0 {
        scores[EntityKind::Character.ordinal()] *= 2.0;
    }
    scores
}
