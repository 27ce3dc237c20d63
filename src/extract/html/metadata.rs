//! Title, dates, authors, source, address and section of a page, from what it
//! says to machines and, where it says nothing, from what it shows.

use crate::article::Article;

use super::super::{fields, parse_date};
use super::linked_data::LinkedData;
use super::page::{Element, Page, one_line};
use super::promo::same_words;

/// The longest byline, in bytes.
const BYLINE: usize = 140;

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
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "updated_time",
];
const AUTHORS: &[&str] = &[
    "article:author_name",
    "article:author",
    "byl",
    "byline",
    "parsely-author",
    "sailthru.author",
    "author",
    "dc.creator",
    "dcterms.creator",
    "authors",
    "creator",
    "rnews:creator",
];
const TITLES: &[&str] =
    &["og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "title", "sailthru.title"];
const SITES: &[&str] =
    &["og:site_name", "application-name", "al:android:app_name", "publisher", "dc.publisher", "copyright"];
const SECTIONS: &[&str] = &["article:section", "parsely-section", "section", "articlesection", "category"];

/// An article without text, all else found.
pub(super) fn article(page: &Page, said: &LinkedData, url: Option<String>) -> Article {
    let url = address(page, said, url);
    let source = page.meta(&SITES[..1]).map(str::to_owned).or_else(|| said.publisher.clone());
    let source = source.or_else(|| url.as_deref().and_then(host)).or_else(|| page.meta(&SITES[1..]).map(str::to_owned));
    let published = published(page, said, url.as_deref());
    let modified = said.modified.as_deref().and_then(parse_date).or_else(|| first_date(page, MODIFIED));
    Article {
        title: title(page, said, source.as_deref()),
        authors: authors(page, said, source.as_deref()),
        section: said.section.clone().or_else(|| page.meta(SECTIONS).map(one_line)),
        modified: modified.filter(|day| published.as_ref().is_none_or(|published| day >= published)),
        published,
        source,
        url,
        ..Article::default()
    }
}

fn address(page: &Page, said: &LinkedData, given: Option<String>) -> Option<String> {
    let link = page.tagged("link").find(|link| link.label.split_whitespace().any(|word| word == "canonical"));
    let canonical = link.and_then(|link| page.attribute(link, "href"));
    let stated = page.meta(&["og:url", "twitter:url"]).map(str::to_owned);
    let all = [canonical, stated, said.url.clone(), given];
    all.into_iter().flatten().find(|url| url.starts_with("http://") || url.starts_with("https://"))
}

fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// The headline: the one shown as such where it agrees with what the page
/// says to machines.
fn title(page: &Page, said: &LinkedData, source: Option<&str>) -> String {
    let stated: Vec<String> = said
        .headline
        .iter()
        .map(String::as_str)
        .chain(TITLES.iter().filter_map(|name| page.meta(&[name])))
        .map(|text| one_line(&unescaped(text)))
        .collect();
    let window = page.tagged("title").next().map(|element| page.text(element)).unwrap_or_default();
    let headings = headings(page);
    let agrees = |heading: &&String| {
        stated
            .iter()
            .chain([&window])
            .any(|text| same_words(heading, &without_site(text, source)) || same_words(heading, text))
    };
    if let Some(heading) = headings.iter().find(agrees) {
        return heading.clone();
    }
    // The site's name, or its motto, stands beside the headline.
    let within = |heading: &&String| {
        let parts = |text: &String| text.starts_with(heading.as_str()) || text.ends_with(heading.as_str());
        stated.iter().chain([&window]).any(|text| parts(text) && heading.len() * 5 >= text.len() * 2)
    };
    if let Some(heading) = headings.iter().find(within) {
        return heading.clone();
    }
    // A headline written for readers, another one for search engines.
    let long: Vec<&String> = headings.iter().filter(|heading| heading.split_whitespace().count() >= 3).collect();
    let akin = long.iter().find(|heading| stated.iter().chain([&window]).any(|text| share_words(heading, text)));
    if let Some(heading) = akin.or(long.first().filter(|_| long.len() == 1 && !stated.is_empty())) {
        return (*heading).clone();
    }
    let first = stated.first().map(|text| without_site(text, source)).filter(|text| !text.is_empty());
    first.unwrap_or_else(|| without_site(&window, source))
}

/// What the page shows as headlines, elements marked as such first.
fn headings(page: &Page) -> Vec<String> {
    let is_heading = |element: &&Element| ["h1", "h2", "h3"].contains(&element.tag.as_str());
    let marked =
        page.elements.iter().filter(is_heading).filter(|e| e.label.split_whitespace().any(|w| w == "headline"));
    let main = page.tagged("h1");
    marked.chain(main).map(|element| page.text(element)).filter(|text| !text.is_empty()).collect()
}

/// Whether a third of the words of a heading stand in a text.
fn share_words(heading: &str, text: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_lowercase).collect()
    };
    let (heading, text) = (words(heading), words(text));
    let shared = heading.iter().filter(|word| text.contains(word)).count();
    shared > 0 && shared * 3 >= heading.len()
}

