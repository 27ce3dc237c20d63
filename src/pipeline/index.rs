//! Files to a committed index.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use crate::index::{IndexError, Indexer, Manifest, ManifestEntry, PreparedArticle, folder_bytes, open_tantivy};
use crate::read::{CorpusFiles, CorpusReader, RawRecord, ReadError, SourceFile, content_hash};

use super::analyze::together;
use super::{Analyzed, Failure, Pipeline, Plan, ordered};

/// How to bring an index up to date.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct IndexOptions {
    /// Files and folders; `-` is JSON lines on standard input.
    pub paths: Vec<PathBuf>,
    /// Names of files to read though they have not changed.
    pub again: BTreeSet<String>,
    /// Whether articles of files that are gone from under the paths go too.
    pub prune: bool,
    /// Whether to tell what would be done, and do nothing.
    pub dry_run: bool,
    /// As soon as it is true, no more is read; what was read is committed, and
    /// the next run reads the rest.
    pub stop: Arc<AtomicBool>,
}

impl IndexOptions {
    /// The usual way: everything that changed, under these paths.
    pub fn new(paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        let paths = paths.into_iter().map(Into::into).collect();
        Self { paths, again: BTreeSet::new(), prune: true, dry_run: false, stop: Arc::default() }
    }
}

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
    /// Files that bear another name now, and were not read again.
    pub moved: u64,
    /// Files that are gone, with their articles.
    pub removed: u64,
    /// Files that are none of articles by name and content.
    pub skipped: usize,
    /// Whether it was stopped before everything was read.
    pub interrupted: bool,
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
    pub(crate) fn note(&mut self, plan: &Plan) {
        self.files = plan.read.len() as u64;
        self.unchanged = plan.unchanged + plan.touched.len() as u64;
        self.moved = plan.moved.len() as u64;
        self.removed = plan.gone.len() as u64;
    }

    fn count(&mut self, failure: &Failure) {
        *self.failures.entry(failure.reason).or_default() += 1;
    }
}

/// What to tell while indexing.
pub trait Progress {
    /// There are so many files to read.
    fn start(&mut self, _files: u64) {}
    /// What would be done, where nothing is to be done.
    fn planned(&mut self, _plan: &Plan, _files: &[SourceFile]) {}
    /// A file is read, and gave so many articles.
    fn file_done(&mut self, _file: &str, _articles: u64) {}
    /// So many articles are taken by now.
    fn articles(&mut self, _count: u64) {}
    /// Something was left out.
    fn failure(&mut self, failure: &Failure);
}

/// The name of standard input among paths, and of what is read from it.
const STANDARD_INPUT: &str = "-";

/// Where articles go.
pub(crate) trait Destination {
    /// An article as it is taken.
    type Ready: Send;

    /// What makes articles ready, on all cores.
    fn preparer(&self) -> Preparer<Self::Ready>;
    /// The articles of a file come next.
    fn begin(&mut self, file: &str);
    /// Takes an article.
    fn add(&mut self, article: Self::Ready) -> Result<(), IndexError>;
    /// A file has been read.
    fn end(&mut self, entry: ManifestEntry) -> Result<(), IndexError>;
    /// What was left out since this was last asked.
    fn failures(&mut self) -> Vec<Failure> {
        Vec::new()
    }
}

/// Makes articles ready, or says why one cannot be taken.
pub(crate) type Preparer<T> = Box<dyn Fn(Vec<Analyzed>) -> Vec<Result<T, Failure>> + Send + Sync>;

impl Destination for Indexer {
    type Ready = Box<PreparedArticle>;

    fn preparer(&self) -> Preparer<Self::Ready> {
        let (seen, codec) = (self.seen_words(), self.codec());
        Box::new(move |analyzed| {
            let new = |analyzed| {
                let Analyzed { article, segmented, mentions, credits, dates, reports } = analyzed;
                Box::new(PreparedArticle::new(article, segmented, mentions, (credits, dates, reports), &seen))
            };
            let mut articles: Vec<_> = analyzed.into_iter().map(new).collect();
            if let Some(codec) = codec.get() {
                articles.iter_mut().for_each(|article| article.pack(codec));
            }
            articles.into_iter().map(Ok).collect()
        })
    }

    fn begin(&mut self, file: &str) {
        self.remove_file(file);
    }

    fn add(&mut self, article: Self::Ready) -> Result<(), IndexError> {
        Indexer::add(self, *article)
    }

    fn end(&mut self, entry: ManifestEntry) -> Result<(), IndexError> {
        self.file_done(entry);
        Ok(())
    }
}

