//! A full date within a longer line: `January 11, 2010 Monday 5:00 PM GMT`,
//! `Tuesday, December 31, 1991; 00364002, SJ1`. And the date within the id of a
//! document: `APW_ENG_20040101.0001`.

use jiff::civil::Date;

/// The months, each by its names in English, German, French, Spanish, Dutch and
/// Italian where they differ by more than an ending.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janvier", "enero", "januari", "gennaio"],
    &["february", "feb", "februar", "février", "febrero", "februari", "febbraio"],
    &["march", "mar", "märz", "mars", "marzo", "maart"],
    &["april", "apr", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "mei", "maggio"],
    &["june", "jun", "juni", "juin", "junio", "giugno"],
    &["july", "jul", "juli", "juillet", "julio", "luglio"],
    &["august", "aug", "août", "agosto", "augustus"],
    &["september", "sep", "sept", "septembre", "septiembre", "settembre"],
    &["october", "oct", "oktober", "octobre", "octubre", "ottobre"],
    &["november", "nov", "novembre", "noviembre"],
    &["december", "dec", "dezember", "décembre", "diciembre", "dicembre"],
];

/// The most characters of a line that are looked at.
const LONGEST: usize = 200;

/// The first full date in a text, as `YYYY-MM-DD`: with a month by name, or in the
/// order of ISO 8601. Dates of numbers alone that might be read in two ways are left
/// to whoever knows the collection.
pub(super) fn day_in(text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(LONGEST / 2).collect();
    words.windows(3).find_map(|three| {
        let [a, b, c] = three else { return None };
        match (month(a), month(b)) {
            (Some(month), _) => iso(number(c)?, month, day_number(b)?),
            (None, Some(month)) => iso(number(c)?, month, day_number(a)?),
            // `2019-03-05`, also when a time follows: `2019-03-05T10`.
            (None, None) if a.len() == 4 => iso(number(a)?, number(b)?, number(c.split(['T', 't']).next()?)?),
            (None, None) => None,
        }
    })
}

/// The date in numbers, month first: `03/24/87`, `06/01/1998 00:05:00`.
pub(super) fn american_day_in(text: &str) -> Option<String> {
    let first = text.split_whitespace().next()?;
    let mut parts = first.split(['/', '-']);
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || ![2, 4].contains(&year.len()) {
        return None;
    }
    let written = number(year)?;
    iso(if year.len() == 2 { century(written) } else { written }, number(month)?, number(day)?)
}

/// The date of six or eight digits: `910514`, `20030304`.
pub(super) fn compact_day(digits: &str) -> Option<String> {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(number);
    match digits.len() {
        8 => iso(part(0, 4)?, part(4, 6)?, part(6, 8)?),
        6 => iso(century(part(0, 2)?), part(2, 4)?, part(4, 6)?),
        _ => None,
    }
}

/// The full date in the id of a document: eight digits beside something else, or six
/// behind a code in capitals. Six digits are year first or month first; where both
/// give a day there is none.
pub(super) fn day_of_id(id: &str) -> Option<String> {
    let bytes = id.as_bytes();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|found| at + found) {
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = start + length;
        let digits = &id[start..at];
        let found = match length {
            8 if bytes.len() > 8 => compact_day(digits),
            6 if follows_code(&id[..start]) => {
                let turned = format!("{}{}", &digits[4..], &digits[..4]);
                match (compact_day(digits), compact_day(&turned)) {
                    (Some(day), None) | (None, Some(day)) => Some(day),
                    (year_first, month_first) => year_first.filter(|_| month_first == compact_day(digits)),
                }
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Whether a text ends with the code of a newspaper or agency: `AP`, `WSJ`.
fn follows_code(before: &str) -> bool {
    let letters = before.bytes().rev().take_while(u8::is_ascii_uppercase).count();
    (2..=6).contains(&letters)
}

/// Two digits of a year: collections begin in 1970.
fn century(year: u32) -> u32 {
    if year >= 70 { 1900 + year } else { 2000 + year }
}

fn month(word: &str) -> Option<u32> {
    if word.len() < 3 || word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    u32::try_from(at + 1).ok()
}

/// `5` or `5th`.
fn day_number(word: &str) -> Option<u32> {
    number(word.trim_end_matches(|c: char| c.is_ascii_alphabetic()))
}

fn number(word: &str) -> Option<u32> {
    let digits = (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    if digits { word.parse().ok() } else { None }
}

fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    let date = Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    (1700..=2200).contains(&year).then(|| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_within_lines() {
        for (text, expected) in [
            ("January 11, 2010 Monday", Some("2010-01-11")),
            ("January 1, 1989, Sunday, Home Edition", Some("1989-01-01")),
            ("Tuesday, December 31, 1991; 00364002, SJ1", Some("1991-12-31")),
            ("July 1, 2015 Wednesday 5:00 PM GMT", Some("2015-07-01")),
            ("1 March 1994", Some("1994-03-01")),
            ("11. Januar 2010 Montag", Some("2010-01-11")),
            ("Le 5 août 2012", Some("2012-08-05")),
            ("26-FEB-1987 15:01:01.79", Some("1987-02-26")),
            ("2019-03-05T10:00:00Z", Some("2019-03-05")),
            ("March 5th, 2019", Some("2019-03-05")),
            ("March 2019", None),
            ("May 35, 2019", None),
            ("The star may leave in 2019", None),
            ("05/03/2019", None),
            ("", None),
        ] {
            assert_eq!(day_in(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn dates_of_digits() {
        for (text, expected) in [
            ("03/24/87", Some("1987-03-24")),
            ("06/01/1998 00:05:00", Some("1998-06-01")),
            ("24/03/87", None),
            ("soon", None),
        ] {
            assert_eq!(american_day_in(text).as_deref(), expected, "{text}");
        }
        for (text, expected) in
            [("910514", Some("1991-05-14")), ("20030304", Some("2003-03-04")), ("991399", None), ("9105", None)]
        {
            assert_eq!(compact_day(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn dates_within_ids() {
        for (id, expected) in [
            ("AP880212-0001", Some("1988-02-12")),
            ("WSJ870324-0001", Some("1987-03-24")),
            ("LA010189-0001", Some("1989-01-01")),
            ("LA120190-0042", Some("1990-12-01")),
            ("FR940104-0-00001", Some("1994-01-04")),
            ("NYT19980601.0001", Some("1998-06-01")),
            ("APW_ENG_20040101.0001", Some("2004-01-01")),
            ("FT911-3", None),
            ("FBIS4-67701", None),
            ("SJMN91-06365001", None),
            ("AP010203-0001", None),
            ("AP010101-0001", Some("2001-01-01")),
            ("doc990101", None),
            ("20010203", None),
            ("GX000-00-0000000", None),
            ("", None),
        ] {
            assert_eq!(day_of_id(id).as_deref(), expected, "{id}");
        }
    }
}
