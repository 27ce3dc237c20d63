//! Writing the names file of a commit.

use std::io;
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::files::write_synced;
use crate::index::error::IndexError;
use crate::link::initials;

use super::block::{BLOCK, Block};
use super::entry::NameEntry;
use super::file_format::{ARTICLES, INITIALS, MAGIC, MANY};
use super::id::NameId;

/// The aliases of names, with the number of articles that use each.
pub(super) type Aliases = FxHashMap<(String, NameId), u32>;

/// Writes the file and returns its CRC-32.
pub(super) fn write(path: &Path, entries: &[NameEntry], aliases: &Aliases) -> Result<u32, IndexError> {
    let failed = |error: io::Error| IndexError::io(path)(error);
    let (mut blocks, mut ends) = (Vec::new(), Vec::with_capacity(entries.len().div_ceil(BLOCK) * 4));
    let packed: Vec<Vec<u8>> = entries.par_chunks(BLOCK).map(Block::pack).collect::<io::Result<_>>().map_err(failed)?;
    for block in packed {
        blocks.extend_from_slice(&block);
        let end = u32::try_from(blocks.len()).map_err(|e| failed(io::Error::other(e)))?;
        ends.extend_from_slice(&end.to_le_bytes());
    }
    let (lists, map) = pack_aliases(aliases, &initials_of(entries)).map_err(|e| failed(io::Error::other(e)))?;
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
    write_synced(path, &bytes).map_err(failed)
}

/// The initials of names, marked as such, each with the articles of the name.
fn initials_of(entries: &[NameEntry]) -> Vec<(String, NameId, u32)> {
    let mut found = Vec::new();
    for (id, entry) in (0..).zip(entries) {
        let initials = initials(entry.kind, &entry.name).into_iter();
        found.extend(initials.map(|initials| (format!("{INITIALS}{initials}"), id, entry.articles)));
    }
    found
}

/// The lists of ambiguous aliases, and the map of all aliases and initials.
fn pack_aliases(aliases: &Aliases, initials: &[(String, NameId, u32)]) -> Result<(Vec<u8>, Vec<u8>), fst::Error> {
    let aliases = aliases.iter().filter(|((alias, _), _)| !alias.is_empty());
    let mut all: Vec<(&str, NameId, u32)> = aliases.map(|((alias, id), count)| (alias.as_str(), *id, *count)).collect();
    all.extend(initials.iter().map(|(key, id, count)| (key.as_str(), *id, *count)));
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
