//! RSS, Atom, RDF, CDF and JSON Feed. Each item is a record.
//!
//! Feeds are read although they are broken, as readers of news do: what is good in
//! them are items between tags, whatever stands around.

mod address;
mod capture;
mod item;
mod json_feed;
mod person;
mod references;
mod tokens;
mod vocabulary;
mod xml;
#[cfg(test)]
mod kinds;

use std::ops::ControlFlow;

use self::item::{FeedFacts, Item};
use self::json_feed::JsonFeed;
use super::structure::{MAX_ITEMS, check_json_feed};
use crate::read::decode::decode_markup;
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
    let text = sink.text(path, None, decode_markup(bytes.to_vec(), None));
    if text.trim_start().starts_with('{') { read_json(sink, path, &text) } else { read_xml(sink, path, &text) }
}

fn read_json(sink: &mut RecordSink<'_>, path: &str, text: &str) -> Result<(), ReadErrorKind> {
    check_json_feed(text.as_bytes())?;
    let feed: JsonFeed<'_> = serde_json::from_str(text)?;
    if feed.items.is_empty() {
        let version = format!("JSON Feed {}", feed.version.as_str().unwrap_or_default());
        return Err(ReadErrorKind::NoItems { version: version.trim().to_owned() });
    }
    let facts = feed.facts();
    let several = feed.items.len() > 1;
    for (index, raw) in feed.items.iter().enumerate() {
        let place = several.then_some(index + 1);
        match json_feed::item(raw) {
            Some(item) => record(sink, path, place, item, &facts),
            None => {
                let what = "an item that is not an object".to_owned();
                sink.error(path, place, ReadErrorKind::Malformed { format: "feed", what });
            }
        }
    }
    Ok(())
}

fn read_xml(sink: &mut RecordSink<'_>, path: &str, text: &str) -> Result<(), ReadErrorKind> {
    // Walked over twice: an item needs to know the title of the feed, which may come
    // after it, and a list of all items may take many times the memory of the text.
    let mut count = 0;
    let feed = xml::walk(text, &mut |_, _| {
        count += 1;
        if count > MAX_ITEMS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if count == 0 {
        return Err(without_items(&feed));
    }
    let mut index = 0;
    let mut last_is_cut = false;
    xml::walk(text, &mut |item, is_cut| {
        index += 1;
        if index > MAX_ITEMS {
            return ControlFlow::Break(());
        }
        let place = (count > 1).then_some(index);
        last_is_cut = is_cut;
        if is_cut {
            sink.error(path, place, ReadErrorKind::Truncated { format: "feed" });
        }
        if !is_cut || item.has_text() {
            record(sink, path, place, item, &feed.facts);
        }
        ControlFlow::Continue(())
    });
    if count > MAX_ITEMS {
        return Err(ReadErrorKind::TooMany { what: "items", limit: MAX_ITEMS });
    }
    if feed.is_cut && !last_is_cut {
        sink.error(path, None, ReadErrorKind::Truncated { format: "feed" });
    }
    Ok(())
}

fn record(sink: &mut RecordSink<'_>, path: &str, place: Option<usize>, item: Item, facts: &FeedFacts) {
    sink.record(item.into_fields(facts).into_record(path, place));
}

/// Why there is nothing to read.
fn without_items(feed: &xml::Outcome) -> ReadErrorKind {
    if feed.version.is_empty() {
        let found = if feed.root.is_empty() { "no element".to_owned() } else { format!("<{}>", feed.root) };
        let what = format!("it begins with {found}; expected RSS, RDF, Atom or CDF with items");
        return ReadErrorKind::Malformed { format: "feed", what };
    }
    ReadErrorKind::NoItems { version: feed.version.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::records::testing::{read as run, sorted_summary};

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
        let b = r#"2 {"id":"2","section":"Film","source":"Reel","tags":["Film"],"title":"C"}"#;
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
                r#"3 {"id":"https://reel.example/c","source":"Reel","title":"C","url":"https://reel.example/c"}"#,
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
        assert!(matches!(empty, Err(ReadErrorKind::NoItems { version }) if version == "RSS 2.0"));
        assert!(matches!(run(b"no feed", read), Err(ReadErrorKind::Malformed { format: "feed", .. })));
    }
}
