//! The works that a date is of.

use std::ops::Range;

use crate::article::EntityKind;

use super::Subject;
use super::dated::Dated;
use super::line::Line;
use super::subject::{Subjects, is_work_noun, next_in_number};

/// Words between a release and the work that follows it.
const FOLLOWS: usize = 10;

/// The works that a date is of.
pub(super) fn works(line: &Line<'_>, subjects: &Subjects, dated: &Dated) -> Vec<Subject> {
    let at = dated.words.start;
    let paren = line.in_parentheses(at);
    // “(scheduled for May 15)” where the sentence before was cut off.
    if paren == Some(line.span.start) {
        return subjects.meant().into_iter().collect();
    }
    let fits = |(_, words): &(usize, Range<usize>)| {
        let own = line.in_parentheses(words.start);
        (own.is_none() || own == paren) && !is_aside(line, words)
    };
    let all: Vec<(usize, Range<usize>)> = line.of_kind(EntityKind::Work).filter(fits).collect();
    // “A screening April 2 of ‘X’”
    let of = line.lower(dated.words.end) == "of";
    let event = |end: usize| {
        line.of_kind(EntityKind::Event).any(|(_, words)| {
            words.start >= end && words.end <= at && !matches!(line.lower(words.start.wrapping_sub(1)), "at" | "the")
        })
    };
    let preceding = all.iter().rev().find(|(_, words)| words.end <= at.max(dated.cue) && !of && !event(words.end));
    // “Released in 1973, …”, “In 1998, she released …”
    let after = at.max(dated.cue);
    let leads = of || dated.cue <= 1 || dated.cue > at;
    // “A month after it opened on Dec. 19, ‘X’ was …”
    let leads = leads || line.lower(dated.cue.wrapping_sub(1)) == "it";
    // “Released in 2012 as the opening track of ‘Y’, ‘X’ …”
    let governed = |start: usize| dated.cue <= 1 && GOVERNING.contains(&line.lower(start.wrapping_sub(1)));
    let following = || {
        let near = |start: usize| start >= at && (dated.cue <= 1 || start <= after + FOLLOWS);
        all.iter().find(|(_, words)| near(words.start) && !governed(words.start)).filter(|_| leads)
    };
    if let Some((mention, words)) = preceding {
        // “‘X 7’ is due in July, and the eighth film in August”
        if let Some(other) = another(line, words.end, at) {
            return other.of(*mention, &line.mentions[*mention].name).into_iter().collect();
        }
        let mut works = vec![Subject::Mention(*mention)];
        // “‘A’ and ‘B’ open Friday”
        let joined = |end: usize, start: usize| end < start && start - end <= 1 && matches!(line.lower(end), "and");
        if let Some((other, _)) = all.iter().find(|(_, other)| joined(other.end, words.start)) {
            works.insert(0, Subject::Mention(*other));
        }
        return works;
    }
    if let Some((mention, _)) = following() {
        return vec![Subject::Mention(*mention)];
    }
    // “The untitled sequel to ‘X’” is neither “X” nor what was meant before.
    let other = line
        .of_kind(EntityKind::Work)
        .any(|(_, words)| words.end <= dated.cue && line.in_parentheses(words.start).is_none());
    if other || !all.is_empty() {
        return Vec::new();
    }
    subjects.of(line, dated.cue.max(if dated.cue > at { at } else { 0 })).into_iter().collect()
}

/// Another work than the one named, told by its place in a series.
struct Other {
    number: Option<usize>,
}

impl Other {
    /// The next in number, if it is that.
    fn of(&self, mention: usize, name: &str) -> Option<Subject> {
        let next = next_in_number(name)?;
        let number = next.rsplit(' ').next()?.parse().ok()?;
        (self.number == Some(number)).then_some(Subject::Next(mention))
    }
}

/// Another work that is spoken of between some words: “the eighth film”.
fn another(line: &Line<'_>, from: usize, to: usize) -> Option<Other> {
    (from + 2..to).find_map(|at| {
        let noun = line.words[at].mention.is_none() && is_work_noun(line.lower(at));
        let defined = matches!(line.lower(at - 2), "the" | "a" | "an" | "its");
        let ordinal = ORDINALS.iter().position(|ordinal| *ordinal == line.lower(at - 1));
        let other = ordinal.is_some() || matches!(line.lower(at - 1), "next" | "other" | "previous" | "last");
        (noun && defined && other).then(|| Other { number: ordinal.map(|at| at + 1) })
    })
}

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Words that make the work behind them no subject.
const GOVERNING: &[&str] = &["of", "on", "from", "to", "with", "by", "for", "before", "after", "than", "like"];

/// Words that name a work for another's sake.
const ASIDE: &[&str] =
    &["sequel", "prequel", "follow", "followup", "spinoff", "spin", "homage", "based", "adapted", "inspired"];

/// Words behind a title that make it another's: “the ‘X’ star”.
const WHOSE: &[&str] = &[
    "star",
    "stars",
    "actor",
    "actress",
    "alum",
    "director",
    "creator",
    "creators",
    "host",
    "franchise",
    "universe",
    "singer",
    "producer",
    "author",
    "cast",
    "fans",
    "fame",
    "artist",
    "rapper",
    "band",
    "frontman",
    "writer",
    "showrunner",
    "filmmaker",
    "comedian",
    "installment",
    "entry",
    "saga",
    "movies",
    "films",
    "obsession",
    "day",
];

/// A work that is named for another's sake: “the sequel to ‘X’”, “‘X’ star Y”.
fn is_aside(line: &Line<'_>, words: &Range<usize>) -> bool {
    // A word that makes it one, with no other work between.
    let near = (words.start.saturating_sub(8)..words.start).rev();
    let mut near = near.take_while(|at| line.kind(*at) != Some(EntityKind::Work));
    let of_another = near.any(|at| {
        let aside = line.words[at].mention.is_none() && ASIDE.contains(&line.lower(at));
        aside && line.has(at..words.start, &["to", "of", "on", "from", "by"])
    });
    let end = line.gap(words.end - 1);
    let possessive = end.starts_with("'s ") || end.starts_with("’s ");
    let whose = WHOSE.contains(&line.lower(words.end));
    let besides =
        matches!(line.lower(words.start.wrapping_sub(1)), "before" | "after" | "since" | "following" | "than" | "like");
    // “Debuted it during a ‘Y’ program”
    let within =
        line.reads(words.start.wrapping_sub(2), "during a") || line.reads(words.start.wrapping_sub(2), "during the");
    // “Mission Impossible 7”, of which the number was not seen to be part.
    let numbered = end == " " && {
        let next = line.words.get(words.end).filter(|word| word.date.is_none());
        next.is_some_and(|word| word.lower.len() <= 2 && word.lower.bytes().all(|byte| byte.is_ascii_digit()))
    };
    besides
        || numbered
        || within
        || of_another
        || whose && end.trim_matches(['"', '”', '’', '\'']).trim().is_empty()
        || possessive && !line.has(words.end..words.end + 3, &["release", "premiere", "debut"])
}
