//! The lede of a page: the paragraph that stands between the headline and the text,
//! where extraction of the text often leaves it out.

use super::page::{Element, Page};

/// Shortest and longest lede, in bytes.
const LENGTHS: std::ops::RangeInclusive<usize> = 40..=900;
/// How many elements after the headline are looked at.
const NEAR_HEADLINE: usize = 150;
/// How many letters and digits must agree with the page's description.
const AGREES: usize = 32;
/// Elements that a lede may be.
const ELEMENTS: &[&str] = &["p", "h2", "h3", "h4", "div", "section", "span", "strong", "b"];
/// What the label of a lede is or begins with.
const LABELS: &[&str] = &[
    "teaser",
    "intro",
    "lead",
    "lede",
    "standfirst",
    "excerpt",
    "chapo",
    "chapeau",
    "abstract",
    "summary",
    "dek",
    "deck",
    "subtitle",
    "subheadline",
    "subline",
    "description",
    "kicker",
    "entradilla",
    "bajada",
    "vorspann",
    "ingress",
    "sumario",
];
/// `meta` names of the description.
const DESCRIPTIONS: &[&str] = &["og:description", "description", "twitter:description"];

/// The lede after the headline: what the page's description says too, or an element
/// that is marked as such and holds a sentence.
pub(super) fn of(page: &Page) -> Option<String> {
    let headline = page.elements.iter().position(|element| element.tag == "h1")?;
    let descriptions: Vec<String> = DESCRIPTIONS
        .iter()
        .filter_map(|name| page.meta(&[name]))
        .map(letters)
        .filter(|text| text.len() >= AGREES)
        .collect();
    let near = page.elements[headline + 1..].iter().take(NEAR_HEADLINE);
    let candidates: Vec<(&Element, String)> = near
        .filter(|element| !element.is_apart && ELEMENTS.contains(&element.tag.as_str()))
        .filter_map(|element| Some((element, page.short_text(element, *LENGTHS.end())?)))
        .filter(|(_, text)| text.len() >= *LENGTHS.start())
        .collect();
    let agrees = |text: &str| {
        let text = letters(text);
        let start = prefix(&text, AGREES);
        descriptions.iter().any(|description| text.len() >= AGREES && description.contains(start))
    };
    // Of elements within each other, the innermost is the shortest.
    let described = candidates.iter().filter(|(_, text)| agrees(text)).min_by_key(|(_, text)| text.len());
    let marked =
        || candidates.iter().find(|(element, text)| is_marked(&element.label) && text.ends_with(['.', '!', '?', '…']));
    described.or_else(marked).map(|(_, text)| text.clone())
}

fn is_marked(label: &str) -> bool {
    label.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| LABELS.contains(&word))
}

/// Whether a text has the start of a lede.
pub(super) fn is_in(lede: &str, text: &str) -> bool {
    let lede = letters(lede);
    letters(text).contains(prefix(&lede, AGREES))
}

/// The letters and digits of a text, in lower case.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first characters of a text, at most `most` bytes.
pub(super) fn prefix(text: &str, most: usize) -> &str {
    let cut = most.min(text.len());
    let end = (0..=cut).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: Option<&str>) {
        assert_eq!(of(&Page::parse(html)).as_deref(), expected, "{html}");
    }

    #[test]
    fn ledes() {
        let lede = "The second part of the film opens in every theater of the town.";
        let meta = format!("<meta name=description content='{lede} More.'>");
        check(&format!("{meta}<h1>A</h1><div><div>{lede}</div></div><p>Other.</p>"), Some(lede));
        check(&format!("<h1>A</h1><p class='article__teaser'>{lede}</p>"), Some(lede));
        check(&format!("<h1>A</h1><p>{lede}</p>"), None);
        check(&format!("{meta}<p>{lede}</p><h1>A</h1>"), None);
        check(&format!("{meta}<h1>A</h1><div class=related><p>{lede}</p></div>"), None);
        check("<h1>A</h1><p class=lead>Short.</p>", None);
    }

    #[test]
    fn a_lede_that_is_there_is_found() {
        assert!(is_in(
            "The film, it is said, opens in every theater.",
            "x\nThe film – it is said – opens in every theater"
        ));
        assert!(!is_in("The film opens in every theater of the town.", "Other."));
    }
}
