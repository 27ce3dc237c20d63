//! Files to a committed index.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::index::{IndexError, Indexer, ManifestEntry, NewArticle, folder_bytes};
use crate::read::{CorpusReader, RawRecord, ReadError, SourceFile, Walked};

use super::{Analyzed, Failure, Pipeline, ordered};

/// What an indexing run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles added or replaced.
    pub articles: u64,
    /// Names found in them, every mention counted.
    pub mentions: u64,
    /// Distinct names in the whole index.
    pub names: usize,
    /// Articles that a later one of the same id replaced.
    pub replaced: u64,
    /// Files that were read.
    pub files: u64,
    /// Files that were not read again.
    pub unchanged: u64,
    /// Files that are gone, with their articles.
    pub removed: u64,
    /// Files whose names are not those of articles.
    pub skipped: usize,
    /// What was left out, by reason.
    pub failures: BTreeMap<&'static str, u64>,
    /// Bytes of text added.
    pub text_bytes: u64,
    /// Bytes of the whole index on disk.
    pub index_bytes: u64,
    /// How long it took to find which names of the archive are one.
    pub linking: Duration,
    /// How long it took in all.
    pub elapsed: Duration,
}

impl Summary {
    fn count(&mut self, failure: &Failure) {
        *self.failures.entry(failure.reason).or_default() += 1;
    }
}

/// What to tell while indexing.
pub trait Progress {
    /// There are so many files to read.
    fn start(&mut self, _files: u64) {}
    /// A file is read, and gave so many articles.
    fn file_done(&mut self, _file: &str, _articles: u64) {}
    /// So many articles are taken by now.
    fn articles(&mut self, _count: u64) {}
    /// Something was left out.
    fn failure(&mut self, failure: &Failure);
}

/// What goes through the stages: records between the start and end of their file.
enum Item {
    Start(usize),
    Record(Result<RawRecord, ReadError>),
    End(usize),
}

enum Done {
    Start(usize),
    Article(Box<NewArticle>, u64),
    Failed(Failure),
    End(usize),
}

impl Pipeline {
    /// Brings the index in `folder` up to date with the articles under
    /// `paths`: unchanged files are not read, changed ones replaced, deleted
    /// ones removed.
    ///
    /// # Errors
    /// [`IndexError`]; articles that could not be taken are no error but told
    /// to `progress` and counted.
    pub fn index(&self, paths: &[PathBuf], folder: &Path, progress: &mut dyn Progress) -> Result<Summary, IndexError> {
        let started = Instant::now();
        let mut summary = Summary::default();
        let reader = CorpusReader::new(paths).with_limits(self.limits);
        let walked = reader.walk();
        for error in &walked.errors {
            let failure = Failure::from(error);
            summary.count(&failure);
            progress.failure(&failure);
        }
        summary.skipped = walked.skipped;
        if walked.roots.is_empty() {
            return Ok(summary);
        }
        let mut indexer = Indexer::open(folder, rayon::current_num_threads().min(8))?;
        let stale = self.plan(&walked, &indexer, &mut summary);
        let gone = vanished(&walked, &indexer);
        for file in &gone {
            indexer.remove_file(file);
        }
        summary.removed = gone.len() as u64;
        progress.start(stale.len() as u64);
        self.run(&reader, &stale, &mut indexer, &mut summary, progress)?;
        if !stale.is_empty() || !gone.is_empty() || indexer.is_unlinked() {
            indexer.commit()?;
            summary.linking = indexer.linking();
        }
        summary.names = indexer.names();
        summary.replaced = indexer.replaced();
        indexer.close()?;
        summary.index_bytes = folder_bytes(folder);
        summary.elapsed = started.elapsed();
        Ok(summary)
    }

    /// The files that have to be read.
    fn plan<'w>(&self, walked: &'w Walked, indexer: &Indexer, summary: &mut Summary) -> Vec<&'w SourceFile> {
        let stale: Vec<_> = walked
            .files
            .iter()
            .filter(|file| !indexer.manifest.is_current(&file.name, file.size, file.modified))
            .collect();
        summary.unchanged = (walked.files.len() - stale.len()) as u64;
        summary.files = stale.len() as u64;
        stale
    }

    fn run(
        &self,
        reader: &CorpusReader,
        files: &[&SourceFile],
        indexer: &mut Indexer,
        summary: &mut Summary,
        progress: &mut dyn Progress,
    ) -> Result<(), IndexError> {
        let mut result = Ok(());
        let (mut articles, mut unread) = (0, false);
        ordered::run(
            |push| {
                for (number, file) in files.iter().enumerate() {
                    push(0, Item::Start(number));
                    reader.read(file, &mut |record| {
                        push(record.as_ref().map_or(0, |r| r.text.len()), Item::Record(record));
                    });
                    push(0, Item::End(number));
                }
            },
            |item| self.work(item),
            |done| match done {
                _ if result.is_err() => {}
                Done::Start(number) => {
                    (articles, unread) = (0, false);
                    if indexer.manifest.files.contains_key(&files[number].name) {
                        indexer.remove_file(&files[number].name);
                    }
                }
                Done::Article(article, bytes) => {
                    articles += 1;
                    summary.articles += 1;
                    summary.mentions += article.mentions() as u64;
                    summary.text_bytes += bytes;
                    result = indexer.add(*article);
                    progress.articles(summary.articles);
                }
                Done::Failed(failure) => {
                    unread |= failure.may_pass;
                    summary.count(&failure);
                    progress.failure(&failure);
                }
                Done::End(number) => {
                    indexer.file_done(manifest_entry(files[number], articles, unread));
                    progress.file_done(&files[number].name, articles);
                }
            },
        );
        result
    }

    fn work(&self, item: Item) -> Done {
        match item {
            Item::Start(number) => Done::Start(number),
            Item::End(number) => Done::End(number),
            Item::Record(record) => match self.analyze(record) {
                Ok(analyzed) => {
                    let bytes = analyzed.article.text.len() as u64;
                    let Analyzed { article, segmented, mentions, credits, dates } = analyzed;
                    let new = NewArticle::new(article, segmented, mentions, credits, dates);
                    Done::Article(Box::new(new), bytes)
                }
                Err(failure) => Done::Failed(failure),
            },
        }
    }
}

fn manifest_entry(file: &SourceFile, articles: u64, unread: bool) -> ManifestEntry {
    ManifestEntry { file: file.name.clone(), size: file.size, modified: file.modified, articles, unread }
}

/// The indexed files under the walked roots that are there no more.
fn vanished(walked: &Walked, indexer: &Indexer) -> Vec<String> {
    let under = |file: &str| {
        walked.roots.iter().any(|root| {
            file == root
                || root == "." && !file.starts_with('/')
                || file.strip_prefix(root.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })
    };
    let there = |file: &str| walked.files.binary_search_by(|known| known.name.as_str().cmp(file)).is_ok();
    indexer.manifest.files.keys().filter(|file| under(file) && !there(file)).cloned().collect()
}
