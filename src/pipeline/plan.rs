//! Compares the manifest of an index with the files on disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{is_under, root_of};
use crate::index::{Manifest, ManifestEntry};
use crate::read::{CorpusFiles, SourceFile, content_hash};

/// What to do besides reading what changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlanOptions {
    /// Names of files to read even if they have not changed.
    pub again: BTreeSet<String>,
    /// Whether the articles of files that are gone are removed.
    pub prune: bool,
    /// Whether this holds for a root that is empty or gone too.
    pub prune_empty: bool,
    /// Roots to drop with all their files.
    pub forget: BTreeSet<String>,
}

/// The difference between the files of an index and those on disk.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files to read, in name order.
    pub read: Vec<SourceFile>,
    /// Files with a new modification time and the same bytes.
    pub touched: Vec<ManifestEntry>,
    /// Files that were renamed: the old name, which is among those gone, and the new
    /// one, which is read, since ids and paths of articles depend on it.
    pub moved: Vec<(String, String)>,
    /// Files that no longer exist.
    pub gone: Vec<String>,
    /// Files that have not changed.
    pub unchanged: u64,
    /// Roots that are empty or gone, and the number of their files, which are kept.
    pub kept: Vec<(String, usize)>,
    /// The roots of the index from now on.
    pub roots: BTreeSet<String>,
    /// Whether these are others than before.
    pub has_new_roots: bool,
}

impl Plan {
    /// Compares.
    pub(crate) fn new(corpus: &CorpusFiles, manifest: &Manifest, options: &PlanOptions) -> Self {
        let mut plan = Self::default();
        plan.set_roots(corpus, manifest, &options.forget);
        let gone = plan.gone_files(corpus, manifest, options);
        for file in corpus.files.iter().filter(|file| !is_forgotten(&file.name, &options.forget)) {
            match manifest.files.get(&file.name) {
                _ if options.again.contains(&file.name) => plan.read.push(file.clone()),
                // Ids that are made from paths depend on the root.
                Some(_) if root_of(&file.name, &plan.roots) != root_of(&file.name, &manifest.roots) => {
                    plan.read.push(file.clone());
                }
                Some(entry) if is_current(entry, file) => plan.unchanged += 1,
                Some(entry) if same_bytes(entry, file) => {
                    let (modified, changed) = (file.modified, file.changed);
                    plan.touched.push(ManifestEntry { modified, changed, ..entry.clone() });
                }
                _ => plan.read.push(file.clone()),
            }
        }
        plan.moved = moved(&plan.read, &gone, manifest);
        plan.gone = gone.into_iter().map(str::to_owned).collect();
        plan.read_what_yielded(manifest);
        plan
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.touched.is_empty() && self.gone.is_empty() && !self.has_new_roots
    }

    /// Roots are the outermost folders and files that were ever named.
    fn set_roots(&mut self, corpus: &CorpusFiles, manifest: &Manifest, forget: &BTreeSet<String>) {
        let named = corpus.roots.iter().map(|root| &root.name).filter(|root| !forget.contains(*root));
        let all: BTreeSet<&String> =
            manifest.roots.iter().filter(|root| !forget.contains(*root)).chain(named).collect();
        let is_outer = |root: &&&String| !all.iter().any(|other| other != *root && is_under(root, other));
        self.roots = all.iter().filter(is_outer).map(|root| (*root).clone()).collect();
        self.has_new_roots = self.roots != manifest.roots;
    }

