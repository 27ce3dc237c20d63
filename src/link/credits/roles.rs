//! Actors and their roles.

use crate::article::EntityKind;

use super::subject::Subjects;
use super::{Credit, Job, Line, gap_words};

/// Verbs between an actor and a role that stands behind “as”.
const APPEARS: &[&str] = &[
    "star",
    "stars",
    "starred",
    "starring",
    "return",
    "returns",
    "returned",
    "returning",
    "reprise",
    "reprises",
    "reprised",
    "reprising",
    "appear",
    "appears",
    "appeared",
    "appearing",
    "cast",
    "recast",
    "be",
    "back",
    "debuts",
    "debuted",
    "role",
    "featured",
    "features",
    "shines",
    "turn",
];
/// Verbs whose object is the role.
const PLAYS: &[&str] = &[
    "play",
    "plays",
    "played",
    "playing",
    "portray",
    "portrays",
    "portrayed",
    "portraying",
    "reprising",
    "reprises",
    "reprised",
    "reprise",
];
const VOICES: &[&str] = &["voice", "voices", "voiced", "voicing"];
/// Words that may stand between such a verb and the role.
const FILLERS: &[&str] = &[
    "his",
    "her",
    "their",
    "the",
    "a",
    "an",
    "role",
    "roles",
    "part",
    "of",
    "as",
    "character",
    "title",
    "titular",
    "iconic",
    "lead",
    "villain",
    "villainous",
    "hero",
    "superhero",
    "young",
    "younger",
    "older",
    "detective",
    "private",
    "investigator",
    "fictional",
    "famed",
    "late",
    "real-life",
    "singer",
    "musician",
    "president",
    "queen",
    "king",
    "princess",
    "prince",
    "captain",
    "dr",
    "mr",
    "mrs",
    "ms",
    "agent",
    "fan-favorite",
    "beloved",
];
/// The most words between an actor and a role.
const REACH: usize = 12;

/// Adds what a sentence says of roles.
pub(super) fn find(line: &Line<'_>, subjects: &Subjects, found: &mut Vec<Credit>) {
    for first in line.from..line.to.saturating_sub(1) {
        let second = first + 1;
        let (person, role, job) = match actor_then_role(line, first, second) {
            Some(job) => (first, second, job),
            None => match role_then_actor(line, first, second) {
                Some(job) => (second, first, job),
                None => continue,
            },
        };
        // “Margot Robbie and Ryan Gosling as Barbie and Ken” pairs them in order.
        if is_joined(line, first, found) {
            let last = second + 1;
            let paired = last < line.to && is_human(line, last) && line.gap(second, last) == " and ";
            if paired && person == first {
                let work = subjects.of(line, last);
                found.push(line.credit(first - 1, job, Some(second), work));
                found.push(line.credit(first, job, Some(last), work));
            }
            continue;
        }
        found.push(line.credit(person, job, Some(role), subjects.of(line, second)));
    }
}

/// Whether “and” joins a name to one before it that has no credit yet.
fn is_joined(line: &Line<'_>, at: usize, found: &[Credit]) -> bool {
    let Some(before) = at.checked_sub(1).filter(|before| *before >= line.from && is_human(line, *before)) else {
        return false;
    };
    let credited = found.iter().any(|credit| credit.person == before || credit.role == Some(before));
    line.gap(before, at) == " and " && !credited
}

/// Whether a name begins with a title that actors do not have.
fn is_royal(line: &Line<'_>, at: usize) -> bool {
    let title = line.mentions[at].name.split(' ').next();
    matches!(title, Some("Prince" | "Princess" | "King" | "Queen")) && line.mentions[at].name.contains(' ')
}

fn is_human(line: &Line<'_>, at: usize) -> bool {
    line.mentions[at].kind.is_human()
}

/// “Simon Pegg as Benji Dunn”, “Simon Pegg (Benji Dunn, …)”, “… plays …”.
fn actor_then_role(line: &Line<'_>, actor: usize, role: usize) -> Option<Job> {
    if !line.is(actor, EntityKind::Person) || !is_human(line, role) || line.has_possessive(role) {
        return None;
    }
    let same = line.mentions[actor].name == line.mentions[role].name;
    let gap = line.gap(actor, role);
    if same || is_royal(line, actor) && gap.ends_with('(') || gap.contains([';', ':', '.', '”', '\n']) {
        return None;
    }
    if matches!(gap, " (" | " (“" | " (\"") {
        let closes = line.after(role).starts_with([')', ',']);
        return (closes && line.is(role, EntityKind::Character)).then_some(Job::Actor);
    }
    if gap.contains(['(', ')']) {
        return None;
    }
    let words = gap_words(gap);
    let stated = |verbs: &[&str]| words.iter().rposition(|word| verbs.contains(&word.as_str()));
    if words.last().is_some_and(|word| word == "as") {
        let voice = stated(VOICES).is_some();
        let plain = words.len() == 1 || words.len() <= REACH && (stated(APPEARS).is_some() || voice);
        return plain.then_some(if voice { Job::Voice } else { Job::Actor });
    }
    let (at, job) = match (stated(PLAYS), stated(VOICES)) {
        (Some(at), None) => (at, Job::Actor),
        (_, Some(at)) => (at, Job::Voice),
        (None, None) => return None,
    };
    let object = words[at + 1..].iter().all(|word| FILLERS.contains(&word.as_str()));
    let subject = at <= 4 && !words[..at].iter().any(|word| matches!(word.as_str(), "and" | "to" | "but"));
    (object && subject).then_some(job)
}

/// “Ethan Hunt (Tom Cruise)”, “Ethan Hunt, played by Tom Cruise”, “Ethan
/// Hunt's (Tom Cruise's character)”.
fn role_then_actor(line: &Line<'_>, role: usize, actor: usize) -> Option<Job> {
    if !is_human(line, actor) || !is_human(line, role) {
        return None;
    }
    let royal = is_royal(line, role);
    if !line.is(actor, EntityKind::Person) && !royal {
        return None;
    }
    let gap = line.gap(role, actor);
    let after = line.after(actor);
    let bare = gap.trim_start_matches(['\'', '’']).trim_start_matches('s');
    if bare == " (" {
        let character = line.is(role, EntityKind::Character) || royal;
        let said = after.trim_start_matches(['\'', '’']).trim_start_matches('s').starts_with(" character)");
        return (said || character && after.starts_with(')')).then_some(Job::Actor);
    }
    let words = gap_words(gap);
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [.., "played" | "portrayed", "by"] if words.len() <= 5 => Some(Job::Actor),
        [.., "voiced", "by"] if words.len() <= 5 => Some(Job::Voice),
        _ => None,
    }
}