/// Marks between a title and the name of the site.
const MARKS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " : ", " » ", " « ", " · ", " ｜ ", "｜", "：", ": ", ":", "_", " / "];

/// A title without the name of the site at its end or start.
fn without_site(title: &str, source: Option<&str>) -> String {
    for mark in MARKS {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && !head.trim().is_empty()
            && is_site(tail, source, *mark == " | ")
        {
            return without_site(head.trim(), source);
        }
        if let Some((head, tail)) = title.split_once(mark)
            && source.is_some_and(|source| same_words(head, source))
        {
            return tail.trim().to_owned();
        }
    }
    title.to_owned()
}

/// Whether the last part of a title names the site: it is known by that name,
/// or it is short and stands behind a bar.
fn is_site(tail: &str, source: Option<&str>, behind_bar: bool) -> bool {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let (short, known) = (plain(tail), source.map(plain).unwrap_or_default());
    let known = known.trim_end_matches("com");
    let named = known.len() > 2 && short.len() > 2 && (known.contains(&short) || short.contains(known));
    named || behind_bar && tail.split_whitespace().count() <= 4
}

/// `&amp;` and the like, as some pages escape twice.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&nbsp;", " "),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn published(page: &Page, said: &LinkedData, url: Option<&str>) -> Option<String> {
    let stated = said.published.as_deref().and_then(parse_date);
    stated
        .or_else(|| first_date(page, PUBLISHED))
        .or_else(|| shown_date(page))
        .or_else(|| url.and_then(date_in_address))
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
    if text.len() > BYLINE { None } else { date_within(&text) }
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

fn authors(page: &Page, said: &LinkedData, source: Option<&str>) -> Vec<String> {
    let sites: Vec<&str> = source.into_iter().chain(said.publisher.as_deref()).chain(page.meta(SITES)).collect();
    let split = |values: &mut dyn Iterator<Item = &str>| {
        let names = values.flat_map(|value| byline_names(&unescaped(value))).collect();
        people(names, &sites)
    };
    let linked = split(&mut said.authors.iter().map(String::as_str));
    if !linked.is_empty() {
        return linked;
    }
    let stated = AUTHORS.iter().map(|name| split(&mut page.metas_named(name))).find(|names| !names.is_empty());
    // Cards for Twitter: a label and what it labels.
    let labeled = || page.meta(&["twitter:label1"]).filter(|label| label.eq_ignore_ascii_case("written by"));
    let card = || labeled().and_then(|_| page.meta(&["twitter:data1"])).map(|name| split(&mut std::iter::once(name)));
    let shown = stated.or_else(card).filter(|names| !names.is_empty()).unwrap_or_else(|| shown_authors(page, &sites));
    if shown.is_empty() { people(said.companies.clone(), &sites) } else { shown }
}

/// Parts of addresses that lead to an author's page.
const AUTHOR_PAGES: &[&str] = &[
    "/author/",
    "/authors/",
    "/by/",
    "/contributor/",
    "/contributors/",
    "/profile/",
    "/people/",
    "/staff/",
    "/reporters/",
    "/editors/",
];

/// Elements from one author's to the next one's.
const SIDE_BY_SIDE: usize = 3;

