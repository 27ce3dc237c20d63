//! Titles of articles that come without one.

/// The most characters of a title made from the first sentence.
const SHORTENED: usize = 90;
/// The most bytes of a first line that can be a headline.
const HEADLINE: usize = 180;

/// Whether a first line reads as a headline: short, and no finished sentence.
pub(super) fn is_headline(line: &str) -> bool {
    let line = line.trim();
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')']);
    let finished = bare.ends_with(['.', ':', ',', ';']) && !bare.ends_with("...") && !bare.ends_with("U.S.");
    !line.is_empty() && line.len() <= HEADLINE && !finished
}

/// The first sentence, shortened at a word for display.
pub(super) fn from_body(body: &str) -> String {
    let line = body.trim().lines().next().unwrap_or("");
    let sentence = line.find(". ").filter(|at| *at > 20).map_or(line, |at| &line[..=at]);
    if sentence.chars().count() <= SHORTENED {
        return sentence.to_owned();
    }
    let cut = sentence.char_indices().nth(SHORTENED).map_or(sentence.len(), |(at, _)| at);
    let cut = sentence[..cut].rfind(' ').filter(|at| *at > 0).unwrap_or(cut);
    format!("{}…", sentence[..cut].trim_end_matches([',', ';', ':', ' ', '–', '—', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_are_told_from_sentences() {
        assert!(is_headline("Ad sales boost Time Warner profit"));
        assert!(is_headline("What is ‘Terrifier 2’ about?"));
        assert!(!is_headline("The director has revealed the first picture on Instagram."));
        assert!(!is_headline(""));
    }

    #[test]
    fn long_sentences_are_cut_at_a_word() {
        let title = from_body(&"word ".repeat(40));
        assert!(title.ends_with("word…") && title.chars().count() <= SHORTENED + 1, "{title}");
        assert_eq!(from_body(&"é".repeat(200)).chars().count(), SHORTENED + 1);
    }
}
