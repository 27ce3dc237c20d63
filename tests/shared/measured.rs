//! Quality bounds of suggestions, duplicates and snippets, measured on real
//! articles.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Read;
use std::path::Path;

use newsearch::EntityQuery;
use newsearch::SnippetField;
use newsearch::Span;
use newsearch::internals::segment::{Analyzer, Stemmer, TermKind, fold};
use newsearch::{Failure, Pipeline, Progress, Query, Searcher};

use crate::support::{Numbers, shared};

struct Quiet;

impl Progress for Quiet {
    fn failure(&mut self, _: &Failure) {}
}

pub fn indexed(paths: &[&Path], folder: &Path) -> Searcher {
    let paths: Vec<_> = paths.iter().map(|path| path.to_path_buf()).collect();
    Pipeline::new().index(&paths, folder, &mut Quiet).unwrap();
    Searcher::open(folder).unwrap()
}

/// A name with one edit: a letter inserted, removed or replaced, or two swapped.
fn one_edit(name: &str, numbers: &mut Numbers) -> String {
    let letters: Vec<char> = name.chars().collect();
    loop {
        let mut changed = letters.clone();
        let at = numbers.below(letters.len());
        let letter = char::from(b'a' + numbers.below(26) as u8);
        match numbers.below(4) {
            0 => changed.insert(at, letter),
            1 => changed[at] = letter,
            2 if at + 1 < letters.len() => changed.swap(at, at + 1),
            _ => {
                changed.remove(at);
            }
        }
        let changed: String = changed.into_iter().collect();
        if key(&changed) != key(name) {
            return changed;
        }
    }
}

/// The letters and digits of a name, without a leading “The”.
pub fn key(name: &str) -> String {
    let letters: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    if fold(name).starts_with("the ") { letters[3..].to_owned() } else { letters }
}

#[test]
#[ignore = "needs ../shared"]
fn misspelled_names_are_corrected_and_correct_ones_left_alone() {
    let articles = shared("data/news/entertainment.jsonl.gz");
    let folder = tempfile::tempdir().unwrap();
    let searcher = indexed(&[&articles], folder.path());
    let mut numbers = Numbers(11);
    let rows = searcher.entities(&EntityQuery::default()).rows;
    let (mut right, mut wrong, mut disturbed) = (0, Vec::new(), Vec::new());
    let ask = |text: &str| {
        let query = Query::new(text).limit(0).facets(Vec::new());
        searcher.search(&query).map(|results| results.suggestion)
    };
    let mut asked = 0;
    while asked < 1000 {
        let name = &rows[numbers.below(rows.len())].name;
        if key(name).chars().count() < 2 {
            continue;
        }
        asked += 1;
        disturbed.extend(ask(name).unwrap().map(|found| (name.clone(), found)));
        let typed = one_edit(name, &mut numbers);
        match ask(&typed) {
            Ok(Some(found)) if key(&found) == key(name) => right += 1,
            found => wrong.push((name.clone(), typed, found.ok().flatten())),
        }
    }
    println!("right suggestion first: {right} of {asked}; of right names: {disturbed:?}");
    assert!(disturbed.len() <= 20, "{disturbed:?}");
    assert!(right >= 900, "{right}: {wrong:?}");
}

#[test]
#[ignore = "needs ../shared"]
fn exactly_the_planted_near_duplicates_are_found() {
    let packed = shared("data/news/near_duplicates_minhash.tar.xz");
    let folder = tempfile::tempdir().unwrap();
    unpack(&packed, folder.path());
    let text = std::fs::read_to_string(folder.path().join("articles_2500.train")).unwrap();
    let rows = text.lines().filter_map(|line| line.split_once(' '));
    let lines: String = rows.map(|(id, text)| format!("{}\n", serde_json::json!({"id": id, "text": text}))).collect();
    let file = folder.path().join("all.jsonl");
    std::fs::write(&file, lines).unwrap();
    let searcher = indexed(&[&file], &folder.path().join("index"));
    let all = Query::new("-zzzz").limit(usize::MAX).snippets(0).facets(Vec::new());
    let mut found: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    for hit in searcher.search(&all).unwrap().hits.iter().filter(|hit| !hit.duplicates.is_empty()) {
        found.insert(hit.duplicates.iter().chain([&hit.id]).cloned().collect());
    }
    let truth = std::fs::read_to_string(folder.path().join("articles_2500.truth")).unwrap();
    let truth: BTreeSet<BTreeSet<String>> =
        truth.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect();
    println!("duplicate clusters found: {} of {}", found.intersection(&truth).count(), truth.len());
    assert_eq!(found, truth);
}