/// One run over the files on disk.
pub(crate) struct Run<'r> {
    pub options: &'r IndexOptions,
    pub reader: CorpusReader,
    pub walked: CorpusFiles,
    /// Whether to read standard input too.
    pub input: bool,
}

/// What goes through the stages: records between the start and end of their file.
enum Item {
    Start(usize),
    Record(Result<RawRecord, ReadError>),
    End(End),
}

enum Done<T> {
    Start(usize),
    Article(Taken<T>),
    Failed(Failure),
    End(End),
}

/// An article ready to be taken.
struct Taken<T> {
    ready: T,
    bytes: u64,
    mentions: u64,
}

/// The end of a file.
struct End {
    number: usize,
    /// Of what it held before it was read.
    hash: u32,
    /// Whether it may not have been read to its end.
    cut: bool,
}

impl Pipeline {
    /// Brings the index in `folder` up to date with the articles under
    /// `paths`: unchanged and moved files are not read, changed ones replaced,
    /// deleted ones removed.
    ///
    /// # Errors
    /// [`IndexError`]; articles that could not be taken are no error but told
    /// to `progress` and counted.
    pub fn index(&self, paths: &[PathBuf], folder: &Path, progress: &mut dyn Progress) -> Result<Summary, IndexError> {
        self.index_with(&IndexOptions::new(paths), folder, progress)
    }

    /// The same, with options.
    ///
    /// # Errors
    /// As for [`Pipeline::index`].
    pub fn index_with(
        &self,
        options: &IndexOptions,
        folder: &Path,
        progress: &mut dyn Progress,
    ) -> Result<Summary, IndexError> {
        let started = Instant::now();
        let mut summary = Summary::default();
        let Some(run) = self.walk(options, &mut summary, progress) else { return Ok(summary) };
        let (manifest, unlinked) = committed(folder)?;
        let plan = Plan::new(&run.walked, &manifest, &options.again, options.prune);
        summary.note(&plan);
        if options.dry_run {
            progress.planned(&plan, &run.walked.files);
        } else if !plan.is_empty() || unlinked || run.input {
            self.carry_out(&run, (plan, &manifest), folder, &mut summary, progress)?;
        }
        summary.index_bytes = folder_bytes(folder);
        summary.elapsed = started.elapsed();
        Ok(summary)
    }

