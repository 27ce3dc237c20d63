//! The main text of a page, found by trafilatura and cleaned of boilerplate.

use trafilatura::{Options, extract_document};

use super::boilerplate;
use super::json_ld::JsonLd;
use super::lede::{self, letters, prefix};
use super::page::Page;
use crate::extract::dom::plain_text;
use crate::extract::markup::is_markup;

/// The text in the page's JSON-LD is used if extraction finds less than this
/// share of it.
const MIN_SHARE: f64 = 0.5;
/// The text in the page's JSON-LD says where the article ends if extraction finds
/// this share of it …
const WHOLE: f64 = 0.9;
/// … and this share of what was found is in it.
const COVERED: f64 = 0.5;
/// How many letters of a paragraph are looked for in another text.
const START: usize = 60;
/// Below this length, in bytes, paragraphs are taken as the page has them:
/// extraction joins those of short pages.
const SHORT: usize = 400;

/// The main text with a blank line between paragraphs, without the title if it
/// starts with it.
pub(super) fn of(mut page: Page, json_ld: &JsonLd, title: &str) -> String {
    boilerplate::remove_hidden(&mut page);
    let lede = lede::of(&page);
    boilerplate::remove_link_paragraphs(&mut page);
    let paragraphs = paragraphs(&page);
    let options = Options::default().with_fallback(true).with_exclude_comments(true);
    let found = extract_document(page.doc, &options).map(|result| plain_text(&result.content_html)).unwrap_or_default();
    let found = if found.len() < SHORT && !paragraphs.is_empty() && paragraphs.len() * 2 >= found.len() {
        paragraphs
    } else {
        found
    };
    let found = boilerplate::remove_lines(&found, title);
    let found = match json_ld.body.as_deref() {
        Some(body) if (found.len() as f64) < MIN_SHARE * body.len() as f64 => {
            if is_markup(body) {
                plain_text(body)
            } else {
                body.trim().to_owned()
            }
        }
        Some(body) => until_end(&found, &letters(body)).to_owned(),
        None => found,
    };
    match lede {
        Some(lede) if !lede::is_in(&lede, &found) && !lede::is_in(&lede, title) => {
            format!("{lede}\n\n{found}").trim_end().to_owned()
        }
        _ => found,
    }
}

/// The paragraphs of a short page, or nothing if it is not short.
fn paragraphs(page: &Page) -> String {
    let mut text = String::new();
    for element in page.tagged("p").filter(|element| !element.is_apart) {
        let line = page.text(element);
        if line.is_empty() || element.label.contains("byline") || element.label.contains("author") {
            continue;
        }
        if text.len() > SHORT {
            return String::new();
        }
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        text.push_str(&line);
    }
    text
}

/// The text without what follows the last paragraph that the page's JSON-LD has too,
/// if that has the whole article. `body` has its letters.
fn until_end<'t>(text: &'t str, body: &str) -> &'t str {
    let (mut end, mut shared, mut all, mut at) = (0, 0, 0, 0);
    for paragraph in text.split("\n\n") {
        let own = letters(paragraph);
        let is_shared = !own.is_empty() && body.contains(prefix(&own, START));
        at += paragraph.len();
        if is_shared {
            (shared, end) = (shared + own.len(), at);
        }
        all += own.len();
        at += 2;
    }
    let is_whole = shared as f64 >= WHOLE * body.len() as f64 && shared as f64 >= COVERED * all as f64;
    if is_whole && end > 0 { &text[..end] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: Option<&str>, expected: &str) {
        let html =
            "<body><article><p>The second part of the film opens in every theater of the town on Friday.</p></article>";
        let json_ld = JsonLd { body: body.map(str::to_owned), ..JsonLd::default() };
        assert_eq!(of(Page::parse(html), &json_ld, "Dune opens"), expected);
    }

    #[test]
    fn json_ld_is_used_if_extraction_finds_little_of_it() {
        let found = "The second part of the film opens in every theater of the town on Friday.";
        check(None, found);
        check(Some("Short."), found);
        let long = "A text of many words. ".repeat(20);
        check(Some(&long), long.trim());
        check(Some(&format!("<p>{long}</p>")), long.trim());
    }

    #[test]
    fn json_ld_says_where_the_article_ends() {
        for (text, body, expected) in [
            ("It opens.\n\nIt closes.\n\nOther news", "It opens. It closes.", "It opens.\n\nIt closes."),
            (
                "It opens.\n\nIt closes.\n\nOther news",
                "It opens. It closes. And much more is said.",
                "It opens.\n\nIt closes.\n\nOther news",
            ),
            ("It opens.\n\nA long text of other words.", "It opens.", "It opens.\n\nA long text of other words."),
            ("", "", ""),
        ] {
            assert_eq!(until_end(text, &letters(body)), expected, "{text}");
        }
    }

    #[test]
    fn short_pages() {
        let page = "<html><body><article><h1>Star leaves</h1><div class=byline>By <a href=/author/ann>Ann Lee</a></div><time>March 5, 2019</time><p>The star has left<br>the show.</p><p>Nobody said why.</p></article></body></html>";
        assert_eq!(
            of(Page::parse(page), &JsonLd::default(), "Star leaves"),
            "The star has left the show.\n\nNobody said why."
        );
    }
}
