//! Folding: one spelling for words that readers consider the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Folds a word: lower case, no accents, no apostrophes, no commas in
/// numbers, no dots in initialisms, no invisible characters; compatibility forms are
/// resolved (NFKC, Unicode Standard Annex #15). Marks that make another letter or syllable
/// in their script stay: the vowels of Devanagari, the voicing of kana.
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
        for c in word.nfkd().filter(|c| !is_accent(*c) && !is_invisible(*c)).nfc().flat_map(char::to_lowercase) {
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

/// Whether a mark may be left out in writing, or stands on a letter of an alphabet:
/// accents of Latin, Greek and Cyrillic, the vowel points of Hebrew, Arabic and Syriac.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}'
        | '\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}'..='\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
        | '\u{711}'
        | '\u{730}'..='\u{74a}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Whether a character is not seen: soft hyphens, joiners, spaces without width, byte order
/// marks, marks of writing direction. Variation selectors are accents here.
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
        // The small letter at the end of a Greek word; its capital is that of the other.
        'ς' => out.push('σ'),
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
        check("ΚΥΝΟΔΟΝΤΑΣ", "κυνοδοντασ");
        check("Κυνόδοντας", "κυνοδοντασ");
        check("Ёлка", "елка");
        check("שָׁלוֹם", "שלום");
        check("مُحَمَّد", "محمد");
    }

    #[test]
    fn marks_that_make_another_letter_stay() {
        let apart = |a: &str, b: &str| assert_ne!(fold(a), fold(b), "{a} and {b}");
        let same = |a: &str, b: &str| assert_eq!(fold(a), fold(b), "{a} and {b}");
        apart("हिन्दी", "हन्द");
        apart("パリ", "ハリ");
        apart("が", "か");
        same("ﾊﾟﾘ", "パリ");
        same("が", "か\u{3099}");
        same("한국", "\u{1112}\u{1161}\u{11ab}국");
        assert!(!fold("パ").starts_with("ハ"));
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
