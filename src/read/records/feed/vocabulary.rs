//! Which part of an item an element is, by its namespace and name.

use super::tokens::{each_attribute, local};

/// Who defines an element. Feeds state namespaces under any prefix, or wrong ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS, Atom and CDF themselves, or no namespace.
    Feed,
    DublinCore,
    /// `content:encoded`.
    Content,
    Media,
    Podcast,
    Xhtml,
    /// What replaces addresses by counted ones, and states the original.
    Redirect,
    /// Places, pictures, formulas, comments: no field of an article.
    Other,
    Unknown,
}

use Vocabulary::{Content, DublinCore, Feed, Media, Other, Podcast, Redirect, Unknown, Xhtml};

/// Parts of addresses of namespaces, in lower case, and usual prefixes.
const NAMESPACES: &[(Vocabulary, &[&str], &[&str])] = &[
    (Xhtml, &["w3.org/1999/xhtml"], &["xhtml", "html"]),
    (DublinCore, &["purl.org/dc/", "purl.org/metadata/dublin_core"], &["dc", "dcterms"]),
    (Content, &["purl.org/rss/1.0/modules/content"], &["content"]),
    (Media, &["search.yahoo.com/mrss", "video.search.yahoo.com"], &["media"]),
    (Podcast, &["itunes.com/dtds/podcast", "google.com/schemas/play-podcasts"], &["itunes", "googleplay"]),
    (Redirect, &["feedburner", "pheedo.com"], &["feedburner", "pheedo"]),
    (
        Other,
        &[
            "georss",
            "opengis.net",
            "geo/wgs84",
            "w3.org/2000/svg",
            "w3.org/1998/math",
            "purl.org/rss/1.0/modules/",
            "wellformedweb.org",
            "purl.org/syndication/",
            "podlove.org",
            "podcastindex.org",
            "xmlns.com/foaf",
            "creativecommons.org",
            "backend.userland.com/creativecommons",
            "a9.com",
            "w3.org/2005/11/its",
            "activitystrea.ms",
        ],
        &[
            "georss",
            "gml",
            "geo",
            "svg",
            "math",
            "mathml",
            "slash",
            "wfw",
            "sy",
            "thr",
            "psc",
            "podcast",
            "foaf",
            "cc",
            "creativecommons",
            "opensearch",
            "vcard",
        ],
    ),
    (
        Feed,
        &[
            "w3.org/2005/atom",
            "purl.org/atom",
            "purl.org/rss/1.0/",
            "my.netscape.com",
            "backend.userland.com",
            "blogs.law.harvard.edu",
            "purl.org/net/rss",
            "channel.netscape.com",
            "rssboard.org",
        ],
        &["", "atom", "atom10", "atom03", "rss", "rdf", "a10"],
    ),
];

/// The vocabulary of the address of a namespace.
fn by_address(address: &str) -> Option<Vocabulary> {
    let address = address.trim().to_ascii_lowercase();
    NAMESPACES.iter().find(|(_, parts, _)| parts.iter().any(|part| address.contains(part))).map(|(found, ..)| *found)
}

/// The vocabulary that a prefix usually stands for.
fn by_prefix(prefix: &str) -> Vocabulary {
    let is = |known: &&str| known.eq_ignore_ascii_case(prefix);
    NAMESPACES.iter().find(|(.., prefixes)| prefixes.iter().any(is)).map_or(Unknown, |(found, ..)| *found)
}

/// The most declarations that are in force at one place.
const MAX_DECLARED: usize = 100;

/// The namespaces that are in force.
#[derive(Debug, Default)]
pub(super) struct Namespaces<'t>(Vec<(&'t str, Vocabulary)>);

impl<'t> Namespaces<'t> {
    /// Adds what a start tag declares, and returns how many there were before.
    pub(super) fn declare(&mut self, attributes: &'t str) -> usize {
        let before = self.0.len();
        if !attributes.contains("xmlns") {
            return before;
        }
        for (name, address) in each_attribute(attributes) {
            let prefix = if name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") };
            if let Some(prefix) = prefix.filter(|_| self.0.len() < MAX_DECLARED) {
                self.0.push((prefix, by_address(address).unwrap_or_else(|| by_prefix(prefix))));
            }
        }
        before
    }

    /// Ends the declarations of an element.
    pub(super) fn restore(&mut self, count: usize) {
        self.0.truncate(count);
    }

    /// The vocabulary of an element.
    pub(super) fn of(&self, name: &str) -> Vocabulary {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let declared = self.0.iter().rev().find(|(known, _)| *known == prefix);
        declared.map_or_else(|| by_prefix(prefix), |(_, found)| *found)
    }
}

/// A part of an item. Of several elements with the same part the one with the lowest
/// rank counts, but the longest body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Id,
    Title,
    Body,
    Published,
    Modified,
    Link,
    Author,
    Category,
    /// Several, with commas between.
    Keywords,
    /// The feed that the item was taken from.
    Origin,
}

impl Part {
    /// Whether elements of HTML may stand in it.
    pub(super) fn has_markup(self) -> bool {
        matches!(self, Self::Title | Self::Body)
    }
}

