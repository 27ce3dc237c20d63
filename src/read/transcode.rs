//! Other encodings as UTF-8, streaming, for files that are split into records.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::charset::Charset;

/// Bytes of UTF-8 that are made at a time.
const BUFFER: usize = 16 << 10;
/// Stands for bytes that are not of their encoding: no byte of UTF-8, so that whoever
/// reads a record can tell.
const BAD: u8 = 0xff;

/// An input in another encoding, read as UTF-8 without its byte-order mark.
pub(super) struct Transcoder<R> {
    input: R,
    decoder: Wide,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Whether the decoder has seen the end; it must not be used again then.
    ended: bool,
}

enum Wide {
    Encoding(Decoder),
    Utf32 {
        big_endian: bool,
        /// The bytes of a character that were read so far.
        unit: Vec<u8>,
        at_start: bool,
    },
}

impl<R: BufRead> Transcoder<R> {
    /// Reads `input` in this encoding; the input itself if it needs no change.
    pub(super) fn new(input: R, charset: Charset) -> Result<Self, R> {
        let decoder = match charset {
            Charset::Ascii | Charset::Utf8 | Charset::Western => return Err(input),
            Charset::Other(encoding) => Wide::Encoding(encoding.new_decoder_with_bom_removal()),
            Charset::Utf32 { big_endian } => Wide::Utf32 { big_endian, unit: Vec::new(), at_start: true },
        };
        Ok(Self { input, decoder, buffer: vec![0; BUFFER], start: 0, end: 0, ended: false })
    }
}

impl Wide {
    /// Decodes some bytes, and returns how many were read and written, and whether
    /// that was all. The buffer has room for a few characters.
    fn decode(&mut self, bytes: &[u8], out: &mut [u8], last: bool) -> (usize, usize, bool) {
        match self {
            Self::Encoding(decoder) => {
                let room = out.len() - 1;
                match decoder.decode_to_utf8_without_replacement(bytes, &mut out[..room], last) {
                    (DecoderResult::InputEmpty, read, written) => (read, written, true),
                    (DecoderResult::OutputFull, read, written) => (read, written, false),
                    (DecoderResult::Malformed(..), read, written) => {
                        out[written] = BAD;
                        (read, written + 1, false)
                    }
                }
            }
            Self::Utf32 { big_endian, unit, at_start } => {
                let bytes = &bytes[..bytes.len().min(out.len() - 4)];
                let mut written = 0;
                for byte in bytes {
                    unit.push(*byte);
                    if unit.len() == 4 {
                        let character = utf32_character(unit, *big_endian);
                        unit.clear();
                        let is_mark = std::mem::take(at_start) && character == "\u{feff}".as_bytes();
                        if !is_mark {
                            out[written..written + character.len()].copy_from_slice(&character);
                            written += character.len();
                        }
                    }
                }
                if last && !std::mem::take(unit).is_empty() {
                    out[written] = BAD;
                    written += 1;
                }
                (bytes.len(), written, true)
            }
        }
    }
}

/// A character of UTF-32 in UTF-8, or the byte that stands for a bad one.
pub(super) fn utf32_character(unit: &[u8], big_endian: bool) -> Vec<u8> {
    let code = <[u8; 4]>::try_from(unit)
        .ok()
        .map(|unit| if big_endian { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) });
    code.and_then(char::from_u32).map_or(vec![BAD], |c| c.to_string().into_bytes())
}

impl<R: BufRead> BufRead for Transcoder<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.end && !self.ended {
            let chunk = self.input.fill_buf()?;
            let last = chunk.is_empty();
            let (read, written, all) = self.decoder.decode(chunk, &mut self.buffer, last);
            self.input.consume(read);
            (self.start, self.end, self.ended) = (0, written, last && all);
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.start = (self.start + amount).min(self.end);
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_KR, UTF_16BE, UTF_16LE};

    use super::*;

    fn check(bytes: &[u8], charset: Charset, expected: &[u8]) {
        // Chunks that end within a character.
        let input = io::BufReader::with_capacity(3, bytes);
        let Ok(mut reader) = Transcoder::new(input, charset) else { panic!("nothing to do") };
        let mut text = Vec::new();
        reader.read_to_end(&mut text).expect("memory");
        assert_eq!(text, expected);
        assert!(reader.fill_buf().expect("memory").is_empty(), "the end stays the end");
    }

    #[test]
    fn wide_encodings() {
        let text = "Zoë Kravitz 🎬\nstars";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, Charset::Other(UTF_16LE), text.as_bytes());
        check(&big, Charset::Other(UTF_16BE), text.as_bytes());
        check(&[&[0xff, 0xfe], &little[..]].concat(), Charset::Other(UTF_16LE), text.as_bytes());
        let long = "é".repeat(BUFFER);
        let bytes: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&bytes, Charset::Other(UTF_16LE), long.as_bytes());
        check(b"a\0b", Charset::Other(UTF_16LE), b"a\xff");
        check(b"", Charset::Other(UTF_16LE), b"");
        let marked: Vec<u8> = "\u{feff}é🎬\u{feff}".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        check(&marked, Charset::Utf32 { big_endian: false }, "é🎬\u{feff}".as_bytes());
        check(b"\0\0\0a\0\x11\0\0ab", Charset::Utf32 { big_endian: true }, b"a\xff\xff");
    }

    #[test]
    fn legacy_encodings() {
        let text = "배우가 출연한다.\n";
        let (bytes, ..) = EUC_KR.encode(text);
        check(&bytes.repeat(3000), Charset::Other(EUC_KR), text.repeat(3000).as_bytes());
        check(&[&bytes[..], b"\xff!"].concat(), Charset::Other(EUC_KR), &[text.as_bytes(), b"\xff!"].concat());
    }

    #[test]
    fn utf8_is_not_touched() {
        assert!(Transcoder::new(&b"a"[..], Charset::Western).is_err());
    }
}
