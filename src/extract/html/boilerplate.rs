//! Boilerplate removal: links to other articles, newsletter boxes, share bars,
//! the repeated title.

use std::collections::HashSet;

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
    // German, French, Spanish, Portuguese, Italian, Dutch, Polish.
    "auch lesen",
    "lesen sie auch",
    "lesen sie mehr",
    "lesen sie hier",
    "lies auch",
    "mehr zum thema",
    "mehr lesen",
    "zum weiterlesen",
    "weitere artikel",
    "weitere themen",
    "weitere aktuelle themen",
    "das könnte",
    "das thema könnte",
    "auch interessant",
    "siehe auch:",
    "weiterlesen",
    "teilen mit",
    "artikel teilen",
    "den artikel mit anderen teilen",
    "jetzt abonnieren",
    "newsletter",
    "unser newsletter",
    "mit unserem newsletter",
    "folgen sie uns",
    "folge uns",
    "folgst du schon",
    "wird geladen",
    "kommentare schreiben",
    "kommentar schreiben",
    "schlagwörter:",
    "kategorien",
    "anzeige",
    "bildquelle",
    "foto:",
    "alle angaben ohne gewähr",
    "lire aussi",
    "à lire",
    "lisez aussi",
    "vous aimerez aussi",
    "pour lire la suite",
    "abonnez-vous",
    "partager",
    "lea también",
    "lee también",
    "leer más",
    "te puede interesar",
    "te recomendamos",
    "más información:",
    "suscríbete",
    "síguenos",
    "temas",
    "leia também",
    "leia mais",
    "veja também",
    "leggi anche",
    "leggi tutto",
    "lees ook",
    "lees meer",
    "czytaj też",
    "czytaj także",
    "zobacz też",
    "zobacz także",
    "dowiedz się więcej",
    "más sobre",
    "last modified",
    "letzte änderung",
    "follow the ",
    "story continues",
    "scroll to continue",
    "editor's pick",
    "editors' pick",
    "trending",
    "post a comment",
    "leave a reply",
];

/// Boilerplate lines that introduce links to other articles, whose headlines follow.
const INTRODUCTIONS: &[&str] = &[
    "related",
    "more:",
    "more on",
    "read more",
    "see also",
    "also read",
    "read next",
    "recommended",
    "you may also",
    "you might also",
    "most read",
    "mehr zum thema",
    "weitere",
    "das könnte",
    "auch interessant",
    "zum weiterlesen",
    "lesen sie",
    "vous aimerez",
    "lire aussi",
    "à lire",
    "lea también",
    "lee también",
    "te puede",
    "te recomendamos",
    "leia também",
    "veja também",
    "leggi anche",
    "lees ook",
    "czytaj też",
    "czytaj także",
    "zobacz",
    "trending",
    "editor",
    "popular",
];
/// What boilerplate lines contain, in lower case.
const PHRASES: &[&str] = &[
    "uses cookies",
    "use cookies",
    "cookies to improve",
    "cookie policy",
    "cookie settings",
    "cookie-einstellungen",
    "our newsletter",
    "free newsletter",
    "daily newsletter",
    "weekly newsletter",
    "newsletter abonnieren",
    "to your inbox",
    "in your inbox",
    "all rights reserved",
    "alle rechte vorbehalten",
    "click here for more",
    "nutzungsbedingungen",
    "sorry! there was an error",
    "follow us on",
    "follow @",
    "like us on",
    "for more information visit",
];
/// Lines after which only other articles follow.
const ENDS: &[&str] = &[
    "recommended for you",
    "what to read next",
    "you may also like",
    "you might also like",
    "privacy overview",
    "up next",
];
/// How many bytes of text must stand before such a line.
const BEFORE_END: usize = 800;
/// How many lines at the end look like headlines if they are not of the article.
const TRAILING_HEADLINES: usize = 3;
/// The most headlines that follow such a line.
const MAX_HEADLINES: usize = 8;

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
    let mut kept: Vec<&str> = Vec::new();
    let (mut headlines, mut bytes) = (0, 0);
    for line in &lines[start..] {
        if bytes > BEFORE_END && ENDS.iter().any(|end| line.eq_ignore_ascii_case(end)) {
            break;
        }
        if is_boilerplate(line) {
            headlines = if introduces_links(line) { MAX_HEADLINES } else { 0 };
        } else if headlines > 0 && is_headline(line) {
            headlines -= 1;
        } else if kept.last() != Some(line) || line.len() > MAX_LINE {
            headlines = 0;
            bytes += line.len();
            kept.push(line);
        }
    }
    kept.truncate(end_of_text(&kept, text));
    kept.join("\n\n")
}

