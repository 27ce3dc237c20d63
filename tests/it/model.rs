//! Random life with files: after each indexing run the index answers as one that is
//! made from nothing, and an alert reports each article once.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

use newsearch::{Duplicates, EntityKind, FacetRequest, Failure, IndexOptions, Pipeline, Progress, Query, Searcher};

use crate::support::Numbers;

/// An article as a file holds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Record {
    id: Option<String>,
    source: Option<&'static str>,
    text: String,
}

/// How a file holds its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    JsonLines,
    Json,
    Csv,
    Feed,
    Zip,
}

const KINDS: [Kind; 6] = [Kind::Text, Kind::JsonLines, Kind::Json, Kind::Csv, Kind::Feed, Kind::Zip];
const PEOPLE: [&str; 5] = ["Tom Cruise", "Hayley Atwell", "Simon Pegg", "Rebecca Ferguson", "Vanessa Kirby"];
const SOURCES: [&str; 2] = ["Variety", "Deadline"];

impl Kind {
    fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Feed => "rss",
            Self::Zip => "zip",
        }
    }

    fn bytes(self, records: &[Record]) -> Vec<u8> {
        let objects = || records.iter().map(object);
        match self {
            Self::Text => records[0].text.clone().into_bytes(),
            Self::JsonLines => objects().map(|object| format!("{object}\n")).collect::<String>().into_bytes(),
            // An array of one is a file of one record, known by its path.
            Self::Json => serde_json::to_vec(&objects().collect::<Vec<_>>()).unwrap(),
            Self::Csv => {
                let cell = |text: &str| format!("\"{text}\"");
                let row = |record: &Record| {
                    let id = record.id.as_deref().unwrap_or_default();
                    format!("{},{},{}\n", cell(id), cell(record.source.unwrap_or_default()), cell(&record.text))
                };
                format!("id,source,text\n{}", records.iter().map(row).collect::<String>()).into_bytes()
            }
            Self::Feed => {
                let item = |record: &Record| {
                    let id = record.id.as_ref().map(|id| format!("<guid>{id}</guid>")).unwrap_or_default();
                    format!("<item>{id}<description>{}</description></item>", record.text)
                };
                let items = records.iter().map(item).collect::<String>();
                format!(
                    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Reel</title>{items}</channel></rss>"
                )
                .into_bytes()
            }
            Self::Zip => {
                let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
                for (number, record) in records.iter().enumerate() {
                    let options = zip::write::SimpleFileOptions::default();
                    zip.start_file(format!("{number}.txt"), options).unwrap();
                    zip.write_all(record.text.as_bytes()).unwrap();
                }
                zip.finish().unwrap().into_inner()
            }
        }
    }
}

fn object(record: &Record) -> serde_json::Value {
    let mut object = serde_json::json!({"text": record.text});
    if let Some(id) = &record.id {
        object["id"] = id.as_str().into();
    }
    if let Some(source) = record.source {
        object["source"] = source.into();
    }
    object
}

/// The files of an archive, in the test's own terms.
struct World {
    folder: tempfile::TempDir,
    numbers: Numbers,
    files: BTreeMap<PathBuf, (Kind, Vec<Record>)>,
    /// Gives every text that is not a copy words of its own.
    texts: usize,
    log: Vec<String>,
}

const ROOTS: [&str; 2] = ["one", "two"];

impl World {
    fn new(seed: u64) -> Self {
        let folder = scratch();
        ROOTS.iter().for_each(|root| fs::create_dir(folder.path().join(root)).unwrap());
        let numbers = Numbers(seed);
        Self { folder, numbers, files: BTreeMap::new(), texts: 0, log: Vec::new() }
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.numbers.below(chances) == 0
    }

    fn text(&mut self) -> String {
        self.texts += 1;
        let person = PEOPLE[self.numbers.below(PEOPLE.len())];
        format!("The film number{} opens in London and {person} sings.", self.texts)
    }

