//! Parts of words that are found by themselves: what stands between dots, and what
//! follows an elided article.

use crate::article::Span;

/// The most parts of a word; of more, the last ones are one part.
const MOST: usize = 8;
/// Elided words before an apostrophe, in lower case. Not `o`, which begins surnames.
const ELIDED: &[&str] = &["l", "d", "c", "j", "m", "n", "s", "t", "qu", "dell", "all", "nell", "dall", "sull", "un"];

/// The parts of a word at its dots, two or more spans into it: of `TMZ.com`
/// two, of `U.S.Navy` the initials and a word. `None` of initials alone
/// and of numbers (`3.5`), which are one word.
///
/// ```
/// use newsearch::internals::segment::dotted_parts;
/// let parts = |word: &'static str| {
///     dotted_parts(word).map(|spans| spans.iter().map(|s| s.of(word)).collect::<Vec<_>>())
/// };
/// assert_eq!(parts("will.i.am"), Some(vec!["will", "i", "am"]));
/// assert_eq!(parts("J.R.R.Lee"), Some(vec!["J.R.R", "Lee"]));
/// assert_eq!(parts("S.W.A.T"), None);
/// ```
pub fn dotted_parts(word: &str) -> Option<Vec<Span>> {
    if !word.contains('.') {
        return None;
    }
    let mut parts: Vec<Span> = Vec::new();
    let mut in_initials = false;
    for piece in pieces(word) {
        let (is_initial, is_full) = (is_letter(piece.of(word)), parts.len() == MOST);
        match parts.last_mut() {
            // Initials are one word, and so is the rest of a word of many parts.
            Some(last) if is_initial && in_initials || is_full => last.end = piece.end,
            _ => parts.push(piece),
        }
        in_initials = is_initial;
    }
    (parts.len() > 1).then_some(parts)
}

/// What stands between the dots of a word, but for those between digits.
fn pieces(word: &str) -> impl Iterator<Item = Span> {
    let bytes = word.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let cuts =
        memchr::memchr_iter(b'.', bytes).filter(move |at| !(is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))));
    let mut from = 0;
    cuts.chain([word.len()])
        .map(move |at| Span::new(std::mem::replace(&mut from, at + 1), at))
        .filter(|piece| !piece.is_empty())
}

fn is_letter(piece: &str) -> bool {
    let mut chars = piece.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// What follows an elided article or pronoun in a word: “Adèle” of “d’Adèle”.
pub(super) fn after_elision(word: &str) -> Option<Span> {
    let (at, mark) = word.char_indices().find(|(_, c)| matches!(c, '\'' | '’'))?;
    let rest = Span::new(at + mark.len_utf8(), word.len());
    let is_word = rest.of(word).chars().all(char::is_alphabetic) && rest.of(word).chars().count() > 2;
    let elided = word[..at].to_ascii_lowercase();
    (is_word && ELIDED.contains(&elided.as_str())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_at_dots() {
        fn check(word: &str, expected: &[&str]) {
            let parts = dotted_parts(word).unwrap_or_default();
            assert_eq!(parts.iter().map(|part| part.of(word)).collect::<Vec<_>>(), expected, "{word}");
        }
        check("TMZ.com", &["TMZ", "com"]);
        check("news.example.org", &["news", "example", "org"]);
        check("J.K.Rowling", &["J.K", "Rowling"]);
        check("Navy.U.S", &["Navy", "U.S"]);
        check("élan.Élan", &["élan", "Élan"]);
        check("a.b.film", &["a.b", "film"]);
        for whole in ["film", "U.S", "S.W.A.T", "3.5", "1.500.000", "", ".", "a.", "v2.0"] {
            check(whole, &[]);
        }
        check("v2.0.final", &["v2.0", "final"]);
        let many = vec!["ab"; 500].join(".");
        assert_eq!(dotted_parts(&many).map(|parts| (parts.len(), parts[7].end)), Some((MOST, many.len())));
    }

    #[test]
    fn words_after_an_elision() {
        fn check(word: &str, expected: Option<&str>) {
            assert_eq!(after_elision(word).map(|rest| rest.of(word)), expected, "{word}");
        }
        check("d’Adèle", Some("Adèle"));
        check("L'information", Some("information"));
        check("dell'Arte", Some("Arte"));
        check("O'Leary", None);
        check("d'or", None);
        check("don't", None);
        check("rock'n'roll", None);
        check("l'", None);
    }
}