/// How many lines there are before clock times and a list of headlines at the end.
/// Items of lists stay: they are not paragraphs of `text`.
fn end_of_text(lines: &[&str], text: &str) -> usize {
    let end = lines.iter().rposition(|line| !is_clock_time(line)).map_or(0, |at| at + 1);
    let paragraphs: HashSet<&str> = text.split("\n\n").map(str::trim).collect();
    let is_link = |line: &&str| is_headline(line) && line.split_whitespace().count() >= 4 && paragraphs.contains(*line);
    let before = lines[..end].iter().rposition(|line| !is_link(line)).map_or(0, |at| at + 1);
    if before > 0 && end - before >= TRAILING_HEADLINES { before } else { end }
}

fn is_boilerplate(line: &str) -> bool {
    let lower = line.to_lowercase();
    starts_with_any(line, OPENINGS) || line.len() <= MAX_LINE && PHRASES.iter().any(|phrase| lower.contains(phrase))
}

/// Whether a line is short and starts with one of these texts, as a word.
fn starts_with_any(line: &str, openings: &[&str]) -> bool {
    if line.len() > MAX_LINE {
        return false;
    }
    let lower = line.trim_start_matches(['-', '*', '•', '>', ' ', '|', '[']).to_lowercase();
    openings.iter().any(|opening| {
        let rest = lower.strip_prefix(opening);
        let is_word = opening.ends_with(|c: char| !c.is_alphanumeric());
        rest.is_some_and(|rest| is_word || !rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether a boilerplate line says that other articles follow, and names none itself.
fn introduces_links(line: &str) -> bool {
    line.split_whitespace().count() <= 7 && starts_with_any(line, INTRODUCTIONS)
}

/// Whether a line may be a headline: short and without the end of a sentence.
fn is_headline(line: &str) -> bool {
    line.len() <= 140 && !line.ends_with(['.', '!', '…', '”', '"', ':', '»'])
}

/// `20:37`, `3:59 PM`.
fn is_clock_time(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
    line.contains(':') && line.len() <= 5 && line.chars().all(|c| c.is_ascii_digit() || c == ':')
}

/// Removes elements that the page hides, except those that hold much of its text.
pub(super) fn remove_hidden(page: &mut Page) {
    let doc = &page.doc;
    let all = page.tagged("p").count();
    let hidden: Vec<_> = page
        .elements
        .iter()
        .filter(|element| {
            let style = doc.get_attribute(element.id, "style").unwrap_or_default();
            let style: String = style.split_whitespace().collect::<String>().to_ascii_lowercase();
            let is_hidden = doc.get_attribute(element.id, "hidden").is_some()
                || style.contains("display:none")
                || style.contains("visibility:hidden");
            is_hidden && !["html", "body"].contains(&element.tag.as_str())
        })
        .map(|element| element.id)
        .take(MAX_HIDDEN)
        .filter(|id| doc.get_elements_by_tag_name(*id, "p").len() * 2 <= all)
        .collect();
    if hidden.is_empty() {
        return;
    }
    for id in hidden.into_iter().rev() {
        page.doc.remove(id, true);
    }
    page.forget_removed();
}

/// The most hidden elements that are removed: each is searched for paragraphs.
const MAX_HIDDEN: usize = 2000;

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
        check(
            "It opens.\n\nMehr zum Thema\n\nNoch ein Film\n\nDer dritte Film\n\nIt closes.",
            "It opens.\n\nIt closes.",
        );
        check("It opens.\n\nIt opens.", "It opens.");
        check("This website uses cookies.\n\nIt opens.", "It opens.");
        check(
            "It opens.\n\nA film of the year opens\n\nAnother film of the year\n\nThe third film to open",
            "It opens.",
        );
        check(
            "It opens.\n\nA film of the year opens\nAnother film of the year\nThe third film to open",
            "It opens.\n\nA film of the year opens\n\nAnother film of the year\n\nThe third film to open",
        );
        let long = "It opens in every theater. ".repeat(40);
        check(&format!("{long}\n\nRecommended for you\n\nOther."), long.trim());
        check("Temasek buys it.\n\n20:37", "Temasek buys it.");
        check("", "");
    }

    #[test]
    fn hidden_elements_are_removed() {
        let text = |html: &str| {
            let mut page = Page::parse(html);
            remove_hidden(&mut page);
            page.doc.text_content(page.doc.root())
        };
        assert_eq!(text("<p>A<p>B<p style='display: none'>C</p><div hidden><p>D</div>"), "AB");
        assert_eq!(text("<p>A</p><div style='display:none'><p>B<p>C</div>"), "ABC");
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
