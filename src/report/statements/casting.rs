//! Rules for casting and exits: “X has been cast as Y in ‘Z’”, “X joins the cast of
//! ‘Z’”, “X is in talks to star”, “X is leaving ‘Y’”.

use crate::article::EntityKind;

use super::certainty::Certainty;
use super::rule::CueMatch;
use super::sentence_parts::{OBJECT_REACH, REACH, date_behind, people_before, refers_to_work, work_behind};
use super::statement::{Statement, Subject};

/// Words before a verb that make it no news.
const NOT_NEWS: &[&str] = &["initially", "originally", "once", "perfectly", "well", "not", "never"];

/// “Has been cast as”.
pub(super) fn cast_passive(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    let passive = cue.view.has(cue.at.saturating_sub(3)..cue.at, &["was", "were", "been", "is", "are"]);
    if passive && matches!(cue.view.lower(cue.at + 1), "as" | "in" | "opposite" | "alongside" | "for") {
        let work = work_of(cue, false).or_else(|| cue.subjects.of_article());
        cast(cue, work, found);
    }
}

/// “Joins the cast of”.
pub(super) fn joins_cast(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    if cue.view.has(cue.at + 1..cue.at + 4, &["cast"]) && cue.view.lower(cue.at + 1) != "by" {
        cast(cue, work_of(cue, cue.cue() == "joined"), found);
    }
}

/// “Tapped to star”, “signed on to play”, “set to direct”.
pub(super) fn cast_to(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    let phrases = match cue.cue() {
        "signed" => ["on to star", "on to play", "on to direct"],
        _ => ["to star", "to play", "to direct"],
    };
    if phrases.iter().any(|phrase| cue.view.has_phrase_at(cue.at + 1, phrase)) {
        cast(cue, work_of(cue, false), found);
    }
}

/// “In talks to star”.
pub(super) fn in_talks(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    let (view, at) = (cue.view, cue.at);
    let first = found.len();
    if view.lower(at.wrapping_sub(1)) == "in" && view.has(at + 1..at + 4, &["star", "play", "join", "direct"]) {
        cast(cue, work_of(cue, false), found);
    }
    found[first..].iter_mut().for_each(|statement| statement.certainty = Certainty::InTalks);
}

/// The work behind a verb, else the one that the sentence or, if `implied`, the
/// article before it is about.
fn work_of(cue: &CueMatch<'_>, implied: bool) -> Option<Subject> {
    let named = work_behind(cue.view, cue.at, 2 * REACH).map(|(mention, _)| Subject::Mention(mention));
    let refers = || implied || refers_to_work(cue.view, cue.at);
    // “Has been cast in an undisclosed role”, in an article about one film.
    named.or_else(|| if refers() { cue.subjects.antecedent() } else { None })
}

/// Casts the people before a verb in a work.
fn cast(cue: &CueMatch<'_>, work: Option<Subject>, found: &mut Vec<Statement>) {
    let (view, at) = (cue.view, cue.at);
    if work.is_none() || view.has(at.saturating_sub(4)..at, NOT_NEWS) {
        return;
    }
    let people = people_before(view, at);
    let mut characters = view.of_kind(EntityKind::Character);
    let role = characters.find(|(_, words)| words.start > at && words.start - at <= 2 * REACH);
    // The role of several people is not stated.
    let object = if people.len() == 1 { role.map(|(mention, _)| mention) } else { None };
    found.extend(people.into_iter().map(|person| Statement { work, person: Some(person), object, ..cue.statement() }));
}

/// “X is leaving ‘Y’”, “X exits ‘Y’”.
pub(super) fn leaves(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    let (view, at) = (cue.view, cue.at);
    let Some((work, words)) = work_behind(view, at, OBJECT_REACH) else { return };
    let between = &view.words[at + 1..words.start];
    let is_filler = |word: &str| {
        matches!(word, "the" | "from" | "series" | "film" | "show" | "drama" | "sitcom" | "abc" | "cbs" | "nbc")
    };
    if !between.iter().all(|word| word.mention.is_none() && is_filler(&word.lower)) {
        return;
    }
    if let Some(person) = people_before(view, at).pop() {
        let date = date_behind(view, words.end - 1);
        found.push(Statement { work: Some(Subject::Mention(work)), person: Some(person), date, ..cue.statement() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_certainty};

    #[test]
    fn people_are_cast() {
        check(
            "[person|Ann Lee] has been cast as [character|Mia Ray] in “[work|Harbor]”.",
            &["casting, Harbor, Ann Lee, Mia Ray"],
        );
        check("[person|Ann Lee] joins the cast of “[work|Harbor]”.", &["casting, Harbor, Ann Lee"]);
        check("[person|Ann Lee] was tapped to star in “[work|Harbor]”.", &["casting, Harbor, Ann Lee"]);
        check("[person|Ann Lee] has signed on to direct “[work|Harbor]”.", &["casting, Harbor, Ann Lee"]);
        check(
            "[person|Ann Lee] is set to play [character|Mia] in “[work|Harbor]”.",
            &["casting, Harbor, Ann Lee, Mia"],
        );
    }

    #[test]
    fn everybody_of_a_list_is_cast_without_a_role() {
        check(
            "[person|Ann Lee] and [person|Bob Ray] have been cast as [character|Mia] in “[work|Harbor]”.",
            &["casting, Harbor, Ann Lee", "casting, Harbor, Bob Ray"],
        );
        check(
            "[person|Ann Lee]'s son [person|Bob Ray] joins the cast of “[work|Harbor]”.",
            &["casting, Harbor, Bob Ray"],
        );
    }

    #[test]
    fn the_work_may_be_that_of_the_article() {
        check("“[work|Harbor]” is back.\n[person|Ann Lee] has been cast in a new role.", &["casting, Harbor, Ann Lee"]);
        check("[person|Ann Lee] has been cast in a new role.", &[]);
    }

    #[test]
    fn what_is_no_casting_is_not_stated() {
        check("[person|Ann Lee] was not cast in “[work|Harbor]”.", &[]);
        check("[person|Ann Lee] was originally cast in “[work|Harbor]”.", &[]);
        check("[person|Ann Lee] might be cast in “[work|Harbor]”.", &[]);
        check("[person|Ann Lee] joined by the cast of “[work|Harbor]” left.", &[]);
        check("[person|Ann Lee] set up “[work|Harbor]”.", &[]);
        check("The cast of “[work|Harbor]” met [person|Ann Lee].", &[]);
    }

    #[test]
    fn talks_are_no_more_than_that() {
        let talks = "[person|Ann Lee] is in talks to star in “[work|Harbor]”.";
        check_certainty(talks, &["casting, Harbor, Ann Lee, in-talks"]);
        check("[person|Ann Lee] talks to star [person|Bob Ray] of “[work|Harbor]”.", &[]);
    }

    #[test]
    fn people_leave() {
        check("[person|Ann Lee] is leaving “[work|Harbor]”.", &["exit, Harbor, Ann Lee"]);
        check(
            "[person|Ann Lee] exits the series “[work|Harbor]” in [20240501|May].",
            &["exit, Harbor, Ann Lee, 20240501"],
        );
        check("[person|Ann Lee] quit school before “[work|Harbor]”.", &[]);
        check("[person|Ann Lee] is leaving [place|Rome].", &[]);
        check("[person|Ann Lee] might be leaving “[work|Harbor]”.", &[]);
    }
}
