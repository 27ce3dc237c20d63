//! Who sent a message: a person, who is its author, or an outlet, its source.

use mail_parser::Message;

use crate::read::records::people::is_collective;

/// What the sender of a message is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sender {
    pub(super) author: Option<String>,
    pub(super) source: Option<String>,
}

impl Sender {
    /// By the first address in `From`.
    pub(super) fn of(message: &Message<'_>) -> Self {
        let Some(first) = message.from().and_then(|from| from.first()) else { return Self::default() };
        let address = first.address().unwrap_or_default();
        match first.name().map(str::trim).filter(|name| !name.is_empty() && !name.contains('@')) {
            Some(name) => Self::named(name, address),
            None => Self { author: None, source: first.address().map(str::to_owned) },
        }
    }

    /// By the name and the address.
    fn named(name: &str, address: &str) -> Self {
        let name = name.trim_matches(['"', '\'']).trim();
        let owned = |part: &str| Some(part.trim().to_owned()).filter(|part| !part.is_empty());
        // `Lee, Ann`, as offices write it.
        if let Some((family, given)) = name.split_once(", ") {
            let turned = format!("{given} {family}");
            if !turned.contains(',') && is_person(&turned, address) {
                return Self { author: Some(turned), source: None };
            }
        }
        for between in [" via ", " at ", " from ", " | ", " @ ", " (", ", "] {
            let Some((person, outlet)) = name.split_once(between) else { continue };
            let outlet = outlet.trim_end_matches(')');
            if is_person(person, address) && !is_person(outlet, "") {
                return Self { author: owned(person), source: owned(outlet) };
            }
        }
        if is_person(name, address) {
            return Self { author: owned(name), source: None };
        }
        Self { author: None, source: owned(name) }
    }
}

/// Whether a name is that of a person: two to four words in capitals and small
/// letters, none of them one of outlets, and not the name of the host.
fn is_person(name: &str, address: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_word = |word: &&str| {
        let letters = word.trim_end_matches('.').split(['-', '\'', '’']).filter(|part| !part.is_empty());
        let mut letters = letters.peekable();
        letters.peek().is_some() && letters.all(|part| part.chars().all(char::is_alphabetic))
    };
    let begins = |word: &&str| word.starts_with(char::is_uppercase);
    let particle = |word: &&str| ["de", "van", "von", "der", "da", "di", "del", "la", "le", "al", "bin"].contains(word);
    (2..=4).contains(&words.len())
        && words.iter().all(|word| is_word(word) && (begins(word) || particle(word)))
        && words.first().is_some_and(begins)
        && words.last().is_some_and(begins)
        && !is_collective(name)
        && !is_host(&words, address)
}

/// Whether the words of a name are the host of an address: `Rolling Stone` of
/// `news@rollingstone.example`.
fn is_host(words: &[&str], address: &str) -> bool {
    let host = address.rsplit('@').next().unwrap_or_default().to_lowercase();
    let joined: String = words.concat().to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let local = address.split('@').next().unwrap_or_default().to_lowercase();
    // Somebody's own domain, `ann@annlee.example`, is one of a person.
    let own = words.first().is_some_and(|first| local == first.to_lowercase());
    !own && host.split('.').any(|label| label.replace('-', "").contains(&joined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_outlets() {
        for (name, address, author, source) in [
            ("Ann Lee", "ann@reel.example", Some("Ann Lee"), None),
            ("Ann M. Lee-Ray", "a@b.example", Some("Ann M. Lee-Ray"), None),
            ("Ludwig van Lee", "a@b.example", Some("Ludwig van Lee"), None),
            ("Reel Desk", "desk@reel.example", None, Some("Reel Desk")),
            ("Variety Newsletter", "n@variety.example", None, Some("Variety Newsletter")),
            ("Silver Screen", "news@silverscreen.example", None, Some("Silver Screen")),
            ("Ann Lee", "ann@annlee.example", Some("Ann Lee"), None),
            ("Ann Lee via Reel", "a@b.example", Some("Ann Lee"), Some("Reel")),
            ("Ann Lee at Reel News", "a@b.example", Some("Ann Lee"), Some("Reel News")),
            ("Ann Lee (Reel)", "a@b.example", Some("Ann Lee"), Some("Reel")),
            ("Lee, Ann M.", "a@b.example", Some("Ann M. Lee"), None),
            ("Reel, Inc", "a@b.example", None, Some("Reel, Inc")),
            ("The Evening Reel", "a@b.example", None, Some("The Evening Reel")),
            ("reel", "a@b.example", None, Some("reel")),
            ("Reel 24", "a@b.example", None, Some("Reel 24")),
            ("\"Ann Lee\"", "a@b.example", Some("Ann Lee"), None),
        ] {
            let owned = |value: Option<&str>| value.map(str::to_owned);
            let expected = Sender { author: owned(author), source: owned(source) };
            assert_eq!(Sender::named(name, address), expected, "{name}");
        }
    }
}
