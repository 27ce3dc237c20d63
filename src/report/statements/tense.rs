//! Whether something came out, will, or was to.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::article::{Granularity, MentionedDate, date_number, weekday};

use super::dated::Dated;
use super::line::Line;

/// “Friday” and “Oct. 8” by the tense of their cue: those to come where the
/// work is to come.
pub(super) fn in_tense(line: &Line<'_>, dated: &Dated) -> MentionedDate {
    let date = line.dates[dated.date];
    let Some(published) = line.published else { return date };
    let yearless = !date.span.of(line.text).split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    let day = date.granularity() == Granularity::Day;
    if !day || !yearless || date.last >= date_number(published) || !is_ahead(line, dated) || is_former(line, dated) {
        return date;
    }
    let next = match weekday(line.lower(dated.words.start)).filter(|_| dated.words.len() == 1) {
        Some(wanted) => published.nth_weekday(1, wanted).ok(),
        None if line.words[dated.words.start].span.of(line.text).starts_with(char::is_uppercase) => {
            number_date(date.first).and_then(|day| day.checked_add(1.years()).ok())
        }
        None => None,
    };
    next.map_or(date, |day| MentionedDate { first: date_number(day), last: date_number(day), ..date })
}

/// `20230714` as a date.
fn number_date(number: u64) -> Option<Date> {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether words before a date, or the tense of its cue, speak of what is to come.
fn is_ahead(line: &Line<'_>, dated: &Dated) -> bool {
    let cue = line.lower(dated.cue);
    let present = cue.ends_with('s') && !matches!(cue, "theaters" | "theatres" | "cinemas" | "previous");
    let signs = [
        "will",
        "to",
        "set",
        "scheduled",
        "slated",
        "due",
        "coming",
        "upcoming",
        "expected",
        "opening",
        "out",
        "in",
        "streaming",
    ];
    let first = dated.cue.min(dated.words.start);
    let signed = line.has(first.saturating_sub(3)..dated.words.start, &signs)
        && !line.has(first.saturating_sub(4)..dated.cue, &["had", "its"]);
    !is_past(line, dated.cue) && (present || signed || dated.cue >= dated.words.start)
}

/// Whether a cue speaks of what has been.
pub(super) fn is_past(line: &Line<'_>, cue: usize) -> bool {
    // “Released in theaters”
    if matches!(line.lower(cue), "theaters" | "theatres" | "cinemas")
        && line.has(cue.saturating_sub(3)..cue, &["released", "opened"])
    {
        return true;
    }
    let before = matches!(line.lower(cue.wrapping_sub(1)), "will" | "be" | "to");
    let past = line.lower(cue).ends_with("ed") || matches!(line.lower(cue), "came" | "hit" | "went");
    past && !before
        && !SHIFTED.contains(&line.lower(cue))
        && !matches!(
            line.lower(cue),
            "reset" | "rescheduled" | "redated" | "scheduled" | "slated" | "dated" | "planned" | "expected"
        )
}

/// Words that say that a date changed.
pub(super) const SHIFTED: &[&str] = &[
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
pub(super) fn is_former(line: &Line<'_>, dated: &Dated) -> bool {
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
        "had been due",
        "had been set",
        "had been scheduled",
        "had been slated",
        "had been planned",
        "had been dated",
        "had been expected",
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
    let supposed = (first.saturating_sub(SHIFT_REACH)..at).any(|from| {
        let said = supposed.iter().any(|phrase| line.reads(from, phrase));
        // “Was to open on A, has been reset for B”
        said && !line.has(from + 2..at, &["has", "have", "will", "is", "are", "now"])
    });
    let is_fact = is_past(line, cue) && !line.has(cue.saturating_sub(3)..cue, &["be", "to"]);
    !is_fact && (once || supposed || shifted)
}

/// Words between a date and a verb that says that it changed.
const SHIFT_REACH: usize = 14;
