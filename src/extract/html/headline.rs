//! The headline of a page.

use super::json_ld::JsonLd;
use super::page::{Element, Page};
use super::text::{one_line, same_words};
use crate::extract::entities::unescape;

/// `meta` names of the title.
const TITLES: &[&str] =
    &["og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "title", "sailthru.title"];

/// The headline: a heading of the page that agrees with its metadata, else the
/// title in the metadata. `source` is the name of the site.
pub(super) fn of(page: &Page, json_ld: &JsonLd, source: Option<&str>) -> String {
    let stated: Vec<String> = json_ld
        .headline
        .iter()
        .map(String::as_str)
        .chain(TITLES.iter().filter_map(|name| page.meta(&[name])))
        .map(|text| one_line(&unescape(text)))
        .collect();
    let window = page.tagged("title").next().map(|element| page.text(element)).unwrap_or_default();
    let subheadings = || page.tagged("h2").chain(page.tagged("h3")).map(|element| page.text(element));
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
    // The title may have the site's name or slogan beside the headline.
    let is_part = |heading: &&String| stated.iter().chain([&window]).any(|text| is_part_of(heading, text));
    if let Some(heading) = headings.iter().find(is_part) {
        return heading.clone();
    }
    // Some pages have one headline for readers and one for search engines.
    let long: Vec<&String> = headings.iter().filter(|heading| heading.split_whitespace().count() >= 3).collect();
    let similar = long.iter().find(|heading| stated.iter().chain([&window]).any(|text| share_words(heading, text)));
    if let Some(heading) = similar.or(long.first().filter(|_| long.len() == 1 && !stated.is_empty())) {
        return (*heading).clone();
    }
    // The only heading, however short, if the metadata contain it: “Purple Rain”
    // in “Prince – Purple Rain Lyrics”.
    if let [heading] = headings.as_slice()
        && stated
            .iter()
            .any(|text| text.contains(heading.as_str()) && SEPARATORS.iter().any(|separator| text.contains(separator)))
    {
        return heading.clone();
    }
    if let Some(heading) = subheadings().filter(|text| !text.is_empty()).find(|text| agrees(&text) || is_part(&text)) {
        return heading;
    }
    let first = stated.first().map(|text| without_site(text, source)).filter(|text| !text.is_empty());
    first.unwrap_or_else(|| without_site(&window, source))
}

/// Whether a heading is at least 40 % of a title, at its start or end, and
/// separated from the rest by punctuation.
fn is_part_of(heading: &str, title: &str) -> bool {
    let heading = heading.trim_matches(|c: char| !c.is_alphanumeric());
    if heading.len() * 5 < title.len() * 2 {
        return false;
    }
    let is_separator = |rest: &str| rest.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let starts = title.strip_prefix(heading).is_some_and(|rest| {
        let word = rest.trim_start().find(char::is_alphanumeric).unwrap_or(rest.len());
        is_separator(&rest.trim_start()[..word.min(rest.trim_start().len())])
    });
    let ends = title.strip_suffix(heading).is_some_and(|rest| {
        let mark = rest.rfind(char::is_alphanumeric).map_or(rest, |at| &rest[at..]);
        is_separator(mark)
    });
    starts || ends
}

/// The headings of the page, those marked as headline first.
fn headings(page: &Page) -> Vec<String> {
    let is_heading = |element: &&Element| ["h1", "h2", "h3"].contains(&element.tag.as_str());
    let marked =
        page.elements.iter().filter(is_heading).filter(|e| e.label.split_whitespace().any(|w| w == "headline"));
    let main = page.tagged("h1");
    marked.chain(main).map(|element| page.text(element)).filter(|text| !text.is_empty()).collect()
}

/// Whether a text contains a third of the words of a heading that have more than
/// three bytes.
fn share_words(heading: &str, text: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_lowercase).collect()
    };
    let (heading, text) = (words(heading), words(text));
    let shared = heading.iter().filter(|word| text.contains(word)).count();
    shared > 0 && shared * 3 >= heading.len()
}

/// Separators between a title and the name of the site.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " : ", " » ", " « ", " · ", " ｜ ", "｜", "：", ": ", ":", "_", " / "];

/// A title without the name of the site at its start or end.
fn without_site(title: &str, source: Option<&str>) -> String {
    for separator in SEPARATORS {
        if let Some((head, tail)) = title.rsplit_once(separator)
            && !head.trim().is_empty()
            && is_site(tail, source, *separator == " | ")
        {
            return without_site(head.trim(), source);
        }
        if let Some((head, tail)) = title.split_once(separator)
            && source.is_some_and(|source| same_words(head, source))
        {
            return tail.trim().to_owned();
        }
    }
    title.to_owned()
}

/// Whether the last part of a title is the name of the site: it matches the known
/// name, or it is short and follows a bar.
fn is_site(tail: &str, source: Option<&str>, behind_bar: bool) -> bool {
    let normalized =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let (short, known) = (normalized(tail), source.map(normalized).unwrap_or_default());
    let known = known.trim_end_matches("com");
    let named = known.len() > 2 && short.len() > 2 && (known.contains(&short) || short.contains(known));
    named || behind_bar && tail.split_whitespace().count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, source: Option<&str>, expected: &str) {
        let page = Page::parse(html);
        assert_eq!(of(&page, &JsonLd::of(&page), source), expected, "{html}");
    }

    #[test]
    fn headings_that_agree_with_the_metadata() {
        check("<title>Dune opens | Reel</title><h1>Reel</h1><h1>Dune Opens</h1>", None, "Dune Opens");
        check("<meta property=og:title content='Dune opens: a review'><h1>Dune opens</h1>", None, "Dune opens");
        check("<title>Dune opens - Reel</title><h2>Dune opens</h2>", Some("Reel"), "Dune opens");
        let other = "<meta property=og:title content='Zendaya returns to Dune'><h1>Zendaya is back on the sand</h1>";
        check(other, None, "Zendaya is back on the sand");
        check(
            "<title>Prince – Purple Rain Lyrics</title><meta property=og:title content='Prince – Purple Rain Lyrics'><h1>Purple Rain</h1>",
            None,
            "Purple Rain",
        );
    }

    #[test]
    fn metadata_without_the_site() {
        check("<title>Dune opens - Reel</title>", Some("Reel"), "Dune opens");
        check("<title>Reel: Dune opens</title>", Some("reel"), "Dune opens");
        check("<title>Dune opens | The Daily Reel</title>", None, "Dune opens");
        check("<title>Dune - Part Two</title>", Some("Reel"), "Dune - Part Two");
        check("<meta name=title content='Tom &amp;amp; Ann'><title>x</title>", None, "Tom & Ann");
        check("<p>Text", None, "");
    }

    #[test]
    fn parts_of_titles() {
        for (heading, title, expected) in [
            ("Dune opens", "Dune opens: a review", true),
            ("Dune opens", "Review – Dune opens", true),
            ("Dune", "Dune opens", false),
            ("Dune", "Dune: a very long review of the film", false),
        ] {
            assert_eq!(is_part_of(heading, title), expected, "{heading} {title}");
        }
    }
}