/// Elements by vocabulary and name in lower case. The order is the rank.
const PARTS: &[(Part, &[(Vocabulary, &str)])] = &[
    (Part::Id, &[(Feed, "guid"), (Feed, "id")]),
    (Part::Title, &[(Feed, "title"), (DublinCore, "title"), (Media, "title"), (Podcast, "title"), (Unknown, "title")]),
    (
        Part::Body,
        &[
            (Content, "encoded"),
            (Feed, "content"),
            (Xhtml, "body"),
            (Xhtml, "div"),
            (Feed, "fullitem"),
            (Feed, "body"),
            (Feed, "description"),
            (Feed, "summary"),
            (Feed, "abstract"),
            (Feed, "encoded"),
            (DublinCore, "description"),
            (DublinCore, "abstract"),
            (Podcast, "summary"),
            (Unknown, "encoded"),
            (Unknown, "content"),
            (Unknown, "description"),
            (Unknown, "summary"),
            (Media, "description"),
            (Media, "text"),
            (Podcast, "subtitle"),
        ],
    ),
    (
        Part::Published,
        &[
            (Feed, "pubdate"),
            (Feed, "published"),
            (Feed, "issued"),
            (DublinCore, "issued"),
            (DublinCore, "date"),
            (DublinCore, "created"),
            (DublinCore, "available"),
            (Feed, "created"),
            (Feed, "date"),
            (Unknown, "pubdate"),
            (Unknown, "published"),
            (Unknown, "date"),
        ],
    ),
    (Part::Modified, &[(Feed, "updated"), (Feed, "modified"), (DublinCore, "modified"), (Feed, "lastbuilddate")]),
    (Part::Link, &[(Redirect, "origlink"), (Feed, "link"), (Feed, "a"), (Unknown, "link")]),
    (Part::Author, &[(DublinCore, "creator"), (Feed, "author"), (DublinCore, "author"), (Podcast, "author")]),
    (Part::Category, &[(Feed, "category"), (DublinCore, "subject"), (Podcast, "category"), (Media, "category")]),
    (Part::Keywords, &[(Podcast, "keywords"), (Media, "keywords"), (Feed, "keywords")]),
    (Part::Origin, &[(Feed, "source")]),
];

/// The rank from which bodies count only if there is no other.
pub(super) const WEAK_BODY: usize = 13;

/// The part that an element is, and its rank.
pub(super) fn part_of(vocabulary: Vocabulary, name: &str) -> Option<(Part, usize)> {
    let name = local(name);
    PARTS.iter().find_map(|(part, elements)| {
        let is = |(of, known): &(Vocabulary, &str)| *of == vocabulary && known.eq_ignore_ascii_case(name);
        elements.iter().position(is).map(|rank| (*part, rank))
    })
}

/// Whether an element is an item.
pub(super) fn is_item(vocabulary: Vocabulary, name: &str) -> bool {
    let name = local(name);
    matches!(vocabulary, Feed | Unknown) && (name.eq_ignore_ascii_case("item") || name.eq_ignore_ascii_case("entry"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(declared: &str, name: &str, expected: Option<(Part, usize)>) {
        let mut namespaces = Namespaces::default();
        namespaces.declare(declared);
        assert_eq!(part_of(namespaces.of(name), name), expected, "{declared} {name}");
    }

    #[test]
    fn elements_are_known_under_any_prefix() {
        check("", "title", Some((Part::Title, 0)));
        check("", "dc:creator", Some((Part::Author, 0)));
        check(" xmlns:x='http://purl.org/dc/elements/1.1/'", "x:title", Some((Part::Title, 1)));
        check(" xmlns:dc='http://purl.org/dc/terms/'", "dc:modified", Some((Part::Modified, 2)));
        check(" xmlns:dc='http://wrong.example/'", "dc:date", Some((Part::Published, 4)));
        check(" xmlns:a='http://www.w3.org/2005/Atom'", "a:summary", Some((Part::Body, 7)));
        check(" xmlns='HTTP://WWW.W3.ORG/2005/ATOM'", "Title", Some((Part::Title, 0)));
        check(" xmlns='http://wrong.example/'", "title", Some((Part::Title, 0)));
        check(" xmlns:c='http://purl.org/rss/1.0/modules/content/'", "c:encoded", Some((Part::Body, 0)));
        check(" xmlns:g='http://www.georss.org/georss'", "g:description", None);
        check("", "media:content", None);
        check("", "foo:title", Some((Part::Title, 4)));
    }

    #[test]
    fn declarations_end_with_their_element() {
        let mut namespaces = Namespaces::default();
        let outer = namespaces.declare(" xmlns='http://www.w3.org/1999/xhtml'");
        assert_eq!(namespaces.of("div"), Xhtml);
        namespaces.restore(outer);
        assert_eq!(namespaces.of("div"), Feed);
        let many: String = (0..200).map(|n| format!(" xmlns:n{n}='u'")).collect();
        namespaces.declare(&many);
        assert_eq!(namespaces.0.len(), MAX_DECLARED);
    }

    #[test]
    fn weak_bodies_begin_after_the_summary_of_podcasts() {
        assert_eq!(part_of(Podcast, "itunes:summary").map(|(_, rank)| rank + 1), Some(WEAK_BODY));
    }

    #[test]
    fn items() {
        for (vocabulary, name, expected) in
            [(Feed, "item", true), (Unknown, "x:Entry", true), (Xhtml, "item", false), (Feed, "items", false)]
        {
            assert_eq!(is_item(vocabulary, name), expected, "{name}");
        }
    }
}
