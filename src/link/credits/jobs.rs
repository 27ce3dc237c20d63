//! Casts without roles, directors, writers, producers.

use crate::article::EntityKind;

use super::{Credit, Job, Line, gap_words};

/// The most words between a work and “directed by”.
const REACH: usize = 12;

/// Adds what a sentence says of who made a work and who is in it.
pub(super) fn find(line: &Line<'_>, found: &mut Vec<Credit>) {
    for at in line.from..line.to {
        if !line.is(at, EntityKind::Person) {
            continue;
        }
        if let Some((job, work)) = before(line, at) {
            let first = found.len();
            let work = Some(work);
            found.push(line.credit(at, job, None, work));
            if job == Job::Actor {
                found.extend((at + 1..=end_of_list(line, at)).map(|other| line.credit(other, job, None, work)));
            }
            drop_known(found, first);
        }
        let before_work = at + 1 < line.to && line.is(at + 1, EntityKind::Work);
        if let Some(job) = before_work.then(|| after(line, at)).flatten() {
            found.push(line.credit(at, job, None, Some(at + 1)));
        }
    }
}

/// Takes out cast members whose role the sentence tells.
fn drop_known(found: &mut Vec<Credit>, first: usize) {
    let added = found.split_off(first);
    for credit in added {
        let told = found
            .iter()
            .any(|known| known.sentence == credit.sentence && known.person == credit.person && known.role.is_some());
        if !told {
            found.push(credit);
        }
    }
}

/// The last of “starring Tom Cruise, Simon Pegg and Ving Rhames”; the first
/// where no “and” closes the list, for then it may go on to others.
fn end_of_list(line: &Line<'_>, first: usize) -> usize {
    for at in first + 1..line.to {
        if !line.is(at, EntityKind::Person) {
            break;
        }
        match line.gap(at - 1, at) {
            ", " => {}
            " and " | ", and " | " & " => return at,
            _ => break,
        }
    }
    first
}

/// “‘Dune,’ directed by Denis Villeneuve”, “‘Dune’ director Denis Villeneuve”.
fn before(line: &Line<'_>, person: usize) -> Option<(Job, usize)> {
    let work = (line.from..person).rev().find(|at| line.is(*at, EntityKind::Work))?;
    let gap = line.gap(work, person);
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

/// “Denis Villeneuve directed ‘Dune’”, “Tom Cruise stars in ‘Top Gun’”.
fn after(line: &Line<'_>, person: usize) -> Option<Job> {
    let gap = line.gap(person, person + 1);
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
