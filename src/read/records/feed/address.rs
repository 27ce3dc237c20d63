//! Addresses of items, and what they are relative to.

use url::Url;

pub(super) fn is_web_address(text: &str) -> bool {
    let starts = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}

/// A relative address as an absolute one; `None` if the base is none.
pub(super) fn joined(base: &str, address: &str) -> Option<String> {
    let base = Url::parse(base).ok().filter(|base| base.scheme().starts_with("http"))?;
    base.join(address).ok().map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses() {
        for (base, address, expected) in [
            ("https://reel.example/a/", "b.html", Some("https://reel.example/a/b.html")),
            ("https://reel.example/a/", "/b", Some("https://reel.example/b")),
            ("https://reel.example", "//other.example/b", Some("https://other.example/b")),
            ("https://reel.example", "urn:b", Some("urn:b")),
            ("a/", "b", None),
            ("file:///a/", "b", None),
        ] {
            assert_eq!(joined(base, address).as_deref(), expected, "{base} {address}");
        }
        assert!(is_web_address("HTTP://a") && !is_web_address("é") && !is_web_address("/a"));
    }
}
