//! The names of a commit in a memory-mapped file: opening reads a few bytes,
//! and a name is decoded when it is asked for.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fst::{IntoStreamer, Streamer};
use tantivy::directory::OwnedBytes;

use crate::article::EntityKind;
use crate::index::error::IndexError;
use crate::index::fuzzy::{EDIT, LevenshteinAutomaton, each_within_cost, spelling_cost};
use crate::index::mmap::map_file;
use crate::index::varint::read_u64;
use crate::link::AliasKeys;

use super::block::{BLOCK, Block};
use super::entry::NameEntry;
use super::file_format::{ARTICLES, HEADER, INITIALS, LISTED, MAGIC, MANY};
use super::id::NameId;

/// The names of a commit.
pub struct Names {
    path: PathBuf,
    bytes: OwnedBytes,
    count: usize,
    /// Decoded blocks, as they are asked for; `None` for damaged ones.
    blocks: Vec<OnceLock<Option<Box<Block>>>>,
    /// Where the tables begin: ends of blocks, kinds, articles, names of many
    /// articles, lists.
    ends: usize,
    kinds: usize,
    articles: usize,
    many: usize,
    lists: usize,
    aliases: fst::Map<OwnedBytes>,
}

impl Names {
    /// Opens the names file `path` of an index folder.
    ///
    /// # Errors
    /// [`IndexError::Io`] and [`IndexError::Damaged`].
    pub fn open(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let damaged = |what: &str| IndexError::damaged(path, what);
        let bytes = map_file(folder, path)?;
        if bytes.len() < HEADER || !bytes.starts_with(MAGIC) {
            return Err(damaged("no names file"));
        }
        let number = |at: usize| {
            let number = read_u64(&bytes, at).and_then(|n| usize::try_from(n).ok());
            number.filter(|n| *n <= bytes.len()).ok_or_else(|| damaged("header"))
        };
        let (count, block_bytes, many_count, list_bytes) = (number(8)?, number(16)?, number(24)?, number(32)?);
        let blocks = count.div_ceil(BLOCK);
        let ends = HEADER + block_bytes;
        let kinds = ends + blocks * 4;
        let articles = kinds + count;
        let many = articles + count;
        let lists = many + many_count * LISTED;
        if lists + list_bytes > bytes.len() {
            return Err(damaged("truncated"));
        }
        let aliases = bytes.slice(lists + list_bytes..bytes.len());
        let aliases = fst::Map::new(aliases).map_err(|e| damaged(&e.to_string()))?;
        let blocks = (0..blocks).map(|_| OnceLock::new()).collect();
        Ok(Self { path: path.into(), bytes, count, blocks, ends, kinds, articles, many, lists, aliases })
    }

    /// Hands every alias of every name to `each`: its alias key, the name, and
    /// the number of articles that use it.
    pub fn each_alias(&self, mut each: impl FnMut(&str, NameId, u32)) {
        let mut stream = self.aliases.stream();
        while let Some((alias, value)) = stream.next() {
            if !is_initials(alias) {
                self.named_by(alias, value, &mut each);
            }
        }
    }

    /// Hands the names of these initials to `each`, with the number of their articles.
    pub fn each_of_initials(&self, initials: &str, mut each: impl FnMut(NameId, u32)) {
        if let Some(value) = self.aliases.get(format!("{INITIALS}{initials}")) {
            self.named_by(initials.as_bytes(), value, &mut |_, id, count| each(id, count));
        }
    }

    /// Hands the aliases of several names to `each`: the alias key, and each name
    /// with the number of articles that use it.
    pub fn each_ambiguous_alias(&self, mut each: impl FnMut(&str, Vec<(NameId, u32)>)) {
        let mut stream = self.aliases.stream();
        while let Some((alias, value)) = stream.next() {
            let Ok(key) = std::str::from_utf8(alias) else { continue };
            let mut named = Vec::new();
            if value & 1 == 1 && !is_initials(alias) {
                self.named_by(alias, value, &mut |_, id, count| named.push((id, count)));
            }
            if named.len() > 1 {
                each(key, named);
            }
        }
    }

    /// The names that an alias leads to.
    fn named_by(&self, alias: &[u8], value: u64, each: &mut impl FnMut(&str, NameId, u32)) {
        let Ok(alias) = std::str::from_utf8(alias) else { return };
        let (value, listed) = (value >> 1, value & 1 == 1);
        if !listed {
            return each(alias, (value >> ARTICLES.1) as NameId, (value & ARTICLES.0) as u32);
        }
        let list = usize::try_from(value).ok().and_then(|at| self.bytes.get(self.lists.checked_add(at)?..));
        let Some((count, list)) = list.and_then(|list| list.split_first_chunk()) else { return };
        for item in list.chunks_exact(LISTED).take(u32::from_le_bytes(*count) as usize) {
            let number = |at: usize| item[at..at + 4].try_into().map_or(0, u32::from_le_bytes);
            each(alias, number(0), number(4));
        }
    }

