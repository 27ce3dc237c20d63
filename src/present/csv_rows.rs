//! Comma-separated rows (RFC 4180), a hit a row.

use std::io::{self, Write};

use super::Answer;

const COLUMNS: [&str; 9] = ["rank", "id", "score", "published", "source", "title", "path", "url", "snippet"];

pub(super) fn header(out: &mut dyn Write, batch: bool) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let id = batch.then_some("query_id");
    writer.write_record(id.into_iter().chain(COLUMNS))?;
    writer.flush()
}

pub(super) fn rows(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for hit in &answer.results.hits {
        let (rank, score) = (hit.rank.to_string(), format!("{:.4}", hit.score));
        let optional = |text: &'_ Option<String>| text.clone().unwrap_or_default();
        let (published, source, url) = (optional(&hit.published), optional(&hit.source), optional(&hit.url));
        let snippet = hit.snippets.first().map_or("", |snippet| snippet.text.as_str());
        let row = [&rank, &hit.id, &score, &published, &source, &hit.title, &hit.path, &url, snippet];
        writer.write_record(answer.id.into_iter().chain(row))?;
    }
    writer.flush()
}
