//! The key that folds the spellings of a name.

use crate::article::{EntityKind, Span};
use crate::segment::{fold_into, words};

/// Roman numerals that titles use, and their values.
const ROMAN: &[(&str, &str)] = &[
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("v", "5"),
    ("vi", "6"),
    ("vii", "7"),
    ("viii", "8"),
    ("ix", "9"),
    ("x", "10"),
    ("xi", "11"),
    ("xii", "12"),
];

/// Numbers that titles spell out, and their values.
const SPELLED: &[(&str, &str)] = &[
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

/// Names with the same key and kind are one entity.
///
/// Folds case, diacritics, punctuation, a leading “The”, “&”, the spacing of
/// initials and, in titles, numerals; never two different numbers.
///
/// ```
/// use newsearch::article::EntityKind::{Person, Work};
/// use newsearch::link::name_key;
/// assert_eq!(name_key(Work, "Mission: Impossible 7"), name_key(Work, "mission impossible VII"));
/// assert_ne!(name_key(Work, "Mission: Impossible 7"), name_key(Work, "Mission: Impossible 8"));
/// assert_eq!(name_key(Person, "J. J. Abrams"), name_key(Person, "J.J. Abrams"));
/// ```
pub fn name_key(kind: EntityKind, name: &str) -> String {
    let mut parts = Parts { key: String::with_capacity(name.len()), last: None };
    let mut folded = String::new();
    let mut end = 0;
    for word in words(name, Span::new(0, name.len())) {
        let gap = &name[end..word.span.start];
        if gap.contains('&') {
            parts.push("and");
        }
        end = word.span.end;
        folded.clear();
        fold_into(word.span.of(name), &mut folded);
        parts.add(kind, &folded);
    }
    // `Paramount+` is not `Paramount`.
    if name[end..].starts_with('+') {
        parts.push("+");
    }
    match parts.key.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => parts.key,
    }
}

/// A key that is being made.
struct Parts {
    /// The parts so far, with spaces between them.
    key: String,
    /// Where the last one begins.
    last: Option<usize>,
}

impl Parts {
    fn push(&mut self, part: &str) {
        if self.last.is_some() {
            self.key.push(' ');
        }
        self.last = Some(self.key.len());
        self.key.push_str(part);
    }

    fn add(&mut self, kind: EntityKind, folded: &str) {
        let last = self.last.map(|last| &self.key[last..]);
        if kind == EntityKind::Work && last.is_some() {
            let roman = ROMAN.iter().find(|(roman, _)| *roman == folded);
            let spelled = || SPELLED.iter().find(|(spelled, _)| *spelled == folded);
            let is_part = matches!(last, Some("part" | "chapter" | "volume" | "vol"));
            if let Some((_, digits)) = roman.or_else(|| spelled().filter(|_| is_part)) {
                return self.push(digits);
            }
        }
        let letter = |part: &str| part.chars().all(char::is_alphabetic);
        let initial = folded.chars().count() == 1 && letter(folded);
        match last {
            // “J. J.” and “J.J.”, “M:I” and “MI”.
            Some(last) if initial && last.len() <= 2 && letter(last) && last != "a" => self.key.push_str(folded),
            _ => self.push(folded),
        }
    }
}

/// The key of what people type for a name: its [`name_key`] without spaces, so
/// that “MI7”, “M:I 7” and “m i 7” are the same.
pub fn alias_key(kind: EntityKind, name: &str) -> String {
    name_key(kind, name).replace(' ', "")
}

/// The alias keys of a name for every kind: all but works fold alike.
pub struct AliasKeys {
    /// That of a work.
    pub work: String,
    /// That of anything else.
    pub other: String,
}

impl AliasKeys {
    /// The keys of a name.
    pub fn of(name: &str) -> Self {
        Self { work: alias_key(EntityKind::Work, name), other: alias_key(EntityKind::Person, name) }
    }

    /// The key for a kind.
    pub fn key(&self, kind: EntityKind) -> &str {
        if kind == EntityKind::Work { &self.work } else { &self.other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityKind::{Organization, Person, Work};

    #[test]
    fn spellings_fold_and_sequels_stay_apart() {
        let same = |kind, a: &str, b: &str| assert_eq!(name_key(kind, a), name_key(kind, b), "{a} and {b}");
        let apart = |kind, a: &str, b: &str| assert_ne!(name_key(kind, a), name_key(kind, b), "{a} and {b}");
        same(Work, "Dune: Part Two", "Dune Part 2");
        same(Work, "Rocky II", "Rocky 2");
        same(Work, "The Last of Us", "Last of Us");
        same(Organization, "Simon & Schuster", "Simon and Schuster");
        same(Person, "Beyoncé Knowles", "Beyonce Knowles");
        apart(Organization, "Paramount+", "Paramount");
        apart(Work, "Toy Story 3", "Toy Story 4");
        apart(Work, "Dune", "Dune: Part Two");
        assert_eq!(name_key(Work, "The"), "the");
        assert_eq!(alias_key(Work, "M:I 7"), alias_key(Work, "MI7"));
    }
}
