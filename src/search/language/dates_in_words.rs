//! Dates in words: “oscars before 2015” may mean articles of before 2015.
//!
//! They are offered as a filter and never applied: “in 2014” may as well be what an
//! article tells of, and names have years in them.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::article::Language;
use crate::search::language::days::{Days, relative};
use crate::search::language::marks::bare;
use crate::search::language::notes::{NoteKind, QueryNote};
use crate::search::language::prefixes::Prefix;
use crate::search::language::signs::Sign;
use crate::search::language::tokens::{Lexeme, Token};

/// The first year that is taken for one.
const FIRST_YEAR: i16 = 1900;
/// Words of a query in which dates are looked for.
const MAX_WORDS: usize = 48;

/// A plain word of a query in lower case, and its bytes.
struct Word {
    text: String,
    at: usize,
    end: usize,
}

/// The query with its dates in words as a filter, where it has some and neither `AND`,
/// `OR` nor a date of publication.
pub(crate) fn offer(query: &str, tokens: &[Token], today: Date) -> Option<QueryNote> {
    let is_dated = |token: &Token| match &token.token {
        Lexeme::Text { prefix, .. } => matches!(prefix, Some(Prefix::Published | Prefix::Dated(_) | Prefix::Mentions)),
        Lexeme::Operator(_) => true,
        Lexeme::Open { .. } | Lexeme::Close => false,
    };
    if tokens.len() > MAX_WORDS || tokens.iter().any(is_dated) {
        return None;
    }
    let (mut days, mut spans) = (Days { first: 0, last: u64::MAX }, Vec::new());
    for words in runs(tokens) {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let mut at = 0;
        while at < texts.len() {
            let found = range(&texts[at..], today).and_then(|(count, found)| Some((count, days.within(found)?)));
            match found {
                Some((count, both)) => {
                    days = both;
                    spans.push((words[at].at, words[at + count - 1].end));
                    at += count;
                }
                None => at += 1,
            }
        }
    }
    let (first, last) = (spans.first()?.0, spans.last()?.1);
    let about = if spans.len() == 1 { &query[first..last] } else { query };
    let rest = without(query, &spans);
    let offered = format!("{rest} published:{}", days.written());
    Some(QueryNote::offer(NoteKind::Date, bare(about), offered.trim_start().to_owned()))
}

/// Plain words beside each other.
fn runs(tokens: &[Token]) -> Vec<Vec<Word>> {
    let (mut runs, mut run) = (Vec::new(), Vec::new());
    for Token { at, end, token } in tokens {
        match token {
            Lexeme::Text { sign: Sign::None, prefix: None, text, quoted: false, .. } => {
                run.push(Word { text: bare(text).to_lowercase(), at: *at, end: *end });
            }
            _ => runs.push(std::mem::take(&mut run)),
        }
    }
    runs.push(run);
    runs
}

