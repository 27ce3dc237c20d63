//! Signs that are names by themselves, such as that of an album called “÷”.

use crate::article::Span;

/// The longest name of signs, in bytes.
const LONGEST: usize = 24;

/// Whether a sign may be a name. Not those that are punctuation, or stand in running text
/// for anything.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '÷' | '×'
            | '±'
            | '−'
            | '∞'
            | '√'
            | '∆'
            | '∑'
            | '†'
            | '‡'
            | '♥'
            | '♡'
            | '★'
            | '☆'
            | '☮'
            | '☯'
            | '♀'
            | '♂'
            | '♯'
            | '♭'
    )
}

/// The runs of signs in what stands between two words, which has white space or
/// punctuation around them: spans into it.
pub(super) fn signs(gap: &str) -> impl Iterator<Item = Span> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + gap[from..].find(is_sign)?;
        let end = gap[start..].find(|c: char| !is_sign(c)).map_or(gap.len(), |length| start + length);
        from = end;
        Some(Span::new(start, end))
    })
    .filter(|span| span.len() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_signs() {
        fn check(gap: &str, expected: &[&str]) {
            assert_eq!(signs(gap).map(|span| span.of(gap)).collect::<Vec<_>>(), expected, "{gap}");
        }
        check(" “÷”, ", &["÷"]);
        check(" ★★★ × ", &["★★★", "×"]);
        check(" – & + … ", &[]);
        check("", &[]);
        check(&"★".repeat(100), &[]);
    }
}
