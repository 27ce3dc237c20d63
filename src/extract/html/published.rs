//! When a page was published and changed.

use crate::extract::parse_date;

use super::linked_data::LinkedData;
use super::page::{Element, Page};

/// Names of the date of publication that a page says to machines.
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
/// And of the date of its last change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "updated_time",
];

/// The longest text that is taken for a date line, in bytes.
const DATE_LINE: usize = 140;

/// The day of publication.
pub(super) fn of(page: &Page, said: &LinkedData, url: Option<&str>) -> Option<String> {
    let stated = said.published.as_deref().and_then(parse_date);
    stated
        .or_else(|| first_date(page, PUBLISHED))
        .or_else(|| shown_date(page))
        .or_else(|| url.and_then(date_in_address))
}

/// The day of the last change.
pub(super) fn modified(page: &Page, said: &LinkedData) -> Option<String> {
    said.modified.as_deref().and_then(parse_date).or_else(|| first_date(page, MODIFIED))
}

fn first_date(page: &Page, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| page.metas_named(name).find_map(parse_date))
}

/// Elements after the headline that may show the date.
const NEAR_HEADLINE: usize = 120;

/// A date that the page shows: in a `time` element, in one that is labeled as
/// the date of publication, or near the headline.
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

fn short_date(page: &Page, element: &Element) -> Option<String> {
    let text = page.text(element);
    if text.len() > DATE_LINE { None } else { date_within(&text) }
}

/// The first date in a short text such as “Posted on May 4, 2016 at 9:00 am”.
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
