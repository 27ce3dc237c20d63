//! Addresses of pages.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::article::EntityKind;

/// All but the unreserved characters of RFC 3986 are escaped.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'~').remove(b'.');

/// A text as a percent-encoded segment of a path.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, &ESCAPED).to_string()
}

/// The page of an article; with `at`, at a byte range of its text.
pub(super) fn article_address(id: &str, at: Option<(usize, usize)>) -> String {
    match at {
        Some((start, end)) => format!("/article/{}?at={start}-{end}#passage", encoded(id)),
        None => format!("/article/{}", encoded(id)),
    }
}

/// The page of an entity.
pub(super) fn entity_address(kind: EntityKind, name: &str) -> String {
    format!("/entity/{kind}/{}", encoded(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_ids_are_escaped() {
        let check = |name: &str, expected: &str| assert_eq!(entity_address(EntityKind::Work, name), expected);
        check("Dune", "/entity/work/Dune");
        check("Top Gun: Maverick", "/entity/work/Top%20Gun%3A%20Maverick");
        check("AC/DC?#é", "/entity/work/AC%2FDC%3F%23%C3%A9");
        check("a-b_c.d~e", "/entity/work/a-b_c.d~e");
        assert_eq!(article_address("a/b.txt", None), "/article/a%2Fb.txt");
        assert_eq!(article_address("7", Some((3, 14))), "/article/7?at=3-14#passage");
    }
}
