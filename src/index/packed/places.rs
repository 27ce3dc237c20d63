//! Places in a text, told by how many of their kind are passed on the way to
//! them: most often none, which is little to keep.

use crate::article::Span;

use super::{Numbers, Packed};

/// A kind of places.
pub(super) trait Place {
    /// Whether such a place may be before a byte.
    const BEFORE: [bool; 256];

    /// Whether a place of a text, up to its end, is such a place.
    fn is(text: &[u8], at: usize) -> bool;

    /// Those from a place on.
    fn all(text: &[u8], from: usize) -> impl Iterator<Item = usize> {
        let within = text.get(from..).unwrap_or_default().iter().enumerate();
        let may = within.filter(|(_, byte)| Self::BEFORE[usize::from(**byte)]).map(move |(at, _)| from + at);
        may.chain((from <= text.len()).then_some(text.len())).filter(|at| Self::is(text, *at))
    }
}

/// Packs how many spans there are, and where they begin and end: each on the
/// way from the end of the one before, the first from `from`.
pub(super) fn push_spans<B: Place, E: Place>(
    packed: &mut Packed,
    text: &[u8],
    from: usize,
    spans: impl ExactSizeIterator<Item = Span>,
) {
    packed.push(spans.len() as u64);
    let (mut starts, mut ends, mut end) = (Places::default(), Places::default(), from);
    for span in spans {
        starts.push::<B>(text, (end, span.start));
        ends.push::<E>(text, (span.start + 1, span.end));
        end = span.end;
    }
    starts.write(packed);
    ends.write(packed);
}

/// Reads them.
pub(super) fn read_spans<B: Place, E: Place>(numbers: &mut Numbers<'_>, text: &[u8], from: usize) -> Option<Vec<Span>> {
    let count = numbers.count()?;
    let (mut starts, mut ends, mut end) = (Places::read(numbers, count)?, Places::read(numbers, count)?, from);
    let mut spans = Vec::with_capacity(count);
    for _ in 0..count {
        let start = starts.next::<B>(text, end)?;
        end = ends.next::<E>(text, start.checked_add(1)?)?;
        spans.push(Span::new(start, end));
    }
    Some(spans)
}

/// Codes of places; the distances to those that are of no kind stand apart.
#[derive(Default)]
struct Places {
    codes: Vec<u64>,
    odd: Vec<i64>,
}

impl Places {
    /// Adds the place `to`, on the way there from `from`.
    fn push<P: Place>(&mut self, text: &[u8], (from, to): (usize, usize)) {
        if to >= from && to <= text.len() && P::is(text, to) {
            self.codes.push(1 + P::all(text, from).take_while(|at| *at < to).count() as u64);
        } else {
            self.codes.push(0);
            self.odd.push(to as i64 - from as i64);
        }
    }

    fn write(&self, packed: &mut Packed) {
        packed.column(self.codes.iter().copied());
        self.odd.iter().for_each(|distance| packed.push_signed(*distance));
    }

    /// Reads so many codes.
    fn read(numbers: &mut Numbers<'_>, count: usize) -> Option<PlacesIn> {
        let codes: Vec<u64> = (0..count).map(|_| numbers.next()).collect::<Option<_>>()?;
        let odd = codes.iter().filter(|code| **code == 0).map(|_| numbers.next_signed());
        Some(PlacesIn { odd: odd.collect::<Option<Vec<_>>>()?.into_iter(), codes: codes.into_iter() })
    }
}

/// Codes that were read.
struct PlacesIn {
    codes: std::vec::IntoIter<u64>,
    odd: std::vec::IntoIter<i64>,
}

impl PlacesIn {
    /// The next place, on the way from `from`.
    fn next<P: Place>(&mut self, text: &[u8], from: usize) -> Option<usize> {
        match self.codes.next()?.checked_sub(1) {
            Some(passed) => P::all(text, from).nth(usize::try_from(passed).ok()?),
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

/// Where a name might begin: with a capital, a digit, a letter that is not ASCII.
pub(super) struct BeginsName;

impl Place for BeginsName {
    const BEFORE: [bool; 256] = bytes!(byte => byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte >= 0xc0);

    fn is(text: &[u8], at: usize) -> bool {
        text.get(at).is_some_and(|byte| Self::BEFORE[usize::from(*byte)])
            && !before(text, at).is_some_and(|byte| ALPHANUMERIC[usize::from(byte)])
    }
}

/// Where a word might end.
pub(super) struct EndsWord;

impl Place for EndsWord {
    const BEFORE: [bool; 256] = bytes!(byte => !byte.is_ascii_alphanumeric() && (byte < 0x80 || byte >= 0xe2));

    fn is(text: &[u8], at: usize) -> bool {
        before(text, at).is_some_and(|byte| ALPHANUMERIC[usize::from(byte)] || byte >= 0x80)
            && text.get(at).is_none_or(|byte| Self::BEFORE[usize::from(*byte)])
    }
}

/// Where a sentence might end.
pub(super) struct EndsSentence;

impl Place for EndsSentence {
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

/// Where something is written.
pub(super) struct Written;

impl Place for Written {
    const BEFORE: [bool; 256] = bytes!(byte => !byte.is_ascii_whitespace());

    fn is(text: &[u8], at: usize) -> bool {
        text.get(at).is_some_and(|byte| Self::BEFORE[usize::from(*byte)])
    }
}

/// Where a quote might begin.
pub(super) struct BeginsQuote;

impl Place for BeginsQuote {
    const BEFORE: [bool; 256] = bytes!(byte => byte == b'"' || byte == 0xe2);

    fn is(text: &[u8], at: usize) -> bool {
        match text.get(at) {
            Some(0xe2) => text[at..].starts_with("“".as_bytes()),
            byte => byte == Some(&b'"'),
        }
    }
}

/// Where a quote might end.
pub(super) struct EndsQuote;

impl Place for EndsQuote {
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

/// Bytes of words; few other letters end like dashes, quotation marks, “…”.
const IN_WORD: [bool; 256] = bytes!(byte => byte.is_ascii_alphanumeric()
    || byte == b'_'
    || byte >= 0x80 && !matches!(byte, 0xe2 | 0x80 | 0x93 | 0x94 | 0x98 | APOSTROPHE | 0x9c | 0x9d | 0xa6));
/// The last byte of “’”, and how many it has.
const APOSTROPHE: u8 = 0x99;
const ITS_BYTES: usize = 3;

/// About how many words a part of a text has: as UAX #29 counts them, without
/// its rarer rules.
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
