//! The names of article fields in JSON, tables, front matter and headers.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A field of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Field {
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
/// names of one field, the one listed first counts; of texts, the longest.
#[rustfmt::skip]
const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &[
        "id", "docid", "docno", "guid", "uuid", "articleid", "documentid", "storyid", "storiesid", "postid", "newsid",
        "itemid", "objectid", "contentid",
    ]),
    (Field::Title, &[
        "title", "headline", "heading", "headlines", "webtitle", "articletitle", "posttitle", "newstitle",
        "storytitle", "hed", "maintitle", "fulltitle", "headlinetext", "titlerss", "pagetitle", "titlepage",
        "subject",
    ]),
    (Field::Text, &[
        "text", "body", "content", "articlebody", "articletext", "maintext", "fulltext", "article", "story",
        "bodytext", "bodyhtml", "bodyxhtml", "bodycontent", "bodies", "contenttext", "contenthtml", "contentencoded",
        "plaintext", "textcontent", "cleanedtext", "storytext", "storybody", "posttext", "postcontent", "postbody",
        "articlecontent", "articlehtml", "newstext", "newscontent", "maincontent", "pagetext", "pagecontent",
        "fullcontent", "fullarticle", "contents", "contentelements", "blocks", "paragraphs", "bodyblocks",
        "contentblocks", "richtext", "selftext", "document", "transcript", "textplain", "plain", "htmlbody",
        "htmlcontent", "html", "rawtext", "bodytextsummary",
    ]),
    (Field::Date, &[
        "date", "published", "publishdate", "publisheddate", "datepublished", "publishedat", "publicationdate",
        "pubdate", "datepublish", "webpublicationdate", "firstpublicationdate", "firstpublished", "firstpublishedat",
        "publishingdate", "publisheddatetime", "publishedtime", "publishedon", "publishedutc", "publishtime",
        "publishedgmt", "publicationtime", "publicationdatetime", "timepublished", "datetimepub", "displaydate",
        "postdate", "dateposted", "postedat", "postedon", "posted", "issued", "dateissued", "articledate", "newsdate",
        "seendate", "datetime", "dategmt", "firstcreated", "contentcreated", "created", "createdat", "datecreated",
        "createddate", "createdutc", "timestamp", "versioncreated",
    ]),
    (Field::Source, &[
        "source", "publisher", "outlet", "publication", "sitename", "site", "domain", "sourcename", "sourcetitle",
        "sourcehostname", "sourcedomain", "publishername", "publicationname", "medianame", "newssite", "websitename",
        "newspaper", "newssource", "cleanurl", "hostname", "provider", "agency", "origin", "infosource",
        "infosources", "copyrightholder", "sourceid",
    ]),
    (Field::Url, &[
        "url", "link", "canonicalurl", "weburl", "articleurl", "posturl", "pageurl", "storyurl", "newsurl",
        "permalink", "canonicallink", "originalurl", "requestedurl", "canonical", "alternate", "mainentityofpage",
        "href", "uri",
    ]),
    (Field::Authors, &[
        "authors", "author", "byline", "by", "creator", "bylines", "authorname", "authornames", "primaryauthor",
        "postauthor", "writer", "writers", "journalist", "journalists", "reporter", "reporters", "columnist",
        "contributor", "contributors",
    ]),
    (Field::Section, &[
        "section", "category", "desk", "channel", "sectionname", "articlesection", "sectiontitle", "categoryname",
        "newsdesk", "rubric", "department", "vertical",
    ]),
    (Field::Modified, &[
        "modified", "datemodified", "modifiedat", "updated", "updatedat", "lastmodified", "lastupdated", "editdate",
        "dateupdated", "modifieddate", "updateddate", "updatedate", "datemodify", "modifiedtime", "modifiedon",
        "updatedon", "updatedtime", "lastmodifieddate", "lastpublicationdate", "lastupdate", "lastupdatedat",
        "contentmodified", "modifiedgmt",
    ]),
    (Field::Tags, &[
        "tags", "tag", "taglist", "tagnames", "articletag", "keywords", "keyword", "newskeywords", "metakeywords",
        "subjects", "topics", "topic", "categories", "descriptors", "desfacet", "indexterms", "subjectterms",
        "hashtags", "labels",
    ]),
];

/// Keys of objects that only wrap the fields of an article.
pub(crate) const WRAPPERS: &[&str] = &[
    "fields",
    "attributes",
    "node",
    "data",
    "content",
    "article",
    "post",
    "story",
    "item",
    "document",
    "doc",
    "record",
    "result",
    "response",
    "payload",
    "properties",
];

/// Names of texts that say in short what an article is about: they count where
/// there is no other text.
#[rustfmt::skip]
const SUMMARIES: &[&str] = &[
    "shortdescription", "description", "abstract", "summary", "leadparagraph", "lead", "lede", "excerpt", "snippet",
    "standfirst", "trailtext", "teaser", "dek", "intro", "introtext", "introduction", "highlights", "descriptions",
    "metadescription", "descriptiontext",
];

/// The rank of the first name in [`SUMMARIES`].
const SUMMARY_RANK: usize = 1000;

/// Prefixes of XML names that say nothing: `dc:creator`.
const PREFIXES: &[&str] = &["dc", "dcterms", "atom", "prism", "schema", "og", "article"];

/// The longest name that is known, in bytes, with what is left out of it.
const LONGEST: usize = 64;

static RANKS: LazyLock<FxHashMap<&'static str, (Field, usize)>> = LazyLock::new(|| {
    let names =
        NAMES.iter().flat_map(|(field, names)| names.iter().enumerate().map(|(at, name)| (*name, (*field, at))));
    let summaries = SUMMARIES.iter().enumerate().map(|(at, name)| (*name, (Field::Text, SUMMARY_RANK + at)));
    names.chain(summaries).collect()
});

/// The field that a name refers to, and its rank among the names of that field
/// (0 is best).
pub(crate) fn field_named(name: &str) -> Option<(Field, usize)> {
    if name.len() > LONGEST {
        return None;
    }
    let whole = RANKS.get(normalized(name).as_str()).copied();
    whole.or_else(|| {
        let (prefix, local) = name.split_once(':')?;
        PREFIXES.contains(&prefix).then(|| RANKS.get(normalized(local).as_str()).copied())?
    })
}

/// Whether a name of a text with this rank is that of a summary.
pub(crate) fn is_summary(rank: usize) -> bool {
    rank >= SUMMARY_RANK
}

/// Letters and digits of a name, in lower case.
pub(crate) fn normalized(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
        check("dc:creator", Some((Field::Authors, 4)));
        check("media:title", None);
        check("mood", None);
        check("", None);
        check(&"a".repeat(LONGEST + 1), None);
    }

    #[test]
    fn summaries_come_after_texts() {
        for (name, expected) in [("body_html", false), ("contentHtml", false), ("abstract", true), ("snippet", true)] {
            let (field, rank) = field_named(name).expect("a known name");
            assert_eq!((field, is_summary(rank)), (Field::Text, expected), "{name}");
        }
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let all = NAMES.iter().flat_map(|(_, names)| *names).chain(SUMMARIES);
        let (mut count, mut odd) = (0, Vec::new());
        for name in all {
            count += 1;
            if normalized(name) != *name {
                odd.push(name);
            }
        }
        assert_eq!((RANKS.len(), odd), (count, Vec::new()));
        assert!(NAMES.iter().all(|(_, names)| names.len() < SUMMARY_RANK));
    }
}
