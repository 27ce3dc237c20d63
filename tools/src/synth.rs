//! Large synthetic archives for measurements, recombined from small real ones.
//!
//! Every article takes its number of sentences from a real article, and each
//! sentence from a random real article of the same file. Lengths, words, names
//! and their frequencies are therefore those of the sources. One difference:
//! the number of distinct names stops growing; in a real archive it does not.

use std::io::{BufWriter, Write};

use newsearch::internals::extract::Extractor;
use newsearch::internals::read::CorpusReader;
use newsearch::internals::segment::Segmented;
use serde_json::json;

/// The sentences of a file's articles.
#[derive(Default)]
struct Source {
    titles: Vec<String>,
    sentences: Vec<String>,
    /// Sentences in the body of each article.
    shapes: Vec<usize>,
}

/// Publication dates are spread over `DAYS` days from `FIRST_DAY` on.
const FIRST_DAY: (i16, i8, i8) = (2004, 1, 1);
const DAYS: usize = 8000;
/// Sentences in a paragraph.
const PARAGRAPH: usize = 3;

/// Writes `count` articles recombined from those under `paths`, one JSON object a
/// line. Deterministic.
pub fn write(count: usize, paths: &[&str], out: impl Write) -> anyhow::Result<()> {
    let sources = read(paths);
    let articles: usize = sources.iter().map(|source| source.shapes.len()).sum();
    anyhow::ensure!(articles > 0, "no articles under {paths:?}");
    let mut numbers = Numbers(1);
    let mut out = BufWriter::new(out);
    let first = jiff::civil::Date::new(FIRST_DAY.0, FIRST_DAY.1, FIRST_DAY.2)?;
    for number in 0..count {
        let mut at = numbers.below(articles);
        let source = sources.iter().find(|source| {
            let here = at < source.shapes.len();
            at = if here { at } else { at - source.shapes.len() };
            here
        });
        let Some(source) = source else { continue };
        let date = first.checked_add(jiff::Span::new().days(numbers.below(DAYS) as i64))?;
        let title = &source.titles[numbers.below(source.titles.len())];
        let mut body = String::new();
        for sentence in 0..source.shapes[at] {
            let between = if sentence == 0 {
                ""
            } else if sentence % PARAGRAPH == 0 {
                "\n\n"
            } else {
                " "
            };
            body.push_str(between);
            body.push_str(&source.sentences[numbers.below(source.sentences.len())]);
        }
        let article = json!({"id": format!("s{number}"), "title": title, "date": date.to_string(), "text": body});
        serde_json::to_writer(&mut out, &article)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn read(paths: &[&str]) -> Vec<Source> {
    let extractor = Extractor::new();
    let reader = CorpusReader::new(paths.iter().copied());
    let mut sources = Vec::new();
    for file in &reader.list_files().files {
        let mut source = Source::default();
        reader.read(file, &mut |record| {
            let Some(article) = record.ok().and_then(|record| extractor.extract(record).ok()) else { return };
            let segmented = Segmented::new(&article);
            let body = segmented.sentences.iter().skip(usize::from(segmented.has_title));
            let before = source.sentences.len();
            source.sentences.extend(body.map(|sentence| sentence.span.of(&article.text).to_owned()));
            source.shapes.push(source.sentences.len() - before);
            source.titles.push(article.title);
        });
        if !source.sentences.is_empty() {
            sources.push(source);
        }
    }
    sources
}

/// A reproducible stream of numbers (SplitMix64; Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % limit.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn articles_are_complete_and_always_the_same() {
        let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus");
        let synthesize = || {
            let mut out = Vec::new();
            write(20, &[corpus], &mut out).expect("articles");
            String::from_utf8(out).expect("UTF-8")
        };
        let text = synthesize();
        assert_eq!(text, synthesize());
        for (number, line) in text.lines().enumerate() {
            let article: serde_json::Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(article["id"], format!("s{number}"));
            assert!(
                article["title"].is_string() && article["text"].is_string() && article["date"].is_string(),
                "{line}"
            );
        }
        assert_eq!(text.lines().count(), 20);
        assert!(write(1, &["no/such/folder"], Vec::new()).is_err());
    }
}
