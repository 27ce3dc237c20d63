//! What is promised of suggestions, copies and snippets, measured on real
//! articles. Slow, and only where those are at hand: `cargo test --test it --
//! --ignored`.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Read;
use std::path::Path;

use newsearch::article::Span;
use newsearch::insight::EntityQuery;
use newsearch::pipeline::{Failure, Pipeline, Progress};
use newsearch::search::{Query, Searcher, SnippetField};
use newsearch::segment::{Analyzer, Stemmer, TermKind, fold};

use crate::robust::Numbers;
use crate::support::shared;

struct Quiet;

impl Progress for Quiet {
    fn failure(&mut self, _: &Failure) {}
}

fn indexed(paths: &[&Path], folder: &Path) -> Searcher {
    let paths: Vec<_> = paths.iter().map(|path| path.to_path_buf()).collect();
    Pipeline::new().index(&paths, folder, &mut Quiet).unwrap();
    Searcher::open(folder).unwrap()
}

/// One letter added, left out, another, or two swapped, so that it shows.
fn slip(name: &str, numbers: &mut Numbers) -> String {
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
fn key(name: &str) -> String {
    let letters: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    if fold(name).starts_with("the ") { letters[3..].to_owned() } else { letters }
}

#[test]
#[ignore = "slow: indexes real articles"]
fn slips_in_names_are_mended_and_right_names_left_alone() {
    let Some(articles) = shared("data/news/entertainment.jsonl.gz") else { return };
    let folder = tempfile::tempdir().unwrap();
    let searcher = indexed(&[&articles], folder.path());
    let mut numbers = Numbers(11);
    let rows = searcher.entities(&EntityQuery::default()).rows;
    let (mut right, mut wrong) = (0, Vec::new());
    let ask = |text: &str| {
        let query = Query { limit: 0, facets: Vec::new(), ..Query::new(text) };
        searcher.search(&query).map(|results| results.suggestion)
    };
    let mut asked = 0;
    while asked < 1000 {
        let name = &rows[numbers.below(rows.len())].name;
        if key(name).chars().count() < 2 {
            continue;
        }
        asked += 1;
        assert_eq!(ask(name).unwrap(), None, "{name}");
        let typed = slip(name, &mut numbers);
        match ask(&typed) {
            Ok(Some(found)) if key(&found) == key(name) => right += 1,
            found => wrong.push((name.clone(), typed, found.ok().flatten())),
        }
    }
    println!("right suggestion first: {right} of {asked}");
    assert!(right >= 950, "{right}: {wrong:?}");
}

#[test]
#[ignore = "slow: indexes real articles"]
fn planted_near_copies_are_found_and_no_others() {
    let Some(packed) = shared("data/news/near_duplicates_minhash.tar.xz") else { return };
    let folder = tempfile::tempdir().unwrap();
    unpack(&packed, folder.path());
    let text = std::fs::read_to_string(folder.path().join("articles_2500.train")).unwrap();
    let rows = text.lines().filter_map(|line| line.split_once(' '));
    let lines: String = rows.map(|(id, text)| format!("{}\n", serde_json::json!({"id": id, "text": text}))).collect();
    let file = folder.path().join("all.jsonl");
    std::fs::write(&file, lines).unwrap();
    let searcher = indexed(&[&file], &folder.path().join("index"));
    let all = Query { limit: usize::MAX, snippets: 0, facets: Vec::new(), ..Query::new("-zzzz") };
    let mut found: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    for hit in searcher.search(&all).unwrap().hits.iter().filter(|hit| !hit.duplicates.is_empty()) {
        found.insert(hit.duplicates.iter().chain([&hit.id]).cloned().collect());
    }
    let truth = std::fs::read_to_string(folder.path().join("articles_2500.truth")).unwrap();
    let truth: BTreeSet<BTreeSet<String>> =
        truth.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).collect();
    println!("stories found: {} of {}", found.intersection(&truth).count(), truth.len());
    assert_eq!(found, truth);
}

#[test]
#[ignore = "slow: indexes real articles"]
fn exact_copies_are_one_story() {
    let Some(packed) = shared("data/news/bbc.tar.xz") else { return };
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("bbc");
    std::fs::create_dir(&articles).unwrap();
    unpack(&packed, &articles);
    let searcher = indexed(&[&articles], &folder.path().join("index"));
    let all = Query { limit: usize::MAX, snippets: 0, facets: Vec::new(), ..Query::new("-zzzz") };
    let mut stories: BTreeMap<Vec<String>, BTreeSet<usize>> = BTreeMap::new();
    for (story, hit) in searcher.search(&all).unwrap().hits.iter().enumerate() {
        for id in hit.duplicates.iter().chain([&hit.id]) {
            let text = searcher.article(id).unwrap().unwrap().text;
            let words = text.split_whitespace().map(str::to_owned).collect();
            stories.entry(words).or_default().insert(story);
        }
    }
    let split: Vec<_> = stories.values().filter(|stories| stories.len() > 1).collect();
    assert!(split.is_empty(), "{} texts are shown more than once", split.len());
}

fn unpack(packed: &Path, folder: &Path) {
    let done = std::process::Command::new("tar").arg("xf").arg(packed).arg("-C").arg(folder).status().unwrap();
    assert!(done.success());
}

#[test]
#[ignore = "slow: indexes real articles"]
fn snippets_cover_what_the_best_window_could() {
    let (Some(articles), Some(log)) =
        (shared("data/news/general.jsonl.gz"), shared("data/queries/topics.mq.1-10000.txt.gz"))
    else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let searcher = indexed(&[&articles], folder.path());
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(log).unwrap()).read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let (mut shown, mut possible, mut asked) = (0.0, 0.0, 0);
    for line in text.lines() {
        let typed = line.split_once(':').map_or(line, |(_, typed)| typed);
        let Ok(results) = searcher.search(&Query { limit: 1, facets: Vec::new(), ..Query::new(typed) }) else {
            continue;
        };
        let Some(hit) = results.hits.first().filter(|hit| hit.snippets[0].field == SnippetField::Body) else {
            continue;
        };
        let article = searcher.article(&hit.id).unwrap().unwrap();
        let words = places(&article.text, article.body, &stems(typed));
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
    assert!(asked == 1000 && shown / possible >= 0.97, "{}", shown / possible);
}

fn stems(text: &str) -> HashSet<String> {
    let mut stemmer = Stemmer::default();
    let terms = Analyzer::terms(text, Span::new(0, text.len()));
    terms.iter().filter(|term| term.kind == TermKind::Word).map(|term| stemmer.stem(&term.text).to_owned()).collect()
}

/// Where words of the query stand.
fn places(text: &str, body: Span, wanted: &HashSet<String>) -> Vec<(Span, String)> {
    let mut stemmer = Stemmer::default();
    let terms = Analyzer::terms(text, body).into_iter().filter(|term| term.kind == TermKind::Word);
    let stemmed = terms.map(|term| (term.span, stemmer.stem(&term.text).to_owned()));
    stemmed.filter(|(_, stem)| wanted.contains(stem)).collect()
}

/// The most distinct words in any stretch of so many bytes.
fn best_window(words: &[(Span, String)], length: usize) -> usize {
    let within = |from: usize| {
        let start = words[from].0.start;
        let inside = words[from..].iter().take_while(|(span, _)| span.end <= start + length);
        inside.map(|(_, stem)| stem).collect::<HashSet<_>>().len()
    };
    (0..words.len()).map(within).max().unwrap_or(0)
}