    /// An article, sometimes one that another file has.
    fn record(&mut self, kind: Kind) -> Record {
        let known: Vec<Record> = self.files.values().flat_map(|(_, records)| records.clone()).collect();
        let mut record = match known.len() {
            0 => Record { id: None, source: None, text: self.text() },
            count if self.one_in(3) => known[self.numbers.below(count)].clone(),
            _ => Record { id: None, source: None, text: self.text() },
        };
        if matches!(kind, Kind::Text | Kind::Zip) {
            return Record { id: None, source: None, ..record };
        }
        if record.id.is_none() && self.one_in(2) {
            record.id = Some(self.numbers.below(6).to_string());
        }
        record.source = match kind {
            Kind::Feed => None,
            _ if self.one_in(2) => Some(SOURCES[self.numbers.below(SOURCES.len())]),
            _ => None,
        };
        record
    }

    fn records(&mut self, kind: Kind) -> Vec<Record> {
        let count = if kind == Kind::Text { 1 } else { 2 + self.numbers.below(3) };
        (0..count).map(|_| self.record(kind)).collect()
    }

    fn new_path(&mut self, kind: Kind) -> PathBuf {
        let root = ROOTS[self.numbers.below(ROOTS.len())];
        let folder = if self.one_in(4) { "sub/" } else { "" };
        let number = self.numbers.below(6);
        self.folder.path().join(format!("{root}/{folder}f{number}.{}", kind.extension()))
    }

    fn some_file(&mut self) -> Option<PathBuf> {
        let count = self.files.len();
        (count > 0).then(|| self.numbers.below(count)).and_then(|at| self.files.keys().nth(at).cloned())
    }

    /// Writes a file, sometimes at once in place of the old one.
    fn write(&mut self, path: PathBuf, kind: Kind, records: Vec<Record>) {
        self.log.push(format!("write {} {:?}", path.display(), records));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if self.one_in(2) {
            let aside = path.with_extension("part");
            fs::write(&aside, kind.bytes(&records)).unwrap();
            fs::rename(&aside, &path).unwrap();
        } else {
            fs::write(&path, kind.bytes(&records)).unwrap();
        }
        self.files.insert(path, (kind, records));
    }

    fn rename(&mut self, from: &Path, to: &Path) {
        self.log.push(format!("move {} to {}", from.display(), to.display()));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(from, to).unwrap();
        let moved = self.files.remove(from).unwrap();
        self.files.insert(to.to_owned(), moved);
    }

    /// One thing that happens to files.
    fn change(&mut self) {
        let kind = KINDS[self.numbers.below(KINDS.len())];
        let what = self.numbers.below(11);
        let Some(path) = self.some_file().filter(|_| what > 0) else {
            let (path, records) = (self.new_path(kind), self.records(kind));
            return self.write(path, kind, records);
        };
        let (kind, mut records) = self.files[&path].clone();
        match what {
            1 => {
                let records = self.records(kind);
                self.write(path, kind, records);
            }
            2 | 3 if kind != Kind::Text => {
                let record = self.record(kind);
                records.insert(if what == 2 { 0 } else { records.len() }, record);
                self.write(path, kind, records);
            }
            4 => {
                let to = self.new_path(kind);
                if to != path {
                    self.rename(&path, &to);
                }
            }
            5 => self.swap(&path),
            6 => {
                let to = self.new_path(kind);
                self.write(to, kind, records);
            }
            7 => self.rotate(&path, kind),
            8 if self.files.len() > 2 => {
                self.log.push(format!("remove {}", path.display()));
                fs::remove_file(&path).unwrap();
                self.files.remove(&path);
            }
            9 if records.len() > 2 => {
                records.remove(0);
                self.write(path, kind, records);
            }
            _ => {
                self.log.push(format!("touch {}", path.display()));
                let now = std::time::SystemTime::now();
                fs::File::options().append(true).open(&path).unwrap().set_modified(now).unwrap();
            }
        }
    }

