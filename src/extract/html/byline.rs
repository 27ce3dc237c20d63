//! Who wrote a page.

use crate::extract::fields;

use super::linked_data::LinkedData;
use super::page::{Element, Page, one_line, unescaped};
use super::promo::same_words;

/// Names of authors that a page says to machines.
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
    "cxenseparse:author",
];
/// The longest byline, in bytes.
const BYLINE: usize = 140;

/// Elements around the headline among which bylines are looked for first.
const NEAR_HEADLINE: usize = 120;

/// The authors; `sites` are names of the outlet, which are none. What the page
/// says to machines goes before what it shows, people before “Us Weekly Staff”
/// and companies.
pub(super) fn of(page: &Page, said: &LinkedData, sites: &[&str]) -> Vec<String> {
    let split = |values: &mut dyn Iterator<Item = &str>| {
        let names = values.flat_map(|value| byline_names(&unescaped(value))).collect();
        people(names, sites)
    };
    let linked = || split(&mut said.authors.iter().map(String::as_str));
    let stated = || AUTHORS.iter().map(|name| split(&mut page.metas_named(name))).find(|names| !names.is_empty());
    // Cards for Twitter: a label and what it labels.
    let card = || {
        page.meta(&["twitter:label1"]).filter(|label| label.eq_ignore_ascii_case("written by"))?;
        Some(split(&mut page.meta(&["twitter:data1"]).into_iter()))
    };
    let sources: [&dyn Fn() -> Vec<String>; 5] = [
        &linked,
        &|| stated().unwrap_or_default(),
        &|| shown_authors(page, sites),
        &|| card().unwrap_or_default(),
        &|| split(&mut said.companies.iter().map(String::as_str)),
    ];
    let is_staff = |name: &String| name.to_lowercase().ends_with(" staff");
    let mut staff = Vec::new();
    for source in sources {
        let names = source();
        if names.iter().any(|name| !is_staff(name)) {
            return names;
        }
        if staff.is_empty() {
            staff = names;
        }
    }
    staff
}

/// Parts of addresses that lead to an author's page.
const AUTHOR_PAGES: &[&str] = &[
    "/author/",
    "/authors/",
    "/by/",
    "/contributor/",
    "/contributors/",
    "/staff/",
    "/reporters/",
    "/editors/",
    "/profile/",
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
        &|element| part(element, &["author", "writer", "credit"]),
        &begins,
    ];
    let all = page.elements.as_slice();
    marks
        .iter()
        .map(|mark| (mark, near))
        .chain(marks.iter().map(|mark| (mark, all)))
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
    // `<span itemprop="author"><link itemprop="name" content="…">`
    let named = |tag: &str| {
        let inner = page.doc.get_elements_by_tag_name(element.id, tag);
        inner.into_iter().find(|id| page.doc.get_attribute(*id, "itemprop").is_some_and(|name| name == "name"))
    };
    if let Some(name) = ["link", "meta"].iter().find_map(|tag| page.doc.get_attribute(named(tag)?, "content")) {
        return byline_names(&name);
    }
    let links: Vec<String> = page
        .doc
        .get_elements_by_tag_name(element.id, "a")
        .into_iter()
        .map(|link| one_line(&page.doc.iter_text(link, " ")))
        .collect();
    let linked: Vec<String> =
        links.iter().filter(|name| is_personal(name)).flat_map(|name| byline_names(byline(name))).collect();
    if !linked.is_empty() {
        return linked;
    }
    let names = byline_names(byline(&text));
    // The name and what stands beside it, each in an element of its own.
    if names.len() == 1 && names[0].split_whitespace().count() > 3 {
        let parts = page.doc.get_elements_by_tag_name(element.id, "span").into_iter();
        let mut parts = parts.map(|part| one_line(&page.doc.iter_text(part, " ")));
        if let Some(name) = parts.find(|name| is_personal(name) && name.split_whitespace().count() <= 3) {
            return vec![name];
        }
    }
    names
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
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    text[..marks.min(jobs).min(digits)].trim().trim_end_matches([',', '-', '–'])
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
        let is_company =
            [" inc", " inc.", " llc", " ltd", " ltd."].iter().any(|end| name.to_lowercase().ends_with(end));
        let has_digits = name.contains(|c: char| c.is_ascii_digit());
        let is_label = name.eq_ignore_ascii_case("by") || name.eq_ignore_ascii_case("see all");
        if name.is_empty()
            || name.contains(['?', '+', '©'])
            || is_company
            || is_label
            || is_address
            || is_site
            || words > 6
            || has_digits
            || name.len() > 80
        {
            continue;
        }
        if !people.iter().any(|known| same_words(known, &name)) {
            people.push(name);
        }
    }
    people
}
