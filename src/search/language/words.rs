//! Words and phrases with what is appended to them: `prem*`, `cruze~1`, `"red carpet"~3`,
//! and what other search engines append.

use crate::search::language::marks::{bare, is_address};
use crate::search::language::notes::{NO_WEIGHTS, NoteKind, QueryNote};
use crate::search::language::syntax_tree::Expression;

/// The fewest letters before `*`.
const MIN_PREFIX: usize = 2;
/// Letters from which on a fuzzy word has two edits.
const LONG_WORD: usize = 6;
/// The most edits of a fuzzy word.
const MAX_EDITS: u8 = 2;
/// The fewest letters of a word with `?` in it.
const MIN_WITH_GAP: usize = 4;

/// A phrase with its tail: `~3`, or what is none.
pub(crate) fn phrase(words: &str, tail: &str, notes: &mut Vec<QueryNote>) -> Expression {
    let about = || format!("\"{words}\"{tail}");
    let text = words.to_owned();
    match tail.strip_prefix('~').map(|gap| gap.parse().ok()) {
        Some(Some(gap)) => return Expression::Sloppy { words: text, gap },
        Some(None) => {
            let note = "is searched as a phrase: behind ~ stands the number of words between";
            notes.push(QueryNote::new(NoteKind::Unsupported, &about(), note));
        }
        None if tail.is_empty() => {}
        None => notes.push(QueryNote::new(NoteKind::Unsupported, tail, NO_WEIGHTS)),
    }
    Expression::Phrase(text)
}

/// A word: with `*` or `~` behind it, or plain, without the marks around it.
pub(crate) fn word(typed: &str, notes: &mut Vec<QueryNote>) -> Expression {
    if is_address(typed) {
        return Expression::Word(typed.to_owned());
    }
    let mut tell = |text: &str| notes.push(QueryNote::new(NoteKind::Unsupported, typed, text));
    let typed = without_weight(typed, &mut tell);
    let text = typed.trim_end_matches([',', ';', ':', '.', '…', '!', '?', ')', ']', '"', '\'', '’']);
    if let Some(prefix) = prefix(text, &mut tell) {
        return prefix;
    }
    if let Some(fuzzy) = fuzzy(text, &mut tell) {
        return fuzzy;
    }
    let plain = bare(typed);
    if let Some(gaps) = with_gaps(plain) {
        tell("is searched with as many edits: ? stands for no letter");
        return gaps;
    }
    if has_inner_star(plain) {
        tell("is searched as written: * stands at the end of a word only");
    } else if typed.strip_prefix('*').is_some_and(|rest| rest.starts_with(char::is_lowercase) && !rest.contains('*')) {
        tell("is searched without *, which stands at the end of a word only");
    } else if is_pattern(typed) {
        tell("is searched as words: there are no regular expressions");
    }
    Expression::Word(plain.to_owned())
}

/// A word without `^3`.
fn without_weight<'t>(typed: &'t str, tell: &mut impl FnMut(&str)) -> &'t str {
    let is_number = |weight: &str| !weight.is_empty() && weight.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match typed.rsplit_once('^') {
        Some((word, weight)) if is_number(weight) && letters(word) > 0 => {
            tell("is searched without a weight: parts have none");
            word
        }
        _ => typed,
    }
}

fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphanumeric()).count()
}

/// `prem*`, but not the emphasis of `*premiere*`.
fn prefix(text: &str, tell: &mut impl FnMut(&str)) -> Option<Expression> {
    let word = text.strip_suffix('*').filter(|word| word.ends_with(char::is_alphanumeric))?;
    if word.starts_with(['*', '_']) {
        return None;
    }
    if letters(word) < MIN_PREFIX {
        tell("is searched without *, before which two letters or more must stand");
        return None;
    }
    Some(Expression::Prefix(bare(word).to_owned()))
}

