//! Compares the manifest of an index with the files on disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::{Manifest, ManifestEntry};
use crate::read::{CorpusFiles, SourceFile, content_hash};

/// The difference between the files of an index and those on disk.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to read, by their index among the listed ones.
    pub read: Vec<usize>,
    /// Files with a new modification time and the same bytes.
    pub touched: Vec<ManifestEntry>,
    /// Renamed files: the old name, and the new entry.
    pub moved: Vec<(String, ManifestEntry)>,
    /// Files that no longer exist.
    pub gone: Vec<String>,
    /// Files that have not changed.
    pub unchanged: u64,
}

impl Plan {
    /// Compares; files in `again` are read even if unchanged, and without `prune`
    /// nothing is removed.
    pub fn new(corpus: &CorpusFiles, manifest: &Manifest, again: &BTreeSet<String>, prune: bool) -> Self {
        let mut plan = Self::default();
        let mut gone: BTreeSet<&str> = vanished(corpus, manifest).collect();
        let mut by_size: BTreeMap<u64, Vec<&ManifestEntry>> = BTreeMap::new();
        for file in &gone {
            let entry = &manifest.files[*file];
            by_size.entry(entry.size).or_default().push(entry);
        }
        for (number, file) in corpus.files.iter().enumerate() {
            match manifest.files.get(&file.name) {
                _ if again.contains(&file.name) => plan.read.push(number),
                Some(_) if manifest.is_current(&file.name, file.size, file.modified) => plan.unchanged += 1,
                Some(entry) if same_bytes(entry, file) => {
                    plan.touched.push(ManifestEntry { modified: file.modified, ..entry.clone() });
                }
                Some(_) => plan.read.push(number),
                None => {
                    let candidates = by_size.get(&file.size).map_or(&[][..], Vec::as_slice);
                    let renamed =
                        candidates.iter().find(|old| gone.contains(old.file.as_str()) && same_bytes(old, file));
                    match renamed {
                        Some(old) => {
                            gone.remove(old.file.as_str());
                            plan.moved.push((old.file.clone(), moved(old, file)));
                        }
                        None => plan.read.push(number),
                    }
                }
            }
        }
        plan.read_files_with_reused_names(corpus, manifest);
        if prune {
            plan.gone = gone.into_iter().map(str::to_owned).collect();
        }
        plan
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.touched.is_empty() && self.moved.is_empty() && self.gone.is_empty()
    }

    /// Reads a moved file again where another file now has the name it was
    /// indexed under: names in the index must be unique.
    fn read_files_with_reused_names(&mut self, corpus: &CorpusFiles, manifest: &Manifest) {
        let number_of = |name: &str| corpus.files.binary_search_by(|file| file.name.as_str().cmp(name)).ok();
        let moved = std::mem::take(&mut self.moved);
        for (old, entry) in moved {
            match number_of(entry.key()).is_some().then(|| number_of(&entry.file)).flatten() {
                Some(number) => {
                    self.read.push(number);
                    self.gone.push(old);
                }
                None => self.moved.push((old, entry)),
            }
        }
        for entry in manifest.files.values().filter(|entry| entry.key.is_some()) {
            if number_of(entry.key()).is_some()
                && let Some(number) = number_of(&entry.file)
                && !self.read.contains(&number)
            {
                self.read.push(number);
                self.unchanged = self.unchanged.saturating_sub(1);
            }
        }
        self.read.sort_unstable();
    }
}

fn same_bytes(entry: &ManifestEntry, file: &SourceFile) -> bool {
    entry.size == file.size && !entry.unread && content_hash(&file.path).is_ok_and(|hash| hash == entry.hash)
}

fn moved(old: &ManifestEntry, file: &SourceFile) -> ManifestEntry {
    ManifestEntry {
        file: file.name.clone(),
        key: (old.key() != file.name).then(|| old.key().to_owned()),
        modified: file.modified,
        ..old.clone()
    }
}

/// The indexed files under the listed roots that no longer exist; those under a
/// path that could not be read count as existing.
fn vanished<'m>(corpus: &CorpusFiles, manifest: &'m Manifest) -> impl Iterator<Item = &'m str> {
    let under = |file: &str, root: &str| {
        file == root
            || root == "." && !file.starts_with('/')
            || file.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
    };
    let exists = |file: &str| corpus.files.binary_search_by(|listed| listed.name.as_str().cmp(file)).is_ok();
    manifest.files.keys().map(String::as_str).filter(move |file| {
        corpus.roots.iter().any(|root| under(file, root))
            && !corpus.errors.iter().any(|error| under(file, &error.path))
            && !exists(file)
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use crate::read::CorpusReader;

    use super::*;

    /// A folder with files of these names and contents, and what lists it.
    fn corpus(folder: &Path, files: &[(&str, &str)]) -> CorpusFiles {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("a folder");
        files.iter().for_each(|(name, text)| fs::write(folder.join(name), text).expect("written"));
        CorpusReader::new([folder]).list_files()
    }

    /// The manifest of an index made from listed files, at another time.
    fn manifest(corpus: &CorpusFiles) -> Manifest {
        let entry = |file: &SourceFile| ManifestEntry {
            file: file.name.clone(),
            key: None,
            size: file.size,
            modified: 1,
            hash: content_hash(&file.path).expect("readable"),
            articles: 1,
            unread: false,
            read_by: None,
        };
        Manifest { files: corpus.files.iter().map(|file| (file.name.clone(), entry(file))).collect() }
    }

    #[test]
    fn differences_decide_what_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("news");
        let before = [("a.txt", "First article."), ("b.txt", "Second one, longer.")];
        // Expected: numbers of files read, touched, moved, gone.
        let check = |now: &[(&str, &str)], expected: (&[usize], usize, usize, usize)| {
            let manifest = manifest(&corpus(&folder, &before));
            let plan = Plan::new(&corpus(&folder, now), &manifest, &BTreeSet::new(), true);
            let found = (&plan.read[..], plan.touched.len(), plan.moved.len(), plan.gone.len());
            assert_eq!(found, expected, "{now:?}");
            assert_eq!(plan.is_empty(), expected == (&[], 0, 0, 0));
        };
        check(&before, (&[], 2, 0, 0));
        check(&[("a.txt", "First article!"), before[1]], (&[0], 1, 0, 0));
        check(&[before[0], before[1], ("c.txt", "New.")], (&[2], 2, 0, 0));
        check(&[before[0]], (&[], 1, 0, 1));
        check(&[before[0], ("c.txt", "Second one, longer.")], (&[], 1, 1, 0));
    }

    #[test]
    fn options_decide_what_is_read_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("news");
        let manifest = manifest(&corpus(&folder, &[("a.txt", "First."), ("b.txt", "Second.")]));
        let now = corpus(&folder, &[("a.txt", "First.")]);
        let again = BTreeSet::from([now.files[0].name.clone()]);
        let plan = Plan::new(&now, &manifest, &again, false);
        assert_eq!((&plan.read[..], plan.touched.len(), plan.gone.len()), (&[0][..], 0, 0));
    }
}
