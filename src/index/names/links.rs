//! The links file: the entity of every name, in memory-mapped tables.

use std::path::Path;

use tantivy::directory::OwnedBytes;

use crate::files::write_synced;
use crate::index::error::IndexError;
use crate::index::mmap::map_file;
use crate::index::varint::read_u64;
use crate::link::archive::Findings;

use super::id::NameId;

/// The first bytes of a links file. Behind it, as eight bytes each, the count
/// of names and that of linked ones; for every 64 names a bit for each that is
/// linked (eight bytes) and the number of linked ones before (four); for every
/// 64 names a bit for each that is a fragment, a single given name or surname of
/// an unknown person; for each linked name its entity; for each the next name of
/// the same entity, the last of which leads back to the first.
const MAGIC: &[u8; 8] = b"nslinks2";
const HEADER: usize = 24;
/// Names of a group of bits.
const GROUP: usize = 64;
/// Bytes of a group of bits and the number of those before.
const MARKS: usize = 12;

/// Writes the findings of an archive of `count` names; gives the CRC-32.
pub(super) fn write(path: &Path, count: usize, findings: &Findings) -> Result<u32, IndexError> {
    let roots = roots(count, findings);
    let mut next: Vec<NameId> = (0..count as NameId).collect();
    for (id, root) in (0..).zip(&roots).filter(|(id, root)| id != *root) {
        next.swap(id as usize, *root as usize);
    }
    let linked: Vec<usize> = (0..count).filter(|id| next[*id] as usize != *id).collect();
    let fragments: Vec<usize> = findings.fragments.iter().map(|id| *id as usize).collect();
    let mut bytes = MAGIC.to_vec();
    for number in [count, linked.len()] {
        bytes.extend_from_slice(&(number as u64).to_le_bytes());
    }
    let mut before = 0;
    for marks in marks(count, &linked) {
        bytes.extend_from_slice(&marks.to_le_bytes());
        bytes.extend_from_slice(&u32::to_le_bytes(before));
        before += marks.count_ones();
    }
    bytes.extend(marks(count, &fragments).into_iter().flat_map(u64::to_le_bytes));
    bytes.extend(linked.iter().flat_map(|id| roots[*id].to_le_bytes()));
    bytes.extend(linked.iter().flat_map(|id| next[*id].to_le_bytes()));
    write_synced(path, &bytes).map_err(IndexError::io(path))
}

/// A bit for each name, set for some.
fn marks(count: usize, names: &[usize]) -> Vec<u64> {
    let mut marks = vec![0; count.div_ceil(GROUP)];
    for id in names.iter().filter(|id| **id < count) {
        marks[id / GROUP] |= 1 << (id % GROUP);
    }
    marks
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

/// The entities of names as linking found them; a name that the file does not
/// know is an entity of its own.
#[derive(Default)]
pub(super) struct Links {
    bytes: Option<OwnedBytes>,
    count: usize,
    linked: usize,
}

impl Links {
    pub fn open(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let damaged = |what: &str| IndexError::damaged(path, what);
        let bytes = map_file(folder, path)?;
        if bytes.len() < HEADER || !bytes.starts_with(MAGIC) {
            return Err(damaged("no links file"));
        }
        let number = |at: usize| read_u64(&bytes, at).and_then(|n| usize::try_from(n).ok());
        let (Some(count), Some(linked)) = (number(8), number(16)) else { return Err(damaged("header")) };
        let groups = count.div_ceil(GROUP);
        let size = groups.checked_mul(MARKS + 8).and_then(|size| size.checked_add(linked.checked_mul(8)?));
        if size.is_none_or(|size| size + HEADER != bytes.len()) {
            return Err(damaged("truncated"));
        }
        Ok(Self { bytes: Some(bytes), count, linked })
    }

    fn marks(&self, at: usize, id: NameId) -> Option<u64> {
        if id as usize >= self.count {
            return None;
        }
        read_u64(self.bytes.as_ref()?, at)
    }

    /// The number of a name among the linked ones.
    fn place(&self, id: NameId) -> Option<usize> {
        let at = HEADER + id as usize / GROUP * MARKS;
        let bit = 1 << (id as usize % GROUP);
        let marks = self.marks(at, id).filter(|marks| marks & bit != 0)?;
        let before = u32::from_le_bytes(self.bytes.as_ref()?.get(at + 8..at + 12)?.try_into().ok()?);
        Some(before as usize + (marks & (bit - 1)).count_ones() as usize)
    }

    /// The entry of a linked name in the first or second table.
    fn number(&self, table: usize, id: NameId) -> Option<NameId> {
        let place = self.place(id).filter(|place| *place < self.linked)?;
        let tables = HEADER + self.count.div_ceil(GROUP) * (MARKS + 8);
        let at = tables + (table * self.linked + place) * 4;
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

    /// Whether it is a single given name or surname of an unknown person.
    pub fn is_fragment(&self, id: NameId) -> bool {
        let at = HEADER + self.count.div_ceil(GROUP) * MARKS + id as usize / GROUP * 8;
        self.marks(at, id).is_some_and(|marks| marks & (1 << (id as usize % GROUP)) != 0)
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
        let bytes = std::fs::read(&path).expect("read");
        for damaged in [&bytes[..bytes.len() - 1], &bytes[1..], &[]] {
            std::fs::write(&path, damaged).expect("written");
            assert!(matches!(Links::open(folder.path(), &path), Err(IndexError::Damaged { .. })));
        }
    }

    #[test]
    fn many_names_are_found_in_their_groups() {
        let link = |from, to| Link { from, to, rule: Rule::Known, score: 1.0, evidence: String::new() };
        let links: Vec<Link> = (1..100).map(|n| link(n * 2, n * 2 - 1)).collect();
        let findings = Findings { links, candidates: Vec::new(), fragments: vec![63, 64, 128] };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("links-1.bin");
        write(&path, 200, &findings).expect("written");
        let links = Links::open(folder.path(), &path).expect("read");
        for id in 0..200 {
            let root = if id > 0 && id % 2 == 0 { id - 1 } else { id };
            assert_eq!((links.root(id), links.is_fragment(id)), (root, [63, 64, 128].contains(&id)), "{id}");
        }
        assert_eq!((links.ring(127), links.ring(128), links.ring(0)), (vec![127, 128], vec![128, 127], vec![0]));
    }
}
