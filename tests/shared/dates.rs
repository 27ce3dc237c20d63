//! Mentioned dates against a hand-made list.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};

use newsearch::Span;
use newsearch::internals::extract::Extractor;
use newsearch::internals::read::{Format, RawRecord};
use newsearch::internals::recognize::mentioned_dates;
use newsearch::internals::segment::Segmented;

use crate::support::shared;

const GOLD: &str = include_str!("../data/mentioned_dates.tsv");
const SKIPPED: &str = include_str!("../data/mentioned_dates_skipped.tsv");

/// A span in a field, and the first and last day it means (`YYYYMMDD`).
type Dated = (Span, Option<(u64, u64)>);

/// The entries of a list, by article and field.
fn listed(list: &str) -> BTreeMap<(usize, String), Vec<Dated>> {
    let mut by_field: BTreeMap<_, Vec<Dated>> = BTreeMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells.get(at).and_then(|cell| cell.parse::<u64>().ok());
        let span = Span::new(number(2).unwrap() as usize, number(3).unwrap() as usize);
        let days = number(4).zip(number(5));
        by_field.entry((number(0).unwrap() as usize, cells[1].to_owned())).or_default().push((span, days));
    }
    by_field
}

#[test]
#[ignore = "needs ../shared"]
fn ninety_percent_of_dates_are_found_with_their_days() {
    let path = shared("data/news/wikinews.jsonl.gz");
    let gold = listed(GOLD);
    let skipped = listed(SKIPPED);
    let articles: BTreeSet<usize> = gold.keys().map(|(article, _)| *article).collect();
    let lines = BufReader::new(flate2::read::MultiGzDecoder::new(std::fs::File::open(path).unwrap())).lines();
    let (mut right, mut asked, mut found, mut good) = (0, 0, 0, 0);
    for (number, line) in lines.enumerate().filter(|(number, _)| articles.contains(number)) {
        let text = line.unwrap();
        let record: serde_json::Value = serde_json::from_str(&text).unwrap();
        let raw = RawRecord::new("a.jsonl", Some(number + 1), Format::Json, text);
        let article = Extractor::new().extract(raw).unwrap();
        let dates = mentioned_dates(&article, &Segmented::new(&article));
        let body = article.text.len() - record["text"].as_str().unwrap().trim_end().len();
        for (field, start) in [("title", article.title_span.start), ("text", body)] {
            let key = (number, field.to_owned());
            let shifted = |span: Span| Span::new(span.start + start, span.end + start);
            let none = Vec::new();
            let wanted = gold.get(&key).unwrap_or(&none);
            let ours: Vec<_> = dates
                .iter()
                .filter(|date| (date.span.start >= body) == (field == "text"))
                .filter(|date| {
                    !skipped.get(&key).unwrap_or(&none).iter().any(|(span, _)| meets(shifted(*span), date.span))
                })
                .collect();
            found += ours.len();
            for (span, days) in wanted {
                asked += 1;
                let span = shifted(*span);
                let hit = ours.iter().find(|date| meets(date.span, span));
                let is_right = hit.is_some_and(|date| Some((date.first, date.last)) == *days);
                right += usize::from(is_right);
                if !is_right {
                    eprintln!("{number}: {:?} is {days:?}, found {hit:?}", span.of(&article.text));
                }
            }
            for date in &ours {
                let known = wanted.iter().any(|(span, _)| meets(shifted(*span), date.span));
                good += usize::from(known);
                if !known {
                    eprintln!("{number}: {:?} is not a date", date.span.of(&article.text));
                }
            }
        }
    }
    eprintln!("dates: {right} of {asked} found with the right days; {good} of {found} found ones are dates");
    assert!(asked >= 150 && right * 10 >= asked * 9, "{right} of {asked}");
    assert!(good * 20 >= found * 19, "{good} of {found}");
}

fn meets(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}
