//! The main text of a page: trafilatura finds it, promotional paragraphs go.

use trafilatura::{Options, extract_document};

use super::super::markup;
use super::linked_data::LinkedData;
use super::page::Page;
use super::promo;

/// A page whose text the page's own JSON-LD gives is believed where
/// extraction finds less than this share of it.
const BELIEVED: f64 = 0.5;

/// The main text, a blank line between paragraphs; the title is left out
/// where the text repeats it.
pub(super) fn of(mut page: Page, said: &LinkedData, title: &str) -> String {
    promo::remove_linked_paragraphs(&mut page);
    let options = Options::default().with_fallback(true).with_exclude_comments(true);
    let found =
        extract_document(page.doc, &options).map(|result| markup::plain_text(&result.content_html)).unwrap_or_default();
    let found = promo::without(&found, title);
    match said.body.as_deref() {
        Some(body) if (found.len() as f64) < BELIEVED * body.len() as f64 => {
            if markup::is_markup(body) {
                markup::plain_text(body)
            } else {
                body.trim().to_owned()
            }
        }
        _ => found,
    }
}
