//! When works come out, came out, or were to come out.

use std::ops::Range;

use jiff::civil::Date;

use crate::article::{EntityKind, Granularity, MentionedDate, date_number};

use super::cues::{Cue, cue};
use super::line::Line;
use super::place::place;
use super::subject::{Subjects, is_work_noun};
use super::{Statement, Subject, Sureness, What};

/// Words between a date and its cue before or behind it.
const BEFORE: usize = 11;
const BEHIND: usize = 8;
/// Words between a release and the work that follows it.
const FOLLOWS: usize = 10;
/// A cue so near decides against one on the other side.
const CLOSE: usize = 3;

/// A date of a sentence, with the word that says what it is of.
struct Dated {
    date: usize,
    words: Range<usize>,
    cue: usize,
    what: What,
}

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

/// The dates on which something comes out; those of one list together.
fn groups(line: &Line<'_>) -> Vec<Vec<Dated>> {
    let mut groups: Vec<Vec<Dated>> = Vec::new();
    for date in line.times.clone() {
        let Some(words) = line.words_of_date(date) else { continue };
        let last = groups
            .last_mut()
            .filter(|group| group.last().is_some_and(|last| is_list(line, last.words.end, words.start)));
        match last {
            Some(group) => {
                let Dated { cue, what, .. } = group[0];
                group.push(Dated { date, words, cue, what });
            }
            None => groups.extend(released(line, date, words).map(|dated| vec![dated])),
        }
    }
    groups
}

/// Whether nothing but “,” and “and” stands between two dates.
fn is_list(line: &Line<'_>, from: usize, to: usize) -> bool {
    if from > to {
        return false;
    }
    let words = line.words[from..to].iter().all(|word| matches!(&*word.lower, "and" | "or" | "then"));
    let between = &line.text[line.words[from - 1].span.end..line.words[to].span.start];
    words && between.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | ',' | '&'))
}

/// A date with its cue, where that says that something comes out.
fn released(line: &Line<'_>, date: usize, words: Range<usize>) -> Option<Dated> {
    let before = line.lower(words.start.wrapping_sub(1));
    let year = line.dates[date].granularity() == Granularity::Year;
    if is_label(line, date, &words) || before == "since" || before == "of" && year {
        return None;
    }
    if is_alone(line, date, &words) {
        return Some(Dated { date, cue: words.start, words, what: What::Release });
    }
    // A name is one step, however many words it has.
    let steps = |range: Range<usize>| line.words[range].iter().filter(|word| word.mention.is_none()).count();
    let left = (0..words.start).rev().find_map(|at| Some((at, cue(line, at)?)));
    let left = left.map(|(at, cue)| (at, cue, steps(at + 1..words.start))).filter(|(.., far)| *far <= BEFORE);
    let left =
        left.filter(|(at, ..)| !line.text[line.words[*at].span.end..line.words[words.start].span.start].contains(';'));
    let end = (words.end + BEHIND).min(line.words.len());
    let right = (words.end..end).find_map(|at| Some((at, cue(line, at)?)));
    // “The July 10 release”; “In fall 2021, Peacock started streaming”.
    let right = right
        .map(|(at, cue)| (at, cue, steps(words.end..at)))
        .filter(|(_, _, far)| *far == 0 || words.start <= 2)
        .filter(|(at, ..)| line.words[words.end..*at].iter().all(|word| word.date.is_none()));
    let (at, cue) = match (left, right) {
        (Some((at, cue, far)), Some((_, _, other))) if far <= CLOSE.min(other) || far <= other => (at, cue),
        (_, Some((at, cue, _))) if matches!(cue, Cue::Out(_)) => (at, cue),
        (Some((at, cue, _)), _) => (at, cue),
        (None, right) => right.map(|(at, cue, _)| (at, cue))?,
    };
    let Cue::Out(what) = cue else { return None };
    let live = line.has(at.saturating_sub(6)..words.end + 3, LIVE) && !line.says("release date");
    let part = line.has(at.saturating_sub(4)..at, &["finale", "episode", "episodes", "trailer", "teaser"]);
    let live = live || part || SHIFTED.contains(&line.lower(at)) && line.has(0..at, &["show", "shows"]);
    // “Postponed on March 12” was said then.
    let told_on = at + 2 == words.start && line.lower(at + 1) == "on" && SHIFTED.contains(&line.lower(at));
    (!is_open(line, at) && !live && !told_on && !is_of_another(line, at)).then_some(Dated {
        date,
        words,
        cue: at,
        what,
    })
}

