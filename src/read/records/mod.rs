//! Splits a file into its records, streaming if it holds several. One file per
//! format.

mod day;
mod json;
mod named_fields;
mod people;
mod sgml;
#[cfg(feature = "formats")]
mod csv;
#[cfg(feature = "formats")]
mod exports;
#[cfg(feature = "formats")]
mod feed;
#[cfg(feature = "formats")]
mod left_out;
#[cfg(feature = "formats")]
mod mail;
#[cfg(feature = "formats")]
mod mail_charset;
#[cfg(feature = "formats")]
mod structure;
#[cfg(feature = "formats")]
mod substack;
#[cfg(feature = "formats")]
mod warc;
#[cfg(feature = "formats")]
mod xml;
#[cfg(test)]
mod testing;

#[cfg(feature = "formats")]
pub(super) use substack::SubstackPosts;

use super::charset::wide;
use super::decode::{Decoded, binary_at, decode_markup, decode_text, non_empty};
#[cfg(any(feature = "formats", feature = "pdf"))]
use super::documents;
use super::error::ReadErrorKind;
use super::format::{Format, Kind};
use super::member::Member;
use super::record::RawRecord;
use super::sink::RecordSink;
#[cfg(any(feature = "formats", feature = "pdf"))]
pub(super) use named_fields::NamedFields;

/// Bytes at the start of a file by which its layout and the order of its dates are told.
const SAMPLE: usize = 256 << 10;

/// Reads the records of a member that is neither archive nor compressed.
pub(super) fn read(sink: &mut RecordSink<'_>, mut member: Member<'_>, kind: Kind) -> Result<(), ReadErrorKind> {
    if has_many_records(kind) {
        sink.look_ahead(member.sample(SAMPLE)?);
    }
    match kind {
        Kind::JsonLines => json::read_lines(sink, member),
        Kind::Single(Format::Json) => json::read(sink, member),
        Kind::Single(format) => read_single(sink, member, format),
        Kind::Sgml => sgml::read(sink, member),
        #[cfg(feature = "formats")]
        Kind::Csv => csv::read(sink, member),
        #[cfg(feature = "formats")]
        Kind::Feed => feed::read(sink, member),
        #[cfg(feature = "formats")]
        Kind::Mail => mail::read(sink, member),
        #[cfg(feature = "formats")]
        Kind::Mbox => mail::read_mbox(sink, member),
        #[cfg(feature = "formats")]
        Kind::Warc => warc::read(sink, member),
        #[cfg(feature = "formats")]
        Kind::Xml(format) => xml::read(sink, member, format),
        #[cfg(feature = "formats")]
        Kind::Rtf => documents::read_rtf(sink, member),
        #[cfg(feature = "pdf")]
        Kind::Pdf => documents::read_pdf(sink, member),
        #[cfg(not(feature = "pdf"))]
        Kind::Pdf => Err(ReadErrorKind::NeedsFeature { format: kind.name(), feature: "pdf" }),
        Kind::Unread(format) => Err(ReadErrorKind::UnreadKind { format, instead: "save it as DOCX, PDF or text" }),
        // Unpacked by the caller.
        #[cfg(feature = "formats")]
        Kind::Archive(_) | Kind::Compressed(_) | Kind::Package(_) => Ok(()),
        #[cfg(not(feature = "formats"))]
        kind => Err(ReadErrorKind::NeedsFeature { format: kind.name(), feature: "formats" }),
    }
}

fn has_many_records(kind: Kind) -> bool {
    #[cfg(feature = "formats")]
    if kind == Kind::Csv {
        return true;
    }
    matches!(kind, Kind::JsonLines | Kind::Single(Format::Json))
}

/// A file that is one record.
fn read_single(sink: &mut RecordSink<'_>, member: Member<'_>, format: Format) -> Result<(), ReadErrorKind> {
    let path = member.path.clone();
    let bytes = member.read_whole(sink.limits.record)?;
    let decoded = match format {
        Format::Html => decode_page(bytes)?,
        _ => decode_text(bytes)?,
    };
    let text = non_empty(sink.text(&path, None, decoded))?;
    #[cfg(feature = "formats")]
    if format == Format::Text && pass_on_export(sink, &path, &text) {
        return Ok(());
    }
    sink.record(RawRecord::new(path, None, format, text));
    Ok(())
}

/// Passes on the articles of a text that is the export of a database of newspapers;
/// `false` for any other text.
#[cfg(feature = "formats")]
pub(super) fn pass_on_export(sink: &mut RecordSink<'_>, path: &str, text: &str) -> bool {
    let Some(articles) = exports::articles(text) else { return false };
    let several = articles.len() > 1;
    for (index, fields) in articles.into_iter().enumerate() {
        sink.record(fields.into_record(path, several.then_some(index + 1)));
    }
    true
}

/// Decodes a file that is a page by name or content.
fn decode_page(bytes: Vec<u8>) -> Result<Decoded, ReadErrorKind> {
    match binary_at(&bytes).filter(|_| wide(&bytes).is_none()) {
        Some(at) => Err(ReadErrorKind::Binary { at }),
        None => Ok(decode_markup(bytes, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::testing::read;
    use super::*;

    #[test]
    fn a_single_record_keeps_its_text() {
        let check = |format: Format, content: &[u8], expected: &str| {
            let records = read(content, |sink, member| super::read(sink, member, Kind::Single(format)));
            let record = records.expect("a readable file").pop().and_then(Result::ok).expect("a record");
            assert_eq!((record.format, record.text.as_str(), record.place), (format, expected, None));
        };
        check(Format::Text, b"The film opens.\n", "The film opens.\n");
        check(Format::Markdown, b"# Opens", "# Opens");
        check(Format::Html, b"<p>A \0film", "<p>A film");
        check(Format::Text, b"A \0film", "A film");
        let empty = read(b" \n", |sink, member| super::read(sink, member, Kind::Single(Format::Text)));
        assert!(matches!(empty, Err(ReadErrorKind::Empty)));
    }

    #[test]
    fn records_know_the_order_of_the_dates_of_their_file() {
        use crate::read::DateOrder;
        let orders = |content: &str, kind: Kind| -> Vec<Option<DateOrder>> {
            let records = read(content.as_bytes(), |sink, member| super::read(sink, member, kind));
            records.expect("records").into_iter().flatten().map(|record| record.date_order).collect()
        };
        let lines = "{\"date\":\"04/05/2019\"}\n{\"date\":\"13/05/2019\"}\n";
        assert_eq!(orders(lines, Kind::JsonLines), [Some(DateOrder::DayFirst); 2]);
        let array = r#"[{"date":"04/05/2019"},{"date":"05/13/2019"}]"#;
        assert_eq!(orders(array, Kind::Single(Format::Json)), [Some(DateOrder::MonthFirst); 2]);
        assert_eq!(orders("{\"date\":\"04/05/2019\"}\n", Kind::JsonLines), [None]);
        #[cfg(feature = "formats")]
        assert_eq!(orders("title,date\nA,04/05/19\nB,13/05/19\n", Kind::Csv), [Some(DateOrder::DayFirst); 2]);
        // What is too far to be seen ahead is known from there on.
        let far = format!(
            "{{\"date\":\"04/05/2019\"}}\n{}{{\"date\":\"13/05/2019\"}}\n",
            "{\"title\":\"A film\"}\n".repeat(20_000)
        );
        let far = orders(&far, Kind::JsonLines);
        assert_eq!((far[0], far.last()), (None, Some(&Some(DateOrder::DayFirst))));
    }
}
