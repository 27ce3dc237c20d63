//! The gender that pronouns and given names tell.

use crate::article::Language;

/// A grammatical gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Masculine,
    Feminine,
}

impl Gender {
    /// The gender of a common given name in lower case, if it nearly always has one.
    pub fn of_given_name(name: &str) -> Option<Self> {
        let tables = Language::default().tables();
        let has = |list: &str| list.split_ascii_whitespace().any(|known| known == name);
        Self::either(has(tables.masculine_names), || has(tables.feminine_names))
    }

    /// The gender of a pronoun or noun in lower case: “she”, “actress”.
    pub fn of_word(word: &str) -> Option<Self> {
        let tables = Language::default().tables();
        Self::either(tables.masculine.contains(&word), || tables.feminine.contains(&word))
    }

    fn either(masculine: bool, feminine: impl FnOnce() -> bool) -> Option<Self> {
        match masculine {
            true => Some(Self::Masculine),
            false => feminine().then_some(Self::Feminine),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Gender::{self, Feminine, Masculine};

    #[test]
    fn given_names_tell_the_gender() {
        let check = |name: &str, expected| assert_eq!(Gender::of_given_name(name), expected, "{name}");
        check("tom", Some(Masculine));
        check("hayley", Some(Feminine));
        check("pom", None);
        check("Tom", None);
        check("", None);
    }

    #[test]
    fn words_tell_the_gender() {
        let check = |word: &str, expected| assert_eq!(Gender::of_word(word), expected, "{word}");
        check("he", Some(Masculine));
        check("frontman", Some(Masculine));
        check("her", Some(Feminine));
        check("duchess", Some(Feminine));
        check("they", None);
        check("singer", None);
    }
}
