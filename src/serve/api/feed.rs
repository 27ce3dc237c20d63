//! `/feed`: the newest hits of a query, as Atom (RFC 4287).

use maud::{Markup, PreEscaped, html};

use crate::search::{Hit, Query, QueryRequest, Sort};

use super::super::address::{article_address, encoded};
use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::search::bounded;

/// Entries where no number is asked for.
const ENTRIES: usize = 30;

/// The newest articles that match a query, as a feed to follow.
#[utoipa::path(
    get,
    path = "/feed",
    params(QueryRequest),
    responses(
        (status = 200, description = "An Atom feed", body = String, content_type = "application/atom+xml"),
        (status = "4XX", description = "A query or setting that makes no sense", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn feed(request: &Request) -> Result<Response, Problem> {
    let base = Query { sort: Sort::Newest, limit: ENTRIES, ..Query::new("") };
    let query = bounded(request, request.parameters::<QueryRequest>()?.apply(&base)?)?;
    let results = request.searcher().search(&Query { facets: Vec::new(), ..query.clone() })?;
    let address = format!("{}{}", request.base, request.uri);
    let body = document(&title(&query), &address, &results.hits, &request.base).into_string();
    Ok(Response { content_type: "application/atom+xml; charset=utf-8", body: body.into_bytes() })
}

/// The feed of a search, by its query string.
pub(in crate::serve) fn address(search: &str) -> String {
    search.replacen("/search", "/feed", 1)
}

fn title(query: &Query) -> String {
    let names = query.filters.names.iter().map(|(_, name)| name.as_str());
    let parts: Vec<&str> = std::iter::once(query.text.as_str()).chain(names).filter(|part| !part.is_empty()).collect();
    format!("newsearch: {}", parts.join(", "))
}

/// The whole feed; `address` is its own URL, `base` that of the server.
fn document(title: &str, address: &str, hits: &[Hit], base: &str) -> Markup {
    let newest = hits.iter().filter_map(|hit| hit.published.as_deref()).max();
    html! {
        (PreEscaped("<?xml version=\"1.0\"?>\n"))
        feed xmlns="http://www.w3.org/2005/Atom" {
            title { (xml_text(title)) }
            id { (address) }
            updated { (timestamp(newest)) }
            generator { "newsearch" }
            (link("self", address))
            (link("alternate", &address.replacen("/feed", "/search", 1)))
            @for hit in hits { (entry(hit, base)) }
        }
    }
}

fn entry(hit: &Hit, base: &str) -> Markup {
    let snippets: Vec<&str> = hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
    html! {
        entry {
            title { (xml_text(&hit.title)) }
            id { "urn:newsearch:" (encoded(&hit.id)) }
            updated { (timestamp(hit.published.as_deref())) }
            // RFC 4287 requires an author.
            author { name { (xml_text(hit.source.as_deref().unwrap_or("unknown"))) } }
            (link("alternate", &format!("{base}{}", article_address(&hit.id, None))))
            summary { (xml_text(&snippets.join(" … "))) }
        }
    }
}

/// A link. Its end tag is written out, since void elements of HTML have none.
fn link(rel: &str, href: &str) -> Markup {
    html! { link href=(href) rel=(rel) {} }
}

/// The beginning of a day, in UTC; 1970-01-01 where there is no valid day.
fn timestamp(day: Option<&str>) -> String {
    let day = day.filter(|day| day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok());
    format!("{}T00:00:00+00:00", day.unwrap_or("1970-01-01"))
}

/// Text without the characters that XML 1.0 does not allow, and without other
/// control characters; tabs and line breaks become spaces.
fn xml_text(text: &str) -> String {
    let spaced = text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r' | '\u{85}') { ' ' } else { c });
    spaced.filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

#[cfg(test)]
mod tests {
    use crate::search::{Snippet, SnippetField};

    use super::*;

    fn hit(title: &str, snippet: &str) -> Hit {
        let snippet = Snippet {
            field: SnippetField::Body,
            start: 0,
            end: snippet.len(),
            text: snippet.to_owned(),
            highlights: Vec::new(),
        };
        Hit {
            rank: 1,
            id: "a b/1".to_owned(),
            complete: true,
            score: 1.0,
            path: "a.txt".to_owned(),
            title: title.to_owned(),
            title_highlights: Vec::new(),
            published: Some("2021-05-06".to_owned()),
            source: None,
            url: None,
            snippets: vec![snippet],
            entities: Vec::new(),
            duplicates: Vec::new(),
            explanation: None,
        }
    }

    #[test]
    fn feeds_are_atom() {
        let shown = document("newsearch: film", "http://h/feed?q=film&n=1", &[hit("Top <Gun>", "“A & B”")], "http://h");
        let expected = "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>newsearch: film</title>\
            <id>http://h/feed?q=film&amp;n=1</id><updated>2021-05-06T00:00:00+00:00</updated>\
            <generator>newsearch</generator>\
            <link href=\"http://h/feed?q=film&amp;n=1\" rel=\"self\"></link>\
            <link href=\"http://h/search?q=film&amp;n=1\" rel=\"alternate\"></link>\
            <entry><title>Top &lt;Gun&gt;</title><id>urn:newsearch:a%20b%2F1</id>\
            <updated>2021-05-06T00:00:00+00:00</updated><author><name>unknown</name></author>\
            <link href=\"http://h/article/a%20b%2F1\" rel=\"alternate\"></link>\
            <summary>“A &amp; B”</summary></entry></feed>";
        assert_eq!(shown.into_string(), expected);
        assert!(
            document("newsearch: ", "http://h/feed", &[], "http://h").into_string().contains(">1970-01-01T00:00:00+")
        );
    }

    #[test]
    fn feeds_with_odd_characters_are_read_back() {
        let title =
            "a\u{0}b\u{b}c\u{1b}[1m \u{fffe}\u{ffff}d\te\r\nf \u{85}g ]]> <![CDATA[ \"h\" 'i' &amp; \u{1f3ac} é";
        let hits = [hit(title, title)];
        let shown = document(title, "http://h/feed?q=<x>&y='\"", &hits, "http://h").into_string();
        let read = feed_rs::parser::parse(shown.as_bytes()).expect("valid Atom");
        let expected = "abc[1m d e  f  g ]]> <![CDATA[ \"h\" 'i' &amp; \u{1f3ac} é";
        assert_eq!(read.entries[0].title.as_ref().map(|title| title.content.as_str()), Some(expected));
        assert_eq!(read.links.len(), 2);
    }

    #[test]
    fn text_has_only_what_xml_allows() {
        let check = |text: &str, expected: &str| assert_eq!(xml_text(text), expected, "{text:?}");
        check("plain – “text” 日本", "plain – “text” 日本");
        check("a\tb\nc", "a b c");
        check("\u{0}\u{1}\u{8}\u{b}\u{c}\u{e}\u{1f}\u{7f}x\u{80}\u{9f}", "x");
        check("\u{fffd}\u{fffe}\u{ffff}", "\u{fffd}");
    }

    #[test]
    fn days_become_timestamps() {
        let check = |day, expected: &str| assert_eq!(timestamp(day), expected, "{day:?}");
        check(Some("2022-03-25"), "2022-03-25T00:00:00+00:00");
        check(Some("2022-02-30"), "1970-01-01T00:00:00+00:00");
        check(Some("2022"), "1970-01-01T00:00:00+00:00");
        check(None, "1970-01-01T00:00:00+00:00");
    }
}
