//! The dates of publication and last change of a page.

use crate::extract::parse_date;

use super::json_ld::JsonLd;
use super::page::{Element, Page};

/// `meta` names of the date of publication, best first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "published_time",
    "publishdate",
    "date.published",
    "displaydate",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "article_date_original",
    "originalpublicationdate",
    "article.origlastupdated",
    "cxenseparse:recs:publishtime",
    "ptime",
    "pdate",
    "date",
    "created",
    "article:post_date",
    "rnews:datepublished",
];
/// `meta` names of the date of the last change, best first.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "updated_time",
];

/// The longest line that is searched for a date, in bytes.
const MAX_DATE_LINE: usize = 140;

/// The day of publication: from JSON-LD, the metadata, what the page shows, or
/// its address.
pub(super) fn of(page: &Page, json_ld: &JsonLd, url: Option<&str>) -> Option<String> {
    let stated = json_ld.published.as_deref().and_then(parse_date);
    stated
        .or_else(|| first_date(page, PUBLISHED))
        .or_else(|| shown_date(page))
        .or_else(|| url.and_then(date_in_address))
}

/// The day of the last change.
pub(super) fn modified(page: &Page, json_ld: &JsonLd) -> Option<String> {
    json_ld.modified.as_deref().and_then(parse_date).or_else(|| first_date(page, MODIFIED))
}

fn first_date(page: &Page, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| page.metas_named(name).find_map(parse_date))
}

/// How many elements after the headline may show the date.
const NEAR_HEADLINE: usize = 120;

/// A date that the page shows: in a `time` element, in an element labeled as the
/// date of publication, or near the headline.
fn shown_date(page: &Page) -> Option<String> {
    let labeled = |element: &&Element| {
        ["datepublished", "pubdate", "published", "publish-date", "posted", "timestamp", "dateline", "byline"]
            .iter()
            .any(|mark| element.label.contains(mark))
    };
    let dated = |element: &&Element| element.label.contains("date") || element.label.contains("time");
    let time = |element: &Element| {
        ["datetime", "content", "data-date", "title"]
            .iter()
            .find_map(|name| parse_date(&page.attribute(element, name)?))
    };
    let shown = |element: &Element| time(element).or_else(|| short_date(page, element));
    let headline = page.elements.iter().position(|element| element.tag == "h1").unwrap_or(0);
    let near = || page.elements[headline..].iter().take(NEAR_HEADLINE);
    let times = || page.tagged("time");
    times()
        .filter(labeled)
        .find_map(time)
        .or_else(|| near().filter(|element| element.tag == "time").find_map(shown))
        .or_else(|| times().find_map(shown))
        .or_else(|| page.elements.iter().filter(labeled).find_map(shown))
        .or_else(|| page.elements.iter().filter(dated).find_map(shown))
        .or_else(|| near().find_map(|element| short_date(page, element)))
}

/// The first date in the text of a short element.
fn short_date(page: &Page, element: &Element) -> Option<String> {
    let text = page.text(element);
    if text.len() > MAX_DATE_LINE { None } else { date_within(&text) }
}

/// The first date in a text such as “Posted on May 4, 2016 at 9:00 am”.
fn date_within(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).find_map(|from| {
        (1..=4).rev().filter(|count| from + count <= words.len()).find_map(|count| {
            let part = words[from..from + count].join(" ");
            let part = part.trim_matches(|c: char| !c.is_alphanumeric());
            (part.len() >= 6
                && part.contains(|c: char| c.is_ascii_digit())
                && !part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| parse_date(part))?
        })
    })
}

/// `/2016/12/09/` or `/2016-12-09/` in an address.
fn date_in_address(url: &str) -> Option<String> {
    let path = url.split_once("://")?.1;
    let parts: Vec<&str> = path.split(['/', '-', '_', '.', '?']).collect();
    parts.windows(3).find_map(|part| {
        let sized = part[0].len() == 4 && (1..=2).contains(&part[1].len()) && (1..=2).contains(&part[2].len());
        let number = |text: &str| text.parse::<u32>().ok();
        sized.then(|| parse_date(&format!("{}-{:02}-{:02}", part[0], number(part[1])?, number(part[2])?)))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, url: Option<&str>, expected: Option<&str>) {
        let page = Page::parse(html);
        assert_eq!(of(&page, &JsonLd::of(&page), url).as_deref(), expected, "{html}");
    }

    #[test]
    fn metadata_go_first() {
        let meta = "<meta property=article:published_time content=2020-05-04T10:00:00Z>";
        check(meta, None, Some("2020-05-04"));
        check(&format!("{meta}<time datetime=2021-01-01>"), Some("https://a.example/2022/01/01/a"), Some("2020-05-04"));
        let json_ld = r#"<script type="application/ld+json">{"@type":"Article","datePublished":"2019-01-02"}</script>"#;
        check(&format!("{meta}{json_ld}"), None, Some("2019-01-02"));
        check("<meta name=date content=soon><meta name=date content='4 May 2020'>", None, Some("2020-05-04"));
    }

    #[test]
    fn shown_dates() {
        check("<h1>A</h1><time datetime=2020-05-04>yesterday</time>", None, Some("2020-05-04"));
        check("<time>3 May 2020</time><time class=published datetime=2020-05-04></time>", None, Some("2020-05-04"));
        check("<h1>A</h1><p>Posted on May 4, 2016 at 9:00 am</p>", None, Some("2016-05-04"));
        check("<h1>A</h1><p>It opens soon.</p>", None, None);
    }

    #[test]
    fn dates_in_addresses() {
        for (url, expected) in [
            ("https://a.example/2016/12/09/film", Some("2016-12-09")),
            ("https://a.example/film-2016-1-9.html", Some("2016-01-09")),
            ("https://a.example/2016/13/09/", None),
            ("/2016/12/09/", None),
        ] {
            assert_eq!(date_in_address(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn changes() {
        let page = Page::parse(
            "<meta property=article:modified_time content=2020-05-06><meta name=lastmod content=2020-05-07>",
        );
        assert_eq!(modified(&page, &JsonLd::default()).as_deref(), Some("2020-05-06"));
    }
}
