//! The names that archives give to an article's fields.

use crate::article::{Article, Span};

use super::date::parse_date;

/// A field of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Title,
    Text,
    Date,
    Source,
    Url,
    Authors,
    Section,
    Modified,
}

/// Field names without case, spaces, `_` and `-`. Where a record has several
/// names of one field, the one listed first counts.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "docid", "docno", "guid", "uuid"]),
    (Field::Title, &["title", "headline", "heading", "subject"]),
    (
        Field::Text,
        &[
            "text",
            "body",
            "content",
            "articlebody",
            "articletext",
            "maintext",
            "fulltext",
            "article",
            "story",
            "shortdescription",
            "description",
            "abstract",
            "summary",
        ],
    ),
    (
        Field::Date,
        &[
            "date",
            "published",
            "publishdate",
            "publisheddate",
            "datepublished",
            "publishedat",
            "publicationdate",
            "pubdate",
            "created",
            "createdat",
            "timestamp",
        ],
    ),
    (Field::Source, &["source", "publisher", "outlet", "publication", "sitename", "site", "domain"]),
    (Field::Url, &["url", "link", "canonicalurl", "weburl", "uri"]),
    (Field::Authors, &["authors", "author", "byline", "by", "creator"]),
    (Field::Section, &["section", "category", "desk", "channel"]),
    (
        Field::Modified,
        &["modified", "datemodified", "modifiedat", "updated", "updatedat", "lastmodified", "lastupdated", "editdate"],
    ),
];

/// The field a name stands for, and its rank among the names of that field.
pub(super) fn field_named(name: &str) -> Option<(Field, usize)> {
    let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    NAMES.iter().find_map(|(field, names)| names.iter().position(|known| *known == plain).map(|rank| (*field, rank)))
}

/// Sets a field other than title and text.
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
        Field::Authors => article.authors.extend(authors(value)),
        Field::Section => article.section = Some(value.to_owned()),
        Field::Title | Field::Text => {}
    }
}

/// “By Ann Lee, Bo Ray and Cy Fox” to three names.
pub(super) fn authors(byline: &str) -> impl Iterator<Item = String> {
    let byline = byline.strip_prefix("By ").or(byline.strip_prefix("by ")).unwrap_or(byline);
    byline
        .split([',', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// Fills in title and text where they come apart: the title line first, a
/// blank line, then the body.
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
    fn names_are_known_in_any_spelling() {
        assert_eq!(field_named("publish_date").map(|f| f.0), Some(Field::Date));
        assert_eq!(field_named("Published-At").map(|f| f.0), Some(Field::Date));
        assert_eq!(field_named("_id").map(|f| f.0), Some(Field::Id));
        assert_eq!(field_named("mood"), None);
    }

    #[test]
    fn bylines_come_apart() {
        let names: Vec<_> = authors("By Ann Lee, Bo Ray and Cy Fox").collect();
        assert_eq!(names, ["Ann Lee", "Bo Ray", "Cy Fox"]);
    }
}
