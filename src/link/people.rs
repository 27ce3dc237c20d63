//! Surnames and first names to the full names of the same article.

use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Mention};
use crate::segment::fold;

use super::article::is_human;
use super::key::name_key;

/// How much oftener one full name must stand than all others of its surname
/// together for the surname to mean it.
const DOMINANCE: usize = 2;

/// A full name of the article.
struct Full {
    kind: EntityKind,
    name: String,
    words: Vec<String>,
    count: usize,
    /// Index of its first mention.
    first: usize,
}

/// Links short forms; those of the article's own people that stay ambiguous are
/// marked so in `own`, and mean nobody from outside the article.
pub(super) fn link(mentions: &mut [Mention], own: &mut [bool]) {
    let fulls = full_names(mentions);
    for (at, mention) in mentions.iter_mut().enumerate().filter(|(_, mention)| is_human(mention)) {
        let words = folded_words(&mention.name);
        if let Some(full) = meant_by(&fulls, mention, &words, at) {
            mention.name.clone_from(&full.name);
        }
        own[at] = fulls.iter().any(|full| full.words.len() > words.len() && stands_for(&words, &full.words));
    }
}

fn folded_words(name: &str) -> Vec<String> {
    name.split_whitespace().map(|word| fold(word.trim_end_matches(['.', ',']))).collect()
}

fn full_names(mentions: &[Mention]) -> Vec<Full> {
    let mut fulls: Vec<Full> = Vec::new();
    let mut seen: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| is_human(m)) {
        let words = folded_words(&mention.name);
        if words.len() < 2 {
            continue;
        }
        let slot = *seen.entry((mention.kind, name_key(mention.kind, &mention.name))).or_insert_with(|| {
            fulls.push(Full { kind: mention.kind, name: mention.name.clone(), words, count: 0, first: at });
            fulls.len() - 1
        });
        fulls[slot].count += 1;
    }
    fulls
}

/// The one full name that a shorter mention can stand for.
fn meant_by<'f>(fulls: &'f [Full], mention: &Mention, words: &[String], at: usize) -> Option<&'f Full> {
    let fits =
        |full: &&Full| full.kind == mention.kind && full.words.len() > words.len() && stands_for(words, &full.words);
    let fitting: Vec<&Full> = fulls.iter().filter(fits).collect();
    match fitting[..] {
        [] => None,
        [only] => Some(only),
        _ => {
            // “Smith” is Will Smith; of Jada Pinkett Smith one says Pinkett Smith.
            let mut whole = fitting.iter().filter(|full| full.words[1..] == *words);
            if let (Some(only), None) = (whole.next(), whole.next()) {
                return Some(only);
            }
            let best = fitting.iter().max_by_key(|full| full.count)?;
            let others: usize = fitting.iter().map(|full| full.count).sum::<usize>() - best.count;
            let introduced = best.first < at && fitting.iter().all(|full| full.first >= best.first);
            (introduced && best.count >= DOMINANCE * others).then_some(best)
        }
    }
}

/// Whether the words are the end of a full name (a generation mark aside) or
/// its start.
fn stands_for(words: &[String], full: &[String]) -> bool {
    let bare = match full.last().map(String::as_str) {
        Some("jr" | "sr" | "ii" | "iii" | "iv") => &full[..full.len() - 1],
        _ => full,
    };
    bare.ends_with(words) || full.starts_with(words)
}
