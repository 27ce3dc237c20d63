//! Comparison and clean-up of short texts.

/// A text with its white space collapsed to single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two texts have the same words, ignoring case and punctuation.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &'_ str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_and_punctuation() {
        for (a, b, expected) in [
            ("Dune: Part Two", "dune – part two!", true),
            ("Dune", "Dune 2", false),
            ("Zoë", "ZOË", true),
            ("", "", false),
            ("…", "!", false),
        ] {
            assert_eq!(same_words(a, b), expected, "{a} {b}");
        }
        assert_eq!(one_line(" a\n\t b "), "a b");
    }
}
