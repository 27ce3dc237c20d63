//! Signs that are names by themselves, such as that of an album called “÷”, of a band
//! called “!!!”, or an emoji.

use crate::article::Span;

/// The longest name of signs, in bytes.
const LONGEST: usize = 24;

/// Whether a sign may be a name. Not those that are punctuation, or stand in running text
/// for anything.
fn is_sign(c: char) -> bool {
    matches!(c, '÷' | '×' | '±' | '−' | '∞' | '√' | '∆' | '∑' | '†' | '‡' | '\u{1f1e6}'..='\u{1f1ff}')
}

/// Whether it is a pictograph, which is a name for itself, whatever stands beside it. Those
/// that only give another one a color are none.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{26ff}' | '\u{2700}'..='\u{2756}' | '\u{2758}'..='\u{275a}' | '\u{2761}'..='\u{2767}'
        | '\u{2795}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{2b1b}'..='\u{2b1c}'
        | '\u{1f000}'..='\u{1f1e5}' | '\u{1f200}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}')
        && !matches!(c, '★' | '☆')
}

/// Whether it is a mark of exclamation, of which several alone are a name.
fn is_exclamation(c: char) -> bool {
    matches!(c, '!' | '?')
}

/// The names of signs in what stands between two words: runs of signs, each pictograph,
/// and marks of exclamation that stand alone. Spans into it. `follows_word`: whether it
/// stands directly behind a word, whose marks those at its start are.
pub(super) fn signs(gap: &str, follows_word: bool) -> impl Iterator<Item = Span> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let is_start = |c: char| is_sign(c) || is_star(c) || is_pictograph(c) || is_exclamation(c);
        let start = from + gap[from..].find(is_start)?;
        let first = gap[start..].chars().next()?;
        let after =
            |is: fn(char) -> bool| gap[start..].find(|c: char| !is(c)).map_or(gap.len(), |length| start + length);
        let end = match first {
            _ if is_pictograph(first) => start + first.len_utf8(),
            _ if is_exclamation(first) => after(is_exclamation),
            _ => after(|c| is_sign(c) || is_star(c)),
        };
        from = end;
        Some((Span::new(start, end), is_exclamation(first)))
    })
    .filter(move |(span, exclaims)| span.len() <= LONGEST && (!exclaims || stands_alone(gap, *span, follows_word)))
    .map(|(span, _)| span)
}

/// Whether it is a star, of which several are one rating.
fn is_star(c: char) -> bool {
    matches!(c, '★' | '☆')
}

/// Whether several marks have nothing but spaces, quotation marks or parentheses around them.
fn stands_alone(gap: &str, span: Span, follows_word: bool) -> bool {
    let is_apart = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '‘' | '’' | '(' | ')' | '«' | '»');
    let before = gap[..span.start].chars().next_back();
    let after = gap[span.end..].chars().next();
    span.len() > 1
        && before.map_or(!follows_word, is_apart)
        && after.is_none_or(|c| is_apart(c) || matches!(c, ',' | '.' | ';' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_signs() {
        fn check(gap: &str, expected: &[&str]) {
            assert_eq!(signs(gap, true).map(|span| span.of(gap)).collect::<Vec<_>>(), expected, "{gap}");
        }
        check(" “÷”, ", &["÷"]);
        check(" ★★★ × ", &["★★★", "×"]);
        check(" – & + … ", &[]);
        check("", &[]);
        check(&"★".repeat(100), &[]);
        check("🎬🎥 👩\u{200d}🎤 ♥\u{fe0f} 👍\u{1f3fd}", &["🎬", "🎥", "👩", "🎤", "♥", "👍"]);
        check(" 🇬🇧", &["🇬🇧"]);
    }

    #[test]
    fn marks_of_exclamation_are_names_where_they_stand_alone() {
        fn check(gap: &str, follows_word: bool, expected: &[&str]) {
            assert_eq!(signs(gap, follows_word).map(|span| span.of(gap)).collect::<Vec<_>>(), expected, "{gap}");
        }
        check("!!!", false, &["!!!"]);
        check("!!!", true, &[]);
        check("!!! ", true, &[]);
        check(" !!! ", true, &["!!!"]);
        check(" “!!!,” ", true, &["!!!"]);
        check(" ! ", true, &[]);
        check(" …!!! ", true, &[]);
    }
}
