//! The names of a commit as a memory-mapped file: opening reads a few bytes,
//! and a name is looked up where it is asked for.

use std::path::Path;
use std::sync::OnceLock;

use fst::{IntoStreamer, Streamer};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tantivy::Directory;
use tantivy::directory::{FileSlice, MmapDirectory, OwnedBytes};

use crate::article::EntityKind;
use crate::link::AliasKeys;

use super::IndexError;
use super::alike::Alike;
use super::layout::write_synced;
use super::names::{NameEntry, NameId};
use super::names_block::{BLOCK, Block};
use super::near::each_near;
use super::numbers::read_u64;

/// The first bytes of a names file.
const MAGIC: &[u8; 8] = b"nsnames3";
/// Magic, then as eight bytes each: the count of names, the bytes of entries,
/// the names of many articles, the bytes of lists. Behind it: the [blocks] of
/// entries, the ends of blocks (four bytes each), a byte for each name's kind,
/// one for its count of articles, [`MANY`] where that is in the table of names
/// of many articles, that table (name and articles, four bytes each), the lists
/// of aliases that several names share, the aliases.
///
/// [blocks]: super::names_block
const HEADER: usize = 40;
/// An alias of one name leads to it, with up to so many articles in these bits
/// below it; any other to a list. The lowest bit says which.
const ARTICLES: (u64, u32) = (15, 4);
/// What stands for more articles than a byte holds.
const MANY: u8 = u8::MAX;
/// The bytes of a name and its articles in a list.
const LISTED: usize = 8;

/// All that articles write for names, with the number of these articles.
type Aliases = FxHashMap<(String, NameId), u32>;

/// Writes the file and returns its CRC-32.
pub(super) fn write(path: &Path, entries: &[NameEntry], aliases: &Aliases) -> Result<u32, IndexError> {
    let failed = |error: std::io::Error| IndexError::io(path)(error);
    let (mut blocks, mut ends) = (Vec::new(), Vec::with_capacity(entries.len().div_ceil(BLOCK) * 4));
    let packed: Vec<Vec<u8>> =
        entries.par_chunks(BLOCK).map(Block::pack).collect::<std::io::Result<_>>().map_err(failed)?;
    for block in packed {
        blocks.extend_from_slice(&block);
        let end = u32::try_from(blocks.len()).map_err(|e| failed(std::io::Error::other(e)))?;
        ends.extend_from_slice(&end.to_le_bytes());
    }
    let (lists, map) = pack_aliases(aliases).map_err(|e| failed(std::io::Error::other(e)))?;
    let many: Vec<(NameId, u32)> = (0..)
        .zip(entries)
        .map(|(id, entry)| (id, entry.articles))
        .filter(|(_, articles)| *articles >= MANY.into())
        .collect();
    let mut bytes = MAGIC.to_vec();
    for number in [entries.len(), blocks.len(), many.len(), lists.len()] {
        bytes.extend_from_slice(&(number as u64).to_le_bytes());
    }
    bytes.append(&mut blocks);
    bytes.append(&mut ends);
    bytes.extend(entries.iter().map(|entry| entry.kind.ordinal() as u8));
    bytes.extend(entries.iter().map(|entry| entry.articles.min(MANY.into()) as u8));
    bytes.extend(many.iter().flat_map(|(id, articles)| [id.to_le_bytes(), articles.to_le_bytes()]).flatten());
    bytes.extend_from_slice(&lists);
    bytes.extend_from_slice(&map);
    write_synced(path, &bytes)
}

/// The lists of shared aliases, and the map of all.
fn pack_aliases(aliases: &Aliases) -> Result<(Vec<u8>, Vec<u8>), fst::Error> {
    let aliases = aliases.iter().filter(|((alias, _), _)| !alias.is_empty());
    let mut all: Vec<(&str, NameId, u32)> = aliases.map(|((alias, id), count)| (alias.as_str(), *id, *count)).collect();
    all.sort_unstable();
    let (mut lists, mut map) = (Vec::new(), fst::MapBuilder::memory());
    for group in all.chunk_by(|a, b| a.0 == b.0) {
        let (alias, id, count) = group[0];
        if group.len() == 1 && u64::from(count) <= ARTICLES.0 {
            map.insert(alias, (u64::from(id) << ARTICLES.1 | u64::from(count)) << 1)?;
            continue;
        }
        map.insert(alias, (lists.len() as u64) << 1 | 1)?;
        lists.extend_from_slice(&(group.len() as u32).to_le_bytes());
        lists.extend(group.iter().flat_map(|(_, id, count)| [id.to_le_bytes(), count.to_le_bytes()]).flatten());
    }
    Ok((lists, map.into_inner()?))
}

