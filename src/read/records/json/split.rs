//! Splits a stream of JSON into its values: one after another, in lines, or in an
//! array of any length. A broken value costs itself only.

use std::io::{self, BufRead};

use super::grammar::{Grammar, Step};
use crate::read::error::ReadErrorKind;

/// Arrays within one another whose items are values of their own.
const MAX_ARRAYS: usize = 4;

/// A value of a stream.
#[derive(Debug)]
pub(super) struct Piece {
    /// The line it starts on, from 1.
    pub(super) line: usize,
    /// Whether it is an item of an array.
    pub(super) in_array: bool,
    /// Its bytes; those of a broken value up to where it breaks.
    pub(super) bytes: Result<Vec<u8>, ReadErrorKind>,
}

/// The lines of a broken value that were not looked at.
#[derive(Debug, Clone, Copy)]
struct Rest {
    /// Where they start in [`Splitter::value`].
    at: usize,
    /// The line that this is.
    line: usize,
    in_array: bool,
}

/// Reads the values of a stream one by one.
pub(super) struct Splitter<'a> {
    input: &'a mut dyn BufRead,
    /// Bytes of the longest value.
    limit: u64,
    /// The line of the next byte, from 1.
    line: usize,
    /// White space at the start of this line.
    indent: usize,
    /// Whether nothing but white space was seen of this line.
    at_start: bool,
    /// How many arrays are open around the next value.
    arrays: usize,
    /// Where the value before the next one broke: lines are skipped up to one with this
    /// white space and an opening bracket.
    broken_at: Option<usize>,
    /// What is left of a broken value to look for others in.
    rest: Option<Rest>,
    /// Kept: growing a new one leaves its smaller ones behind.
    value: Vec<u8>,
    /// Whether anything but white space was seen.
    any: bool,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead, limit: u64) -> Self {
        Self {
            input,
            limit,
            line: 1,
            indent: 0,
            at_start: true,
            arrays: 0,
            broken_at: None,
            rest: None,
            value: Vec::new(),
            any: false,
        }
    }

    /// Whether there was nothing but white space so far.
    pub(super) fn is_empty(&self) -> bool {
        !self.any
    }

    /// The next value, `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        if let Some(piece) = self.next_within() {
            return Ok(Some(piece));
        }
        self.skip_broken()?;
        match self.skip_to_value()? {
            Some(first) => self.read_value(first).map(Some),
            None if self.arrays > 0 => {
                self.arrays = 0;
                // The parser says what is missing.
                Ok(Some(Piece { line: self.line, in_array: false, bytes: Ok(b"[".to_vec()) }))
            }
            None => Ok(None),
        }
    }

    /// Skips white space, commas, byte-order marks and the brackets of arrays around
    /// values. Returns the first byte of a value, which is not consumed.
    fn skip_to_value(&mut self) -> io::Result<Option<u8>> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let mut first = None;
            let mut taken = 0;
            for byte in buffer {
                match byte {
                    b'\n' => (self.line, self.indent, self.at_start) = (self.line + 1, 0, true),
                    b' ' | b'\t' | b'\r' => self.indent += usize::from(self.at_start),
                    // A byte-order mark, also of a file that was appended; a record separator.
                    0xef | 0xbb | 0xbf | 0x1e => {}
                    b',' => self.at_start = false,
                    b'[' if self.arrays < MAX_ARRAYS => (self.arrays, self.at_start) = (self.arrays + 1, false),
                    b']' if self.arrays > 0 => (self.arrays, self.at_start) = (self.arrays - 1, false),
                    _ => first = Some(*byte),
                }
                self.any |= !byte.is_ascii_whitespace();
                if first.is_some() {
                    break;
                }
                taken += 1;
            }
            self.input.consume(taken);
            if first.is_some() {
                return Ok(first);
            }
        }
    }

    fn read_value(&mut self, first: u8) -> io::Result<Piece> {
        let (line, in_array, limit) = (self.line, self.arrays > 0, self.limit);
        let mut grammar = Grammar::new();
        let mut size = 0;
        self.value.clear();
        self.at_start = false;
        let step = loop {
            let buffer = self.input.fill_buf()?;
            let step = if buffer.is_empty() { Step::Bad(0) } else { grammar.feed(buffer) };
            let ended = buffer.is_empty();
            let (Step::End(taken) | Step::Bad(taken)) = step else {
                let taken = buffer.len();
                self.take(taken, &mut size)?;
                continue;
            };
            self.take(taken, &mut size)?;
            break if ended && grammar.ends_here() { Step::End(0) } else { step };
        };
        if matches!(step, Step::Bad(_)) {
            self.take_line(&mut size)?;
            self.broken_at = matches!(first, b'{' | b'[').then_some(self.indent);
        }
        let piece = |bytes| Piece { line, in_array, bytes };
        Ok(if size > limit {
            piece(Err(ReadErrorKind::Oversized { bytes: size, limit }))
        } else if matches!(step, Step::Bad(_)) {
            piece(Ok(self.broken_value(line, in_array)))
        } else {
            piece(Ok(self.value.clone()))
        })
    }

    /// Moves bytes of the input to the value, as long as it is within the limit.
    fn take(&mut self, taken: usize, size: &mut u64) -> io::Result<()> {
        let bytes = &self.input.fill_buf()?[..taken];
        self.line += memchr::memchr_iter(b'\n', bytes).count();
        *size += taken as u64;
        if *size <= self.limit {
            self.value.extend_from_slice(bytes);
        }
        self.input.consume(taken);
        Ok(())
    }

    /// Moves the rest of the line to the value.
    fn take_line(&mut self, size: &mut u64) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            match memchr::memchr(b'\n', buffer) {
                Some(at) => {
                    self.take(at + 1, size)?;
                    (self.indent, self.at_start) = (self.broken_at.unwrap_or(self.indent), true);
                    return Ok(());
                }
                None => {
                    let taken = buffer.len();
                    self.take(taken, size)?;
                }
            }
        }
    }

    /// The start of a broken value. Lines within it that are objects by themselves are
    /// values to come, since it may be the line before them that breaks off.
    fn broken_value(&mut self, line: usize, in_array: bool) -> Vec<u8> {
        let first = memchr::memchr(b'\n', &self.value).map_or(self.value.len(), |at| at + 1);
        let mut rest = Rest { at: first, line: line + 1, in_array };
        while let Some(text) = self.line_within(&mut rest) {
            if self.is_start(text) && is_object(text) {
                rest.line -= 1;
                rest.at -= text.len();
                self.rest = Some(rest);
                return self.value[..rest.at].to_vec();
            }
        }
        self.value.clone()
    }

    /// The next object in what is left of a broken value.
    fn next_within(&mut self) -> Option<Piece> {
        let mut rest = self.rest.take()?;
        while let Some(text) = self.line_within(&mut rest) {
            if self.is_start(text) {
                let text = text.trim_ascii();
                let bytes = Ok(text.strip_suffix(b",").unwrap_or(text).to_vec());
                self.rest = Some(rest);
                return Some(Piece { line: rest.line - 1, in_array: rest.in_array, bytes });
            }
        }
        None
    }

    fn line_within(&self, rest: &mut Rest) -> Option<&[u8]> {
        let left = self.value.get(rest.at..).filter(|left| !left.is_empty())?;
        let end = memchr::memchr(b'\n', left).map_or(left.len(), |at| at + 1);
        (rest.at, rest.line) = (rest.at + end, rest.line + 1);
        Some(&left[..end])
    }

    /// Whether an object starts on this line where the broken one did.
    fn is_start(&self, line: &[u8]) -> bool {
        let rest = line.trim_ascii_start();
        rest.starts_with(b"{") && line.len() - rest.len() == self.indent
    }

    /// Skips the rest of a broken value: lines up to one where another can start.
    fn skip_broken(&mut self) -> io::Result<()> {
        let Some(indent) = self.broken_at.take() else { return Ok(()) };
        loop {
            let (spaces, next) = self.skip_spaces()?;
            match next {
                None => return Ok(()),
                Some(b'{' | b'[') if spaces == indent => break,
                Some(b']') if self.arrays > 0 && spaces <= indent => break,
                Some(_) => self.skip_line()?,
            }
        }
        (self.indent, self.at_start) = (indent, true);
        Ok(())
    }

    /// Skips the white space at the start of a line; returns how much, and what follows.
    fn skip_spaces(&mut self) -> io::Result<(usize, Option<u8>)> {
        let mut spaces = 0;
        loop {
            let buffer = self.input.fill_buf()?;
            let taken = buffer.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r')).unwrap_or(buffer.len());
            let next = buffer.get(taken).copied();
            let ended = buffer.is_empty();
            self.input.consume(taken);
            spaces += taken;
            if next.is_some() || ended {
                return Ok((spaces, next));
            }
        }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let end = memchr::memchr(b'\n', buffer);
            let taken = end.map_or(buffer.len(), |at| at + 1);
            self.input.consume(taken);
            if end.is_some() {
                self.line += 1;
                return Ok(());
            }
        }
    }
}

