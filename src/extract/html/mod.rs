//! Web pages: metadata and main text.

mod text;
mod page;
mod json_ld;
mod headline;
mod lenient_json;
mod shown_dates;
mod shown_date;
mod published;
mod names;
mod byline;
mod metadata;
mod saved;
mod lede;
mod boilerplate;
mod main_text;

use crate::article::Article;

use super::article_fields::set_text;
use super::dom::{is_too_deep, text_of};
use super::error::ExtractErrorKind;
use super::markup::{break_at, strip_tags};

use json_ld::JsonLd;
use page::Page;

/// The most tags of a page to extract from; news pages have a few thousand.
/// Extraction copies the parsed page several times.
const MAX_TAGS: usize = 60_000;

/// Makes an article of a page. `url` is the address it was saved from, if known.
/// A page that is too large or too deep gives all of its text.
pub(super) fn extract(html: &str, url: Option<String>) -> Result<Article, ExtractErrorKind> {
    let url = saved::from_url(html).or(url);
    let plain = |text: &str| {
        let mut article = Article { url: url.clone(), ..Article::default() };
        set_text(&mut article, "", text);
        article
    };
    let tags = memchr::memchr_iter(b'<', html.as_bytes()).count();
    if tags > MAX_TAGS || is_too_deep(html) {
        return Ok(plain(&strip_tags(html)));
    }
    let page = Page::parse(&with_spaces(html));
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

/// The page with a space where a tag separates words: extraction drops line breaks,
/// blocks and empty elements, and joins what stands on both sides.
fn with_spaces(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut done = 0;
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        let tag = &html.as_bytes()[at + 1..];
        let is_end = tag.first() == Some(&b'/');
        let name = if is_end { &tag[1..] } else { tag };
        let length = name.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = String::from_utf8_lossy(&name[..length.min(12)]).to_ascii_lowercase();
        let before = html[..at].bytes().next_back();
        let is_empty_span = name == "span" && is_end && before == Some(b'>') && {
            let start = html[..at].rfind('<').unwrap_or(0);
            html[start..].starts_with("<span")
                && ends_word(&html[..start])
                && begins_word(html[at..].trim_start_matches("</span>"))
        };
        if is_empty_span || !break_at(&name).is_empty() && before.is_some_and(|b| !b.is_ascii_whitespace() && b != b'>')
        {
            out.push_str(&html[done..at]);
            out.push(' ');
            done = at;
        }
    }
    out.push_str(&html[done..]);
    out
}

fn ends_word(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}

fn begins_word(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
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
    fn tags_separate_words() {
        for (html, expected) in [
            ("and<br>Rhames", "and <br>Rhames"),
            ("show<span></span>Hayley", "show<span> </span>Hayley"),
            ("show<span></span>.", "show<span></span>."),
            ("<p>a</p><p>b</p>", "<p>a </p><p>b </p>"),
            ("a<b>c</b>", "a<b>c</b>"),
            ("a<", "a<"),
            ("é<span></span", "é<span></span"),
        ] {
            assert_eq!(with_spaces(html), expected);
        }
    }

    #[test]
    fn pages_beyond_the_limits_give_all_text() {
        for html in ["<b>A</b> ".repeat(MAX_TAGS), format!("{}A film opens.", "<div>".repeat(1000))] {
            let article = extract(&html, None).expect("an article");
            assert!(article.title.is_empty() && article.text.starts_with('A'));
        }
    }
}
