//! The gazetteer: folded names to classes, in a finite-state map.

mod classes;
mod fst_map;
mod prefix;

pub use classes::{ClassStrengths, NameClass};
pub(super) use prefix::{FstState, PrefixCursor};

use fst_map::SHIPPED;

/// Names by their folded words, separated by single spaces.
///
/// ```
/// use newsearch::internals::recognize::{Gazetteer, NameClass};
/// let gazetteer = Gazetteer::default();
/// assert!(gazetteer.classes("tom cruise").strength(NameClass::Person) > 0);
/// assert!(!gazetteer.classes("no such name at all").is_name());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Gazetteer {
    names: bool,
}

impl Default for Gazetteer {
    fn default() -> Self {
        Self::new(true)
    }
}

impl Gazetteer {
    /// The gazetteer compiled into newsearch; without `names` it knows
    /// common words only.
    pub fn new(names: bool) -> Self {
        Self { names }
    }

    /// The classes of a folded name; all 0 for a name that is not listed.
    pub fn classes(self, name: &str) -> ClassStrengths {
        self.look_up(name).1
    }

    /// The state after a folded word, if any listed name starts with its bytes,
    /// and the classes of the word itself.
    pub(super) fn look_up(self, word: &str) -> (Option<FstState>, ClassStrengths) {
        let Some(map) = SHIPPED.as_ref() else { return (None, ClassStrengths::default()) };
        let fst = map.as_fst();
        let state = FstState::root(fst).advance(fst, word.bytes());
        let classes = state.and_then(|state| state.classes(fst)).unwrap_or_default();
        (state, if self.names { classes } else { classes.common() })
    }

    /// A cursor over the listed names that start with a word, given what
    /// [`Gazetteer::look_up`] returned for that word.
    pub(super) fn names_from(self, state: Option<FstState>, classes: ClassStrengths) -> PrefixCursor {
        if self.names { PrefixCursor::new(state, classes) } else { PrefixCursor::new(None, ClassStrengths::default()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The classes that a cursor and a lookup of the whole agree on.
    fn classes_of(gazetteer: Gazetteer, name: &str) -> ClassStrengths {
        let mut words = name.split(' ');
        let (state, classes) = gazetteer.look_up(words.next().unwrap_or_default());
        let mut cursor = gazetteer.names_from(state, classes);
        words.for_each(|word| cursor.push(word));
        cursor.classes
    }

    #[test]
    fn a_cursor_finds_what_a_lookup_of_the_whole_name_finds() {
        for name in ["tom cruise", "new york city", "paris", "tom no such name", "zzzz cruise", "the"] {
            let gazetteer = Gazetteer::default();
            assert_eq!(classes_of(gazetteer, name), gazetteer.classes(name), "{name}");
        }
        assert!(classes_of(Gazetteer::default(), "tom cruise").strength(NameClass::Person) > 0);
    }

    #[test]
    fn without_names_only_common_words_are_left() {
        fn check(name: &str, common: bool) {
            let classes = Gazetteer::new(false).classes(name);
            assert!(!classes.is_name(), "{name}");
            assert_eq!(classes.strength(NameClass::Common) > 0, common, "{name}");
        }
        check("tom cruise", false);
        check("paris", false);
        check("house", true);
        assert_eq!(classes_of(Gazetteer::new(false), "new york"), ClassStrengths::default());
    }
}
