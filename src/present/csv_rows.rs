//! Comma-separated rows (RFC 4180), one per hit.

use std::io::{self, Write};

use super::answer::Answer;

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

#[cfg(test)]
mod tests {
    use crate::present::testing::{answer, hit, printed, results};
    use crate::search::{Hit, Snippet, SnippetField};

    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        let check = |hit: Hit, expected: &str| assert_eq!(printed(|out| rows(out, &answer(&results([hit])))), expected);
        check(hit(1, "a", "Dune"), "q 1,1,a,1.0000,,,Dune,in/a.txt,,\n");
        let snippet = |text: &str| Snippet {
            field: SnippetField::Body,
            start: 0,
            end: text.len(),
            text: text.to_owned(),
            highlights: Vec::new(),
        };
        let all = Hit {
            published: Some("2021-10-22".to_owned()),
            source: Some("cnn.com".to_owned()),
            url: Some("https://cnn.com/a?b=1,2".to_owned()),
            snippets: vec![snippet("Two\nlines"), snippet("another")],
            ..hit(3, "b", "\"Dune\", at last")
        };
        let expected = "q 1,3,b,0.3333,2021-10-22,cnn.com,\"\"\"Dune\"\", at last\",in/b.txt,\"https://cnn.com/a?b=1,2\",\"Two\nlines\"\n";
        check(all, expected);
    }

    #[test]
    fn a_batch_has_the_id_of_the_query() {
        let check = |batch, start: &str| assert!(printed(|out| header(out, batch)).starts_with(start));
        check(true, "query_id,rank,id,score,");
        check(false, "rank,id,score,");
    }
}
