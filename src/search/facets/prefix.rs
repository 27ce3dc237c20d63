//! Names that begin with a prefix.

use crate::segment::fold;

/// Whether a name, or a word of it, begins with folded text.
pub(crate) fn begins(name: &str, prefix: &str) -> bool {
    let folded = fold(name);
    folded.match_indices(prefix).any(|(at, _)| at == 0 || !folded[..at].ends_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn names_and_their_words_begin() {
        let check = |name, prefix, expected| assert_eq!(begins(name, prefix), expected, "{name} {prefix}");
        check("Hayley Atwell", "hay", true);
        check("Hayley Atwell", "atw", true);
        check("Hayley Atwell", "well", false);
        check("Beyoncé", "beyonce", true);
        check("Spider-Man", "man", true);
        check("Hayley Atwell", "", true);
    }
}
