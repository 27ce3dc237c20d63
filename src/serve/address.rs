//! Addresses of this server's pages.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::article::EntityKind;

/// What RFC 3986 calls unreserved stands as it is.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'~').remove(b'.');

/// A text as a part of an address.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, &ESCAPED).to_string()
}

/// An article; with `at`, a stretch of its text, in bytes.
pub(super) fn article_address(id: &str, at: Option<(usize, usize)>) -> String {
    match at {
        Some((start, end)) => format!("/article/{}?at={start}-{end}#passage", encoded(id)),
        None => format!("/article/{}", encoded(id)),
    }
}

/// A name.
pub(super) fn entity_address(kind: EntityKind, name: &str) -> String {
    format!("/entity/{kind}/{}", encoded(name))
}
