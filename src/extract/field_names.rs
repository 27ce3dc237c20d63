//! The names of article fields in JSON, tables, front matter and headers.

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
    Tags,
}

/// Field names in lower case, letters and digits only. If a record has several
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
    (
        Field::Tags,
        &[
            "tags",
            "tag",
            "taglist",
            "tagnames",
            "articletag",
            "keywords",
            "keyword",
            "newskeywords",
            "metakeywords",
            "subjects",
            "topics",
            "topic",
            "categories",
            "descriptors",
            "desfacet",
            "indexterms",
            "subjectterms",
            "hashtags",
            "labels",
        ],
    ),
];

/// The field that a name refers to, and its rank among the names of that field
/// (0 is best).
pub(super) fn field_named(name: &str) -> Option<(Field, usize)> {
    let normalized: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    NAMES
        .iter()
        .find_map(|(field, names)| names.iter().position(|known| *known == normalized).map(|rank| (*field, rank)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<(Field, usize)>) {
        assert_eq!(field_named(name), expected, "{name}");
    }

    #[test]
    fn names_are_known_in_any_spelling() {
        check("title", Some((Field::Title, 0)));
        check("Head Line", Some((Field::Title, 1)));
        check("publish_date", Some((Field::Date, 2)));
        check("Published-At", Some((Field::Date, 5)));
        check("_id", Some((Field::Id, 0)));
        check("mood", None);
        check("", None);
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        for (field, names) in NAMES {
            for name in *names {
                assert_eq!(field_named(name).map(|found| found.0), Some(*field), "{name}");
            }
        }
    }
}
