//! Cast members without roles, directors, writers and producers.

use crate::article::EntityKind;

use super::credit::{Credit, Job};
use super::credit_sentence::{CreditSentence, gap_words};

/// The most words between a work and “directed by”.
const REACH: usize = 12;

/// Adds the credits of a sentence for who made a work and who is in it.
pub(super) fn find_jobs(view: &CreditSentence<'_>, found: &mut Vec<Credit>) {
    for at in view.from..view.to {
        if !view.is(at, EntityKind::Person) {
            continue;
        }
        if let Some((job, work)) = before(view, at) {
            let first = found.len();
            let work = Some(work);
            found.push(view.credit(at, job, None, work));
            if job == Job::Actor {
                found.extend((at + 1..=end_of_list(view, at)).map(|other| view.credit(other, job, None, work)));
            }
            remove_with_roles(found, first);
        }
        let before_work = at + 1 < view.to && view.is(at + 1, EntityKind::Work);
        if let Some(job) = before_work.then(|| after(view, at)).flatten() {
            found.push(view.credit(at, job, None, Some(at + 1)));
        }
    }
}

/// Removes cast members from index `first` on whose role the sentence states.
fn remove_with_roles(found: &mut Vec<Credit>, first: usize) {
    let added = found.split_off(first);
    for credit in added {
        let has_role = found
            .iter()
            .any(|known| known.sentence == credit.sentence && known.person == credit.person && known.role.is_some());
        if !has_role {
            found.push(credit);
        }
    }
}

/// The last person of a list: “starring Tom Cruise, Simon Pegg and Ving Rhames”; the
/// first if no “and” ends the list, because it may be another list.
fn end_of_list(view: &CreditSentence<'_>, first: usize) -> usize {
    for at in first + 1..view.to {
        if !view.is(at, EntityKind::Person) {
            break;
        }
        match view.gap(at - 1, at) {
            ", " => {}
            " and " | ", and " | " & " => return at,
            _ => break,
        }
    }
    first
}

/// The job and work of a person behind the work: “‘Dune,’ directed by Denis
/// Villeneuve”, “‘Dune’ director Denis Villeneuve”.
fn before(view: &CreditSentence<'_>, person: usize) -> Option<(Job, usize)> {
    let work = (view.from..person).rev().find(|at| view.is(*at, EntityKind::Work))?;
    let gap = view.gap(work, person);
    let words = gap_words(gap);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let next_to = work + 1 == person && !gap.contains([',', '.', ';']);
    match words[..] {
        [.., "directed" | "helmed", "by"] if words.len() <= REACH => Some((Job::Director, work)),
        [.., "written" | "penned" | "created", "by"] if words.len() <= REACH => Some((Job::Writer, work)),
        [.., "written", "and", "directed", "by"] => Some((Job::Director, work)),
        [.., "produced", "by"] if words.len() <= REACH => Some((Job::Producer, work)),
        [.., "starring" | "stars"] if words.len() <= REACH => Some((Job::Actor, work)),
        ["director" | "filmmaker" | "writer-director"] | ["and", "director"] if next_to => Some((Job::Director, work)),
        ["creator" | "writer" | "screenwriter" | "author" | "showrunner"] if next_to => Some((Job::Writer, work)),
        ["producer"] if next_to => Some((Job::Producer, work)),
        ["star" | "actor" | "actress" | "stars" | "co-star"] if next_to => Some((Job::Actor, work)),
        _ => None,
    }
}

/// The job of a person before the work: “Denis Villeneuve directed ‘Dune’”, “Tom
/// Cruise stars in ‘Top Gun’”.
fn after(view: &CreditSentence<'_>, person: usize) -> Option<Job> {
    let gap = view.gap(person, person + 1);
    if gap.contains([';', '.', ':', '(']) {
        return None;
    }
    let words = gap_words(gap);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = match words[..] {
        ["who" | "will" | "also" | "previously", ref rest @ ..] => rest,
        ref all => all,
    };
    match words {
        ["directed" | "directs" | "helmed" | "direct"] | ["director" | "directs" | "directed", "of" | "the"] => {
            Some(Job::Director)
        }
        ["wrote" | "created" | "penned"] | ["creator" | "author" | "writer", "of"] => Some(Job::Writer),
        ["produced" | "produces"] | ["producer", "of"] => Some(Job::Producer),
        ["stars" | "starred" | "star" | "starring" | "appears" | "appeared", "in" | "on"] | ["star", "of"] => {
            Some(Job::Actor)
        }
        _ => None,
    }
}
