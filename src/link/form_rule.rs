//! The rule by which a form that an article uses stands for a name.

use crate::article::EntityKind;

use super::known_names::canonical_known;
use super::name_key::name_key;
use super::nicknames::same_given_name;
use super::people::folded_words;

/// A description of the rule by which linking within an article gives `form` the
/// name `name`.
///
/// ```
/// use newsearch::EntityKind;
/// use newsearch::internals::link::rule_of_form;
/// assert_eq!(rule_of_form(EntityKind::Person, "Cruise", "Tom Cruise"), "surname");
/// ```
pub fn rule_of_form(kind: EntityKind, form: &str, name: &str) -> &'static str {
    if form == name {
        return "as it is called";
    }
    if name_key(kind, form) == name_key(kind, name) {
        return "another spelling";
    }
    if canonical_known(kind, form).is_some_and(|known| name_key(kind, known) == name_key(kind, name)) {
        return "a well-known other name";
    }
    let (short, full) = (folded_words(form), folded_words(name));
    let glued = |words: &[String]| words.concat();
    let human = kind.is_human();
    match (&short[..], &full[..]) {
        _ if glued(&short) == glued(&full) => "glued together",
        ([only], [first, ..]) if human && only == first => "given name",
        (words, full) if human && full.ends_with(words) => "surname",
        ([only, ..], [first, ..]) if human && same_given_name(only, first) => "nickname",
        (words, full) if full.ends_with(words) || full.starts_with(words) => "a part of the name",
        _ if !form.chars().any(char::is_lowercase) => "initials",
        _ => "a form that the article introduces",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityKind::{Event, Organization, Person, Work};

    #[test]
    fn the_first_rule_that_fits_is_described() {
        let check = |kind, form: &str, name: &str, expected: &str| {
            assert_eq!(rule_of_form(kind, form, name), expected, "{form} for {name}");
        };
        check(Person, "Tom Cruise", "Tom Cruise", "as it is called");
        check(Work, "Rocky II", "Rocky 2", "another spelling");
        check(Event, "Oscars", "Academy Awards", "a well-known other name");
        check(Person, "Tom", "Tom Cruise", "given name");
        check(Person, "Cruise", "Tom Cruise", "surname");
        check(Person, "Benji", "Benjamin Dunn", "nickname");
        check(Organization, "Fathom", "Fathom Events", "a part of the name");
        check(Organization, "HWG", "Harbor Writers Guild", "initials");
        check(Organization, "the Guild", "Harbor Writers Union", "a form that the article introduces");
    }
}
