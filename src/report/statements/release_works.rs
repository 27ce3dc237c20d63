//! The works that come out on a date.

use std::ops::Range;

use crate::article::{EntityKind, Language};

use super::dated_cue::DatedCue;
use super::sentence_view::SentenceView;
use super::statement::Subject;
use super::subjects::Subjects;
use super::work_names::{is_work_noun, next_in_series};

/// The most words between a release and the work behind it.
const FOLLOWS: usize = 10;

/// The works that come out on the date of a cue.
pub(super) fn release_works(view: &SentenceView<'_>, subjects: &Subjects, dated: &DatedCue) -> Vec<Subject> {
    let at = dated.words.start;
    let paren = view.open_parenthesis(at);
    // “(scheduled for May 15)” where the sentence before was cut off.
    if paren == Some(view.span.start) {
        return subjects.antecedent().into_iter().collect();
    }
    let fits = |(_, words): &(usize, Range<usize>)| {
        let own = view.open_parenthesis(words.start);
        (own.is_none() || own == paren) && !is_aside(view, words)
    };
    let all: Vec<(usize, Range<usize>)> = view.of_kind(EntityKind::Work).filter(fits).collect();
    // “A screening April 2 of ‘X’”
    let of = view.lower(dated.words.end) == "of";
    let event = |end: usize| {
        view.of_kind(EntityKind::Event).any(|(_, words)| {
            words.start >= end && words.end <= at && !matches!(view.lower(words.start.wrapping_sub(1)), "at" | "the")
        })
    };
    let preceding = all.iter().rev().find(|(_, words)| words.end <= at.max(dated.cue) && !of && !event(words.end));
    // “Released in 1973, …”, “In 1998, she released …”
    let after = at.max(dated.cue);
    let leads = of || dated.cue <= 1 || dated.cue > at;
    // “A month after it opened on Dec. 19, ‘X’ was …”
    let leads = leads || view.lower(dated.cue.wrapping_sub(1)) == "it";
    // “Released in 2012 as the opening track of ‘Y’, ‘X’ …”
    let governed = |start: usize| {
        dated.cue <= 1 && Language::default().tables().prepositions.contains(&view.lower(start.wrapping_sub(1)))
    };
    let following = || {
        let near = |start: usize| start >= at && (dated.cue <= 1 || start <= after + FOLLOWS);
        all.iter().find(|(_, words)| near(words.start) && !governed(words.start)).filter(|_| leads)
    };
    if let Some((mention, words)) = preceding {
        // “‘X 7’ is due in July, and the eighth film in August”
        if let Some(other) = series_work(view, words.end, at) {
            return other.subject(*mention, &view.mentions[*mention].name).into_iter().collect();
        }
        let mut works = vec![Subject::Mention(*mention)];
        // “‘A’ and ‘B’ open Friday”
        let joined = |end: usize, start: usize| end < start && start - end <= 1 && matches!(view.lower(end), "and");
        if let Some((other, _)) = all.iter().find(|(_, other)| joined(other.end, words.start)) {
            works.insert(0, Subject::Mention(*other));
        }
        return works;
    }
    if let Some((mention, _)) = following() {
        return vec![Subject::Mention(*mention)];
    }
    // “The untitled sequel to ‘X’” is neither “X” nor what was meant before.
    let other = view
        .of_kind(EntityKind::Work)
        .any(|(_, words)| words.end <= dated.cue && view.open_parenthesis(words.start).is_none());
    if other || !all.is_empty() {
        return Vec::new();
    }
    subjects.referred_to(view, dated.cue.max(if dated.cue > at { at } else { 0 })).into_iter().collect()
}

/// A work of the same series as a named one.
struct SeriesWork {
    /// Its number in the series, if stated.
    number: Option<usize>,
}

impl SeriesWork {
    /// The subject, if it is the next in the series of a mention.
    fn subject(&self, mention: usize, name: &str) -> Option<Subject> {
        let next = next_in_series(name)?;
        let number = next.rsplit(' ').next()?.parse().ok()?;
        (self.number == Some(number)).then_some(Subject::Next(mention))
    }
}

/// The work that a noun phrase between two words is about: “the eighth film”.
fn series_work(view: &SentenceView<'_>, from: usize, to: usize) -> Option<SeriesWork> {
    (from + 2..to).find_map(|at| {
        let noun = view.words[at].mention.is_none() && is_work_noun(view.lower(at));
        let defined = matches!(view.lower(at - 2), "the" | "a" | "an" | "its");
        let ordinal = Language::default().tables().ordinals.iter().position(|ordinal| *ordinal == view.lower(at - 1));
        let other = ordinal.is_some() || matches!(view.lower(at - 1), "next" | "other" | "previous" | "last");
        (noun && defined && other).then(|| SeriesWork { number: ordinal.map(|at| at + 1) })
    })
}

/// Whether a work is named for the sake of another work or a person: “the sequel to
/// ‘X’”, “‘X’ star Y”.
fn is_aside(view: &SentenceView<'_>, words: &Range<usize>) -> bool {
    // The nearest such word, with no other work in between.
    let near = (words.start.saturating_sub(8)..words.start).rev();
    let mut near = near.take_while(|at| view.kind(*at) != Some(EntityKind::Work));
    let of_another = near.any(|at| {
        let aside =
            view.words[at].mention.is_none() && Language::default().tables().derived_works.contains(&view.lower(at));
        aside && view.has(at..words.start, &["to", "of", "on", "from", "by"])
    });
    let end = view.gap(words.end - 1);
    let possessive = end.starts_with("'s ") || end.starts_with("’s ");
    let whose = Language::default().tables().title_owners.contains(&view.lower(words.end));
    let besides =
        matches!(view.lower(words.start.wrapping_sub(1)), "before" | "after" | "since" | "following" | "than" | "like");
    // “Debuted it during a ‘Y’ program”
    let within = view.has_phrase_at(words.start.wrapping_sub(2), "during a")
        || view.has_phrase_at(words.start.wrapping_sub(2), "during the");
    // “Mission Impossible 7”, of which the number was not seen to be part.
    let numbered = end == " " && {
        let next = view.words.get(words.end).filter(|word| word.date.is_none());
        next.is_some_and(|word| word.lower.len() <= 2 && word.lower.bytes().all(|byte| byte.is_ascii_digit()))
    };
    besides
        || numbered
        || within
        || of_another
        || whose && end.trim_matches(['"', '”', '’', '\'']).trim().is_empty()
        || possessive && !view.has(words.end..words.end + 3, &["release", "premiere", "debut"])
}
