//! Spellings and initials of titles to their main form in the article.

use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Mention};

use super::name_key::name_key;

/// Gives works the main form of their title.
pub(super) fn link_titles(mentions: &mut [Mention]) {
    let forms = spelled_forms(mentions);
    let by_initials = initials_index(&forms);
    for mention in mentions.iter_mut().filter(|m| m.kind == EntityKind::Work) {
        let key = name_key(EntityKind::Work, &mention.name);
        if let Some(Some(long)) = by_initials.get(&key) {
            mention.name = long.clone();
        } else if let Some(form) = forms.get(&key) {
            mention.name = form.clone();
        }
    }
}

/// For each key the most frequent form; of equals the longest, which has the
/// punctuation of the real title.
fn spelled_forms(mentions: &[Mention]) -> FxHashMap<String, String> {
    let mut counts: FxHashMap<(String, &str), usize> = FxHashMap::default();
    for mention in mentions.iter().filter(|m| m.kind == EntityKind::Work) {
        *counts.entry((name_key(EntityKind::Work, &mention.name), &mention.name)).or_default() += 1;
    }
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by(|a, b| (a.1, a.0.1.len(), a.0.1).cmp(&(b.1, b.0.1.len(), b.0.1)));
    ranked.into_iter().map(|((key, form), _)| (key, form.to_owned())).collect()
}

/// The titles of the article by initials and number: “mi 7” for “Mission: Impossible
/// 7”. `None` if two titles share them.
fn initials_index(forms: &FxHashMap<String, String>) -> FxHashMap<String, Option<String>> {
    let mut index: FxHashMap<String, Option<String>> = FxHashMap::default();
    for (key, form) in forms {
        let Some(initials) = initials(key) else { continue };
        index.entry(initials).and_modify(|known| *known = None).or_insert_with(|| Some(form.clone()));
    }
    index
}

/// The initials of a key, with its numbers: “mission impossible 7” to “mi 7”. `None`
/// for titles of one word.
pub(super) fn initials(key: &str) -> Option<String> {
    let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<&str> = key.split(' ').collect();
    let letters: String = words.iter().filter(|w| !is_number(w)).filter_map(|w| w.chars().next()).collect();
    let mut initials = letters;
    if initials.chars().count() < 2 {
        return None;
    }
    for number in words.iter().filter(|w| is_number(w)) {
        initials.push(' ');
        initials.push_str(number);
    }
    Some(initials)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    #[test]
    fn initials_keep_numbers_apart() {
        let check = |key: &str, expected: Option<&str>| assert_eq!(initials(key).as_deref(), expected, "{key}");
        check("mission impossible 7", Some("mi 7"));
        check("game of thrones", Some("got"));
        check("2 fast 2 furious", Some("ff 2 2"));
        check("rocky 2", None);
        check("", None);
    }

    #[test]
    fn initials_find_the_title_of_their_number() {
        let names = ["Mission: Impossible 7", "M:I 7", "Mission Impossible", "M: I", "M:I 9"];
        let mut mentions: Vec<_> = names
            .iter()
            .map(|name| Mention {
                span: Span::default(),
                kind: EntityKind::Work,
                name: (*name).into(),
                confidence: 1.0,
                listed: 0,
                year: None,
            })
            .collect();
        link_titles(&mut mentions);
        let linked: Vec<_> = mentions.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(
            linked,
            ["Mission: Impossible 7", "Mission: Impossible 7", "Mission Impossible", "Mission Impossible", "M:I 9"]
        );
    }
}
