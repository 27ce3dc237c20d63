//! Whether the dates of a file have the day or the month first.

use memchr::memchr2_iter;

/// What comes first in dates such as 04/05/2019.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 4 May, as in most countries.
    DayFirst,
    /// April 5, as in the United States.
    MonthFirst,
}

/// What the dates of a file that were seen so far tell: a number above twelve is
/// a day.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OrderEvidence {
    day_first: bool,
    month_first: bool,
}

impl OrderEvidence {
    /// What comes first, if all dates agree.
    pub(super) fn order(self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Looks at the dates that start a cell or a string, wherever they are.
    pub(super) fn observe(&mut self, text: &[u8]) {
        for at in memchr2_iter(b'/', b'-', text) {
            let Some((first, second)) = numbers_around(text, at) else { continue };
            self.day_first |= (13..=31).contains(&first) && (1..=12).contains(&second);
            self.month_first |= (13..=31).contains(&second) && (1..=12).contains(&first);
        }
    }
}

/// The first two numbers of a date such as `13/05/2019` whose first mark is here.
fn numbers_around(text: &[u8], at: usize) -> Option<(u8, u8)> {
    let mark = text[at];
    // Some writers of JSON have `\/` for a slash.
    let end = at - usize::from(at > 0 && text[at - 1] == b'\\');
    let before = &text[end.saturating_sub(2)..end];
    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let first = number(&before[before.len() - digits..])?;
    let starts = end - digits == 0 || b"\"',;\t|\n\r>".contains(&text[end - digits - 1]);
    let (second, rest) = leading_number(&text[at + 1..], 2)?;
    let rest = rest.strip_prefix(b"\\").unwrap_or(rest).strip_prefix(&[mark])?;
    let year = rest.iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let after = rest.get(year).copied().unwrap_or(b'\n');
    let ends = b"\"',;\t|\n\r< Tt".contains(&after);
    (starts && ends && matches!(year, 2 | 4)).then_some((first, second))
}

/// A number of at most `max` digits at the start, and what follows it.
fn leading_number(text: &[u8], max: usize) -> Option<(u8, &[u8])> {
    let digits = text.iter().take(max).take_while(|byte| byte.is_ascii_digit()).count();
    Some((number(&text[..digits])?, &text[digits..]))
}

fn number(digits: &[u8]) -> Option<u8> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<DateOrder>) {
        let mut evidence = OrderEvidence::default();
        evidence.observe(text.as_bytes());
        assert_eq!(evidence.order(), expected, "{text}");
    }

    #[test]
    fn numbers_above_twelve_are_days() {
        let (day, month) = (Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst));
        check("title,date\nA,04/05/2019\nB,13/05/2019\n", day);
        check("title,date\nA,04/05/2019\nB,4/13/2019 10:00\n", month);
        check("04-05-2019\n13-05-2019", day);
        check("13/05/19", day);
        check(r#"{"date":"5\/13\/2019"}"#, month);
        check("{\"date\":\"13/05/2019\"}\n{\"date\":\"5/13/2019\"}", None);
        check("04/05/2019\n05/06/2019", None);
    }

    #[test]
    fn other_numbers_tell_nothing() {
        for text in [
            "2019-05-13",
            "\"https://a.example/13/05/2019\"",
            "on 13/05/2019",
            "13/05",
            "13/05/20199",
            "13/05-2019",
            "32/05/2019",
            "/",
            "-",
            "13/",
            "\"13/05/2019x",
            "13/5/201",
            "\\/5/2019",
        ] {
            check(text, None);
        }
    }
}
