//! The headline of a page.

use super::linked_data::LinkedData;
use super::page::{Element, Page, one_line, unescaped};
use super::promo::same_words;

/// Names of titles that a page says to machines.
const TITLES: &[&str] =
    &["og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "parsely-title", "title", "sailthru.title"];

/// The headline: the one shown as such where it agrees with what the page
/// says to machines.
pub(super) fn of(page: &Page, said: &LinkedData, source: Option<&str>) -> String {
    let stated: Vec<String> = said
        .headline
        .iter()
        .map(String::as_str)
        .chain(TITLES.iter().filter_map(|name| page.meta(&[name])))
        .map(|text| one_line(&unescaped(text)))
        .collect();
    let window = page.tagged("title").next().map(|element| page.text(element)).unwrap_or_default();
    let lesser = || page.tagged("h2").chain(page.tagged("h3")).map(|element| page.text(element));
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
    let within = |heading: &&String| stated.iter().chain([&window]).any(|text| is_part_of(heading, text));
    if let Some(heading) = headings.iter().find(within) {
        return heading.clone();
    }
    // A headline written for readers, another one for search engines.
    let long: Vec<&String> = headings.iter().filter(|heading| heading.split_whitespace().count() >= 3).collect();
    let akin = long.iter().find(|heading| stated.iter().chain([&window]).any(|text| share_words(heading, text)));
    if let Some(heading) = akin.or(long.first().filter(|_| long.len() == 1 && !stated.is_empty())) {
        return (*heading).clone();
    }
    // The only one, however short, where machines are told more: “Purple Rain”
    // of “Prince – Purple Rain Lyrics”.
    if let [heading] = headings.as_slice()
        && stated.iter().any(|text| text.contains(heading.as_str()) && MARKS.iter().any(|mark| text.contains(mark)))
    {
        return heading.clone();
    }
    if let Some(heading) = lesser().filter(|text| !text.is_empty()).find(|text| agrees(&text) || within(&text)) {
        return heading;
    }
    let first = stated.first().map(|text| without_site(text, source)).filter(|text| !text.is_empty());
    first.unwrap_or_else(|| without_site(&window, source))
}

/// Whether a heading stands at the start or end of a title, cut off by more
/// than a space, and is a good part of it.
fn is_part_of(heading: &str, title: &str) -> bool {
    let heading = heading.trim_matches(|c: char| !c.is_alphanumeric());
    if heading.len() * 5 < title.len() * 2 {
        return false;
    }
    let is_cut = |rest: &str| rest.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let behind = title.strip_prefix(heading).is_some_and(|rest| {
        let word = rest.trim_start().find(char::is_alphanumeric).unwrap_or(rest.len());
        is_cut(&rest.trim_start()[..word.min(rest.trim_start().len())])
    });
    let before = title.strip_suffix(heading).is_some_and(|rest| {
        let mark = rest.rfind(char::is_alphanumeric).map_or(rest, |at| &rest[at..]);
        is_cut(mark)
    });
    behind || before
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
