//! The dates of a sentence on which a work comes out.

use std::ops::Range;

use crate::article::{EntityKind, Granularity, Language, MentionedDate};

use super::dated_cue::DatedCue;
use super::event_kind::EventKind;
use super::modality::is_hypothetical;
use super::release_cues::{DateCue, date_cue};
use super::sentence_view::SentenceView;
use super::work_names::is_work_noun;

/// The most words between a date and a cue before it.
const REACH_BEFORE: usize = 11;
/// The most words between a date and a cue behind it.
const REACH_BEHIND: usize = 8;
/// The most words between two dates of one cue.
const DATE_GAP: usize = 3;

/// The dates on which a work comes out; the dates of one list are grouped.
pub(super) fn release_dates(view: &SentenceView<'_>) -> Vec<Vec<DatedCue>> {
    let mut groups: Vec<Vec<DatedCue>> = Vec::new();
    for date in view.times.clone() {
        let Some(words) = view.words_of_date(date) else { continue };
        let last = groups
            .last_mut()
            .filter(|group| group.last().is_some_and(|last| is_list(view, last.words.end, words.start)));
        match last {
            Some(group) => {
                let DatedCue { cue, kind, .. } = group[0];
                group.push(DatedCue { date, words, cue, kind });
            }
            None => groups.extend(release_date(view, date, words).map(|dated| vec![dated])),
        }
    }
    groups
}

/// Whether there is nothing but “,”, “and” and the like between two dates.
fn is_list(view: &SentenceView<'_>, from: usize, to: usize) -> bool {
    if from > to {
        return false;
    }
    let words = view.words[from..to].iter().all(|word| matches!(&*word.lower, "and" | "or" | "then"));
    let between = &view.text[view.words[from - 1].span.end..view.words[to].span.start];
    words && between.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '&'))
}

/// A date with its cue, if that is of a release.
fn release_date(view: &SentenceView<'_>, date: usize, words: Range<usize>) -> Option<DatedCue> {
    let before = view.lower(words.start.wrapping_sub(1));
    let year = view.dates[date].granularity() == Granularity::Year;
    if is_label(view, date, &words) || before == "since" || before == "of" && year {
        return None;
    }
    if is_alone(view, date, &words) {
        return Some(DatedCue { date, cue: words.start, words, kind: EventKind::Release });
    }
    // The words of mentions do not count.
    let steps = |range: Range<usize>| view.words[range].iter().filter(|word| word.mention.is_none()).count();
    let left = (0..words.start).rev().find_map(|at| Some((at, date_cue(view, at)?)));
    let left = left.map(|(at, cue)| (at, cue, steps(at + 1..words.start))).filter(|(.., far)| *far <= REACH_BEFORE);
    // Another date in between takes the cue, unless this one continues it.
    let crosses = |at: usize| {
        let other = (at..words.start).rev().find(|at| view.words[*at].date.is_some_and(|other| other != date));
        other.is_some_and(|other| {
            let between = other + 1..words.start;
            // “‘X’ on A, and ‘Y’ on B”
            let parallel = between.clone().any(|at| {
                view.kind(at) == Some(EntityKind::Work) || view.kind(at).is_none() && is_work_noun(view.lower(at))
            });
            steps(between) > if parallel { 2 * DATE_GAP } else { DATE_GAP }
        })
    };
    let left = left.filter(|(at, ..)| !crosses(*at));
    let left =
        left.filter(|(at, ..)| !view.text[view.words[*at].span.end..view.words[words.start].span.start].contains(';'));
    let end = (words.end + REACH_BEHIND).min(view.words.len());
    let right = (words.end..end).find_map(|at| Some((at, date_cue(view, at)?)));
    // “The July 10 release”; “In fall 2021, Peacock started streaming”.
    let right = right
        .map(|(at, cue)| (at, cue, steps(words.end..at)))
        .filter(|(at, ..)| *at == words.end || words.start <= 2)
        .filter(|(at, ..)| view.words[words.end..*at].iter().all(|word| word.date.is_none()));
    let (at, cue) = match (left, right) {
        (Some((at, cue, far)), Some((_, _, other))) if far <= other => (at, cue),
        (_, Some((at, cue, _))) if matches!(cue, DateCue::Release(_)) => (at, cue),
        (Some((at, cue, _)), _) => (at, cue),
        (None, right) => right.map(|(at, cue, _)| (at, cue))?,
    };
    let DateCue::Release(kind) = cue else { return None };
    let is_stated = !is_hypothetical(view, at) && !has_other_subject(view, at) && !is_of_no_work(view, at, &words);
    is_stated.then_some(DatedCue { date, words, cue: at, kind })
}

