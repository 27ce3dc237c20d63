//! The dates of a sentence on which something comes out.

use std::ops::Range;

use crate::article::{EntityKind, Granularity, MentionedDate};

use super::What;
use super::cues::{Cue, cue};
use super::line::Line;
use super::subject::is_work_noun;
use super::tense::SHIFTED;

/// Words between a date and its cue before or behind it.
const BEFORE: usize = 11;
const BEHIND: usize = 8;
/// Words between two dates of one cue.
const GOES_ON: usize = 3;

/// A date of a sentence, with the word that says what it is of.
pub(super) struct Dated {
    pub date: usize,
    pub words: Range<usize>,
    pub cue: usize,
    pub what: What,
}

/// The dates on which something comes out; those of one list together.
pub(super) fn groups(line: &Line<'_>) -> Vec<Vec<Dated>> {
    let mut groups: Vec<Vec<Dated>> = Vec::new();
    for date in line.times.clone() {
        let Some(words) = line.words_of_date(date) else { continue };
        let last = groups
            .last_mut()
            .filter(|group| group.last().is_some_and(|last| is_list(line, last.words.end, words.start)));
        match last {
            Some(group) => {
                let Dated { cue, what, .. } = group[0];
                group.push(Dated { date, words, cue, what });
            }
            None => groups.extend(released(line, date, words).map(|dated| vec![dated])),
        }
    }
    groups
}

/// Whether nothing but “,” and “and” stands between two dates.
fn is_list(line: &Line<'_>, from: usize, to: usize) -> bool {
    if from > to {
        return false;
    }
    let words = line.words[from..to].iter().all(|word| matches!(&*word.lower, "and" | "or" | "then"));
    let between = &line.text[line.words[from - 1].span.end..line.words[to].span.start];
    words && between.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '&'))
}

/// A date with its cue, where that says that something comes out.
fn released(line: &Line<'_>, date: usize, words: Range<usize>) -> Option<Dated> {
    let before = line.lower(words.start.wrapping_sub(1));
    let year = line.dates[date].granularity() == Granularity::Year;
    if is_label(line, date, &words) || before == "since" || before == "of" && year {
        return None;
    }
    if is_alone(line, date, &words) {
        return Some(Dated { date, cue: words.start, words, what: What::Release });
    }
    // A name is one step, however many words it has.
    let steps = |range: Range<usize>| line.words[range].iter().filter(|word| word.mention.is_none()).count();
    let left = (0..words.start).rev().find_map(|at| Some((at, cue(line, at)?)));
    let left = left.map(|(at, cue)| (at, cue, steps(at + 1..words.start))).filter(|(.., far)| *far <= BEFORE);
    // Another date between belongs to the cue unless this one goes on from it.
    let crosses = |at: usize| {
        let other = (at..words.start).rev().find(|at| line.words[*at].date.is_some_and(|other| other != date));
        other.is_some_and(|other| {
            let between = other + 1..words.start;
            // “‘X’ on A, and ‘Y’ on B”
            let parallel = between.clone().any(|at| {
                line.kind(at) == Some(EntityKind::Work) || line.kind(at).is_none() && is_work_noun(line.lower(at))
            });
            steps(between) > if parallel { 2 * GOES_ON } else { GOES_ON }
        })
    };
    let left = left.filter(|(at, ..)| !crosses(*at));
    let left =
        left.filter(|(at, ..)| !line.text[line.words[*at].span.end..line.words[words.start].span.start].contains(';'));
    let end = (words.end + BEHIND).min(line.words.len());
    let right = (words.end..end).find_map(|at| Some((at, cue(line, at)?)));
    // “The July 10 release”; “In fall 2021, Peacock started streaming”.
    let right = right
        .map(|(at, cue)| (at, cue, steps(words.end..at)))
        .filter(|(at, ..)| *at == words.end || words.start <= 2)
        .filter(|(at, ..)| line.words[words.end..*at].iter().all(|word| word.date.is_none()));
    let (at, cue) = match (left, right) {
        (Some((at, cue, far)), Some((_, _, other))) if far <= other => (at, cue),
        (_, Some((at, cue, _))) if matches!(cue, Cue::Out(_)) => (at, cue),
        (Some((at, cue, _)), _) => (at, cue),
        (None, right) => right.map(|(at, cue, _)| (at, cue))?,
    };
    let Cue::Out(what) = cue else { return None };
    let stands = !is_open(line, at) && !is_of_another(line, at) && !is_of_no_work(line, at, &words);
    stands.then_some(Dated { date, words, cue: at, what })
}