    pub(super) fn damaged(&self, what: &str) -> IndexError {
        IndexError::damaged(&self.path, what)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// What is known of a name; `None` where there is no such id, or its block
    /// is damaged.
    pub fn entry(&self, id: NameId) -> Option<NameEntry> {
        let (kind, articles) = (self.kind(id)?, self.prominence(id));
        self.block(id)?.entry(id as usize % BLOCK, kind, articles)
    }

    /// The canonical form of a name.
    pub fn name(&self, id: NameId) -> Option<&str> {
        self.block(id)?.name(id as usize % BLOCK)
    }

    /// The block that a name is in.
    fn block(&self, id: NameId) -> Option<&Block> {
        let block = id as usize / BLOCK;
        let unpack = || {
            let end = |block: usize| self.number(self.ends + block * 4).map(|end| end as usize);
            let start = if block == 0 { 0 } else { end(block - 1)? };
            let packed = self.bytes.get(HEADER..self.ends)?.get(start..end(block)?)?;
            Block::unpack(packed).map(Box::new)
        };
        self.blocks.get(block)?.get_or_init(unpack).as_deref()
    }

    fn number(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes.get(at..at + 4)?.try_into().ok()?))
    }

    /// What a name names.
    pub fn kind(&self, id: NameId) -> Option<EntityKind> {
        let at = ((id as usize) < self.count).then_some(self.kinds + id as usize)?;
        EntityKind::from_ordinal(usize::from(*self.bytes.get(at)?))
    }

    /// How many articles named it when they were indexed. Replaced articles
    /// count again, so it serves for order only.
    pub fn prominence(&self, id: NameId) -> u32 {
        let few = ((id as usize) < self.count).then(|| self.bytes.get(self.articles + id as usize).copied());
        match few.flatten() {
            Some(MANY) => self.many_articles(id).unwrap_or(MANY.into()),
            few => few.unwrap_or(0).into(),
        }
    }

    fn many_articles(&self, id: NameId) -> Option<u32> {
        let number = |item: &[u8], at: usize| item[at..at + 4].try_into().map_or(0, u32::from_le_bytes);
        let items: &[[u8; LISTED]] = self.bytes.get(self.many..self.lists)?.as_chunks().0;
        let at = items.binary_search_by_key(&id, |item| number(item, 0)).ok()?;
        Some(number(&items[at], 4))
    }

    /// Hands to `each` the aliases within a cost, in tenths of an edit, of an
    /// [`alias_key`](crate::link::alias_key): the alias, the name, the number of
    /// articles that use it, the cost. Of more than one edit none is in the first
    /// letter, which few mistype; likely edits cost less than one.
    pub fn each_within_cost(&self, alias: &str, budget: u8, mut each: impl FnMut(&str, NameId, u32, u8)) {
        if alias.is_ascii() {
            let each = &mut |alias: &[u8], value, cost| {
                if !is_initials(alias) {
                    self.named_by(alias, value, &mut |alias, id, articles| each(alias, id, articles, cost));
                }
            };
            return each_within_cost(self.aliases.as_fst(), alias, budget, each);
        }
        let mut stream = self.aliases.search(LevenshteinAutomaton::new(alias, budget / EDIT)).into_stream();
        while let Some((known, value)) = stream.next() {
            if !is_initials(known) {
                let cost = std::str::from_utf8(known).map_or(u8::MAX, |known| spelling_cost(alias, known));
                self.named_by(known, value, &mut |known, id, articles| each(known, id, articles, cost));
            }
        }
    }

    /// Hands to `each` the aliases that begin with a prefix.
    pub fn each_with_prefix(&self, prefix: &str, mut each: impl FnMut(&str, NameId, u32)) {
        let mut stream = self.aliases.range().ge(prefix).into_stream();
        while let Some((alias, value)) = stream.next().filter(|(alias, _)| alias.starts_with(prefix.as_bytes())) {
            self.named_by(alias, value, &mut each);
        }
    }

    /// The names with this alias, by kind and id, with the number of articles
    /// that use it for each.
    ///
    /// `kind` restricts them, and decides how numerals fold.
    pub fn written_as(&self, name: &str, kind: Option<EntityKind>) -> Vec<(NameId, EntityKind, u32)> {
        let keys = AliasKeys::of(name);
        let mut found = Vec::new();
        let mut look_up = |key: &str| {
            let Some(value) = self.aliases.get(key).filter(|_| !key.is_empty()) else { return };
            let fits = |found: &EntityKind| kind.is_none_or(|kind| kind == *found) && keys.key(*found) == key;
            self.named_by(key.as_bytes(), value, &mut |_, id, count| {
                found.extend(self.kind(id).filter(fits).map(|kind| (id, kind, count)));
            });
        };
        look_up(&keys.other);
        if keys.work != keys.other {
            look_up(&keys.work);
        }
        found.sort_unstable_by_key(|(id, kind, _)| (kind.ordinal(), *id));
        found
    }
}

