//! What a web archive holds: captures of addresses, each a record by its content.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::http::Response;
use crate::read::archive::MemberNames;
use crate::read::decode::{decode, decode_page};
use crate::read::error::{ReadError, ReadErrorKind};
use crate::read::format::{Format, Kind};
use crate::read::limits::MAX_MEMBERS;
use crate::read::member::Member;
use crate::read::record::RawRecord;
use crate::read::sink::RecordSink;
use crate::read::sniff;

/// One capture, as the header of its record describes it.
pub(super) struct Capture {
    /// Its address, unless the record states none.
    pub(super) url: Option<String>,
    /// The number of the record.
    pub(super) item: usize,
    /// The type of the content in lower case, or nothing.
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

/// The captures of one archive that were read so far.
pub(super) struct Captures {
    path: String,
    names: MemberNames,
    /// Hashes of address and content.
    seen: HashSet<u64>,
    left_out: BTreeMap<&'static str, usize>,
}

impl Captures {
    pub(super) fn new(path: &str) -> Self {
        Self { path: path.to_owned(), names: MemberNames::default(), seen: HashSet::new(), left_out: BTreeMap::new() }
    }

    /// Counts what is not read.
    pub(super) fn leave_out(&mut self, what: &'static str) {
        *self.left_out.entry(what).or_default() += 1;
    }

    /// Passes on the capture of an HTTP response.
    pub(super) fn response(&mut self, sink: &mut RecordSink<'_>, mut capture: Capture) -> Result<(), ReadErrorKind> {
        let read = Response::of(&capture.body).and_then(|response| {
            if let Some(what) = left_out_by_head(&response) {
                return Ok(Err(what));
            }
            capture.body = response.body(std::mem::take(&mut capture.body), sink.limits.record)?;
            capture.content_type = response.content_type;
            Ok(Ok(()))
        });
        match read {
            Ok(Ok(())) => return self.content(sink, capture),
            Ok(Err(what)) => self.leave_out(what),
            Err(kind) => self.error(sink, &capture, kind),
        }
        Ok(())
    }

    /// Passes on a capture without a head. Each content of an address is an article of
    /// its own, the same one again is not.
    pub(super) fn content(&mut self, sink: &mut RecordSink<'_>, capture: Capture) -> Result<(), ReadErrorKind> {
        let kind = match kind_of(&capture) {
            Ok(kind) => kind,
            Err(what) => {
                self.leave_out(what);
                return Ok(());
            }
        };
        if !self.seen.insert(hash(&(capture.url.as_deref().unwrap_or_default(), &capture.body))) {
            self.leave_out("same content again");
            return Ok(());
        }
        if self.seen.len() > MAX_MEMBERS {
            return Err(ReadErrorKind::TooMany { what: "captures", limit: MAX_MEMBERS });
        }
        let path = match &capture.url {
            Some(url) => format!("{}!/{}", self.path, self.names.unique(url)),
            None => self.path.clone(),
        };
        for record in records_of(sink, &path, capture, kind) {
            match record {
                Ok(record) => sink.record(record),
                Err(ReadError { path, place, kind }) => sink.error(&path, place, kind),
            }
        }
        Ok(())
    }

    fn error(&self, sink: &mut RecordSink<'_>, capture: &Capture, kind: ReadErrorKind) {
        match &capture.url {
            Some(url) => sink.error(&format!("{}!/{url}", self.path), Some(capture.item), kind),
            None => sink.error(&self.path, Some(capture.item), kind),
        }
    }

