//! Marks that pasted text brings along: which of them part words, and which are left out.

use std::borrow::Cow;

/// Marks before a word that are not part of it: brackets, quotation marks, bullets, and
/// signs of tags.
const BEFORE: &[char] = &[
    '(', '[', '{', '<', '>', '\'', '‘', '’', '‚', '‹', '›', '`', '"', '.', '…', ',', ';', ':', '¿', '¡', '*', '_', '#',
    '@', '-', '–', '—', '‒', '•', '·', '‣', '▪', '●', '/', '\\', '|', '?', '!', '~',
];
/// Marks behind a word that are not part of it.
const BEHIND: &[char] = &[
    ')', ']', '}', '<', '>', '\'', '‘', '’', '‚', '‹', '›', '`', '"', '.', '…', ',', ';', ':', '*', '_', '-', '–', '—',
    '‒', '•', '·', '/', '\\', '|', '?', '!',
];
/// Words of addresses that say nothing about the page.
const OF_ADDRESSES: &[&str] = &["index", "html", "htm", "php", "aspx", "amp", "story"];

/// Whether a character opens or closes a phrase.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// A query without characters that pasted text may bring along unseen: marks of
/// writing direction, byte order marks, word joiners and soft hyphens. Joiners within
/// words of other scripts stay, and so does all that is a separator.
pub(crate) fn visible(query: &str) -> Cow<'_, str> {
    let is_invisible = |c: char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    match query.contains(is_invisible) {
        true => Cow::Owned(query.replace(is_invisible, "")),
        false => Cow::Borrowed(query),
    }
}

/// A word without the marks around it; a word of nothing but marks as it is.
pub(crate) fn bare(word: &str) -> &str {
    // A point before a digit, and a sign before one, are part of a number.
    let start = word.trim_start_matches(BEFORE);
    match start.trim_end_matches(BEHIND) {
        "" => word,
        bare => bare,
    }
}

/// Whether a word is a mark that asks for nothing: a bullet, a dash, a question mark. Several
/// marks of exclamation may be a name.
pub(crate) fn is_idle(word: &str) -> bool {
    let is_mark = |c: char| BEFORE.contains(&c) || BEHIND.contains(&c);
    let may_be_name = word.contains("!!") || word.contains("??");
    !word.is_empty() && word.chars().all(is_mark) && !may_be_name
}

/// The bytes of a mark that parts words without a space beside it, at the start of
/// `rest`; 0 of none. A comma between digits is part of a number.
pub(crate) fn separator(before: Option<char>, rest: &str) -> usize {
    let mut chars = rest.chars();
    let Some(first) = chars.next() else { return 0 };
    let next = chars.next();
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let parts = match first {
        '…' | '—' | ';' | '|' | '•' | '、' | '，' | '；' | '。' => true,
        ',' => !(is_digit(before) && is_digit(next)),
        '.' => next == Some('.'),
        _ => false,
    };
    match (parts, first) {
        (false, _) => 0,
        (true, '.') => rest.len() - rest.trim_start_matches('.').len(),
        // As an operator of others, it is a part by itself.
        (true, '|') if next == Some('|') => 0,
        (true, mark) => mark.len_utf8(),
    }
}

/// Whether a part of a query is an address of the web.
pub(crate) fn is_address(text: &str) -> bool {
    let begins = |start: &str| {
        text.as_bytes().get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start.as_bytes()))
    };
    ["http://", "https://", "www."].into_iter().any(begins)
}

/// The words of an address: those of the part of its path that has the most, or its host.
pub(crate) fn words_of_address(address: &str) -> Vec<&str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let mut parts = rest.split('/');
    let host = parts.next().unwrap_or_default();
    let words = |part: &'_ str| -> usize { words_of(part).count() };
    let slug = parts.max_by_key(|part| (words(part), part.len())).filter(|part| words(part) > 0);
    slug.map_or_else(|| vec![host], |slug| words_of(slug).collect())
}

fn words_of(part: &str) -> impl Iterator<Item = &str> {
    let pieces = part.split(|c: char| !c.is_alphanumeric() && c != '\'');
    pieces.filter(|word| word.chars().any(char::is_alphabetic) && word.len() > 1 && !OF_ADDRESSES.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_words_are_left_out() {
        for (word, expected) in [
            ("film,", "film"),
            ("(film)?!", "film"),
            ("‘film’", "film"),
            ("**film**", "film"),
            ("#film", "film"),
            ("@film_", "film"),
            ("dancin'", "dancin"),
            ("film’s", "film’s"),
            ("Paramount+", "Paramount+"),
            ("$uicideboy$", "$uicideboy$"),
            ("5'10\"", "5'10"),
            ("÷", "÷"),
            ("!!!", "!!!"),
            (":)", ":)"),
            ("", ""),
        ] {
            assert_eq!(bare(word), expected, "{word}");
        }
    }

    #[test]
    fn marks_alone_are_idle() {
        for word in ["*", "-", "–", "•", ">", "?", "!", ":)", "(", "\""] {
            assert!(is_idle(word), "{word}");
        }
        for word in ["", "!!!", "???", "÷", "+", "&", "a", "★★", "🎬"] {
            assert!(!is_idle(word), "{word}");
        }
    }

    #[test]
    fn separators_part_words() {
        let check = |before: Option<char>, rest: &str, expected: usize| {
            assert_eq!(separator(before, rest), expected, "{before:?} {rest}");
        };
        check(Some('a'), ",b", 1);
        check(Some('3'), ",000", 0);
        check(Some('3'), ", 4", 1);
        check(Some('a'), "…b", 3);
        check(Some('a'), "...b", 3);
        check(Some('a'), ".b", 0);
        check(None, "||", 0);
        check(Some('a'), "|b", 1);
        check(Some('a'), "-b", 0);
    }

    #[test]
    fn addresses_have_words() {
        let check =
            |address: &str, expected: &str| assert_eq!(words_of_address(address).join(" "), expected, "{address}");
        check("https://www.example.com/2014/03/05/culture/premiere-in-paris/index.html?x=y-z-q", "premiere in paris");
        check("https://example.com/film/the-quiet-week-83921.html", "the quiet week");
        check("www.example.com", "www.example.com");
        check("http://x", "x");
        assert!(is_address("HTTPS://x") && is_address("www.x") && !is_address("wwwx") && !is_address("ä"));
    }
}
