//! The dates of publication and last change of a page.

use jiff::civil::Date;

use crate::extract::date::{Reading, day_of_address, read};
use crate::extract::parse_date;
use crate::read::DateOrder;

use super::json_ld::JsonLd;
use super::lenient_json::string_under;
use super::page::Page;
use super::shown_date;
use super::shown_dates::{COMMENT, ShownDate, ShownDates};
use super::text::one_line;

/// `meta` names of the date of publication, best first, in letters and digits only.
const PUBLISHED: &[&str] = &[
    "articlepublishedtime",
    "ogarticlepublishedtime",
    "datepublished",
    "articlepublished",
    "articlepublisheddate",
    "articlepublishdate",
    "ogpublishedtime",
    "ogpublishdate",
    "ogpubdate",
    "parselypubdate",
    "sailthrudate",
    "pubdate",
    "publishdate",
    "publicationdate",
    "publisheddate",
    "publishedtime",
    "publishedat",
    "published",
    "publishtime",
    "datepublish",
    "dateposted",
    "displaydate",
    "firstpublished",
    "firstpublisheddate",
    "originalpublicationdate",
    "articledateoriginal",
    "citationpublicationdate",
    "citationonlinedate",
    "citationdate",
    "dcdateissued",
    "dctermsissued",
    "dctermscreated",
    "dcdatecreated",
    "dctermsavailable",
    "dcdatepublished",
    "dctermsdate",
    "dcdate",
    "prismpublicationdate",
    "articleoriglastupdated",
    "cxenseparserecspublishtime",
    "ptime",
    "pdate",
    "articledate",
    "storydate",
    "date",
    "created",
    "datecreated",
    "articlecreated",
    "articlepostdate",
    "rnewsdatepublished",
    "videoreleasedate",
    "uploaddate",
    "releasedate",
];
/// `meta` names of the date of the last change, best first.
const MODIFIED: &[&str] = &[
    "articlemodifiedtime",
    "ogupdatedtime",
    "datemodified",
    "lastmod",
    "lastmodified",
    "dctermsmodified",
    "updatedtime",
];
/// Keys of the data in a page's scripts that have the date of publication.
const SCRIPT_KEYS: &[&str] = &[
    "datePublished",
    "publishedDate",
    "published_date",
    "publishDate",
    "publish_date",
    "publishedAt",
    "published_at",
    "publicationDate",
    "publication_date",
    "firstPublished",
    "pubDate",
    "pub_date",
    "article_publication_date",
    "articlePublishedDate",
];

/// The longest line whose date is taken without any mark that it is that of publication,
/// in bytes: a sentence tells of other days.
const MAX_LINE: usize = 120;

/// The day of publication: what the metadata state, else what the page shows, its
/// address, or the data in its scripts have. `titles` are those that the page may have.
pub(super) fn of(page: &Page, json_ld: &JsonLd, url: Option<&str>) -> Option<String> {
    let order = order(page);
    let address = url.and_then(day_of_address);
    let shown = ShownDates::of(page, titles(page, json_ld), order);
    if let Some(text) = stated(page, json_ld) {
        return stated_day(&text, order, address, &shown).map(|day| day.to_string());
    }
    let best = shown_date::best_of(&shown, |_| true).map(|date| date.reading.day);
    best.or(address).or_else(|| in_scripts(page)).or_else(|| only_shown(&shown)).map(|day| day.to_string())
}

/// The day that a page shows wherever it does, if it is the only one outside of comments
/// and notes of a last change, and stands in a short line.
fn only_shown(shown: &ShownDates) -> Option<Date> {
    let mut dates = shown.dates.iter().filter(|date| date.elsewhere < COMMENT && !date.reading.is_month);
    let first = dates.next()?;
    let is_sure = !first.reading.is_open && first.length <= MAX_LINE && !shown_date::is_of_change(first);
    (is_sure && dates.all(|date| date.reading.day == first.reading.day)).then_some(first.reading.day)
}

/// The first date of a day that the metadata state, as written.
fn stated(page: &Page, json_ld: &JsonLd) -> Option<String> {
    let is_day = |text: &&str| read(text, None).is_some_and(|reading| !reading.is_month);
    let metas: Vec<(String, &str)> = page.metas().map(|(name, value)| (letters(name), value)).collect();
    let named = |known: &&str| metas.iter().filter(|(name, _)| name == known).map(|(_, value)| *value).find(is_day);
    let found = json_ld.published.as_deref().filter(is_day).or_else(|| PUBLISHED.iter().find_map(named));
    found.map(str::to_owned)
}

/// The day of a date that the metadata state. If day or month first is open, what the
/// page shows tells it, else its language.
fn stated_day(text: &str, order: Option<DateOrder>, address: Option<Date>, shown: &ShownDates) -> Option<Date> {
    let orders = [Some(DateOrder::MonthFirst), Some(DateOrder::DayFirst)];
    let readings = || orders.into_iter().filter_map(|order| read(text, order));
    let best = shown_date::best_of(shown, |_| true).map(|date| date.reading.day);
    let seen = |reading: &Reading| address == Some(reading.day) || best == Some(reading.day);
    match read(text, None)? {
        reading if !reading.is_open => Some(local_day(reading, address, shown)),
        _ => readings().find(seen).or_else(|| read(text, order)).map(|reading| reading.day),
    }
}

