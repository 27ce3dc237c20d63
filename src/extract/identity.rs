//! The id and key of an article.

use crate::article::{Article, IdRules, IdScope, content_hash, global_key, made_id, path_key, scoped_key};

/// The longest id that is kept, in bytes; a longer one is hashed.
const LONGEST_ID: usize = 512;

/// Sets the key of an article, and its id if its record has none.
///
/// A record without an id is known by its path if it is all that its file or archive
/// member holds, else by its address, else by its content: lines move when others are
/// put in front of them.
pub(super) fn identify(article: &mut Article, place: Option<usize>, rules: &IdRules) {
    if article.id.len() > LONGEST_ID {
        article.id = made_id(&format!("id {}", article.id));
    }
    if !article.id.is_empty() {
        article.key = match rules.scope {
            IdScope::Global => global_key(&article.id),
            IdScope::Source => scoped_key(&article.id, &source_of(article)),
        };
        return;
    }
    // What comes on standard input has no path of its own.
    if place.is_none() && article.path != "-" {
        article.id = made_id(rules.known_by(&article.path));
        article.key = path_key(&article.id, &article.path);
        return;
    }
    article.id = match &article.url {
        Some(url) => made_id(&format!("url {url}")),
        None => format!("{:016x}", content_hash(&article.text, article.published.as_deref())),
    };
    article.key = global_key(&article.id);
}

/// What the id of a record is one within.
fn source_of(article: &Article) -> String {
    let host = || article.url.as_deref().and_then(host);
    let source = article.source.as_ref().map(|source| source.trim_start_matches("www.").to_lowercase());
    source.or_else(host).unwrap_or_else(|| article.path.clone())
}

/// The host of an address, in lower case and without `www.`.
pub(super) fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.to_lowercase();
    let host = host.split(':').next()?.trim_start_matches("www.");
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(id: &str, path: &str, (source, url): (Option<&str>, Option<&str>), text: &str) -> Article {
        let owned = |value: Option<&str>| value.map(str::to_owned);
        let (id, path, text) = (id.to_owned(), path.to_owned(), text.to_owned());
        Article { id, path, source: owned(source), url: owned(url), text, ..Article::default() }
    }

    fn same(a: &Article, b: &Article, scope: IdScope, place: Option<usize>) -> bool {
        let key = |article: &Article| {
            let mut article = article.clone();
            identify(&mut article, place, &IdRules { scope, ..IdRules::default() });
            article.key
        };
        key(a) == key(b)
    }

    #[test]
    fn own_ids_are_one_within_their_source() {
        let check = |a: (&str, Option<&str>, Option<&str>), b: (&str, Option<&str>, Option<&str>), expected: bool| {
            let [one, other] = [a, b].map(|(path, source, url)| article("1", path, (source, url), "Text."));
            assert_eq!(same(&one, &other, IdScope::Source, Some(1)), expected, "{a:?} {b:?}");
            assert!(same(&one, &other, IdScope::Global, Some(1)));
        };
        check(("/a.csv", None, None), ("/b.csv", None, None), false);
        check(("/a.csv", None, None), ("/a.csv", None, None), true);
        check(("/a.csv", Some("Variety"), None), ("/b.csv", Some("variety"), None), true);
        check(("/a.csv", Some("Variety"), None), ("/a.csv", Some("Deadline"), None), false);
        let (one, other) = (Some("https://www.reel.example/a?x"), Some("http://reel.example:80/b"));
        check(("/a.csv", None, one), ("/b.csv", None, other), true);
        check(("/a.csv", None, Some("a.html")), ("/b.csv", None, Some("a.html")), false);
    }

    #[test]
    fn long_ids_are_hashed() {
        let mut long = article(&"7".repeat(600), "/a.csv", (None, None), "Text.");
        identify(&mut long, Some(1), &IdRules::default());
        assert_eq!(long.id.len(), 16);
    }

    #[test]
    fn without_ids_lines_are_known_by_address_or_content() {
        let check = |place, a: (&str, Option<&str>, &str), b: (&str, Option<&str>, &str), expected: bool| {
            let [one, other] = [a, b].map(|(path, url, text)| article("", path, (None, url), text));
            assert_eq!(same(&one, &other, IdScope::Source, place), expected, "{a:?} {b:?}");
        };
        check(None, ("/a.txt", None, "One."), ("/a.txt", None, "Two."), true);
        check(None, ("/a.txt", None, "One."), ("/b.txt", None, "One."), false);
        check(Some(1), ("/a.jsonl", None, "One."), ("/b.jsonl", None, "One."), true);
        check(Some(1), ("/a.jsonl", None, "One."), ("/a.jsonl", None, "Two."), false);
        check(Some(1), ("/a.jsonl", Some("u"), "One."), ("/b.jsonl", Some("u"), "Two."), true);
        check(None, ("-", None, "One."), ("-", None, "Two."), false);
    }
}