/// Whether a date is of a tour, a ceremony or a single episode, or of the day on
/// which something was announced.
fn is_of_no_work(view: &SentenceView<'_>, cue: usize, words: &Range<usize>) -> bool {
    let live = view.has(cue.saturating_sub(6)..words.end + 3, Language::default().tables().dated_events)
        && !view.has_phrase("release date");
    let part = view.has(cue.saturating_sub(4)..cue, &["finale", "episode", "episodes", "trailer", "teaser"]);
    let shift = Language::default().tables().rescheduling_words.contains(&view.lower(cue));
    // “Postponed on March 12”: the day of the announcement.
    let announced_on = cue + 2 == words.start && view.lower(cue + 1) == "on";
    live || part || shift && (announced_on || view.has(0..cue, &["show", "shows"]))
}

/// Whether the subject of a cue is not a work: “Star Wars Day arrives”.
fn has_other_subject(view: &SentenceView<'_>, cue: usize) -> bool {
    let verbs = [
        "arrives", "arrived", "opens", "opened", "came", "comes", "returns", "returned", "bows", "bowed", "opening",
        "since",
    ];
    let mention = cue.checked_sub(1).and_then(|before| view.words[before].mention);
    let other = mention.is_some_and(|mention| view.mentions[mention].kind != EntityKind::Work);
    let person = matches!(view.lower(cue.wrapping_sub(1)), "he" | "she" | "they" | "i" | "we");
    (other || person) && verbs.contains(&view.lower(cue))
}

/// Whether a day or month is alone in parentheses behind a title or at the start
/// of a sentence: “Dunkirk” (July 21).
fn is_alone(view: &SentenceView<'_>, date: usize, words: &Range<usize>) -> bool {
    let Some(open) = view.open_parenthesis(words.start) else { return false };
    let inside = view.text[open + 1..view.words[words.start].span.start].trim().is_empty();
    let closes = view.gap(words.end - 1).starts_with(')');
    let titled = words.start.checked_sub(1).is_none_or(|before| view.kind(before) == Some(EntityKind::Work));
    let short = matches!(view.dates[date].granularity(), Granularity::Day | Granularity::Month);
    inside && closes && titled && short
}

/// Whether a date is an attribute: “the 1998 film”, “2007's homage”, “the 20th
/// century”.
fn is_label(view: &SentenceView<'_>, date: usize, words: &Range<usize>) -> bool {
    let MentionedDate { first, last, .. } = view.dates[date];
    if last / 10_000 > first / 10_000 + 1 || matches!(view.lower(words.start.wrapping_sub(1)), "each" | "every") {
        return true;
    }
    let long = view.dates[date].granularity() != Granularity::Day;
    if words.start == 0 && view.gap(words.end - 1).starts_with(':') {
        return true;
    }
    let gap = view.gap(words.end - 1);
    let possessive = gap.starts_with("'s") || gap.starts_with("’s");
    let next = view.lower(words.end);
    let quoted = view.text[..view.words[words.start].span.start].ends_with(['“', '"', '‘']);
    let unnamed = view.words.get(words.end).is_some_and(|word| word.mention.is_none());
    let named = is_work_noun(next)
        || unnamed
            && is_work_noun(view.lower(words.end + 1))
            && !matches!(next, "and" | "for" | "on" | "as" | "with" | "to" | "the" | "a" | "in");
    let noun = view.words.get(words.end).is_some_and(|word| word.date.is_none())
        && named
        && !gap.contains([',', ';', '.', ')']);
    // “The 1972 Munich Olympics”, but “at the 2016 Sundance Film Festival”.
    let at = matches!(view.lower(words.start.wrapping_sub(2)), "at") || view.lower(words.start.wrapping_sub(1)) == "at";
    let event = words.len() == 1 && !unnamed && words.end < view.words.len() && gap == " ";
    let named = view.kind(words.start) == Some(EntityKind::Work);
    quoted || named || possessive || long && (noun || event && !at)
}
