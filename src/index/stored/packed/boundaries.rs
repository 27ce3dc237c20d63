//! Positions coded by likely boundaries: each position is coded as the number of
//! candidate positions skipped, most often none.

use crate::article::Span;

use super::columns::{ColumnReader, ColumnWriter};

/// A kind of likely boundary.
pub(super) trait Boundary {
    /// For each byte whether such a boundary may be before it.
    const BEFORE: [bool; 256];

    /// Whether there is such a boundary at a position of a text, up to its end.
    fn is(text: &[u8], at: usize) -> bool;

    /// All boundaries from a position on.
    fn all(text: &[u8], from: usize) -> impl Iterator<Item = usize> {
        let within = text.get(from..).unwrap_or_default().iter().enumerate();
        let may = within.filter(|(_, byte)| Self::BEFORE[usize::from(**byte)]).map(move |(at, _)| from + at);
        may.chain((from <= text.len()).then_some(text.len())).filter(|at| Self::is(text, *at))
    }
}

/// Packs how many spans there are, and where they begin and end. Boundaries are
/// counted from the end of the span before, of the first one from `from`.
pub(super) fn push_spans<B: Boundary, E: Boundary>(
    packed: &mut ColumnWriter,
    text: &[u8],
    from: usize,
    spans: impl ExactSizeIterator<Item = Span>,
) {
    packed.push(spans.len() as u64);
    let (mut starts, mut ends, mut end) = (Codes::default(), Codes::default(), from);
    for span in spans {
        starts.push::<B>(text, (end, span.start));
        ends.push::<E>(text, (span.start + 1, span.end));
        end = span.end;
    }
    starts.write(packed);
    ends.write(packed);
}

/// Reads spans of [`push_spans`].
pub(super) fn read_spans<B: Boundary, E: Boundary>(
    numbers: &mut ColumnReader<'_>,
    text: &[u8],
    from: usize,
) -> Option<Vec<Span>> {
    let count = numbers.count()?;
    let (mut starts, mut ends, mut end) = (Codes::read(numbers, count)?, Codes::read(numbers, count)?, from);
    let mut spans = Vec::with_capacity(count);
    for _ in 0..count {
        let start = starts.next::<B>(text, end)?;
        end = ends.next::<E>(text, start.checked_add(1)?)?;
        spans.push(Span::new(start, end));
    }
    Some(spans)
}

/// Codes of positions; those that are no boundary are distances in a column of
/// their own.
#[derive(Default)]
struct Codes {
    codes: Vec<u64>,
    odd: Vec<i64>,
}

impl Codes {
    /// Adds the position `to`, counted from `from`.
    fn push<B: Boundary>(&mut self, text: &[u8], (from, to): (usize, usize)) {
        if to >= from && to <= text.len() && B::is(text, to) {
            self.codes.push(1 + B::all(text, from).take_while(|at| *at < to).count() as u64);
        } else {
            self.codes.push(0);
            self.odd.push(to as i64 - from as i64);
        }
    }

    fn write(&self, packed: &mut ColumnWriter) {
        packed.column(self.codes.iter().copied());
        self.odd.iter().for_each(|distance| packed.push_signed(*distance));
    }

    /// Reads `count` codes.
    fn read(numbers: &mut ColumnReader<'_>, count: usize) -> Option<CodeReader> {
        let codes: Vec<u64> = (0..count).map(|_| numbers.next()).collect::<Option<_>>()?;
        let odd = codes.iter().filter(|code| **code == 0).map(|_| numbers.next_signed());
        Some(CodeReader { odd: odd.collect::<Option<Vec<_>>>()?.into_iter(), codes: codes.into_iter() })
    }
}

/// Codes that were read, in order.
struct CodeReader {
    codes: std::vec::IntoIter<u64>,
    odd: std::vec::IntoIter<i64>,
}

impl CodeReader {
    /// The next position, counted from `from`.
    fn next<B: Boundary>(&mut self, text: &[u8], from: usize) -> Option<usize> {
        match self.codes.next()?.checked_sub(1) {
            Some(skipped) => B::all(text, from).nth(usize::try_from(skipped).ok()?),
            None => usize::try_from(i64::try_from(from).ok()?.checked_add(self.odd.next()?)?).ok(),
        }
    }
}

/// A table of bytes.
macro_rules! bytes {
    ($byte:ident => $is:expr) => {{
        let mut table = [false; 256];
        let mut number = 0;
        while number < 256 {
            let $byte = number as u8;
            table[number] = $is;
            number += 1;
        }
        table
    }};
}

