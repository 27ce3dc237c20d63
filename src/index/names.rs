//! The names of an archive: ids, canonical forms, counts, and all spellings.
//!
//! A name's id never changes, so that postings can hold it; what it is called
//! is settled at each commit by the form that stands most often.

use std::path::Path;

use fst::{IntoStreamer, Streamer};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::{FileSlice, MmapDirectory, OwnedBytes};

use crate::article::{EntityKind, Mention};
use crate::link::archive::NameNumber;
use crate::link::{alias_key, name_key};

use super::IndexError;
use super::alike::Alike;
use super::layout::write_synced;

/// The number of a name within an index.
pub type NameId = NameNumber;

/// The first bytes of a names file.
const MAGIC: &[u8; 8] = b"nsnames1";
/// Magic, count of names, bytes of entries. Behind it: entries, the table of
/// their offsets, a byte for each name's kind, four for its count of articles,
/// the aliases.
const HEADER: usize = 24;
/// The most players of a role that are kept: a role has few, “Hamlet” some.
const MAX_PLAYERS: usize = 16;
/// Parts an alias from the kind and id behind it; folded words hold no NUL.
pub(super) const END: u8 = 0;

/// What is known of a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    forms: Vec<(String, u32)>,
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
}

impl NamesBuilder {
    /// The id of a name, a new one where its key is new; counts a mention that
    /// was written as `surface`.
    pub fn mention(&mut self, mention: &Mention, surface: &str) -> NameId {
        let Mention { kind, name, confidence, listed, year, .. } = mention;
        let kind = *kind;
        // The title alone is a name too, so that one film needs no year.
        let plain = self.id(kind, name);
        let dated = year.map(|year| dated(name, year));
        let id = dated.as_deref().map_or(plain, |dated| self.id(kind, dated));
        let name = dated.as_deref().unwrap_or(name);
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

    /// Counts an article: its names, each once, and what it writes for each.
    pub fn count_article(&mut self, mentions: &[Mention], names: &[NameId], text: &str) {
        let mut written: FxHashSet<(String, NameId)> = FxHashSet::default();
        for (mention, id) in mentions.iter().zip(names) {
            let surface = mention.span.of(text);
            written.insert((alias_key(mention.kind, surface), *id));
            if surface != mention.name {
                self.aliases.entry((alias_key(mention.kind, &mention.name), *id)).or_default();
            }
            if let Some(year) = mention.year {
                self.aliases.entry((alias_key(mention.kind, &dated(&mention.name, year)), *id)).or_default();
            }
        }
        for alias in written {
            *self.aliases.entry(alias).or_default() += 1;
        }
        for id in names.iter().copied().collect::<FxHashSet<NameId>>() {
            self.entries[id as usize].articles += 1;
        }
    }

    fn id(&mut self, kind: EntityKind, name: &str) -> NameId {
        let next = self.entries.len() as NameId;
        let entries = &mut self.entries;
        *self.ids.entry((kind, name_key(kind, name))).or_insert_with(|| {
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
        })
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
        let mut entries = Vec::new();
        let mut offsets = Vec::with_capacity(self.entries.len() + 1);
        for entry in &mut self.entries {
            entry.settle();
            offsets.push(entries.len() as u64);
            entries =
                postcard::to_extend(entry, entries).map_err(|e| IndexError::io(path)(std::io::Error::other(e)))?;
        }
        offsets.push(entries.len() as u64);
        let aliases = self.alias_map().map_err(|e| IndexError::io(path)(std::io::Error::other(e)))?;
        let mut bytes = Vec::with_capacity(HEADER + entries.len() + offsets.len() * 8 + aliases.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&(self.entries.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&(entries.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&entries);
        for offset in offsets {
            bytes.extend_from_slice(&offset.to_le_bytes());
        }
        bytes.extend(self.entries.iter().map(|entry| entry.kind.ordinal() as u8));
        bytes.extend(self.entries.iter().flat_map(|entry| entry.articles.to_le_bytes()));
        bytes.extend_from_slice(&aliases);
        write_synced(path, &bytes)
    }

    fn alias_map(&self) -> Result<Vec<u8>, fst::Error> {
        let mut keys: Vec<(Vec<u8>, u64)> = self
            .aliases
            .iter()
            .filter(|((alias, _), _)| !alias.is_empty())
            .map(|((alias, id), count)| {
                let kind = self.entries[*id as usize].kind;
                (join_alias(alias, kind, *id), u64::from(*count))
            })
            .collect();
        keys.sort();
        let mut map = fst::MapBuilder::memory();
        for (key, count) in keys {
            map.insert(key, count)?;
        }
        map.into_inner()
    }
}

/// A title with the year that tells it from others.
fn dated(title: &str, year: u16) -> String {
    format!("{title} ({year})")
}

fn join_alias(alias: &str, kind: EntityKind, id: NameId) -> Vec<u8> {
    let mut key = alias.as_bytes().to_vec();
    key.push(END);
    key.push(kind.ordinal() as u8);
    key.extend_from_slice(&id.to_be_bytes());
    key
}

fn split_alias(key: &[u8]) -> Option<(&str, EntityKind, NameId)> {
    let (alias, rest) = key.split_at_checked(key.len().checked_sub(6)?)?;
    let id = NameId::from_be_bytes(rest[2..6].try_into().ok()?);
    Some((std::str::from_utf8(alias).ok()?, EntityKind::from_ordinal(rest[1] as usize)?, id))
}

/// The names of a commit, in memory-mapped files: opening reads a few bytes.
pub struct Names {
    path: std::path::PathBuf,
    bytes: OwnedBytes,
    count: usize,
    entry_bytes: usize,
    aliases: fst::Map<OwnedBytes>,
}

impl Names {
    /// Opens the names file `path` of an index folder.
    ///
    /// # Errors
    /// [`IndexError::Io`] and [`IndexError::Damaged`].
    pub fn open(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let damaged = |what: &str| IndexError::Damaged { path: path.into(), what: what.to_owned() };
        let bytes = map_file(folder, path)?;
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
            return Err(damaged("no names file"));
        }
        let number = |at: usize| read_u64(&bytes, at).and_then(|n| usize::try_from(n).ok());
        let (Some(count), Some(entry_bytes)) = (number(8), number(16)) else { return Err(damaged("header")) };
        let aliases_at = count
            .checked_add(1)
            .and_then(|slots| slots.checked_mul(8))
            .and_then(|table| table.checked_add(entry_bytes)?.checked_add(HEADER)?.checked_add(count.checked_mul(5)?))
            .filter(|at| *at <= bytes.len())
            .ok_or_else(|| damaged("truncated"))?;
        let aliases = fst::Map::new(bytes.slice(aliases_at..bytes.len())).map_err(|e| damaged(&e.to_string()))?;
        Ok(Self { path: path.into(), bytes, count, entry_bytes, aliases })
    }

    /// Everything that articles write for names: its alias key, the name, and
    /// the number of these articles.
    pub fn each_written(&self, mut each: impl FnMut(&str, NameId, u32)) {
        let mut stream = self.aliases.stream();
        while let Some((key, count)) = stream.next() {
            if let Some((alias, _, id)) = split_alias(key) {
                each(alias, id, count as u32);
            }
        }
    }

    fn damaged(&self, what: &str) -> IndexError {
        IndexError::Damaged { path: self.path.clone(), what: what.to_owned() }
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// What is known of a name; `None` where there is no such id, or the file
    /// is damaged there.
    pub fn entry(&self, id: NameId) -> Option<NameEntry> {
        postcard::from_bytes(self.entry_bytes_of(id)?).ok()
    }

    /// What a name is called.
    pub fn name(&self, id: NameId) -> Option<&str> {
        let ((_, name), _) = postcard::take_from_bytes::<(EntityKind, &str)>(self.entry_bytes_of(id)?).ok()?;
        Some(name)
    }

    fn entry_bytes_of(&self, id: NameId) -> Option<&[u8]> {
        let id = id as usize;
        if id >= self.count {
            return None;
        }
        let table = HEADER + self.entry_bytes;
        let start = usize::try_from(read_u64(&self.bytes, table + id * 8)?).ok()?;
        let end = usize::try_from(read_u64(&self.bytes, table + id * 8 + 8)?).ok()?;
        let entries = self.bytes.get(HEADER..HEADER + self.entry_bytes)?;
        entries.get(start..end)
    }

    /// What a name names.
    pub fn kind(&self, id: NameId) -> Option<EntityKind> {
        let kinds = HEADER + self.entry_bytes + (self.count + 1) * 8;
        EntityKind::from_ordinal(usize::from(*self.bytes.get(kinds + id as usize)?))
    }

    /// How many articles named it when they were indexed; what is named again
    /// in a replaced article counts again, so it serves for order only.
    pub fn prominence(&self, id: NameId) -> u32 {
        let table = HEADER + self.entry_bytes + (self.count + 1) * 8 + self.count;
        let at = table + id as usize * 4;
        self.bytes.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
    }

    /// Hands to `each` what articles write for names that differs from an
    /// [`alias_key`] by so many slips at most, one or two: the alias, the name,
    /// the number of these articles.
    pub fn each_alike(&self, alias: &str, slips: u8, mut each: impl FnMut(&str, NameId, u32)) {
        let mut stream = self.aliases.search(Alike::new(alias, slips)).into_stream();
        while let Some((key, count)) = stream.next() {
            if let Some((alias, _, id)) = split_alias(key) {
                each(alias, id, count as u32);
            }
        }
    }

    /// Hands to `each` what articles write for names and begins so.
    pub fn each_beginning(&self, prefix: &str, mut each: impl FnMut(&str, NameId, u32)) {
        let mut stream = self.aliases.range().ge(prefix).into_stream();
        while let Some((key, count)) = stream.next().filter(|(key, _)| key.starts_with(prefix.as_bytes())) {
            if let Some((alias, _, id)) = split_alias(key) {
                each(alias, id, count as u32);
            }
        }
    }

    /// The names that are written so in some article, by id, with the number of
    /// these articles.
    ///
    /// `kind` restricts them, and decides how numerals fold.
    pub fn written_as(&self, name: &str, kind: Option<EntityKind>) -> Vec<(NameId, EntityKind, u32)> {
        let kinds = kind.map_or(EntityKind::ALL.to_vec(), |kind| vec![kind]);
        let mut found = Vec::new();
        for kind in kinds {
            let alias = alias_key(kind, name);
            if alias.is_empty() {
                continue;
            }
            let mut from = alias.into_bytes();
            from.extend([END, kind.ordinal() as u8]);
            let mut to = from.clone();
            to.extend([u8::MAX; 5]);
            let mut stream = self.aliases.range().ge(&from).le(&to).into_stream();
            while let Some((key, count)) = stream.next() {
                found.extend(split_alias(key).map(|(_, kind, id)| (id, kind, count as u32)));
            }
        }
        found
    }
}

pub(super) fn read_u64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

pub(super) fn map_file(folder: &Path, path: &Path) -> Result<OwnedBytes, IndexError> {
    let directory =
        MmapDirectory::open(folder).map_err(|error| IndexError::io(folder)(std::io::Error::other(error)))?;
    let name = Path::new(path.file_name().unwrap_or_default());
    let handle = directory
        .get_file_handle(name)
        .map_err(|error| IndexError::Damaged { path: path.into(), what: error.to_string() })?;
    FileSlice::new(handle).read_bytes().map_err(IndexError::io(path))
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
