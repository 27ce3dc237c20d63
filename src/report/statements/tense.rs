//! Whether a release has happened, is planned, or was planned.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::article::{Granularity, Language, MentionedDate, date_number};

use super::dated_cue::DatedCue;
use super::sentence_view::SentenceView;

/// The most words between a date and a verb that says that it changed.
const SHIFT_REACH: usize = 14;

/// The date of a cue, resolved by its tense: “Friday” and “Oct. 8” are the next
/// ones if the work is yet to come out.
pub(super) fn resolved_date(view: &SentenceView<'_>, dated: &DatedCue) -> MentionedDate {
    let date = view.dates[dated.date];
    let Some(published) = view.published else { return date };
    let yearless = !date.span.of(view.text).split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    let day = date.granularity() == Granularity::Day;
    if !day || !yearless || date.last >= date_number(published) || !is_ahead(view, dated) || is_former(view, dated) {
        return date;
    }
    let next = match Language::default().weekday(view.lower(dated.words.start)).filter(|_| dated.words.len() == 1) {
        Some(wanted) => published.nth_weekday(1, wanted).ok(),
        None if view.words[dated.words.start].span.of(view.text).starts_with(char::is_uppercase) => {
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

/// Whether the words before a date or the tense of its cue are about the future.
fn is_ahead(view: &SentenceView<'_>, dated: &DatedCue) -> bool {
    let cue = view.lower(dated.cue);
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
    let signed = view.has(first.saturating_sub(3)..dated.words.start, &signs)
        && !view.has(first.saturating_sub(4)..dated.cue, &["had", "its"]);
    !is_past(view, dated.cue) && (present || signed || dated.cue >= dated.words.start)
}

/// Whether a cue is in the past tense.
pub(super) fn is_past(view: &SentenceView<'_>, cue: usize) -> bool {
    // “Released in theaters”
    if matches!(view.lower(cue), "theaters" | "theatres" | "cinemas")
        && view.has(cue.saturating_sub(3)..cue, &["released", "opened"])
    {
        return true;
    }
    let before = matches!(view.lower(cue.wrapping_sub(1)), "will" | "be" | "to");
    let past = view.lower(cue).ends_with("ed") || matches!(view.lower(cue), "came" | "hit" | "went");
    past && !before
        && !is_rescheduling(view.lower(cue))
        && !matches!(
            view.lower(cue),
            "reset" | "rescheduled" | "redated" | "scheduled" | "slated" | "dated" | "planned" | "expected"
        )
}

/// Whether a date was planned and no longer is.
pub(super) fn is_former(view: &SentenceView<'_>, dated: &DatedCue) -> bool {
    let (at, cue) = (dated.words.start, dated.cue);
    let near = at.saturating_sub(3)..at;
    // “Is scheduled for June 28, after being delayed” still holds.
    let shifts = |at: usize| {
        let word = view.words[at].mention.is_none() && is_rescheduling(view.lower(at));
        word && !view.has(at.saturating_sub(3)..at, &["after"])
            && (view.lower(at) != "went" || view.words.iter().skip(at + 2).take(3).any(|word| word.date.is_some()))
    };
    let (from, to) = (at.min(cue).saturating_sub(SHIFT_REACH), (at.max(cue) + SHIFT_REACH).min(view.words.len()));
    let shifted = (from..to).any(shifts);
    if shifted
        && view.has(near.clone(), &["to", "until", "till"])
        && !view.has(near.clone(), &["from", "scheduled", "due", "supposed"])
    {
        return false;
    }
    let first = at.min(cue);
    let once = view.has(first.saturating_sub(5)..at, &["previously", "originally", "initially"])
        || (first.saturating_sub(5)..at)
            .any(|at| view.has_phrase_at(at, "original release") || view.has_phrase_at(at, "original date"));
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
        let planned = supposed.iter().any(|phrase| view.has_phrase_at(from, phrase));
        // “Was to open on A, has been reset for B”
        planned && !view.has(from + 2..at, &["has", "have", "will", "is", "are", "now"])
    });
    let is_fact = is_past(view, cue) && !view.has(cue.saturating_sub(3)..cue, &["be", "to"]);
    !is_fact && (once || supposed || shifted)
}

/// Whether a word says that a date changed.
fn is_rescheduling(word: &str) -> bool {
    Language::default().tables().rescheduling_words.contains(&word)
}