/// What has dates too and is no work.
const LIVE: &[&str] = &[
    "arena",
    "ceremony",
    "concert",
    "concerts",
    "event",
    "dates",
    "hearing",
    "kids",
    "leg",
    "pub",
    "residency",
    "restaurant",
    "sale",
    "sneak",
    "stop",
    "store",
    "students",
    "tickets",
    "tour",
    "tours",
    "trial",
    "venue",
    "wedding",
];

/// Whether the verb has another subject than a work: “Star Wars Day arrives”.
fn is_of_another(line: &Line<'_>, cue: usize) -> bool {
    let moves = [
        "arrives", "arrived", "opens", "opened", "came", "comes", "returns", "returned", "bows", "bowed", "opening",
        "since",
    ];
    let mention = cue.checked_sub(1).and_then(|before| line.words[before].mention);
    let other = mention.is_some_and(|mention| line.mentions[mention].kind != EntityKind::Work);
    let person = matches!(line.lower(cue.wrapping_sub(1)), "he" | "she" | "they" | "i" | "we");
    (other || person) && moves.contains(&line.lower(cue))
}

/// Whether a cue only could, might or would be.
pub(super) fn is_open(line: &Line<'_>, cue: usize) -> bool {
    let near = cue.saturating_sub(3)..cue;
    // “The official news: ‘X’ would arrive July 29.”
    let told = line
        .has(0..cue, &["announced", "announcing", "said", "news", "official", "revealed", "confirmed", "announcement"]);
    let open = ["could", "might", "may", "should", "should've", "should’ve", "if", "whether", "until", "unless"];
    line.has(near.clone(), &open) || line.has(near, &["would"]) && !told
}

/// Whether parentheses hold a day or month and no more, right behind a title
/// or a sentence: “Dunkirk” (July 21).
fn is_alone(line: &Line<'_>, date: usize, words: &Range<usize>) -> bool {
    let Some(open) = line.in_parentheses(words.start) else { return false };
    let inside = line.text[open + 1..line.words[words.start].span.start].trim().is_empty();
    let closes = line.gap(words.end - 1).starts_with(')');
    let titled = words.start.checked_sub(1).is_none_or(|before| line.kind(before) == Some(EntityKind::Work));
    let short = matches!(line.dates[date].granularity(), Granularity::Day | Granularity::Month);
    inside && closes && titled && short
}

/// “The 1998 film”, “2007's homage”, “the 20th century”: a label, no statement.
fn is_label(line: &Line<'_>, date: usize, words: &Range<usize>) -> bool {
    let MentionedDate { first, last, .. } = line.dates[date];
    if last / 10_000 > first / 10_000 + 1 || matches!(line.lower(words.start.wrapping_sub(1)), "each" | "every") {
        return true;
    }
    let long = line.dates[date].granularity() != Granularity::Day;
    if words.start == 0 && line.gap(words.end - 1).starts_with(':') {
        return true;
    }
    let gap = line.gap(words.end - 1);
    let possessive = gap.starts_with("'s") || gap.starts_with("’s");
    let next = line.lower(words.end);
    let quoted = line.text[..line.words[words.start].span.start].ends_with(['“', '"', '‘']);
    let unnamed = line.words.get(words.end).is_some_and(|word| word.mention.is_none());
    let named = is_work_noun(next)
        || unnamed
            && is_work_noun(line.lower(words.end + 1))
            && !matches!(next, "and" | "for" | "on" | "as" | "with" | "to" | "the" | "a" | "in");
    let noun = line.words.get(words.end).is_some_and(|word| word.date.is_none())
        && named
        && !gap.contains([',', ';', '.', ')']);
    // “The 1972 Munich Olympics”, but “at the 2016 Sundance Film Festival”.
    let at = matches!(line.lower(words.start.wrapping_sub(2)), "at") || line.lower(words.start.wrapping_sub(1)) == "at";
    let event = words.len() == 1 && !unnamed && words.end < line.words.len() && gap == " ";
    let named = line.kind(words.start) == Some(EntityKind::Work);
    quoted || named || possessive || long && (noun || event && !at)
}

