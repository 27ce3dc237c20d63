//! Titles of nobility: “Prince Harry”, “Meghan, Duchess of Sussex”.

use crate::article::{EntityKind, Language, Mention};

/// Adds the title before a single name to it: “Harry” in “Prince Harry”.
pub(super) fn add_regnal_titles(text: &str, mentions: &mut [Mention]) {
    let mut before_end = 0;
    for mention in mentions.iter_mut() {
        let between = text.get(before_end..mention.span.start).unwrap_or("");
        before_end = mention.span.end;
        if mention.kind != EntityKind::Person || mention.name.contains(' ') {
            continue;
        }
        let word = between.strip_suffix(' ').and_then(|rest| rest.rsplit(|c: char| !c.is_alphabetic()).next());
        if let Some(title) = Language::default().tables().regnal_titles.iter().find(|title| word == Some(title)) {
            mention.name = format!("{title} {}", mention.name);
        }
    }
}

/// Links a name and the title in apposition to it throughout the article: “Meghan,
/// Duchess of Sussex … the Duchess of Sussex”.
pub(super) fn join_noble_titles(text: &str, mentions: &mut [Mention]) {
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

/// The title that a text begins with in apposition: “, the Duchess of Sussex”.
fn title_after(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(", ")?;
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let (title, place) = rest.split_once(" of ")?;
    if !Language::default().tables().noble_titles.contains(&title) || !place.starts_with(char::is_uppercase) {
        return None;
    }
    let end = place.find(|c: char| !c.is_alphanumeric()).unwrap_or(place.len());
    Some(&rest[..title.len() + " of ".len() + end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    fn people(text: &str, names: &[&str]) -> Vec<Mention> {
        let mut from = 0;
        let mention = |name: &&str| {
            let start = from + text[from..].find(name).expect("a name of the text");
            from = start + name.len();
            let kind = EntityKind::Person;
            let span = Span::new(start, from);
            Mention { span, kind, name: (*name).to_owned(), confidence: 1.0, listed: 0, year: None }
        };
        names.iter().map(mention).collect()
    }

    #[test]
    fn titles_before_single_names_are_added() {
        let check = |text: &str, name: &str, expected: &str| {
            let mut mentions = people(text, &[name]);
            add_regnal_titles(text, &mut mentions);
            assert_eq!(mentions[0].name, expected, "{text}");
        };
        check("when Prince Harry left", "Harry", "Prince Harry");
        check("when “Queen Maud left", "Maud", "Queen Maud");
        check("when Prince, Harry left", "Harry", "Harry");
        check("when Prince Harry Lee left", "Harry Lee", "Harry Lee");
        check("Harry left", "Harry", "Harry");
    }

    #[test]
    fn titles_in_apposition_are_joined() {
        let text = "Maud, Duchess of Sussex, left. Maud and the Duchess of Sussex are one.";
        let mut mentions = people(text, &["Maud", "Maud", "Duchess of Sussex"]);
        join_noble_titles(text, &mut mentions);
        assert!(mentions.iter().all(|mention| mention.name == "Maud, Duchess of Sussex"), "{mentions:?}");
        let text = "Maud Lee, Countess of Avon, left. The Countess of Avon is back.";
        let mut mentions = people(text, &["Maud Lee", "Countess of Avon", "Countess of Avon"]);
        join_noble_titles(text, &mut mentions);
        assert!(mentions.iter().all(|mention| mention.name == "Maud Lee"), "{mentions:?}");
    }

    #[test]
    fn titles_of_a_place_are_seen() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(title_after(text), expected, "{text}");
        check(", the Duchess of Sussex, said", Some("Duchess of Sussex"));
        check(", Earl of Avon", Some("Earl of Avon"));
        check(", King of the hill", None);
        check(", Mayor of Avon", None);
        check(" Duchess of Sussex", None);
    }
}
