//! Names in a cluster: hashes of their kind and key, the same on every machine.
//! The catalog numbers them.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::schema::Field;

use crate::article::{EntityKind, Mention, stable_hash};
use crate::files::write_whole;
use crate::index::{IndexError, IndexSchema, NameId, NameInterner, Names, full_name};
use crate::link::name_key;

/// The hash of a name.
pub(super) fn hash_of(kind: EntityKind, name: &str) -> u64 {
    stable_hash(format!("{kind}\n{}", name_key(kind, name)).as_bytes())
}

/// A hash as a term, in hexadecimal.
pub(super) fn token(hash: u64) -> String {
    format!("{hash:016x}")
}

/// The names of one article, numbered in the order they appear.
#[derive(Default)]
pub(super) struct OwnNames {
    ids: FxHashMap<u64, NameId>,
    /// Kind and hash of each.
    pub names: Vec<(EntityKind, u64)>,
}

impl OwnNames {
    fn id(&mut self, kind: EntityKind, name: &str) -> NameId {
        let hash = hash_of(kind, name);
        let names = &mut self.names;
        *self.ids.entry(hash).or_insert_with(|| {
            names.push((kind, hash));
            (names.len() - 1) as NameId
        })
    }
}

impl NameInterner for OwnNames {
    fn intern_mention(&mut self, mention: &Mention, _surface: &str) -> NameId {
        self.id(mention.kind, &full_name(mention))
    }

    fn intern_title(&mut self, kind: EntityKind, name: &str) -> NameId {
        self.id(kind, name)
    }
}

/// A term with the hash of a name in place of its number.
pub(super) fn hashed_term(
    schema: &IndexSchema,
    field: Field,
    term: &str,
    hash: impl Fn(NameId) -> Option<u64>,
) -> String {
    let hashed = |id: &str| id.parse().ok().and_then(&hash).map(token);
    if field == schema.title_names || field == schema.body_names || field == schema.credits {
        return hashed(term).unwrap_or_else(|| term.to_owned());
    }
    if field == schema.reports {
        let (what, of) = term.split_once(' ').unwrap_or((term, ""));
        return format!("{what}:{}", hashed(of).unwrap_or_else(|| of.to_owned()));
    }
    term.to_owned()
}

/// The hashes of a catalog's names.
pub(super) struct NameKeys {
    hashes: Vec<u64>,
    ids: FxHashMap<u64, NameId>,
    /// Names newer than the catalog.
    later: Mutex<FxHashMap<u64, NameId>>,
}

impl NameKeys {
    /// Computes the hashes; a million names take about a second.
    pub fn of(names: &Names) -> Vec<u64> {
        let ids = 0..names.len() as NameId;
        ids.map(|id| names.kind(id).zip(names.name(id)).map_or(0, |(kind, name)| hash_of(kind, name))).collect()
    }

    /// Writes hashes to a file.
    pub fn write(path: &Path, hashes: &[u64]) -> Result<(), IndexError> {
        let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        write_whole(path, &bytes).map_err(IndexError::io(path))
    }

    /// Reads the hashes of so many names.
    pub fn read(path: &Path, names: usize) -> Result<Self, IndexError> {
        let bytes = std::fs::read(path).map_err(IndexError::io(path))?;
        if bytes.len() != names * 8 {
            return Err(IndexError::Damaged { path: path.into(), what: "it has not a hash for each name".to_owned() });
        }
        let hashes: Vec<u64> = bytes.as_chunks::<8>().0.iter().map(|chunk| u64::from_le_bytes(*chunk)).collect();
        Ok(Self::new(hashes))
    }

    /// The names of these hashes, numbered in this order.
    pub fn new(hashes: Vec<u64>) -> Self {
        let ids = (0..).zip(&hashes).map(|(id, hash)| (*hash, id)).collect();
        Self { hashes, ids, later: Mutex::default() }
    }

    /// The hash of a name.
    pub fn hash(&self, id: NameId) -> Option<u64> {
        self.hashes.get(id as usize).copied()
    }

    /// The name of a hash, if the catalog has it.
    pub fn known(&self, hash: u64) -> Option<NameId> {
        self.ids.get(&hash).copied()
    }

    /// The number of a name; a name that the catalog lacks gets the next free one.
    pub fn id(&self, kind: EntityKind, name: &str) -> NameId {
        let hash = hash_of(kind, name);
        self.known(hash).unwrap_or_else(|| {
            let mut later = self.later.lock().unwrap_or_else(PoisonError::into_inner);
            let next = (self.hashes.len() + later.len()) as NameId;
            *later.entry(hash).or_insert(next)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_hashes_in_fields_of_names() {
        let schema = IndexSchema::new();
        let hash = |id| (id == 7).then_some(0xab);
        let check = |field, term, expected| assert_eq!(hashed_term(&schema, field, term, hash), expected, "{term}");
        check(schema.body_names, "7", "00000000000000ab");
        check(schema.title_names, "8", "8");
        check(schema.credits, "7", "00000000000000ab");
        check(schema.reports, "by 7", "by:00000000000000ab");
        check(schema.reports, "quote", "quote:");
        check(schema.body, "7", "7");
    }

    #[test]
    fn names_of_the_catalog_keep_their_numbers() {
        let ada = hash_of(EntityKind::Person, "Ada Brook");
        let keys = NameKeys::new(vec![1, ada]);
        assert_eq!((keys.known(ada), keys.hash(1), keys.hash(2)), (Some(1), Some(ada), None));
        let check = |kind, name, expected| assert_eq!(keys.id(kind, name), expected, "{name}");
        check(EntityKind::Person, "Ada Brook", 1);
        check(EntityKind::Work, "Low Tide", 2);
        check(EntityKind::Person, "Ben Gale", 3);
        check(EntityKind::Work, "Low Tide", 2);
    }

    #[test]
    fn keys_are_read_as_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys.bin");
        NameKeys::write(&path, &[3, u64::MAX]).expect("written");
        let keys = NameKeys::read(&path, 2).expect("read");
        assert_eq!((keys.hash(0), keys.hash(1)), (Some(3), Some(u64::MAX)));
        assert!(NameKeys::read(&path, 3).is_err());
    }
}