    /// Exchanges two files of a kind.
    fn swap(&mut self, one: &Path) {
        let kind = self.files[one].0;
        let others: Vec<PathBuf> = self
            .files
            .iter()
            .filter(|(path, (other, _))| *other == kind && *path != one)
            .map(|f| f.0.clone())
            .collect();
        if others.is_empty() {
            return;
        }
        let other = others[self.numbers.below(others.len())].clone();
        let aside = one.with_extension("aside");
        self.rename(one, &aside);
        self.rename(&other, one);
        self.rename(&aside, &other);
    }

    /// `f.1` becomes `f.2`, `f` becomes `f.1`, and there is a new `f`.
    fn rotate(&mut self, path: &Path, kind: Kind) {
        let named = |number: usize| path.with_extension(format!("{number}.{}", kind.extension()));
        for number in (1..4).rev() {
            if self.files.contains_key(&named(number)) {
                self.rename(&named(number), &named(number + 1));
            }
        }
        self.rename(path, &named(1));
        let records = self.records(kind);
        self.write(path.to_owned(), kind, records);
    }

    /// The roots, spelled in one way or another.
    fn roots(&mut self) -> Vec<PathBuf> {
        let folder = self.folder.path().to_owned();
        let spell = |number: usize, root: &str| match number {
            0 => folder.join(root),
            1 => folder.join(".").join(root),
            _ => folder.join(ROOTS[0]).join("..").join(root),
        };
        ROOTS.iter().map(|root| spell(self.numbers.below(3), root)).collect()
    }
}

/// Stops a run after a number of files.
struct Stopping {
    options: IndexOptions,
    left: Option<usize>,
}

impl Progress for Stopping {
    fn file_done(&mut self, _: &str, _: &std::collections::BTreeMap<&'static str, u64>) {
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
            self.options.stop.store(*left == 0, Relaxed);
        }
    }

    fn failure(&mut self, failure: &Failure) {
        panic!("{}", failure.message);
    }
}

fn index(paths: Vec<PathBuf>, folder: &Path, left: Option<usize>) {
    let mut options = IndexOptions::new(paths);
    options.prune_empty = true;
    let mut progress = Stopping { options: options.clone(), left };
    Pipeline::new().index_with(&options, folder, &mut progress).unwrap();
}

/// What an index answers, as far as it does not depend on its history.
#[derive(Debug, PartialEq, Eq)]
struct Answers {
    /// Ids, paths and titles of all articles.
    articles: BTreeSet<(String, String, String)>,
    totals: Vec<usize>,
    people: Vec<(String, u32)>,
}

fn all() -> Query {
    let people = FacetRequest::new(EntityKind::Person.into(), 50);
    Query::new("film").duplicates(Duplicates::Show).facets([people])
}

