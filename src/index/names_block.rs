//! Entries of names in blocks, column by column, packed by Zstandard.

use std::io;

use serde::{Deserialize, Serialize};

use crate::article::EntityKind;

use super::names::{NameEntry, NameId};

/// Entries of a block.
pub(super) const BLOCK: usize = 128;
/// What Zstandard calls its level: names are packed once a commit.
const LEVEL: i32 = 7;
/// The most bytes of a block: more is damage.
const MOST: usize = 1 << 26;

/// Some entries, without kinds and counts of articles.
#[derive(Serialize, Deserialize)]
pub(super) struct Block {
    names: Vec<Box<str>>,
    /// How often that form stands.
    own: Vec<u32>,
    mentions: Vec<u32>,
    listed: Vec<u8>,
    trust: Vec<f32>,
    /// What few entries have, by their place.
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

    /// `None` where it is damaged.
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

/// Those lists that are not empty, with their places.
fn filled<T>(lists: impl Iterator<Item = Vec<T>>) -> Vec<(u8, Vec<T>)> {
    (0..).zip(lists).filter(|(_, list)| !list.is_empty()).collect()
}

fn of<T: Clone>(lists: &[(u8, Vec<T>)], at: usize) -> Vec<T> {
    lists.iter().find(|(place, _)| usize::from(*place) == at).map(|(_, list)| list.clone()).unwrap_or_default()
}
