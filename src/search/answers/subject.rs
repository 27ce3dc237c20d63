//! The entities that a question is about.

use crate::article::EntityKind;
use crate::index::{Entities, EntityId};
use crate::segment::fold;

/// Words before and behind a name that are no part of it.
const BEFORE: &[&str] = &[
    "the character of",
    "the character",
    "character",
    "the new movie",
    "the new film",
    "the new series",
    "the new show",
    "the movie",
    "the film",
    "the series",
    "the tv series",
    "the show",
    "the musical",
    "the album",
    "the song",
    "the book",
    "the novel",
    "the new",
    "new",
    "the",
];
const BEHIND: &[&str] =
    &["the movie", "the film", "the series", "the musical", "movie", "film", "tv series", "series", "tv show", "show"];

/// The name of an entity, with all entities of one kind that have it.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    /// The name, as it was typed, but for words that are no part of it.
    pub name: String,
    pub entities: Vec<EntityId>,
}

impl Subject {
    /// The entities of the kinds that have the name, as it is or without the words around
    /// it; the first such name.
    pub fn new(entities: &Entities, name: &str, kinds: &[EntityKind]) -> Option<Self> {
        let found = |name: &&str| {
            let all = kinds.iter().flat_map(|kind| entities.written_as(name, Some(*kind)));
            let all: Vec<EntityId> = all.map(|(entity, _)| entity).collect();
            (!all.is_empty()).then(|| Self { name: (*name).to_owned(), entities: all })
        };
        spellings(name).iter().find_map(found)
    }

    /// The name as the archive writes it, else as it was typed.
    pub fn shown(&self, entities: &Entities) -> String {
        let known = self.entities.iter().filter_map(|entity| entities.name(*entity));
        known.into_iter().find(|known| self.is_written(known, entities)).unwrap_or(&self.name).to_owned()
    }

    /// Whether a text is the name that was typed, but for case and marks. “The” may be left
    /// out where the name is known with it: “Irishman” is “The Irishman”, but “Batman” is
    /// not “The Batman” unless the archive says so.
    pub fn is_written(&self, text: &str, entities: &Entities) -> bool {
        let (typed, written) = (key(&self.name), key(text));
        let bare = |key: &str| key.strip_prefix("the ").map(str::to_owned);
        typed == written
            || bare(&typed).is_some_and(|bare| bare == written)
                && self.entities.iter().filter_map(|entity| entities.name(*entity)).any(|name| key(name) == typed)
    }
}

/// What identifies a name: its letters and digits, and whether “the” is before them.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name);
    let bare = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    match bare.strip_prefix("the ") {
        Some(rest) => format!("the {}", letters(rest)),
        None => letters(bare),
    }
}

/// A name, then without words that are no part of it.
fn spellings(name: &str) -> Vec<&str> {
    let marks = |c: char| matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | ',' | ' ');
    let name = name.trim_matches(marks);
    let mut all = vec![name];
    let before = BEFORE.iter().find_map(|words| strip_words(name, words, true));
    all.extend(before);
    for name in [Some(name), before].into_iter().flatten() {
        all.extend(BEHIND.iter().find_map(|words| strip_words(name, words, false)));
    }
    all.iter().map(|name| name.trim_matches(marks)).filter(|name| !name.is_empty()).collect()
}

/// A name without some words at one end, whatever their case.
fn strip_words<'n>(name: &'n str, words: &str, before: bool) -> Option<&'n str> {
    let at = if before { words.len() } else { name.len().checked_sub(words.len())? };
    let (head, tail) = (name.get(..at)?, name.get(at..)?);
    let (cut, kept) = if before { (head, tail) } else { (tail, head) };
    let apart = if before { kept.starts_with(' ') } else { kept.ends_with(' ') };
    (cut.eq_ignore_ascii_case(words) && apart).then(|| kept.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_tried_without_the_words_around_them() {
        let check = |name: &str, expected: &[&str]| assert_eq!(spellings(name), expected, "{name}");
        check("Harbor", &["Harbor"]);
        check("the Harbor", &["the Harbor", "Harbor"]);
        check("the movie “Harbor”", &["the movie “Harbor", "Harbor"]);
        check("the new Harbor movie", &["the new Harbor movie", "Harbor movie", "the new Harbor", "Harbor"]);
        check("Scary Movie", &["Scary Movie", "Scary"]);
        check("Movie", &["Movie"]);
        check("", &[]);
    }

    #[test]
    fn names_are_the_same_but_for_marks() {
        let check = |a: &str, b: &str, expected| assert_eq!(key(a) == key(b), expected, "{a} {b}");
        check("The Harbor", "the harbor", true);
        check("The Harbor", "harbor", false);
        check("M*A*S*H", "mash", true);
        check("Spider-Man: No Way Home", "spiderman no way home", true);
        check("Harbor", "Harbor 2", false);
        check("Theater", "ater", false);
    }
}
