//! Packed dates, a column each: gaps, which are negative where dates overlap,
//! lengths, years and days of the first day, distances to the last day.

use crate::article::{MentionedDate, Span};

use super::columns::{ColumnReader, ColumnWriter};

/// Parts years from months and days.
const YEAR: u64 = 10_000;

pub(super) fn pack(packed: &mut ColumnWriter, dates: &[MentionedDate]) {
    packed.push(dates.len() as u64);
    let mut end = 0;
    for date in dates {
        packed.push_signed(date.span.start as i64 - end);
        end = date.span.end as i64;
    }
    packed.column(dates.iter().map(|date| date.span.len() as u64));
    packed.column(dates.iter().map(|date| date.first / YEAR));
    packed.column(dates.iter().map(|date| date.first % YEAR));
    packed.column(dates.iter().map(|date| date.last.saturating_sub(date.first)));
}

pub(super) fn unpack(numbers: &mut ColumnReader<'_>) -> Option<Vec<MentionedDate>> {
    let count = numbers.count()?;
    let mut gaps = Vec::with_capacity(count);
    for _ in 0..count {
        gaps.push(numbers.next_signed()?);
    }
    let mut dates = Vec::with_capacity(count);
    let mut end = 0_i64;
    for gap in gaps {
        let start = usize::try_from(end.checked_add(gap)?).ok()?;
        let span = Span::new(start, start.checked_add(numbers.size()?)?);
        end = i64::try_from(span.end).ok()?;
        dates.push(MentionedDate { span, first: 0, last: 0 });
    }
    for date in &mut dates {
        date.first = numbers.next()?.checked_mul(YEAR)?;
    }
    for date in &mut dates {
        date.first = date.first.checked_add(numbers.next()?)?;
    }
    for date in &mut dates {
        date.last = date.first.checked_add(numbers.next()?)?;
    }
    Some(dates)
}
