//! A date that starts at a token.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::epoch::compact_day;
use super::surroundings::{time_at, zone_at};
use super::tokens::{Token, Tokens};
use super::words::{CLOCK, is_connector, is_ordinal, is_weekday, month};
use crate::read::DateOrder;

/// A date found in a text, and the token after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) what: What,
    pub(super) end: usize,
}

/// What a date states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Day(Date),
    /// Day or month first: the day that was taken, and the other one.
    Open(Date, Date),
    /// The first day of a month.
    Month(Date),
}

/// How dates are matched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// What comes first in other dates of the source.
    pub(super) order: Option<DateOrder>,
    /// Whether the text is a date field, not running text: months without a day,
    /// years of two digits and days of eight digits are read there.
    pub(super) is_field: bool,
    /// Whether `28.01.22` is read in running text as well.
    pub(super) short_years: bool,
}

/// Marks between the parts of a date.
const SEPARATORS: &[char] = &['-', '/', '.', '\u{2010}', '\u{2011}', '\u{2013}', '\u{2212}'];

/// Matches a date at a token.
pub(super) fn date_at(tokens: &Tokens<'_>, at: usize, rules: Rules) -> Option<Found> {
    if !starts(tokens, at) {
        return None;
    }
    let found = match tokens.at(at)? {
        Token::Word(word) => month_first(tokens, at, month(word)?, rules),
        Token::Number(value, 8) if rules.is_field => {
            let end = at + 1;
            compact_day(value).map(|day| Found { what: What::Day(day), end })
        }
        Token::Number(_, 4) => year_first(tokens, at, rules),
        Token::Number(_, 1 | 2) => numeric(tokens, at, rules)
            .or_else(|| day_first(tokens, at, rules))
            .or_else(|| month_and_year(tokens, at, rules)),
        _ => None,
    }?;
    // `1.2.2019.4`, `5.3.2019/2`.
    let goes_on = tokens.is_mark(found.end, &['.', '/', '-'])
        && tokens.is_glued(found.end)
        && tokens.is_glued(found.end + 1)
        && tokens.short_number(found.end + 1, 9).is_some()
        && !tokens.is_mark(found.end + 2, &[':']);
    (!goes_on).then_some(found)
}

