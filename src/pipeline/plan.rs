//! What has to be done to bring an index up to date with files on disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::{Manifest, ManifestEntry};
use crate::read::{CorpusFiles, SourceFile, content_hash};

/// The difference between the files of an index and those on disk.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to read, by their place among the walked ones.
    pub read: Vec<usize>,
    /// Files whose bytes are the same though their time is not.
    pub touched: Vec<ManifestEntry>,
    /// Files that bear another name now: the old name, and the new entry.
    pub moved: Vec<(String, ManifestEntry)>,
    /// Files that are there no more.
    pub gone: Vec<String>,
    /// Files that are as they were.
    pub unchanged: u64,
}

impl Plan {
    /// Compares; files in `again` are read though they have not changed, and
    /// without `prune` nothing is taken out.
    pub fn new(walked: &CorpusFiles, manifest: &Manifest, again: &BTreeSet<String>, prune: bool) -> Self {
        let mut plan = Self::default();
        let mut gone: BTreeSet<&str> = vanished(walked, manifest).collect();
        let mut by_size: BTreeMap<u64, Vec<&ManifestEntry>> = BTreeMap::new();
        for file in &gone {
            let entry = &manifest.files[*file];
            by_size.entry(entry.size).or_default().push(entry);
        }
        for (place, file) in walked.files.iter().enumerate() {
            match manifest.files.get(&file.name) {
                _ if again.contains(&file.name) => plan.read.push(place),
                Some(_) if manifest.is_current(&file.name, file.size, file.modified) => plan.unchanged += 1,
                Some(entry) if same_bytes(entry, file) => {
                    plan.touched.push(ManifestEntry { modified: file.modified, ..entry.clone() });
                }
                Some(_) => plan.read.push(place),
                None => {
                    let candidates = by_size.get(&file.size).map_or(&[][..], Vec::as_slice);
                    let same = candidates.iter().find(|old| gone.contains(old.file.as_str()) && same_bytes(old, file));
                    match same {
                        Some(old) => {
                            gone.remove(old.file.as_str());
                            plan.moved.push((old.file.clone(), moved(old, file)));
                        }
                        None => plan.read.push(place),
                    }
                }
            }
        }
        plan.read_what_lost_its_name(walked, manifest);
        if prune {
            plan.gone = gone.into_iter().map(str::to_owned).collect();
        }
        plan
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.touched.is_empty() && self.moved.is_empty() && self.gone.is_empty()
    }

    /// Where another file now has the name that a moved one was read under,
    /// the moved one is read anew: names in the index must not be shared.
    fn read_what_lost_its_name(&mut self, walked: &CorpusFiles, manifest: &Manifest) {
        let place_of = |name: &str| walked.files.binary_search_by(|file| file.name.as_str().cmp(name)).ok();
        let moved = std::mem::take(&mut self.moved);
        for (old, entry) in moved {
            match place_of(entry.key()).is_some().then(|| place_of(&entry.file)).flatten() {
                Some(place) => {
                    self.read.push(place);
                    self.gone.push(old);
                }
                None => self.moved.push((old, entry)),
            }
        }
        for entry in manifest.files.values().filter(|entry| entry.key.is_some()) {
            if place_of(entry.key()).is_some()
                && let Some(place) = place_of(&entry.file)
                && !self.read.contains(&place)
            {
                self.read.push(place);
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

/// The indexed files under the walked roots that are there no more; what lies
/// where the system let us not look counts as there.
fn vanished<'m>(walked: &CorpusFiles, manifest: &'m Manifest) -> impl Iterator<Item = &'m str> {
    let under = |file: &str, root: &str| {
        file == root
            || root == "." && !file.starts_with('/')
            || file.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
    };
    let there = |file: &str| walked.files.binary_search_by(|known| known.name.as_str().cmp(file)).is_ok();
    manifest.files.keys().map(String::as_str).filter(move |file| {
        walked.roots.iter().any(|root| under(file, root))
            && !walked.errors.iter().any(|error| under(file, &error.path))
            && !there(file)
    })
}