/// “Friday” and “Oct. 8” by the tense of their cue: those to come where the
/// work is to come.
fn in_tense(line: &Line<'_>, dated: &Dated) -> MentionedDate {
    let date = line.dates[dated.date];
    let Some(published) = line.published else { return date };
    let yearless = !date.span.of(line.text).bytes().any(|byte| byte.is_ascii_digit())
        || !date.span.of(line.text).split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    let day = date.granularity() == Granularity::Day;
    if !day || !yearless || date.last >= date_number(published) || is_past(line, dated.cue) || is_former(line, dated) {
        return date;
    }
    let next = match WEEKDAYS.iter().position(|name| dated.words.len() == 1 && *name == line.lower(dated.words.start)) {
        Some(wanted) => (1..=7)
            .filter_map(|step| published.checked_add(jiff::Span::new().days(step)).ok())
            .find(|day| usize::from(day.weekday().to_monday_zero_offset().unsigned_abs()) == wanted),
        None if line.words[dated.words.start].span.of(line.text).starts_with(char::is_uppercase) => {
            number_date(date.first).and_then(|day| day.checked_add(jiff::Span::new().years(1)).ok())
        }
        None => None,
    };
    next.map_or(date, |day| MentionedDate { first: date_number(day), last: date_number(day), ..date })
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// `20230714` as a date.
fn number_date(number: u64) -> Option<Date> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether a cue speaks of what has been.
fn is_past(line: &Line<'_>, cue: usize) -> bool {
    // “Released in theaters”
    if matches!(line.lower(cue), "theaters" | "theatres" | "cinemas")
        && line.has(cue.saturating_sub(3)..cue, &["released", "opened"])
    {
        return true;
    }
    let before = matches!(line.lower(cue.wrapping_sub(1)), "will" | "be" | "to");
    let past = line.lower(cue).ends_with("ed") || matches!(line.lower(cue), "came" | "hit" | "went");
    past && !before && !matches!(line.lower(cue), "scheduled" | "slated" | "dated" | "planned" | "expected")
}

/// The works that a date is of.
fn works(line: &Line<'_>, subjects: &Subjects, dated: &Dated) -> Vec<Subject> {
    let at = dated.words.start;
    let paren = line.in_parentheses(at);
    // “(scheduled for May 15)” where the sentence before was cut off.
    if paren == Some(line.span.start) {
        return subjects.meant().into_iter().collect();
    }
    let fits = |(mention, words): &(usize, Range<usize>)| {
        let own = line.in_parentheses(words.start);
        (own.is_none() || own == paren) && !is_aside(line, *mention, words)
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
    let following = || {
        all.iter()
            .find(|(_, words)| words.start >= at && (dated.cue <= 1 || words.start <= after + FOLLOWS))
            .filter(|_| leads)
    };
    if let Some((mention, words)) = preceding {
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

/// Words that name a work for another's sake.
const ASIDE: &[&str] =
    &["sequel", "prequel", "follow", "followup", "spinoff", "spin", "homage", "based", "adapted", "inspired"];

/// A work that is named for another's sake: “the sequel to ‘X’”, “‘X’ star Y”.
fn is_aside(line: &Line<'_>, mention: usize, words: &Range<usize>) -> bool {
    // A word that makes it one, with no other work between.
    let near = (words.start.saturating_sub(8)..words.start).rev();
    let mut near = near.take_while(|at| line.kind(*at) != Some(EntityKind::Work));
    let of_another = near.any(|at| {
        let aside = line.words[at].mention.is_none() && ASIDE.contains(&line.lower(at));
        aside && line.has(at..words.start, &["to", "of", "on", "from", "by"])
    });
    let end = line.gap(words.end - 1);
    let possessive = end.starts_with("'s ") || end.starts_with("’s ");
    let whose = matches!(
        line.lower(words.end),
        "star"
            | "stars"
            | "actor"
            | "actress"
            | "alum"
            | "director"
            | "creator"
            | "host"
            | "franchise"
            | "universe"
            | "co-star"
            | "singer"
            | "producer"
            | "author"
            | "cast"
            | "fans"
            | "fame"
    );
    let _ = mention;
    let besides =
        matches!(line.lower(words.start.wrapping_sub(1)), "before" | "after" | "since" | "following" | "than" | "like");
    // “Debuted it during a ‘Y’ program”
    let within =
        line.reads(words.start.wrapping_sub(2), "during a") || line.reads(words.start.wrapping_sub(2), "during the");
    besides
        || within
        || of_another
        || whose && end.trim_matches(['"', '”', '’', '\'']).trim().is_empty()
        || possessive && !line.has(words.end..words.end + 3, &["release", "premiere", "debut"])
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

/// Words that say that a date changed.
const SHIFTED: &[&str] = &[
    "moved",
    "pushed",
    "shifted",
    "switched",
    "delayed",
    "postponed",
    "bumped",
    "moving",
    "moves",
    "delaying",
    "postponement",
    "delay",
    "delays",
    "postpones",
    "went",
    "hold",
    "undated",
    "shelved",
];

/// Whether a date is one that holds no more.
fn is_former(line: &Line<'_>, dated: &Dated) -> bool {
    let (at, cue) = (dated.words.start, dated.cue);
    let near = at.saturating_sub(3)..at;
    // “Is scheduled for June 28, after being delayed” still holds.
    let shifts = |at: usize| {
        let word = line.words[at].mention.is_none() && SHIFTED.contains(&line.lower(at));
        word && !line.has(at.saturating_sub(3)..at, &["after"])
            && (line.lower(at) != "went" || line.words.iter().skip(at + 2).take(3).any(|word| word.date.is_some()))
    };
    let (from, to) = (at.min(cue).saturating_sub(SHIFT_REACH), (at.max(cue) + SHIFT_REACH).min(line.words.len()));
    let shifted = (from..to).any(shifts);
    if shifted
        && line.has(near.clone(), &["to", "until", "till"])
        && !line.has(near.clone(), &["from", "scheduled", "due", "supposed"])
    {
        return false;
    }
    let first = at.min(cue);
    let once = line.has(first.saturating_sub(5)..at, &["previously", "originally", "initially"])
        || (first.saturating_sub(5)..at)
            .any(|at| line.reads(at, "original release") || line.reads(at, "original date"));
    let supposed = [
        "was supposed",
        "were supposed",
        "was due",
        "was to",
        "was scheduled",
        "was set",
        "was slated",
        "was expected",
        "was planned",
        "was dated",
        "was announced",
    ];
    let supposed = supposed.iter().any(|phrase| (first.saturating_sub(5)..at).any(|at| line.reads(at, phrase)));
    let is_fact = is_past(line, cue)
        && !SHIFTED.contains(&line.lower(cue))
        && !line.has(cue.saturating_sub(3)..cue, &["be", "to"]);
    !is_fact && (once || supposed || shifted)
}

/// Words between a date and a verb that says that it changed.
const SHIFT_REACH: usize = 14;

/// How sure a sentence is of a plan.
pub(super) fn sureness(line: &Line<'_>) -> Sureness {
    let all = 0..line.words.len();
    if line.has(all.clone(), &["rumored", "rumoured", "rumor", "rumors", "rumour", "rumours", "speculation"]) {
        Sureness::Rumored
    } else if line.says("in talks") || line.says("in negotiations") || line.says("in discussions") {
        Sureness::InTalks
    } else if line.has(all.clone(), &["denied", "denies", "denying"]) || line.says("not true") {
        Sureness::Denied
    } else if line.has(
        all,
        &["announced", "announces", "confirmed", "confirms", "officially", "official", "revealed", "unveiled"],
    ) {
        Sureness::Confirmed
    } else {
        Sureness::Reported
    }
}
