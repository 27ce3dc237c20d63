//! Streams the articles of files through the stages to their destination.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use crate::article::IdRules;
use crate::index::{IndexError, ManifestEntry};
use crate::pipeline::analyze::{Analyzed, Origin};
use crate::pipeline::batch::batch_successes;
use crate::pipeline::destination::{Destination, PrepareError, Preparer};
use crate::pipeline::failure::Failure;
use crate::pipeline::indexing_run::{IndexingRun, STANDARD_INPUT};
use crate::pipeline::ordered;
use crate::pipeline::ordered::Push;
use crate::pipeline::progress::Progress;
use crate::pipeline::stages::Pipeline;
use crate::pipeline::summary::Summary;
use crate::read::{RawRecord, ReadError, SourceFile, content_hash, shown};

/// What goes through the stages: records between the start and end of their file.
enum Item {
    Start(usize),
    Record(Result<RawRecord, ReadError>),
    End(FileEnd),
}

/// What comes out of the stages, in the order of the items.
enum Processed<T> {
    Start(usize),
    Article(ReadyArticle<T>),
    Failed(Failure),
    End(FileEnd),
}

/// An article ready to be added.
struct ReadyArticle<T> {
    prepared: T,
    bytes: u64,
    mentions: u64,
    /// What its file or member was taken for.
    read_as: &'static str,
}

/// The end of a file.
struct FileEnd {
    number: usize,
    /// CRC-32 of its content before it was read.
    hash: u32,
    /// Whether it may not have been read to its end.
    cut: bool,
}

/// Adds what comes out of the stages to a destination.
struct Receiver<'a, D> {
    files: &'a [SourceFile],
    destination: &'a mut D,
    summary: &'a mut Summary,
    progress: &'a mut dyn Progress,
    /// Articles of the current file.
    articles: u64,
    /// What it was taken for, or its members, each with its articles.
    read_as: BTreeMap<&'static str, u64>,
    /// Whether a record of the current file may be readable later.
    unread: bool,
    result: Result<(), IndexError>,
    /// Tells the reader to stop.
    failed: &'a AtomicBool,
}

impl<D: Destination> Receiver<'_, D> {
    fn receive(&mut self, processed: Processed<D::Prepared>) {
        if self.result.is_err() {
            return;
        }
        match processed {
            Processed::Start(number) => {
                (self.articles, self.unread) = (0, false);
                self.read_as.clear();
                self.destination.begin(&self.files[number].name);
            }
            Processed::Article(article) => self.add(article),
            Processed::Failed(failure) => {
                self.unread |= failure.may_pass;
                self.summary.count_failure(&failure, self.progress);
            }
            Processed::End(FileEnd { number, hash, cut }) => {
                let entry = manifest_entry(&self.files[number], hash, self.articles, self.unread || cut);
                self.result = self.destination.end(entry);
                self.failed.store(self.result.is_err(), Relaxed);
                self.progress.file_done(&shown(&self.files[number].name), &self.read_as);
            }
        }
    }

    fn add(&mut self, ReadyArticle { prepared, bytes, mentions, read_as }: ReadyArticle<D::Prepared>) {
        self.articles += 1;
        *self.read_as.entry(read_as).or_default() += 1;
        self.summary.articles += 1;
        self.summary.mentions += mentions;
        self.summary.text_bytes += bytes;
        self.result = self.destination.add(prepared);
        self.failed.store(self.result.is_err(), Relaxed);
        self.progress.articles(self.summary.articles);
        for failure in self.destination.failures() {
            self.summary.count_failure(&failure, self.progress);
        }
    }
}

impl Pipeline {
    /// Reads files, analyzes their articles on all cores, and adds them to a
    /// destination in order.
    pub(crate) fn transfer<D: Destination>(
        &self,
        run: &IndexingRun<'_>,
        files: &[SourceFile],
        destination: &mut D,
        summary: &mut Summary,
        progress: &mut dyn Progress,
    ) -> Result<(), IndexError> {
        let failed = AtomicBool::new(false);
        let prepare = destination.preparer();
        let (articles, read_as, unread, result) = (0, BTreeMap::new(), false, Ok(()));
        let mut receiver =
            Receiver { files, destination, summary, progress, articles, read_as, unread, result, failed: &failed };
        ordered::run_groups(
            |push| read_files(run, files, &failed, push),
            |items| self.process(items, &run.ids, &prepare),
            |processed| receiver.receive(processed),
        );
        receiver.summary.interrupted = run.is_stopped();
        receiver.result
    }

    /// Takes a group of items through the stages.
    fn process<T>(&self, items: Vec<Item>, ids: &IdRules, prepare: &Preparer<T>) -> Vec<Processed<T>> {
        let mut extracted = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Item::Start(number) => extracted.push(Err(Processed::Start(number))),
                Item::End(end) => extracted.push(Err(Processed::End(end))),
                Item::Record(record) => {
                    let results = self.extract(record, ids).into_results();
                    extracted.extend(results.map(|result| result.map_err(Processed::Failed)));
                }
            }
        }
        let analyze =
            |articles| self.analyze_all(articles).into_iter().map(|one| one.map_err(Processed::Failed)).collect();
        let analyzed = batch_successes(extracted, analyze);
        let processed = batch_successes(analyzed, |analyzed| prepare_all(analyzed, prepare));
        processed.into_iter().map(|result| result.unwrap_or_else(|other| other)).collect()
    }
}