/// Whether a date is of a tour, a ceremony, a single episode, or of the day on
/// which something was said.
fn is_of_no_work(line: &Line<'_>, cue: usize, words: &Range<usize>) -> bool {
    let live = line.has(cue.saturating_sub(6)..words.end + 3, LIVE) && !line.says("release date");
    let part = line.has(cue.saturating_sub(4)..cue, &["finale", "episode", "episodes", "trailer", "teaser"]);
    let shift = SHIFTED.contains(&line.lower(cue));
    // “Postponed on March 12” was said then.
    let told_on = cue + 2 == words.start && line.lower(cue + 1) == "on";
    live || part || shift && (told_on || line.has(0..cue, &["show", "shows"]))
}

/// What has dates too and is no work.
const LIVE: &[&str] = &[
    "arena",
    "ceremony",
    "concert",
    "concerts",
    "event",
    "dates",
    "hearing",
    "kids",
    "leg",
    "pub",
    "residency",
    "restaurant",
    "sale",
    "sneak",
    "stop",
    "store",
    "students",
    "tickets",
    "tour",
    "tours",
    "trial",
    "venue",
    "wedding",
];

/// Whether the verb has another subject than a work: “Star Wars Day arrives”.
fn is_of_another(line: &Line<'_>, cue: usize) -> bool {
    let moves = [
        "arrives", "arrived", "opens", "opened", "came", "comes", "returns", "returned", "bows", "bowed", "opening",
        "since",
    ];
    let mention = cue.checked_sub(1).and_then(|before| line.words[before].mention);
    let other = mention.is_some_and(|mention| line.mentions[mention].kind != EntityKind::Work);
    let person = matches!(line.lower(cue.wrapping_sub(1)), "he" | "she" | "they" | "i" | "we");
    (other || person) && moves.contains(&line.lower(cue))
}

/// Whether a cue only could, might or would be.
pub(super) fn is_open(line: &Line<'_>, cue: usize) -> bool {
    let near = cue.saturating_sub(3)..cue;
    // “The official news: ‘X’ would arrive July 29.”
    let told = line
        .has(0..cue, &["announced", "announcing", "said", "news", "official", "revealed", "confirmed", "announcement"]);
    let open = ["could", "might", "may", "should", "should've", "should’ve", "if", "whether", "until", "unless"];
    line.has(near.clone(), &open) || line.has(near, &["would"]) && !told
}

/// Whether parentheses hold a day or month and no more, right behind a title
/// or a sentence: “Dunkirk” (July 21).
fn is_alone(line: &Line<'_>, date: usize, words: &Range<usize>) -> bool {
    let Some(open) = line.in_parentheses(words.start) else { return false };
    let inside = line.text[open + 1..line.words[words.start].span.start].trim().is_empty();
    let closes = line.gap(words.end - 1).starts_with(')');
    let titled = words.start.checked_sub(1).is_none_or(|before| line.kind(before) == Some(EntityKind::Work));
    let short = matches!(line.dates[date].granularity(), Granularity::Day | Granularity::Month);
    inside && closes && titled && short
}

/// “The 1998 film”, “2007's homage”, “the 20th century”: a label, no statement.
fn is_label(line: &Line<'_>, date: usize, words: &Range<usize>) -> bool {
    let MentionedDate { first, last, .. } = line.dates[date];
    if last / 10_000 > first / 10_000 + 1 || matches!(line.lower(words.start.wrapping_sub(1)), "each" | "every") {
        return true;
    }
    let long = line.dates[date].granularity() != Granularity::Day;
    if words.start == 0 && line.gap(words.end - 1).starts_with(':') {
        return true;
    }
    let gap = line.gap(words.end - 1);
    let possessive = gap.starts_with("'s") || gap.starts_with("’s");
    let next = line.lower(words.end);
    let quoted = line.text[..line.words[words.start].span.start].ends_with(['“', '"', '‘']);
    let unnamed = line.words.get(words.end).is_some_and(|word| word.mention.is_none());
    let named = is_work_noun(next)
        || unnamed
            && is_work_noun(line.lower(words.end + 1))
            && !matches!(next, "and" | "for" | "on" | "as" | "with" | "to" | "the" | "a" | "in");
    let noun = line.words.get(words.end).is_some_and(|word| word.date.is_none())
        && named
        && !gap.contains([',', ';', '.', ')']);
    // “The 1972 Munich Olympics”, but “at the 2016 Sundance Film Festival”.
    let at = matches!(line.lower(words.start.wrapping_sub(2)), "at") || line.lower(words.start.wrapping_sub(1)) == "at";
    let event = words.len() == 1 && !unnamed && words.end < line.words.len() && gap == " ";
    let named = line.kind(words.start) == Some(EntityKind::Work);
    quoted || named || possessive || long && (noun || event && !at)
}
