//! The copies file: which articles are copies of which.

use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use tantivy::Searcher;
use tantivy::directory::OwnedBytes;

use super::IndexError;
use super::layout::write_synced;
use super::names_file::map_file;
use super::numbers::read_u64;
use super::signature::Signature;

/// The first bytes of a copies file. Behind it: the ties of all articles that
/// have copies, sorted, each with the tie of the earliest of its story.
const MAGIC: &[u8; 8] = b"nscopie1";
/// Articles with the same band that one is compared with.
const MOST_COMPARED: usize = 64;

/// What tells articles apart: when they were published, and the hash of their
/// ids that orders what is otherwise equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Age {
    undated: bool,
    published: u64,
    tie: u64,
}

/// Finds the copies of the last commit and writes the file.
pub(super) fn write(searcher: &Searcher, path: &Path) -> Result<u32, IndexError> {
    let mut articles: Vec<(Age, Signature)> = Vec::new();
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        let (published, tie) = (fast.u64("published")?, fast.u64("tie")?);
        let signature = fast.u64("signature")?;
        for doc in segment.doc_ids_alive() {
            let published = published.first(doc).unwrap_or(0);
            let age = Age { undated: published == 0, published, tie: tie.first(doc).unwrap_or(0) };
            articles.push((age, Signature::from_words(signature.values_for_doc(doc))));
        }
    }
    // The earliest first: an article is a copy of one before it.
    articles.sort_unstable_by_key(|(age, _)| *age);
    let (ages, signatures): (Vec<Age>, Vec<Signature>) = articles.into_iter().unzip();
    let roots = roots(&signatures);
    drop(signatures);
    let shared: FxHashSet<usize> = (0..).zip(&roots).filter(|(at, root)| at != *root).map(|(_, root)| *root).collect();
    let mut rows: Vec<(u64, u64)> = (0..)
        .zip(&roots)
        .filter(|(at, root)| at != *root || shared.contains(at))
        .map(|(at, root): (usize, &usize)| (ages[at].tie, ages[*root].tie))
        .collect();
    rows.sort_unstable();
    let mut bytes = MAGIC.to_vec();
    bytes.extend(rows.iter().flat_map(|(tie, root)| [tie.to_le_bytes(), root.to_le_bytes()]).flatten());
    write_synced(path, &bytes)
}

/// For every signature the first one that it is a copy of, or a copy of a copy.
fn roots(signatures: &[Signature]) -> Vec<usize> {
    let mut roots: Vec<usize> = (0..signatures.len()).collect();
    let told: Vec<u32> = (0..).zip(signatures).filter(|(_, s)| **s != Signature::default()).map(|(at, _)| at).collect();
    // A band at a time, so that memory is that of one list of articles.
    let mut keys: Vec<(u32, u32)> = Vec::with_capacity(told.len());
    for band in 0..Signature::BANDS {
        keys.clear();
        keys.extend(told.iter().map(|at| (signatures[*at as usize].band(band), *at)));
        keys.par_sort_unstable();
        for run in keys.chunk_by(|a, b| a.0 == b.0) {
            for (place, (_, at)) in run.iter().enumerate() {
                for (_, other) in &run[..place.min(MOST_COMPARED)] {
                    let (at, other) = (*at as usize, *other as usize);
                    if find(&roots, at) != find(&roots, other) && signatures[at].is_copy_of(signatures[other]) {
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

/// The stories of a commit, in a memory-mapped file.
#[derive(Default)]
pub struct Copies {
    bytes: Option<OwnedBytes>,
    count: usize,
}

impl Copies {
    pub(super) fn open(folder: &Path, path: &Path) -> Result<Self, IndexError> {
        let bytes = map_file(folder, path)?;
        if bytes.len() % 16 != MAGIC.len() || &bytes[..8] != MAGIC {
            return Err(IndexError::Damaged { path: path.into(), what: "no copies file".to_owned() });
        }
        let count = bytes.len() / 16;
        Ok(Self { bytes: Some(bytes), count })
    }

    /// The tie of the earliest article of the same story; none for an article
    /// without copies.
    pub fn story(&self, tie: u64) -> Option<u64> {
        let bytes = self.bytes.as_ref()?;
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            let at = MAGIC.len() + middle * 16;
            match read_u64(bytes, at)?.cmp(&tie) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return read_u64(bytes, at + 8),
            }
        }
        None
    }

    /// The ties of all articles of some stories.
    pub fn members(&self, stories: &FxHashSet<u64>) -> Vec<u64> {
        let ties = self.rows().filter(|(_, story)| stories.contains(story)).map(|(tie, _)| tie);
        ties.collect()
    }

    /// The ties of all articles that are copies of earlier ones.
    pub fn all(&self) -> Vec<u64> {
        self.rows().filter(|(tie, story)| tie != story).map(|(tie, _)| tie).collect()
    }

    fn rows(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let read = |at: usize| self.bytes.as_ref().and_then(|bytes| read_u64(bytes, MAGIC.len() + at));
        (0..self.count).filter_map(move |row| Some((read(row * 16)?, read(row * 16 + 8)?)))
    }

    /// Whether it is a copy of an earlier article.
    pub fn is_copy(&self, tie: u64) -> bool {
        self.story(tie).is_some_and(|story| story != tie)
    }

    /// How many articles have copies or are one.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether no article has a copy.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_copies_are_one_story() {
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
}
