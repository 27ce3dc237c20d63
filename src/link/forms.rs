//! How a form that an article writes stands for a name.

use crate::article::EntityKind;

use super::key::name_key;
use super::known::canonical_known;
use super::nicknames::same_given_name;
use super::people::folded_words;

/// How `form` stands for `name`, for people to read: what linking within an
/// article goes by.
///
/// ```
/// use newsearch::article::EntityKind;
/// use newsearch::link::rule_of_form;
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