#[test]
#[ignore = "needs ../shared"]
fn exact_copies_are_one_cluster() {
    let packed = shared("data/news/bbc.tar.xz");
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("bbc");
    std::fs::create_dir(&articles).unwrap();
    unpack(&packed, &articles);
    let searcher = indexed(&[&articles], &folder.path().join("index"));
    let all = Query::new("-zzzz").limit(usize::MAX).snippets(0).facets(Vec::new());
    let mut clusters: BTreeMap<Vec<String>, BTreeSet<usize>> = BTreeMap::new();
    for (cluster, hit) in searcher.search(&all).unwrap().hits.iter().enumerate() {
        for id in hit.duplicates.iter().chain([&hit.id]) {
            let text = searcher.article(id).unwrap().unwrap().text;
            let words = text.split_whitespace().map(str::to_owned).collect();
            clusters.entry(words).or_default().insert(cluster);
        }
    }
    let split: Vec<_> = clusters.values().filter(|clusters| clusters.len() > 1).collect();
    assert!(split.is_empty(), "{} texts are shown more than once", split.len());
}

fn unpack(packed: &Path, folder: &Path) {
    let done = std::process::Command::new("tar").arg("xf").arg(packed).arg("-C").arg(folder).status().unwrap();
    assert!(done.success());
}

#[test]
#[ignore = "needs ../shared"]
fn snippets_cover_as_much_as_the_best_window() {
    let articles = shared("data/news/general.jsonl.gz");
    let log = shared("data/queries/topics.mq.1-10000.txt.gz");
    let folder = tempfile::tempdir().unwrap();
    let searcher = indexed(&[&articles], folder.path());
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(log).unwrap()).read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let (mut shown, mut possible, mut asked) = (0.0, 0.0, 0);
    for line in text.lines() {
        let typed = line.split_once(':').map_or(line, |(_, typed)| typed);
        let Ok(results) = searcher.search(&Query::new(typed).limit(1).facets(Vec::new())) else {
            continue;
        };
        let Some(hit) = results.hits.first().filter(|hit| hit.snippets[0].field == SnippetField::Body) else {
            continue;
        };
        let article = searcher.article(&hit.id).unwrap().unwrap();
        let words = occurrences(&article.text, article.body, &stems(typed));
        let snippet = &hit.snippets[0];
        let best = best_window(&words, snippet.end - snippet.start);
        if best > 0 {
            let inside = words.iter().filter(|(span, _)| snippet.start <= span.start && span.end <= snippet.end);
            shown += inside.map(|(_, stem)| stem).collect::<HashSet<_>>().len() as f64 / best as f64;
            possible += 1.0;
            asked += 1;
        }
        if asked == 1000 {
            break;
        }
    }
    println!(
        "snippets cover {:.4} of what the best window of their length could, over {asked} queries",
        shown / possible
    );
    assert!(asked == 1000 && shown / possible >= 0.85, "{}", shown / possible);
}

fn stems(text: &str) -> HashSet<String> {
    let mut stemmer = Stemmer::default();
    let terms = Analyzer::terms(text, Span::new(0, text.len()));
    terms.iter().filter(|term| term.kind == TermKind::Word).map(|term| stemmer.stem(&term.text).to_owned()).collect()
}

/// The spans and stems of the words of the query in a text.
fn occurrences(text: &str, body: Span, wanted: &HashSet<String>) -> Vec<(Span, String)> {
    let mut stemmer = Stemmer::default();
    let terms = Analyzer::terms(text, body).into_iter().filter(|term| term.kind == TermKind::Word);
    let stemmed = terms.map(|term| (term.span, stemmer.stem(&term.text).to_owned()));
    stemmed.filter(|(_, stem)| wanted.contains(stem)).collect()
}

/// The most distinct words in any window of `length` bytes.
fn best_window(words: &[(Span, String)], length: usize) -> usize {
    let within = |from: usize| {
        let start = words[from].0.start;
        let inside = words[from..].iter().take_while(|(span, _)| span.end <= start + length);
        inside.map(|(_, stem)| stem).collect::<HashSet<_>>().len()
    };
    (0..words.len()).map(within).max().unwrap_or(0)
}