    /// The files of the index that no longer exist.
    fn gone_files<'m>(
        &mut self,
        corpus: &CorpusFiles,
        manifest: &'m Manifest,
        options: &PlanOptions,
    ) -> BTreeSet<&'m str> {
        let under_forgotten =
            |file: &&str| is_forgotten(file, &options.forget) && !self.roots.iter().any(|root| is_under(file, root));
        let mut gone: BTreeSet<&str> = manifest.files.keys().map(String::as_str).filter(under_forgotten).collect();
        if !options.prune {
            return gone;
        }
        let empty = corpus.roots.iter().filter(|root| root.is_empty).map(|root| &root.name);
        let mut searched: Vec<&String> = corpus.roots.iter().filter(|root| !root.is_empty).map(|r| &r.name).collect();
        for root in empty.chain(&corpus.missing) {
            let files = manifest.files_under(root).count();
            match options.prune_empty || files == 0 {
                true => searched.push(root),
                false => self.kept.push((root.clone(), files)),
            }
        }
        let exists = |file: &str| corpus.files.binary_search_by(|listed| listed.name.as_str().cmp(file)).is_ok();
        // What is under a path that could not be read counts as existing.
        let unlisted = |file: &str| {
            let errors = corpus.errors.iter().filter(|error| !corpus.missing.contains(&error.path));
            errors.map(|error| &error.path).any(|path| is_under(file, path))
        };
        let is_gone =
            |file: &&str| searched.iter().any(|root| is_under(file, root)) && !exists(file) && !unlisted(file);
        gone.extend(manifest.files.keys().map(String::as_str).filter(is_gone));
        gone
    }

    /// Reads files again that gave way to a file which is read or gone: they may hold
    /// the only copy of an article now.
    fn read_what_yielded(&mut self, manifest: &Manifest) {
        let gone: BTreeSet<&str> = self.gone.iter().map(String::as_str).collect();
        let read: BTreeSet<String> = self.read.iter().map(|file| file.name.clone()).collect();
        let changes = |file: &String| gone.contains(&**file) || read.contains(file);
        let yielded = manifest.files.values().filter(|entry| entry.yields_to.iter().any(changes));
        let again = yielded.filter(|entry| !gone.contains(&*entry.file) && !read.contains(&entry.file));
        let again: Vec<SourceFile> = again.filter_map(|entry| SourceFile::named(&entry.file)).collect();
        let touched = &mut self.touched;
        for file in &again {
            let before = touched.len();
            touched.retain(|entry| entry.file != file.name);
            if touched.len() == before {
                self.unchanged = self.unchanged.saturating_sub(1);
            }
        }
        self.read.extend(again);
        self.read.sort_by(|a, b| a.name.cmp(&b.name));
    }
}

fn is_forgotten(file: &str, forget: &BTreeSet<String>) -> bool {
    forget.iter().any(|root| is_under(file, root))
}

/// Whether a file is in the index as it is on disk.
fn is_current(entry: &ManifestEntry, file: &SourceFile) -> bool {
    let same_times = entry.modified == file.modified && entry.changed == file.changed;
    entry.size == file.size && file.modified > 0 && same_times && !entry.unread
}

fn same_bytes(entry: &ManifestEntry, file: &SourceFile) -> bool {
    entry.size == file.size && !entry.unread && content_hash(&file.path).is_ok_and(|hash| hash == entry.hash)
}

