//! Films with the same title: “Dune” of 1984 and of 2021.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::{Article, EntityKind, Mention, char_boundary};

use super::name_key::name_key;

/// Bytes before a title in which its year is searched.
const BYTES_BEFORE: usize = 24;
/// Bytes behind a title in which its year is searched.
const BYTES_BEHIND: usize = 12;
/// Years before its release from which on a film is news.
const YEARS_BEFORE: u16 = 2;
/// Years after its release up to which a film is news.
const YEARS_AFTER: u16 = 1;

/// The years of `data/remakes.tsv` by the key of their title.
static YEARS: LazyLock<FxHashMap<String, Vec<u16>>> = LazyLock::new(|| {
    let lines = include_str!("../../data/remakes.tsv").lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &'static str| {
        let (title, years) = line.split_once('\t')?;
        Some((name_key(EntityKind::Work, title), years.split(' ').filter_map(|year| year.parse().ok()).collect()))
    };
    lines.filter_map(entry).collect()
});

/// Sets the year of mentions of works that several films have the title of: the year
/// next to the mention, else the one next to others, else that of the only film that
/// is new when the article is published.
pub(super) fn tell_apart(article: &Article, mentions: &mut [Mention]) {
    let published = article.published.as_deref().and_then(|date| date.get(..4)?.parse::<u16>().ok());
    let mut stated: FxHashMap<String, Option<u16>> = FxHashMap::default();
    let works = |mentions: &mut [Mention]| -> Vec<(usize, String)> {
        let of_work = mentions.iter().enumerate().filter(|(_, m)| m.kind == EntityKind::Work);
        of_work.map(|(at, m)| (at, name_key(m.kind, &m.name))).filter(|(_, key)| YEARS.contains_key(key)).collect()
    };
    let works = works(mentions);
    for (at, key) in &works {
        let Some(year) = year_beside(&article.text, &mentions[*at], &YEARS[key]) else { continue };
        mentions[*at].year = Some(year);
        stated
            .entry(key.clone())
            .and_modify(|known| *known = known.filter(|known| *known == year))
            .or_insert(Some(year));
    }
    for (at, key) in works.iter().filter(|(at, _)| mentions[*at].year.is_none()).collect::<Vec<_>>() {
        let new = || published.and_then(|published| new_in(published, &YEARS[key]));
        mentions[*at].year = stated.get(key).copied().unwrap_or_else(new);
    }
}

/// The year next to a title, if a film is from then: “Dune” (2021), 1984's “Dune”.
fn year_beside(text: &str, mention: &Mention, years: &[u16]) -> Option<u16> {
    let before = &text[char_boundary(text, mention.span.start.saturating_sub(BYTES_BEFORE))..mention.span.start];
    let before = before.rsplit(['.', '\n', ';']).next().unwrap_or("");
    let after = &text[mention.span.end..char_boundary(text, mention.span.end + BYTES_BEHIND).max(mention.span.end)];
    let after = after.split(['.', '\n', ';']).next().unwrap_or("");
    let opens = after.find('(').is_some_and(|at| at <= 4);
    let found = |part: &str| {
        let mut numbers = part.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
        numbers.rfind(|year| years.contains(year))
    };
    if opens { found(after).or_else(|| found(before)) } else { found(before) }
}

/// The year of the only film that is news in a year.
fn new_in(published: u16, years: &[u16]) -> Option<u16> {
    let mut new = years
        .iter()
        .copied()
        .filter(|year| (published.saturating_sub(YEARS_AFTER)..=published + YEARS_BEFORE).contains(year));
    new.next().filter(|_| new.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    fn check(text: &str, published: Option<&str>, expected: Option<u16>) {
        let start = text.find("Dune").expect("a title");
        let article = Article { text: text.to_owned(), published: published.map(str::to_owned), ..Article::default() };
        let mut mentions = [Mention {
            span: Span::new(start, start + 4),
            kind: EntityKind::Work,
            name: "Dune".into(),
            confidence: 1.0,
            listed: 3,
            year: None,
        }];
        tell_apart(&article, &mut mentions);
        assert_eq!(mentions[0].year, expected, "{text}");
    }

    #[test]
    fn films_of_one_title_are_told_apart() {
        check("David Lynch made 1984's “Dune” in Mexico.", None, Some(1984));
        check("“Dune” (2021) won six Oscars.", None, Some(2021));
        check("“Dune” opens next week.", Some("2021-10-14"), Some(2021));
        check("“Dune” is on television.", Some("2012-10-14"), None);
        check("In 1999 “Dune” was read.", None, None);
    }
}
