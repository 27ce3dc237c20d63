//! Splits a file into its records, streaming if it holds several. One file per
//! format.

mod json;
mod json_lines;
mod named_fields;
mod sgml;
#[cfg(feature = "formats")]
mod csv;
#[cfg(feature = "formats")]
mod feed;
#[cfg(feature = "formats")]
mod http;
#[cfg(feature = "formats")]
mod mail;
#[cfg(feature = "formats")]
mod structure;
#[cfg(feature = "formats")]
mod warc;
#[cfg(test)]
mod testing;

use super::decode::{decode, decode_page, non_empty};
#[cfg(any(feature = "formats", feature = "pdf"))]
use super::documents;
use super::error::ReadErrorKind;
use super::format::{Format, Kind};
use super::member::Member;
use super::record::RawRecord;
use super::sink::RecordSink;
#[cfg(any(feature = "formats", feature = "pdf"))]
pub(super) use named_fields::NamedFields;

/// Reads the records of a member that is neither archive nor compressed.
pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>, kind: Kind) -> Result<(), ReadErrorKind> {
    match kind {
        Kind::JsonLines => json_lines::read(sink, member),
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
        Kind::Warc => warc::read(sink, member),
        #[cfg(feature = "formats")]
        Kind::Rtf => documents::read_rtf(sink, member),
        #[cfg(feature = "pdf")]
        Kind::Pdf => documents::read_pdf(sink, member),
        #[cfg(not(feature = "pdf"))]
        Kind::Pdf => Err(ReadErrorKind::NeedsFeature { format: kind.name(), feature: "pdf" }),
        Kind::Unread(format) => Err(ReadErrorKind::NotRead { format, instead: "save it as DOCX, PDF or text" }),
        // Unpacked by the caller.
        #[cfg(feature = "formats")]
        Kind::Archive(_) | Kind::Compressed(_) | Kind::Package(_) => Ok(()),
        #[cfg(not(feature = "formats"))]
        kind => Err(ReadErrorKind::NeedsFeature { format: kind.name(), feature: "formats" }),
    }
}

/// A file that is one record.
fn read_single(sink: &mut RecordSink<'_>, member: Member<'_>, format: Format) -> Result<(), ReadErrorKind> {
    let path = member.path.clone();
    let bytes = member.read_whole(sink.limits.record)?;
    let text = if format == Format::Html { decode_page(bytes, None) } else { decode(bytes)? };
    sink.record(RawRecord { path, place: None, format, url: None, text: non_empty(text)? });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::testing::read;
    use super::*;

    #[test]
    fn a_single_record_keeps_its_text() {
        let check = |format: Format, content: &[u8], expected: &str| {
            let records = read(content, |sink, member| super::read(sink, member, Kind::Single(format)));
            let record = records.expect("a readable file").remove(0).expect("a record");
            assert_eq!((record.format, record.text.as_str(), record.place), (format, expected, None));
        };
        check(Format::Text, b"The film opens.\n", "The film opens.\n");
        check(Format::Markdown, b"# Opens", "# Opens");
        check(Format::Html, b"<p>A \0film", "<p>A film");
        let empty = read(b" \n", |sink, member| super::read(sink, member, Kind::Single(Format::Text)));
        assert!(matches!(empty, Err(ReadErrorKind::Empty)));
    }
}
