//! Cuts a stream of XML into the elements that are records, by tags alone: what is
//! ill-formed or too large costs its own record, and one record is in memory at a time.

use std::io::{self, BufRead};

use crate::read::error::ReadErrorKind;
use crate::read::xml_root::is_name_start;

/// Bytes that are kept of what precedes the first record.
const MAX_HEAD: usize = 1 << 20;
/// Bytes at the end of a piece that tell whether it ends there.
const TAIL: usize = 8;
/// The longest element name that is compared.
const MAX_NAME: usize = 100;

/// An element that is a record, from its start tag to its end tag.
pub(super) type Part = Result<Vec<u8>, ReadErrorKind>;

/// The records of an XML file.
pub(super) struct Parts<'a> {
    input: Box<dyn BufRead + 'a>,
    /// Names of the elements that are records, without prefix, in lower case.
    names: Vec<String>,
    /// Whether such an element may be within another one.
    nested: bool,
    limit: u64,
    /// Bytes taken from the input.
    offset: u64,
    /// What precedes the first record: it states what holds for all.
    head: Vec<u8>,
    /// Whether the first record was found.
    begun: bool,
    /// The start tag of the next record, where the one before is not closed.
    waiting: Option<Vec<u8>>,
}

/// What a piece of markup is.
enum Markup {
    Start(String),
    Empty(String),
    End(String),
    /// A comment, CDATA, a declaration.
    Other,
    /// A `<` that begins no markup.
    Stray,
}

/// The record that is being read.
struct Open {
    name: String,
    start: u64,
    depth: usize,
    bytes: Vec<u8>,
    size: u64,
}

impl Open {
    fn add(&mut self, bytes: &[u8], limit: u64) {
        self.size += bytes.len() as u64;
        if self.size <= limit {
            self.bytes.extend_from_slice(bytes);
        } else {
            self.bytes = Vec::new();
        }
    }

    fn close(self, limit: u64) -> Part {
        match self.size > limit {
            true => Err(ReadErrorKind::Oversized { bytes: self.size, limit }),
            false => Ok(self.bytes),
        }
    }

    fn unclosed(&self) -> ReadErrorKind {
        let what = format!("<{}> at byte {} is not closed", self.name, self.start);
        ReadErrorKind::Malformed { format: "XML", what }
    }
}

impl<'a> Parts<'a> {
    pub(super) fn new(input: Box<dyn BufRead + 'a>, names: &[&str], nested: bool, limit: u64) -> Self {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Self { input, names, nested, limit, offset: 0, head: Vec::new(), begun: false, waiting: None }
    }

    /// What precedes the first record, once that is read.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// The next record; an error where it is not closed or too large.
    pub(super) fn next(&mut self) -> io::Result<Option<Part>> {
        let mut open: Option<Open> = None;
        let mut piece = Vec::new();
        if let Some(tag) = self.waiting.take() {
            open = Some(self.opened(&tag));
        }
        loop {
            piece.clear();
            self.read_text(&mut piece)?;
            let text = piece.len();
            let Some(markup) = self.read_markup(&mut piece)? else {
                self.keep(&piece, open.as_mut());
                return Ok(open.map(|open| Err(open.unclosed())));
            };
            match markup {
                Markup::Start(name) if self.names.contains(&name) => match &mut open {
                    Some(within) if self.nested => within.depth += usize::from(within.name == name),
                    Some(before) => {
                        self.waiting = Some(piece[text..].to_owned());
                        return Ok(Some(Err(before.unclosed())));
                    }
                    None => {
                        self.keep(&piece[..text], None);
                        self.begun = true;
                        open = Some(self.opened(&piece[text..]));
                        continue;
                    }
                },
                Markup::Empty(name) if open.is_none() && self.names.contains(&name) => {
                    self.begun = true;
                    return Ok(Some(Ok(piece.split_off(text))));
                }
                Markup::End(name) if open.as_ref().is_some_and(|open| open.name == name) => {
                    self.keep(&piece, open.as_mut());
                    let done = open.take_if(|open| {
                        open.depth -= 1;
                        open.depth == 0
                    });
                    if let Some(done) = done {
                        return Ok(Some(done.close(self.limit)));
                    }
                    continue;
                }
                Markup::Stray => {
                    piece.truncate(text);
                    piece.extend_from_slice(b"&lt;");
                }
                _ => {}
            }
            self.keep(&piece, open.as_mut());
        }
    }

    fn opened(&self, tag: &[u8]) -> Open {
        let start = self.offset.saturating_sub(tag.len() as u64);
        let mut open = Open { name: local_name(&tag[1..]), start, depth: 1, bytes: Vec::new(), size: 0 };
        open.add(tag, self.limit);
        open
    }

    /// Adds bytes to the open record, or to the head.
    fn keep(&mut self, bytes: &[u8], open: Option<&mut Open>) {
        match open {
            Some(open) => open.add(bytes, self.limit),
            None if !self.begun && self.head.len() + bytes.len() <= MAX_HEAD => self.head.extend_from_slice(bytes),
            None => {}
        }
    }

    /// Reads up to the next `<`, without it.
    fn read_text(&mut self, piece: &mut Vec<u8>) -> io::Result<()> {
        self.read_to(b'<', piece, 0)?;
        if piece.last() == Some(&b'<') {
            piece.pop();
        }
        Ok(())
    }