/// The names of a commit.
pub struct Names {
    path: std::path::PathBuf,
    bytes: OwnedBytes,
    count: usize,
    /// Blocks that were asked for, unpacked; nothing of damaged ones.
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
        let damaged = |what: &str| IndexError::Damaged { path: path.into(), what: what.to_owned() };
        let bytes = map_file(folder, path)?;
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
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

    /// Everything that articles write for names: its alias key, the name, and
    /// the number of these articles.
    pub fn each_written(&self, mut each: impl FnMut(&str, NameId, u32)) {
        let mut stream = self.aliases.stream();
        while let Some((alias, value)) = stream.next() {
            self.meant(alias, value, &mut each);
        }
    }

    /// What articles write for several names: its alias key, and each name with
    /// the number of these articles.
    pub fn each_shared(&self, mut each: impl FnMut(&str, Vec<(NameId, u32)>)) {
        let mut stream = self.aliases.stream();
        while let Some((alias, value)) = stream.next() {
            let Ok(key) = std::str::from_utf8(alias) else { continue };
            let mut meant = Vec::new();
            if value & 1 == 1 {
                self.meant(alias, value, &mut |_, id, count| meant.push((id, count)));
            }
            if meant.len() > 1 {
                each(key, meant);
            }
        }
    }

    /// The names that an alias leads to.
    fn meant(&self, alias: &[u8], value: u64, each: &mut impl FnMut(&str, NameId, u32)) {
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
        let (kind, articles) = (self.kind(id)?, self.prominence(id));
        self.block(id)?.entry(id as usize % BLOCK, kind, articles)
    }

    /// What a name is called.
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

    /// How many articles named it when they were indexed; what is named again
    /// in a replaced article counts again, so it serves for order only.
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

    /// Hands to `each` what articles write for names that differs from an
    /// [`alias_key`](crate::link::alias_key) by so many slips at most, one or two: the alias, the name,
    /// the number of these articles; some of them more than once. Two slips are
    /// looked for behind the first letter, which few mistype.
    pub fn each_alike(&self, alias: &str, slips: u8, mut each: impl FnMut(&str, NameId, u32)) {
        if alias.is_ascii() {
            let each = &mut |alias: &[u8], value| self.meant(alias, value, &mut each);
            return each_near(self.aliases.as_fst(), alias, slips, slips > 1, each);
        }
        let mut stream = self.aliases.search(Alike::new(alias, slips)).into_stream();
        while let Some((alias, value)) = stream.next() {
            self.meant(alias, value, &mut each);
        }
    }

    /// Hands to `each` what articles write for names and begins so.
    pub fn each_beginning(&self, prefix: &str, mut each: impl FnMut(&str, NameId, u32)) {
        let mut stream = self.aliases.range().ge(prefix).into_stream();
        while let Some((alias, value)) = stream.next().filter(|(alias, _)| alias.starts_with(prefix.as_bytes())) {
            self.meant(alias, value, &mut each);
        }
    }

    /// The names that are written so in some article, by kind and id, with the
    /// number of these articles.
    ///
    /// `kind` restricts them, and decides how numerals fold.
    pub fn written_as(&self, name: &str, kind: Option<EntityKind>) -> Vec<(NameId, EntityKind, u32)> {
        let keys = AliasKeys::of(name);
        let mut found = Vec::new();
        let mut look_up = |key: &str| {
            let Some(value) = self.aliases.get(key).filter(|_| !key.is_empty()) else { return };
            let fits = |found: &EntityKind| kind.is_none_or(|kind| kind == *found) && keys.key(*found) == key;
            self.meant(key.as_bytes(), value, &mut |_, id, count| {
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

pub(super) fn map_file(folder: &Path, path: &Path) -> Result<OwnedBytes, IndexError> {
    let directory =
        MmapDirectory::open(folder).map_err(|error| IndexError::io(folder)(std::io::Error::other(error)))?;
    let name = Path::new(path.file_name().unwrap_or_default());
    let handle = directory
        .get_file_handle(name)
        .map_err(|error| IndexError::Damaged { path: path.into(), what: error.to_string() })?;
    FileSlice::new(handle).read_bytes().map_err(IndexError::io(path))
}
