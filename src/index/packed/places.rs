//! Places in a text, told by how many of their kind are passed on the way to
//! them: most often none, which is little to keep.

use super::{Numbers, Packed};

/// Codes of places; the distances to those that are of no kind stand apart.
#[derive(Default)]
pub(super) struct Places {
    codes: Vec<u64>,
    odd: Vec<i64>,
}

impl Places {
    /// Adds the place `to`, on the way there from `from`.
    pub fn push(&mut self, text: &[u8], is_place: impl Fn(&[u8], usize) -> bool, (from, to): (usize, usize)) {
        if to >= from && to <= text.len() && is_place(text, to) {
            self.codes.push(1 + (from..to).filter(|at| is_place(text, *at)).count() as u64);
        } else {
            self.codes.push(0);
            self.odd.push(to as i64 - from as i64);
        }
    }

    pub fn write(&self, packed: &mut Packed) {
        packed.column(self.codes.iter().copied());
        self.odd.iter().for_each(|distance| packed.push_signed(*distance));
    }

    /// Reads so many codes.
    pub fn read(numbers: &mut Numbers<'_>, count: usize) -> Option<PlacesIn> {
        let codes: Vec<u64> = (0..count).map(|_| numbers.next()).collect::<Option<_>>()?;
        let odd = codes.iter().filter(|code| **code == 0).map(|_| numbers.next_signed());
        Some(PlacesIn { odd: odd.collect::<Option<Vec<_>>>()?.into_iter(), codes: codes.into_iter() })
    }
}

/// Codes that were read.
pub(super) struct PlacesIn {
    codes: std::vec::IntoIter<u64>,
    odd: std::vec::IntoIter<i64>,
}

impl PlacesIn {
    /// The next place, on the way from `from`.
    pub fn next(&mut self, text: &[u8], is_place: impl Fn(&[u8], usize) -> bool, from: usize) -> Option<usize> {
        match self.codes.next()?.checked_sub(1) {
            Some(passed) => (from..=text.len()).filter(|at| is_place(text, *at)).nth(usize::try_from(passed).ok()?),
            None => usize::try_from(i64::try_from(from).ok()?.checked_add(self.odd.next()?)?).ok(),
        }
    }
}

/// Whether a name might begin here: with a capital, a digit, a letter that is
/// not ASCII.
pub(super) fn begins_name(text: &[u8], at: usize) -> bool {
    let begins = text.get(at).is_some_and(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte >= 0xc0);
    begins && !before(text, at).is_some_and(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a word might end before here.
pub(super) fn ends_word(text: &[u8], at: usize) -> bool {
    before(text, at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
        && !text.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || (0x80..0xe2).contains(byte))
}

/// Whether a sentence might end before here.
pub(super) fn ends_sentence(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        None | Some(b'\n') => true,
        Some(b' ') => before(text, at).is_some_and(|byte| b".!?\")]'*:".contains(byte) || (0x80..0xc0).contains(byte)),
        Some(_) => false,
    }
}

/// Whether something is written here.
pub(super) fn is_written(text: &[u8], at: usize) -> bool {
    text.get(at).is_some_and(|byte| !byte.is_ascii_whitespace())
}

/// Whether a quote might begin here.
pub(super) fn begins_quote(text: &[u8], at: usize) -> bool {
    match text.get(at) {
        Some(0xe2) => text[at..].starts_with("“".as_bytes()),
        byte => byte == Some(&b'"'),
    }
}

/// Whether a quote might end before here.
pub(super) fn ends_quote(text: &[u8], at: usize) -> bool {
    match before(text, at) {
        Some(0x9d) => text[..at].ends_with("”".as_bytes()),
        byte => byte == Some(&b'"'),
    }
}

fn before(text: &[u8], at: usize) -> Option<&u8> {
    text.get(at.checked_sub(1)?)
}

/// What bytes are to [`words`].
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Other,
    Word,
    /// Joins letters on both sides.
    Joins,
    /// The last byte of “’”, which does so too.
    Apostrophe,
}

const KINDS: [Kind; 256] = kinds();

const fn kinds() -> [Kind; 256] {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'.' | b'\'' => Kind::Joins,
            0x99 => Kind::Apostrophe,
            // Dashes, quotation marks, “…”; few letters end like these.
            0xe2 | 0x80 | 0x93 | 0x94 | 0x98 | 0x9c | 0x9d | 0xa6 => Kind::Other,
            b'_' | 0x80.. => Kind::Word,
            other if other.is_ascii_alphanumeric() => Kind::Word,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
}

/// About how many words a part of a text has: as UAX #29 counts them, without
/// its rarer rules.
pub(super) fn words(text: &[u8]) -> i64 {
    let mut words = 0;
    let (mut before, mut last) = (Kind::Other, Kind::Other);
    for (at, byte) in text.iter().enumerate() {
        let kind = KINDS[usize::from(*byte)];
        if kind == Kind::Word && last != Kind::Word {
            let joined = match last {
                Kind::Joins => before == Kind::Word,
                Kind::Apostrophe => at >= 4 && KINDS[usize::from(text[at - 4])] == Kind::Word,
                _ => false,
            };
            words += i64::from(!joined);
        }
        (before, last) = (last, kind);
    }
    words
}