/// The day where the page was written: the address or a date that it shows may tell
/// it if the one stated is in UTC.
fn local_day(stated: Reading, address: Option<Date>, shown: &ShownDates) -> Date {
    // A moment in UTC does not show the day where it was written.
    let seen = shown_date::best_of(shown, |date| date.reading.utc_hour.is_none()).map(|date| date.reading.day);
    if seen == Some(stated.day) {
        return stated.day;
    }
    // A page that shows the day stated anywhere may mean it: only its address is surer.
    let is_shown = |date: &ShownDate| date.reading.day == stated.day && date.reading.utc_hour.is_none();
    let days = address.into_iter().chain(seen.filter(|_| !shown.dates.iter().any(is_shown)));
    days.map(|day| stated.local_day(day)).find(|day| *day != stated.day).unwrap_or(stated.day)
}

/// Whether day or month comes first, by the language of the page.
fn order(page: &Page) -> Option<DateOrder> {
    let language =
        page.tagged("html").find_map(|html| page.attribute(html, "lang").or_else(|| page.attribute(html, "xml:lang")));
    let language = language.or_else(|| page.meta(&["og:locale"]).map(str::to_owned))?.to_lowercase().replace('_', "-");
    match language.as_str() {
        "en" | "" => None,
        language if language.starts_with("en-us") || language.starts_with("en-ph") => Some(DateOrder::MonthFirst),
        _ => Some(DateOrder::DayFirst),
    }
}

/// The titles that the page may have.
fn titles(page: &Page, json_ld: &JsonLd) -> Vec<String> {
    let stated = page.meta(&["og:title", "twitter:title"]).map(str::to_owned);
    let shown = page.tagged("title").next().map(|title| one_line(&page.doc.text_content(title.id)));
    json_ld.headline.iter().cloned().chain(stated).chain(shown).collect()
}

/// The day that the data in the page's scripts have, if it is one only.
fn in_scripts(page: &Page) -> Option<Date> {
    let scripts: Vec<String> = page.tagged("script").map(|script| page.doc.text_content(script.id)).collect();
    SCRIPT_KEYS.iter().find_map(|key| {
        let mut days =
            scripts.iter().flat_map(|script| string_under(script, key)).filter_map(|text| Some(read(text, None)?.day));
        let first = days.next()?;
        days.all(|day| day == first).then_some(first)
    })
}

/// A name in its letters and digits.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The day of the last change.
pub(super) fn modified(page: &Page, json_ld: &JsonLd) -> Option<String> {
    let metas: Vec<(String, &str)> = page.metas().map(|(name, value)| (letters(name), value)).collect();
    let named = |known: &&str| metas.iter().filter(|(name, _)| name == known).find_map(|(_, value)| parse_date(value));
    json_ld.modified.as_deref().and_then(parse_date).or_else(|| MODIFIED.iter().find_map(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, url: Option<&str>, expected: Option<&str>) {
        let page = Page::parse(html);
        assert_eq!(of(&page, &JsonLd::of(&page), url).as_deref(), expected, "{html}");
    }

    #[test]
    fn the_only_day_of_a_page() {
        let far = "x ".repeat(3000);
        let page = |end: &str| format!("<h1>A</h1><p>{far}</p>{end}");
        check(&page("<div class=footer>Von Ann am 03.05.2013, 11:51</div>"), None, Some("2013-05-03"));
        check(&page("<div class=footer>3 May 2013</div><p>4 May 2013</p>"), None, None);
        check(&page("<div class=comment>3 May 2013</div>"), None, None);
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
    fn metadata_in_any_spelling() {
        for name in ["pub_date", "publish-date", "DC.date.issued", "article:published", "citation_publication_date"] {
            check(&format!("<meta name={name} content='5 March 2019'>"), None, Some("2019-03-05"));
        }
        check("<meta itemprop=datePublished content=2019-03>", None, None);
        check("<script>var page = {\"publishedDate\":\"2019-03-05T10:00:00Z\"};</script>", None, Some("2019-03-05"));
        check("<script>[{\"publishedDate\":\"2019-03-05\"},{\"publishedDate\":\"2019-03-06\"}]</script>", None, None);
    }

    #[test]
    fn moments_in_utc_have_the_day_of_the_page() {
        let page =
            |stated: &str, shown: &str| format!("<meta name=date content={stated}><h1>The film opens</h1><p>{shown}");
        let late = "2019-03-06T02:09:55Z";
        let address = Some("https://a.example/2019/03/05/film");
        check(&page(late, ""), address, Some("2019-03-05"));
        check(&page(late, "March 5, 2019 at 6:09 p.m."), None, Some("2019-03-05"));
        check(&page(late, "March 6, 2019"), address, Some("2019-03-06"));
        check(&page(late, "March 4, 2019"), None, Some("2019-03-06"));
        check(&page("2019-03-06T18:09:55Z", "March 5, 2019"), address, Some("2019-03-06"));
        check(&page("2019-03-06T02:09:55+01:00", "March 5, 2019"), address, Some("2019-03-06"));
    }

    #[test]
    fn day_or_month_first() {
        let page = |lang: &str, shown: &str| {
            format!("<html lang={lang}><meta name=date content=03/05/2019><h1>The film opens</h1><p>{shown}")
        };
        check(&page("en-US", ""), None, Some("2019-03-05"));
        check(&page("de", ""), None, Some("2019-05-03"));
        check(&page("de", "5. März 2019"), None, Some("2019-03-05"));
        check(&page("en", ""), Some("https://a.example/2019/05/03/film"), Some("2019-05-03"));
    }

    #[test]
    fn changes() {
        let page = Page::parse(
            "<meta property=article:modified_time content=2020-05-06><meta name=lastmod content=2020-05-07>",
        );
        assert_eq!(modified(&page, &JsonLd::default()).as_deref(), Some("2020-05-06"));
    }
}
