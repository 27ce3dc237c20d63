//! Markdown: front matter becomes fields, the rest plain text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::article::Article;

use super::article_fields::set_text;
use super::error::ExtractErrorKind;
use super::field_map::FieldMap;
use super::front_matter;
use super::markup::{HIDDEN_ELEMENTS, break_at, field_text};
use super::record;

pub(super) fn extract(text: &str, keys: &FieldMap) -> Result<Article, ExtractErrorKind> {
    let mut article = Article::default();
    let markup = match front_matter::split(text) {
        Some((front, rest)) => {
            record::set_fields(&mut article, &front_matter::parse(front)?, keys);
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
    let mut out = Text::default();
    for event in Parser::new_ext(markup, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        out.add(event);
    }
    (out.heading, out.body.trim().to_owned())
}

/// The text of a document under construction.
#[derive(Default)]
struct Text {
    heading: Option<String>,
    in_heading: bool,
    body: String,
    /// A block of HTML.
    html: String,
    /// The element of HTML within a line whose text is not shown.
    hidden: Option<String>,
}

impl Text {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })
                if self.heading.is_none() && self.body.trim().is_empty() =>
            {
                self.in_heading = true;
                self.heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) if self.in_heading => self.in_heading = false,
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::Html(html) => self.html.push_str(&html),
            Event::End(TagEnd::HtmlBlock) => {
                let text = field_text(&std::mem::take(&mut self.html)).trim().to_owned();
                self.end("\n\n");
                self.push(&text);
                self.end("\n\n");
            }
            Event::InlineHtml(tag) => self.add_tag(&tag),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.end("\n"),
            Event::End(TagEnd::TableCell) => self.end(" "),
            Event::End(TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow) => self.end("\n"),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::List(_) | TagEnd::Table,
            ) => {
                self.end("\n\n");
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        match self.heading.as_mut().filter(|_| self.in_heading) {
            Some(heading) => heading.push_str(text),
            None => self.body.push_str(text),
        }
    }

    /// A break, unless there is one as wide.
    fn end(&mut self, with: &str) {
        if self.in_heading {
            return self.push(" ");
        }
        let end = self.body.trim_end_matches([' ', '\n']).len();
        let lines = |text: &str| text.matches('\n').count();
        let found = &self.body[end..];
        if end > 0 && (found.is_empty() || lines(found) < lines(with)) {
            self.body.truncate(end);
            self.body.push_str(with);
        }
    }

    /// A tag of HTML within a line.
    fn add_tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())].to_ascii_lowercase();
        let is_end = tag.starts_with("</");
        if self.hidden.as_ref().is_some_and(|hidden| is_end && hidden == name) {
            self.hidden = None;
        } else if self.hidden.is_none() && !is_end && !tag.ends_with("/>") && HIDDEN_ELEMENTS.contains(&name.as_str()) {
            self.hidden = Some(name.clone());
        } else {
            let with = break_at(name);
            if !with.is_empty() {
                self.end(with);
            }
        }
    }
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
        check("- One\n- `Two`\n\nThree", "", "One\nTwo\n\nThree");
        check("![alt](a.png) and <b>bold</b>", "", "alt and bold");
    }

    #[test]
    fn html_is_read() {
        check("<p>Ada &amp; Bo<br>sing.</p>\n\nThen *go*.", "", "Ada & Bo\nsing.\n\nThen go.");
        check("Ving<br>Rhames, Ving<br/>Rhames &eacute;", "", "Ving\nRhames, Ving\nRhames é");
        check("<div class=\"x\">\n\nAda *sings*.\n\n</div>\n\nBo.", "", "Ada sings.\n\nBo.");
        check("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>\n\nEnd.", "", "A B\n\nC\n\nEnd.");
        check("<script>\nvar x = 1;\n\nvar y = 2;\n</script>\n\nAda.", "", "Ada.");
        check("<!-- a note -->\n# Ada &amp; Bo\n\nSing<script>x()</script>.", "Ada & Bo", "Sing.");
        check("<h2>Cast</h2>\nAda\n\nBo", "", "Cast\n\nAda\n\nBo");
        check("| A | B |\n|---|---|\n| C | ~~D~~ |\n\nEnd.", "", "A B\nC D\n\nEnd.");
        check("Use `<b>` and \\<i>.", "", "Use <b> and <i>.");
    }

    #[test]
    fn titles_of_front_matter_are_plain() {
        check("---\ntitle: Tom &amp; <i>Jerry</i>\n---\nText.", "Tom & Jerry", "Text.");
    }
}
