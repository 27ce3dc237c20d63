//! Where something comes out.

use crate::article::{EntityKind, Span};

use super::line::Line;

/// Words between a cue or date and the place it is said of.
const REACH: usize = 8;

/// The country, platform, festival or “theaters” that is said near some words.
pub(super) fn place(line: &Line<'_>, from: usize, to: usize) -> Option<Span> {
    let range = from.saturating_sub(2)..(to + REACH).min(line.words.len());
    named(line, range.clone())
        .or_else(|| adjective(line, from.saturating_sub(3)..to))
        .or_else(|| line.words[range].iter().find(|word| is_theater(&word.lower)).map(|word| word.span))
}

fn is_theater(word: &str) -> bool {
    matches!(word, "theaters" | "theatres" | "cinemas")
}

/// “On Netflix”, “in Germany”, “at Sundance”.
fn named(line: &Line<'_>, range: std::ops::Range<usize>) -> Option<Span> {
    range.clone().filter(|at| *at > 0).find_map(|at| {
        let mention = line.words[at].mention?;
        let first = line.words_of(mention)?.start;
        let before = first.checked_sub(1).map(|before| line.lower(before))?;
        let before = if before == "the" { line.lower(first.checked_sub(2)?) } else { before };
        let kind = line.mentions[mention].kind;
        let fits = match kind {
            EntityKind::Place => matches!(before, "in" | "across" | "throughout"),
            EntityKind::Organization => matches!(before, "on" | "to" | "via"),
            EntityKind::Event => before == "at",
            _ => false,
        };
        fits.then(|| line.mentions[mention].span)
    })
}

/// “The German release”.
fn adjective(line: &Line<'_>, range: std::ops::Range<usize>) -> Option<Span> {
    let range = range.start..(range.end + 1).min(line.words.len());
    line.words[range].iter().find(|word| country(word.span.of(line.text)).is_some()).map(|word| word.span)
}

/// The country of an adjective: “German” is of Germany.
///
/// ```
/// assert_eq!(newsearch::report::country("German"), Some("Germany"));
/// assert_eq!(newsearch::report::country("theaters"), None);
/// ```
pub fn country(adjective: &str) -> Option<&'static str> {
    let found = COUNTRIES.iter().find(|(known, _)| *known == adjective);
    found.map(|(_, country)| *country)
}

const COUNTRIES: &[(&str, &str)] = &[
    ("American", "United States"),
    ("Argentine", "Argentina"),
    ("Australian", "Australia"),
    ("Austrian", "Austria"),
    ("Belgian", "Belgium"),
    ("Brazilian", "Brazil"),
    ("British", "United Kingdom"),
    ("Canadian", "Canada"),
    ("Chinese", "China"),
    ("Danish", "Denmark"),
    ("Dutch", "Netherlands"),
    ("Finnish", "Finland"),
    ("French", "France"),
    ("German", "Germany"),
    ("Indian", "India"),
    ("Irish", "Ireland"),
    ("Italian", "Italy"),
    ("Japanese", "Japan"),
    ("Korean", "South Korea"),
    ("Mexican", "Mexico"),
    ("Norwegian", "Norway"),
    ("Polish", "Poland"),
    ("Russian", "Russia"),
    ("Spanish", "Spain"),
    ("Swedish", "Sweden"),
    ("Swiss", "Switzerland"),
    ("Turkish", "Turkey"),
    ("U.S", "United States"),
    ("US", "United States"),
    ("UK", "United Kingdom"),
    ("U.K", "United Kingdom"),
];
