//! Folding: one spelling for words that readers take for the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a word: lower case, no diacritics, no apostrophes, no commas in
/// numbers, no dots in initialisms; compatibility forms are resolved (NFKD,
/// Unicode Standard Annex #15).
///
/// ```
/// use newsearch::segment::fold;
/// assert_eq!(fold("Beyoncé"), "beyonce");
/// assert_eq!(fold("O’Brien"), "obrien");
/// assert_eq!(fold("U.S"), "us");
/// assert_eq!(fold("3,000"), "3000");
/// assert_eq!(fold("will.i.am"), "will.i.am");
/// ```
pub fn fold(word: &str) -> String {
    folded(word).into_owned()
}

/// Like [`fold`], borrowed where the word is as it is folded.
pub(crate) fn folded(word: &str) -> Cow<'_, str> {
    if is_plain(word) {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    Cow::Owned(folded)
}

/// Whether a word is but small letters and digits of ASCII.
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
        for c in word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
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

/// A word in lower case, borrowed where it is so already.
pub(crate) fn lowered(word: &str) -> Cow<'_, str> {
    match is_plain(word) {
        true => Cow::Borrowed(word),
        false if word.is_ascii() => Cow::Owned(word.to_ascii_lowercase()),
        false => Cow::Owned(word.to_lowercase()),
    }
}

/// Letters that NFKD leaves whole though English spells them apart.
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

/// Single letters parted by dots: “u.s”, “j.r.r”.
fn is_initialism(folded: &str) -> bool {
    folded.split('.').all(|part| part.chars().count() <= 1 && part.chars().all(char::is_alphabetic))
}
