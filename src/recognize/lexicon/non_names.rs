//! Capitalized phrases that are not names.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Holidays and set phrases that name a work only in quotation marks.
/// Possessive endings are not part of a word, so “New Year's Eve” is “new year eve”.
const NON_NAMES: &[&str] = &[
    "no 1",
    "no 2",
    "labor day",
    "new year eve",
    "new year day",
    "independence day",
    "valentine day",
    "memorial day",
    "veterans day",
    "mother day",
    "father day",
    "president day",
    "good friday",
    "thanksgiving day",
    "christmas eve",
    "christmas day",
    "black friday",
    "halloween night",
    "9 11",
    "oh my god",
    "high school",
    "happy birthday",
    "merry christmas",
    "happy new year",
    "middle school",
    "state fair",
    "big town",
    "last year",
    "next year",
    "state of the union",
    "american dream",
    "24 7",
    "queen consort",
];

/// Whether folded words together are a phrase of [`NON_NAMES`].
pub(in crate::recognize) fn is_non_name_phrase<'w>(words: impl Iterator<Item = &'w str> + Clone) -> bool {
    static BY_FIRST_WORD: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
        let mut phrases: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        for phrase in NON_NAMES {
            phrases.entry(phrase.split(' ').next().unwrap_or_default()).or_default().push(phrase);
        }
        phrases
    });
    let phrases = words.clone().next().and_then(|first| BY_FIRST_WORD.get(first));
    phrases.is_some_and(|phrases| phrases.iter().any(|phrase| phrase.split(' ').eq(words.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_phrases_count() {
        fn check(words: &str, expected: bool) {
            assert_eq!(is_non_name_phrase(words.split(' ')), expected, "{words}");
        }
        check("labor day", true);
        check("state of the union", true);
        check("new year eve", true);
        check("labor", false);
        check("labor day weekend", false);
        check("state of the nation", false);
        assert!(!is_non_name_phrase(std::iter::empty()));
    }
}
