//! Sets the fields of an article from strings.

use crate::article::{Article, Span};

use super::date::parse_date;
use super::field_names::Field;
use super::tags;

/// Sets a field other than title and text. A blank value sets nothing.
pub(super) fn set(article: &mut Article, field: Field, value: &str) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    match field {
        Field::Id => article.id = value.to_owned(),
        Field::Date => article.published = parse_date(value),
        Field::Modified => article.modified = parse_date(value),
        Field::Source => article.source = Some(value.to_owned()),
        Field::Url => article.url = Some(value.to_owned()),
        Field::Authors => article.authors.extend(split_byline(value)),
        Field::Section => article.section = Some(value.to_owned()),
        Field::Tags => tags::add(&mut article.tags, tags::split(value)),
        Field::Title | Field::Text => {}
    }
}

/// The names in a byline: three in “By Ann Lee, Bo Ray and Cy Fox”.
pub(super) fn split_byline(byline: &str) -> impl Iterator<Item = String> {
    let byline = byline.strip_prefix("By ").or(byline.strip_prefix("by ")).unwrap_or(byline);
    byline
        .split([',', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// Sets title and text from separate strings: the text is the title line, a
/// blank line and the body.
pub(super) fn set_text(article: &mut Article, title: &str, body: &str) {
    let (title, body) = (title.trim(), body.trim_end());
    article.title = title.to_owned();
    article.title_span = Span::new(0, title.len());
    article.text = match (title.is_empty(), body.is_empty()) {
        (true, _) => body.to_owned(),
        (false, true) => title.to_owned(),
        (false, false) => format!("{title}\n\n{body}"),
    };
    let end = article.text.len();
    article.body = Span::new(end - body.len(), end).trimmed(&article.text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_split() {
        for (byline, expected) in [
            ("By Ann Lee, Bo Ray and Cy Fox", &["Ann Lee", "Bo Ray", "Cy Fox"][..]),
            ("by Ann Lee & Bo Ray", &["Ann Lee", "Bo Ray"]),
            ("Ann Lee;", &["Ann Lee"]),
            ("Andy Sand", &["Andy Sand"]),
            (" , ", &[]),
        ] {
            assert_eq!(split_byline(byline).collect::<Vec<_>>(), expected, "{byline}");
        }
    }

    #[test]
    fn title_and_body_are_spans_of_the_text() {
        for (title, body, text, body_of) in [
            ("A film", "It opens.\n", "A film\n\nIt opens.", "It opens."),
            ("", "  It opens.", "  It opens.", "It opens."),
            (" A film ", "", "A film", ""),
            ("", "", "", ""),
        ] {
            let mut article = Article::default();
            set_text(&mut article, title, body);
            assert_eq!((article.text.as_str(), article.body.of(&article.text)), (text, body_of));
            assert_eq!(article.title_span.of(&article.text), title.trim());
        }
    }

    #[test]
    fn blank_values_and_bad_dates_set_nothing() {
        let mut article = Article::default();
        set(&mut article, Field::Section, "Film");
        set(&mut article, Field::Section, "  ");
        set(&mut article, Field::Date, "soon");
        set(&mut article, Field::Modified, " 4 January 2019 ");
        assert_eq!((article.section.as_deref(), article.published.as_deref()), (Some("Film"), None));
        assert_eq!(article.modified.as_deref(), Some("2019-01-04"));
    }
}
