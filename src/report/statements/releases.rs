//! When works come out, came out, or were to come out.

use crate::article::{EntityKind, MentionedDate, date_number};

use super::dated::{Dated, groups};
use super::line::Line;
use super::place::place;
use super::subject::Subjects;
use super::sure::sureness;
use super::tense::{in_tense, is_former, is_past};
use super::works::works;
use super::{Statement, Subject, Sureness, What};

/// Adds the releases that a sentence states.
pub(super) fn find(line: &Line<'_>, subjects: &Subjects, found: &mut Vec<Statement>) {
    let first = found.len();
    for group in groups(line) {
        let stated: Vec<Vec<Subject>> = group.iter().map(|dated| works(line, subjects, dated)).collect();
        for (at, dated) in group.iter().enumerate() {
            let date = in_tense(line, dated);
            // “‘A’ and ‘B’ in 2023 and 2025”: one each.
            let each = group.len() > 1 && stated[at].len() == group.len();
            let works = if each { &stated[at][at..=at] } else { &stated[at][..] };
            for work in works {
                let same = |other: &Statement| {
                    other.work.map(|work| line.name(work)) == Some(line.name(*work))
                        && other.date.is_some_and(|other| (other.first, other.last) == (date.first, date.last))
                };
                if !found[first..].iter().any(same) {
                    found.push(statement(line, dated, date, *work));
                }
            }
        }
    }
}

fn statement(line: &Line<'_>, dated: &Dated, date: MentionedDate, work: Subject) -> Statement {
    let former = is_former(line, dated);
    let past = line.published.is_some_and(|day| date.last < date_number(day)) || is_past(line, dated.cue);
    let sure = match (former, past) {
        (false, true) => Sureness::Happened,
        _ => sureness(line),
    };
    let (from, to) = (dated.cue.min(dated.words.start), dated.cue.max(dated.words.end - 1));
    let place = place(line, from, to);
    let platform = place.is_some_and(|span| {
        line.names
            .clone()
            .any(|at| line.mentions[at].span == span && line.mentions[at].kind == EntityKind::Organization)
    });
    let what = match dated.what {
        What::Release
            if platform
                && line.has(from.saturating_sub(4)..to + 1, &["available", "lands", "arrives", "coming", "comes"]) =>
        {
            What::Streaming
        }
        what => what,
    };
    let sentence = line.span;
    Statement { what, work: Some(work), person: None, object: None, date: Some(date), former, sure, place, sentence }
}
