//! The main text of a page, found by trafilatura and cleaned of boilerplate.

use trafilatura::{Options, extract_document};

use super::boilerplate;
use super::json_ld::JsonLd;
use super::page::Page;
use crate::extract::dom::plain_text;
use crate::extract::markup::is_markup;

/// The text in the page's JSON-LD is used if extraction finds less than this
/// share of it.
const MIN_SHARE: f64 = 0.5;

/// The main text with a blank line between paragraphs, without the title if it
/// starts with it.
pub(super) fn of(mut page: Page, json_ld: &JsonLd, title: &str) -> String {
    boilerplate::remove_link_paragraphs(&mut page);
    let options = Options::default().with_fallback(true).with_exclude_comments(true);
    let found = extract_document(page.doc, &options).map(|result| plain_text(&result.content_html)).unwrap_or_default();
    let found = boilerplate::remove_lines(&found, title);
    match json_ld.body.as_deref() {
        Some(body) if (found.len() as f64) < MIN_SHARE * body.len() as f64 => {
            if is_markup(body) {
                plain_text(body)
            } else {
                body.trim().to_owned()
            }
        }
        _ => found,
    }
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
}
