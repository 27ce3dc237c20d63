//! Names of people in bylines.

use super::text::{one_line, same_words};
use crate::extract::article_fields::split_byline;
use crate::extract::dom::plain_text;

/// Words before the names of writers.
const LABELS: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "av",
    "af",
    "door",
    "di",
    "przez",
    "autor",
    "autorin",
    "autoren",
    "author",
    "authors",
    "auteur",
    "autore",
    "text",
    "texte",
    "texto",
    "written",
    "posted",
    "published",
    "reported",
    "created",
    "erstellt",
    "geschrieben",
    "verfasst",
    "veröffentlicht",
    "beitrag",
    "beiträge",
    "artikel",
    "alle",
    "alles",
    "zeige",
    "view",
    "all",
    "posts",
    "articles",
    "more",
    "from",
    "interview",
    "ein",
    "eine",
    "gastbeitrag",
    "follow",
];
/// Words that end a label of writers: “Written by”, “Verfasst von”, “Escrito por”.
const LABEL_ENDS: &[&str] = &[
    "by", "von", "par", "por", "av", "af", "door", "di", "da", "przez", "author", "autor", "autorin", "auteur",
    "autore",
];
/// Words after the names of writers: of job titles and dates.
const JOB_TITLES: &[&str] = &[
    " staff writer",
    " senior ",
    " reporter",
    " edited by ",
    " illustrated by ",
    " photos by ",
    " photographs by ",
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
    " veröffentlicht",
    " aktualisiert",
];
/// Words that are left of a date where its digits are cut off.
const BEFORE_DIGITS: &[&str] = &[
    "am",
    "on",
    "at",
    "le",
    "el",
    "il",
    "op",
    "den",
    "vom",
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
/// What stands where a name is expected, and is none.
const NO_NAMES: &[&str] = &[
    "by",
    "see all",
    "name",
    "email",
    "e-mail",
    "author",
    "authors",
    "autor",
    "autoren",
    "von",
    "por",
    "par",
    "admin",
    "administrator",
    "super user",
    "superuser",
    "no author",
    "guest",
    "gast",
    "user",
    "anonymous",
    "anonym",
    "home",
    "share",
    "follow",
    "editor's picks",
    "view all",
    "alle artikel",
    "privacy policy",
    "terms of use",
    "untitled",
    // German: editors; “provided by the persons shown”.
    "red",
    "red.",
    "zvg",
    "unbenannt",
    "phd",
    "ph.d.",
    "md",
    "m.d.",
    "mba",
    "ceo",
    "cfo",
    "rd",
    "mph",
    "read more",
    "getty",
    "getty images",
    "stand",
    "all rights reserved",
    "undefined",
    "null",
    "none",
    "n/a",
    "nachrichten",
    "default",
    "著者",
];
/// How names of companies and associations end.
const COMPANIES: &[&str] =
    &[" inc", " inc.", " llc", " ltd", " ltd.", " gmbh", " e.v.", " e. v.", " ev", " eg", " kg", " s.a."];
/// Words of the names of institutions.
const INSTITUTIONS: &[&str] = &[
    "ministerium",
    "departement",
    "department",
    "verband",
    "verein",
    "verlag",
    "stiftung",
    "sekretariat",
    "institut",
    "magazin",
    "media",
    "university",
    "universität",
    "association",
    "foundation",
    "kitchens",
    "committee",
];
/// What names do not contain.
const NO_NAME_PARTS: &[&str] = &[
    "://",
    "www.",
    "creative commons",
    "copyright",
    "cc by",
    "cc-by",
    "license",
    "lizenz",
    "all rights",
    "cookie",
    "privacy",
    "function(",
    "document.",
    "window.",
    "subscribe",
    "newsletter",
];

/// The names in a text of metadata or of a byline, without the words around them.
pub(super) fn in_text(text: &str) -> Vec<String> {
    let text = if text.contains(['&', '<']) { one_line(&plain_text(text)) } else { one_line(text) };
    let names: Vec<String> = split_byline(&text).map(|name| without_labels(&name).to_owned()).collect();
    match names.as_slice() {
        // “Gillman, Steve” is one name.
        [last, first] if text.contains(", ") && !last.contains(' ') && !first.contains(' ') => {
            vec![format!("{first} {last}")]
        }
        _ => names,
    }
}

/// Whether a text is a label of the names of writers.
pub(super) fn is_author_label(text: &str) -> bool {
    let last = text.trim().trim_end_matches(':').rsplit(' ').next().unwrap_or_default().to_lowercase();
    text.split_whitespace().count() <= 3 && LABEL_ENDS.contains(&last.as_str())
}

/// A name without the words before it: “Beitrag von Ann Lee”. “Von Lee” is a name.
fn without_labels(name: &str) -> &str {
    let mut rest = name.trim();
    while let Some((word, after)) = rest.split_once(char::is_whitespace) {
        let bare = word.trim_end_matches(':');
        let lower = bare.to_lowercase();
        let is_sure = bare != word || lower == "by" || word.starts_with(char::is_lowercase) || after.contains(' ');
        if !is_sure || !LABELS.contains(&lower.as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// The names in a byline, without the words before them and the date or job title
/// after them.
pub(super) fn byline(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let start = ["written by ", "posted by ", "by: ", "by "].iter().find_map(|open| {
        let at = lower.find(open)?;
        (at == 0 || lower[..at].ends_with(' ')).then_some(at + open.len())
    });
    let start = start.unwrap_or(0);
    let start = if lower[start..].starts_with("by ") { start + 3 } else { start };
    let (text, lower) = (&text[start..], &lower[start..]);
    let marks = text.find(['|', '•', '·']).unwrap_or(text.len()).min(parenthesis(text));
    let jobs = JOB_TITLES.iter().filter_map(|job| lower.find(job)).min().unwrap_or(text.len());
    let digits = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let text = trimmed(&text[..marks.min(jobs).min(digits)]);
    if digits < marks.min(jobs) { without_date_words(text) } else { text }
}

/// Where a parenthesis behind a name starts. “Ann (A.J.) Lee” has one within the name.
fn parenthesis(text: &str) -> usize {
    let Some((before, rest)) = text.split_once('(') else { return text.len() };
    let goes_on = rest.split_once(')').is_some_and(|(_, after)| after.trim_start().starts_with(char::is_uppercase));
    if goes_on { text.len() } else { before.len() }
}

fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches([',', '-', '–', '/', '.', ' '])
}

fn without_date_words(mut text: &str) -> &str {
    while let Some((before, last)) = text.rsplit_once(' ') {
        if !BEFORE_DIGITS.contains(&last.trim_matches(['.', ',']).to_lowercase().as_str()) {
            break;
        }
        text = trimmed(before);
    }
    text
}

/// Keeps what can be names of people, each once: no addresses, sites,
/// organizations or sentences.
pub(super) fn people(names: Vec<String>, sites: &[&str]) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for name in names {
        let name = name.trim_start_matches('@');
        // “Ann Lee @annlee”
        let name = name.split(" @").next().unwrap_or(name);
        // “Ann Lee (ale)”
        let name = match name.split_once(" (") {
            Some((before, after)) if after.ends_with(')') && name.is_ascii() => before,
            _ => name,
        };
        let name = one_line(name);
        let is_site = sites.iter().any(|site| same_words(site, &name));
        if can_be_name(&name) && !is_site && !people.iter().any(|known| same_words(known, &name)) {
            people.push(name);
        }
    }
    people
}

fn can_be_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    !bare.is_empty()
        && name.len() <= 80
        && name.split_whitespace().count() <= 6
        && !name.contains(['?', '+', '©', '/', '@', '{', '}', '=', '*', '<', '>', '“', '„', '!'])
        && !name.contains(|c: char| c.is_ascii_digit())
        && !name.ends_with(':')
        && !NO_NAMES.contains(&bare)
        && !COMPANIES.iter().any(|end| lower.ends_with(end))
        && !INSTITUTIONS.iter().any(|part| lower.split(['-', ' ']).any(|word| word.ends_with(part)))
        && !NO_NAME_PARTS.iter().any(|part| lower.contains(part))
}

/// Whether a text has two or more words, none of which starts in lower case except
/// those within names: “Vincent van Gogh”.
pub(super) fn is_personal(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let starts_lower = |word: &&str| word.starts_with(char::is_lowercase);
    let outer = [words.first(), words.last()];
    words.len() > 1
        && !outer.iter().flatten().any(|word| starts_lower(word))
        && words.iter().filter(|word| starts_lower(word)).all(|word| word.len() <= 3)
}

/// Whether a name is one to sign in with, or of a desk.
pub(super) fn is_weak(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.ends_with(" staff")
        || lower == "staff"
        || !name.contains(' ') && name.is_ascii() && name.len() > 2 && (lower == name || name.contains(['_', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_dates_and_job_titles() {
        for (text, expected) in [
            ("By Ann Lee", "Ann Lee"),
            ("Written by Ann Lee, staff writer", "Ann Lee"),
            ("By: Ann Lee (Reel)", "Ann Lee"),
            ("Ann Lee – 4 May 2020", "Ann Lee"),
            ("Posted by Ann Lee on", "Ann Lee on"),
            ("Ann Lee on March 4, 2020", "Ann Lee"),
            ("Ann May 4", "Ann"),
            ("Written by Ann Lee Edited by Bo Ray", "Ann Lee"),
            ("By Ann (A.J.) Lee", "Ann (A.J.) Lee"),
        ] {
            assert_eq!(byline(text).trim(), expected, "{text}");
        }
    }

    #[test]
    fn names_without_labels() {
        for (text, expected) in [
            ("Von Ann Lee", &["Ann Lee"][..]),
            ("von ann", &["ann"]),
            ("Von Lee", &["Von Lee"]),
            ("Autor: Lee", &["Lee"]),
            ("Ein Beitrag von Ann Lee und Bo Ray", &["Ann Lee", "Bo Ray"]),
            ("Gillman, Steve", &["Steve Gillman"]),
            ("H&#233;ctor Cruz", &["Héctor Cruz"]),
            ("<a href=/x>Ann Lee</a>", &["Ann Lee"]),
        ] {
            assert_eq!(in_text(text), expected, "{text}");
        }
    }

    #[test]
    fn what_can_be_a_name() {
        for (name, expected) in [
            ("@Ann Lee", Some("Ann Lee")),
            ("Ann Lee @annlee", Some("Ann Lee")),
            ("red", None),
            ("Ann Lee (ale)", Some("Ann Lee")),
            ("https://reel.example", None),
            ("The Reel", None),
            ("Reel Inc.", None),
            ("Reel GmbH", None),
            ("Ann Lee 2020", None),
            ("A sentence of many words is no name", None),
            ("By", None),
            ("Name *", None),
            ("Privacy Policy", None),
            ("PhD", None),
            ("CC BY-SA", None),
            ("window.q.push(function(){x();});", None),
        ] {
            assert_eq!(people(vec![name.to_owned()], &["The Reel"]).first().map(String::as_str), expected, "{name}");
        }
        assert_eq!(people(vec!["Ann Lee".into(), "ANN LEE".into()], &[]), ["Ann Lee"]);
    }

    #[test]
    fn personal_and_weak_names() {
        for (name, personal, weak) in [
            ("Ann Lee", true, false),
            ("Ann van Lee", true, false),
            ("clicking Submit", false, false),
            ("the way", false, false),
            ("annlee", false, true),
            ("Reel Staff", true, true),
            ("dpa", false, true),
            ("Ann", false, false),
        ] {
            assert_eq!((is_personal(name), is_weak(name)), (personal, weak), "{name}");
        }
    }
}
