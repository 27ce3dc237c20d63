//! The key that the spellings of a name share.

use crate::article::{EntityKind, Language, ROMAN_NUMERALS, Span};
use crate::segment::{each_word, fold_into};

/// Names with the same key and kind are one entity.
///
/// Folds case, diacritics, punctuation, a leading “The”, “&”, the spacing of
/// initials and, in titles, numerals; never two different numbers.
///
/// ```
/// use newsearch::EntityKind::{Person, Work};
/// use newsearch::internals::link::name_key;
/// assert_eq!(name_key(Work, "Mission: Impossible 7"), name_key(Work, "mission impossible VII"));
/// assert_ne!(name_key(Work, "Mission: Impossible 7"), name_key(Work, "Mission: Impossible 8"));
/// assert_eq!(name_key(Person, "J. J. Abrams"), name_key(Person, "J.J. Abrams"));
/// ```
pub fn name_key(kind: EntityKind, name: &str) -> String {
    let mut key = KeyBuilder { text: String::with_capacity(name.len()), last: None };
    let mut end = 0;
    each_word(name, Span::new(0, name.len()), &mut |word| {
        if name[end..word.start].contains('&') {
            key.push(|text| text.push_str("and"));
        }
        end = word.end;
        key.add(kind, word.of(name));
    });
    // `Paramount+` is not `Paramount`.
    if name[end..].starts_with('+') {
        key.push(|text| text.push('+'));
    }
    if key.text.starts_with(ARTICLE) {
        key.text.drain(..ARTICLE.len());
    }
    key.text
}

/// The article that keys do not begin with.
const ARTICLE: &str = "the ";

/// Builds a key word by word.
struct KeyBuilder {
    /// The parts so far, separated by spaces.
    text: String,
    /// The byte offset of the last part.
    last: Option<usize>,
}

impl KeyBuilder {
    /// Adds a part that `write` appends; returns its byte offset.
    fn push(&mut self, write: impl FnOnce(&mut String)) -> usize {
        if self.last.is_some() {
            self.text.push(' ');
        }
        let at = self.text.len();
        write(&mut self.text);
        self.last = Some(at);
        at
    }

    /// Adds a word.
    fn add(&mut self, kind: EntityKind, word: &str) {
        let before = self.last;
        let at = self.push(|text| fold_into(word, text));
        let Some(before) = before else { return };
        let (last, folded) = (&self.text[before..at - 1], &self.text[at..]);
        // “Guns N' Roses”
        if folded == "n" && last.len() > 2 {
            self.text.truncate(at);
            self.text.push_str("and");
            return;
        }
        if let Some(digits) = number(folded, last).filter(|_| kind == EntityKind::Work) {
            self.text.truncate(at);
            self.text.push_str(digits);
        } else if folded.chars().count() == 1
            && is_letters(folded)
            && last.len() <= 2
            && is_letters(last)
            && last != "a"
        {
            // “J. J.” and “J.J.”, “M:I” and “MI”.
            self.text.remove(at - 1);
            self.last = Some(before);
        }
    }
}

/// The digits of a numeral, spelled-out ones only behind “part” and the like.
fn number(folded: &str, last: &str) -> Option<&'static str> {
    let tables = Language::default().tables();
    let of = |list: &[(&str, &'static str)]| list.iter().find(|(word, _)| *word == folded).map(|(_, digits)| *digits);
    let is_part = || tables.part_words.contains(&last);
    of(ROMAN_NUMERALS).or_else(|| of(tables.cardinals).filter(|_| is_part()))
}

fn is_letters(part: &str) -> bool {
    part.chars().all(char::is_alphabetic)
}

/// The key of what users type for a name: its [`name_key`] without spaces. “MI7”,
/// “M:I 7” and “m i 7” have the same one.
pub fn alias_key(kind: EntityKind, name: &str) -> String {
    name_key(kind, name).replace(' ', "")
}

/// The alias keys of a name for every kind; all kinds but works share one.
pub struct AliasKeys {
    /// The key as a work.
    pub work: String,
    /// The key as any other kind.
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
        same(Organization, "Guns N’ Roses", "Guns and Roses");
        same(Person, "Beyoncé Knowles", "Beyonce Knowles");
        apart(Organization, "Paramount+", "Paramount");
        apart(Work, "Toy Story 3", "Toy Story 4");
        apart(Work, "Dune", "Dune: Part Two");
        assert_eq!(name_key(Work, "The"), "the");
        assert_eq!(alias_key(Work, "M:I 7"), alias_key(Work, "MI7"));
    }

    #[test]
    fn keys_are_folded_words() {
        let check = |kind, name: &str, expected: &str| assert_eq!(name_key(kind, name), expected);
        check(Work, "Harbor, Chapter Ten", "harbor chapter 10");
        check(Work, "One Day", "one day");
        check(Person, "Malcolm X", "malcolm x");
        check(Work, "Harbor X", "harbor 10");
        check(Person, "J. R. R. Tolkien", "jrr tolkien");
        check(Work, "A B", "a b");
        check(Organization, "A&E", "a and e");
        check(Organization, "The The", "the");
        check(Work, "", "");
        assert_eq!(AliasKeys::of("Rocky II").key(Work), "rocky2");
        assert_eq!(AliasKeys::of("Rocky II").key(Organization), "rockyii");
    }
}
