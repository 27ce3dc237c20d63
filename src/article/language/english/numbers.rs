//! Numbers written as words.

/// Cardinal numbers with their digits.
pub(super) const CARDINALS: &[(&str, &str)] = &[
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
];

/// Ordinal numbers, “first” first.
pub(super) const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

/// Words before the number of a part of a title, folded.
pub(super) const PART_WORDS: &[&str] = &["part", "chapter", "volume", "vol"];

/// Words before a number that is written as a word, in digits or in Roman numerals, folded.
pub(super) const COUNTED_PARTS: &[&str] =
    &["act", "book", "chapter", "episode", "part", "phase", "round", "season", "series", "vol", "volume"];
