//! A page for people: ten hits and their facets on one screen.

use std::io::{self, Write};

use anstyle::Style;

use crate::article::EntityKind;
use crate::search::{FacetKind, Hit, ScorePart, ScoreParts, Snippet};

use super::Answer;
use super::style::{DIM, TITLE, fit, marked, plain};

/// Columns before a hit's text.
const INDENT: usize = 4;
/// Lines of a snippet.
const LINES: usize = 2;
/// Names shown with a hit.
const NAMES: usize = 6;

pub(super) fn answer(out: &mut dyn Write, answer: &Answer<'_>, width: usize) -> io::Result<()> {
    if let Some(id) = answer.id {
        writeln!(out, "{TITLE}{}{TITLE:#}  {}", plain(id), plain(answer.query))?;
    }
    for hit in &answer.results.hits {
        show_hit(out, hit, width)?;
    }
    if answer.results.hits.is_empty() {
        writeln!(out, "nothing found")?;
    }
    show_facets(out, answer, width)?;
    explanation(out, answer)?;
    summary(out, answer)
}

/// The hits alone.
pub(super) fn hits(out: &mut dyn Write, answer: &Answer<'_>, width: usize) -> io::Result<()> {
    answer.results.hits.iter().try_for_each(|hit| show_hit(out, hit, width))
}

fn show_hit(out: &mut dyn Write, hit: &Hit, width: usize) -> io::Result<()> {
    let company = company(hit);
    let room = width.saturating_sub(INDENT + company.chars().count() + 2).max(20);
    let title = fit(&hit.title, room);
    let kept = hit.title.len().min(title.trim_end_matches('…').len());
    let matches: Vec<_> = hit.title_highlights.iter().copied().filter(|(_, end)| *end <= kept).collect();
    writeln!(out, "{:>2}. {}  {DIM}{company}{DIM:#}", hit.rank, marked(&title, &matches, TITLE))?;
    for snippet in &hit.snippets {
        show_snippet(out, snippet, width.saturating_sub(INDENT))?;
    }
    score_parts(out, hit)?;
    let names: Vec<String> = hit.entities.iter().take(NAMES).map(|entity| plain(&entity.name)).collect();
    if !names.is_empty() {
        writeln!(out, "    {DIM}{}{DIM:#}", fit(&names.join(" · "), width.saturating_sub(INDENT)))?;
    }
    Ok(())
}

/// “2021-01-26 · cnn.com · 2 copies”.
fn company(hit: &Hit) -> String {
    let mut parts = vec![hit.published.clone().unwrap_or_else(|| "undated".to_owned())];
    match &hit.source {
        Some(source) => parts.push(plain(source.trim_start_matches("www."))),
        None => parts.push(plain(hit.path.rsplit('/').next().unwrap_or(&hit.path))),
    }
    match hit.duplicates.len() {
        0 => {}
        1 => parts.push("1 copy".to_owned()),
        copies => parts.push(format!("{copies} copies")),
    }
    parts.join(" · ")
}

/// The lines of a snippet that hold most of what matched.
fn show_snippet(out: &mut dyn Write, snippet: &Snippet, width: usize) -> io::Result<()> {
    let lines = wrap(&snippet.text, width.saturating_sub(1).max(20));
    let held = |from: usize| {
        let range = lines[from].0..lines[(from + LINES).min(lines.len()) - 1].1;
        snippet.highlights.iter().filter(|(start, end)| range.start <= *start && *end <= range.end).count()
    };
    let starts = 0..=lines.len().saturating_sub(LINES);
    let from = starts.rev().max_by_key(|from| held(*from)).unwrap_or(0);
    let to = (from + LINES).min(lines.len());
    for (number, (start, end)) in lines[from..to].iter().enumerate() {
        let inside: Vec<_> = snippet
            .highlights
            .iter()
            .map(|(a, b)| ((*a).max(*start), (*b).min(*end)))
            .filter(|(a, b)| a < b)
            .map(|(a, b)| (a - start, b - start))
            .collect();
        let line = marked(&snippet.text[*start..*end], &inside, Style::new());
        let before = if number == 0 && from > 0 { "…" } else { "" };
        let after = if from + number + 1 == to && to < lines.len() { "…" } else { "" };
        writeln!(out, "    {before}{line}{after}")?;
    }
    Ok(())
}