/// Whether a key is that of initials.
fn is_initials(alias: &[u8]) -> bool {
    alias.first() == Some(&(INITIALS as u8))
}

#[cfg(test)]
mod tests {
    use super::super::writer::{Aliases, write};
    use super::*;

    const COUNT: u32 = 300;

    /// Persons called by their numbers, two of which share an alias.
    fn names(folder: &Path) -> Names {
        let entries: Vec<NameEntry> = (0..COUNT)
            .map(|id| NameEntry {
                articles: id,
                forms: vec![(format!("Name {id}"), 3), (format!("NAME {id}"), 1)],
                players: if id == 7 { vec![(2, 5)] } else { Vec::new() },
                ..NameEntry::new(EntityKind::Person, &format!("Name {id}"))
            })
            .collect();
        let mut aliases: Aliases = (0..COUNT).map(|id| ((format!("name{id}"), id), id)).collect();
        aliases.extend([(("shared".to_owned(), 3), 9), (("shared".to_owned(), 299), 1)]);
        let path = folder.join("names-1.bin");
        write(&path, &entries, &aliases).expect("written");
        Names::open(folder, &path).expect("read")
    }

    #[test]
    fn entries_come_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = names(folder.path());
        assert_eq!((names.len(), names.is_empty()), (COUNT as usize, false));
        for id in [0, 7, 127, 128, 254, 255, 299] {
            let entry = names.entry(id).expect("there");
            assert_eq!(
                (entry.name.as_str(), entry.kind, entry.articles),
                (&*format!("Name {id}"), EntityKind::Person, id)
            );
            assert_eq!(names.prominence(id), id);
            assert_eq!(entry.forms, [(format!("Name {id}"), 3), (format!("NAME {id}"), 1)]);
            assert_eq!(entry.players.is_empty(), id != 7);
        }
        assert_eq!((names.name(COUNT), names.kind(COUNT), names.prominence(COUNT)), (None, None, 0));
    }

    #[test]
    fn names_are_found_by_their_aliases() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = names(folder.path());
        let ids = |name: &str| names.written_as(name, None).into_iter().map(|(id, _, n)| (id, n)).collect::<Vec<_>>();
        assert_eq!(ids("name 12"), [(12, 12)]);
        assert_eq!(ids("Shared"), [(3, 9), (299, 1)]);
        assert_eq!(ids("nobody"), []);
        assert_eq!(names.written_as("name 12", Some(EntityKind::Place)), []);
        let mut ambiguous = Vec::new();
        names.each_ambiguous_alias(|alias, named| ambiguous.push((alias.to_owned(), named)));
        assert_eq!(ambiguous, [("shared".to_owned(), vec![(3, 9), (299, 1)])]);
        let mut all = 0;
        names.each_alias(|_, _, _| all += 1);
        assert_eq!(all, COUNT + 2);
        let mut begun = Vec::new();
        names.each_with_prefix("name29", |_, id, _| begun.push(id));
        begun.sort_unstable();
        assert_eq!(begun, [29, 290, 291, 292, 293, 294, 295, 296, 297, 298, 299]);
        let mut near = Vec::new();
        names.each_within_cost("shraed", 10, |alias, id, _, cost| near.push((alias.to_owned(), id, cost)));
        near.sort();
        assert_eq!(near, [("shared".to_owned(), 3, 8), ("shared".to_owned(), 299, 8)]);
    }

    #[test]
    fn damage_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(names(folder.path()));
        let path = folder.path().join("names-1.bin");
        let sound = std::fs::read(&path).expect("read");
        for keep in [0, 7, HEADER - 1, HEADER, sound.len() / 2] {
            std::fs::write(&path, &sound[..keep]).expect("written");
            assert!(matches!(Names::open(folder.path(), &path), Err(IndexError::Damaged { .. })), "{keep} bytes");
        }
    }
}
