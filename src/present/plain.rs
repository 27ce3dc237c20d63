//! Text of files for terminals. File names, titles and texts may hold control
//! characters, which a terminal would obey, and direction marks, which show a name
//! other than it is.

use std::io::{self, Write};

/// What the styles of this folder are made of, and what ends them.
const SEQUENCES: [&str; 4] = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[33m"];

/// Text for one line: spaces in place of control characters, no direction marks.
pub fn plain(text: &str) -> String {
    let shown = text.chars().filter(|c| !is_direction_mark(*c));
    shown.map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The same for a message of several lines: keeps line breaks and tabs.
pub fn plain_lines(text: &str) -> String {
    let shown = text.chars().filter(|c| !is_direction_mark(*c));
    shown.map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { ' ' } else { c }).collect()
}

/// Marks, embeddings, overrides and isolates of writing direction.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes text as [`plain_lines`] makes it, but for the sequences of the styles of
/// this folder. Whatever a page prints passes here, so that no printer can forget it.
pub struct PlainWriter<W> {
    out: W,
    /// The beginning of a character or sequence whose rest has not been written yet.
    pending: Vec<u8>,
}

/// The beginning of a text.
enum Piece<'a> {
    /// To be written as it is.
    Kept(&'a [u8]),
    /// So many bytes that are replaced.
    Replaced(usize, &'static [u8]),
    /// Part of a character or sequence.
    Incomplete,
}

impl<W: Write> PlainWriter<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self { out, pending: Vec::new() }
    }

    /// Writes what is complete; where `all` is true, nothing more follows.
    fn pass(&mut self, all: bool) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.pending);
        let mut shown = Vec::with_capacity(bytes.len());
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            match piece(rest) {
                Piece::Kept(kept) => {
                    shown.extend_from_slice(kept);
                    rest = &rest[kept.len()..];
                }
                Piece::Replaced(length, by) => {
                    shown.extend_from_slice(by);
                    rest = &rest[length..];
                }
                Piece::Incomplete if all => {
                    shown.push(b' ');
                    rest = &rest[1..];
                }
                Piece::Incomplete => {
                    self.pending = rest.to_vec();
                    break;
                }
            }
        }
        self.out.write_all(&shown)
    }
}

fn piece(rest: &[u8]) -> Piece<'_> {
    let plain = rest.iter().take_while(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t')).count();
    if plain > 0 {
        return Piece::Kept(&rest[..plain]);
    }
    if rest[0] == 0x1b {
        let sequences = || SEQUENCES.iter().map(|sequence| sequence.as_bytes());
        return match sequences().find(|sequence| rest.starts_with(sequence)) {
            Some(sequence) => Piece::Kept(&rest[..sequence.len()]),
            None if sequences().any(|sequence| sequence.starts_with(rest)) => Piece::Incomplete,
            None => Piece::Replaced(1, b" "),
        };
    }
    let length = match rest[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let Some(bytes) = rest.get(..length) else { return Piece::Incomplete };
    match std::str::from_utf8(bytes).ok().and_then(|text| text.chars().next()) {
        Some(c) if is_direction_mark(c) => Piece::Replaced(length, b""),
        Some(c) if !c.is_control() => Piece::Kept(bytes),
        Some(_) => Piece::Replaced(length, b" "),
        // A path that is not UTF-8; alone, these bytes are control characters to some terminals.
        None => Piece::Replaced(1, "\u{fffd}".as_bytes()),
    }
}

impl<W: Write> Write for PlainWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        self.pass(false)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass(true)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::super::style::{DIM, MATCH, TITLE};
    use super::*;

    #[test]
    fn control_characters_and_direction_marks_are_not_shown() {
        let check = |text: &str, line: &str, lines: &str| {
            assert_eq!((plain(text).as_str(), plain_lines(text).as_str()), (line, lines), "{text:?}");
        };
        check("a\u{1b}[31mb\nc\td", "a [31mb c d", "a [31mb\nc\td");
        check("\u{1b}]0;evil\u{7}.txt\r\u{9b}1m\u{7f}", " ]0;evil .txt  1m ", " ]0;evil .txt  1m ");
        check("photo\u{202e}gpj.exe\u{2069}", "photogpj.exe", "photogpj.exe");
        check("שלום\u{200f} عربي é 日本", "שלום عربي é 日本", "שלום عربي é 日本");
    }

    /// What passes, written at once and byte by byte.
    fn check(bytes: &[u8], expected: &str) {
        for size in [1, 2, 3, usize::MAX] {
            let mut out = Vec::new();
            let mut writer = PlainWriter::new(&mut out);
            bytes.chunks(size).for_each(|chunk| writer.write_all(chunk).expect("memory can be written"));
            writer.flush().expect("memory can be written");
            drop(writer);
            assert_eq!(String::from_utf8(out).expect("UTF-8"), expected, "{size} of {bytes:?}");
        }
    }

    #[test]
    fn all_that_is_written_is_plain_but_for_our_styles() {
        let styled = format!("{TITLE}Dune{TITLE:#} {DIM}2021{DIM:#} {MATCH}é{MATCH:#}\n");
        check(styled.as_bytes(), &styled);
        check(b"a\x1b]0;evil\x07b\x1b[8mc\x1b", "a ]0;evil b [8mc ");
        check("x\u{202e}y\u{9b}z\r\n".as_bytes(), "xy z \n");
        check(b"caf\xe9 \xff.txt", "caf\u{fffd} \u{fffd}.txt");
        check("日本 🎬".as_bytes(), "日本 🎬");
    }
}