    /// Walks the paths; `None` where there is nothing under them.
    pub(crate) fn walk<'r>(
        &self,
        options: &'r IndexOptions,
        summary: &mut Summary,
        progress: &mut dyn Progress,
    ) -> Option<Run<'r>> {
        let (inputs, paths): (Vec<_>, Vec<_>) =
            options.paths.iter().partition(|path| path.as_os_str() == STANDARD_INPUT);
        let reader = CorpusReader::new(paths).with_limits(self.limits);
        let walked = reader.list_files();
        for error in &walked.errors {
            let failure = Failure::from(error);
            summary.count(&failure);
            progress.failure(&failure);
        }
        summary.skipped = walked.skipped;
        let is_empty = walked.roots.is_empty() && inputs.is_empty();
        (!is_empty).then_some(Run { options, reader, walked, input: !inputs.is_empty() })
    }

    fn carry_out(
        &self,
        run: &Run<'_>,
        (plan, planned_for): (Plan, &Manifest),
        folder: &Path,
        summary: &mut Summary,
        progress: &mut dyn Progress,
    ) -> Result<(), IndexError> {
        let mut indexer = Indexer::open(folder, rayon::current_num_threads().min(8))?;
        // Another writer may have come before we had the lock.
        let plan = match indexer.manifest == *planned_for {
            true => plan,
            false => Plan::new(&run.walked, &indexer.manifest, &run.options.again, run.options.prune),
        };
        summary.note(&plan);
        plan.gone.iter().for_each(|file| indexer.remove_file(file));
        plan.moved.iter().for_each(|(from, entry)| indexer.move_file(from, entry.clone()));
        plan.touched.iter().for_each(|entry| indexer.file_done(entry.clone()));
        let files: Vec<&SourceFile> = plan.read.iter().map(|place| &run.walked.files[*place]).collect();
        // What lost its old name to another file goes before that one comes.
        let has_old_name =
            |file: &&&SourceFile| indexer.manifest.files.get(&file.name).is_some_and(|e| e.key.is_some());
        let renamed: Vec<String> = files.iter().filter(has_old_name).map(|file| file.name.clone()).collect();
        renamed.iter().for_each(|file| indexer.remove_file(file));
        progress.start(files.len() as u64);
        self.run(run, &files, &mut indexer, summary, progress)?;
        if !plan.is_empty() || summary.articles > 0 || indexer.is_unlinked() {
            indexer.commit()?;
            summary.linking = indexer.linking();
        }
        summary.names = indexer.names();
        summary.replaced = indexer.replaced();
        indexer.close()
    }

    /// Takes the articles of files to where they go.
    pub(crate) fn run<D: Destination>(
        &self,
        run: &Run<'_>,
        files: &[&SourceFile],
        destination: &mut D,
        summary: &mut Summary,
        progress: &mut dyn Progress,
    ) -> Result<(), IndexError> {
        let mut result = Ok(());
        let (mut articles, mut unread) = (0, false);
        let failed = AtomicBool::new(false);
        let prepare = destination.preparer();
        let is_stopped = || run.options.stop.load(Relaxed);
        ordered::run_groups(
            |push| {
                for (number, file) in files.iter().enumerate() {
                    if failed.load(Relaxed) || is_stopped() {
                        return;
                    }
                    // Before it is read: a change while reading shows the next time.
                    let hash = content_hash(&file.path).unwrap_or(0);
                    push(0, Item::Start(number));
                    run.reader.read(file, &mut |record| {
                        if !is_stopped() {
                            push(record.as_ref().map_or(0, |r| r.text.len()), Item::Record(record));
                        }
                    });
                    push(0, Item::End(End { number, hash, cut: is_stopped() }));
                }
                if run.input {
                    run.reader.read_input(STANDARD_INPUT, io::stdin().lock(), &mut |record| {
                        if !is_stopped() {
                            push(record.as_ref().map_or(0, |r| r.text.len()), Item::Record(record));
                        }
                    });
                }
            },
            |items| self.work(items, &prepare),
            |done| match done {
                _ if result.is_err() => {}
                Done::Start(number) => {
                    (articles, unread) = (0, false);
                    destination.begin(&files[number].name);
                }
                Done::Article(Taken { ready, bytes, mentions }) => {
                    articles += 1;
                    summary.articles += 1;
                    summary.mentions += mentions;
                    summary.text_bytes += bytes;
                    result = destination.add(ready);
                    failed.store(result.is_err(), Relaxed);
                    progress.articles(summary.articles);
                    tell(destination.failures(), summary, progress);
                }
                Done::Failed(failure) => {
                    unread |= failure.may_pass;
                    summary.count(&failure);
                    progress.failure(&failure);
                }
                Done::End(End { number, hash, cut }) => {
                    result = destination.end(manifest_entry(files[number], hash, articles, unread || cut));
                    failed.store(result.is_err(), Relaxed);
                    progress.file_done(&files[number].name, articles);
                }
            },
        );
        summary.interrupted = is_stopped();
        result
    }

    fn work<T>(&self, items: Vec<Item>, prepare: &Preparer<T>) -> Vec<Done<T>> {
        let extracted = items.into_iter().map(|item| match item {
            Item::Start(number) => Err(Done::Start(number)),
            Item::End(end) => Err(Done::End(end)),
            Item::Record(record) => self.extract(record).map_err(Done::Failed),
        });
        let done = together(extracted.collect(), |articles| {
            let analyzed = self.analyze_all(articles);
            let size = |one: &Analyzed| (one.article.text.len() as u64, one.mentions.len() as u64);
            let sizes: Vec<_> = analyzed.iter().map(size).collect();
            let ready = prepare(analyzed).into_iter().zip(sizes);
            let taken = |ready, (bytes, mentions)| Done::Article(Taken { ready, bytes, mentions });
            ready.map(|(ready, size)| ready.map(|ready| taken(ready, size)).map_err(Done::Failed)).collect()
        });
        done.into_iter().map(|done| done.unwrap_or_else(|other| other)).collect()
    }
}

/// Counts what was left out, and tells of it.
pub(crate) fn tell(failures: Vec<Failure>, summary: &mut Summary, progress: &mut dyn Progress) {
    for failure in failures {
        summary.count(&failure);
        progress.failure(&failure);
    }
}

fn manifest_entry(file: &SourceFile, hash: u32, articles: u64, unread: bool) -> ManifestEntry {
    let SourceFile { name, size, modified, .. } = file;
    ManifestEntry {
        file: name.clone(),
        key: None,
        size: *size,
        modified: *modified,
        hash,
        articles,
        unread,
        read_by: None,
    }
}

/// What the last commit holds, and whether its names wait to be linked; read
/// without opening anything else, since most runs find nothing to do.
fn committed(folder: &Path) -> Result<(Manifest, bool), IndexError> {
    match open_tantivy(folder) {
        Ok((_, info)) if info.generation > 0 => {
            Ok((Manifest::read(&info.manifest_path(folder))?, info.links != info.generation))
        }
        Ok(_) | Err(IndexError::Missing(_)) => Ok((Manifest::default(), false)),
        Err(error) => Err(error),
    }
}