/// A query without some of its bytes, its words parted by one space.
fn without(query: &str, spans: &[(usize, usize)]) -> String {
    let mut rest = String::new();
    let mut from = 0;
    for (at, end) in spans {
        rest.push_str(&query[from..*at]);
        rest.push(' ');
        from = *end;
    }
    rest.push_str(&query[from..]);
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The days that the first words mean, and how many words it takes: “before 2015”,
/// “between 2010 and 2015”, “last summer”.
fn range(words: &[&str], today: Date) -> Option<(usize, Days)> {
    let after = |skipped: usize| date(words.get(skipped..)?, today).map(|(count, days)| (skipped + count, days));
    let bounded = |skipped: usize, bound: fn(Days) -> Days| after(skipped).map(|(count, days)| (count, bound(days)));
    match words {
        ["before", ..] => bounded(1, Days::before),
        ["prior", "to", ..] => bounded(2, Days::before),
        ["after", ..] => bounded(1, Days::after),
        ["since", ..] => bounded(1, |days| Days { last: u64::MAX, ..days }),
        ["until" | "till", ..] => bounded(1, |days| Days { first: 0, ..days }),
        ["up", "to", ..] => bounded(2, |days| Days { first: 0, ..days }),
        ["between", ..] => {
            let (count, days) = after(1)?;
            span(words, count, days, &["and"], today)
        }
        ["from", ..] => {
            let (count, days) = after(1)?;
            match words.get(count) {
                Some(&("on" | "onward" | "onwards")) => Some((count + 1, Days { last: u64::MAX, ..days })),
                _ => span(words, count, days, &["to", "until", "till", "through"], today).or_else(|| decade(words, 1)),
            }
        }
        ["in" | "during" | "over" | "within", ..] => after(1),
        ["of", ..] => decade(words, 1),
        _ => past(words, today),
    }
}

/// From some days to those behind one of these words.
fn span(words: &[&str], count: usize, from: Days, joins: &[&str], today: Date) -> Option<(usize, Days)> {
    let join = words.get(count)?;
    let (more, to) = date(words.get(count + 1..)?, today)?;
    (joins.contains(join) && from.first <= to.last)
        .then_some((count + 1 + more, Days { first: from.first, last: to.last }))
}

/// A date at the start: a year, a month with or without one, a day, a decade, or one
/// relative to today.
fn date(words: &[&str], today: Date) -> Option<(usize, Days)> {
    let first = *words.first()?;
    if let Some(year) = year(first, today) {
        return Some((1, Days::parse_on(&year.to_string(), today)?));
    }
    if first.contains('-') && first.starts_with(|c: char| c.is_ascii_digit()) {
        return Days::parse_on(first, today).map(|days| (1, days));
    }
    let behind_the = || match words {
        ["the", rest @ ..] => past(rest, today).map(|(count, days)| (count + 1, days)),
        _ => past(words, today),
    };
    month_or_day(words, today).or_else(|| decade(words, 0)).or_else(behind_the)
}

fn year(word: &str, today: Date) -> Option<i16> {
    let year: i16 = Some(word).filter(|word| word.len() == 4)?.parse().ok()?;
    (FIRST_YEAR..=today.year() + 1).contains(&year).then_some(year)
}

/// “March”, “March 2020”, “March 5, 2020”, “5 March 2020”; a month alone is the last one
/// that has begun.
fn month_or_day(words: &[&str], today: Date) -> Option<(usize, Days)> {
    let tables = Language::default().tables();
    let month = |word: &str| tables.months.iter().position(|month| *month == word);
    let day = |word: &str| word.parse::<i8>().ok().filter(|day| word.len() < 3 && *day > 0);
    let is_year = |word: &str| year(word, today).is_some();
    let parse = |text: String| Days::parse_on(&text, today);
    let name = |month: usize| tables.months[month];
    let day_of = |month: usize, day: i8, year: &str| Some((3, parse(format!("{} {day}, {year}", name(month)))?));
    let first = *words.first()?;
    if let [_, second, third, ..] = words
        && is_year(third)
    {
        match (month(first), day(second), day(first), month(second)) {
            (Some(month), Some(day), ..) | (.., Some(day), Some(month)) => return day_of(month, day, third),
            _ => {}
        }
    }
    let month = month(first)? + 1;
    if let Some(year) = words.get(1).filter(|word| is_year(word)) {
        return Some((2, parse(format!("{year}-{month:02}"))?));
    }
    let is_ahead = i8::try_from(month).ok()? > today.month();
    let year = today.year() - i16::from(is_ahead);
    Some((1, parse(format!("{year}-{month:02}"))?))
}

/// “the 90s”, “the early 1990s”, “nineties” from the word `at`.
fn decade(words: &[&str], at: usize) -> Option<(usize, Days)> {
    let mut end = at;
    while matches!(words.get(end), Some(&("the" | "early" | "mid" | "late"))) {
        end += 1;
    }
    let first = match *words.get(end)? {
        "thirties" => 1930,
        "forties" => 1940,
        "fifties" => 1950,
        "sixties" => 1960,
        "seventies" => 1970,
        "eighties" => 1980,
        "nineties" => 1990,
        word => {
            let digits = word.strip_suffix('s').map(|word| word.trim_end_matches(['\'', '’']))?;
            let number: u64 = Some(digits).filter(|digits| digits.ends_with('0'))?.parse().ok()?;
            match digits.len() {
                2 if number >= 20 => 1900 + number,
                4 if (1900..2100).contains(&number) => number,
                _ => return None,
            }
        }
    };
    Some((end + 1, Days { first: first * 10_000 + 101, last: (first + 9) * 10_000 + 1231 }))
}

/// “yesterday”, “last week”, “last summer”, “past 30 days”, “three years ago”.
fn past(words: &[&str], today: Date) -> Option<(usize, Days)> {
    match words {
        ["yesterday" | "today", ..] => Some((1, relative(words[0], today)?)),
        [count, unit, "ago", ..] => Some((3, ago(count, unit, today)?)),
        [which @ ("last" | "past" | "this"), season @ ("spring" | "summer" | "autumn" | "fall" | "winter"), ..] => {
            Some((2, season_days(season, *which == "this", today)?))
        }
        ["last" | "this", "week" | "month" | "year", ..] => Some((2, relative(&words[..2].join(" "), today)?)),
        ["past", unit @ ("week" | "month" | "year"), ..] => Some((2, relative(&format!("last 1 {unit}"), today)?)),
        ["last" | "past", count, unit, ..] => {
            let count = number(count)?;
            Some((3, relative(&format!("last {count} {unit}"), today)?))
        }
        _ => None,
    }
}

fn number(word: &str) -> Option<i64> {
    match word {
        "a" | "an" => Some(1),
        _ => match Language::default().tables().numbers.iter().position(|number| *number == word) {
            Some(number) => i64::try_from(number).ok(),
            None => word.parse().ok().filter(|number| (1..=400).contains(number)),
        },
    }
}

/// The day, week, month or year that was so many of them ago.
fn ago(count: &str, unit: &str, today: Date) -> Option<Days> {
    let count = number(count)?;
    let then = match unit.trim_end_matches('s') {
        "day" => today.checked_sub(count.days()),
        "week" => today.checked_sub(count.weeks()),
        "month" => today.checked_sub(count.months()),
        "year" => today.checked_sub(count.years()),
        _ => return None,
    };
    let then = then.ok()?;
    match unit.trim_end_matches('s') {
        "day" => relative("today", then),
        unit => relative(&format!("this {unit}"), then),
    }
}

/// The days of a season of the north: of this year, or of the last one that has ended.
fn season_days(season: &str, is_this: bool, today: Date) -> Option<Days> {
    let first_month = match season {
        "spring" => 3,
        "summer" => 6,
        "autumn" | "fall" => 9,
        "winter" => 12,
        _ => return None,
    };
    let of = |year: i16| {
        let first = Date::new(year, first_month, 1).ok()?;
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        Some((first, last))
    };
    let year = today.year();
    // A winter begins in the year before.
    let found = [year, year - 1, year - 2].into_iter().filter_map(of);
    let fits = |(first, last): &(Date, Date)| if is_this { *first <= today } else { *last < today };
    let (first, last) = found.into_iter().find(fits)?;
    Some(Days::of(first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::lexer::lex;

    /// What is offered on 15 March 2023.
    fn offered(query: &str) -> String {
        let lexed = lex(query, &[]);
        let note = offer(&lexed.query, &lexed.tokens, Date::constant(2023, 3, 15));
        note.and_then(|note| note.query).unwrap_or_default()
    }

    #[test]
    fn dates_behind_prepositions_are_offered() {
        for (query, expected) in [
            ("oscars before 2015", "oscars published:..2014"),
            ("OSCARS BEFORE 2015", "OSCARS published:..2014"),
            ("oscars before 2015?", "oscars published:..2014"),
            ("before 2015 oscars", "oscars published:..2014"),
            ("before 2015", "published:..2014"),
            ("oscars after 2019", "oscars published:2020.."),
            ("oscars since March", "oscars published:2023-03.."),
            ("oscars since April", "oscars published:2022-04.."),
            ("oscars until March 2020", "oscars published:..2020-03"),
            ("oscars before March 5, 2020 in Paris", "oscars in Paris published:..2020-03-04"),
            ("oscars after 5 March 2020", "oscars published:2020-03-06.."),
            ("oscars since 2020-03", "oscars published:2020-03.."),
            ("oscars between 2010 and 2015", "oscars published:2010..2015"),
            ("oscars from 2010 to 2015", "oscars published:2010..2015"),
            ("oscars from 2010 on", "oscars published:2010.."),
            ("oscars after 2010 but before 2015", "oscars but published:2011..2014"),
            ("oscars in 2019", "oscars published:2019"),
            ("oscars during March 2020", "oscars published:2020-03"),
            ("films in the 90s", "films published:1990..1999"),
            ("films in the '90s", "films published:1990..1999"),
            ("films of the early 1990s", "films published:1990..1999"),
            ("songs from the eighties", "songs published:1980..1989"),
            ("(oscars) \"red carpet\" before 2015", "(oscars) \"red carpet\" published:..2014"),
        ] {
            assert_eq!(offered(query), expected, "{query}");
        }
    }

    #[test]
    fn relative_dates_are_offered() {
        for (query, expected) in [
            ("premieres last summer", "premieres published:2022-06..2022-08"),
            ("premieres last winter", "premieres published:2022-12..2023-02"),
            ("premieres this spring", "premieres published:2023-03..2023-05"),
            ("premieres yesterday", "premieres published:2023-03-14"),
            ("premieres last week", "premieres published:2023-03-06..2023-03-12"),
            ("premieres last year", "premieres published:2022"),
            ("premieres in the last 7 days", "premieres published:2023-03-09..2023-03-15"),
            ("premieres three years ago", "premieres published:2020"),
            ("premieres a month ago", "premieres published:2023-02"),
            ("premieres before last summer", "premieres published:..2022-05"),
        ] {
            assert_eq!(offered(query), expected, "{query}");
        }
    }

    #[test]
    fn years_of_names_and_dated_queries_are_left_alone() {
        for query in [
            "Blade Runner 2049",
            "in 2049",
            "class of 1999",
            "Wonder Woman 1984",
            "2012",
            "2001: A Space Odyssey",
            "summer of 69",
            "before sunset",
            "after hours",
            "since you asked",
            "between two ferns",
            "in 30 days",
            "\"before 2015\"",
            "title:before 2015",
            "oscars before 2015 published:2014",
            "oscars since:2014 before 2015",
            "oscars OR emmys before 2015",
            "last of us",
            "this is us",
            "the last dance",
            "long ago",
        ] {
            assert_eq!(offered(query), "", "{query}");
        }
    }
}
