//! Paragraphs on a page that are not its text: links to other articles,
//! newsletter boxes, share bars, the title said again.

use super::page::Page;

/// How short a line is to be taken for a promotion, in bytes.
const SHORT: usize = 240;

/// What promotional lines begin with, in lower case.
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

/// Takes out paragraphs that are one link, or a link after a label such as
/// “Related:”.
pub(super) fn remove_linked_paragraphs(page: &mut Page) {
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

fn length(text: &str) -> usize {
    text.split_whitespace().map(str::len).sum()
}

/// A text without its promotional lines and without the title at its start,
/// a blank line between paragraphs.
pub(super) fn without(text: &str, title: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let start = lines.iter().take(3).position(|line| same_words(line, title)).map_or(0, |at| at + 1);
    let kept: Vec<&str> = lines[start..].iter().copied().filter(|line| !is_promo(line)).collect();
    kept.join("\n\n")
}

fn is_promo(line: &str) -> bool {
    if line.len() > SHORT {
        return false;
    }
    let lower = line.trim_start_matches(['-', '*', '•', '>', ' ', '|', '[']).to_lowercase();
    OPENINGS.iter().any(|opening| lower.starts_with(opening))
}

/// Whether two texts have the same words, whatever stands between them.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &'_ str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    !a.is_empty() && a == b
}
