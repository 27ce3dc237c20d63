//! Limits on how many parts a file has whose parser holds all of them in memory:
//! a header of mail or a value of JSON takes a few bytes in the file, but hundreds
//! once parsed.

use memchr::{memchr_iter, memchr3_iter};

use crate::read::error::ReadErrorKind;

/// Items of a feed.
pub(super) const MAX_ITEMS: usize = 100_000;
/// Values of a feed in JSON.
const MAX_VALUES: usize = 1_000_000;
/// Lines of an e-mail, each of which may be a header.
const MAX_LINES: usize = 1_000_000;
/// Addresses and parameters in an e-mail.
const MAX_ADDRESSES: usize = 2_000_000;

/// Messages that are attached to one another: they are dropped one within the other.
const MAX_ATTACHED: usize = 1000;

/// Checks a feed in JSON.
pub(super) fn check_json_feed(text: &[u8]) -> Result<(), ReadErrorKind> {
    let (mut objects, mut values) = (0, 0);
    let mut in_string = false;
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if in_string => drop(bytes.next()),
            b'"' => in_string = !in_string,
            b'{' if !in_string => objects += 1,
            b',' if !in_string => values += 1,
            _ => {}
        }
    }
    // Most objects are items; others are their authors and attachments.
    at_most(MAX_ITEMS * 2, objects, "items, authors and attachments")?;
    at_most(MAX_VALUES, values, "values")
}

/// Checks an e-mail.
pub(super) fn check_mail(bytes: &[u8]) -> Result<(), ReadErrorKind> {
    at_most(MAX_LINES, memchr_iter(b'\n', bytes).count(), "lines")?;
    let attached = memchr_iter(b'/', bytes)
        .filter(|at| bytes[at + 1..].get(..6).is_some_and(|kind| kind.eq_ignore_ascii_case(b"rfc822")))
        .count();
    at_most(MAX_ATTACHED, attached, "attached messages")?;
    at_most(MAX_ADDRESSES, memchr3_iter(b',', b';', b'<', bytes).count(), "addresses and parameters")
}

fn at_most(limit: usize, count: usize, what: &'static str) -> Result<(), ReadErrorKind> {
    if count > limit { Err(ReadErrorKind::TooMany { what, limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(result: Result<(), ReadErrorKind>, expected: Option<&str>) {
        let found = result.err().map(|kind| match kind {
            ReadErrorKind::TooMany { what, .. } => what,
            _ => "another error",
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn feeds() {
        let json = |part: &str, count: usize| check_json_feed(format!("[{}0]", part.repeat(count)).as_bytes());
        check(json("{},", MAX_ITEMS * 2), None);
        check(json("{},", MAX_ITEMS * 2 + 1), Some("items, authors and attachments"));
        check(json("1,", MAX_VALUES + 1), Some("values"));
        check(json(r#""\",{}","#, MAX_ITEMS * 3), None);
    }

    #[test]
    fn mail() {
        check(check_mail(&b"a:\n".repeat(MAX_LINES)), None);
        check(check_mail(&b"a:\n".repeat(MAX_LINES + 1)), Some("lines"));
        check(check_mail(&b"a,".repeat(MAX_ADDRESSES + 1)), Some("addresses and parameters"));
    }
}
