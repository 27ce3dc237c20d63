//! Saved web pages against human annotations of their articles.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use jiff::{Timestamp, ToSpan};
use newsearch::Article;
use newsearch::internals::extract::Extractor;
use newsearch::internals::read::CorpusReader;
use serde_json::Value;

use crate::support::shared;

/// The articles extracted from a file of pages, by file name, and the annotations
/// in it.
fn pages(archive: &str, gold: &str) -> (BTreeMap<String, Article>, Value) {
    let path = shared(archive);
    let reader = CorpusReader::new([&path]);
    let mut articles = BTreeMap::new();
    for file in &reader.list_files().files {
        reader.read(file, &mut |record| {
            let Some(record) = record.ok().filter(|record| record.path.contains("/html/")) else { return };
            let name = record.path.rsplit('/').next().unwrap().trim_end_matches(".gz").to_owned();
            if let Ok(article) = Extractor::new().extract(record) {
                articles.insert(name, article);
            }
        });
    }
    let file = std::fs::File::open(path).unwrap();
    let mut members = tar::Archive::new(lzma_rust2::XzReader::new(std::io::BufReader::new(file), true));
    let mut members = members.entries().unwrap().map(Result::unwrap);
    let mut member = members.find(|member| member.path().unwrap().ends_with(gold)).unwrap();
    let mut text = String::new();
    member.read_to_string(&mut text).unwrap();
    (articles, serde_json::from_str(&text).unwrap())
}

/// Sequences of four words, with their counts.
fn shingles(text: &str) -> HashMap<Vec<&str>, i64> {
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
    let mut counts = HashMap::new();
    for at in 0..(words.len() + 1).saturating_sub(4).max(1) {
        *counts.entry(words[at..words.len().min(at + 4)].to_vec()).or_insert(0) += 1;
    }
    counts
}

/// Precision and recall of one page, as in the benchmark's `evaluate.py`.
fn precision_and_recall(gold: &str, found: &str) -> (f64, f64) {
    let (gold, found) = (shingles(gold), shingles(found));
    let common: i64 = gold.iter().map(|(words, count)| *count.min(found.get(words).unwrap_or(&0))).sum();
    let (of_gold, of_found): (i64, i64) = (gold.values().sum(), found.values().sum());
    let share = |whole: i64| if common == 0 && whole == 0 { 1.0 } else { common as f64 / whole as f64 };
    (share(of_found), share(of_gold))
}

#[test]
#[ignore = "needs ../shared"]
fn the_main_text_of_pages_is_found() {
    let (articles, gold) = pages("data/html/article_extraction_benchmark.tar.xz", "ground-truth.json");
    let gold = gold.as_object().unwrap();
    let (mut precision, mut recall) = (0.0, 0.0);
    for (name, judged) in gold {
        let article = articles.get(&format!("{name}.html"));
        let body = article.map_or("", |article| article.body.of(&article.text));
        let (p, r) = precision_and_recall(judged["articleBody"].as_str().unwrap(), body);
        precision += p / gold.len() as f64;
        recall += r / gold.len() as f64;
    }
    let f1 = 2.0 * precision * recall / (precision + recall);
    eprintln!("main text of {} pages: F1 {f1:.4}, precision {precision:.4}, recall {recall:.4}", gold.len());
    assert!(gold.len() == 181 && f1 >= 0.965, "F1 {f1}");
}

/// Lower case, with single spaces.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The names of a byline, sorted.
fn names(byline: &str) -> Vec<String> {
    let parts = byline.split([',', ';']).flat_map(|part| part.split(" and "));
    let mut names: Vec<String> = parts.map(plain).filter(|name| !name.is_empty()).collect();
    names.sort();
    names
}

/// Whether a moment falls on a day in some time zone: pages have the day in their
/// own zone, the annotations a moment in UTC.
fn is_day_of(day: &str, moment: &str) -> bool {
    let Ok(moment) = moment.parse::<Timestamp>() else { return moment.starts_with(day) };
    let shifted = |hours: i64| moment.checked_add(hours.hours()).unwrap().to_zoned(jiff::tz::TimeZone::UTC).date();
    (shifted(-12).to_string()..=shifted(14).to_string()).contains(&day.to_owned())
}

#[test]
#[ignore = "needs ../shared"]
fn titles_dates_and_authors_of_pages_are_found() {
    let (articles, gold) = pages("data/html/postlight_fixtures.tar.xz", "gold.json");
    let (mut title, mut date, mut author) = ((0, 0), (0, 0), (0, 0));
    for (name, judged) in gold.as_object().unwrap() {
        let none = Article::default();
        let found = articles.get(name).unwrap_or(&none);
        let judgment = |key: &str| judged[key].as_str().filter(|text| !text.is_empty());
        if let Some(wanted) = judgment("title") {
            title = (title.0 + usize::from(plain(wanted) == plain(&found.title)), title.1 + 1);
        }
        if let Some(wanted) = judgment("date") {
            let right = found.published.as_deref().is_some_and(|day| is_day_of(day, wanted));
            date = (date.0 + usize::from(right), date.1 + 1);
        }
        if let Some(wanted) = judgment("author") {
            author = (author.0 + usize::from(names(wanted) == names(&found.authors.join("; "))), author.1 + 1);
        }
    }
    let share = |(right, all): (usize, usize)| right as f64 / all as f64;
    eprintln!(
        "titles {title:?} {:.3}, dates {date:?} {:.3}, authors {author:?} {:.3}",
        share(title),
        share(date),
        share(author)
    );
    assert!(share(title) >= 0.95 && share(date) >= 0.92 && share(author) >= 0.80, "{title:?} {date:?} {author:?}");
}
