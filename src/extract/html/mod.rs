//! Web pages: metadata and main text.

mod text;
mod page;
mod json_ld;
mod headline;
mod lenient_json;
mod shown_dates;
mod shown_date;
mod published;
mod byline;
mod metadata;
mod boilerplate;
mod main_text;

use crate::article::Article;

use super::article_fields::set_text;
use super::dom::{is_too_deep, text_of};
use super::error::ExtractErrorKind;
use super::markup::strip_tags;

use json_ld::JsonLd;
use page::Page;

/// The most tags of a page to extract from; news pages have a few thousand.
/// Extraction copies the parsed page several times.
const MAX_TAGS: usize = 60_000;

/// Makes an article of a page. `url` is the address it was saved from, if known.
/// A page that is too large or too deep gives all of its text.
pub(super) fn extract(html: &str, url: Option<String>) -> Result<Article, ExtractErrorKind> {
    let plain = |text: &str| {
        let mut article = Article { url: url.clone(), ..Article::default() };
        set_text(&mut article, "", text);
        article
    };
    let tags = memchr::memchr_iter(b'<', html.as_bytes()).count();
    if tags > MAX_TAGS || is_too_deep(html) {
        return Ok(plain(&strip_tags(html)));
    }
    let page = Page::parse(html);
    if page.is_deep {
        return Ok(plain(&text_of(&page.doc, page.doc.root())));
    }
    let json_ld = JsonLd::of(&page);
    let mut article = metadata::article(&page, &json_ld, url);
    let title = std::mem::take(&mut article.title);
    let body = main_text::of(page, &json_ld, &title);
    set_text(&mut article, &title, &body);
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_main_text_are_separate() {
        let paragraphs = [
            "The second part of the film opens in every theater of the town on Friday, the studio said in the morning.",
            "It had been planned for the autumn, but the actors were on strike for many weeks and could not speak of it.",
            "Zendaya and her partner return to the desert, where they began to work together some years ago.",
        ];
        let html = format!(
            "<html><head><title>Dune opens | Reel</title><meta property=og:title content='Dune opens'></head><body><nav><a href=/>Home</a></nav><article><h1>Dune opens</h1><p>{}</p></article></body></html>",
            paragraphs.join("</p><p>")
        );
        let article = extract(&html, Some("https://reel.example/dune".into())).expect("an article");
        assert_eq!((article.title.as_str(), article.url.as_deref()), ("Dune opens", Some("https://reel.example/dune")));
        assert_eq!(article.body.of(&article.text), paragraphs.join("\n\n"));
    }

    #[test]
    fn pages_beyond_the_limits_give_all_text() {
        for html in ["<b>A</b> ".repeat(MAX_TAGS), format!("{}A film opens.", "<div>".repeat(1000))] {
            let article = extract(&html, None).expect("an article");
            assert!(article.title.is_empty() && article.text.starts_with('A'));
        }
    }
}
