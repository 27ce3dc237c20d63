//! Results for the tests of this folder.

use std::io::{self, Write};
use std::time::Duration;

use crate::search::{Hit, Results};

use super::answer::Answer;

/// A hit of a score of 1 / rank.
pub(super) fn hit(rank: usize, id: &str, title: &str) -> Hit {
    Hit {
        rank,
        id: id.to_owned(),
        complete: true,
        score: 1.0 / rank as f64,
        path: format!("in/{id}.txt"),
        title: title.to_owned(),
        title_highlights: Vec::new(),
        published: None,
        source: None,
        url: None,
        snippets: Vec::new(),
        entities: Vec::new(),
        duplicates: Vec::new(),
        explanation: None,
    }
}

pub(super) fn results(hits: impl IntoIterator<Item = Hit>) -> Results {
    let hits: Vec<Hit> = hits.into_iter().collect();
    Results { total: hits.len(), complete: hits.len(), answering: hits.len(), hits, ..Results::default() }
}

/// The answer to the query `film` with the id `q 1`.
pub(super) fn answer(results: &Results) -> Answer<'_> {
    Answer { id: Some("q 1"), query: "film", took: Duration::from_micros(1500), results }
}

/// What a function prints, without styles.
pub(super) fn printed(print: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    print(&mut out).expect("memory can be written");
    let text = String::from_utf8(out).expect("UTF-8");
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('m').map_or("", |(_, rest)| rest))
}