/// Prepares analyzed articles, each with its place in its file.
fn prepare_all<T>(analyzed: Vec<(Analyzed, Origin)>, prepare: &Preparer<T>) -> Vec<Result<Processed<T>, Processed<T>>> {
    let origin = |(one, origin): &(Analyzed, Origin)| {
        (one.article.path.clone(), *origin, one.article.text.len() as u64, one.mentions.len() as u64)
    };
    let origins: Vec<_> = analyzed.iter().map(origin).collect();
    let prepared = prepare(analyzed.into_iter().map(|(one, _)| one).collect()).into_iter();
    let ready =
        prepared.zip(origins).map(|(result, (path, Origin { place, read_as }, bytes, mentions))| match result {
            Ok(prepared) => Ok(Processed::Article(ReadyArticle { prepared, bytes, mentions, read_as })),
            Err(PrepareError::Panicked(panic)) => Err(Processed::Failed(Failure::panicked(path, place, &panic))),
            Err(PrepareError::Refused(message)) => {
                let failure = Failure {
                    reason: "unreadable",
                    path,
                    place: None,
                    message,
                    limit: None,
                    may_pass: false,
                    is_warning: false,
                };
                Err(Processed::Failed(failure))
            }
        });
    ready.collect()
}

/// Reads the records of files, then those of named pipes and standard input.
fn read_files(run: &IndexingRun<'_>, files: &[SourceFile], failed: &AtomicBool, push: Push<'_, Item>) {
    for (number, file) in files.iter().enumerate() {
        if failed.load(Relaxed) || run.is_stopped() {
            return;
        }
        // Hashed before it is read: a change during reading shows in the next run.
        let hash = content_hash(&file.path).unwrap_or(0);
        push(0, Item::Start(number));
        run.reader.read(file, &mut |record| push_record(run, record, push));
        push(0, Item::End(FileEnd { number, hash, cut: run.is_stopped() }));
    }
    for pipe in &run.corpus.pipes {
        run.reader.read_pipe(pipe, &mut |record| push_record(run, record, push));
    }
    if run.input {
        run.reader.read_input(STANDARD_INPUT, io::stdin().lock(), &mut |record| push_record(run, record, push));
    }
}

fn push_record(run: &IndexingRun<'_>, record: Result<RawRecord, ReadError>, push: Push<'_, Item>) {
    if !run.is_stopped() {
        push(record.as_ref().map_or(0, |r| r.text.len()), Item::Record(record));
    }
}

fn manifest_entry(file: &SourceFile, hash: u32, articles: u64, unread: bool) -> ManifestEntry {
    let SourceFile { name, size, modified, changed, .. } = file;
    ManifestEntry {
        file: name.clone(),
        number: 0,
        size: *size,
        modified: *modified,
        changed: *changed,
        hash,
        articles,
        unread,
        yields_to: BTreeSet::new(),
        read_by: None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use crate::panic_guard::guarded;
    use crate::pipeline::options::IndexOptions;

    use super::*;

    /// Keeps the titles of articles; preparing one with `panic` in its text panics.
    #[derive(Default)]
    struct Titles {
        added: Vec<String>,
        ended: Vec<(String, u64)>,
    }

    impl Destination for Titles {
        type Prepared = String;

        fn preparer(&self) -> Preparer<String> {
            let title = |one: Analyzed| {
                assert!(!one.article.text.contains("panic"), "injected");
                one.article.title
            };
            Box::new(move |analyzed| {
                analyzed.into_iter().map(|one| guarded(|| title(one)).map_err(PrepareError::Panicked)).collect()
            })
        }

        fn begin(&mut self, _: &str) {}

        fn add(&mut self, title: String) -> Result<(), IndexError> {
            self.added.push(title);
            Ok(())
        }

        fn end(&mut self, entry: ManifestEntry) -> Result<(), IndexError> {
            self.ended.push((entry.file, entry.articles));
            Ok(())
        }
    }

    struct Failures(Vec<Failure>);

    impl Progress for Failures {
        fn failure(&mut self, failure: &Failure) {
            self.0.push(failure.clone());
        }
    }

    #[test]
    fn articles_around_a_panic_are_added_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let record =
            |id: u32, body: &str| format!("{{\"id\":\"{id}\",\"title\":\"Title {id}\",\"text\":\"{body}\"}}\n");
        let lines = [record(1, "Calm seas."), record(2, "Please panic now."), record(3, "Clear skies.")];
        std::fs::write(folder.path().join("news.jsonl"), lines.concat()).expect("written");
        let options = IndexOptions::new([PathBuf::from(folder.path())]);
        let (mut titles, mut summary, mut failures) = (Titles::default(), Summary::default(), Failures(Vec::new()));
        let pipeline = Pipeline::new();
        let run = pipeline.start_run(&options, None, &mut summary, &mut failures).expect("files");
        pipeline.transfer(&run, &run.corpus.files, &mut titles, &mut summary, &mut failures).expect("transferred");
        assert_eq!(titles.added, ["Title 1", "Title 3"]);
        assert_eq!(titles.ended.iter().map(|(_, articles)| *articles).collect::<Vec<_>>(), [2]);
        assert_eq!((summary.articles, summary.failures.get("unreadable")), (2, Some(&1)));
        let [failure] = &failures.0[..] else { panic!("{:?}", failures.0) };
        assert_eq!(failure.place, Some(2));
        assert!(failure.message.contains("news.jsonl:2: internal error: injected at "), "{}", failure.message);
    }
}
