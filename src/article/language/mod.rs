//! What depends on the language that articles are written in.

mod english;
mod tables;

use jiff::civil::Weekday;

pub use tables::LanguageTables;

/// Roman numerals of the parts of works, in lower case, with their digits.
pub const ROMAN_NUMERALS: &[(&str, &str)] = &[
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

/// The language of articles and queries.
///
/// ```
/// use newsearch::internals::article::Language;
/// assert_eq!(Language::default(), Language::English);
/// assert_eq!(Language::English.tables().months[6], "july");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Language {
    /// English, American or British.
    #[default]
    English,
}

impl Language {
    /// Its word lists.
    pub const fn tables(self) -> &'static LanguageTables {
        match self {
            Self::English => &english::TABLES,
        }
    }

    /// The weekday that a lower-case word names.
    pub fn weekday(self, word: &str) -> Option<Weekday> {
        self.tables().weekdays.iter().find(|(name, _)| *name == word).map(|(_, day)| *day)
    }

    /// Whether a stem is that of a word that carries grammar rather than meaning.
    pub fn is_function_word(self, stem: &str) -> bool {
        self.tables().function_words.binary_search(&stem).is_ok()
    }

    /// Whether a folded word is a given name, whatever else it is.
    pub fn is_given_name(self, word: &str) -> bool {
        let tables = self.tables();
        let mut names = [tables.masculine_names, tables.feminine_names].into_iter();
        names.any(|names| names.split_ascii_whitespace().any(|name| name == word))
    }

    /// Whether a lower-case word names a weekday or a month, in full or shortened.
    pub fn is_calendar_word(self, word: &str) -> bool {
        let tables = self.tables();
        self.weekday(word).is_some() || tables.months.contains(&word) || tables.short_months.contains(&word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_sorted_and_looked_up_by_stem() {
        assert!(Language::English.tables().function_words.is_sorted());
        for (stem, expected) in [("the", true), ("whi", true), ("why", false), ("premier", false), ("", false)] {
            assert_eq!(Language::English.is_function_word(stem), expected, "{stem}");
        }
    }

    #[test]
    fn given_names_are_recognized() {
        for (word, expected) in [("william", true), ("mary", true), ("williams", false), ("film", false)] {
            assert_eq!(Language::English.is_given_name(word), expected, "{word}");
        }
    }

    #[test]
    fn calendar_words_are_recognized() {
        let check =
            |word: &str, expected: bool| assert_eq!(Language::English.is_calendar_word(word), expected, "{word}");
        check("july", true);
        check("sept", true);
        check("friday", true);
        check("jul", false);
        check("July", false);
        check("noon", false);
        assert_eq!(Language::English.weekday("sunday"), Some(Weekday::Sunday));
        assert_eq!(Language::English.weekday("june"), None);
    }

    #[test]
    fn searched_tables_are_sorted() {
        let tables = Language::English.tables();
        for table in
            [tables.function_words, tables.uninflected_words, tables.regular_speech_verbs, tables.unnamed_speakers]
        {
            assert!(table.is_sorted());
        }
    }

    #[test]
    fn no_given_name_has_two_genders() {
        let tables = Language::English.tables();
        for name in tables.masculine_names.split_ascii_whitespace() {
            assert!(!tables.feminine_names.split_ascii_whitespace().any(|other| other == name), "{name}");
        }
    }

    #[test]
    fn weekdays_are_in_order() {
        let mut days = Language::English.tables().weekdays.iter().zip(0..);
        assert!(days.all(|((_, day), at)| day.to_monday_zero_offset() == at));
    }
}
