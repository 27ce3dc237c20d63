//! Where a work comes out.

use crate::article::{EntityKind, Language, Span};

use super::sentence_view::SentenceView;

/// The most words between a cue or date and its place.
const REACH: usize = 8;

/// The country, platform, festival or “theaters” stated near a range of words.
pub(super) fn place(view: &SentenceView<'_>, from: usize, to: usize) -> Option<Span> {
    let range = from.saturating_sub(2)..(to + REACH).min(view.words.len());
    named(view, range.clone())
        .or_else(|| adjective(view, from.saturating_sub(3)..to))
        .or_else(|| view.words[range].iter().find(|word| is_theater(&word.lower)).map(|word| word.span))
}

fn is_theater(word: &str) -> bool {
    matches!(word, "theaters" | "theatres" | "cinemas")
}

/// The first named place: “on Netflix”, “in Germany”, “at Sundance”.
fn named(view: &SentenceView<'_>, range: std::ops::Range<usize>) -> Option<Span> {
    range.clone().filter(|at| *at > 0).find_map(|at| {
        let mention = view.words[at].mention?;
        let first = view.words_of(mention)?.start;
        let before = first.checked_sub(1).map(|before| view.lower(before))?;
        let before = if before == "the" { view.lower(first.checked_sub(2)?) } else { before };
        let kind = view.mentions[mention].kind;
        let fits = match kind {
            EntityKind::Place => matches!(before, "in" | "across" | "throughout"),
            EntityKind::Organization => matches!(before, "on" | "to" | "via"),
            EntityKind::Event => before == "at",
            _ => false,
        };
        fits.then(|| view.mentions[mention].span)
    })
}

/// The first adjective of nationality: “the German release”.
fn adjective(view: &SentenceView<'_>, range: std::ops::Range<usize>) -> Option<Span> {
    let range = range.start..(range.end + 1).min(view.words.len());
    view.words[range].iter().find(|word| country(word.span.of(view.text)).is_some()).map(|word| word.span)
}

/// The country of an adjective of nationality.
///
/// ```
/// assert_eq!(newsearch::internals::report::country("German"), Some("Germany"));
/// assert_eq!(newsearch::internals::report::country("theaters"), None);
/// ```
pub fn country(adjective: &str) -> Option<&'static str> {
    let found = Language::default().tables().nationalities.iter().find(|(known, _)| *known == adjective);
    found.map(|(_, country)| *country)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;

    #[test]
    fn places_are_named_near_the_date() {
        check("“[work|Harbor]” opens in [place|Rome] [20230714|July 14].", &["release, Harbor, 20230714, Rome"]);
        check("“[work|Harbor]” opens [20230714|July 14] in theaters.", &["release, Harbor, 20230714, theaters"]);
        check("“[work|Harbor]” opens its French release [20230714|July 14].", &["release, Harbor, 20230714, French"]);
    }
}
