//! Acronyms to the names that introduce them: “Directors Guild of America
//! (DGA)”.

use rustc_hash::FxHashMap;

use crate::article::{Article, EntityKind, Mention};

pub(super) fn link(article: &Article, mentions: &mut [Mention]) {
    let mut introduced: FxHashMap<String, (EntityKind, String)> = FxHashMap::default();
    for pair in mentions.windows(2) {
        let [long, short] = pair else { continue };
        let gap = article.text.get(long.span.end..short.span.start).unwrap_or("");
        let closed = article.text[short.span.end..].starts_with(')');
        if gap == " (" && closed && abbreviates(&short.name, &long.name) {
            introduced.insert(short.name.clone(), (long.kind, long.name.clone()));
        }
    }
    if introduced.is_empty() {
        return;
    }
    for mention in mentions.iter_mut() {
        if let Some((kind, name)) = introduced.get(&mention.name) {
            mention.kind = *kind;
            mention.name.clone_from(name);
        }
    }
}

/// Whether capitals are the initials of a name's words, small words optional.
fn abbreviates(short: &str, long: &str) -> bool {
    let capitals: String = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let all: String = long.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
    let main: String = all.chars().filter(|c| c.is_uppercase()).collect();
    capitals.chars().count() >= 2 && (capitals == main || capitals.eq_ignore_ascii_case(&all))
}
