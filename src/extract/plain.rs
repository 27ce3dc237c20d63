//! Plain text: the text of the file is kept, title and body are spans of it.

use crate::article::{Article, Span};

use super::article_fields::set;
use super::date::parse_date;
use super::error::ExtractErrorKind;
use super::title;
use crate::field_names::{Field, field_named};

/// The most lines of a header.
const MAX_HEADER_LINES: usize = 20;

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

/// Reads `Key: value` lines at the top if a blank line ends them and at least
/// one key is known. Returns the byte offset of the text after them.
fn read_header(article: &mut Article) -> Option<usize> {
    let text = std::mem::take(&mut article.text);
    let found = header_lines(&text);
    let after = found.as_ref().map(|(_, after)| *after);
    for (field, span) in found.map(|(lines, _)| lines).unwrap_or_default() {
        if field == Field::Title {
            article.title = span.of(&text).to_owned();
            article.title_span = span;
        }
        set(article, field, span.of(&text));
    }
    article.text = text;
    after
}

/// The known fields of a header with the spans of their values, and the byte
/// offset where it ends; `None` if the text does not start with a header.
fn header_lines(text: &str) -> Option<(Vec<(Field, Span)>, usize)> {
    let mut known = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n').take(MAX_HEADER_LINES) {
        let end = at + line.len();
        if line.trim().is_empty() {
            return (!known.is_empty()).then_some((known, end));
        }
        let (key, value) = line.split_once(':')?;
        // Keys have no spaces, except those of dates: `Publication date`.
        if key.len() > 30 || key.contains(char::is_whitespace) && !key.contains("ate") {
            return None;
        }
        if let Some((field, _)) = field_named(key) {
            known.push((field, Span::new(end - value.len(), end).trimmed(text)));
        }
        at = end;
    }
    None
}

/// Reads a `date 2022-03-25` in front of the first sentence, as some archives
/// have it. Returns the byte offset of the text after it.
fn read_leading_date(article: &mut Article, start: usize) -> usize {
    let rest = &article.text[start..];
    let skipped = rest.len() - rest.trim_start().len();
    let Some(dated) = rest.trim_start().strip_prefix("date ") else { return start };
    let Some((iso, after)) = dated.split_at_checked(10) else { return start };
    if !after.starts_with(char::is_whitespace) {
        return start;
    }
    let Some(date) = parse_date(iso) else { return start };
    article.published.get_or_insert(date);
    start + skipped + "date ".len() + iso.len()
}

/// Takes the first line as the title if it looks like a headline and more text
/// follows. Returns the byte offset of the text after it.
fn read_headline(article: &mut Article, start: usize) -> usize {
    let rest = &article.text[start..];
    let skipped = rest.len() - rest.trim_start().len();
    let line_end = rest[skipped..].find('\n').map_or(rest.len(), |at| skipped + at);
    let span = Span::new(start + skipped, start + line_end).trimmed(&article.text);
    let more = !rest[line_end..].trim().is_empty();
    if !more || article.published.is_some() && skipped > 0 && start > 0 && !rest[..skipped].contains('\n') {
        // Text on the same line as a leading date is not a headline.
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

    fn article(text: &str) -> Article {
        extract(text.to_owned()).expect("an article")
    }

    fn check(text: &str, title: &str, published: Option<&str>, body: &str) {
        let article = article(text);
        let found = (article.title.as_str(), article.published.as_deref(), article.body.of(&article.text));
        assert_eq!(found, (title, published, body), "{text}");
        assert_eq!(article.title_span.of(&article.text), title, "{text}");
        assert_eq!(article.text, text);
    }

    #[test]
    fn headers_are_read_and_are_not_part_of_the_body() {
        let text =
            "Title: MI:7 moves\r\nDate: 2021-04-09\r\nSource: Wire\r\nAuthor: A. Lee and B. Ray\r\n\r\nIt moves.\r\n";
        check(text, "MI:7 moves", Some("2021-04-09"), "It moves.");
        assert_eq!(article(text).authors, ["A. Lee", "B. Ray"]);
        check("Publication date: 2021-04-09\n\nIt moves.", "", Some("2021-04-09"), "It moves.");
        check("Mood: good\n\nIt moves.", "Mood: good", None, "It moves.");
        let long = format!("Date: 2021-04-09\n{}\nIt moves.", "Key: value\n".repeat(MAX_HEADER_LINES));
        assert_eq!(article(&long).published, None);
    }

    #[test]
    fn a_colon_in_the_first_line_is_no_header() {
        let title = "Mission: Impossible is back";
        check("Mission: Impossible is back\n\nTom Cruise runs.", title, None, "Tom Cruise runs.");
    }

    #[test]
    fn a_leading_date_is_removed_from_the_body() {
        let body = "One of the most anticipated films\n\nMore.";
        check(&format!(" date 2022-03-25 {body}"), "", Some("2022-03-25"), body);
        check("date 2022-03-25\nDune opens\n\nMore.", "Dune opens", Some("2022-03-25"), "More.");
        check("date night is here.\n\nMore.", "", None, "date night is here.\n\nMore.");
    }

    #[test]
    fn a_first_sentence_is_not_a_title() {
        let text = "The director has revealed it.\n\nMore.";
        check(text, "", None, text);
        check("One line only", "", None, "One line only");
        check("", "", None, "");
    }
}