/// Whether a date may start here: not within a word or another number.
fn starts(tokens: &Tokens<'_>, at: usize) -> bool {
    if at == 0 || !tokens.is_glued(at) {
        return true;
    }
    match tokens.at(at - 1) {
        Some(Token::Number(..)) => tokens.word(at).is_some(),
        Some(Token::Word(word)) => !word.is_ascii(),
        Some(Token::Mark(mark)) => !matches!(mark, '-' | '/' | '.' | '+' | '$' | '€' | '£' | '#'),
        None => true,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A year of four digits, or of two (from 1969 to 2068) in a date field.
fn year_at(tokens: &Tokens<'_>, at: usize, rules: Rules) -> Option<i16> {
    match tokens.number(at)? {
        (year, 4) => i16::try_from(year).ok(),
        (year, 2) if rules.is_field => {
            let next = tokens.word(at + 1);
            let is_clock = tokens.is_mark(at + 1, &[':']) || next.is_some_and(|word| CLOCK.contains(&word));
            let year = i16::try_from(year).ok()?;
            (!is_clock).then_some(if year < 69 { 2000 + year } else { 1900 + year })
        }
        _ => None,
    }
}

/// `2019-03-05`, `2019/3/5`, `2019. 3. 5.`, `2019年3月5日`, `2019-Mar-05`,
/// `2019-W10-2`, `2019-064`; `2019-03` in a field.
fn year_first(tokens: &Tokens<'_>, at: usize, rules: Rules) -> Option<Found> {
    let year = tokens.short_number(at, 4)?;
    let found = |what, end| Some(Found { what, end });
    if matches!(tokens.word(at + 1), Some("年" | "년")) {
        let (month, day) = (tokens.short_number(at + 2, 2)?, tokens.short_number(at + 4, 2)?);
        let end = at + 5 + usize::from(matches!(tokens.word(at + 5), Some("日" | "일")));
        return found(What::Day(date(year, month, day)?), end);
    }
    let is_separated = tokens.is_mark(at + 1, SEPARATORS);
    let after = at + 1 + usize::from(is_separated || tokens.is_mark(at + 1, &[',']));
    if let Some(named) = tokens.word(after).and_then(month) {
        let at_day = after + 1 + usize::from(tokens.is_mark(after + 1, &['-', '/', '.', ',']));
        let day = tokens.short_number(at_day, 2)?;
        let is_clock = tokens.is_mark(at_day + 1, &[':']);
        return if is_clock { None } else { found(What::Day(date(year, named.into(), day)?), at_day + 1) };
    }
    if !is_separated {
        return None;
    }
    if tokens.word(after) == Some("w") && tokens.is_glued(after) {
        let (week, day) = (tokens.short_number(after + 1, 2)?, tokens.short_number(after + 3, 1)?);
        let weekday = Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?;
        let day = ISOWeekDate::new(year, i8::try_from(week).ok()?, weekday).ok()?.date();
        return found(What::Day(day), after + 4);
    }
    if let (Some((day, 3)), true) = (tokens.number(after), tokens.is_mark(at + 1, &['-'])) {
        let day = i16::try_from(day).ok().filter(|_| rules.is_field)?;
        let first = Date::new(year, 1, 1).ok()?;
        let day = if day <= first.days_in_year() { first.with().day_of_year(day).build().ok() } else { None };
        return found(What::Day(day?), after + 1);
    }
    let month = tokens.short_number(after, 2)?;
    let same_separator = tokens.at(at + 1) == tokens.at(after + 1);
    if same_separator && let Some(day) = tokens.short_number(after + 2, 2) {
        return found(What::Day(date(year, month, day)?), after + 3);
    }
    let is_month = rules.is_field && !same_separator && tokens.number(after)?.1 == 2 && !tokens.is_mark(at + 1, &['.']);
    found(What::Month(date(year, month, 1).filter(|_| is_month)?), after + 1)
}

/// `03/05/2019`, `5.3.2019`, `05-03-19`.
fn numeric(tokens: &Tokens<'_>, at: usize, rules: Rules) -> Option<Found> {
    let (first, second) = (tokens.short_number(at, 2)?, tokens.short_number(at + 2, 2)?);
    let same = tokens.is_mark(at + 1, SEPARATORS) && tokens.at(at + 1) == tokens.at(at + 3);
    // A space may follow a dot: `5. 3. 2019`.
    let has_dots = tokens.is_mark(at + 1, &['.']);
    let is_glued = (1..=4).all(|step| has_dots && step % 2 == 0 || tokens.is_glued(at + step));
    if !same || !is_glued {
        return None;
    }
    let year = year_at(tokens, at + 4, Rules { is_field: rules.is_field || rules.short_years, ..rules })?;
    let is_short = tokens.number(at + 4)?.1 == 2;
    let (month_first, day_first) = (date(year, first, second), date(year, second, first));
    let end = at + 5;
    if has_dots {
        // `5.3.19` may be a version.
        let is_version = is_short && (tokens.number(at)?.1 < 2 || tokens.number(at + 2)?.1 < 2);
        let day = day_first.or(month_first.filter(|_| !is_short)).filter(|_| !is_version)?;
        return Some(Found { what: What::Day(day), end });
    }
    let what = match (month_first, day_first) {
        (Some(day), Some(other)) if day != other => by_order(tokens, at, day, other, rules.order),
        (Some(day), _) | (None, Some(day)) => What::Day(day),
        (None, None) => return None,
    };
    Some(Found { what, end })
}

/// Chooses between month and day first: by a weekday beside the date, or by other
/// dates of the source.
fn by_order(tokens: &Tokens<'_>, at: usize, month_first: Date, day_first: Date, order: Option<DateOrder>) -> What {
    let beside = [at.checked_sub(1), at.checked_sub(2), Some(at + 5), Some(at + 6)];
    let falls_on = |day: Date| {
        let number = day.weekday().to_monday_one_offset();
        beside.iter().flatten().filter_map(|at| tokens.word(*at)).any(|word| is_weekday(word, number))
    };
    match (falls_on(month_first), falls_on(day_first), order) {
        (true, false, _) => What::Day(month_first),
        (false, true, _) => What::Day(day_first),
        (_, _, Some(DateOrder::MonthFirst)) => What::Day(month_first),
        (_, _, Some(DateOrder::DayFirst)) => What::Day(day_first),
        _ => What::Open(month_first, day_first),
    }
}

/// `5 March 2019`, `5th of March, 2019`, `5. März 2019`, `5 de marzo de 2019`,
/// `05-Mar-19`, `5 Mar 10:00:00 GMT 2019`.
fn day_first(tokens: &Tokens<'_>, at: usize, rules: Rules) -> Option<Found> {
    let day = tokens.short_number(at, 2)?;
    let mut next = at + 1;
    if tokens.word(next).is_some_and(is_ordinal) {
        next += 1;
    }
    next = skip_joints(tokens, next);
    let month = tokens.word(next).and_then(month)?;
    let (year, end) = year_after(tokens, next + 1, rules)?;
    Some(Found { what: What::Day(date(year, month.into(), day)?), end })
}

/// `March 5, 2019`, `Mar. 5th 2019`, `Mar-05-2019`, `Mar 5 10:00:00 +0000 2019`;
/// `March 2019` in a field.
fn month_first(tokens: &Tokens<'_>, at: usize, month: i8, rules: Rules) -> Option<Found> {
    let next = skip_joints(tokens, at + 1);
    let day = tokens.short_number(next, 2);
    let Some(day) = day else {
        let (year, digits) = tokens.number(next)?;
        let is_month = rules.is_field && digits == 4;
        let what = What::Month(Date::new(i16::try_from(year).ok().filter(|_| is_month)?, month, 1).ok()?);
        return Some(Found { what, end: next + 1 });
    };
    let mut after = next + 1;
    if tokens.word(after).is_some_and(is_ordinal) {
        after += 1;
    }
    let (year, end) = year_after(tokens, after, rules)?;
    Some(Found { what: What::Day(date(year, month.into(), day)?), end })
}

/// `03/2019`, in a field.
fn month_and_year(tokens: &Tokens<'_>, at: usize, rules: Rules) -> Option<Found> {
    let is_month = rules.is_field && tokens.is_mark(at + 1, &['/', '-']) && tokens.number(at)?.1 == 2;
    let (year, digits) = tokens.number(at + 2).filter(|_| is_month)?;
    let year = i16::try_from(year).ok().filter(|_| digits == 4)?;
    Some(Found { what: What::Month(date(year, tokens.short_number(at, 2)?, 1)?), end: at + 3 })
}

/// The year after day and month, or after a time of day and zone that follow them.
fn year_after(tokens: &Tokens<'_>, from: usize, rules: Rules) -> Option<(i16, usize)> {
    let next = skip_joints(tokens, from);
    if let Some(year) = year_at(tokens, next, rules) {
        return Some((year, next + 1));
    }
    let (_, mut after) = time_at(tokens, next)?;
    if let Some((_, end)) = zone_at(tokens, after) {
        after = end;
    }
    let year = tokens.number(after).filter(|(_, digits)| *digits == 4)?.0;
    Some((i16::try_from(year).ok()?, after + 1))
}

/// Skips marks and words between two parts of a date.
fn skip_joints(tokens: &Tokens<'_>, from: usize) -> usize {
    let is_joint = |at: usize| {
        tokens.is_mark(at, &['-', '/', '.', ',', '\'', '’', '\u{2010}', '\u{2011}', '\u{2013}', '·'])
            || tokens.word(at).is_some_and(is_connector)
    };
    (from..from + 3).find(|at| !is_joint(*at)).unwrap_or(from + 3)
}
