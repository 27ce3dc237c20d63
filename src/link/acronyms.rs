//! Acronyms to the names that introduce them: “Directors Guild of America
//! (DGA)”.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Article, EntityKind, Mention};

/// Letters of an acronym that needs no parentheses to be one.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=6;

/// Gives acronyms the long names they stand for, and returns those names.
pub(super) fn link(article: &Article, mentions: &mut [Mention]) -> FxHashSet<String> {
    let mut introduced = in_parentheses(article, mentions);
    for (short, long) in by_initials(mentions) {
        introduced.entry(short).or_insert(long);
    }
    for mention in mentions.iter_mut() {
        if let Some((kind, name)) = introduced.get(&mention.name) {
            mention.kind = *kind;
            mention.name.clone_from(name);
        }
    }
    introduced.into_values().map(|(_, name)| name).collect()
}

type Introduced = FxHashMap<String, (EntityKind, String)>;

fn in_parentheses(article: &Article, mentions: &[Mention]) -> Introduced {
    let mut introduced = Introduced::default();
    for pair in mentions.windows(2) {
        let [long, short] = pair else { continue };
        let gap = article.text.get(long.span.end..short.span.start).unwrap_or("");
        let closed = article.text[short.span.end..].starts_with(')');
        if gap == " (" && closed && abbreviates(&short.name, &long.name) {
            introduced.insert(short.name.clone(), (long.kind, long.name.clone()));
        }
    }
    introduced
}

/// Acronyms that are the initials of exactly one name of the article.
fn by_initials(mentions: &[Mention]) -> Introduced {
    let spells = |m: &&Mention| matches!(m.kind, EntityKind::Organization | EntityKind::Event);
    let mut named: FxHashMap<String, Option<(EntityKind, String)>> = FxHashMap::default();
    for long in mentions.iter().filter(spells) {
        let initials = capitals_of_words(&long.name);
        if LETTERS.contains(&initials.len()) {
            let known = named.entry(initials).or_insert_with(|| Some((long.kind, long.name.clone())));
            if known.as_ref().is_some_and(|(_, name)| *name != long.name) {
                *known = None;
            }
        }
    }
    let shorts = mentions.iter().filter(spells).filter(|m| m.name.bytes().all(|b| b.is_ascii_uppercase() || b == b'.'));
    shorts.filter_map(|m| Some((m.name.clone(), named.get(&m.name.replace('.', ""))?.clone()?))).collect()
}

fn capitals_of_words(name: &str) -> String {
    let initials = name.split([' ', '-']).filter_map(|word| word.chars().next());
    initials.filter(|c| c.is_uppercase()).collect()
}

/// Whether capitals are the initials of a name's words, small words optional.
fn abbreviates(short: &str, long: &str) -> bool {
    let capitals: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let all: String = long.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
    let main = capitals_of_words(long);
    capitals.chars().count() >= 2 && (capitals == main || capitals.eq_ignore_ascii_case(&all))
}
