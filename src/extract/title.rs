//! Detects titles, and makes one for articles without.

/// The most characters of a title made from the first sentence.
const MAX_CHARS: usize = 90;
/// The most bytes of a headline.
const MAX_HEADLINE: usize = 180;

/// Whether a first line looks like a headline: short, and without the period of
/// a sentence.
pub(super) fn is_headline(line: &str) -> bool {
    let line = line.trim();
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')']);
    let finished = bare.ends_with(['.', ':', ',', ';']) && !bare.ends_with("...") && !bare.ends_with("U.S.");
    !line.is_empty() && line.len() <= MAX_HEADLINE && !finished
}

/// The first sentence, cut at a word boundary if it is long.
pub(super) fn from_body(body: &str) -> String {
    let line = body.trim().lines().next().unwrap_or("");
    let sentence = line.find(". ").filter(|at| *at > 20).map_or(line, |at| &line[..=at]);
    if sentence.chars().count() <= MAX_CHARS {
        return sentence.to_owned();
    }
    let cut = sentence.char_indices().nth(MAX_CHARS).map_or(sentence.len(), |(at, _)| at);
    let cut = sentence[..cut].rfind(' ').filter(|at| *at > 0).unwrap_or(cut);
    format!("{}…", sentence[..cut].trim_end_matches([',', ';', ':', ' ', '–', '—', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_differ_from_sentences() {
        for (line, expected) in [
            ("Ad sales boost Time Warner profit", true),
            ("What is ‘Terrifier 2’ about?", true),
            ("He is back in the U.S.", true),
            ("To be continued...", true),
            ("The director has revealed the first picture on Instagram.", false),
            ("“It opens today.”", false),
            ("The cast:", false),
            ("", false),
        ] {
            assert_eq!(is_headline(line), expected, "{line}");
        }
        assert!(is_headline(&"x".repeat(MAX_HEADLINE)) && !is_headline(&"x".repeat(MAX_HEADLINE + 1)));
    }

    #[test]
    fn long_sentences_are_cut_at_a_word() {
        for (body, expected) in [
            ("The film opens on Friday. More follows.", "The film opens on Friday."),
            ("Mr. Fox opens on Friday.", "Mr. Fox opens on Friday."),
            ("\nOne line\nAnother", "One line"),
            ("", ""),
        ] {
            assert_eq!(from_body(body), expected);
        }
        let title = from_body(&"word ".repeat(40));
        assert!(title.ends_with("word…") && title.chars().count() <= MAX_CHARS + 1, "{title}");
        assert_eq!(from_body(&"é".repeat(200)).chars().count(), MAX_CHARS + 1);
    }
}
