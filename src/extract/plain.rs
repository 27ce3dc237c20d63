//! Plain text: the file's own content, with every part a span into it.

use crate::article::{Article, Span};

use super::ExtractErrorKind;
use super::fields::{self, Field};
use super::title;

/// The most lines a header may have.
const HEADER_LINES: usize = 20;

pub(super) fn extract(text: String) -> Result<Article, ExtractErrorKind> {
    let mut article = Article { text, ..Article::default() };
    let mut start = read_header(&mut article).unwrap_or(0);
    start = read_leading_date(&mut article, start);
    if article.title.is_empty() {
        start = read_headline(&mut article, start);
    }
    article.body = Span::new(start, article.text.len()).trimmed(&article.text);
    Ok(article)
}

/// Reads `Key: value` lines at the top, if they end in a blank line and one of
/// their keys is known; returns where the text after them starts.
fn read_header(article: &mut Article) -> Option<usize> {
    let text = std::mem::take(&mut article.text);
    let found = header_lines(&text);
    let after = found.as_ref().map(|(_, after)| *after);
    for (field, span) in found.map(|(lines, _)| lines).unwrap_or_default() {
        if field == Field::Title {
            article.title = span.of(&text).to_owned();
            article.title_span = span;
        }
        fields::set(article, field, span.of(&text));
    }
    article.text = text;
    after
}

/// The known fields of a header with the spans of their values, and where the
/// header ends; `None` where the text does not start with a header.
fn header_lines(text: &str) -> Option<(Vec<(Field, Span)>, usize)> {
    let mut known = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n').take(HEADER_LINES) {
        let end = at + line.len();
        if line.trim().is_empty() {
            return (!known.is_empty()).then_some((known, end));
        }
        let (key, value) = line.split_once(':')?;
        if key.len() > 30 || key.contains(char::is_whitespace) && !key.contains("ate") {
            return None;
        }
        if let Some((field, _)) = fields::field_named(key) {
            known.push((field, Span::new(end - value.len(), end).trimmed(text)));
        }
        at = end;
    }
    None
}

/// Takes a `date 2022-03-25` in front of the first sentence, as some archives
/// glue it; returns where the text after it starts.
fn read_leading_date(article: &mut Article, start: usize) -> usize {
    let rest = &article.text[start..];
    let skipped = rest.len() - rest.trim_start().len();
    let Some(dated) = rest.trim_start().strip_prefix("date ") else { return start };
    let Some((iso, after)) = dated.split_at_checked(10) else { return start };
    if !after.starts_with(char::is_whitespace) {
        return start;
    }
    let Some(date) = super::parse_date(iso) else { return start };
    article.published.get_or_insert(date);
    start + skipped + "date ".len() + iso.len()
}

/// Takes the first line as the title where it reads as one and more follows;
/// returns where the text after it starts.
fn read_headline(article: &mut Article, start: usize) -> usize {
    let rest = &article.text[start..];
    let skipped = rest.len() - rest.trim_start().len();
    let line_end = rest[skipped..].find('\n').map_or(rest.len(), |at| skipped + at);
    let span = Span::new(start + skipped, start + line_end).trimmed(&article.text);
    let more = !rest[line_end..].trim().is_empty();
    if !more || article.published.is_some() && skipped > 0 && start > 0 && !rest[..skipped].contains('\n') {
        // Text that goes on after a glued date is no headline.
        return start;
    }
    if !title::is_headline(span.of(&article.text)) {
        return start;
    }
    article.title = span.of(&article.text).to_owned();
    article.title_span = span;
    start + line_end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Article {
        extract(text.to_owned()).expect("an article")
    }

    #[test]
    fn headers_are_read_and_left_out_of_the_body() {
        let a = check(
            "Title: MI:7 moves\r\nDate: 2021-04-09\r\nSource: Wire\r\nAuthor: A. Lee and B. Ray\r\n\r\nIt moves.\r\n",
        );
        assert_eq!((a.title.as_str(), a.published.as_deref()), ("MI:7 moves", Some("2021-04-09")));
        assert_eq!(a.title_span.of(&a.text), a.title);
        assert_eq!(a.body.of(&a.text), "It moves.");
        assert_eq!(a.authors, ["A. Lee", "B. Ray"]);
    }

    #[test]
    fn a_colon_in_the_first_line_is_no_header() {
        let a = check("Mission: Impossible is back\n\nTom Cruise runs.");
        assert_eq!(a.title, "Mission: Impossible is back");
        assert_eq!(a.body.of(&a.text), "Tom Cruise runs.");
    }

    #[test]
    fn a_glued_date_is_taken_off() {
        let a = check(" date 2022-03-25 One of the most anticipated films\n\nMore.");
        assert_eq!(a.published.as_deref(), Some("2022-03-25"));
        assert!(a.title.is_empty());
        assert!(a.body.of(&a.text).starts_with("One of the most"));
    }

    #[test]
    fn a_first_sentence_is_no_title() {
        let a = check("The director has revealed it.\n\nMore.");
        assert!(a.title_span.is_empty());
        assert_eq!(a.body.of(&a.text), "The director has revealed it.\n\nMore.");
    }
}
