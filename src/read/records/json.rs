//! A JSON file: one object, an array of objects, objects one after another, or
//! a JSON Feed.

use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::read::decode::{decode_text, non_empty};
use crate::read::error::ReadErrorKind;
use crate::read::format::Format;
use crate::read::member::Member;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;

/// The key that identifies a JSON Feed (versions 1 and 1.1).
#[derive(Deserialize)]
struct FeedHeader<'a> {
    #[serde(borrow)]
    version: std::borrow::Cow<'a, str>,
}

pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>) -> Result<(), ReadErrorKind> {
    let path = member.path.clone();
    let decoded = decode_text(member.read_whole(sink.limits.record)?)?;
    let text = non_empty(sink.text(&path, None, decoded))?;
    if serde_json::from_str::<FeedHeader<'_>>(&text).is_ok_and(|head| head.version.contains("jsonfeed.org/version/")) {
        return read_feed(sink, &path, &text);
    }
    // Counted first: a list of all items may take many times the memory of the text.
    let mut count = 0;
    for_each_item(&text, &mut |_| count += 1)?;
    let mut number = 0;
    for_each_item(&text, &mut |item| {
        number += 1;
        let place = (count > 1).then_some(number);
        sink.record(RawRecord { path: path.clone(), place, format: Format::Json, url: None, text: item.to_owned() });
    })
}

/// Calls `each` with every value of a text, and with those in an array one by one.
fn for_each_item(text: &str, each: &mut dyn FnMut(&str)) -> Result<(), ReadErrorKind> {
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        let value = value?.get();
        if value.starts_with('[') {
            serde_json::Deserializer::from_str(value).deserialize_seq(Items(each))?;
        } else {
            each(value);
        }
    }
    Ok(())
}

/// Visits the items of an array without keeping them.
struct Items<'f>(&'f mut dyn FnMut(&str));

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<&RawValue>()? {
            (self.0)(item.get());
        }
        Ok(())
    }
}

#[cfg(feature = "formats")]
fn read_feed(sink: &mut RecordSink<'_>, path: &str, text: &str) -> Result<(), ReadErrorKind> {
    super::feed::read_items(sink, path, text.as_bytes())
}

#[cfg(not(feature = "formats"))]
fn read_feed(_: &mut RecordSink<'_>, _: &str, _: &str) -> Result<(), ReadErrorKind> {
    Err(ReadErrorKind::NeedsFeature { format: "JSON Feed", feature: "formats" })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read as run, summary};
    use super::*;

    fn check(content: &str, expected: &[&str]) {
        let records = run(content.as_bytes(), read).expect("valid JSON");
        assert_eq!(summary(&records), expected, "{content}");
    }

    #[test]
    fn objects_arrays_and_sequences() {
        check(r#"{"title":"A"}"#, &[r#"0 {"title":"A"}"#]);
        check(r#"[{"a":1},{"b":2}]"#, &[r#"1 {"a":1}"#, r#"2 {"b":2}"#]);
        check(r#"[{"a":1}]"#, &[r#"0 {"a":1}"#]);
        check("{\"a\":1}\n{\"b\":2}", &[r#"1 {"a":1}"#, r#"2 {"b":2}"#]);
        check("[]", &[]);
        check("\u{feff}{\"version\":\"2\"}", &[r#"0 {"version":"2"}"#]);
    }

    #[test]
    fn errors_concern_the_whole_file() {
        assert!(matches!(run(b"{\"a\": ", read), Err(ReadErrorKind::Json(_))));
        assert!(matches!(run(b" ", read), Err(ReadErrorKind::Empty)));
        assert!(matches!(run(&[b'1'; 1001], read), Err(ReadErrorKind::Oversized { .. })));
    }

    #[test]
    fn json_feeds() {
        let feed = br#"{"version":"https://jsonfeed.org/version/1.1","title":"Reel","items":[{"id":"7","title":"Atwell joins","content_html":"<p>She runs.</p>"}]}"#;
        match run(feed, read) {
            Ok(records) => assert!(cfg!(feature = "formats") && summary(&records)[0].contains("Atwell joins")),
            Err(kind) => assert!(matches!(kind, ReadErrorKind::NeedsFeature { .. }), "{kind}"),
        }
    }
}
