//! Web pages: what they say of themselves, and their main text.

mod byline;
mod headline;
mod linked_data;
mod main_text;
mod metadata;
mod page;
mod promo;
mod published;

use crate::article::Article;

use super::fields;
use super::{ExtractErrorKind, markup};

use linked_data::LinkedData;
use page::Page;

/// A page of more tags is read as plain text: extraction copies the parsed page
/// several times, and news pages have a few thousand.
const MOST_TAGS: usize = 60_000;

/// Makes an article of a page; `url` is the address it was saved from, if
/// that is known.
pub(super) fn extract(html: &str, url: Option<String>) -> Result<Article, ExtractErrorKind> {
    let plain = |text: &str| {
        let mut article = Article { url: url.clone(), ..Article::default() };
        fields::set_text(&mut article, "", text);
        article
    };
    let tags = memchr::memchr_iter(b'<', html.as_bytes()).count();
    if tags > MOST_TAGS || markup::is_too_deep(html) {
        return Ok(plain(&markup::stripped(html)));
    }
    let page = Page::parse(html);
    if page.is_deep {
        return Ok(plain(&markup::text_of(&page.doc, page.doc.root())));
    }
    let said = LinkedData::of(&page);
    let mut article = metadata::article(&page, &said, url);
    let title = std::mem::take(&mut article.title);
    let body = main_text::of(page, &said, &title);
    fields::set_text(&mut article, &title, &body);
    Ok(article)
}
