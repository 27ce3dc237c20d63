//! What else is stated of works and people: filming, delays, cancellations,
//! renewals, casting, exits, awards.

use std::ops::Range;

use crate::article::{EntityKind, MentionedDate, Token};

use super::dated::is_open;
use super::line::Line;
use super::place::place;
use super::subject::{Subjects, is_work_noun};
use super::sure::sureness;
use super::{Statement, Subject, Sureness, What};

/// Words between a cue and the names and dates that it joins.
const REACH: usize = 10;
/// Words between a verb and the work right behind it.
const OBJECT: usize = 4;

/// Whether a sentence has a word that these statements need.
pub(super) fn may_tell(text: &str, words: &[Token]) -> bool {
    words.iter().any(|word| is_cue(word.span.of(text)))
}

fn is_cue(word: &str) -> bool {
    matches!(
        word,
        "filming"
            | "production"
            | "shooting"
            | "photography"
            | "Filming"
            | "Production"
            | "wrapped"
            | "canceled"
            | "cancelled"
            | "cancels"
            | "axed"
            | "scrapped"
            | "renewed"
            | "renews"
            | "delayed"
            | "postponed"
            | "pushed"
            | "cast"
            | "joins"
            | "joined"
            | "joining"
            | "tapped"
            | "talks"
            | "signed"
            | "set"
            | "exits"
            | "exited"
            | "exiting"
            | "leaving"
            | "departs"
            | "departed"
            | "quits"
            | "quit"
            | "won"
            | "wins"
            | "winning"
            | "nominated"
            | "nomination"
            | "nominations"
            | "nominee"
    )
}

/// Adds what a sentence states.
pub(super) fn find(line: &Line<'_>, subjects: &Subjects, found: &mut Vec<Statement>) {
    let first = found.len();
    let dated = found.iter().rev().take_while(|statement| statement.sentence == line.span).any(|s| s.what.is_release());
    for at in 0..line.words.len() {
        let word = &line.words[at];
        if word.mention.is_some() || word.date.is_some() || is_open(line, at) {
            continue;
        }
        match &*word.lower {
            "filming" | "production" | "shooting" | "photography" => filming(line, subjects, at, found),
            "canceled" | "cancelled" | "axed" | "scrapped" | "cancels" => {
                changed(line, subjects, at, What::Cancelled, found)
            }
            "renewed" | "renews" => changed(line, subjects, at, What::Renewed, found),
            "delayed" | "postponed" | "pushed" if !dated => changed(line, subjects, at, What::Delay, found),
            "cast" | "joins" | "joined" | "joining" | "tapped" | "talks" | "signed" | "set" => {
                casting(line, subjects, at, found)
            }
            "exits" | "exited" | "exiting" | "leaving" | "departs" | "departed" | "quits" | "quit" => {
                exit(line, at, found)
            }
            "won" | "wins" | "winning" => award(line, at, What::Award, found),
            "nominated" | "nomination" | "nominations" | "nominee" => award(line, at, What::Nomination, found),
            _ => {}
        }
    }
    let mut seen = first;
    while seen < found.len() {
        let same = |other: &Statement| {
            let one = &found[seen];
            (other.what, other.person, other.object) == (one.what, one.person, one.object)
                && other.work.map(|work| line.name(work)) == one.work.map(|work| line.name(work))
        };
        if found[first..seen].iter().any(same) {
            found.remove(seen);
        } else {
            seen += 1;
        }
    }
}

/// What is spoken of that is no work: a tour is delayed too.
const LIVE: &[&str] = &[
    "appearance",
    "awards",
    "ceremony",
    "concert",
    "concerts",
    "date",
    "dates",
    "episode",
    "episodes",
    "event",
    "festival",
    "flight",
    "game",
    "games",
    "hearing",
    "match",
    "parade",
    "performance",
    "performances",
    "plans",
    "premiere",
    "premieres",
    "residency",
    "screening",
    "shows",
    "tour",
    "tours",
    "trial",
    "visit",
    "wedding",
];

