//! Duplicate clusters: which articles are near-duplicates of which, by their
//! MinHash signatures.

use std::cmp::Ordering;
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use tantivy::Searcher;
use tantivy::directory::OwnedBytes;

use crate::files::write_synced;

use super::document::Signature;
use super::error::IndexError;
use super::mmap::map_file;
use super::varint::read_u64;

/// The first bytes of the file. Behind it: the document keys of all articles
/// that have duplicates, sorted, each with the key of the earliest article of
/// its cluster; eight bytes each, little-endian.
const MAGIC: &[u8; 8] = b"nscopie1";
/// Bytes of a row: the keys of an article and of its cluster.
const ROW: usize = 16;
/// Articles of the same band that one is compared with.
const MOST_COMPARED: usize = 64;

/// The order of articles by age; the document key decides between equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Age {
    undated: bool,
    published: u64,
    doc_key: u64,
}

/// Finds the duplicates of the last commit and writes the file; gives its CRC-32.
pub(super) fn write(searcher: &Searcher, path: &Path) -> Result<u32, IndexError> {
    let mut articles = signatures(searcher).map_err(IndexError::tantivy("reading signatures"))?;
    // The earliest first: an article is a duplicate of one before it.
    articles.sort_unstable_by_key(|(age, _)| *age);
    let (ages, signatures): (Vec<Age>, Vec<Signature>) = articles.into_iter().unzip();
    let roots = roots(&signatures);
    drop(signatures);
    let shared: FxHashSet<usize> = (0..).zip(&roots).filter(|(at, root)| at != *root).map(|(_, root)| *root).collect();
    let mut rows: Vec<(u64, u64)> = (0..)
        .zip(&roots)
        .filter(|(at, root)| at != *root || shared.contains(at))
        .map(|(at, root): (usize, &usize)| (ages[at].doc_key, ages[*root].doc_key))
        .collect();
    rows.sort_unstable();
    write_synced(path, &encode(&rows)).map_err(IndexError::io(path))
}

fn encode(rows: &[(u64, u64)]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(rows.iter().flat_map(|(key, cluster)| [key.to_le_bytes(), cluster.to_le_bytes()]).flatten());
    bytes
}

/// The signatures of all living articles.
fn signatures(searcher: &Searcher) -> tantivy::Result<Vec<(Age, Signature)>> {
    let mut articles = Vec::new();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        let (published, doc_key) = (fast.u64("published")?, fast.u64("tie")?);
        let signature = fast.u64("signature")?;
        for doc in segment.doc_ids_alive() {
            let published = published.first(doc).unwrap_or(0);
            let age = Age { undated: published == 0, published, doc_key: doc_key.first(doc).unwrap_or(0) };
            articles.push((age, Signature::from_words(signature.values_for_doc(doc))));
        }
    }
    Ok(articles)
}

/// For every signature the first one of its cluster: that it is a duplicate of,
/// or a duplicate of a duplicate (locality-sensitive hashing, then union-find).
fn roots(signatures: &[Signature]) -> Vec<usize> {
    let mut roots: Vec<usize> = (0..signatures.len()).collect();
    let signed: Vec<u32> =
        (0..).zip(signatures).filter(|(_, s)| **s != Signature::default()).map(|(at, _)| at).collect();
    // A band at a time, so that memory is that of one list of articles.
    let mut keys: Vec<(u32, u32)> = Vec::with_capacity(signed.len());
    for band in 0..Signature::BANDS {
        keys.clear();
        keys.extend(signed.iter().map(|at| (signatures[*at as usize].band(band), *at)));
        keys.par_sort_unstable();
        for bucket in keys.chunk_by(|a, b| a.0 == b.0) {
            for (place, (_, at)) in bucket.iter().enumerate() {
                for (_, other) in &bucket[..place.min(MOST_COMPARED)] {
                    let (at, other) = (*at as usize, *other as usize);
                    if find(&roots, at) != find(&roots, other) && signatures[at].is_duplicate_of(signatures[other]) {
                        join(&mut roots, at, other);
                    }
                }
            }
        }
    }
    (0..roots.len()).map(|at| find(&roots, at)).collect()
}

fn find(roots: &[usize], mut at: usize) -> usize {
    while roots[at] != at {
        at = roots[at];
    }
    at
}