fn answers(searcher: &Searcher) -> Answers {
    let mut articles = BTreeSet::new();
    searcher
        .each_hit(&all(), |hit| {
            let article = searcher.article(&hit.id).unwrap().unwrap();
            assert_eq!(article.path, hit.path, "{}", hit.id);
            let is_new = articles.insert((hit.id, hit.path, hit.title));
            assert!(is_new, "an article twice");
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    let total = |text: &&str| searcher.search(&Query::new(*text)).unwrap().total;
    let totals = PEOPLE.iter().chain(["film", "-cruise film", "london"].iter()).map(total).collect();
    let results = searcher.search(&all()).unwrap();
    let mut people: Vec<(String, u32)> =
        results.facets.of(EntityKind::Person).iter().map(|f| (f.name.clone(), f.docs)).collect();
    people.sort();
    Answers { articles, totals, people }
}

/// What tells articles apart for an alert, by the test's own account: the same text,
/// or the same id in the same file or source.
fn marks_of(searcher: &Searcher, id: &str) -> (String, Option<String>) {
    let article = searcher.article(id).unwrap().unwrap();
    let own = id.split('~').next().unwrap();
    let scope = article.source.as_ref().map_or_else(|| article.path.clone(), |source| source.to_lowercase());
    // Ids that the test gives are short.
    let own = (own.len() < 5).then(|| format!("id {own} in {scope}"));
    (format!("text {}", article.text), own)
}

/// One round: some changes, a run, a comparison, several times.
fn round(seed: u64) {
    let mut world = World::new(seed);
    let index_folder = scratch();
    let folder = index_folder.path().join("index");
    let (mut known, mut told): (HashSet<u64>, HashSet<String>) = Default::default();
    let mut since = 0;
    for _ in 0..3 {
        for _ in 0..1 + world.numbers.below(4) {
            world.change();
        }
        if world.one_in(4) {
            let left = 1 + world.numbers.below(2);
            world.log.push(format!("a run that is stopped after {left} files"));
            index(world.roots(), &folder, Some(left));
            world.change();
        }
        if world.one_in(4) {
            let root = world.roots().remove(world.numbers.below(ROOTS.len()));
            world.log.push(format!("a run over {}", root.display()));
            index(vec![root], &folder, None);
        }
        let inner = world.folder.path().join(ROOTS[0]).join("sub");
        if world.one_in(4) && inner.exists() {
            world.log.push("a run over an inner folder".to_owned());
            index(vec![inner], &folder, None);
        }
        world.log.push("a run".to_owned());
        index(world.roots(), &folder, None);
        let fresh = scratch();
        index(world.roots(), fresh.path(), None);
        let context = || format!("seed {seed}\n{}", world.log.join("\n"));
        let searcher = Searcher::open(&folder).unwrap();
        let expected = answers(&Searcher::open(fresh.path()).unwrap());
        assert_eq!(answers(&searcher), expected, "{}", context());
        let mut new = BTreeSet::new();
        let marks = searcher.each_new_hit(&all(), (&known, since), |hit| _ = new.insert(hit.id)).unwrap();
        known.extend(marks);
        since = searcher.commit().number;
        let before = told.clone();
        for (id, ..) in &expected.articles {
            // A known id is no news whatever its text; that text is known from then on.
            let (text, own) = marks_of(&searcher, id);
            let is_known = own.as_ref().is_some_and(|own| before.contains(own));
            assert_eq!(!is_known && !before.contains(&text), new.contains(id), "{id}: {}", context());
            told.extend(own.into_iter().chain([text]));
        }
    }
}

/// A folder in memory where the system has such, since the test waits for the disk
/// most of the time.
fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn rounds(first: u64, count: u64) {
    println!("seeds {first} to {}", first + count - 1);
    let next = AtomicU64::new(first);
    let take = || Some(next.fetch_add(1, Relaxed)).filter(|seed| *seed < first + count);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| std::iter::from_fn(take).for_each(round));
        }
    });
}

#[test]
fn an_index_answers_as_a_fresh_one_whatever_happened_to_its_files() {
    rounds(1, 300);
}

#[test]
#[ignore = "takes minutes"]
fn an_index_answers_as_a_fresh_one_five_thousand_times() {
    rounds(1_000, 5_000);
}

/// A command that is ended with the test.
struct Watching(std::process::Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// One round beside a command that follows the roots.
fn watched_round(seed: u64) {
    let mut world = World::new(seed);
    let scratch_folder = scratch();
    let folder = scratch_folder.path().join("index");
    world.change();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_newsearch"));
    command.args(["index", "--watch", "--quiet", "--prune-empty", "--index"]).arg(&folder);
    let watching = Watching(command.args(ROOTS.map(|root| world.folder.path().join(root))).spawn().unwrap());
    for _ in 0..3 {
        for _ in 0..1 + world.numbers.below(4) {
            world.change();
        }
        let fresh = scratch();
        index(world.roots(), fresh.path(), None);
        let expected = answers(&Searcher::open(fresh.path()).unwrap());
        let began = std::time::Instant::now();
        loop {
            let found = Searcher::open(&folder).ok().map(|searcher| answers(&searcher));
            if found.as_ref() == Some(&expected) {
                break;
            }
            let waited = began.elapsed().as_secs();
            assert!(waited < 60, "seed {seed}\n{}\n{found:?}\n{expected:?}", world.log.join("\n"));
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    }
    drop(watching);
}

#[test]
#[ignore = "waits for changes to be noticed"]
fn a_watched_index_comes_to_answer_as_a_fresh_one() {
    println!("seeds 1 to 10");
    (1..=10).for_each(watched_round);
}
