//! Markdown: front matter becomes fields, the rest plain text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::article::Article;

use super::article_fields::set_text;
use super::error::ExtractErrorKind;
use super::field_map::FieldMap;
use super::front_matter;
use super::json;

pub(super) fn extract(text: &str, keys: &FieldMap) -> Result<Article, ExtractErrorKind> {
    let mut article = Article::default();
    let markup = match front_matter::split(text) {
        Some((front, rest)) => {
            json::set_fields(&mut article, &front_matter::parse(front)?, keys);
            rest
        }
        None => text,
    };
    let (heading, body) = plain_text(markup);
    let front_title = std::mem::take(&mut article.title);
    let title = if front_title.is_empty() { heading.unwrap_or_default() } else { front_title };
    set_text(&mut article, &title, &body);
    Ok(article)
}

/// The first top-level heading if it precedes all text, and the other text with
/// a blank line between blocks.
fn plain_text(markup: &str) -> (Option<String>, String) {
    let mut heading = None;
    let mut body = String::new();
    let mut in_heading = false;
    for event in Parser::new_ext(markup, Options::empty()) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if heading.is_none() && body.is_empty() => {
                in_heading = true;
                heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) if in_heading => in_heading = false,
            Event::Text(text) | Event::Code(text) => match heading.as_mut().filter(|_| in_heading) {
                Some(heading) => heading.push_str(&text),
                None => body.push_str(&text),
            },
            Event::SoftBreak => body.push(' '),
            Event::HardBreak | Event::End(TagEnd::Item) => body.push('\n'),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::List(_)) => {
                body.push_str("\n\n");
            }
            _ => {}
        }
    }
    (heading, body.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: &str, body: &str) {
        let article = extract(text, &FieldMap::default()).expect("an article");
        assert_eq!((article.title.as_str(), article.body.of(&article.text)), (title, body), "{text}");
    }

    #[test]
    fn front_matter_gives_fields() {
        let text = "---\ntitle: \"Dune: Part Two\"\ndate: 2024-03-01\nauthors: [Ann Lee, Bo Ray]\n---\nThe *film* [opens](https://example.org/).\n\n## Cast\nZendaya.\n";
        check(text, "Dune: Part Two", "The film opens.\n\nCast\n\nZendaya.");
        let article = extract(text, &FieldMap::default()).expect("an article");
        assert_eq!(article.published.as_deref(), Some("2024-03-01"));
        assert_eq!(article.authors, ["Ann Lee", "Bo Ray"]);
        let malformed = extract("---\ntitle: [\n---\ntext", &FieldMap::default());
        assert!(matches!(malformed, Err(ExtractErrorKind::FrontMatter(_))));
    }

    #[test]
    fn a_first_heading_is_the_title() {
        check("# Hamilton opens\n\nOn *Broadway*.", "Hamilton opens", "On Broadway.");
        check("---\ntitle: Front\n---\n# Heading\n\nText.", "Front", "Text.");
        check("Text.\n\n# Later", "", "Text.\n\nLater");
        check("## Second level\n\nText.", "", "Second level\n\nText.");
    }

    #[test]
    fn markup_is_removed() {
        check("One\ntwo  \nthree", "", "One two\nthree");
        check("- One\n- `Two`\n\nThree", "", "One\nTwo\n\n\nThree");
        check("![alt](a.png) and <b>bold</b>", "", "alt and bold");
    }
}