const ALPHANUMERIC: [bool; 256] = bytes!(byte => byte.is_ascii_alphanumeric());

/// Where a name may begin: a capital, a digit, a letter beyond ASCII.
pub(super) struct NameStart;

impl Boundary for NameStart {
    const BEFORE: [bool; 256] = bytes!(byte => byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte >= 0xc0);

    fn is(text: &[u8], at: usize) -> bool {
        text.get(at).is_some_and(|byte| Self::BEFORE[usize::from(*byte)])
            && !before(text, at).is_some_and(|byte| ALPHANUMERIC[usize::from(byte)])
    }
}

/// Where a word may end.
pub(super) struct WordEnd;

impl Boundary for WordEnd {
    const BEFORE: [bool; 256] = bytes!(byte => !byte.is_ascii_alphanumeric() && (byte < 0x80 || byte >= 0xe2));

    fn is(text: &[u8], at: usize) -> bool {
        before(text, at).is_some_and(|byte| ALPHANUMERIC[usize::from(byte)] || byte >= 0x80)
            && text.get(at).is_none_or(|byte| Self::BEFORE[usize::from(*byte)])
    }
}

/// Where a sentence may end.
pub(super) struct SentenceEnd;

impl Boundary for SentenceEnd {
    const BEFORE: [bool; 256] = bytes!(byte => byte == b' ' || byte == b'\n');

    fn is(text: &[u8], at: usize) -> bool {
        match text.get(at) {
            None | Some(b'\n') => true,
            Some(b' ') => before(text, at).is_some_and(|byte| {
                matches!(byte, b'.' | b'!' | b'?' | b'"' | b')' | b']' | b'\'' | b'*' | b':' | 0x80..=0xbf)
            }),
            Some(_) => false,
        }
    }
}

/// Where something other than white space begins.
pub(super) struct NonSpace;

impl Boundary for NonSpace {
    const BEFORE: [bool; 256] = bytes!(byte => !byte.is_ascii_whitespace());

    fn is(text: &[u8], at: usize) -> bool {
        text.get(at).is_some_and(|byte| Self::BEFORE[usize::from(*byte)])
    }
}

/// Where a quote may begin.
pub(super) struct QuoteStart;

impl Boundary for QuoteStart {
    const BEFORE: [bool; 256] = bytes!(byte => byte == b'"' || byte == 0xe2);

    fn is(text: &[u8], at: usize) -> bool {
        match text.get(at) {
            Some(0xe2) => text[at..].starts_with("“".as_bytes()),
            byte => byte == Some(&b'"'),
        }
    }
}

/// Where a quote may end.
pub(super) struct QuoteEnd;

impl Boundary for QuoteEnd {
    const BEFORE: [bool; 256] = [true; 256];

    fn is(text: &[u8], at: usize) -> bool {
        match before(text, at) {
            Some(0x9d) => text[..at].ends_with("”".as_bytes()),
            byte => byte == Some(b'"'),
        }
    }
}

fn before(text: &[u8], at: usize) -> Option<u8> {
    text.get(at.checked_sub(1)?).copied()
}

/// Bytes of words. Of other characters only few end in the bytes of dashes,
/// quotation marks and “…”.
const IN_WORD: [bool; 256] = bytes!(byte => byte.is_ascii_alphanumeric()
    || byte == b'_'
    || byte >= 0x80 && !matches!(byte, 0xe2 | 0x80 | 0x93 | 0x94 | 0x98 | APOSTROPHE | 0x9c | 0x9d | 0xa6));
/// The last byte of “’”, and how many it has.
const APOSTROPHE: u8 = 0x99;
const ITS_BYTES: usize = 3;

/// An estimate of how many words a part of a text has: as UAX #29 counts them,
/// without its rarer rules.
pub(super) fn words(text: &[u8]) -> i64 {
    let (mut begun, mut within) = (0_i64, false);
    for byte in text {
        let word = IN_WORD[usize::from(*byte)];
        begun += i64::from(word & !within);
        within = word;
    }
    let may_join = memchr::memchr3_iter(b'.', b'\'', APOSTROPHE, text);
    begun - may_join.filter(|at| joins(text, *at)).count() as i64
}

/// Whether a mark, by its last byte, has letters on both sides.
fn joins(text: &[u8], at: usize) -> bool {
    let is_word = |at: usize| text.get(at).is_some_and(|byte| IN_WORD[usize::from(*byte)]);
    let before = at.checked_sub(if text[at] == APOSTROPHE { ITS_BYTES } else { 1 });
    is_word(at + 1) && before.is_some_and(is_word)
}