/// Pairs of gone and new files with the same bytes.
fn moved(read: &[SourceFile], gone: &BTreeSet<&str>, manifest: &Manifest) -> Vec<(String, String)> {
    let mut by_size: BTreeMap<u64, Vec<&ManifestEntry>> = BTreeMap::new();
    for entry in gone.iter().filter_map(|file| manifest.files.get(*file)) {
        by_size.entry(entry.size).or_default().push(entry);
    }
    let mut moved = Vec::new();
    for file in read.iter().filter(|file| !manifest.files.contains_key(&file.name)) {
        let Some(candidates) = by_size.get_mut(&file.size) else { continue };
        if let Some(at) = candidates.iter().position(|old| same_bytes(old, file)) {
            moved.push((candidates.remove(at).file.clone(), file.name.clone()));
        }
    }
    moved
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
            number: 1,
            size: file.size,
            modified: 1,
            changed: 1,
            hash: content_hash(&file.path).expect("readable"),
            articles: 1,
            unread: false,
            yields_to: BTreeSet::new(),
            read_by: None,
        };
        let roots = corpus.roots.iter().map(|root| root.name.clone()).collect();
        Manifest { roots, files: corpus.files.iter().map(|file| (file.name.clone(), entry(file))).collect() }
    }

    fn pruning() -> PlanOptions {
        PlanOptions { prune: true, ..PlanOptions::default() }
    }

    fn names(plan: &Plan) -> Vec<&str> {
        plan.read.iter().map(|file| file.name.rsplit('/').next().unwrap_or_default()).collect()
    }

    #[test]
    fn differences_decide_what_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("news");
        let before = [("a.txt", "First article."), ("b.txt", "Second one, longer.")];
        // Expected: files read, numbers of those touched, moved, gone.
        let check = |now: &[(&str, &str)], expected: (&[&str], usize, usize, usize)| {
            let manifest = manifest(&corpus(&folder, &before));
            let plan = Plan::new(&corpus(&folder, now), &manifest, &pruning());
            let found = (&names(&plan)[..], plan.touched.len(), plan.moved.len(), plan.gone.len());
            assert_eq!(found, expected, "{now:?}");
            assert_eq!(plan.is_empty(), expected == (&[], 0, 0, 0));
        };
        check(&before, (&[], 2, 0, 0));
        check(&[("a.txt", "First article!"), before[1]], (&["a.txt"], 1, 0, 0));
        check(&[before[0], before[1], ("c.txt", "New.")], (&["c.txt"], 2, 0, 0));
        check(&[before[0]], (&[], 1, 0, 1));
        check(&[before[0], ("c.txt", "Second one, longer.")], (&["c.txt"], 1, 1, 1));
        check(&[("a.txt", "Second one, longer."), ("b.txt", "First article.")], (&["a.txt", "b.txt"], 0, 0, 0));
        check(&[("b.txt", "First article."), ("c.txt", "Second one, longer.")], (&["b.txt", "c.txt"], 0, 0, 1));
    }

    #[test]
    fn options_decide_what_is_read_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("news");
        let manifest = manifest(&corpus(&folder, &[("a.txt", "First."), ("b.txt", "Second.")]));
        let now = corpus(&folder, &[("a.txt", "First.")]);
        let again = BTreeSet::from([now.files[0].name.clone()]);
        let plan = Plan::new(&now, &manifest, &PlanOptions { again, ..PlanOptions::default() });
        assert_eq!((&names(&plan)[..], plan.touched.len(), plan.gone.len()), (&["a.txt"][..], 0, 0));
        let forget = BTreeSet::from([now.roots[0].name.clone()]);
        let plan = Plan::new(&CorpusFiles::default(), &manifest, &PlanOptions { forget, ..pruning() });
        assert_eq!((plan.gone.len(), plan.roots.len(), plan.has_new_roots), (2, 0, true));
    }

    #[test]
    fn an_empty_or_missing_root_keeps_its_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("news");
        let manifest = manifest(&corpus(&folder, &[("a.txt", "First.")]));
        let check = |now: &CorpusFiles| {
            let plan = Plan::new(now, &manifest, &pruning());
            assert_eq!((plan.gone.len(), plan.kept.len(), plan.kept.first().map(|kept| kept.1)), (0, 1, Some(1)));
            let plan = Plan::new(now, &manifest, &PlanOptions { prune_empty: true, ..pruning() });
            assert_eq!((plan.gone.len(), plan.kept.len()), (1, 0));
        };
        check(&corpus(&folder, &[]));
        fs::remove_dir_all(&folder).expect("removed");
        check(&CorpusReader::new([&folder]).list_files());
    }

    #[test]
    fn files_that_yielded_are_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("news");
        let before = corpus(&folder, &[("a.txt", "First."), ("b.txt", "Second.")]);
        let mut manifest = manifest(&before);
        let [a, b] = [0, 1].map(|at| before.files[at].name.clone());
        manifest.files.get_mut(&a).expect("a").yields_to.insert(b);
        let check = |now: &[(&str, &str)], expected: &[&str]| {
            let plan = Plan::new(&corpus(&folder, now), &manifest, &pruning());
            assert_eq!(names(&plan), expected);
        };
        check(&[("a.txt", "First."), ("b.txt", "Second.")], &[]);
        check(&[("a.txt", "First."), ("b.txt", "Changed")], &["a.txt", "b.txt"]);
        check(&[("a.txt", "First.")], &["a.txt"]);
    }

    #[test]
    fn roots_are_the_outermost_paths() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("news");
        let outer = corpus(&folder, &[("a.txt", "First.")]);
        let inner = CorpusReader::new([folder.join("a.txt")]).list_files();
        let first = Plan::new(&inner, &Manifest::default(), &pruning());
        assert_eq!(first.roots, BTreeSet::from([inner.roots[0].name.clone()]));
        let manifest = Manifest { roots: first.roots, ..Manifest::default() };
        let second = Plan::new(&outer, &manifest, &pruning());
        assert_eq!(second.roots, BTreeSet::from([outer.roots[0].name.clone()]));
        let manifest = Manifest { roots: second.roots.clone(), ..Manifest::default() };
        let third = Plan::new(&inner, &manifest, &pruning());
        assert_eq!((third.roots, third.has_new_roots), (second.roots, false));
    }
}