/// Whether a line is an object by itself.
fn is_object(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    matches!(Grammar::new().feed(line), Step::End(end) if matches!(&line[end..], b"" | b","))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values as `line text`, with `*` for items of arrays.
    fn split(content: &str) -> Vec<String> {
        // A small buffer, so that values go over several.
        let mut input = io::BufReader::with_capacity(5, content.as_bytes());
        let mut splitter = Splitter::new(&mut input, 60);
        let mut found = Vec::new();
        while let Some(piece) = splitter.next().expect("memory") {
            let text = match piece.bytes {
                Ok(bytes) => String::from_utf8(bytes).expect("UTF-8"),
                Err(kind) => kind.reason().to_owned(),
            };
            found.push(format!("{}{} {text}", piece.line, if piece.in_array { "*" } else { "" }));
        }
        found
    }

    fn check(content: &str, expected: &[&str]) {
        assert_eq!(split(content), expected, "{content}");
    }

    #[test]
    fn values_in_any_arrangement() {
        check("{\"a\":1}\n\n{\"b\":2}\r\n", &["1 {\"a\":1}", "3 {\"b\":2}"]);
        check("\u{feff}{\"a\":1}{\"b\":2},\n\u{feff}{\"c\":3}", &["1 {\"a\":1}", "1 {\"b\":2}", "2 {\"c\":3}"]);
        check("{\n \"a\": 1\n}\n{\n \"b\": 2\n}", &["1 {\n \"a\": 1\n}", "4 {\n \"b\": 2\n}"]);
        check("[{\"a\":1},\n{\"b\":2},]\n[]\n[[{\"c\":3}]]", &["1* {\"a\":1}", "2* {\"b\":2}", "4* {\"c\":3}"]);
        check("{\"a\":NaN,}\n12\n\"x\"", &["1 {\"a\":NaN,}", "2 12", "3 \"x\""]);
        check("\u{1e}{\"a\":1}\n\u{1e}{\"b\":2}\n", &["1 {\"a\":1}", "2 {\"b\":2}"]);
        check("", &[]);
    }

    #[test]
    fn a_broken_line_costs_itself() {
        check("{\"a\": bad\n{\"b\":2}", &["1 {\"a\": bad\n", "2 {\"b\":2}"]);
        check("{\"a\":\"cut\n{\"b\":2}\n{\"c\":3}", &["1 {\"a\":\"cut\n", "2 {\"b\":2}", "3 {\"c\":3}"]);
        check(
            "{\"a\":\n{\"b\":2}\n{\"c\":3}\n{\"d\":4}",
            &["1 {\"a\":\n", "2 {\"b\":2}", "3 {\"c\":3}", "4 {\"d\":4}"],
        );
        check("{\"a\":[1,\n{\"b\":2}", &["1 {\"a\":[1,\n", "2 {\"b\":2}"]);
        check("oops\n{\"b\":2}\nno\n", &["1 oops\n", "2 {\"b\":2}", "3 no\n"]);
        check("{\"a\":1} rest\n{\"b\":2}", &["1 {\"a\":1}", "1 rest\n", "2 {\"b\":2}"]);
    }

    #[test]
    fn a_broken_item_costs_itself() {
        check(
            "[\n {\"a\":1},\n {\"b\": bad},\n {\"c\":3}\n]\n",
            &["2* {\"a\":1}", "3* {\"b\": bad},\n", "4* {\"c\":3}"],
        );
        let pretty = "{\n \"a\": bad\n \"b\": {\n }\n}\n{\n \"c\": 3\n}";
        check(pretty, &["1 {\n \"a\": bad\n", "6 {\n \"c\": 3\n}"]);
        check("[{\"a\":1},{\"b\":", &["1* {\"a\":1}", "1* {\"b\":", "1 ["]);
    }

    #[test]
    fn long_values_are_skipped() {
        let long = "x".repeat(80);
        let content = format!("{{\"a\":\"{long}\"}}\n{{\"b\":2}}\n{long}\n{{\"c\":3}}");
        check(&content, &["1 oversized", "2 {\"b\":2}", "3 oversized", "4 {\"c\":3}"]);
    }

    #[test]
    fn hostile_input_takes_linear_time() {
        for line in ["{\"a\":\n", "[\n", "{\"a\":[{\"b\":1},\n", "{\"a\":1}\n{\n", "]\n", "{\"a\":\"\\\n"] {
            let content = line.repeat(200_000 / line.len());
            let mut input = content.as_bytes();
            let mut splitter = Splitter::new(&mut input, 1 << 20);
            while splitter.next().expect("memory").is_some() {}
        }
    }
}
