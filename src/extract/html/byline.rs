//! The authors of a page.

use super::json_ld::JsonLd;
use super::names::{byline, in_text, is_author_label, is_personal, is_weak, people};
use super::page::{Element, Page};
use super::text::one_line;

/// `meta` names of the authors, best first.
const AUTHOR_NAMES: &[&str] = &[
    "article:author_name",
    "article:author",
    "og:article:author",
    "byl",
    "byline",
    "parsely-author",
    "sailthru.author",
    "dc:creator",
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

/// The authors. `sites` are names of the outlet, which are not authors unless the
/// page's JSON-LD says so and no one else is named. Metadata go before what the page
/// shows, and people before desks and names to sign in with.
pub(super) fn of(page: &Page, json_ld: &JsonLd, sites: &[&str]) -> Vec<String> {
    let split =
        |values: &mut dyn Iterator<Item = &str>, sites: &[&str]| people(values.flat_map(in_text).collect(), sites);
    let linked = || split(&mut json_ld.authors.iter().map(String::as_str), sites);
    let host = page.meta(&["og:url"]).or(json_ld.url.as_deref()).unwrap_or_default();
    let stated = || {
        let named = AUTHOR_NAMES.iter().map(|name| split(&mut page.metas_named(name), sites));
        named.map(|names| without_host(names, host)).find(|names| !names.is_empty())
    };
    // Twitter cards have a label and a value.
    let card = || {
        let cards = [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
        let (_, value) = cards.iter().find(|(label, _)| page.meta(&[label]).is_some_and(is_author_label))?;
        Some(split(&mut page.meta(&[value]).into_iter(), sites))
    };
    let outlets = || json_ld.organizations.iter().chain(&json_ld.authors).map(String::as_str);
    let sources: [&dyn Fn() -> Vec<String>; 6] = [
        &linked,
        &|| stated().unwrap_or_default(),
        &|| shown_authors(page, sites),
        &|| card().unwrap_or_default(),
        &|| split(&mut json_ld.organizations.iter().map(String::as_str), sites),
        &|| split(&mut outlets(), &[]),
    ];
    let mut weak = Vec::new();
    for source in sources {
        let names = source();
        if names.iter().any(|name| !is_weak(name)) {
            return names;
        }
        if weak.is_empty() {
            weak = names;
        }
    }
    weak
}

/// The names that are not that of the site in its address: “La Reel” of lareel.example.
fn without_host(mut names: Vec<String>, address: &str) -> Vec<String> {
    let host = address.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let parts: Vec<String> = host.split('.').rev().skip(1).map(|part| part.replace('-', "")).collect();
    let letters =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    names.retain(|name| *name == name.to_lowercase() || !parts.contains(&letters(name)));
    names
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
        let first = text.split_whitespace().next().unwrap_or_default().trim_end_matches(':').to_lowercase();
        ["by", "von", "autor", "par", "por"].contains(&first.as_str())
    };
    // “documentAuthor”, “page-intro__author”
    let ends = |element: &Element| element.label.split_whitespace().any(|word| word.ends_with("author"));
    let marks: [&dyn Fn(&Element) -> bool; 7] = [
        &|element| {
            word(element, &["author", "fn", "author-name", "byline-name", "byline-author"]) && element.tag != "body"
        },
        &|element| {
            part(element, &["author-name", "author__name", "author_name", "byline-name", "byline__name", "authorname"])
        },
        &leads,
        &ends,
        &|element| part(element, &["byline", "contributor"]),
        &|element| part(element, &["author", "writer", "credit"]),
        &begins,
    ];
    let all = page.elements.as_slice();
    marks
        .iter()
        .map(|mark| (mark, near))
        // Far from the headline, only what is plainly marked is believed.
        .chain(marks[..5].iter().map(|mark| (mark, all)))
        .find_map(|(mark, among)| {
            let found: Vec<(usize, &Element)> =
                among.iter().enumerate().filter(|(_, element)| is_of_article(page, element) && mark(element)).collect();
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

/// Whether an element may name the authors of the article: it is not in a comment,
/// and not in a sidebar or footer unless it says plainly that it is the author.
fn is_of_article(page: &Page, element: &Element) -> bool {
    let states = |name: &str| page.attribute(element, name).is_some_and(|value| value.eq_ignore_ascii_case("author"));
    !element.is_comment && (!element.is_apart || states("rel") || states("itemprop"))
}

/// The names in a byline element: those of its links if it has any.
fn shown_names(page: &Page, element: &Element) -> Vec<String> {
    let Some(text) = page.short_text(element, MAX_BYLINE) else { return Vec::new() };
    // `<span itemprop="author"><link itemprop="name" content="…">`
    let named = |tag: &str| {
        let inner = page.doc.get_elements_by_tag_name(element.id, tag);
        inner.into_iter().find(|id| page.doc.get_attribute(*id, "itemprop").is_some_and(|name| name == "name"))
    };
    let content = |id| page.doc.get_attribute(id, "content").or_else(|| page.doc.get_attribute(id, "value"));
    if let Some(name) = ["link", "meta"].iter().find_map(|tag| content(named(tag)?)) {
        return in_text(&name);
    }
    let parts = |tag: &str| {
        let parts = page.doc.get_elements_by_tag_name(element.id, tag).into_iter();
        parts.map(|part| one_line(&page.doc.iter_text(part, " "))).collect::<Vec<_>>()
    };
    let links = parts("a");
    let linked: Vec<String> =
        links.iter().filter(|name| is_personal(name)).flat_map(|name| in_text(byline(name))).collect();
    if !linked.is_empty() {
        return linked;
    }
    let names = in_text(byline(&text));
    // Name and job title may each be in an element of their own.
    if names.len() == 1 && names[0].split_whitespace().count() > 3 {
        let part = parts("span").into_iter().find(|name| is_personal(name) && name.split_whitespace().count() <= 3);
        if let Some(name) = part {
            return vec![name];
        }
    }
    // “By the way” and “by clicking” are no names, but “by annlee” is one.
    let is_phrase = |name: &String| name.contains(' ') && !is_personal(name);
    names.into_iter().filter(|name| !is_phrase(name)).collect()
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
        check("<meta name=author content='La Reel'><meta property=og:url content=https://www.lareel.example/a>", &[]);
        check("<meta name=author content='annlee'><p class=byline>By Ann Lee</p>", &["Ann Lee"]);
        check("<meta name=author content='H&amp;#233;ctor Cruz'>", &["Héctor Cruz"]);
        check(
            "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ann Lee'>",
            &["Ann Lee"],
        );
        check(
            "<meta name=twitter:label2 content='Verfasst von'><meta name=twitter:data2 content='Ann Lee @ann'>",
            &["Ann Lee"],
        );
    }

    #[test]
    fn shown_bylines() {
        check("<h1>A</h1><p>By Ann Lee | May 4, 2020</p>", &["Ann Lee"]);
        check("<h1>A</h1><a href=/author/ann>Ann Lee</a>", &["Ann Lee"]);
        let far = "<i></i>".repeat(300);
        check(
            &format!("<h1>A</h1>{far}<div class=intro__author><i>von</i> Ann Lee, Bo Ray</div>"),
            &["Ann Lee", "Bo Ray"],
        );
        check("<h1>A</h1><span class=author>Ann Lee</span><span class=author>Bo Ray</span>", &["Ann Lee", "Bo Ray"]);
        check("<h1>A</h1><div class=byline>By <a href=/x>Ann Lee</a>, senior editor</div>", &["Ann Lee"]);
        check("<h1>A</h1><div itemprop=author><meta itemprop=name content='Ann Lee'></div>", &["Ann Lee"]);
        check("<h1>A</h1><p>It opens.</p>", &[]);
        check("<h1>A</h1><p>By the way, it opens.</p>", &[]);
        check("<h1>A</h1><span>By clicking “Submit” you agree</span>", &[]);
        check("<h1>A</h1><div class=author><script>window.q.push(1);</script></div>", &[]);
        check("<h1>A</h1><div class=comments><div class=comment-author>Cy Fox</div></div>", &[]);
        check("<h1>A</h1><p>Von <b>Ann Lee</b></p>", &["Ann Lee"]);
    }
}