    /// Reads the markup whose `<` was read last; nothing at the end of the file.
    fn read_markup(&mut self, piece: &mut Vec<u8>) -> io::Result<Option<Markup>> {
        let Some(next) = self.input.fill_buf()?.first().copied() else { return Ok(None) };
        let start = piece.len();
        piece.push(b'<');
        if !is_name_start(next) && !b"/!?".contains(&next) {
            return Ok(Some(Markup::Stray));
        }
        loop {
            let done = self.read_to(b'>', piece, start)?;
            let markup = &piece[start..];
            if done == 0 || is_whole(markup) {
                return Ok(Some(classify(markup)));
            }
        }
    }

    /// Appends what the input has up to a byte, which is the last one. Of a piece from
    /// `from` on that is longer than a record may be, only start and end are kept.
    fn read_to(&mut self, byte: u8, piece: &mut Vec<u8>, from: usize) -> io::Result<usize> {
        let most = usize::try_from(self.limit).unwrap_or(usize::MAX).saturating_add(2 * TAIL);
        let mut total = 0;
        loop {
            let buffer = self.input.fill_buf()?;
            let (taken, done) = match memchr::memchr(byte, buffer) {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            piece.extend_from_slice(&buffer[..taken]);
            self.input.consume(taken);
            self.offset += taken as u64;
            total += taken;
            if piece.len() - from > most {
                // Still larger than the limit, so that its record is refused.
                let tail = piece.split_off(piece.len() - TAIL);
                piece.truncate(from + most - TAIL);
                piece.extend_from_slice(&tail);
            }
            if done {
                return Ok(total);
            }
        }
    }
}

/// Whether markup that ends in `>` ends there.
fn is_whole(markup: &[u8]) -> bool {
    if markup.starts_with(b"<!--") {
        markup.len() > 6 && markup.ends_with(b"-->")
    } else if markup.starts_with(b"<![CDATA[") {
        markup.ends_with(b"]]>")
    } else if markup.starts_with(b"<?") {
        markup.ends_with(b"?>")
    } else if markup.starts_with(b"<!") {
        // Declarations of a document type are between brackets.
        !markup[..markup.len().min(4096)].contains(&b'[') || {
            markup[..markup.len() - 1].trim_ascii_end().ends_with(b"]")
        }
    } else {
        true
    }
}

fn classify(markup: &[u8]) -> Markup {
    match markup.get(1) {
        Some(b'/') => Markup::End(local_name(&markup[2..])),
        Some(b'!' | b'?') => Markup::Other,
        _ if markup.ends_with(b"/>") => Markup::Empty(local_name(&markup[1..])),
        _ => Markup::Start(local_name(&markup[1..])),
    }
}

/// The name at the start, without prefix, in lower case.
fn local_name(tag: &[u8]) -> String {
    let tag = &tag[..tag.len().min(MAX_NAME)];
    let end = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'>' || *b == b'/').unwrap_or(tag.len());
    let name = String::from_utf8_lossy(&tag[..end]);
    name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records of at most 60 bytes, and errors by their reason.
    fn parts(text: &str, nested: bool) -> (String, Vec<String>) {
        let input = Box::new(io::BufReader::with_capacity(7, text.as_bytes()));
        let mut parts = Parts::new(input, &["item"], nested, 60);
        let mut found = Vec::new();
        while let Some(part) = parts.next().expect("memory") {
            found.push(match part {
                Ok(bytes) => String::from_utf8(bytes).expect("UTF-8"),
                Err(kind) => kind.to_string(),
            });
        }
        (String::from_utf8_lossy(parts.head()).into_owned(), found)
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(parts(text, false).1, expected, "{text}");
    }

    #[test]
    fn records_are_cut_by_their_tags() {
        check(
            "<a><item>1</item> <item n='2'/>\n<x:Item>3</x:Item></a>",
            &["<item>1</item>", "<item n='2'/>", "<x:Item>3</x:Item>"],
        );
        check("<a><!-- <item>0</item> --><item><![CDATA[</item>]]></item></a>", &["<item><![CDATA[</item>]]></item>"]);
        check("<!DOCTYPE a [ <!ENTITY item '<item>'> ]><item>1 < 2</item>", &["<item>1 &lt; 2</item>"]);
        check("<items><itemid>1</itemid></items>", &[]);
        check("no XML", &[]);
        check("", &[]);
        let nested = parts("<item>1<item>2</item>3</item><item/>", true).1;
        assert_eq!(nested, ["<item>1<item>2</item>3</item>", "<item/>"]);
    }

    #[test]
    fn what_precedes_the_first_record_is_kept() {
        let (head, found) = parts("<?xml?><a n='1'><b>B</b><item>1</item></a>", false);
        assert_eq!((head.as_str(), found.len()), ("<?xml?><a n='1'><b>B</b>", 1));
    }

    #[test]
    fn damage_costs_one_record() {
        check(
            "<a><item>1<item>2</item><item>3",
            &[
                "malformed XML: <item> at byte 3 is not closed",
                "<item>2</item>",
                "malformed XML: <item> at byte 24 is not closed",
            ],
        );
        let long = format!("<item>{}</item><item>2</item><item><!--{}--></item>", "x".repeat(5000), "y>".repeat(2000));
        let found = parts(&long, false).1;
        assert!(found[0].starts_with("oversized") && found[2].starts_with("oversized"), "{found:?}");
        assert_eq!(found[1], "<item>2</item>");
    }
}
