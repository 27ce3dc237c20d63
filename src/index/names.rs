//! The names of an archive: ids, canonical forms, counts, and all spellings.
//!
//! A name's id never changes, so that postings can hold it; what it is called
//! is settled at each commit by the form that stands most often.

use std::borrow::Cow;
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Mention, stable_hash};
use crate::link::archive::NameNumber;
use crate::link::{alias_key, name_key};

use super::IndexError;
use super::names_file::{self, Names};
use super::posted::NameBook;

/// The number of a name within an index.
pub type NameId = NameNumber;

/// The most players of a role that are kept: a role has few, “Hamlet” some.
const MAX_PLAYERS: usize = 16;
/// What is known of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct NameEntry {
    /// What it names.
    pub kind: EntityKind,
    /// Its canonical form: the one that stands most often, of equals the
    /// longest; in capitals only where nothing else stands.
    pub name: String,
    /// Articles that name it, as counted when they were indexed.
    pub articles: u32,
    /// Times it is named.
    pub mentions: u32,
    /// The sum of the confidence of its mentions.
    pub trust: f32,
    /// How well the gazetteer knows it, 0 to 3.
    pub listed: u8,
    /// Who plays it, where it is a role, with how often articles say so.
    pub players: Vec<(NameId, u32)>,
    /// The forms that linking gave it, with counts.
    pub(super) forms: Vec<(String, u32)>,
}

impl NameEntry {
    /// How it is written, the most frequent first.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let mut forms: Vec<&(String, u32)> = self.forms.iter().collect();
        forms.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        forms.into_iter().map(|(form, _)| form.as_str())
    }

    fn settle(&mut self) {
        // Headlines in capitals say nothing of how a name is written.
        let written = |form: &str| !form.contains(' ') || form.chars().any(char::is_lowercase);
        let rank = |form: &(String, u32)| (written(&form.0), form.1, form.0.len());
        let best = self.forms.iter().max_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| b.0.cmp(&a.0)));
        if let Some((form, _)) = best {
            self.name.clone_from(form);
        }
    }
}

/// Collects names while articles are added.
#[derive(Debug, Default)]
pub struct NamesBuilder {
    ids: FxHashMap<(EntityKind, String), NameId>,
    entries: Vec<NameEntry>,
    aliases: FxHashMap<(String, NameId), u32>,
    recent: Recent,
}

/// Names that were asked for of late, with their ids: no key is made for them
/// again. A name has one slot, which it loses to another one.
#[derive(Debug)]
struct Recent(Box<[Option<Known>]>);

/// A name, and its id.
type Known = (EntityKind, Box<str>, NameId);

/// Slots of [`Recent`].
const RECENT: usize = 1 << 13;

impl Default for Recent {
    fn default() -> Self {
        Self((0..RECENT).map(|_| None).collect())
    }
}

impl Recent {
    fn slot(&mut self, kind: EntityKind, name: &str) -> &mut Option<Known> {
        let hash = stable_hash(name.as_bytes()) as usize % RECENT;
        &mut self.0[(hash + kind.ordinal()) % RECENT]
    }
}

impl NamesBuilder {
    /// Counts an article: its names, each once, and what it writes for each.
    pub fn count_article(&mut self, mentions: &[Mention], names: &[NameId], text: &str) {
        let written = mentions.iter().zip(names);
        let mut written: Vec<(NameId, &str, &str, Option<u16>)> =
            written.map(|(mention, id)| (*id, mention.span.of(text), mention.name.as_str(), mention.year)).collect();
        written.sort_unstable();
        written.dedup();
        for of_name in written.chunk_by(|a, b| a.0 == b.0) {
            let id = of_name[0].0;
            let entry = &mut self.entries[id as usize];
            entry.articles += 1;
            let alias = |name: &str| (alias_key(entry.kind, name), id);
            let mut surfaces: Vec<_> = of_name.iter().map(|(_, surface, ..)| alias(surface)).collect();
            surfaces.sort_unstable();
            surfaces.dedup();
            surfaces.into_iter().for_each(|alias| *self.aliases.entry(alias).or_default() += 1);
            for (_, surface, name, year) in of_name {
                if surface != name {
                    self.aliases.entry(alias(name)).or_default();
                }
                if let Some(year) = year {
                    self.aliases.entry(alias(&dated(name, *year))).or_default();
                }
            }
        }
    }

