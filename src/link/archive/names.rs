//! The names of an archive.

use rustc_hash::FxHashMap;

use crate::article::EntityKind;
use crate::link::name_key::name_key;
use crate::link::people::folded_words;

/// The number of a name within an archive.
pub type NameNumber = u32;

/// The number of an article within an archive.
pub type ArticleNumber = u32;

/// What an archive knows about a name.
#[derive(Debug, Clone, PartialEq)]
pub struct NameFacts {
    /// Its kind.
    pub kind: EntityKind,
    /// Its usual spelling.
    pub name: String,
    /// Number of articles that mention it.
    pub articles: u32,
    /// Number of mentions.
    pub mentions: u32,
    /// Mean confidence of its mentions, 0 to 1.
    pub confidence: f32,
    /// How well the gazetteer knows it, 0 to 3.
    pub listed: u8,
    /// The people who play it, if it is a role, with the number of credits.
    pub players: Vec<(NameNumber, u32)>,
    /// Its [`name_key`].
    pub(super) key: String,
    /// Its words, folded.
    pub(super) words: Vec<String>,
}

impl NameFacts {
    /// A name without any counts.
    pub fn named(kind: EntityKind, name: String) -> Self {
        let (key, words) = (name_key(kind, &name), folded_words(&name));
        Self { kind, name, articles: 0, mentions: 0, confidence: 0.0, listed: 0, players: Vec::new(), key, words }
    }

    /// Its [`alias_key`](crate::link::alias_key).
    pub(super) fn alias(&self) -> String {
        self.key.replace(' ', "")
    }
}

/// The names of an archive.
#[derive(Debug, Default)]
pub struct ArchiveNames {
    /// Every name by its number.
    pub names: Vec<NameFacts>,
    /// For each alias key the names that it stands for in articles, with the number of
    /// these articles.
    pub written: FxHashMap<String, Vec<(NameNumber, u32)>>,
    pub(super) keys: FxHashMap<(EntityKind, String), NameNumber>,
}

impl ArchiveNames {
    /// Names with the forms that articles use for them; keys of `written` are
    /// [`alias_key`](crate::link::alias_key)s.
    pub fn new(names: Vec<NameFacts>, written: FxHashMap<String, Vec<(NameNumber, u32)>>) -> Self {
        let keys = (0..).zip(&names).map(|(id, facts)| ((facts.kind, facts.key.clone()), id)).collect();
        Self { names, written, keys }
    }

    /// The facts of a name.
    pub(super) fn of(&self, id: NameNumber) -> &NameFacts {
        &self.names[id as usize]
    }

    /// The name of a kind and spelling, if an article mentions it.
    pub(super) fn find(&self, kind: EntityKind, name: &str) -> Option<NameNumber> {
        self.find_key(kind, name_key(kind, name))
    }

    /// The name of a kind and [`name_key`], if an article mentions it.
    pub(super) fn find_key(&self, kind: EntityKind, key: String) -> Option<NameNumber> {
        self.keys.get(&(kind, key)).copied().filter(|id| self.of(*id).articles > 0)
    }

    /// The names that articles mention.
    pub(super) fn mentioned(&self) -> impl Iterator<Item = (NameNumber, &NameFacts)> {
        (0..).zip(&self.names).filter(|(_, facts)| facts.articles > 0)
    }
}
