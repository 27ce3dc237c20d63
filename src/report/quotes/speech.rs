//! Words that tell who speaks.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::article::Language;

/// Whether a lower-case word is a form of a verb of saying: its subject says,
/// writes or thinks what is quoted.
pub(super) fn is_speech_verb(word: &str) -> bool {
    static IRREGULAR: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| Language::default().tables().irregular_speech_verbs.iter().copied().collect());
    if IRREGULAR.contains(word) {
        return true;
    }
    let is_stem = |stem: &str| Language::default().tables().regular_speech_verbs.binary_search(&stem).is_ok();
    ["ed", "es", "d", "s", "ing", ""].iter().any(|ending| word.strip_suffix(ending).is_some_and(is_stem))
}

/// Whether a word before a verb of saying makes it passive: “was called”.
pub(super) fn is_passive_auxiliary(word: &str) -> bool {
    matches!(word, "was" | "were" | "is" | "are" | "been" | "be" | "being" | "get" | "got")
}

/// Whether a word is of people or things that speak without a name of their own.
pub(super) fn is_unnamed_speaker(word: &str) -> bool {
    Language::default().tables().unnamed_speakers.binary_search(&word).is_ok()
}

/// Whether a name is of a place where people write, rather than of who writes.
pub(super) fn is_platform(name: &str) -> bool {
    matches!(
        name,
        "Instagram" | "Twitter" | "Facebook" | "X" | "YouTube" | "TikTok" | "Snapchat" | "Threads" | "Reddit"
    )
}

/// Whether a word is a pronoun that stands for somebody named before.
pub(super) fn is_pronoun(word: &str) -> bool {
    Language::default().tables().pronouns.contains(&word)
}

/// Whether a word begins a clause that does not attribute the quotation before it.
pub(super) fn starts_other_clause(word: &str) -> bool {
    matches!(word, "while" | "but" | "that" | "which" | "because" | "if" | "when" | "where" | "until" | "although")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_saying_are_recognized_in_every_form() {
        let check = |word: &str, expected: bool| assert_eq!(is_speech_verb(word), expected, "{word}");
        check("said", true);
        check("recall", true);
        check("recalls", true);
        check("recalled", true);
        check("recalling", true);
        check("quipped", true);
        check("teases", true);
        check("red", false);
        check("directed", false);
        check("ed", false);
        check("", false);
    }

    #[test]
    fn speakers_without_a_name() {
        assert!(is_unnamed_speaker("spokesperson") && !is_unnamed_speaker("singer"));
        assert!(is_platform("Instagram") && !is_platform("Variety"));
        assert!(is_pronoun("she") && !is_pronoun("her"));
    }
}
