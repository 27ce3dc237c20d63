//! The address that a saved page had: web archives put theirs before it, browsers
//! write it into a comment.

use super::lede::prefix;

/// How much of a page is searched for the comment of a browser, in bytes.
const HEAD: usize = 4096;

/// The address in a comment at the start of a page: `saved from url=(0021)https://…`
/// of browsers, or `url: https://…` of SingleFile.
pub(super) fn from_url(html: &str) -> Option<String> {
    let head = prefix(html, HEAD);
    let mut comments = head.split("<!--").skip(1).map(|rest| rest.split("-->").next().unwrap_or_default());
    comments.find_map(|comment| {
        let after = match comment.find("saved from url=") {
            Some(at) => comment[at..].split_once(')')?.1,
            None if comment.contains("SingleFile") => comment.split("url:").nth(1)?,
            None => return None,
        };
        let address = after.split_whitespace().next()?;
        is_web(address).then(|| address.to_owned())
    })
}

fn is_web(address: &str) -> bool {
    address.starts_with("http://") || address.starts_with("https://")
}

/// The address that a page of a web archive is a copy of:
/// `https://web.archive.org/web/20190306010203/https://reel.example/a`. Other
/// addresses stay.
pub(super) fn original(address: &str) -> &str {
    let mut rest = address;
    while let Some((_, after)) = rest.split_once('/') {
        rest = after;
        let Some((stamp, copied)) = after.split_once('/') else { break };
        let digits = stamp.bytes().take_while(u8::is_ascii_digit).count();
        let flags = &stamp[digits..];
        if (4..=14).contains(&digits)
            && flags.len() <= 4
            && flags.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            && is_web(copied)
        {
            return copied;
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_browsers() {
        for (html, expected) in [
            (
                "<!DOCTYPE html>\n<!-- saved from url=(0022)https://reel.example/a -->\n<html>",
                Some("https://reel.example/a"),
            ),
            ("<!-- saved from url=(0014)about:internet -->", None),
            (
                "<html><!--\n Page saved with SingleFile \n url: https://reel.example/b \n saved date: Tue -->",
                Some("https://reel.example/b"),
            ),
            ("<!-- url: https://reel.example/c -->", None),
            ("<p>saved from url=(0022)https://reel.example/a", None),
        ] {
            assert_eq!(from_url(html).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn addresses_of_archives() {
        let copy = "https://reel.example/2019/03/05/a/";
        for start in [
            "https://web.archive.org/web/20190306010203/",
            "http://web.archive.org/web/20190306010203id_/",
            "https://archive.example/wayback/2019/",
            "",
        ] {
            assert_eq!(original(&format!("{start}{copy}")), copy);
        }
        let shared = "https://share.example/?u=https://reel.example/2019/https";
        assert_eq!(original(shared), shared);
    }
}
