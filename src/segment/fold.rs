//! Folding: one spelling for words that readers consider the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a word: lower case, no diacritics, no apostrophes, no commas in
/// numbers, no dots in initialisms, no invisible characters; compatibility forms are
/// resolved (NFKD, Unicode Standard Annex #15).
///
/// ```
/// use newsearch::internals::segment::fold;
/// assert_eq!(fold("Beyoncé"), "beyonce");
/// assert_eq!(fold("O’Brien"), "obrien");
/// assert_eq!(fold("U.S"), "us");
/// assert_eq!(fold("3,000"), "3000");
/// assert_eq!(fold("will.i.am"), "will.i.am");
/// ```
pub fn fold(word: &str) -> String {
    folded(word).into_owned()
}

/// Like [`fold`], borrowed if folding does not change the word.
pub(crate) fn folded(word: &str) -> Cow<'_, str> {
    if is_plain(word) {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    Cow::Owned(folded)
}

/// Whether a word has only ASCII lower-case letters and digits.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Like [`fold`], appending to `out`.
pub fn fold_into(word: &str, out: &mut String) {
    let start = out.len();
    let mut dots = 0;
    if word.is_ascii() {
        for byte in word.bytes() {
            match byte {
                b'\'' | b',' => {}
                _ => {
                    dots += usize::from(byte == b'.');
                    out.push(byte.to_ascii_lowercase() as char);
                }
            }
        }
    } else {
        for c in word.nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)).flat_map(char::to_lowercase) {
            match c {
                '\'' | '’' | '‘' | 'ʼ' | '`' | ',' => {}
                _ => {
                    dots += usize::from(c == '.');
                    push_folded(c, out);
                }
            }
        }
    }
    if dots > 0 && is_initialism(&out[start..]) {
        let bare: String = out[start..].chars().filter(|c| *c != '.').collect();
        out.truncate(start);
        out.push_str(&bare);
    }
}

/// Whether a character is not seen: soft hyphens, joiners, spaces without width, byte order
/// marks, marks of writing direction. Variation selectors are combining marks.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}')
}

/// A word in lower case, borrowed if it already is.
pub(crate) fn lowered(word: &str) -> Cow<'_, str> {
    match is_plain(word) {
        true => Cow::Borrowed(word),
        false if word.is_ascii() => Cow::Owned(word.to_ascii_lowercase()),
        false => Cow::Owned(word.to_lowercase()),
    }
}

/// Appends a letter; those that NFKD does not decompose become the ASCII letters
/// that English writes for them.
fn push_folded(c: char, out: &mut String) {
    match c {
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'þ' => out.push_str("th"),
        'ı' => out.push('i'),
        _ => out.push(c),
    }
}

/// Whether it is single letters separated by dots: “u.s”, “j.r.r”.
fn is_initialism(folded: &str) -> bool {
    folded.split('.').all(|part| part.chars().count() <= 1 && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        fn check(word: &str, expected: &str) {
            assert_eq!(fold(word), expected);
            let mut out = "x ".to_owned();
            fold_into(word, &mut out);
            assert_eq!(out, format!("x {expected}"));
        }
        check("", "");
        check("film", "film");
        check("FILM", "film");
        check("ÉLAN", "elan");
        check("Łódź", "lodz");
        check("Straße", "strasse");
        check("Ærø", "aero");
        check("O'Brien", "obrien");
        check("O’Brien’s", "obriens");
        check("10,000", "10000");
        check("ﬁlm", "film");
        check("Ｆｉｌｍ", "film");
        check("J.R.R", "jrr");
        check("É.U", "eu");
        check("Ph.D", "ph.d");
        check("3.5", "3.5");
        check("Hay\u{ad}ley", "hayley");
        check("\u{200e}Zen\u{200d}da\u{200c}ya\u{2060}\u{200f}", "zendaya");
        check("Pe\u{200b}dro", "pedro");
        check("\u{feff}film\u{fe0f}", "film");
    }

    #[test]
    fn unchanged_words_are_borrowed() {
        fn check(word: &str, is_folded: bool, is_lower: bool) {
            assert_eq!(matches!(folded(word), Cow::Borrowed(_)), is_folded, "{word}");
            assert_eq!(matches!(lowered(word), Cow::Borrowed(_)), is_lower, "{word}");
        }
        check("film7", true, true);
        check("Film", false, false);
        check("élan", false, false);
    }

    #[test]
    fn lower_case_keeps_everything_else() {
        fn check(word: &str, expected: &str) {
            assert_eq!(lowered(word), expected);
        }
        check("O’Brien", "o’brien");
        check("U.S", "u.s");
        check("ÉLAN", "élan");
    }
}