fn base(line: &Line<'_>, what: What) -> Statement {
    Statement {
        what,
        work: None,
        person: None,
        object: None,
        date: None,
        former: false,
        sure: sureness(line),
        place: None,
        sentence: line.span,
    }
}

/// Words between “began” and “filming”, and between “filming” and “began”.
const BETWEEN: &[&str] = &[
    "up",
    "its",
    "their",
    "the",
    "principal",
    "on",
    "in",
    "production",
    "has",
    "have",
    "had",
    "is",
    "was",
    "will",
    "officially",
    "already",
    "just",
    "finally",
    "recently",
    "to",
    "be",
    "get",
    "and",
    "set",
    "due",
    "scheduled",
    "expected",
    "for",
];

/// “Filming began”, “wrapped up its filming in September 2021”.
fn filming(line: &Line<'_>, subjects: &Subjects, at: usize, found: &mut Vec<Statement>) {
    let near = at.saturating_sub(5)..(at + 6).min(line.words.len());
    let joined = |verb: usize| {
        let between = if verb < at { verb + 1..at } else { at + 1..verb };
        line.words[between].iter().all(|word| BETWEEN.contains(&&*word.lower))
    };
    let verb = |words: &[&str]| near.clone().find(|at| words.contains(&line.lower(*at)) && joined(*at));
    let wrapped = verb(&["wrapped", "wraps", "wrap", "completed", "finished", "concluded"]);
    let began =
        verb(&["began", "begins", "begin", "begun", "started", "starts", "start", "commenced", "underway", "kicked"]);
    let (what, verb) = match (wrapped, began) {
        (Some(verb), _) => (What::FilmingWrapped, verb),
        (None, Some(verb)) => (What::FilmingBegan, verb),
        (None, None) => return,
    };
    let excluded =
        ["after", "since", "when", "before", "once", "until", "as", "company", "companies", "mass", "could", "if"];
    let from = verb.min(at);
    let other = matches!(line.lower(at + 1), "company" | "companies" | "of");
    if is_open(line, verb) || line.has(from.saturating_sub(2)..from, &excluded) || other {
        return;
    }
    let before = work_before(line, from).or_else(|| subjects.of(line, from));
    let Some(work) = before else { return };
    let date = date_behind(line, verb.max(at));
    let ahead = line.has(from.saturating_sub(4)..verb.max(at), &["will", "to", "set", "scheduled", "expected"]);
    let sure = if ahead { sureness(line) } else { Sureness::Happened };
    let place = place(line, from, verb.max(at));
    found.push(Statement { work: Some(work), date, sure, place, ..base(line, what) });
}

/// The date right behind some words.
fn date_behind(line: &Line<'_>, at: usize) -> Option<MentionedDate> {
    let end = (at + 1 + REACH / 2).min(line.words.len());
    line.words[at + 1..end].iter().find_map(|word| word.date).map(|date| line.dates[date])
}

/// The work that stands before a verb.
fn work_before(line: &Line<'_>, verb: usize) -> Option<Subject> {
    let free = |(_, words): &(usize, Range<usize>)| line.in_parentheses(words.start) == line.in_parentheses(verb);
    let before =
        line.of_kind(EntityKind::Work).filter(free).rfind(|(_, words)| words.end <= verb && verb - words.end <= REACH);
    before.map(|(mention, _)| Subject::Mention(mention))
}

/// “‘X’ has been canceled”, “Netflix renews ‘X’ for a second season”, “‘X’ was
/// pushed back”.
fn changed(line: &Line<'_>, subjects: &Subjects, at: usize, what: What, found: &mut Vec<Statement>) {
    let passive = line.has(at.saturating_sub(3)..at, &["was", "were", "is", "been", "be", "being", "got", "gets"]);
    let adjective =
        matches!(line.lower(at.wrapping_sub(1)), "the" | "a" | "an" | "long" | "its" | "their" | "his" | "her");
    let live = (line.has(at.saturating_sub(REACH)..at + OBJECT, LIVE) || line.has(0..at, &["premiere", "premieres"]))
        && !line.says("release date");
    let denied = line.has(at.saturating_sub(3)..at, &["not", "never", "wasn't", "isn't"]);
    if live || denied || adjective {
        return;
    }
    let object = line.of_kind(EntityKind::Work).find(|(_, words)| words.start > at && words.start - at <= OBJECT);
    let work = match object {
        _ if passive => work_before(line, at).or_else(|| subjects.close().filter(|_| refers(line, at))),
        Some((mention, _)) if line.lower(at) != "pushed" => Some(Subject::Mention(mention)),
        _ => None,
    };
    if let Some(work) = work {
        let sure = match sureness(line) {
            Sureness::Reported => Sureness::Happened,
            sure => sure,
        };
        found.push(Statement { work: Some(work), sure, ..base(line, what) });
    }
}

