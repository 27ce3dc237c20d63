//! What makes two records one article.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::hash::stable_hash;

/// What the ids of records are one within. Two records with the same id in the same
/// scope are one article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IdScope {
    /// Their source: the source that the record names, else the host of its address,
    /// else its file. Exports of two sites that both number from 1 are kept apart.
    #[default]
    Source,
    /// The whole archive.
    Global,
}

impl IdScope {
    /// The value of the flag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Global => "global",
        }
    }
}

/// Set in the key of an article that is known by its path: another text under that
/// path may be another article.
const BY_PATH: u64 = 1;
/// How articles are identified.
#[derive(Debug, Clone, Default)]
pub struct IdRules {
    /// What ids are one within.
    pub scope: IdScope,
    /// Absolute paths of folders and files. The id of an article that is known by its
    /// path is made from the part of it that begins with the name of the root, so that it
    /// is the same wherever a folder of articles is kept.
    pub roots: BTreeSet<String>,
}

impl IdRules {
    /// The part of a path that ids are made from: `film/a.txt` of `/archive/film/a.txt`
    /// under the root `/archive/film`.
    pub(crate) fn known_by<'p>(&self, path: &'p str) -> &'p str {
        let Some(root) = root_of(file_of(path), &self.roots) else { return path };
        &path[root.rfind('/').map_or(0, |at| at + 1)..]
    }
}

/// The root that a file is under.
pub(crate) fn root_of<'r>(file: &str, roots: &'r BTreeSet<String>) -> Option<&'r str> {
    roots.iter().map(String::as_str).find(|root| is_under(file, root))
}

/// Whether an absolute path is a root or lies under it.
pub(crate) fn is_under(file: &str, root: &str) -> bool {
    file.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || root.ends_with('/'))
}

/// Bits of a key that come from the id alone, so that the order of equally good
/// articles depends on paths only where ids are equal.
const ID_BITS: u32 = 20;
/// Characters of a suffix, five bits each.
const SUFFIX: u32 = 6;
/// RFC 4648's base 32 in lower case.
const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The key of an article whose id is one within `scope`.
pub(crate) fn scoped_key(id: &str, scope: &str) -> u64 {
    let low = u64::MAX >> ID_BITS;
    (stable_hash(id.as_bytes()) & !low | stable_hash(format!("{scope}\0{id}").as_bytes()) & low) & !BY_PATH
}

/// The key of an article whose id is one within the archive.
pub(crate) fn global_key(id: &str) -> u64 {
    stable_hash(id.as_bytes()) & !BY_PATH
}

/// The key of an article that is known by its absolute path; `id` was made from it.
pub(crate) fn path_key(id: &str, path: &str) -> u64 {
    scoped_key(id, path) | BY_PATH
}

/// Whether the article of a key is known by its path alone.
pub(crate) fn is_known_by_path(key: u64) -> bool {
    key & BY_PATH != 0
}

/// The id of an article that has none, from what it is known by.
pub(crate) fn made_id(known_by: &str) -> String {
    format!("{:016x}", stable_hash(known_by.as_bytes()))
}

/// What tells articles of the same id apart in print: `7~k3fz2q`.
pub(crate) fn key_suffix(key: u64) -> String {
    (0..SUFFIX).map(|at| char::from(DIGITS[(key >> (5 * at)) as usize & 31])).collect()
}

/// A hash of what an article says and when it was published. Equal articles of two
/// files have the same.
pub fn content_hash(text: &str, published: Option<&str>) -> u64 {
    stable_hash(format!("{}\0{text}", published.unwrap_or_default()).as_bytes())
}

/// Where the member of an archive begins in the path of an article.
const MEMBER: &str = "!/";

/// The file in the path of an article: `news.zip` of `news.zip!/a.html`.
pub(crate) fn file_of(path: &str) -> &str {
    path.split_once(MEMBER).map_or(path, |(file, _)| file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_depend_on_id_and_scope() {
        let check = |a: (&str, &str), b: (&str, &str), equal: bool| {
            assert_eq!(scoped_key(a.0, a.1) == scoped_key(b.0, b.1), equal, "{a:?} {b:?}");
        };
        check(("1", "variety"), ("1", "variety"), true);
        check(("1", "variety"), ("1", "deadline"), false);
        check(("1", "variety"), ("2", "variety"), false);
        check(("1", "2"), ("12", ""), false);
        let order = |scope| scoped_key("7", scope) >> (64 - ID_BITS);
        assert_eq!(order("a"), order("b"));
    }

    #[test]
    fn keys_tell_whether_they_are_of_a_path() {
        for (key, expected) in [(path_key("7", "/a"), true), (global_key("7"), false), (scoped_key("7", "a"), false)] {
            assert_eq!(is_known_by_path(key), expected);
        }
    }

    #[test]
    fn a_file_is_under_its_folders() {
        for (file, root, expected) in [
            ("/in/a.txt", "/in", true),
            ("/in/a.txt", "/in/a.txt", true),
            ("/in/a.txt", "/", true),
            ("/in/a.txt", "/i", false),
            ("/in/a.txt.bak", "/in/a.txt", false),
        ] {
            assert_eq!(is_under(file, root), expected, "{file} {root}");
        }
    }

    #[test]
    fn ids_are_made_from_what_is_under_a_root() {
        let check = |roots: &[&str], path: &str, expected: &str| {
            let roots = roots.iter().map(|root| (*root).to_owned()).collect();
            assert_eq!(IdRules { roots, ..IdRules::default() }.known_by(path), expected, "{path}");
        };
        check(&["/x/film", "/y"], "/x/film/a.zip!/b.txt", "film/a.zip!/b.txt");
        check(&["/x/film"], "/x/film.txt", "/x/film.txt");
        check(&["/x/a.txt"], "/x/a.txt", "a.txt");
        check(&["/"], "/x/a.txt", "x/a.txt");
    }

    #[test]
    fn suffixes_have_six_characters() {
        assert_eq!(key_suffix(0), "aaaaaa");
        assert_eq!(key_suffix(1 << 5 | 31), "7baaaa");
    }

    #[test]
    fn content_is_text_and_date() {
        let text = "Dune opens.";
        assert_eq!(content_hash(text, None), content_hash(text, None));
        assert_ne!(content_hash(text, None), content_hash(text, Some("2021-10-22")));
        assert_ne!(content_hash(text, None), content_hash("Dune closes.", None));
    }

    #[test]
    fn members_follow_their_file() {
        for (path, file) in
            [("/a/news.zip!/b.tar!/c.html", "/a/news.zip"), ("/a/b.txt", "/a/b.txt"), ("/a/wow!.txt", "/a/wow!.txt")]
        {
            assert_eq!(file_of(path), file);
        }
    }
}