    /// Says what was left out, by kind.
    pub(super) fn report(self, sink: &mut RecordSink<'_>) {
        if !self.left_out.is_empty() {
            let counts: Vec<String> = self.left_out.iter().map(|(what, count)| format!("{what} ({count})")).collect();
            sink.error(&self.path, None, ReadErrorKind::LeftOut { what: counts.join(", ") });
        }
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// What a response is if its head says that it is no article.
pub(super) fn left_out_by_head(response: &Response) -> Option<&'static str> {
    match response.status {
        Some(300..=399) => Some("redirects"),
        Some(204 | 206) => Some("parts of pages"),
        Some(200..=299) | None => left_out_by_type(&response.content_type),
        Some(_) => Some("errors of servers"),
    }
}

/// What a content type says that holds no text.
fn left_out_by_type(content_type: &str) -> Option<&'static str> {
    let is = |part: &str| content_type.contains(part);
    if content_type.starts_with("image/") {
        Some("images")
    } else if content_type.starts_with("video/") || content_type.starts_with("audio/") {
        Some("video and audio")
    } else if is("javascript") || is("ecmascript") || is("css") || is("font") {
        Some("scripts, styles and fonts")
    } else {
        None
    }
}

/// How to read a content: by its first bytes where they are those of a page, feed or
/// document, else by its type; or what it is if it is not read.
fn kind_of(capture: &Capture) -> Result<Kind, &'static str> {
    let head = &capture.body[..capture.body.len().min(sniff::HEAD)];
    let content_type = capture.content_type.split(';').next().unwrap_or_default().trim();
    if head.trim_ascii().is_empty() {
        return Err("empty contents");
    }
    if let Some(what) = left_out_by_type(content_type) {
        return Err(what);
    }
    let url = capture.url.as_deref().unwrap_or_default();
    if ["/robots.txt", "/ads.txt", "/app-ads.txt"].iter().any(|end| url.ends_with(end)) {
        return Err("robots.txt");
    }
    let is_single = |kind: &Kind| !matches!(kind, Kind::Archive(_) | Kind::Compressed(_) | Kind::Warc | Kind::Mbox);
    let found = sniff::by_signature(head).filter(is_single);
    match (content_type, found) {
        ("text/html" | "application/xhtml+xml", Some(Kind::Feed)) => Ok(Kind::Feed),
        ("text/html" | "application/xhtml+xml", _) => Ok(Kind::Single(Format::Html)),
        (_, Some(kind)) => Ok(kind),
        ("text/plain", None) => Ok(Kind::Single(Format::Text)),
        ("", None) => sniff::guess(head).filter(is_single).ok_or("other files"),
        (json, None) if json.contains("json") => {
            let is_json = |kind: &Kind| matches!(kind, Kind::JsonLines | Kind::Single(Format::Json));
            sniff::guess(head).filter(is_json).ok_or("other files")
        }
        _ => Err("other files"),
    }
}

/// The records in a content. The address of the capture is that of its only article,
/// not of each item of a feed.
fn records_of(sink: &RecordSink<'_>, path: &str, capture: Capture, kind: Kind) -> Vec<Result<RawRecord, ReadError>> {
    let Capture { url, item, content_type, body } = capture;
    let place = url.is_none().then_some(item);
    let error = |kind| vec![Err(ReadError { path: path.to_owned(), place, kind })];
    let format = match kind {
        Kind::Single(format @ (Format::Html | Format::Text)) => format,
        kind => return records_within(sink, path, url, &body, kind).unwrap_or_else(error),
    };
    let text = if format == Format::Html {
        let charset = content_type.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ', ';']));
        Ok(decode_page(body, charset))
    } else {
        decode(body)
    };
    match text {
        Ok(text) if text.trim().is_empty() => Vec::new(),
        Ok(text) => vec![Ok(RawRecord { url, ..RawRecord::new(path, place, format, text) })],
        Err(kind) => error(kind),
    }
}

/// The records in a content of another format, by the reader of that format.
fn records_within(
    sink: &RecordSink<'_>,
    path: &str,
    url: Option<String>,
    body: &[u8],
    kind: Kind,
) -> Result<Vec<Result<RawRecord, ReadError>>, ReadErrorKind> {
    let mut records = Vec::new();
    let mut callback = |record| records.push(record);
    let mut within = RecordSink::new(sink.limits, &mut callback);
    crate::read::records::read(&mut within, Member::new(path, false, body), kind)?;
    if let ([Ok(record)], true) = (&mut records[..], kind != Kind::Feed) {
        record.url = record.url.take().or(url);
    }
    Ok(records)
}
