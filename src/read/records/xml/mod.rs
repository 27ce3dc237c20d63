//! XML: news formats, exports of content systems, and records of no format that is
//! known, read by the names of their elements. One record is in memory at a time.

mod blogger;
mod dialect;
mod dialects;
pub(crate) mod generic;
mod mediawiki;
mod newsml;
mod newsml_g2;
mod nitf;
mod parts;
mod post_body;
mod rcv1;
mod story;
mod text;
mod tree;
mod wikitext;
mod wordpress;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use encoding_rs::Encoding;

use super::left_out::LeftOut;
use super::named_fields::NamedFields;
use crate::read::decode::decode_page;
use crate::read::error::ReadErrorKind;
use crate::read::format::XmlFormat;
use crate::read::member::Member;
use crate::read::sink::RecordSink;
use crate::read::xml_root::Root;
use dialect::{Dialect, Outcome};
use parts::{Part, Parts};
use tree::{Element, Tree};

/// Bytes that are looked at to tell the format, and what the records of an unknown one
/// are.
const PROBE: usize = 256 << 10;

pub(super) fn read(sink: &mut RecordSink<'_>, member: Member<'_>, format: XmlFormat) -> Result<(), ReadErrorKind> {
    let mut member = member.into_utf8()?;
    let head = member.peek(PROBE)?.to_vec();
    if head.trim_ascii().is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    let charset = charset(&head);
    let root = Root::of(&head);
    // A long document type may stand in front of the root element.
    let format = match (format, &root) {
        (XmlFormat::Other, Some(root)) => root.format(&head).or_else(|| enclosed(&head)).unwrap_or(format),
        _ => format,
    };
    let root = root.map_or_else(String::new, |root| root.written);
    let dialect = dialects::of(format).or_else(|| named_elements(&head, charset.as_deref()));
    let Some(mut dialect) = dialect else { return Err(ReadErrorKind::UnknownXml { root, is_named: member.explicit }) };
    let Member { path, input, .. } = member;
    let parts = Parts::new(input, &dialect.records(), dialect.is_nested(), sink.limits.record);
    let mut reader = Reader { sink, path: &path, charset, left_out: LeftOut::default() };
    reader.read(parts, dialect.as_mut())
}

/// The news format whose stories another root element encloses.
fn enclosed(head: &[u8]) -> Option<XmlFormat> {
    let marks = [
        ("<nitf>", XmlFormat::Nitf),
        ("<nitf ", XmlFormat::Nitf),
        ("<newsItem ", XmlFormat::NewsMlG2),
        ("<newsitem itemid=", XmlFormat::Rcv1),
    ];
    let found = marks.into_iter().find(|(mark, _)| memchr::memmem::find(head, mark.as_bytes()).is_some());
    found.map(|(_, format)| format)
}

/// The encoding that the XML declaration states, unless the start of the file shows that
/// it is UTF-8.
fn charset(head: &[u8]) -> Option<String> {
    let start = &head[..head.len().min(1024)];
    let end =
        start.windows(2).position(|two| two == b"?>").filter(|_| start.trim_ascii_start().starts_with(b"<?xml"))?;
    let declaration = String::from_utf8_lossy(&start[..end]);
    let after = declaration.split_once("encoding")?.1.trim_start_matches(['=', ' ', '"', '\'']);
    let label: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_.:".contains(*c)).collect();
    // A label of UTF-16 is not true of what was split into bytes.
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible()).map(|_| label)
}

/// XML whose records are told by the names of their elements.
struct Named {
    name: String,
}

impl Dialect for Named {
    fn records(&self) -> Vec<&str> {
        vec![&self.name]
    }

    fn is_nested(&self) -> bool {
        true
    }

    fn record(&self, element: Element<'_>) -> Outcome {
        Outcome::Record(NamedFields::from_map(generic::fields(element)))
    }
}

fn named_elements(head: &[u8], charset: Option<&str>) -> Option<Box<dyn Dialect>> {
    // The start of a file may end within a tag.
    let end = memchr::memrchr(b'>', head)? + 1;
    let tree = Tree::parse(&decode_page(head[..end].to_vec(), charset)).ok()?;
    let name = generic::record_name(tree.root())?;
    Some(Box::new(Named { name }))
}

/// Passes the records of one file on.
struct Reader<'r, 's> {
    sink: &'r mut RecordSink<'s>,
    path: &'r str,
    charset: Option<String>,
    left_out: LeftOut,
}

impl Reader<'_, '_> {
    fn read(&mut self, mut parts: Parts<'_>, dialect: &mut dyn Dialect) -> Result<(), ReadErrorKind> {
        // Two are read ahead: the only record of a file has no number.
        let mut ahead = VecDeque::new();
        ahead.extend(parts.next()?);
        let head = decode_page(parts.head().to_vec(), self.charset.as_deref());
        if let Ok(tree) = Tree::parse(&head) {
            dialect.start(tree.root());
        }
        if ahead.is_empty() {
            return Err(ReadErrorKind::Empty);
        }
        ahead.extend(parts.next()?);
        let several = ahead.len() > 1;
        let mut number = 0;
        while let Some(part) = ahead.pop_front() {
            number += 1;
            self.record(part, several.then_some(number), dialect);
            ahead.extend(parts.next()?);
        }
        self.left_out.report(self.sink, self.path);
        Ok(())
    }

    fn record(&mut self, part: Part, place: Option<usize>, dialect: &dyn Dialect) {
        let tree = part.and_then(|bytes| Tree::parse(&decode_page(bytes, self.charset.as_deref())));
        let tree = match tree {
            Ok(tree) => tree,
            Err(kind) => return self.sink.error(self.path, place, kind),
        };
        let Some(element) = tree.root().children().next() else { return };
        match dialect.record(element) {
            Outcome::Record(fields) => self.sink.record(fields.into_record(self.path, place)),
            Outcome::LeftOut(kind) => self.left_out.add(kind),
        }
    }
}
