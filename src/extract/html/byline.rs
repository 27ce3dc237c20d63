//! The authors of a page.

use super::json_ld::JsonLd;
use super::page::{Element, Page};
use super::text::{one_line, same_words};
use crate::extract::article_fields::split_byline;
use crate::extract::markup::unescape;

/// `meta` names of the authors, best first.
const AUTHOR_NAMES: &[&str] = &[
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
const MAX_BYLINE: usize = 140;

/// How many elements around the headline are searched for bylines first.
const NEAR_HEADLINE: usize = 120;

/// The authors. `sites` are names of the outlet, which are not authors. Metadata
/// go before what the page shows, and people before “… Staff” and organizations.
pub(super) fn of(page: &Page, json_ld: &JsonLd, sites: &[&str]) -> Vec<String> {
    let split = |values: &mut dyn Iterator<Item = &str>| {
        let names = values.flat_map(|value| byline_names(&unescape(value))).collect();
        people(names, sites)
    };
    let linked = || split(&mut json_ld.authors.iter().map(String::as_str));
    let stated = || AUTHOR_NAMES.iter().map(|name| split(&mut page.metas_named(name))).find(|names| !names.is_empty());
    // Twitter cards have a label and a value.
    let card = || {
        page.meta(&["twitter:label1"]).filter(|label| label.eq_ignore_ascii_case("written by"))?;
        Some(split(&mut page.meta(&["twitter:data1"]).into_iter()))
    };
    let sources: [&dyn Fn() -> Vec<String>; 5] = [
        &linked,
        &|| stated().unwrap_or_default(),
        &|| shown_authors(page, sites),
        &|| card().unwrap_or_default(),
        &|| split(&mut json_ld.organizations.iter().map(String::as_str)),
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

/// Parts of the addresses of author pages.
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

/// The most elements from one author to the next.
const MAX_GAP: usize = 3;

/// Authors that the page shows: in elements marked as author, links to author
/// pages, or bylines.
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
                // Further authors in elements of the same kind nearby.
                let mut last = *place;
                for (place, next) in &found[at + 1..] {
                    if next.label != element.label || next.tag != element.tag || place - last > MAX_GAP {
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

/// The names in a byline element: those of its links if it has any.
fn shown_names(page: &Page, element: &Element) -> Vec<String> {
    let text = one_line(&page.doc.iter_text(element.id, " "));
    if text.len() > MAX_BYLINE {
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
    // Name and job title may each be in an element of their own.
    if names.len() == 1 && names[0].split_whitespace().count() > 3 {
        let parts = page.doc.get_elements_by_tag_name(element.id, "span").into_iter();
        let mut parts = parts.map(|part| one_line(&page.doc.iter_text(part, " ")));
        if let Some(name) = parts.find(|name| is_personal(name) && name.split_whitespace().count() <= 3) {
            return vec![name];
        }
    }
    names
}

/// Whether a text has two or more words, none of which starts in lower case.
fn is_personal(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.len() > 1 && words.iter().all(|word| word.starts_with(|c: char| !c.is_lowercase()))
}

/// The names in a byline. “Gillman, Steve” is one name.
fn byline_names(text: &str) -> Vec<String> {
    let names: Vec<String> = split_byline(text).collect();
    match names.as_slice() {
        [last, first] if text.contains(", ") && !last.contains(' ') && !first.contains(' ') => {
            vec![format!("{first} {last}")]
        }
        _ => names,
    }
}

/// Words after the names of writers.
const JOB_TITLES: &[&str] = &[
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

/// The names in a byline, without the words before them and the date or job title
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
    let jobs = JOB_TITLES.iter().filter_map(|job| lower.find(job)).min().unwrap_or(text.len());
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    text[..marks.min(jobs).min(digits)].trim().trim_end_matches([',', '-', '–'])
}

/// Keeps what can be names of people, each once: no addresses, sites,
/// organizations or sentences.
fn people(names: Vec<String>, sites: &[&str]) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for name in names {
        let name = one_line(name.trim_start_matches('@'));
        let is_address = name.contains("://") || name.contains("www.") || name.contains('/') || name.contains('@');
        let is_site = sites.iter().any(|site| same_words(site, &name));
        let words = name.split_whitespace().count();
        let is_organization =
            [" inc", " inc.", " llc", " ltd", " ltd."].iter().any(|end| name.to_lowercase().ends_with(end));
        let has_digits = name.contains(|c: char| c.is_ascii_digit());
        let is_label = name.eq_ignore_ascii_case("by") || name.eq_ignore_ascii_case("see all");
        if name.is_empty()
            || name.contains(['?', '+', '©'])
            || is_organization
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let page = Page::parse(html);
        assert_eq!(of(&page, &JsonLd::of(&page), &["The Reel"]), expected, "{html}");
    }

    #[test]
    fn metadata_go_first() {
        check("<meta name=author content='Ann Lee and Bo Ray'><p class=byline>By Cy Fox</p>", &["Ann Lee", "Bo Ray"]);
        check("<meta name=author content='The Reel'><p class=byline>By Cy Fox</p>", &["Cy Fox"]);
        check("<meta name=author content='Reel Staff'><p class=byline>By Cy Fox</p>", &["Cy Fox"]);
        check("<meta name=author content='Reel Staff'>", &["Reel Staff"]);
        check(
            "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann Lee'>",
            &["Ann Lee"],
        );
    }

    #[test]
    fn shown_bylines() {
        check("<h1>A</h1><p>By Ann Lee | May 4, 2020</p>", &["Ann Lee"]);
        check("<h1>A</h1><a href=/author/ann>Ann Lee</a>", &["Ann Lee"]);
        check("<h1>A</h1><span class=author>Ann Lee</span><span class=author>Bo Ray</span>", &["Ann Lee", "Bo Ray"]);
        check("<h1>A</h1><div class=byline>By <a href=/x>Ann Lee</a>, senior editor</div>", &["Ann Lee"]);
        check("<h1>A</h1><div itemprop=author><meta itemprop=name content='Ann Lee'></div>", &["Ann Lee"]);
        check("<h1>A</h1><p>It opens.</p>", &[]);
    }

    #[test]
    fn names_without_dates_and_job_titles() {
        for (text, expected) in [
            ("By Ann Lee", "Ann Lee"),
            ("Written by Ann Lee, staff writer", "Ann Lee"),
            ("By: Ann Lee (Reel)", "Ann Lee"),
            ("Ann Lee – 4 May 2020", "Ann Lee"),
            ("Posted by Ann Lee on", "Ann Lee on"),
        ] {
            assert_eq!(byline(text).trim(), expected, "{text}");
        }
    }

    #[test]
    fn what_can_be_a_name() {
        for (name, expected) in [
            ("@Ann Lee", Some("Ann Lee")),
            ("https://reel.example", None),
            ("The Reel", None),
            ("Reel Inc.", None),
            ("Ann Lee 2020", None),
            ("A sentence of many words is no name", None),
            ("By", None),
        ] {
            assert_eq!(people(vec![name.to_owned()], &["The Reel"]).first().map(String::as_str), expected, "{name}");
        }
        assert_eq!(people(vec!["Ann Lee".into(), "ANN LEE".into()], &[]), ["Ann Lee"]);
        assert_eq!(byline_names("Gillman, Steve"), ["Steve Gillman"]);
    }
}
