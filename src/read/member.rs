//! A file on disk or a member of an archive, with the detection of its kind.

use std::io::{self, BufRead, Read};

use super::charset::{Charset, charset, wide};
use super::decode::decode_markup;
use super::error::ReadErrorKind;
use super::format::{self, Format, Kind, NameHint};
use super::sniff;
use super::transcode::Transcoder;

/// Bytes by which the encoding of a file with many records is found.
const SAMPLE: usize = 64 << 10;

/// An input to read: a file on disk or a member of an archive.
pub(super) struct Member<'a> {
    /// Its name in results: `archive.zip!/a.html`.
    pub(super) path: String,
    /// The name whose extension states the format: `a.html`.
    pub(super) name: String,
    /// How many archives and compressions enclose it.
    #[cfg_attr(not(feature = "formats"), allow(dead_code))]
    pub(super) depth: usize,
    /// Whether the user named it. If so it is read even if neither name nor
    /// content states a format.
    pub(super) explicit: bool,
    /// The encoding of its content, once [`Member::into_utf8`] has found it.
    pub(super) charset: Charset,
    /// Its content.
    pub(super) input: Box<dyn BufRead + 'a>,
}

impl<'a> Member<'a> {
    /// A file on disk or another input that no archive encloses.
    pub(super) fn new(path: &str, explicit: bool, input: impl BufRead + 'a) -> Self {
        Self {
            path: path.to_owned(),
            name: path.to_owned(),
            depth: 0,
            explicit,
            charset: Charset::Ascii,
            input: Box::new(input),
        }
    }

    /// The same input, with another name that states its format.
    #[cfg(feature = "formats")]
    pub(super) fn named(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// The kind: by content where a signature decides, else by name, else
    /// guessed from the content. `None` if it holds no article.
    pub(super) fn kind(&mut self) -> Result<Option<Kind>, ReadErrorKind> {
        let hint = format::by_name(&self.name);
        let head = in_utf8(self.head()?);
        let signature = sniff::by_signature(&head);
        let kind = match (hint, signature) {
            (NameHint::NoArticle, _) if !self.explicit => None,
            // Markdown may start with HTML; JSON and tables with anything.
            (NameHint::Is(kind), found) if is_known_by_name(kind) && !is_container(found) => Some(kind),
            (_, Some(kind)) => Some(kind),
            (NameHint::Is(kind @ (Kind::Rtf | Kind::Pdf | Kind::Package(_))), None) => {
                let guessed = sniff::guess_document(kind, self.head()?);
                Some(guessed.map_or_else(|| self.not_as_named(kind), Ok)?)
            }
            (NameHint::Is(kind @ (Kind::Compressed(_) | Kind::Archive(_) | Kind::Warc)), None) => {
                return self.not_as_named(kind).map(Some);
            }
            (NameHint::Is(kind), None) => Some(kind),
            (_, None) => {
                let explicit = self.explicit;
                sniff::guess(&head).or(explicit.then_some(Kind::Single(Format::Text)))
            }
        };
        Ok(kind)
    }

    /// The error for content that is not of the kind that its name states.
    fn not_as_named(&mut self, kind: Kind) -> Result<Kind, ReadErrorKind> {
        let is_empty = self.head()?.is_empty();
        Err(if is_empty { ReadErrorKind::Empty } else { ReadErrorKind::NotAsNamed { expected: kind.name() } })
    }

    /// Reads the whole content.
    ///
    /// # Errors
    /// [`ReadErrorKind::Oversized`] if it is longer than `limit` bytes.
    pub(super) fn read_whole(self, limit: u64) -> Result<Vec<u8>, ReadErrorKind> {
        let mut bytes = Vec::new();
        self.input.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(ReadErrorKind::Oversized { bytes: bytes.len() as u64, limit });
        }
        Ok(bytes)
    }

    /// The first bytes, without consuming them: what the input returns at once,
    /// but at least [`sniff::MIN_HEAD`] bytes if there are that many.
    fn head(&mut self) -> Result<&[u8], ReadErrorKind> {
        self.buffer(sniff::MIN_HEAD, sniff::HEAD)?;
        let buffer = self.input.fill_buf()?;
        Ok(&buffer[..buffer.len().min(sniff::HEAD)])
    }

    /// The first `count` bytes, or all that there are, without consuming them.
    pub(super) fn peek(&mut self, count: usize) -> Result<&[u8], ReadErrorKind> {
        self.buffer(count, count)?;
        let buffer = self.input.fill_buf()?;
        Ok(&buffer[..buffer.len().min(count)])
    }

    /// The first bytes by which a file with many records is understood: `count` of a
    /// file, and of standard input or a pipe what has arrived, since its first records
    /// are not to wait for the others.
    pub(super) fn sample(&mut self, count: usize) -> Result<&[u8], ReadErrorKind> {
        if self.path == "-" { self.head() } else { self.peek(count) }
    }

    /// The same content in UTF-8, by the encoding of its start. Its records are read
    /// with [`decode_part`](super::decode::decode_part): bytes that are not of the
    /// encoding are not of UTF-8 either.
    pub(super) fn into_utf8(mut self) -> Result<Self, ReadErrorKind> {
        let sample = self.sample(SAMPLE)?;
        // A character at the end of the sample may be incomplete.
        let end = if sample.len() < SAMPLE { None } else { memchr::memrchr(b'\n', sample) };
        self.charset = charset(&sample[..end.unwrap_or(sample.len())], None);
        self.input = match Transcoder::new(self.input, self.charset) {
            Ok(input) => Box::new(input),
            Err(input) => input,
        };
        Ok(self)
    }

