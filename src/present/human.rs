//! Answers for people: ten hits and their facets on one screen.

use std::io::{self, Write};

use anstyle::Style;

use crate::article::{EntityKind, FieldName};
use crate::search::{Corrected, FacetKind, Hit, NearName, QuestionAnswer, Results, ScorePart, ScoreParts, Snippet};

use super::answer::Answer;
use super::style::{DIM, TITLE, fit, marked, plain};

/// Columns before the text of a hit.
const INDENT: usize = 4;
/// Lines of a snippet.
const LINES: usize = 2;
/// Names shown with a hit.
const NAMES: usize = 6;

pub(super) fn answer(out: &mut dyn Write, answer: &Answer<'_>, width: usize) -> io::Result<()> {
    if let Some(id) = answer.id {
        writeln!(out, "{TITLE}{}{TITLE:#}  {}", plain(id), plain(answer.query))?;
    }
    differences(out, answer)?;
    notes(out, answer)?;
    if let Some(known) = &answer.results.answer {
        show_question_answer(out, known, width)?;
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

/// What of the query was read otherwise than typed.
pub(super) fn notes(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    answer.results.notes.iter().try_for_each(|note| writeln!(out, "{DIM}{}{DIM:#}", plain(&note.text)))
}

/// What articles answer to a question, above the hits.
fn show_question_answer(out: &mut dyn Write, known: &QuestionAnswer, width: usize) -> io::Result<()> {
    writeln!(out, "{TITLE}{}{TITLE:#}  {DIM}{}{DIM:#}", plain(&known.answer), articles(known.support))?;
    for (start, end) in wrap(&known.sentence, width.saturating_sub(INDENT).max(20)) {
        writeln!(out, "    {}", plain(&known.sentence[start..end]))?;
    }
    let day = known.date.as_deref().unwrap_or("undated");
    let origin = format!("{} · {}", day, plain(&known.title));
    writeln!(out, "    {DIM}{}{DIM:#}\n", fit(&origin, width.saturating_sub(INDENT)))
}

/// “1 article says so”
fn articles(support: usize) -> String {
    if support == 1 { "1 article says so".to_owned() } else { format!("{support} articles say so") }
}

/// The hits alone.
pub(super) fn hits(out: &mut dyn Write, answer: &Answer<'_>, width: usize) -> io::Result<()> {
    answer.results.hits.iter().try_for_each(|hit| show_hit(out, hit, width))
}

fn show_hit(out: &mut dyn Write, hit: &Hit, width: usize) -> io::Result<()> {
    let origin = origin(hit);
    let room = width.saturating_sub(INDENT + origin.chars().count() + 2).max(20);
    let title = fit(&hit.title, room);
    let kept = hit.title.len().min(title.trim_end_matches('…').len());
    let matches: Vec<_> = hit.title_highlights.iter().copied().filter(|(_, end)| *end <= kept).collect();
    writeln!(out, "{:>2}. {}  {DIM}{origin}{DIM:#}", hit.rank, marked(&title, &matches, TITLE))?;
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
fn origin(hit: &Hit) -> String {
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

/// The lines of a snippet with the most highlights.
fn show_snippet(out: &mut dyn Write, snippet: &Snippet, width: usize) -> io::Result<()> {
    let lines = wrap(&snippet.text, width.saturating_sub(1).max(20));
    let highlights = |from: usize| {
        let range = lines[from].0..lines[(from + LINES).min(lines.len()) - 1].1;
        snippet.highlights.iter().filter(|(start, end)| range.start <= *start && *end <= range.end).count()
    };
    let starts = 0..=lines.len().saturating_sub(LINES);
    let from = starts.rev().max_by_key(|from| highlights(*from)).unwrap_or(0);
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

fn label(kind: FacetKind) -> String {
    match kind {
        FacetKind::Names(EntityKind::Person) => "people".to_owned(),
        FacetKind::Field(name) if name != FieldName::TAG => name.to_string(),
        kind => format!("{}s", kind.as_str()),
    }
}

/// How the query was understood, with `--explain`.
fn explanation(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let Some(explanation) = &answer.results.explanation else { return Ok(()) };
    writeln!(out, "\n{TITLE}understood as{TITLE:#}")?;
    explanation.plan.iter().try_for_each(|clause| writeln!(out, "  {}", plain(clause)))
}

/// The parts of a hit's score, with `--explain`.
fn score_parts(out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
    let Some(ScoreParts { parts, places, together, meaning, fresh }) = &hit.explanation else { return Ok(()) };
    for part in parts {
        let ScorePart { what, title, body, idf, score } = part;
        writeln!(
            out,
            "    {DIM}{score:>7.3}  “{}”: {title} in the title, {body} in the body, idf {idf:.2}{DIM:#}",
            plain(what)
        )?;
    }
    let score = hit.score;
    let how = format!(
        "sum × {fresh:.3} for age × {places:.3} for places × {meaning:.3} for meaning + {together:.3} for proximity"
    );
    writeln!(out, "    {DIM}{score:>7.3}  = {how}{DIM:#}")
}

/// How many articles match: in full, and in part.
pub fn counts(complete: usize, total: usize) -> String {
    let noun = |count| if count == 1 { "article" } else { "articles" };
    let have = |count| if count == 1 { "has" } else { "have" };
    match (complete, total - complete.min(total)) {
        (_, 0) => format!("{total} {}", noun(total)),
        (0, some) => format!("no article has all you asked; {some} {} some", have(some)),
        (all, some) => format!("{all} {} {} all you asked; {some} more {} some", noun(all), have(all), have(some)),
    }
}

/// What is to be known before the hits: how they differ from what was asked.
fn differences(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let Results { corrected, suggestion, missing, near, .. } = answer.results;
    if let Some(Corrected { from, to }) = corrected {
        let way_back = format!("{DIM}(--no-correct to search for it){DIM:#}");
        writeln!(out, "hits for {TITLE}{}{TITLE:#} instead of “{}” {way_back}", plain(to), plain(from))?;
    } else if let Some(suggestion) = suggestion {
        writeln!(out, "did you mean: {TITLE}{}{TITLE:#}", plain(suggestion))?;
    }
    for missing in missing {
        writeln!(out, "{DIM}no article has “{}”{DIM:#}", plain(missing))?;
    }
    if !near.is_empty() {
        let names: Vec<String> =
            near.iter().map(|NearName { name, articles, .. }| format!("{} ({articles})", plain(name))).collect();
        writeln!(out, "no article has all of “{}”; there are {}", plain(answer.query), names.join(", "))?;
    }
    Ok(())
}

fn summary(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let found = counts(answer.results.complete, answer.results.total);
    writeln!(out, "{DIM}{found} in {:.1} ms{DIM:#}", answer.took.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use crate::present::testing;
    use crate::search::{FacetCount, Facets, QuestionKind, Results};

    use super::*;

    #[test]
    fn lines_are_cut_at_spaces_and_lose_nothing() {
        let text = "one two three four fünf";
        let lines: Vec<&str> = wrap(text, 9).into_iter().map(|(a, b)| &text[a..b]).collect();
        assert_eq!(lines, ["one two", "three", "four fünf"]);
        assert_eq!(wrap("aaaaaaaa", 3).len(), 3);
        assert_eq!(wrap("", 3), [(0, 0)]);
    }
    #[test]
    fn lines_are_at_most_as_wide_as_asked() {
        let check = |text: &str, width: usize, expected: &[&str]| {
            let lines: Vec<&str> = wrap(text, width).into_iter().map(|(a, b)| &text[a..b]).collect();
            assert_eq!(lines, expected, "{text:?}");
        };
        check("the premiere in Paris", 12, &["the premiere", "in Paris"]);
        check("Überraschungserfolg", 10, &["Überraschu", "ngserfolg"]);
        check("a  b", 2, &["a ", "b"]);
        check("one", 10, &["one"]);
    }

    #[test]
    fn articles_are_counted_by_tier() {
        let check = |complete, total, expected: &str| assert_eq!(counts(complete, total), expected);
        check(0, 0, "0 articles");
        check(1, 1, "1 article");
        check(16, 305, "16 articles have all you asked; 289 more have some");
        check(1, 2, "1 article has all you asked; 1 more has some");
        check(0, 7, "no article has all you asked; 7 have some");
    }

    #[test]
    fn facets_are_called_in_the_plural() {
        let check = |kind: FacetKind, expected: &str| assert_eq!(label(kind), expected);
        let labels = ["people", "characters", "works", "organizations", "places", "events"];
        EntityKind::ALL.into_iter().zip(labels).for_each(|(kind, expected)| check(kind.into(), expected));
        check(FacetKind::Year, "years");
        check(FacetKind::Section, "sections");
    }

    #[test]
    fn an_answer_fits_its_page() {
        let results = Results {
            missing: vec!["zebra".to_owned()],
            suggestion: Some("film".to_owned()),
            facets: Facets {
                kinds: vec![
                    (EntityKind::Person.into(), vec![FacetCount { name: "Ann Lee".to_owned(), docs: 2 }]),
                    (FacetKind::Year, Vec::new()),
                ],
            },
            ..testing::results([Hit {
                published: Some("2021-10-22".to_owned()),
                source: Some("www.cnn.com".to_owned()),
                duplicates: vec!["b".to_owned()],
                ..testing::hit(1, "a", "A title that is longer than the page is wide, by far")
            }])
        };
        let text = testing::printed(|out| answer(out, &testing::answer(&results), 60));
        let expected = "q 1  film\ndid you mean: film\nno article has “zebra”\n\
                        \x20 1. A title that is longer t…  2021-10-22 · cnn.com · 1 copy\n\n\
                        people        Ann Lee 2\n1 article in 1.5 ms\n";
        assert_eq!(text, expected);
        let known = QuestionAnswer {
            question: QuestionKind::Directs,
            subject: "Dune".to_owned(),
            answer: "Ann Lee".to_owned(),
            sentence: "“Dune,” directed by Ann Lee, opens.".to_owned(),
            article: "a".to_owned(),
            title: "Film Opens".to_owned(),
            date: Some("2021-10-22".to_owned()),
            span: (0, 36),
            support: 2,
        };
        let answered = Results { answer: Some(known), ..testing::results([]) };
        let text = testing::printed(|out| answer(out, &testing::answer(&answered), 60));
        let expected = "q 1  film\nAnn Lee  2 articles say so\n    “Dune,” directed by Ann Lee, opens.\n    \
                        2021-10-22 · Film Opens\n\nnothing found\n";
        assert!(text.starts_with(expected), "{text}");
        let empty = testing::results([]);
        assert!(testing::printed(|out| answer(out, &testing::answer(&empty), 60)).contains("\nnothing found\n"));
    }

    #[test]
    fn notes_stand_above_the_hits() {
        let check = |results: Results, expected: &str| {
            let text = testing::printed(|out| answer(out, &testing::answer(&results), 60));
            assert_eq!(text.lines().nth(1), Some(expected), "{text}");
        };
        let corrected = Some(Corrected { from: "flim".to_owned(), to: "film".to_owned() });
        let suggestion = Some("film".to_owned());
        let expected = "hits for film instead of “flim” (--no-correct to search for it)";
        check(Results { corrected, suggestion, ..testing::results([testing::hit(1, "a", "Film")]) }, expected);
        let near = |name: &str| NearName { kind: EntityKind::Person, name: name.to_owned(), articles: 2 };
        let expected = "no article has all of “film”; there are Ann Lee (2), Ann Ray (2)";
        check(Results { near: vec![near("Ann Lee"), near("Ann Ray")], ..testing::results([]) }, expected);
    }
}