fn join(roots: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(roots, a), find(roots, b));
    roots[a.max(b)] = a.min(b);
}

/// The duplicate clusters of a commit, in a memory-mapped file. A cluster is
/// known by the document key of its earliest article.
#[derive(Default)]
pub struct DuplicateClusters {
    bytes: Option<OwnedBytes>,
    count: usize,
}

impl DuplicateClusters {
    pub(super) fn open(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let bytes = map_file(folder, path)?;
        if bytes.len() % ROW != MAGIC.len() || !bytes.starts_with(MAGIC) {
            return Err(IndexError::damaged(path, "no copies file"));
        }
        let count = bytes.len() / ROW;
        Ok(Self { bytes: Some(bytes), count })
    }

    /// The cluster of an article; `None` for one without duplicates.
    pub fn cluster_of(&self, doc_key: u64) -> Option<u64> {
        let bytes = self.bytes.as_ref()?;
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            let at = MAGIC.len() + middle * ROW;
            match read_u64(bytes, at)?.cmp(&doc_key) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return read_u64(bytes, at + ROW / 2),
            }
        }
        None
    }

    /// The document keys of all articles of some clusters.
    pub fn members(&self, clusters: &FxHashSet<u64>) -> Vec<u64> {
        self.rows().filter(|(_, cluster)| clusters.contains(cluster)).map(|(doc_key, _)| doc_key).collect()
    }

    /// The document keys of all articles that duplicate an earlier one.
    pub fn duplicates(&self) -> Vec<u64> {
        self.rows().filter(|(doc_key, cluster)| doc_key != cluster).map(|(doc_key, _)| doc_key).collect()
    }

    fn rows(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let read = |at: usize| self.bytes.as_ref().and_then(|bytes| read_u64(bytes, MAGIC.len() + at));
        (0..self.count).filter_map(move |row| Some((read(row * ROW)?, read(row * ROW + ROW / 2)?)))
    }

    /// Whether it duplicates an earlier article.
    pub fn is_duplicate(&self, doc_key: u64) -> bool {
        self.cluster_of(doc_key).is_some_and(|cluster| cluster != doc_key)
    }

    /// How many articles are in clusters.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether no article has a duplicate.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duplicates_of_duplicates_are_one_cluster() {
        let of = |title: &str, text: &str| Signature::of(title.split(' '), text.split(' '));
        let text = |from: usize| (from..from + 200).map(|n| format!("w{n} ")).collect::<String>();
        let signature = |from| of("", &text(from));
        let other = of("", &text(1000));
        assert_eq!(roots(&[signature(0), other, signature(0), signature(3)]), [0, 1, 0, 0]);
        let short = |title: &str| of(title, "watch this");
        assert_eq!(
            roots(&[short("a"), short("b"), short("a"), Signature::default(), Signature::default()]),
            [0, 1, 0, 3, 4]
        );
    }

    #[test]
    fn clusters_are_found_by_any_member() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("copies-1.bin");
        std::fs::write(&path, encode(&[(2, 9), (5, 5), (7, 5), (9, 9)])).expect("written");
        let clusters = DuplicateClusters::open(folder.path(), &path).expect("read");
        let check = |doc_key, cluster, is_duplicate| {
            assert_eq!(
                (clusters.cluster_of(doc_key), clusters.is_duplicate(doc_key)),
                (cluster, is_duplicate),
                "{doc_key}"
            );
        };
        check(2, Some(9), true);
        check(9, Some(9), false);
        check(7, Some(5), true);
        check(5, Some(5), false);
        check(1, None, false);
        check(10, None, false);
        assert_eq!((clusters.len(), clusters.is_empty()), (4, false));
        assert_eq!(clusters.members(&FxHashSet::from_iter([5])), [5, 7]);
        assert_eq!(clusters.duplicates(), [2, 7]);
        assert!(DuplicateClusters::default().is_empty() && DuplicateClusters::default().cluster_of(5).is_none());
    }

    #[test]
    fn another_file_is_damage() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("copies-1.bin");
        for bytes in [&b""[..], b"nscopie1half a row", b"nscopie0"] {
            std::fs::write(&path, bytes).expect("written");
            assert!(matches!(DuplicateClusters::open(folder.path(), &path), Err(IndexError::Damaged { .. })));
        }
    }
}