    /// Reads `count` bytes ahead unless the input returns `least` bytes at once. An
    /// error behind the first byte stays for whoever reads up to there.
    fn buffer(&mut self, least: usize, count: usize) -> io::Result<()> {
        if self.input.fill_buf()?.len() >= least {
            return Ok(());
        }
        let mut start = Vec::new();
        let input = std::mem::replace(&mut self.input, Box::new(io::empty()));
        let mut limited = input.take(count as u64);
        let read = limited.read_to_end(&mut start);
        let start = io::Cursor::new(start);
        self.input = match read {
            Ok(_) => Box::new(start.chain(limited.into_inner())),
            Err(error) => {
                let failing = io::BufReader::new(Failing(Some(error)));
                Box::new(start.chain(failing).chain(limited.into_inner()))
            }
        };
        Ok(())
    }
}

/// The start of a file in UTF-8, if that is not plain to see in its bytes.
fn in_utf8(head: &[u8]) -> Vec<u8> {
    match wide(head) {
        Some(Charset::Utf8) | None => head.to_vec(),
        Some(_) => decode_markup(head.to_vec(), None).text.into_bytes(),
    }
}

/// An input that fails once, and then ends.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Kinds whose name decides unless the content is packed.
fn is_known_by_name(kind: Kind) -> bool {
    matches!(kind, Kind::Single(Format::Markdown | Format::Json) | Kind::JsonLines | Kind::Csv)
}

fn is_container(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Compressed(_) | Kind::Archive(_) | Kind::Pdf | Kind::Unread(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::format::Compression;

    fn check(name: &str, explicit: bool, content: &[u8], expected: Option<Kind>) {
        let kind = Member::new(name, explicit, content).kind().expect("a readable input");
        assert_eq!(kind, expected, "{name} {explicit}");
    }

    #[test]
    fn signature_then_name_then_guess() {
        let html = b"<!DOCTYPE html><p>A film opens.";
        let gzip = b"\x1f\x8b\x08\0";
        check("a.txt", false, html, Some(Kind::Single(Format::Html)));
        check("a.md", false, html, Some(Kind::Single(Format::Markdown)));
        check("a.csv", false, html, Some(Kind::Csv));
        check("a.csv", false, gzip, Some(Kind::Compressed(Compression::Gzip)));
        check("a.txt", false, b"", Some(Kind::Single(Format::Text)));
        check("notes", false, b"A film opens in every theater.", Some(Kind::Single(Format::Text)));
        check("style.css", false, b"p { color: red }", None);
        check("style.css", true, b"A film opens in every theater.", Some(Kind::Single(Format::Text)));
        check("a.pdf", false, b"%PDF-1.4\n", Some(Kind::Pdf));
        check("a.pdf", false, b"Header\n%PDF-1.4\n", Some(Kind::Pdf));
        check("a.pdf", false, html, Some(Kind::Single(Format::Html)));
        check("a.pdf", false, b"A film opens in every theater.", Some(Kind::Single(Format::Text)));
        check("a.html", false, b"%PDF-1.4\n", Some(Kind::Pdf));
        check("a.json", false, b"%PDF-1.4\n", Some(Kind::Pdf));
        check("a.doc", false, b"{\\rtf1 A film}", Some(Kind::Rtf));
        check("a.xlsx", false, b"PK\x03\x04", None);
        check("data", false, b"1,2,3,4", None);
        check("data", true, b"1,2,3,4", Some(Kind::Single(Format::Text)));
        let wide: Vec<u8> = "<!DOCTYPE html><p>A film opens.".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check("saved", false, &wide, Some(Kind::Single(Format::Html)));
    }

    #[test]
    fn what_precedes_an_error_is_read() {
        let damaged = io::BufReader::new(b"start".chain(Failing(Some(io::Error::other("damaged")))));
        let mut member = Member::new("a", true, damaged);
        assert_eq!(member.peek(2000).expect("the start"), b"start");
        let mut text = String::new();
        let error = member.input.read_to_string(&mut text).expect_err("damaged");
        assert_eq!((text.as_str(), error.to_string().as_str()), ("start", "damaged"));
    }

    #[test]
    fn other_encodings_are_converted() {
        let utf16: Vec<u8> = "{\"a\":1}\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (korean, ..) = encoding_rs::EUC_KR.encode("배우가 새 영화에 출연한다고 밝혔다.");
        for (bytes, expected) in [
            (&utf16[..], "{\"a\":1}\n"),
            ("\u{feff}é".as_bytes(), "\u{feff}é"),
            (&korean, "배우가 새 영화에 출연한다고 밝혔다."),
        ] {
            let mut text = String::new();
            let mut member = Member::new("a", true, bytes).into_utf8().expect("memory");
            member.input.read_to_string(&mut text).expect("UTF-8");
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn archive_names_without_archive_content_are_errors() {
        let kind = |content: &'static [u8]| Member::new("a.zip", false, content).kind();
        let pdf = Member::new("a.pdf", false, &b"1 0 obj << >> endobj"[..]).kind();
        assert!(matches!(pdf, Err(ReadErrorKind::NotAsNamed { expected: "PDF" })));
        assert!(matches!(kind(b""), Err(ReadErrorKind::Empty)));
        assert!(matches!(kind(b"no archive"), Err(ReadErrorKind::NotAsNamed { expected: "zip" })));
    }

    #[test]
    fn the_limit_is_inclusive_and_detection_consumes_nothing() {
        let content = vec![b'x'; 3000];
        let mut member = Member::new("a", true, &content[..]);
        assert!(member.kind().is_ok());
        assert_eq!(member.read_whole(3000).expect("a full read"), content);
        let longer = Member::new("a", true, &content[..]).read_whole(2999);
        assert!(matches!(longer, Err(ReadErrorKind::Oversized { bytes: 3000, limit: 2999 })));
    }
}