/// `cruze~`, `cruze~1`.
fn fuzzy(text: &str, tell: &mut impl FnMut(&str)) -> Option<Expression> {
    let (word, suffix) = text.rsplit_once('~').filter(|(word, _)| letters(word) > 0)?;
    let usual = if letters(word) < LONG_WORD { 1 } else { MAX_EDITS };
    let edits = match suffix {
        "" => usual,
        "0" => return Some(Expression::Word(bare(word).to_owned())),
        "1" => 1,
        "2" => 2,
        number if number.bytes().all(|b| b.is_ascii_digit()) => {
            tell("is searched with two edits, which are the most");
            MAX_EDITS
        }
        number if number.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
            tell(&format!("is searched with ~{usual}: behind ~ stands the number of edits"));
            usual
        }
        _ => return None,
    };
    Some(Expression::Fuzzy { word: bare(word).to_owned(), edits })
}

/// A word with `?` for letters, as a word that lacks them. Not two words between which
/// a space is lost, of which the second begins with a capital.
fn with_gaps(word: &str) -> Option<Expression> {
    let gaps = word.bytes().filter(|byte| *byte == b'?').count();
    let is_word = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'?');
    let is_lower = word.chars().skip(1).all(|c| !c.is_ascii_uppercase());
    if gaps == 0 || !is_word || !is_lower || letters(word) < MIN_WITH_GAP {
        return None;
    }
    let edits = u8::try_from(gaps).unwrap_or(MAX_EDITS).min(MAX_EDITS);
    Some(Expression::Fuzzy { word: word.replace('?', ""), edits })
}

/// Whether `*` stands between pieces that are longer than those of censored words and
/// initials.
fn has_inner_star(word: &str) -> bool {
    word.contains('*') && word.split('*').all(|piece| piece.len() > 1 && piece.bytes().all(|b| b.is_ascii_lowercase()))
}

/// `/mission.*/`
fn is_pattern(word: &str) -> bool {
    let inner = word.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    inner.is_some_and(|inner| inner.contains(['*', '[', '\\', '|', '+', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: &Expression, is_told: bool) {
        let mut notes = Vec::new();
        assert_eq!(word(typed, &mut notes), *expected, "{typed}");
        assert_eq!(!notes.is_empty(), is_told, "{typed}: {notes:?}");
    }

    #[test]
    fn words_and_what_is_appended() {
        let plain = |text: &str| Expression::Word(text.to_owned());
        let prefix = |text: &str| Expression::Prefix(text.to_owned());
        let fuzzy = |text: &str, edits| Expression::Fuzzy { word: text.to_owned(), edits };
        for (typed, expected) in [
            ("film,", plain("film")),
            ("prem*", prefix("prem")),
            ("prem*,", prefix("prem")),
            ("*film*", plain("film")),
            ("**film**", plain("film")),
            ("cruze~", fuzzy("cruze", 1)),
            ("spielbreg~", fuzzy("spielbreg", 2)),
            ("cruze~2", fuzzy("cruze", 2)),
            ("cruze~0", plain("cruze")),
            ("film?", plain("film")),
            ("Who?Me", plain("Who?Me")),
            ("M*A*S*H", plain("M*A*S*H")),
            ("sh*t", plain("sh*t")),
            ("http://x/a?b=c*", plain("http://x/a?b=c*")),
            ("x^y", plain("x^y")),
            ("~", plain("~")),
        ] {
            check(typed, &expected, false);
        }
        for (typed, expected) in [
            ("film^3", plain("film")),
            ("prem*^1.5", prefix("prem")),
            ("a*", plain("a")),
            ("cruze~3", fuzzy("cruze", 2)),
            ("cruze~0.8", fuzzy("cruze", 1)),
            ("miss?on", fuzzy("misson", 1)),
            ("m?ss???n", fuzzy("mssn", 2)),
            ("mis*ion", plain("mis*ion")),
            ("*ship", plain("ship")),
            ("/mis.*n/", plain("mis.*n")),
        ] {
            check(typed, &expected, true);
        }
    }

    #[test]
    fn phrases_and_their_tails() {
        let check = |tail: &str, expected: Expression, is_told: bool| {
            let mut notes = Vec::new();
            assert_eq!(phrase("red carpet", tail, &mut notes), expected, "{tail}");
            assert_eq!(!notes.is_empty(), is_told, "{tail}");
        };
        let words = || "red carpet".to_owned();
        check("", Expression::Phrase(words()), false);
        check("~3", Expression::Sloppy { words: words(), gap: 3 }, false);
        check("~x", Expression::Phrase(words()), true);
        check("^2", Expression::Phrase(words()), true);
    }
}
