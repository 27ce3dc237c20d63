//! Boilerplate removal: links to other articles, newsletter boxes, share bars,
//! the repeated title.

use super::page::Page;
use super::text::same_words;

/// The longest boilerplate line, in bytes.
const MAX_LINE: usize = 240;

/// How boilerplate lines start, in lower case.
const OPENINGS: &[&str] = &[
    "related:",
    "related post",
    "related stories",
    "related article",
    "read more",
    "see more:",
    "see also",
    "also see",
    "also read",
    "read also",
    "read next",
    "more:",
    "don't miss",
    "don’t miss",
    "must read",
    "watch:",
    "recommended:",
    "you may also like",
    "you might also like",
    "like this story?",
    "most read",
    "sign up",
    "subscribe",
    "get the latest",
    "click here to",
    "click here for",
    "for more stories",
    "follow us",
    "follow him on",
    "follow her on",
    "have a tip?",
    "this slideshow requires javascript",
    "advertisement",
    "advert",
    "story continues below",
    "share this",
    "tags:",
    "filed under",
    "want more",
    "join our",
    "download our",
    "copyright ©",
    "© ",
    "all rights reserved",
    "leave a comment",
    "thanks for signing up",
    "we use cookies",
    "this article originally appeared",
    "photo credit",
    "image credit",
];

/// Removes paragraphs that are at least 90 % links, such as “Related: …”.
pub(super) fn remove_link_paragraphs(page: &mut Page) {
    let doc = &page.doc;
    let linked: Vec<_> = page
        .tagged("p")
        .filter(|element| {
            let whole = length(&doc.text_content(element.id));
            let links: usize =
                doc.get_elements_by_tag_name(element.id, "a").iter().map(|a| length(&doc.text_content(*a))).sum();
            whole > 0 && links * 10 >= whole * 9 && whole > 12
        })
        .map(|element| element.id)
        .collect();
    for id in linked.into_iter().rev() {
        page.doc.remove(id, true);
    }
}

/// The bytes of a text without its white space.
fn length(text: &str) -> usize {
    text.split_whitespace().map(str::len).sum()
}

/// A text without its boilerplate lines and without the title in its first three
/// lines. The result has a blank line between lines.
pub(super) fn remove_lines(text: &str, title: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let start = lines.iter().take(3).position(|line| same_words(line, title)).map_or(0, |at| at + 1);
    let kept: Vec<&str> = lines[start..].iter().copied().filter(|line| !is_boilerplate(line)).collect();
    kept.join("\n\n")
}

fn is_boilerplate(line: &str) -> bool {
    if line.len() > MAX_LINE {
        return false;
    }
    let lower = line.trim_start_matches(['-', '*', '•', '>', ' ', '|', '[']).to_lowercase();
    OPENINGS.iter().any(|opening| lower.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(remove_lines(text, "Dune opens"), expected, "{text}");
    }

    #[test]
    fn boilerplate_lines_and_the_title_are_removed() {
        check("It opens.\nRelated: ten films\n\nNow.", "It opens.\n\nNow.");
        check("* READ MORE here\nIt opens.", "It opens.");
        check("Film\nDune Opens!\nIt opens.", "It opens.");
        check("One.\nTwo.\nThree.\nDune opens", "One.\n\nTwo.\n\nThree.\n\nDune opens");
        let long = format!("Subscribe {}", "x".repeat(MAX_LINE));
        check(&long, &long);
        check("", "");
    }

    #[test]
    fn link_paragraphs_are_removed() {
        let mut page = Page::parse(
            "<p>It opens <a href=/a>in every theater</a>.</p><p>See <a href=/b>ten things to know about the director and his films</a></p><p><a href=/c>short</a></p>",
        );
        remove_link_paragraphs(&mut page);
        let text = page.doc.text_content(page.doc.root());
        assert_eq!(text, "It opens in every theater.short");
    }
}
