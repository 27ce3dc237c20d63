//! The works, people and dates around a cue.

use std::ops::Range;

use crate::article::{EntityKind, MentionedDate};

use super::sentence_view::SentenceView;
use super::statement::Subject;
use super::work_names::is_work_noun;

/// The most words between a cue and the names and dates that it joins.
pub(super) const REACH: usize = 10;
/// The most words between a verb and the work that is its object.
pub(super) const OBJECT_REACH: usize = 4;

/// The date right behind a word.
pub(super) fn date_behind(view: &SentenceView<'_>, at: usize) -> Option<MentionedDate> {
    let end = (at + 1 + REACH / 2).min(view.words.len());
    view.words[at + 1..end].iter().find_map(|word| word.date).map(|date| view.dates[date])
}

/// The last work before a verb.
pub(super) fn work_before(view: &SentenceView<'_>, verb: usize) -> Option<Subject> {
    let free = |(_, words): &(usize, Range<usize>)| view.open_parenthesis(words.start) == view.open_parenthesis(verb);
    let before =
        view.of_kind(EntityKind::Work).filter(free).rfind(|(_, words)| words.end <= verb && verb - words.end <= REACH);
    before.map(|(mention, _)| Subject::Mention(mention))
}

/// The first work that begins at most `reach` words behind a verb, with its words.
pub(super) fn work_behind(view: &SentenceView<'_>, verb: usize, reach: usize) -> Option<(usize, Range<usize>)> {
    view.of_kind(EntityKind::Work).find(|(_, words)| words.start > verb && words.start - verb <= reach)
}

/// Whether the words before a verb refer to a work as “it” or “the series”.
pub(super) fn refers_to_work(view: &SentenceView<'_>, verb: usize) -> bool {
    let mut subject = verb.saturating_sub(REACH)..verb;
    subject.any(|at| {
        let article = || view.has(at.saturating_sub(3)..at, &["the", "this"]);
        view.lower(at) == "it" || is_work_noun(view.lower(at)) && article()
    })
}

/// The people of a list that ends before a verb, in order: “A, B and C have been
/// cast”.
pub(super) fn people_before(view: &SentenceView<'_>, verb: usize) -> Vec<usize> {
    let mut people = Vec::new();
    let mut end = verb;
    for (mention, words) in view.of_kind(EntityKind::Person).rev().filter(|(_, words)| words.end <= verb) {
        let between = &view.words[words.end..end];
        let possessive = view.gap(words.end - 1);
        if possessive.starts_with("'s")
            || possessive.starts_with("’s")
            || view.open_parenthesis(words.start) != view.open_parenthesis(verb)
        {
            break;
        }
        let reach = if people.is_empty() { 5 } else { 1 };
        let plain = between.iter().all(|word| word.mention.is_none());
        let list = people.is_empty() || between.iter().all(|word| matches!(&*word.lower, "and"));
        if between.len() > reach || !plain || !list {
            break;
        }
        people.push(mention);
        end = words.start;
    }
    people.reverse();
    people
}
