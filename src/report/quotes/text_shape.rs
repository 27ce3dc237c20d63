//! Sentence ends and title case, read from the text alone.

use crate::article::{Language, Span};

/// Whether a quotation ends as a sentence or clause does.
pub(super) fn is_whole(inner: &str) -> bool {
    inner.trim_end().ends_with(['.', ',', '!', '?', '…'])
}

/// Whether the text between a word and the next byte offset `next` ends the
/// sentence of the word.
pub(super) fn ends_sentence(text: &str, word: Span, next: usize) -> bool {
    let gap = &text[word.end..next.max(word.end)];
    if gap == " " || !gap.contains(['.', '!', '?']) {
        return false;
    }
    let surface = word.of(text);
    let initial = surface.chars().count() == 1 && surface.starts_with(char::is_uppercase);
    let title =
        matches!(surface, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Jr" | "Sr" | "Sen" | "Rep" | "Gov" | "vs" | "No")
            || surface.len() <= 4 && Language::default().is_calendar_word(&surface.to_lowercase()) && gap.len() == 2;
    gap.contains(['!', '?']) || gap.contains('.') && !initial && !title
}

/// Whether words are written as titles are: capitalized except for short words.
pub(super) fn is_title_like(text: &str, words: impl Iterator<Item = Span>) -> bool {
    let (mut all, mut capital) = (0, 0);
    for word in words {
        let surface = word.of(text);
        if surface.len() <= 3 && surface.bytes().all(|byte| byte.is_ascii_lowercase()) {
            continue;
        }
        all += 1;
        capital += usize::from(surface.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    all > 0 && capital == all || all >= 4 && capital * 5 >= all * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_stops_end_sentences_but_for_abbreviations() {
        let check = |text: &str, word: &str, next: &str, expected: bool| {
            let start = text.find(word).expect("the word");
            let next = text.rfind(next).expect("the next word");
            assert_eq!(ends_sentence(text, Span::new(start, start + word.len()), next), expected, "{text}");
        };
        check("He ran. She fell", "ran", "She", true);
        check("He ran! she fell", "ran", "she", true);
        check("He ran, she fell", "ran", "she", false);
        check("Mr. Lee fell", "Mr", "Lee", false);
        check("J. Lee fell", "J", "Lee", false);
        check("on Oct. 8 it fell", "Oct", "8", false);
        check("in July. He fell", "July", "He", false);
        check("in August. He fell", "August", "He", true);
    }

    #[test]
    fn titles_are_capitalized_but_for_short_words() {
        let check = |text: &str, expected: bool| {
            let mut start = 0;
            let words: Vec<Span> = text
                .split_inclusive(' ')
                .map(|word| {
                    let span = Span::new(start, start + word.trim_end().len());
                    start += word.len();
                    span
                })
                .collect();
            assert_eq!(is_title_like(text, words.into_iter()), expected, "{text}");
        };
        check("The Rise of the Guardians", true);
        check("2001 Nights", true);
        check("We were there", false);
        check("One Two Three Four five", true);
        check("of the", false);
    }
}
