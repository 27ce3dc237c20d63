//! Words of dates; all in lower case.

/// Words before a bare year that make it a date.
pub(super) const BEFORE_YEAR: &[&str] = &[
    "in", "since", "until", "till", "by", "from", "of", "during", "before", "after", "early", "late", "mid", "to",
    "and", "between", "through", "around", "for", "the", "spring", "summer", "fall", "autumn", "winter", "a", "an",
    "his", "her", "their", "its", "our", "this", "that", "circa",
];

/// Words that mark a date as being in the future.
pub(super) const AHEAD: &[&str] = &[
    "will",
    "scheduled",
    "slated",
    "due",
    "expected",
    "upcoming",
    "opens",
    "premieres",
    "debuts",
    "arrives",
    "hits",
    "plans",
    "set",
    "begins",
    "returns",
    "shall",
];

/// First words of holidays, in lower case.
pub(super) const HOLIDAYS: &[&str] =
    &["christmas", "new", "fourth", "valentine's", "valentine’s", "thanksgiving", "memorial", "labor"];

/// Numbers in words; the index is the value.
pub(super) const NUMBERS: &[&str] =
    &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
