//! Pairs of names that look like one: nicknames, middle names, initials,
//! slips of the pen.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::EntityKind;
use crate::link::nicknames::{groups_of, same_given_name};
use crate::link::people::folded_words;

use super::{ArchiveNames, Links, NameNumber, Rule};

/// The fewest letters of a name in which one may be a slip.
const SLIP_LETTERS: usize = 10;
/// How much oftener the right spelling stands than the slip.
const SLIP_RATIO: u32 = 4;
/// Bearers of one surname that are compared one by one.
const COMPARED: usize = 2000;

/// Two names that look like one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// The one in fewer articles.
    pub from: NameNumber,
    pub to: NameNumber,
    pub rule: Rule,
}

/// All pairs that look alike and are not linked yet, each once.
pub(super) fn pairs(names: &ArchiveNames, links: &Links) -> Vec<Pair> {
    let mut seen = FxHashSet::default();
    let mut pairs = Vec::new();
    let mut add = |a: NameNumber, b: NameNumber, rule: Rule| {
        let rank = |id: NameNumber| (names.of(id).articles, std::cmp::Reverse(id));
        let (from, to) = if rank(a) < rank(b) { (a, b) } else { (b, a) };
        if links.root(from) != links.root(to) && seen.insert((from, to)) {
            pairs.push(Pair { from, to, rule });
        }
    };
    for group in by_surname(names, links) {
        for (at, (a, first)) in group.iter().enumerate() {
            for (b, second) in &group[at + 1..] {
                if let Some(rule) = alike(first, second) {
                    add(*a, *b, rule);
                }
            }
        }
    }
    slips(names, links, &mut add);
    pairs
}

type Bearer = (NameNumber, Vec<String>);

/// People and characters by kind and surname, those with a generation mark
/// left out: parents and children are two.
fn by_surname(names: &ArchiveNames, links: &Links) -> Vec<Vec<Bearer>> {
    let mut groups: FxHashMap<(EntityKind, String), Vec<Bearer>> = FxHashMap::default();
    for (id, facts) in names.living() {
        let human = matches!(facts.kind, EntityKind::Person | EntityKind::Character);
        if !human || links.is_linked(id) {
            continue;
        }
        let words = folded_words(&facts.name);
        let marked = matches!(words.last().map(String::as_str), Some("jr" | "sr" | "ii" | "iii" | "iv"));
        if let (2 | 3, false, Some(surname)) = (words.len(), marked, words.last()) {
            groups.entry((facts.kind, surname.clone())).or_default().push((id, words));
        }
    }
    let mut groups: Vec<_> = groups.into_iter().filter(|(_, g)| (2..=COMPARED).contains(&g.len())).collect();
    groups.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Why two names of one surname may be one.
fn alike(a: &[String], b: &[String]) -> Option<Rule> {
    let (given_a, given_b) = (a[0].as_str(), b[0].as_str());
    let initial = |short: &str, long: &str| short.len() == 1 && long.len() > 1 && long.starts_with(short);
    if a.len() != b.len() {
        return (given_a == given_b).then_some(Rule::MiddleName);
    }
    if a.len() == 3 && !(a[1].starts_with(&b[1]) || b[1].starts_with(&a[1])) {
        return None;
    }
    if given_a == given_b {
        return (a.len() == 3 && a[1] != b[1]).then_some(Rule::MiddleName);
    }
    if a.len() == 2 && !groups_of(given_a).is_empty() && same_given_name(given_a, given_b) {
        return Some(Rule::Nickname);
    }
    (initial(given_a, given_b) || initial(given_b, given_a)).then_some(Rule::Initial)
}

/// Names of two words or more, one letter apart, one of them far more frequent.
fn slips(names: &ArchiveNames, links: &Links, add: &mut impl FnMut(NameNumber, NameNumber, Rule)) {
    let mut blocks: FxHashMap<(EntityKind, String), Vec<(NameNumber, String)>> = FxHashMap::default();
    for (id, facts) in names.living().filter(|(id, _)| !links.is_linked(*id)) {
        let words = folded_words(&facts.name);
        let joined = words.join(" ");
        if words.len() < 2 || joined.len() < SLIP_LETTERS || joined.bytes().any(|b| b.is_ascii_digit()) {
            continue;
        }
        // A slip leaves the first word or the last as it is.
        let halves = [format!("<{}", &words[0]), format!(">{}", &words[words.len() - 1])];
        for half in halves {
            blocks.entry((facts.kind, half)).or_default().push((id, joined.clone()));
        }
    }
    let mut blocks: Vec<_> = blocks.into_iter().filter(|(_, b)| (2..=COMPARED).contains(&b.len())).collect();
    blocks.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    for (_, block) in blocks {
        for (at, (a, first)) in block.iter().enumerate() {
            for (b, second) in &block[at + 1..] {
                let (few, many) = minmax(names.of(*a).articles, names.of(*b).articles);
                let near = first.len().abs_diff(second.len()) <= 1 && many >= SLIP_RATIO * few;
                if near && strsim::osa_distance(first, second) == 1 {
                    add(*a, *b, Rule::Slip);
                }
            }
        }
    }
}

fn minmax(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}