/// Byte ranges of lines of at most `width` characters, cut at spaces.
fn wrap(text: &str, width: usize) -> Vec<(usize, usize)> {
    let mut lines = Vec::new();
    let (mut start, mut space, mut column) = (0, None, 0);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            space = Some(at);
        }
        column += 1;
        if column > width {
            let end = space.filter(|s| *s > start).unwrap_or(at);
            lines.push((start, end));
            start = end + text[end..].len() - text[end..].trim_start().len();
            column = text.get(start..at).map_or(0, |rest| rest.chars().count()) + 1;
            space = None;
        }
    }
    if start < text.len() || lines.is_empty() {
        lines.push((start, text.len()));
    }
    lines
}

fn show_facets(out: &mut dyn Write, answer: &Answer<'_>, width: usize) -> io::Result<()> {
    let mut first = true;
    for (kind, counts) in &answer.results.facets.kinds {
        if counts.is_empty() {
            continue;
        }
        if std::mem::take(&mut first) {
            writeln!(out)?;
        }
        let names: Vec<String> = counts.iter().map(|count| format!("{} {}", plain(&count.name), count.docs)).collect();
        let label = label(*kind);
        writeln!(out, "{TITLE}{label:<14}{TITLE:#}{}", fit(&names.join(" · "), width.saturating_sub(14)))?;
    }
    Ok(())
}

fn label(kind: FacetKind) -> &'static str {
    match kind {
        FacetKind::Names(EntityKind::Person) => "people",
        FacetKind::Names(EntityKind::Character) => "characters",
        FacetKind::Names(EntityKind::Work) => "works",
        FacetKind::Names(EntityKind::Organization) => "organizations",
        FacetKind::Names(EntityKind::Place) => "places",
        FacetKind::Names(EntityKind::Event) => "events",
        FacetKind::Year => "years",
        FacetKind::Month => "months",
        FacetKind::Source => "sources",
        FacetKind::Section => "sections",
    }
}

/// How the query was understood, where that was asked.
fn explanation(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let Some(explanation) = &answer.results.explanation else { return Ok(()) };
    writeln!(out, "\n{TITLE}understood as{TITLE:#}")?;
    explanation.plan.iter().try_for_each(|clause| writeln!(out, "  {}", plain(clause)))
}

/// What a hit's score is made of, where that was asked.
fn score_parts(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    let Some(ScoreParts { parts, places, together, fresh }) = &hit.explanation else { return Ok(()) };
    for part in parts {
        let ScorePart { what, title, body, idf, score } = part;
        writeln!(
            out,
            "    {DIM}{score:>7.3}  “{}”: {title} in the title, {body} in the body, idf {idf:.2}{DIM:#}",
            plain(what)
        )?;
    }
    let score = hit.score;
    let how = format!("sum × {fresh:.3} for age × {places:.3} for places + {together:.3} for closeness");
    writeln!(out, "    {DIM}{score:>7.3}  = {how}{DIM:#}")
}

fn summary(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let total = answer.results.total;
    for missing in &answer.results.missing {
        writeln!(out, "{DIM}no article has “{}”{DIM:#}", plain(missing))?;
    }
    if let Some(suggestion) = &answer.results.suggestion {
        writeln!(out, "did you mean: {TITLE}{}{TITLE:#}", plain(suggestion))?;
    }
    let noun = if total == 1 { "article" } else { "articles" };
    writeln!(out, "{DIM}{total} {noun} in {:.1} ms{DIM:#}", answer.took.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_spaces_and_lose_nothing() {
        let text = "one two three four fünf";
        let lines: Vec<&str> = wrap(text, 9).into_iter().map(|(a, b)| &text[a..b]).collect();
        assert_eq!(lines, ["one two", "three", "four fünf"]);
        assert_eq!(wrap("aaaaaaaa", 3).len(), 3);
        assert_eq!(wrap("", 3), [(0, 0)]);
    }
}