/// Whether the words before a verb speak of “it” or “the series”.
fn refers(line: &Line<'_>, verb: usize) -> bool {
    let subject = verb.saturating_sub(REACH)..verb;
    let noun = |at: usize| {
        line.lower(at) == "it" || is_work_noun(line.lower(at)) && line.has(at.saturating_sub(3)..at, &["the", "this"])
    };
    subject.into_iter().any(noun)
}

/// People of a list that ends before a verb: “A, B and C have been cast”.
fn people_before(line: &Line<'_>, verb: usize) -> Vec<usize> {
    let mut people = Vec::new();
    let mut end = verb;
    for (mention, words) in line.of_kind(EntityKind::Person).rev().filter(|(_, words)| words.end <= verb) {
        let between = &line.words[words.end..end];
        let possessive = line.gap(words.end - 1);
        if possessive.starts_with("'s")
            || possessive.starts_with("’s")
            || line.in_parentheses(words.start) != line.in_parentheses(verb)
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

/// “X has been cast as Y in ‘Z’”, “X joins the cast of ‘Z’”, “X is in talks to star”.
fn casting(line: &Line<'_>, subjects: &Subjects, at: usize, found: &mut Vec<Statement>) {
    let next = line.lower(at + 1);
    let fits = match line.lower(at) {
        "cast" => {
            line.has(at.saturating_sub(3)..at, &["was", "were", "been", "is", "are"])
                && matches!(next, "as" | "in" | "opposite" | "alongside" | "for")
        }
        "joins" | "joined" | "joining" => line.has(at + 1..at + 4, &["cast"]) && line.lower(at + 1) != "by",
        "tapped" => line.reads(at + 1, "to star") || line.reads(at + 1, "to play") || line.reads(at + 1, "to direct"),
        "talks" => {
            line.lower(at.wrapping_sub(1)) == "in" && (line.has(at + 1..at + 4, &["star", "play", "join", "direct"]))
        }
        "signed" => {
            line.reads(at + 1, "on to star") || line.reads(at + 1, "on to play") || line.reads(at + 1, "on to direct")
        }
        "set" => line.reads(at + 1, "to star") || line.reads(at + 1, "to play") || line.reads(at + 1, "to direct"),
        _ => false,
    };
    let once =
        line.has(at.saturating_sub(4)..at, &["initially", "originally", "once", "perfectly", "well", "not", "never"]);
    if !fits || once {
        return;
    }
    let people = people_before(line, at);
    let behind = |kind| line.of_kind(kind).find(move |(_, words)| words.start > at && words.start - at <= 2 * REACH);
    let work = behind(EntityKind::Work).map(|(mention, _)| Subject::Mention(mention));
    // “Has been cast in an undisclosed role”, in an article about one film.
    let told = || if refers(line, at) || line.lower(at) == "joined" { subjects.meant() } else { None };
    let whole = || if line.lower(at) == "cast" { subjects.whole() } else { None };
    let work = work.or_else(told).or_else(whole);
    let role = if people.len() == 1 { behind(EntityKind::Character).map(|(mention, _)| mention) } else { None };
    let sure = if line.lower(at) == "talks" { Sureness::InTalks } else { sureness(line) };
    for person in people.into_iter().filter(|_| work.is_some()) {
        found.push(Statement { work, person: Some(person), object: role, sure, ..base(line, What::Casting) });
    }
}

/// “X is leaving ‘Y’”, “X exits ‘Y’”.
fn exit(line: &Line<'_>, at: usize, found: &mut Vec<Statement>) {
    let work = line.of_kind(EntityKind::Work).find(|(_, words)| words.start > at && words.start - at <= OBJECT);
    let Some((work, words)) = work else { return };
    let between = &line.words[at + 1..words.start];
    if !between.iter().all(|word| {
        word.mention.is_none()
            && matches!(
                &*word.lower,
                "the" | "from" | "series" | "film" | "show" | "drama" | "sitcom" | "abc" | "cbs" | "nbc"
            )
    }) {
        return;
    }
    if let Some(person) = people_before(line, at).pop() {
        let date = date_behind(line, words.end - 1);
        let work = Some(Subject::Mention(work));
        found.push(Statement { work, person: Some(person), date, ..base(line, What::Exit) });
    }
}

/// “X won an Oscar for ‘Y’”, “‘Y’ is nominated for three Emmys”.
fn award(line: &Line<'_>, at: usize, what: What, found: &mut Vec<Statement>) {
    let end = (at + REACH).min(line.words.len());
    let behind = line.of_kind(EntityKind::Event).find(|(_, words)| words.start > at && words.start < end);
    let before = line.of_kind(EntityKind::Event).rfind(|(_, words)| words.end <= at && at - words.end <= 2);
    let found_award = if what == What::Award { behind } else { before.or(behind) };
    let Some((award, words)) = found_award.filter(|(award, _)| is_award(&line.mentions[*award].name)) else { return };
    let from = at.min(words.start);
    // “Emmy-nominated”, “has never won”, “an Oscar nomination” without a verb.
    let noun = line.lower(at).starts_with("nomin") && line.lower(at) != "nominated";
    let verbs = [
        "earned", "earns", "scored", "scores", "received", "receives", "landed", "lands", "got", "gets", "has",
        "nabbed", "picked",
    ];
    let hyphen = words.end == at && line.gap(words.end - 1) == "-";
    let denied = line.has(at.saturating_sub(4)..at, &["never", "not", "yet", "without", "hasn't", "didn't", "neither"]);
    if hyphen || denied || noun && !line.has(from.saturating_sub(5)..from, &verbs) {
        return;
    }
    let last = words.end.max(at + 1);
    // “For ‘Y’” right behind the award.
    let cited = line
        .of_kind(EntityKind::Work)
        .find(|(_, work)| work.start >= last && work.start - last <= 8 && line.has(last..work.start, &["for", "in"]));
    let relative = matches!(line.lower(at.wrapping_sub(1)), "which" | "that");
    let person = if relative { None } else { people_before(line, from).pop() };
    let own = line.of_kind(EntityKind::Work).rfind(|(_, work)| {
        work.end <= at && at - work.end <= 4 && line.in_parentheses(work.start) == line.in_parentheses(at)
    });
    let work = match (person, cited) {
        (_, Some((work, _))) => Some(work),
        (None, None) => own.map(|(work, _)| work),
        (Some(_), None) => None,
    };
    if person.is_none() && work.is_none() {
        return;
    }
    let sure = if what == What::Award { Sureness::Happened } else { sureness(line) };
    let date = line.times.clone().filter_map(|date| line.words_of_date(date).map(|words| (date, words)));
    let told = |words: &Range<usize>| {
        let said = words.start > at && words.start - at <= REACH && matches!(line.lower(words.start - 1), "in" | "on");
        let end = line.gap(words.end - 1);
        said && !end.starts_with("'s") && !end.starts_with("’s")
    };
    let date = date.filter(|(_, words)| told(words)).map(|(date, _)| line.dates[date]).next();
    let work = work.map(Subject::Mention);
    found.push(Statement { work, person, object: Some(award), date, sure, ..base(line, what) });
}

/// Whether an event is an award rather than a war or a festival.
fn is_award(name: &str) -> bool {
    let name = name.to_lowercase();
    [
        "award",
        "oscar",
        "emmy",
        "grammy",
        "golden globe",
        "bafta",
        "tony",
        "palme",
        "prize",
        "golden bear",
        "golden lion",
        "latin gramm",
    ]
    .iter()
    .any(|award| name.contains(award))
}
