//! The lines of a table, held as long as the row that they belong to.

use std::io::{self, BufRead};

use memchr::memchr;

/// Consumed bytes that are not worth moving the others for.
const SLACK: usize = 64 << 10;

/// Bytes from which on a buffer grows to four times its size. Memory that was freed
/// while it grew is not given back at once: by steps of two it is as much as the
/// buffer itself.
const LARGE: usize = 1 << 20;

/// Appends bytes to a buffer that may become large.
pub(super) fn append(buffer: &mut Vec<u8>, bytes: &[u8]) {
    if buffer.len() >= LARGE && buffer.len() + bytes.len() > buffer.capacity() {
        buffer.reserve_exact(bytes.len().max(buffer.len() * 3));
    }
    buffer.extend_from_slice(bytes);
}

/// Lines of an input, from the start of the current row on.
pub(super) struct LineBuffer<'a> {
    input: Box<dyn BufRead + 'a>,
    bytes: Vec<u8>,
    /// Where the current row starts in `bytes`.
    start: usize,
    newline: u8,
    ended: bool,
}

/// What [`LineBuffer::line`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A line that ends before this offset, with its line end.
    Ends(usize),
    /// More bytes than allowed.
    TooLong,
    /// No further line.
    None,
}

impl<'a> LineBuffer<'a> {
    /// The lines of an input, each ended by `newline`.
    pub(super) fn new(input: Box<dyn BufRead + 'a>, newline: u8) -> Self {
        Self { input, bytes: Vec::new(), start: 0, newline, ended: false }
    }

    /// Where the current row starts.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// Bytes of the current row.
    pub(super) fn slice(&self, from: usize, to: usize) -> &[u8] {
        &self.bytes[from..to]
    }

    /// Ends the current row; the next one starts at `start`. Offsets before are
    /// no longer valid, nor are those behind.
    pub(super) fn advance(&mut self, start: usize) {
        self.start = start;
        if self.start == self.bytes.len() {
            self.bytes.clear();
            self.start = 0;
        } else if self.start > SLACK && self.start > self.bytes.len() / 2 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
    }

    /// The line that starts at `from`, an end of a line of the current row. At
    /// most `limit` bytes of it are read, and what the input returns at once.
    pub(super) fn line(&mut self, from: usize, limit: u64) -> io::Result<Line> {
        let mut scanned = from;
        loop {
            if let Some(at) = memchr(self.newline, &self.bytes[scanned..]) {
                let end = scanned + at + 1;
                return Ok(if (end - from) as u64 > limit { Line::TooLong } else { Line::Ends(end) });
            }
            scanned = self.bytes.len();
            if (scanned - from) as u64 > limit {
                return Ok(Line::TooLong);
            }
            if self.ended {
                return Ok(if scanned == from { Line::None } else { Line::Ends(scanned) });
            }
            let chunk = self.input.fill_buf()?;
            let count = chunk.len();
            append(&mut self.bytes, chunk);
            self.input.consume(count);
            self.ended = count == 0;
        }
    }

    /// Drops the line that starts at `from` and what precedes it. The next row
    /// starts behind. Returns the length of the line.
    pub(super) fn skip_line(&mut self, from: usize) -> io::Result<u64> {
        if let Some(at) = memchr(self.newline, &self.bytes[from..]) {
            self.advance(from + at + 1);
            return Ok(at as u64 + 1);
        }
        let mut size = (self.bytes.len() - from) as u64;
        (self.bytes, self.start) = (Vec::new(), 0);
        loop {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                self.ended = true;
                return Ok(size);
            }
            let end = memchr(self.newline, chunk);
            let count = end.map_or(chunk.len(), |at| at + 1);
            self.input.consume(count);
            size += count as u64;
            if end.is_some() {
                return Ok(size);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(text: &str) -> LineBuffer<'_> {
        LineBuffer::new(Box::new(io::BufReader::with_capacity(3, text.as_bytes())), b'\n')
    }

    #[test]
    fn lines_of_a_row_and_of_the_next() {
        let mut lines = buffer("ab\ncd\ne");
        assert_eq!(lines.line(0, 9).expect("memory"), Line::Ends(3));
        assert_eq!(lines.line(3, 9).expect("memory"), Line::Ends(6));
        // Only the first of the two was a row.
        lines.advance(3);
        let start = lines.start();
        assert_eq!(lines.line(start, 9).expect("memory"), Line::Ends(start + 3));
        assert_eq!(lines.slice(start, start + 3), b"cd\n");
        lines.advance(start + 3);
        let start = lines.start();
        assert_eq!(lines.line(start, 9).expect("memory"), Line::Ends(start + 1));
        lines.advance(start + 1);
        assert_eq!(lines.line(lines.start(), 9).expect("memory"), Line::None);
    }

    #[test]
    fn long_lines_are_dropped() {
        let long = "x".repeat(1000);
        let text = format!("{long}\nab\n{long}");
        let mut lines = buffer(&text);
        assert_eq!(lines.line(0, 10).expect("memory"), Line::TooLong);
        assert!(lines.bytes.len() < 20, "{} bytes are held", lines.bytes.len());
        assert_eq!(lines.skip_line(0).expect("memory"), 1001);
        let start = lines.start();
        assert_eq!(lines.line(start, 10).expect("memory"), Line::Ends(start + 3));
        lines.advance(start + 3);
        assert_eq!(lines.line(lines.start(), 10).expect("memory"), Line::TooLong);
        assert_eq!(lines.skip_line(lines.start()).expect("memory"), 1000);
        assert_eq!(lines.line(lines.start(), 10).expect("memory"), Line::None);
    }
}
