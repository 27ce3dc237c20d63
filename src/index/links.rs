//! The links file: for every name the entity it belongs to, in memory-mapped
//! tables.

use std::path::Path;

use tantivy::directory::OwnedBytes;

use crate::link::archive::Findings;

use super::IndexError;
use super::layout::write_synced;
use super::names::{NameId, map_file};

/// The first bytes of a links file. Behind it: the count of names, four bytes
/// each for a name's entity, four for the next name of the same entity (the
/// last leads back to the first), one for its marks.
const MAGIC: &[u8; 8] = b"nslinks1";
const HEADER: usize = 16;
/// A given name or surname alone whose bearer is not known.
const FRAGMENT: u8 = 1;

/// Writes what an archive of `count` names shows of them.
pub(super) fn write(path: &Path, count: usize, findings: &Findings) -> Result<u32, IndexError> {
    let roots = roots(count, findings);
    let mut next: Vec<NameId> = (0..count as NameId).collect();
    for (id, root) in (0..).zip(&roots).filter(|(id, root)| id != *root) {
        next.swap(id as usize, *root as usize);
    }
    let mut marks = vec![0; count];
    for id in &findings.fragments {
        marks[*id as usize] = FRAGMENT;
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend_from_slice(&(count as u64).to_le_bytes());
    bytes.extend(roots.iter().flat_map(|root| root.to_le_bytes()));
    bytes.extend(next.iter().flat_map(|next| next.to_le_bytes()));
    bytes.extend_from_slice(&marks);
    write_synced(path, &bytes)
}

/// For every name the end of its chain of links.
fn roots(count: usize, findings: &Findings) -> Vec<NameId> {
    let mut to: Vec<NameId> = (0..count as NameId).collect();
    for link in &findings.links {
        to[link.from as usize] = link.to;
    }
    let end = |mut id: NameId| {
        // Findings hold no circles; the bound is for files that do.
        for _ in 0..count {
            let next = to[id as usize];
            if next == id {
                break;
            }
            id = next;
        }
        id
    };
    (0..count as NameId).map(end).collect()
}

/// The entities of names as the archive shows them; a name that the file does
/// not know is an entity of its own.
#[derive(Default)]
pub(super) struct Links {
    bytes: Option<OwnedBytes>,
    count: usize,
}

impl Links {
    pub fn open(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let damaged = |what: &str| IndexError::Damaged { path: path.into(), what: what.to_owned() };
        let bytes = map_file(folder, path)?;
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
            return Err(damaged("no links file"));
        }
        let count = super::names::read_u64(&bytes, 8).and_then(|count| usize::try_from(count).ok());
        match count.filter(|count| count.checked_mul(9).is_some_and(|size| size + HEADER == bytes.len())) {
            Some(count) => Ok(Self { bytes: Some(bytes), count }),
            None => Err(damaged("truncated")),
        }
    }

    fn number(&self, table: usize, id: NameId) -> Option<NameId> {
        if id as usize >= self.count {
            return None;
        }
        let at = HEADER + table * self.count * 4 + id as usize * 4;
        let found = NameId::from_le_bytes(self.bytes.as_ref()?.get(at..at + 4)?.try_into().ok()?);
        // A number that is no name can only come from a damaged file.
        ((found as usize) < self.count).then_some(found)
    }

    /// The entity of a name.
    pub fn root(&self, id: NameId) -> NameId {
        self.number(0, id).unwrap_or(id)
    }

    /// All names of the same entity, this one first.
    pub fn ring(&self, id: NameId) -> Vec<NameId> {
        let mut ring = vec![id];
        while let Some(next) = self.number(1, ring[ring.len() - 1]) {
            if next == id || ring.len() > self.count {
                break;
            }
            ring.push(next);
        }
        ring
    }

    pub fn is_fragment(&self, id: NameId) -> bool {
        let at = HEADER + self.count * 8 + id as usize;
        let marks = self.bytes.as_ref().filter(|_| (id as usize) < self.count).and_then(|bytes| bytes.get(at));
        marks.is_some_and(|marks| marks & FRAGMENT != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::archive::{Link, Rule};

    #[test]
    fn chains_end_in_one_entity() {
        let link = |from, to| Link { from, to, rule: Rule::Known, score: 1.0, evidence: String::new() };
        let findings = Findings { links: vec![link(3, 1), link(1, 0)], candidates: Vec::new(), fragments: vec![4] };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("links-1.bin");
        write(&path, 5, &findings).expect("written");
        let links = Links::open(folder.path(), &path).expect("read");
        assert_eq!([0, 1, 2, 3, 4, 9].map(|id| links.root(id)), [0, 0, 2, 0, 4, 9]);
        let mut ring = links.ring(3);
        ring.sort_unstable();
        assert_eq!((ring, links.ring(2)), (vec![0, 1, 3], vec![2]));
        assert!(links.is_fragment(4) && !links.is_fragment(0));
    }
}
