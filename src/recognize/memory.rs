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
    names: FxHashMap<u64, Vec<Occurrence>>,
    last: FxHashMap<u32, EntityKind>,
    first: FxHashMap<u32, EntityKind>,
}

/// The most that one finding counts.
const MOST: f32 = 4.0;

/// One finding of a name.
#[derive(Debug, Clone, Copy)]
struct Occurrence {
    from: usize,
    kind: EntityKind,
    weight: f32,
}

impl Memory {
    pub fn of(view: &View<'_>, names: &[Name]) -> Self {
        let mut memory = Self::default();
        for name in names {
            let key = view.key_hash(name.from, name.to);
            let occurrence = Occurrence { from: name.from, kind: name.kind, weight: name.score.min(MOST) };
            memory.names.entry(key).or_default().push(occurrence);
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
        self.names.get(&key).map(|found| sum(found.iter()))
    }

    /// The same of the words elsewhere than at `from`.
    pub fn elsewhere(&self, key: u64, from: usize) -> Option<Scores> {
        let found = self.names.get(&key)?;
        found.iter().any(|o| o.from != from).then(|| sum(found.iter().filter(|o| o.from != from)))
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

fn sum<'o>(found: impl Iterator<Item = &'o Occurrence>) -> Scores {
    let mut scores = [0.0; 6];
    for occurrence in found {
        scores[occurrence.kind.ordinal()] += occurrence.weight;
    }
    // A role is told once and then taken for granted.
    let (person, character) = (EntityKind::Person.ordinal(), EntityKind::Character.ordinal());
    if scores[person] > 0.0 {
        scores[character] *= 2.0;
    }
    scores
}
