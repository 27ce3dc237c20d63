//! What snippets of real articles look like: how many leave their block, begin within a
//! sentence or in lower case, or are lines that lead elsewhere.

use std::io::Read;

use newsearch::internals::segment::SentenceSegmenter;
use newsearch::{EntityQuery, Query, SnippetField, Span};

use crate::news::news;
use crate::support::shared;

/// How many of some snippets have a fault.
#[derive(Default)]
struct Faults {
    snippets: usize,
    crossing: usize,
    lower: usize,
    within: usize,
    cut: usize,
    links: usize,
    headings: usize,
}

impl Faults {
    fn count(&mut self, text: &str, (start, end): (usize, usize)) {
        let shown = &text[start..end];
        self.snippets += 1;
        // Lines of a paragraph that is wrapped are long.
        let lines: Vec<&str> = shown.lines().collect();
        let inner = lines.len().saturating_sub(1);
        let crosses = lines.iter().any(|line| line.trim().is_empty()) || lines[..inner].iter().any(|l| l.len() < 40);
        self.crossing += usize::from(lines.len() > 1 && crosses);
        let first = shown.chars().find(|c| c.is_alphanumeric());
        self.lower += usize::from(first.is_some_and(char::is_lowercase));
        let from = text[..start].rfind("\n\n").map_or(0, |at| at + 2);
        let to = text[end..].find("\n\n").map_or(text.len(), |at| end + at);
        let sentences = SentenceSegmenter::new().sentences(text, Span::new(from, to));
        self.within += usize::from(!sentences.iter().any(|sentence| sentence.span.start == start));
        self.cut += usize::from(!sentences.iter().any(|sentence| sentence.span.end == end));
        let label = shown.split_once(':').filter(|(label, _)| label.len() <= 40);
        let links = ["more", "related", "watch", "read more", "see also", "photos", "video", "you may like"];
        let named = label.is_some_and(|(label, _)| links.contains(&label.trim().to_lowercase().as_str()));
        let glued = label.is_some_and(|(label, rest)| {
            label.contains(' ') && rest.starts_with(char::is_alphabetic) && !shown.ends_with('.')
        });
        self.links += usize::from(named || glued);
        let ends = |c: char| matches!(c, '.' | '!' | '…' | '"' | '”' | '\'' | '’' | ')');
        self.headings += usize::from(shown.len() < 80 && !shown.ends_with(ends) && end == to);
    }

    fn percent(&self, count: usize) -> f64 {
        100.0 * count as f64 / self.snippets as f64
    }
}

#[test]
#[ignore = "needs ../shared"]
fn snippets_are_whole_sentences_of_one_block() {
    let searcher = news();
    let names = searcher.entities(&EntityQuery::default()).rows;
    let mut queries: Vec<String> = names.into_iter().take(3000).step_by(15).map(|row| row.name).collect();
    let log = shared("data/queries/topics.mq.1-10000.txt.gz");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(log).unwrap()).read_to_end(&mut bytes).unwrap();
    let typed = String::from_utf8_lossy(&bytes);
    let typed = typed.lines().step_by(40).map(|line| line.split_once(':').map_or(line, |(_, typed)| typed));
    queries.extend(typed.map(str::to_owned));
    let mut faults = Faults::default();
    for query in &queries {
        let Ok(results) = searcher.search(&Query::new(query).limit(5).facets(Vec::new())) else { continue };
        for hit in results.hits.iter().filter(|hit| hit.snippets[0].field == SnippetField::Body) {
            let article = searcher.article(&hit.id).unwrap().unwrap();
            faults.count(&article.text, (hit.snippets[0].start, hit.snippets[0].end));
        }
    }
    for (what, count) in [
        ("cross a block", faults.crossing),
        ("begin in lower case", faults.lower),
        ("begin within a sentence", faults.within),
        ("end within a sentence", faults.cut),
        ("are link lines", faults.links),
        ("are headings", faults.headings),
    ] {
        println!("{what}: {count} of {} snippets, {:.1} percent", faults.snippets, faults.percent(count));
    }
    assert_eq!(faults.crossing, 0);
    assert!(faults.percent(faults.lower) < 5.0 && faults.percent(faults.links) < 3.0);
}
