//! Markdown: front matter to fields, the rest to plain text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value};

use crate::article::Article;

use super::ExtractErrorKind;
use super::fields;
use super::json;
use super::map::FieldMap;

pub(super) fn extract(text: &str, keys: &FieldMap) -> Result<Article, ExtractErrorKind> {
    let mut article = Article::default();
    let markup = match split_front_matter(text) {
        Some((front, rest)) => {
            let map: Map<String, Value> = serde_yaml_ng::from_str(front)?;
            json::set_fields(&mut article, &map, keys);
            rest
        }
        None => text,
    };
    let (heading, body) = plain_text(markup);
    let front_title = std::mem::take(&mut article.title);
    let title = if front_title.is_empty() { heading.unwrap_or_default() } else { front_title };
    fields::set_text(&mut article, &title, &body);
    Ok(article)
}

/// What stands between two `---` lines at the top, and what follows them.
fn split_front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start().strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n'))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// The first top-level heading, and all other text with a blank line between
/// blocks.
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

    #[test]
    fn front_matter_and_markup_go() {
        let a = extract("---\ntitle: \"Dune: Part Two\"\ndate: 2024-03-01\n---\nThe *film* [opens](https://example.org/).\n\n## Cast\nZendaya.\n", &FieldMap::default())
            .expect("an article");
        assert_eq!(a.title, "Dune: Part Two");
        assert_eq!(a.published.as_deref(), Some("2024-03-01"));
        assert_eq!(a.body.of(&a.text), "The film opens.\n\nCast\n\nZendaya.");
    }

    #[test]
    fn a_heading_is_the_title_where_no_front_matter_is() {
        let a = extract("# Hamilton opens\n\nOn *Broadway*.", &FieldMap::default()).expect("an article");
        assert_eq!((a.title.as_str(), a.text.as_str()), ("Hamilton opens", "Hamilton opens\n\nOn Broadway."));
    }
}
