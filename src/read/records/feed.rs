//! RSS, Atom, RDF and JSON Feed. Each item is a record.

use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser;

use super::named_fields::NamedFields;
use super::structure::{check_json_feed, check_xml_feed};
use crate::read::error::ReadErrorKind;
use crate::read::member::Member;
use crate::read::sink::RecordSink;

pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let path = member.path.clone();
    let bytes = member.read_whole(sink.limits.record)?;
    read_items(sink, &path, &bytes)
}

/// Reads a feed that is already in memory.
pub(super) fn read_items(sink: &mut RecordSink<'_>, path: &str, bytes: &[u8]) -> Result<(), ReadErrorKind> {
    if bytes.trim_ascii_start().starts_with(b"{") {
        check_json_feed(bytes)?
    } else {
        check_xml_feed(bytes)?
    }
    // Items without an id would get one at random, another in each run.
    let parser = parser::Builder::new().id_generator(|_, _, _| String::new()).build();
    let parsed = parser.parse(bytes);
    let feed = parsed.map_err(|error| ReadErrorKind::Malformed { format: "feed", what: error.to_string() })?;
    if feed.entries.is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    let several = feed.entries.len() > 1;
    for (index, entry) in feed.entries.iter().enumerate() {
        sink.record(item_fields(entry, &feed).into_record(path, several.then_some(index + 1)));
    }
    Ok(())
}

fn item_fields(entry: &Entry, feed: &Feed) -> NamedFields {
    let mut fields = NamedFields::default();
    fields.put("id", Some(&entry.id));
    fields.put("title", text_of(entry.title.as_ref()));
    fields.put("text", body(entry));
    fields.put("date", entry.published.or(entry.updated).map(|time| time.to_rfc3339()));
    fields.put("modified", entry.updated.map(|time| time.to_rfc3339()));
    fields.put("url", address(entry));
    fields.put("authors", authors(entry, feed));
    fields.put("source", text_of(feed.title.as_ref()));
    fields.put("section", entry.categories.first().map(|c| c.label.as_deref().unwrap_or(&c.term)));
    fields
}

fn text_of(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.content.clone())
}

/// The longer of content and summary: some feeds give the full text in the
/// summary.
fn body(entry: &Entry) -> Option<String> {
    let content = entry.content.as_ref().and_then(|content| content.body.clone());
    let summary = text_of(entry.summary.as_ref());
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    if length(&content) >= length(&summary) { content } else { summary }
}

/// The link to the article itself.
fn address(entry: &Entry) -> Option<&str> {
    let main = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    main.or(entry.links.first()).map(|link| link.href.as_str())
}

/// The authors of the item, else of the feed.
fn authors(entry: &Entry, feed: &Feed) -> Option<String> {
    let people = if entry.authors.is_empty() { &feed.authors } else { &entry.authors };
    let names: Vec<&str> = people.iter().filter_map(|person| person.name.as_deref()).collect();
    (!names.is_empty()).then(|| names.join("; "))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read as run, sorted_summary};
    use super::*;

    fn check(items: &str, expected: &[&str]) {
        let feed = format!("<rss version=\"2.0\"><channel><title>Reel</title>{items}</channel></rss>");
        let records = run(feed.as_bytes(), read).expect("a feed");
        assert_eq!(sorted_summary(&records), expected);
    }

    #[test]
    fn items_become_records() {
        let first = "<item><guid>1</guid><title>A</title><link>https://reel.example/a</link><description>B</description></item>";
        let a = r#"{"id":"1","source":"Reel","text":"B","title":"A","url":"https://reel.example/a"}"#;
        check(first, &[&format!("0 {a}")]);
        let second = "<item><guid>2</guid><title>C</title><category>Film</category></item>";
        let b = r#"2 {"id":"2","section":"Film","source":"Reel","title":"C"}"#;
        check(&format!("{first}{second}"), &[&format!("1 {a}"), b]);
    }

    #[test]
    fn items_without_an_id_get_none() {
        let feed = "<item><title>A</title></item><item><link>https://reel.example/b</link><title>B</title></item><item><guid isPermaLink=\"true\">https://reel.example/c</guid><title>C</title></item>";
        check(
            feed,
            &[
                r#"1 {"source":"Reel","title":"A"}"#,
                r#"2 {"source":"Reel","title":"B","url":"https://reel.example/b"}"#,
                r#"3 {"id":"https://reel.example/c","source":"Reel","title":"C"}"#,
            ],
        );
        let without = |feed: &str| {
            let found = sorted_summary(&run(feed.as_bytes(), read).expect("a feed"));
            assert!(found.len() == 1 && !found[0].contains("\"id\""), "{found:?}");
        };
        without("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>R</title><entry><title>A</title></entry></feed>");
        without(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel><title>R</title></channel><item rdf:about=\"https://reel.example/a\"><title>A</title><link>https://reel.example/a</link></item></rdf:RDF>",
        );
        without(
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"R","items":[{"title":"A","content_text":"x"}]}"#,
        );
    }

    #[test]
    fn the_longer_of_content_and_summary_is_the_text() {
        let item = |summary: &str, content: &str| {
            let feed = format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>R</title><id>f</id><updated>2019-09-09T00:00:00Z</updated><author><name>Ann Lee</name></author><entry><id>1</id><title>A</title><updated>2019-09-08T10:00:00Z</updated><summary>{summary}</summary><content>{content}</content></entry></feed>"
            );
            let text = run(feed.as_bytes(), read).expect("a feed").remove(0).expect("a record").text;
            serde_json::from_str::<serde_json::Value>(&text).expect("JSON")
        };
        assert_eq!(item("Short.", "Longer text.")["text"], "Longer text.");
        let other = item("Longer text.", "Short.");
        assert_eq!((&other["text"], &other["authors"]), (&"Longer text.".into(), &"Ann Lee".into()));
        assert!(other["date"].as_str().is_some_and(|date| date.starts_with("2019-09-08")), "{other}");
    }

    #[test]
    fn feeds_without_items_or_end() {
        let empty = run(b"<rss version=\"2.0\"><channel><title>R</title></channel></rss>", read);
        assert!(matches!(empty, Err(ReadErrorKind::Empty)));
        assert!(matches!(run(b"no feed", read), Err(ReadErrorKind::Malformed { format: "feed", .. })));
    }
}
