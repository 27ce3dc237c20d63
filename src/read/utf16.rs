//! UTF-16 as UTF-8, streaming, for formats that are split into lines.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, Encoding};

/// Bytes of UTF-8 that are made at a time.
const BUFFER: usize = 16 << 10;

/// An input in UTF-16, read as UTF-8. Surrogates without their other half become
/// U+FFFD.
pub(super) struct Utf16Reader<R> {
    input: R,
    decoder: Decoder,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Whether the decoder has seen the end; it must not be used again then.
    ended: bool,
}

impl<R: BufRead> Utf16Reader<R> {
    /// Reads `input` in this encoding; a byte-order mark is removed.
    pub(super) fn new(input: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { input, decoder, buffer: vec![0; BUFFER], start: 0, end: 0, ended: false }
    }
}

impl<R: BufRead> BufRead for Utf16Reader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.end && !self.ended {
            let chunk = self.input.fill_buf()?;
            let last = chunk.is_empty();
            let (_, read, written, _) = self.decoder.decode_to_utf8(chunk, &mut self.buffer, last);
            self.input.consume(read);
            (self.start, self.end, self.ended) = (0, written, last);
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.start = (self.start + amount).min(self.end);
    }
}

impl<R: BufRead> Read for Utf16Reader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], encoding: &'static Encoding, expected: &str) {
        // Chunks that end within a unit.
        let input = io::BufReader::with_capacity(3, bytes);
        let mut reader = Utf16Reader::new(input, encoding);
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("UTF-8");
        assert_eq!(text, expected);
        assert!(reader.fill_buf().expect("memory").is_empty(), "the end stays the end");
    }

    #[test]
    fn both_byte_orders() {
        let text = "Zoë Kravitz 🎬\nstars";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, encoding_rs::UTF_16LE, text);
        check(&big, encoding_rs::UTF_16BE, text);
        check(&[&[0xff, 0xfe], &little[..]].concat(), encoding_rs::UTF_16LE, text);
        let long = "é".repeat(BUFFER);
        let bytes: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&bytes, encoding_rs::UTF_16LE, &long);
        check(b"a\0b", encoding_rs::UTF_16LE, "a\u{fffd}");
        check(b"", encoding_rs::UTF_16LE, "");
    }
}
