//! Nobility: “Prince Harry”, “Meghan, Duchess of Sussex”.

use crate::article::{EntityKind, Mention};

/// Titles that belong to the name of who has no surname.
const BEFORE: &[&str] = &["Prince", "Princess", "King", "Queen", "Pope", "Emperor", "Empress"];

/// Titles of a place.
const NOBLE: &[&str] = &[
    "Duchess", "Duke", "Prince", "Princess", "Queen", "King", "Earl", "Countess", "Count", "Baron", "Baroness", "Lord",
    "Lady", "Marquess",
];

/// Puts the title before a single name: “Harry” in “Prince Harry”.
pub(super) fn precede(text: &str, mentions: &mut [Mention]) {
    let mut before_end = 0;
    for mention in mentions.iter_mut() {
        let between = text.get(before_end..mention.span.start).unwrap_or("");
        before_end = mention.span.end;
        if mention.kind != EntityKind::Person || mention.name.contains(' ') {
            continue;
        }
        let word = between.strip_suffix(' ').and_then(|rest| rest.rsplit(|c: char| !c.is_alphabetic()).next());
        if let Some(title) = BEFORE.iter().find(|title| word == Some(title)) {
            mention.name = format!("{title} {}", mention.name);
        }
    }
}

/// Makes one person of a name and the title in apposition to it, all over the
/// article: “Meghan, Duchess of Sussex … the Duchess of Sussex”.
pub(super) fn join(text: &str, mentions: &mut [Mention]) {
    let styles: Vec<(String, &str)> = mentions
        .iter()
        .filter(|mention| mention.kind == EntityKind::Person)
        .filter_map(|mention| Some((mention.name.clone(), title_after(&text[mention.span.end..])?)))
        .collect();
    for (name, title) in styles {
        let full = if name.contains(' ') { name.clone() } else { format!("{name}, {title}") };
        for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Person) {
            if mention.name == name || mention.name == title {
                mention.name.clone_from(&full);
            }
        }
    }
}

/// “Duchess of Sussex” where the text goes on “, the Duchess of Sussex”.
fn title_after(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(", ")?;
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let (title, place) = rest.split_once(" of ")?;
    if !NOBLE.contains(&title) || !place.starts_with(char::is_uppercase) {
        return None;
    }
    let end = place.find(|c: char| !c.is_alphanumeric()).unwrap_or(place.len());
    Some(&rest[..title.len() + " of ".len() + end])
}

#[cfg(test)]
mod tests {
    use super::title_after;

    #[test]
    fn titles_of_a_place_are_seen() {
        assert_eq!(title_after(", the Duchess of Sussex, said"), Some("Duchess of Sussex"));
        assert_eq!(title_after(", King of the hill"), None);
        assert_eq!(title_after(" Duchess of Sussex"), None);
    }
}