    fn id(&mut self, kind: EntityKind, name: &str) -> NameId {
        let slot = self.recent.slot(kind, name);
        if let Some((_, _, id)) = slot.as_ref().filter(|(of, known, _)| *of == kind && **known == *name) {
            return *id;
        }
        let next = self.entries.len() as NameId;
        let entries = &mut self.entries;
        let id = *self.ids.entry((kind, name_key(kind, name))).or_insert_with(|| {
            entries.push(NameEntry {
                kind,
                name: name.to_owned(),
                articles: 0,
                mentions: 0,
                trust: 0.0,
                listed: 0,
                players: Vec::new(),
                forms: Vec::new(),
            });
            next
        });
        *slot = Some((kind, name.into(), id));
        id
    }

    /// Counts a statement that a person plays a role.
    pub fn played_by(&mut self, role: NameId, player: NameId) {
        let players = &mut self.entries[role as usize].players;
        if let Some((_, count)) = players.iter_mut().find(|(known, _)| *known == player) {
            *count += 1;
        } else if players.len() < MAX_PLAYERS {
            players.push((player, 1));
        }
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Goes on from the names of an earlier commit.
    ///
    /// # Errors
    /// [`IndexError`] where the file cannot be read or is damaged.
    pub fn resume(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let names = Names::open(folder, path)?;
        let mut builder = Self::default();
        for id in 0..names.len() as NameId {
            let entry = names.entry(id).ok_or_else(|| names.damaged("an entry does not decode"))?;
            // A title that only stands for its dated films has no form of its own.
            for form in entry.forms.iter().map(|(form, _)| form).chain([&entry.name]) {
                builder.ids.insert((entry.kind, name_key(entry.kind, form)), id);
            }
            builder.entries.push(entry);
        }
        names.each_written(|alias, id, count| {
            builder.aliases.insert((alias.to_owned(), id), count);
        });
        Ok(builder)
    }

    /// Settles the canonical forms, writes the file and returns its CRC-32.
    ///
    /// # Errors
    /// [`IndexError::Io`].
    pub fn write(&mut self, path: &Path) -> Result<u32, IndexError> {
        self.entries.iter_mut().for_each(NameEntry::settle);
        names_file::write(path, &self.entries, &self.aliases)
    }
}

impl NameBook for NamesBuilder {
    /// The id of a name, a new one where its key is new; counts a mention that
    /// was written as `surface`.
    fn mention(&mut self, mention: &Mention, surface: &str) -> NameId {
        let Mention { kind, confidence, listed, .. } = mention;
        let kind = *kind;
        // The title alone is a name too, so that one film needs no year.
        let plain = self.id(kind, &mention.name);
        let name = &*full_name(mention);
        let id = if mention.year.is_some() { self.id(kind, name) } else { plain };
        let entry = &mut self.entries[id as usize];
        entry.mentions += 1;
        entry.trust += confidence;
        // What is known of “Cruise” says nothing of Tom Cruise.
        if surface == name {
            entry.listed = entry.listed.max(*listed);
        }
        match entry.forms.iter_mut().find(|(form, _)| form == name) {
            Some((_, count)) => *count += 1,
            None => entry.forms.push((name.to_owned(), 1)),
        }
        id
    }

    /// The id of a name that no mention stands for: a title in a heading.
    fn named(&mut self, kind: EntityKind, name: &str) -> NameId {
        let id = self.id(kind, name);
        self.aliases.entry((alias_key(kind, name), id)).or_default();
        id
    }
}

/// What a mention is counted as: a title that several films have, with the year
/// that tells it from others.
pub fn full_name(mention: &Mention) -> Cow<'_, str> {
    match mention.year {
        Some(year) => Cow::Owned(dated(&mention.name, year)),
        None => Cow::Borrowed(&mention.name),
    }
}

/// A title with the year that tells it from others.
fn dated(title: &str, year: u16) -> String {
    format!("{title} ({year})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    #[test]
    fn a_later_commit_goes_on_with_the_same_names() {
        let film = Mention {
            span: Span::default(),
            kind: EntityKind::Work,
            name: "Dune".into(),
            confidence: 1.0,
            listed: 3,
            year: Some(2021),
        };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("names-1.bin");
        let mut names = NamesBuilder::default();
        let id = names.mention(&film, "Dune");
        names.write(&path).expect("written");
        let mut later = NamesBuilder::resume(folder.path(), &path).expect("read");
        assert_eq!(later.mention(&film, "Dune"), id);
        assert_eq!(later.len(), names.len());
    }
}
