//! Entries of names in blocks, column by column, compressed by Zstandard.

use std::io;

use serde::{Deserialize, Serialize};

use crate::article::EntityKind;

use super::entry::NameEntry;
use super::id::NameId;

/// Entries of a block.
pub(super) const BLOCK: usize = 128;
/// The compression level: names are packed once a commit.
const LEVEL: i32 = 7;
/// The most bytes of a block: more is damage.
const MOST: usize = 1 << 26;

/// Some entries, without kinds and counts of articles.
#[derive(Serialize, Deserialize)]
pub(super) struct Block {
    names: Vec<Box<str>>,
    /// How often the canonical form occurs.
    own: Vec<u32>,
    mentions: Vec<u32>,
    listed: Vec<u8>,
    trust: Vec<f32>,
    /// Lists that few entries have, with the place of the entry in the block.
    players: Vec<(u8, Vec<(NameId, u32)>)>,
    others: Vec<(u8, Vec<(String, u32)>)>,
}

impl Block {
    /// Packs entries.
    pub fn pack(entries: &[NameEntry]) -> io::Result<Vec<u8>> {
        let column = |number: fn(&NameEntry) -> u32| entries.iter().map(number).collect();
        let own = |entry: &NameEntry| entry.forms.iter().find(|(form, _)| *form == entry.name).map_or(0, |(_, n)| *n);
        let others = |entry: &NameEntry| entry.forms.iter().filter(|(form, _)| *form != entry.name).cloned().collect();
        let block = Self {
            names: entries.iter().map(|entry| entry.name.as_str().into()).collect(),
            own: column(own),
            mentions: column(|entry| entry.mentions),
            listed: entries.iter().map(|entry| entry.listed).collect(),
            trust: entries.iter().map(|entry| entry.trust).collect(),
            players: filled(entries.iter().map(|entry| entry.players.clone())),
            others: filled(entries.iter().map(others)),
        };
        let bytes = postcard::to_stdvec(&block).map_err(io::Error::other)?;
        zstd::bulk::compress(&bytes, LEVEL)
    }

    /// Unpacks entries; `None` where they are damaged.
    pub fn unpack(packed: &[u8]) -> Option<Self> {
        let size = zstd::zstd_safe::get_frame_content_size(packed).ok()??;
        let size = usize::try_from(size).ok().filter(|size| *size <= MOST)?;
        postcard::from_bytes(&zstd::bulk::decompress(packed, size).ok()?).ok()
    }

    pub fn name(&self, at: usize) -> Option<&str> {
        self.names.get(at).map(|name| &**name)
    }

    pub fn entry(&self, at: usize, kind: EntityKind, articles: u32) -> Option<NameEntry> {
        let name = self.name(at)?;
        let own = self.own.get(at).filter(|own| **own > 0).map(|own| (name.to_owned(), *own));
        Some(NameEntry {
            kind,
            name: name.to_owned(),
            articles,
            mentions: *self.mentions.get(at)?,
            trust: *self.trust.get(at)?,
            listed: *self.listed.get(at)?,
            players: of(&self.players, at),
            forms: own.into_iter().chain(of(&self.others, at)).collect(),
        })
    }
}

/// The lists that are not empty, with their places.
fn filled<T>(lists: impl Iterator<Item = Vec<T>>) -> Vec<(u8, Vec<T>)> {
    (0..).zip(lists).filter(|(_, list)| !list.is_empty()).collect()
}

fn of<T: Clone>(lists: &[(u8, Vec<T>)], at: usize) -> Vec<T> {
    lists.iter().find(|(place, _)| usize::from(*place) == at).map(|(_, list)| list.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back() {
        let entry = NameEntry {
            mentions: 4,
            trust: 2.5,
            listed: 3,
            players: vec![(9, 2)],
            forms: vec![("Ann Lee".to_owned(), 3), ("Anne Lee".to_owned(), 1)],
            ..NameEntry::new(EntityKind::Character, "Ann Lee")
        };
        let entries = [NameEntry::new(EntityKind::Work, "Dune"), entry];
        let packed = Block::pack(&entries).expect("packed");
        let block = Block::unpack(&packed).expect("unpacked");
        assert_eq!(block.entry(0, EntityKind::Work, 0).as_ref(), Some(&entries[0]));
        assert_eq!(block.entry(1, EntityKind::Character, 0).as_ref(), Some(&entries[1]));
        assert_eq!((block.name(1), block.name(2)), (Some("Ann Lee"), None));
        assert!(Block::unpack(&packed[..packed.len() - 2]).is_none() && Block::unpack(b"").is_none());
    }
}
