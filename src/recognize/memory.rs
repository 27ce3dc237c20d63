//! What the first pass over an article found, as evidence for the second.

use rustc_hash::FxHashMap;

use crate::article::EntityKind;

use super::decode::Name;
use super::view::View;

/// Names of the article by their folded words, and the parts of people's.
#[derive(Debug, Default)]
pub(super) struct Memory {
    names: FxHashMap<String, [f32; 6]>,
    last: FxHashMap<String, EntityKind>,
    first: FxHashMap<String, EntityKind>,
}

impl Memory {
    pub fn of(view: &View<'_>, names: &[Name]) -> Self {
        let mut memory = Self::default();
        for name in names {
            let key = view.key(name.from, name.to);
            memory.names.entry(key).or_default()[name.kind.ordinal()] += name.score.min(4.0);
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
        let Some(last) = words.iter().rev().find(|w| !matches!(w.folded.as_str(), "jr" | "sr" | "ii" | "iii")) else {
            return;
        };
        self.last.entry(last.folded.clone()).or_insert(name.kind);
        self.first.entry(words[0].folded.clone()).or_insert(name.kind);
    }

    /// How strongly the article elsewhere names these words as each kind.
    pub fn elsewhere(&self, key: &str) -> Option<&[f32; 6]> {
        self.names.get(key)
    }

    /// The kind whose full name ends in this word.
    pub fn surname_of(&self, word: &str) -> Option<EntityKind> {
        self.last.get(word).copied()
    }

    /// The kind whose full name starts with this word.
    pub fn first_name_of(&self, word: &str) -> Option<EntityKind> {
        self.first.get(word).copied()
    }
}