/// Authors that the page shows: elements marked as such, links to their
/// pages, then bylines.
fn shown_authors(page: &Page, sites: &[&str]) -> Vec<String> {
    let headline = page.elements.iter().position(|element| element.tag == "h1").unwrap_or(0);
    let from = headline.saturating_sub(NEAR_HEADLINE / 4);
    let near = &page.elements[from..page.elements.len().min(headline + 2 * NEAR_HEADLINE)];
    let word = |element: &Element, words: &[&str]| element.label.split_whitespace().any(|word| words.contains(&word));
    let part = |element: &Element, parts: &[&str]| parts.iter().any(|part| element.label.contains(part));
    let leads = |element: &Element| {
        element.tag == "a"
            && page.attribute(element, "href").is_some_and(|href| AUTHOR_PAGES.iter().any(|part| href.contains(part)))
    };
    let begins = |element: &Element| {
        let text = page.doc.text(element.id);
        let text = text.trim_start();
        text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "))
            || text.trim_end().eq_ignore_ascii_case("by")
    };
    let marks: [&dyn Fn(&Element) -> bool; 6] = [
        &|element| {
            word(element, &["author", "fn", "author-name", "byline-name", "byline-author"]) && element.tag != "body"
        },
        &|element| {
            part(element, &["author-name", "author__name", "author_name", "byline-name", "byline__name", "authorname"])
        },
        &leads,
        &|element| part(element, &["byline", "contributor"]),
        &begins,
        &|element| part(element, &["author", "writer", "credit"]),
    ];
    let all = page.elements.as_slice();
    marks
        .iter()
        .flat_map(|mark| [(mark, near), (mark, all)])
        .find_map(|(mark, among)| {
            let found: Vec<(usize, &Element)> = among.iter().enumerate().filter(|(_, element)| mark(element)).collect();
            found.iter().enumerate().find_map(|(at, (place, element))| {
                let mut names = people(shown_names(page, element), sites);
                if names.is_empty() {
                    return None;
                }
                // A name an element, side by side.
                let mut last = *place;
                for (place, next) in &found[at + 1..] {
                    if next.label != element.label || next.tag != element.tag || place - last > SIDE_BY_SIDE {
                        break;
                    }
                    last = *place;
                    names.extend(shown_names(page, next));
                }
                Some(people(names, sites))
            })
        })
        .unwrap_or_default()
}

/// The names that an element of a byline shows: those of its links, where it
/// has any.
fn shown_names(page: &Page, element: &Element) -> Vec<String> {
    let text = one_line(&page.doc.iter_text(element.id, " "));
    if text.len() > BYLINE {
        return Vec::new();
    }
    let links: Vec<String> = page
        .doc
        .get_elements_by_tag_name(element.id, "a")
        .into_iter()
        .map(|link| one_line(&page.doc.iter_text(link, " ")))
        .collect();
    let linked: Vec<String> =
        links.iter().filter(|name| is_personal(name)).flat_map(|name| byline_names(byline(name))).collect();
    if linked.is_empty() { byline_names(byline(&text)) } else { linked }
}

/// Two or more words that all begin in upper case, or a name in another script.
fn is_personal(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.len() > 1 && words.iter().all(|word| word.starts_with(|c: char| !c.is_lowercase()))
}

/// The names of a byline; “Gillman, Steve” is one.
fn byline_names(text: &str) -> Vec<String> {
    let names: Vec<String> = fields::authors(text).collect();
    match names.as_slice() {
        [last, first] if text.contains(", ") && !last.contains(' ') && !first.contains(' ') => {
            vec![format!("{first} {last}")]
        }
        _ => names,
    }
}

/// What stands before the jobs of writers.
const JOBS: &[&str] = &[
    " staff writer",
    " senior ",
    " reporter",
    " correspondent",
    " editor",
    " contributor",
    " columnist",
    " writer",
    " staff reporter",
    " associate ",
    " assistant ",
    " news fellow",
    " follow ",
    " updated",
    " published",
    " posted",
];

/// The names in a byline, without the words before them and the date or job
/// after them.
fn byline(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let start = ["written by ", "posted by ", "by: ", "by "].iter().find_map(|open| {
        let at = lower.find(open)?;
        (at == 0 || lower[..at].ends_with(' ')).then_some(at + open.len())
    });
    let start = start.unwrap_or(0);
    let start = if lower[start..].starts_with("by ") { start + 3 } else { start };
    let (text, lower) = (&text[start..], &lower[start..]);
    let marks = text.find(['|', '•', '·', '(']).unwrap_or(text.len());
    let jobs = JOBS.iter().filter_map(|job| lower.find(job)).min().unwrap_or(text.len());
    text[..marks.min(jobs)].trim().trim_end_matches([',', '-', '–'])
}

/// Those that can be names of people: no addresses, no site, no sentences,
/// each once.
fn people(names: Vec<String>, sites: &[&str]) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for name in names {
        let name = one_line(name.trim_start_matches('@'));
        let is_address = name.contains("://") || name.contains("www.") || name.contains('/') || name.contains('@');
        let is_site = sites.iter().any(|site| same_words(site, &name));
        let words = name.split_whitespace().count();
        let has_digits = name.contains(|c: char| c.is_ascii_digit());
        let is_label = name.eq_ignore_ascii_case("by") || name.eq_ignore_ascii_case("see all");
        if name.is_empty() || is_label || is_address || is_site || words > 6 || has_digits || name.len() > 80 {
            continue;
        }
        if !people.iter().any(|known| same_words(known, &name)) {
            people.push(name);
        }
    }
    people
}
