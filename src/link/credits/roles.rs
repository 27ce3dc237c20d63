//! Actors and their roles.

use crate::article::{EntityKind, Language};

use super::credit::{Credit, Job};
use super::credit_sentence::{CreditSentence, gap_words};
use super::credited_works::CreditedWorks;

/// The most words between an actor and a role.
const REACH: usize = 12;

/// Adds the credits of a sentence for actors with their roles.
pub(super) fn find_roles(view: &CreditSentence<'_>, works: &CreditedWorks, found: &mut Vec<Credit>) {
    for first in view.from..view.to.saturating_sub(1) {
        let second = first + 1;
        let (person, role, job) = match actor_then_role(view, first, second) {
            Some(job) => (first, second, job),
            None => match role_then_actor(view, first, second) {
                Some(job) => (second, first, job),
                None => continue,
            },
        };
        // “Margot Robbie and Ryan Gosling as Barbie and Ken” pairs them in order.
        if is_joined(view, first, found) {
            let last = second + 1;
            let paired = last < view.to && is_human(view, last) && view.gap(second, last) == " and ";
            if paired && person == first {
                let work = works.of(view, last);
                found.push(view.credit(first - 1, job, Some(second), work));
                found.push(view.credit(first, job, Some(last), work));
            }
            continue;
        }
        found.push(view.credit(person, job, Some(role), works.of(view, second)));
    }
}

/// Whether “and” joins a mention to one before it that has no credit yet.
fn is_joined(view: &CreditSentence<'_>, at: usize, found: &[Credit]) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| *before >= view.from && is_human(view, *before)) else {
        return false;
    };
    let credited = found.iter().any(|credit| credit.person == before || credit.role == Some(before));
    view.gap(before, at) == " and " && !credited
}

/// Whether a mention begins with a royal title, which actors do not have.
fn is_royal(view: &CreditSentence<'_>, at: usize) -> bool {
    let title = view.mentions[at].name.split(' ').next();
    matches!(title, Some("Prince" | "Princess" | "King" | "Queen")) && view.mentions[at].name.contains(' ')
}

/// Whether a mention is of a person or character.
fn is_human(view: &CreditSentence<'_>, at: usize) -> bool {
    view.mentions[at].kind.is_human()
}

/// The job of an actor before the role: “Simon Pegg as Benji Dunn”, “Simon Pegg
/// (Benji Dunn, …)”, “… plays …”.
fn actor_then_role(view: &CreditSentence<'_>, actor: usize, role: usize) -> Option<Job> {
    if !view.is(actor, EntityKind::Person) || !is_human(view, role) || view.has_possessive(role) {
        return None;
    }
    let same = view.mentions[actor].name == view.mentions[role].name;
    let gap = view.gap(actor, role);
    if same || is_royal(view, actor) && gap.ends_with('(') || gap.contains([';', ':', '.', '”', '\n']) {
        return None;
    }
    if matches!(gap, " (" | " (“" | " (\"") {
        let closes = view.after(role).starts_with([')', ',']);
        return (closes && view.is(role, EntityKind::Character)).then_some(Job::Actor);
    }
    if gap.contains(['(', ')']) {
        return None;
    }
    let words = gap_words(gap);
    let tables = Language::default().tables();
    let stated = |verbs: &[&str]| words.iter().rposition(|word| verbs.contains(&word.as_str()));
    if words.last().is_some_and(|word| word == "as") {
        let voice = stated(tables.voicing_verbs).is_some();
        let plain = words.len() == 1 || words.len() <= REACH && (stated(tables.appearance_verbs).is_some() || voice);
        return plain.then_some(if voice { Job::Voice } else { Job::Actor });
    }
    let (at, job) = match (stated(tables.playing_verbs), stated(tables.voicing_verbs)) {
        (Some(at), None) => (at, Job::Actor),
        (_, Some(at)) => (at, Job::Voice),
        (None, None) => return None,
    };
    let object = words[at + 1..].iter().all(|word| tables.role_fillers.contains(&word.as_str()));
    let subject = at <= 4 && !words[..at].iter().any(|word| matches!(word.as_str(), "and" | "to" | "but"));
    (object && subject).then_some(job)
}

/// The job of an actor behind the role: “Ethan Hunt (Tom Cruise)”, “Ethan Hunt, played
/// by Tom Cruise”, “Ethan Hunt's (Tom Cruise's character)”.
fn role_then_actor(view: &CreditSentence<'_>, role: usize, actor: usize) -> Option<Job> {
    if !is_human(view, actor) || !is_human(view, role) {
        return None;
    }
    let royal = is_royal(view, role);
    if !view.is(actor, EntityKind::Person) && !royal {
        return None;
    }
    let gap = view.gap(role, actor);
    let after = view.after(actor);
    let bare = gap.trim_start_matches(['\'', '’']).trim_start_matches('s');
    if bare == " (" {
        let character = view.is(role, EntityKind::Character) || royal;
        let labeled = after.trim_start_matches(['\'', '’']).trim_start_matches('s').starts_with(" character)");
        return (labeled || character && after.starts_with(')')).then_some(Job::Actor);
    }
    let words = gap_words(gap);
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [.., "played" | "portrayed", "by"] if words.len() <= 5 => Some(Job::Actor),
        [.., "voiced", "by"] if words.len() <= 5 => Some(Job::Voice),
        _ => None,
    }
}
