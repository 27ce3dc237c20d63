//! Rules for awards and nominations: “X won an Oscar for ‘Y’”, “‘Y’ is nominated for
//! three Emmys”.

use std::ops::Range;

use crate::article::{EntityKind, Language, MentionedDate};

use super::certainty::Certainty;
use super::rule::CueMatch;
use super::sentence_parts::{REACH, people_before};
use super::sentence_view::SentenceView;
use super::statement::{Statement, Subject};

/// Verbs before “a nomination”.
const RECEIVED: &[&str] = &[
    "earned", "earns", "scored", "scores", "received", "receives", "landed", "lands", "got", "gets", "has", "nabbed",
    "picked",
];
/// Words before a verb that deny it.
const DENIED: &[&str] = &["never", "not", "yet", "without", "hasn't", "didn't", "neither"];

/// “Won an Oscar”.
pub(super) fn award_won(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    let award = award_behind(cue.view, cue.at);
    found.extend(
        award
            .and_then(|award| awarded(cue, award))
            .map(|statement| Statement { certainty: Certainty::Happened, ..statement }),
    );
}

/// “Nominated for an Oscar”, “earned an Oscar nomination”.
pub(super) fn nomination(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    let (view, at) = (cue.view, cue.at);
    let before = view.of_kind(EntityKind::Event).rfind(|(_, words)| words.end <= at && at - words.end <= 2);
    let award = before.or_else(|| award_behind(view, at));
    found.extend(award.and_then(|award| awarded(cue, award)));
}

/// The first event behind a cue, with its words.
fn award_behind(view: &SentenceView<'_>, at: usize) -> Option<(usize, Range<usize>)> {
    let end = (at + REACH).min(view.words.len());
    view.of_kind(EntityKind::Event).find(|(_, words)| words.start > at && words.start < end)
}

/// The statement of a cue with its award: a person, a work or both.
fn awarded(cue: &CueMatch<'_>, (award, words): (usize, Range<usize>)) -> Option<Statement> {
    let (view, at) = (cue.view, cue.at);
    let from = at.min(words.start);
    if !is_award(&view.mentions[award].name) || is_attribute(cue, &words) {
        return None;
    }
    let relative = matches!(view.lower(at.wrapping_sub(1)), "which" | "that");
    let person = if relative { None } else { people_before(view, from).pop() };
    let work = match (person, cited_work(view, words.end.max(at + 1))) {
        (_, Some(work)) => Some(work),
        (None, None) => subject_work(view, at),
        (Some(_), None) => None,
    };
    if person.is_none() && work.is_none() {
        return None;
    }
    let (work, date) = (work.map(Subject::Mention), date_of(view, at));
    Some(Statement { work, person, object: Some(award), date, ..cue.statement() })
}

/// Whether nothing is stated: “Emmy-nominated”, “has never won”, “an Oscar
/// nomination” without a verb.
fn is_attribute(cue: &CueMatch<'_>, award: &Range<usize>) -> bool {
    let (view, at) = (cue.view, cue.at);
    let from = at.min(award.start);
    let noun = cue.cue().starts_with("nomin") && cue.cue() != "nominated";
    let hyphen = award.end == at && view.gap(award.end - 1) == "-";
    let denied = view.has(at.saturating_sub(4)..at, DENIED);
    hyphen || denied || noun && !view.has(from.saturating_sub(5)..from, RECEIVED)
}

/// The work that an award is for: “for ‘Y’” behind the award.
fn cited_work(view: &SentenceView<'_>, last: usize) -> Option<usize> {
    let mut works = view.of_kind(EntityKind::Work);
    let cited = works
        .find(|(_, work)| work.start >= last && work.start - last <= 8 && view.has(last..work.start, &["for", "in"]));
    cited.map(|(work, _)| work)
}

/// The work right before a verb.
fn subject_work(view: &SentenceView<'_>, at: usize) -> Option<usize> {
    let own = view.of_kind(EntityKind::Work).rfind(|(_, work)| {
        work.end <= at && at - work.end <= 4 && view.open_parenthesis(work.start) == view.open_parenthesis(at)
    });
    own.map(|(work, _)| work)
}

/// The date of an award: “in 2020” behind the verb.
fn date_of(view: &SentenceView<'_>, at: usize) -> Option<MentionedDate> {
    let is_date_of = |words: &Range<usize>| {
        let near = words.start > at && words.start - at <= REACH;
        let end = view.gap(words.end - 1);
        near && matches!(view.lower(words.start - 1), "in" | "on") && !end.starts_with("'s") && !end.starts_with("’s")
    };
    let mut dates = view.times.clone();
    dates.find(|date| view.words_of_date(*date).is_some_and(|words| is_date_of(&words))).map(|date| view.dates[date])
}

/// Whether an event is an award, rather than a war or a festival.
fn is_award(name: &str) -> bool {
    let name = name.to_lowercase();
    Language::default().tables().awards.iter().any(|award| name.contains(award))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_certainty};
    use super::is_award;

    #[test]
    fn awards_are_won() {
        check(
            "[person|Ann Lee] won an [event|Oscar] for “[work|Harbor]” in [20200101|2020].",
            &["award, Harbor, Ann Lee, Oscar, 20200101"],
        );
        check("“[work|Harbor]” wins the [event|Golden Globe].", &["award, Harbor, Golden Globe"]);
        check("[person|Ann Lee] won the [event|Sea Prize].", &["award, Ann Lee, Sea Prize"]);
        check("[person|Ann Lee] won the [event|Sea Festival].", &[]);
        check("[person|Ann Lee] won [event|Oscar]'s heart in [20200101|2020]'s film.", &["award, Ann Lee, Oscar"]);
    }

    #[test]
    fn nominations_are_received() {
        check("“[work|Harbor]” is nominated for an [event|Emmy].", &["nomination, Harbor, Emmy"]);
        check("[person|Ann Lee] earned an [event|Oscar] nomination.", &["nomination, Ann Lee, Oscar"]);
        check("[person|Ann Lee] celebrates an [event|Oscar] nomination.", &[]);
        check("[event|Emmy]-nominated [person|Ann Lee] left “[work|Harbor]”.", &[]);
    }

    #[test]
    fn what_did_not_happen_is_not_stated() {
        check("[person|Ann Lee] has never won an [event|Oscar].", &[]);
        check("[person|Ann Lee] could win, had she won an [event|Oscar] if asked.", &["award, Ann Lee, Oscar"]);
        check("She won an [event|Oscar].", &[]);
    }

    #[test]
    fn awards_are_facts_and_nominations_reports() {
        check_certainty("[person|Ann Lee] won an [event|Oscar].", &["award, Ann Lee, Oscar, happened"]);
        let announced = "They announced that [person|Ann Lee] is nominated for an [event|Oscar].";
        check_certainty(announced, &["nomination, Ann Lee, Oscar, confirmed"]);
    }

    #[test]
    fn awards_are_told_from_other_events() {
        assert!(is_award("Academy Awards") && is_award("Palme d’Or") && !is_award("World War II"));
    }
}
