//! Names as a cluster knows them: by a hash of their kind and key, the same on
//! every machine. A catalog numbers them.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Mention, stable_hash};
use crate::files::write_whole;
use crate::index::{IndexError, IndexSchema, NameId, NameInterner, Names, full_name};
use crate::link::name_key;
use tantivy::schema::Field;

/// The hash of a name.
pub(super) fn hash_of(kind: EntityKind, name: &str) -> u64 {
    stable_hash(format!("{kind}\n{}", name_key(kind, name)).as_bytes())
}

/// A hash as a term.
pub(super) fn token(hash: u64) -> String {
    format!("{hash:016x}")
}

/// The names of one article, numbered as they come.
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

/// A term of an article whose names have numbers, with hashes in their place.
pub(super) fn with_hashes(
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
    /// Names that came after the catalog was made.
    later: Mutex<FxHashMap<u64, NameId>>,
}

impl NameKeys {
    /// Reckons them; that takes a second for a million names.
    pub fn of(names: &Names) -> Vec<u64> {
        let ids = 0..names.len() as NameId;
        ids.map(|id| names.kind(id).zip(names.name(id)).map_or(0, |(kind, name)| hash_of(kind, name))).collect()
    }

    /// Writes them beside a catalog.
    pub fn write(path: &Path, hashes: &[u64]) -> Result<(), IndexError> {
        let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        write_whole(path, &bytes).map_err(IndexError::io(path))
    }

    /// Reads what was written for so many names.
    pub fn read(path: &Path, names: usize) -> Result<Self, IndexError> {
        let bytes = std::fs::read(path).map_err(IndexError::io(path))?;
        if bytes.len() != names * 8 {
            return Err(IndexError::Damaged { path: path.into(), what: "it has not a hash for each name".to_owned() });
        }
        let hashes: Vec<u64> = bytes.as_chunks::<8>().0.iter().map(|chunk| u64::from_le_bytes(*chunk)).collect();
        let ids = (0..).zip(&hashes).map(|(id, hash)| (*hash, id)).collect();
        Ok(Self { hashes, ids, later: Mutex::default() })
    }

    pub fn hash(&self, id: NameId) -> Option<u64> {
        self.hashes.get(id as usize).copied()
    }

    /// The name of a hash, if the catalog has it.
    pub fn known(&self, hash: u64) -> Option<NameId> {
        self.ids.get(&hash).copied()
    }

    /// The number of a name; those that the catalog lacks get one above all
    /// others.
    pub fn id(&self, kind: EntityKind, name: &str) -> NameId {
        let hash = hash_of(kind, name);
        self.known(hash).unwrap_or_else(|| {
            let mut later = self.later.lock().unwrap_or_else(PoisonError::into_inner);
            let next = (self.hashes.len() + later.len()) as NameId;
            *later.entry(hash).or_insert(next)
        })
    }
}
