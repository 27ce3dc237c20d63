//! Parts of the names of organizations and works to the whole names: “Fallen Kingdom” for
//! “Jurassic World: Fallen Kingdom”, “Fathom” for “Fathom Events”.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{EntityKind, Mention};

use super::known_names::canonical_known;
use super::name_key::name_key;

/// The fewest letters of a word that makes a part distinctive.
const DISTINCTIVE_LETTERS: usize = 4;

/// Gives mentions that are a part of exactly one longer name of the article that
/// name, unless the part is a well-known name itself.
pub(super) fn link_partial_names(mentions: &mut [Mention]) {
    let names = distinct(mentions);
    let mut longer: FxHashMap<(EntityKind, String), Vec<String>> = FxHashMap::default();
    for ((kind, key), name) in &names {
        for part in parts_of(*kind, key, name, &names) {
            longer.entry((*kind, part)).or_default().push(name.clone());
        }
    }
    for mention in mentions.iter_mut().filter(|mention| is_open(mention)) {
        let key = name_key(mention.kind, &mention.name);
        if let Some([only]) = longer.get(&(mention.kind, key)).map(Vec::as_slice) {
            mention.name.clone_from(only);
        }
    }
}

/// The names of an article by kind and key.
type Names = FxHashMap<(EntityKind, String), String>;

/// The names of works and organizations.
fn distinct(mentions: &[Mention]) -> Names {
    let has_parts = |m: &&Mention| matches!(m.kind, EntityKind::Work | EntityKind::Organization);
    mentions.iter().filter(has_parts).map(|m| ((m.kind, name_key(m.kind, &m.name)), m.name.clone())).collect()
}

/// Whether a mention may be short for another name: it is not known itself.
fn is_open(mention: &Mention) -> bool {
    mention.listed < 2
        && mention.name.chars().any(char::is_lowercase)
        && canonical_known(mention.kind, &mention.name).is_none()
}

/// The keys of the parts that may stand for a name: the beginnings and ends of an
/// organization; the subtitle of a work, or its end behind a title of the article.
fn parts_of(kind: EntityKind, key: &str, name: &str, names: &Names) -> FxHashSet<String> {
    let words: Vec<&str> = key.split(' ').collect();
    let distinctive = |part: &[&str]| {
        part.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= DISTINCTIVE_LETTERS)
    };
    let subtitle = name.rsplit_once(": ").or_else(|| name.rsplit_once(" – ")).map(|(_, end)| name_key(kind, end));
    let mut parts = FxHashSet::default();
    // “Parliament's House of Commons” is two names.
    if name.contains("'s ") || name.contains("’s ") {
        return parts;
    }
    for at in 1..words.len() {
        let (beginning, end) = (&words[..at], &words[at..]);
        let joined = end.join(" ");
        let ends = match kind {
            EntityKind::Work => subtitle.as_ref() == Some(&joined) || names.contains_key(&(kind, beginning.join(" "))),
            _ => true,
        };
        if ends && distinctive(end) {
            parts.insert(joined);
        }
        if kind == EntityKind::Organization && distinctive(beginning) {
            parts.insert(beginning.join(" "));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;
    use EntityKind::{Organization, Work};

    fn check(kind: EntityKind, names: &[&str], expected: &[&str]) {
        let mention = |name: &&str| Mention {
            span: Span::default(),
            kind,
            name: (*name).into(),
            confidence: 1.0,
            listed: 0,
            year: None,
        };
        let mut mentions: Vec<Mention> = names.iter().map(mention).collect();
        link_partial_names(&mut mentions);
        assert_eq!(mentions.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn parts_find_the_whole() {
        check(Work, &["Jurassic World: Fallen Kingdom", "Fallen Kingdom"], &["Jurassic World: Fallen Kingdom"; 2]);
        check(Work, &["Harbor – The Last Tide", "Last Tide"], &["Harbor – The Last Tide"; 2]);
        check(Work, &["Harbor: A Go", "A Go"], &["Harbor: A Go", "A Go"]);
        check(Organization, &["Ann's Harbor House", "Harbor House"], &["Ann's Harbor House", "Harbor House"]);
        check(Organization, &["Fathom Events", "FATHOM"], &["Fathom Events", "FATHOM"]);
        check(Work, &["Children of Dune", "Dune"], &["Children of Dune", "Dune"]);
        check(Organization, &["Fathom Events", "Fathom"], &["Fathom Events"; 2]);
        check(Organization, &["Fathom Events", "Fathom Labs", "Fathom"], &["Fathom Events", "Fathom Labs", "Fathom"]);
    }
}
