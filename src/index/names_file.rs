//! The names of a commit as a memory-mapped file: opening reads a few bytes,
//! and a name is looked up where it is asked for.

use std::path::Path;

use fst::{IntoStreamer, Streamer};
use rustc_hash::FxHashMap;
use tantivy::Directory;
use tantivy::directory::{FileSlice, MmapDirectory, OwnedBytes};

use crate::article::EntityKind;
use crate::link::AliasKeys;

use super::IndexError;
use super::alike::Alike;
use super::layout::write_synced;
use super::names::{NameEntry, NameId};
use super::near::each_near;

/// The first bytes of a names file.
const MAGIC: &[u8; 8] = b"nsnames2";
/// Magic, then as eight bytes each: the count of names, the bytes of entries,
/// the bytes of lists. Behind it: the entries, the table of their ends (four
/// bytes each), a byte for each name's kind, four for its count of articles,
/// the lists of aliases that several names share, the aliases.
const HEADER: usize = 32;
/// An alias of several names leads to their list; any other leads to its name
/// in the lower half, with the number of articles in the upper.
const SEVERAL: u64 = 1 << 63;
/// The bytes of a name and its articles in a list.
const LISTED: usize = 8;

/// All that articles write for names, with the number of these articles.
type Aliases = FxHashMap<(String, NameId), u32>;

/// An entry as it is written: its name, how often that form stands, mentions,
/// trust, how well it is listed, players, other forms.
type Packed<'a> = (&'a str, u32, u32, f32, u8, Vec<(NameId, u32)>, Vec<(&'a str, u32)>);

/// Writes the file and returns its CRC-32.
pub(super) fn write(path: &Path, entries: &[NameEntry], aliases: &Aliases) -> Result<u32, IndexError> {
    let failed = |error: std::io::Error| IndexError::io(path)(error);
    let mut packed = Vec::new();
    let mut ends = Vec::with_capacity(entries.len() * 4);
    for entry in entries {
        packed = postcard::to_extend(&pack(entry), packed).map_err(|e| failed(std::io::Error::other(e)))?;
        let end = u32::try_from(packed.len()).map_err(|e| failed(std::io::Error::other(e)))?;
        ends.extend_from_slice(&end.to_le_bytes());
    }
    let (lists, map) = pack_aliases(aliases).map_err(|e| failed(std::io::Error::other(e)))?;
    let mut bytes = MAGIC.to_vec();
    for number in [entries.len(), packed.len(), lists.len()] {
        bytes.extend_from_slice(&(number as u64).to_le_bytes());
    }
    bytes.append(&mut packed);
    bytes.append(&mut ends);
    bytes.extend(entries.iter().map(|entry| entry.kind.ordinal() as u8));
    bytes.extend(entries.iter().flat_map(|entry| entry.articles.to_le_bytes()));
    bytes.extend_from_slice(&lists);
    bytes.extend_from_slice(&map);
    write_synced(path, &bytes)
}

fn pack(entry: &NameEntry) -> Packed<'_> {
    let (own, others): (Vec<_>, Vec<_>) = entry.forms.iter().partition(|(form, _)| *form == entry.name);
    let others = others.into_iter().map(|(form, count)| (form.as_str(), *count)).collect();
    let own = own.first().map_or(0, |(_, count)| *count);
    (&entry.name, own, entry.mentions, entry.trust, entry.listed, entry.players.clone(), others)
}

/// The lists of shared aliases, and the map of all.
fn pack_aliases(aliases: &Aliases) -> Result<(Vec<u8>, Vec<u8>), fst::Error> {
    let aliases = aliases.iter().filter(|((alias, _), _)| !alias.is_empty());
    let mut all: Vec<(&str, NameId, u32)> = aliases.map(|((alias, id), count)| (alias.as_str(), *id, *count)).collect();
    all.sort_unstable();
    let (mut lists, mut map) = (Vec::new(), fst::MapBuilder::memory());
    for group in all.chunk_by(|a, b| a.0 == b.0) {
        let (alias, id, count) = group[0];
        let most = u64::from(count) << 32;
        if group.len() == 1 && most < SEVERAL {
            map.insert(alias, most | u64::from(id))?;
            continue;
        }
        map.insert(alias, SEVERAL | lists.len() as u64)?;
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
    /// Where the tables begin: ends of entries, kinds, articles, lists.
    ends: usize,
    kinds: usize,
    articles: usize,
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
        let (count, entry_bytes, list_bytes) = (number(8)?, number(16)?, number(24)?);
        let ends = HEADER + entry_bytes;
        let kinds = ends + count * 4;
        let articles = kinds + count;
        let lists = articles + count * 4;
        if lists + list_bytes > bytes.len() {
            return Err(damaged("truncated"));
        }
        let aliases = bytes.slice(lists + list_bytes..bytes.len());
        let aliases = fst::Map::new(aliases).map_err(|e| damaged(&e.to_string()))?;
        Ok(Self { path: path.into(), bytes, count, ends, kinds, articles, lists, aliases })
    }

    /// Everything that articles write for names: its alias key, the name, and
    /// the number of these articles.
    pub fn each_written(&self, mut each: impl FnMut(&str, NameId, u32)) {
        let mut stream = self.aliases.stream();
        while let Some((alias, value)) = stream.next() {
            self.meant(alias, value, &mut each);
        }
    }

    /// The names that an alias leads to.
    fn meant(&self, alias: &[u8], value: u64, each: &mut impl FnMut(&str, NameId, u32)) {
        let Ok(alias) = std::str::from_utf8(alias) else { return };
        if value & SEVERAL == 0 {
            return each(alias, value as NameId, (value >> 32) as u32);
        }
        let list = usize::try_from(value & !SEVERAL).ok().and_then(|at| self.bytes.get(self.lists.checked_add(at)?..));
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
        let (name, own, mentions, trust, listed, players, others) =
            postcard::from_bytes::<Packed<'_>>(self.entry_bytes_of(id)?).ok()?;
        let own = (own > 0).then(|| (name.to_owned(), own));
        Some(NameEntry {
            kind: self.kind(id)?,
            name: name.to_owned(),
            articles: self.prominence(id),
            mentions,
            trust,
            listed,
            players,
            forms: own.into_iter().chain(others.into_iter().map(|(form, count)| (form.to_owned(), count))).collect(),
        })
    }

    /// What a name is called.
    pub fn name(&self, id: NameId) -> Option<&str> {
        let (name, _) = postcard::take_from_bytes::<&str>(self.entry_bytes_of(id)?).ok()?;
        Some(name)
    }

    fn entry_bytes_of(&self, id: NameId) -> Option<&[u8]> {
        let id = id as usize;
        let end = |id: usize| self.number(self.ends, id).map(|end| end as usize);
        let start = if id == 0 { 0 } else { end(id - 1)? };
        self.bytes.get(HEADER..self.ends)?.get(start..end(id)?)
    }

    /// The number of a name in the table that begins there.
    fn number(&self, table: usize, id: usize) -> Option<u32> {
        let at = (id < self.count).then_some(table + id * 4)?;
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
        self.number(self.articles, id as usize).unwrap_or(0)
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
