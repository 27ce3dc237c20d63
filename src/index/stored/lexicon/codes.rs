//! The codes of words: one byte for the most frequent, then two, then three.

/// Before a number of bytes that are no ASCII.
pub(super) const ESCAPE: u8 = 0;
/// Where there is no space before a word.
pub(super) const GLUE: u8 = 1;
/// The lowest first byte of a code.
pub(super) const FIRST_CODE: u8 = 128;
/// First bytes that codes can have.
const FIRSTS: usize = 128;
/// How many of these are a whole code.
const SHORT: usize = 24;
/// How many of these, the last ones, begin a code of three bytes.
const LONG: usize = 4;
/// Words whose code has one byte or two.
const MIDDLE: usize = SHORT + (FIRSTS - SHORT - LONG) * 256;
/// All words that can have codes.
pub(super) const MOST: usize = MIDDLE + LONG * 256 * 256;

/// Appends the code of a word, given by its rank.
pub(super) fn push_code(coded: &mut Vec<u8>, code: usize) {
    let first = |number: usize| FIRST_CODE + number as u8;
    if code < SHORT {
        coded.push(first(code));
    } else if code < MIDDLE {
        coded.extend_from_slice(&[first(SHORT + (code - SHORT) / 256), (code - SHORT) as u8]);
    } else {
        let code = code - MIDDLE;
        coded.extend_from_slice(&[first(FIRSTS - LONG + (code >> 16)), (code >> 8) as u8, code as u8]);
    }
}

/// The rank of the word whose code begins with `first`; `None` at the end.
pub(super) fn read_code(first: u8, rest: &mut &[u8]) -> Option<usize> {
    let mut next = || {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        Some(usize::from(*byte))
    };
    let first = usize::from(first - FIRST_CODE);
    Some(match first.checked_sub(FIRSTS - LONG) {
        Some(long) => MIDDLE + (long << 16) + (next()? << 8) + next()?,
        None if first < SHORT => first,
        None => SHORT + (first - SHORT) * 256 + next()?,
    })
}

/// Appends bytes that have no code.
pub(super) fn push_bytes(coded: &mut Vec<u8>, bytes: &[u8]) {
    let plain = |byte: &u8| (GLUE + 1..FIRST_CODE).contains(byte);
    let mut rest = bytes;
    while !rest.is_empty() {
        let (stand, others) = rest.split_at(rest.iter().position(|byte| !plain(byte)).unwrap_or(rest.len()));
        coded.extend_from_slice(stand);
        let length = others.iter().take(255).position(plain).unwrap_or(others.len().min(255));
        if length > 0 {
            coded.extend_from_slice(&[ESCAPE, length as u8]);
            coded.extend_from_slice(&others[..length]);
        }
        rest = &others[length..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_length_come_back() {
        let check = |code: usize, length: usize| {
            let mut coded = Vec::new();
            push_code(&mut coded, code);
            assert_eq!(coded.len(), length, "{code}");
            let (first, mut rest) = coded.split_first().expect("a byte or more");
            assert!(*first >= FIRST_CODE);
            assert_eq!((read_code(*first, &mut rest), rest), (Some(code), &[][..]));
        };
        for (code, length) in
            [(0, 1), (SHORT - 1, 1), (SHORT, 2), (MIDDLE - 1, 2), (MIDDLE, 3), (MIDDLE + 70_000, 3), (MOST - 1, 3)]
        {
            check(code, length);
        }
        assert_eq!(read_code(FIRST_CODE + SHORT as u8, &mut &[][..]), None);
    }

    #[test]
    fn what_is_no_plain_ascii_is_escaped() {
        let check = |bytes: &[u8], expected: &[u8]| {
            let mut coded = Vec::new();
            push_bytes(&mut coded, bytes);
            assert_eq!(coded, expected);
        };
        check(b"abc", b"abc");
        check(b"a\xffb", &[b'a', ESCAPE, 1, 0xff, b'b']);
        check(&[GLUE, ESCAPE], &[ESCAPE, 2, GLUE, ESCAPE]);
        check(&[0xff; 256], &[&[ESCAPE, 255][..], &[0xff; 255], &[ESCAPE, 1, 0xff]].concat());
    }
}
