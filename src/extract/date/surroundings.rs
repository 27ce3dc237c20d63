//! What may stand around a date in its field: a time of day, a zone, labels.

use super::tokens::{Token, Tokens};
use super::words::{is_changed, is_filler, is_published, is_zone};

/// Matches a time of day: `10:00`, `10:00:41.123`, `10.30 Uhr`, `10h30`, `10 p.m.`
/// Returns the hour and the token after it.
pub(super) fn time_at(tokens: &Tokens<'_>, at: usize) -> Option<(i8, usize)> {
    let (hour, digits) = tokens.number(at)?;
    let after_t = at > 0 && tokens.word(at - 1) == Some("t") && tokens.is_glued(at);
    if after_t && matches!(digits, 4 | 6) {
        let hour = if digits == 4 { hour / 100 } else { hour / 10_000 };
        let end = fraction_after(tokens, at + 1);
        return i8::try_from(hour).ok().filter(|hour| *hour < 24).map(|hour| (hour, end));
    }
    let hour = i8::try_from(hour).ok().filter(|hour| *hour <= 24 && digits <= 2)?;
    let is_minute = |at: usize| tokens.number(at).is_some_and(|(value, digits)| digits == 2 && value < 61);
    let by_colon = tokens.is_mark(at + 1, &[':']) && is_minute(at + 2);
    let by_letter = matches!(tokens.word(at + 1), Some("h")) && is_minute(at + 2);
    let by_dot = tokens.is_mark(at + 1, &['.']) && tokens.is_glued(at + 2) && is_minute(at + 2);
    if by_colon || by_letter || by_dot {
        let mut end = at + 3;
        let has_seconds = tokens.is_mark(end, &[':', '.']) && tokens.is_glued(end) && is_minute(end + 1);
        if has_seconds {
            end = fraction_after(tokens, end + 2);
        }
        let (shift, end) = half_of_day(tokens, end).unwrap_or((0, end));
        return Some((in_day(hour, shift), end));
    }
    if after_t && digits == 2 {
        return Some((hour, at + 1));
    }
    if let Some((shift, end)) = half_of_day(tokens, at + 1) {
        return Some((in_day(hour, shift), end));
    }
    matches!(tokens.word(at + 1), Some("h" | "uhr" | "hrs" | "hours")).then_some((hour, at + 2))
}

/// The hour of the day of one on a clock face.
fn in_day(hour: i8, shift: i8) -> i8 {
    match (hour, shift) {
        (12, 1) => 0,
        (1..12, 2) => hour + 12,
        _ => hour,
    }
}

/// `am` or `pm` in any spelling: 1 or 2, and the token after it.
fn half_of_day(tokens: &Tokens<'_>, at: usize) -> Option<(i8, usize)> {
    let word = tokens.word(at)?;
    let half = |letter: char| if letter == 'a' { 1 } else { 2 };
    match word {
        "am" | "pm" => Some((half(word.chars().next()?), at + 1)),
        "a" | "p" => {
            let next = at + 1 + usize::from(tokens.is_mark(at + 1, &['.']));
            (tokens.word(next) == Some("m")).then_some((half(word.chars().next()?), next + 1))
        }
        _ => None,
    }
}

/// Skips a fraction of a second.
fn fraction_after(tokens: &Tokens<'_>, at: usize) -> usize {
    let is_fraction =
        tokens.is_mark(at, &['.', ',', ':']) && tokens.is_glued(at + 1) && tokens.number(at + 1).is_some();
    if is_fraction { at + 2 } else { at }
}

/// Matches a zone: `Z`, `EST`, `GMT+1`, `+01:00`, `-0800`. Returns whether it is
/// UTC, and the token after it.
pub(super) fn zone_at(tokens: &Tokens<'_>, at: usize) -> Option<(bool, usize)> {
    if let Some(word) = tokens.word(at).filter(|word| is_zone(word)) {
        let is_utc = matches!(word, "z" | "utc" | "gmt" | "ut");
        return Some(match offset_at(tokens, at + 1) {
            Some((is_zero, end)) => (is_utc && is_zero, end),
            None => (is_utc, at + 1),
        });
    }
    offset_at(tokens, at)
}

/// `+01:00`, `-0800`, `+1`: whether it is zero, and the token after it.
fn offset_at(tokens: &Tokens<'_>, at: usize) -> Option<(bool, usize)> {
    let is_signed = tokens.is_mark(at, &['+', '-', '\u{2212}']) && tokens.is_glued(at + 1);
    let (value, digits) = tokens.number(at + 1).filter(|(_, digits)| is_signed && *digits <= 4)?;
    let minutes = tokens.number(at + 3).filter(|(_, digits)| *digits == 2 && tokens.is_mark(at + 2, &[':']));
    match minutes {
        Some((minutes, _)) if digits <= 2 => Some((value == 0 && minutes == 0, at + 4)),
        _ => Some((value == 0, at + 2)),
    }
}

/// What stands beside a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    Hour(i8),
    Zone { is_utc: bool },
    Published,
    Changed,
    Other,
}

/// Matches what may stand beside a date, and returns the token after it. `after_time`
/// says whether a time of day precedes it.
pub(super) fn beside_at(tokens: &Tokens<'_>, at: usize, after_time: bool) -> Option<(Beside, usize)> {
    if let Some((hour, end)) = time_at(tokens, at) {
        return Some((Beside::Hour(hour), end));
    }
    let may_be_zone = after_time || !tokens.is_mark(at, &['-']);
    if let Some((is_utc, end)) = zone_at(tokens, at).filter(|_| may_be_zone) {
        return Some((Beside::Zone { is_utc }, end));
    }
    match tokens.at(at)? {
        Token::Word(word) if is_changed(word) => Some((Beside::Changed, at + 1)),
        Token::Word(word) if is_published(word) => Some((Beside::Published, at + 1)),
        Token::Word(word) if is_filler(word) => Some((Beside::Other, at + 1)),
        // `Europe/Paris`, `America/New_York`.
        Token::Word(_) if after_time && tokens.is_mark(at + 1, &['/']) && tokens.word(at + 2).is_some() => {
            let end = if tokens.is_mark(at + 3, &['_']) { at + 5 } else { at + 3 };
            Some((Beside::Other, end))
        }
        // `(Pacific Standard Time)`, `(火)`.
        Token::Mark('(' | '[') => Some((Beside::Other, in_brackets(tokens, at))),
        Token::Mark(
            ',' | '.' | ';' | ':' | '|' | '-' | '–' | '—' | ')' | ']' | '"' | '\'' | '’' | '@' | '•' | '·' | '/' | '日'
            | '،',
        ) => Some((Beside::Other, at + 1)),
        Token::Word("日" | "月" | "일") => Some((Beside::Other, at + 1)),
        _ => None,
    }
}

/// Skips words in brackets; a bracket with numbers is skipped alone.
fn in_brackets(tokens: &Tokens<'_>, at: usize) -> usize {
    let close = (at + 1..at + 8).find(|at| tokens.is_mark(*at, &[')', ']']));
    let is_words = |close: usize| (at + 1..close).all(|at| tokens.number(at).is_none());
    close.filter(|close| is_words(*close)).map_or(at + 1, |close| close + 1)
}
