//! Initials of works, events and organizations: “LOTR” of “The Lord of the Rings”.

use crate::article::{EntityKind, Language};
use crate::segment::with_stemmer;

use super::name_key::name_key;

/// The fewest words of a name that is called by its initials, numbers among them.
const MIN_WORDS: usize = 3;
/// The letters and digits of initials.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=7;

/// The initials that a name may be called by, in lower case: those of all its words, and
/// those without its small words. Numbers stay whole: “mi7”, “gotg3”. Only of works, events
/// and organizations of three words or more.
///
/// ```
/// use newsearch::EntityKind::Work;
/// use newsearch::internals::link::initials;
/// assert_eq!(initials(Work, "The Lord of the Rings"), ["lotr"]);
/// assert_eq!(initials(Work, "Mission: Impossible VII"), ["mi7"]);
/// ```
pub fn initials(kind: EntityKind, name: &str) -> Vec<String> {
    if !matches!(kind, EntityKind::Work | EntityKind::Event | EntityKind::Organization) {
        return Vec::new();
    }
    let key = name_key(kind, name);
    let part_words = Language::default().tables().part_words;
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty() && !part_words.contains(word)).collect();
    if words.len() < MIN_WORDS {
        return Vec::new();
    }
    let is_small = |word: &&&str| with_stemmer(|stemmer| stemmer.is_function_word(word));
    let all: String = words.iter().map(|word| initial(word)).collect();
    let main: String = words.iter().filter(|word| !is_small(word)).map(|word| initial(word)).collect();
    let mut found = vec![all, main];
    found.dedup();
    found.retain(|initials| LENGTHS.contains(&initials.chars().count()) && initials.starts_with(char::is_alphabetic));
    found
}

/// The first letter of a word, or a number.
fn initial(word: &str) -> &str {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let first = word.chars().next().map_or(0, char::len_utf8);
    if is_number { word } else { &word[..first] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityKind::{Event, Organization, Person, Work};

    #[test]
    fn initials_of_names() {
        let check = |kind, name: &str, expected: &[&str]| assert_eq!(initials(kind, name), expected, "{name}");
        check(Work, "Game of Thrones", &["got"]);
        check(Work, "Guardians of the Galaxy Vol. 3", &["gotg3", "gg3"]);
        check(Work, "How I Met Your Mother", &["himym"]);
        check(Work, "Grand Theft Auto VI", &["gta6"]);
        check(Event, "New York Film Festival", &["nyff"]);
        check(Organization, "Directors Guild of America", &["dgoa", "dga"]);
        check(Work, "Wicked", &[]);
        check(Work, "Top Gun", &[]);
        check(Person, "Sarah Jessica Parker", &[]);
        check(Work, "2001: A Space Odyssey", &[]);
        check(Work, "", &[]);
    }
}
