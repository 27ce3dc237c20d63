//! Collecting the names of articles while these are added.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Mention, stable_hash};
use crate::index::error::IndexError;
use crate::link::{alias_key, name_key};

use super::entry::NameEntry;
use super::full_name::{full_name, with_year};
use super::id::NameId;
use super::interner::NameInterner;
use super::reader::Names;
use super::writer::{self, Aliases};

/// The most players of a role that are kept: a role has few, “Hamlet” some.
const MAX_PLAYERS: usize = 16;

/// Collects names while articles are added.
#[derive(Debug, Default)]
pub(in crate::index) struct NamesBuilder {
    ids: FxHashMap<(EntityKind, String), NameId>,
    entries: Vec<NameEntry>,
    aliases: Aliases,
    recent: Recent,
}

/// A cache of names with their ids, which saves making their keys. A name has
/// one slot, which another one may take from it.
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
    /// Counts an article: its names, each once, and its aliases for each.
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
                    self.aliases.entry(alias(&with_year(name, *year))).or_default();
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
            entries.push(NameEntry::new(kind, name));
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

    /// Continues from the names of an earlier commit.
    ///
    /// # Errors
    /// [`IndexError`] where the file cannot be read or is damaged.
    pub fn resume(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let names = Names::open(folder, path)?;
        let mut builder = Self::default();
        for id in 0..names.len() as NameId {
            let entry = names.entry(id).ok_or_else(|| names.damaged("an entry does not decode"))?;
            // A title whose mentions all have a year has no form of its own.
            for form in entry.forms.iter().map(|(form, _)| form).chain([&entry.name]) {
                builder.ids.insert((entry.kind, name_key(entry.kind, form)), id);
            }
            builder.entries.push(entry);
        }
        names.each_alias(|alias, id, count| {
            builder.aliases.insert((alias.to_owned(), id), count);
        });
        Ok(builder)
    }

    /// Chooses the canonical forms, writes the file and returns its CRC-32.
    ///
    /// # Errors
    /// [`IndexError::Io`].
    pub fn write(&mut self, path: &Path) -> Result<u32, IndexError> {
        self.entries.iter_mut().for_each(NameEntry::choose_form);
        writer::write(path, &self.entries, &self.aliases)
    }
}

impl NameInterner for NamesBuilder {
    /// The id of a name, a new one where its key is new; counts a mention that
    /// was written as `surface`.
    fn intern_mention(&mut self, mention: &Mention, surface: &str) -> NameId {
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

    fn intern_title(&mut self, kind: EntityKind, name: &str) -> NameId {
        let id = self.id(kind, name);
        self.aliases.entry((alias_key(kind, name), id)).or_default();
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    #[test]
    fn a_later_commit_continues_with_the_same_names() {
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
        let id = names.intern_mention(&film, "Dune");
        names.write(&path).expect("written");
        let mut later = NamesBuilder::resume(folder.path(), &path).expect("read");
        assert_eq!(later.intern_mention(&film, "Dune"), id);
        assert_eq!(later.len(), names.len());
    }

    #[test]
    fn articles_and_players_are_counted() {
        let text = "Ripley runs. RIPLEY hides.";
        let mention = |start, name: &str| Mention {
            span: Span::new(start, start + 6),
            kind: EntityKind::Character,
            name: name.into(),
            confidence: 0.5,
            listed: 0,
            year: None,
        };
        let mentions = [mention(0, "Ellen Ripley"), mention(13, "Ellen Ripley")];
        let mut names = NamesBuilder::default();
        let ids: Vec<NameId> = mentions.iter().map(|m| names.intern_mention(m, m.span.of(text))).collect();
        assert_eq!(ids, [0, 0]);
        names.count_article(&mentions, &ids, text);
        let player = names.intern_title(EntityKind::Person, "Sigourney Weaver");
        (0..2).for_each(|_| names.played_by(ids[0], player));
        let entry = &names.entries[0];
        assert_eq!((entry.articles, entry.mentions, entry.trust), (1, 2, 1.0));
        assert_eq!(entry.players, [(player, 2)]);
        let mut aliases: Vec<(&str, u32)> = names.aliases.iter().map(|((alias, _), n)| (alias.as_str(), *n)).collect();
        aliases.sort_unstable();
        assert_eq!(aliases, [("ellenripley", 0), ("ripley", 1), ("sigourneyweaver", 0)]);
    }
}
