//! Pairs of names that look alike: nicknames, middle names, initials, typing errors.

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::EntityKind;
use crate::link::edit_distance::is_one_edit;
use crate::link::name_key::alias_key;
use crate::link::nicknames::{groups_of, same_given_name};
use crate::link::people::{folded_words, is_generation};
use crate::link::work_titles::initials;

use super::links::{Links, Rule};
use super::names::{ArchiveNames, NameFacts, NameNumber};

/// The fewest bytes of a name in which one may be a typing error.
const TYPO_BYTES: usize = 10;
/// The most names of a group that are compared pair by pair.
const MAX_COMPARED: usize = 2000;

/// Two names that look alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    /// The name in fewer articles.
    pub from: NameNumber,
    pub to: NameNumber,
    pub rule: Rule,
    /// The log odds that they are one entity, by the rule alone.
    pub odds: f32,
}

/// All pairs of names that look alike and are not linked yet, each once.
pub(super) fn candidate_pairs(names: &ArchiveNames, links: &Links) -> Vec<Pair> {
    let words = word_counts(names);
    let mut seen = FxHashSet::default();
    let mut pairs = Vec::new();
    let mut add = |a: NameNumber, b: NameNumber, rule: Rule| {
        // Of equals the shorter is the usual name; initials are linked to titles.
        let rank = |id: NameNumber| (names.of(id).articles, Reverse(names.of(id).name.len()), Reverse(id));
        let turned = rule != Rule::TitleInitials && rank(a) >= rank(b);
        let (from, to) = if turned { (b, a) } else { (a, b) };
        if links.root(from) != links.root(to) && seen.insert((from, to)) {
            pairs.push(Pair { from, to, rule, odds: odds(names, from, to, rule, &words) });
        }
    };
    let ((namesakes, typos), (styled, initials)) = rayon::join(
        || rayon::join(|| namesakes(names, links), || typos(names, links)),
        || (styles(names, links), title_initials(names, links)),
    );
    for (a, b, rule) in [namesakes, styled, initials, typos].into_iter().flatten() {
        add(a, b, rule);
    }
    pairs
}

/// Names that look alike, and by which rule.
type Alike = Vec<(NameNumber, NameNumber, Rule)>;

/// People with the same surname whose given names may be the same.
fn namesakes(names: &ArchiveNames, links: &Links) -> Alike {
    let bearers = by_surname(names, links);
    let found = compared(&bearers, |(_, a), (_, b)| alike(a, b)).into_iter();
    found.map(|((a, _), (b, _), rule)| (*a, *b, rule)).collect()
}

/// The pairs within groups for which `rule` returns a rule, in order.
fn compared<'g, T: Sync>(groups: &'g [Vec<T>], rule: fn(&T, &T) -> Option<Rule>) -> Vec<(&'g T, &'g T, Rule)> {
    let of_group = |group: &'g Vec<T>| {
        let with = move |(at, a)| group[at + 1..].iter().filter_map(move |b| Some((a, b, rule(a, b)?)));
        group.iter().enumerate().flat_map(with)
    };
    groups.par_iter().flat_map_iter(of_group).collect()
}

/// The log odds of a pair by its rule alone, set by hand.
fn odds(names: &ArchiveNames, from: NameNumber, to: NameNumber, rule: Rule, words: &FxHashMap<&str, u32>) -> f32 {
    match rule {
        // The rarer the error beside the right spelling, the more certain; less so if
        // other names have the word.
        Rule::OneEdit => {
            let (few, many) = (names.of(from), names.of(to));
            let wrong = few.words.iter().find(|word| !many.words.contains(word));
            let a_word = wrong.and_then(|wrong| words.get(wrong.as_str())).is_some_and(|names| *names > 2);
            (many.articles as f32 / few.articles as f32).ln() - if a_word { 3.0 } else { 0.5 }
        }
        // Initials with a number are distinctive.
        Rule::TitleInitials if names.of(from).key.bytes().any(|b| b.is_ascii_digit()) => 1.5,
        Rule::MiddleName => -1.5,
        Rule::Nickname => -2.0,
        Rule::Style if has_title_of(names, from, to) || has_title_of(names, to, from) => 2.5,
        Rule::Style => -2.5,
        _ => -3.0,
    }
}

/// Whether articles use the title in “Meghan, Duchess of Sussex” for the other.
fn has_title_of(names: &ArchiveNames, styled: NameNumber, other: NameNumber) -> bool {
    let Some((_, title)) = names.of(styled).name.split_once(", ") else { return false };
    let written = names.written.get(&alias_key(EntityKind::Person, title));
    written.is_some_and(|meant| meant.iter().any(|(id, count)| *id == other && *count > 0))
}

/// The number of names of two words or more that have a word.
fn word_counts(names: &ArchiveNames) -> FxHashMap<&str, u32> {
    let mut counts = FxHashMap::default();
    for (_, facts) in names.mentioned() {
        if facts.words.len() > 1 {
            facts.words.iter().for_each(|word| *counts.entry(word.as_str()).or_insert(0) += 1);
        }
    }
    counts
}

/// A name and its folded words.
type Bearer<'a> = (NameNumber, &'a [String]);

/// People and characters by kind and surname. Those with a generation mark are left
/// out: parents and children are different people.
fn by_surname<'a>(names: &'a ArchiveNames, links: &Links) -> Vec<Vec<Bearer<'a>>> {
    let mut groups: FxHashMap<(EntityKind, &str), Vec<Bearer<'_>>> = FxHashMap::default();
    for (id, facts) in names.mentioned() {
        if !facts.kind.is_human() || links.is_linked(id) {
            continue;
        }
        let words = &facts.words;
        let marked = words.last().is_some_and(|word| is_generation(word));
        if let (2 | 3, false, Some(surname)) = (words.len(), marked, words.last()) {
            groups.entry((facts.kind, surname.as_str())).or_default().push((id, words));
        }
    }
    let mut groups: Vec<_> = groups.into_iter().filter(|(_, g)| (2..=MAX_COMPARED).contains(&g.len())).collect();
    groups.sort_unstable_by_key(|(surname, _)| *surname);
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The rule by which two names with the same surname may be one.
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

/// Initials with the titles that have them: “M:I 7”, “GoT”.
fn title_initials(names: &ArchiveNames, links: &Links) -> Alike {
    let works = || names.mentioned().filter(|(id, facts)| facts.kind == EntityKind::Work && !links.is_linked(*id));
    let mut titles: FxHashMap<String, Vec<NameNumber>> = FxHashMap::default();
    for (id, facts) in works() {
        if let Some(initials) = initials(&facts.key) {
            titles.entry(initials.replace(' ', "")).or_default().push(id);
        }
    }
    let mut found = Alike::new();
    for (id, facts) in works().filter(|(_, facts)| is_short(&facts.name)) {
        let titles = titles.get(&facts.alias()).into_iter().flatten().filter(|title| **title != id);
        found.extend(titles.map(|title| (id, *title, Rule::TitleInitials)));
    }
    found
}

/// Whether a name has two to five letters, mostly capitals.
fn is_short(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    (2..=5).contains(&letters().count()) && 2 * capitals > letters().count() && capitals > 1
}

/// People with a title with the people who have the same given name: “Princess Kate”,
/// “Meghan, Duchess of Sussex”.
fn styles(names: &ArchiveNames, links: &Links) -> Alike {
    let mut given: FxHashMap<String, Vec<NameNumber>> = FxHashMap::default();
    let mut styled: Vec<(String, NameNumber)> = Vec::new();
    for (id, facts) in names.mentioned().filter(|(id, f)| f.kind == EntityKind::Person && !links.is_linked(*id)) {
        match styled_name(&facts.name) {
            Some(name) if facts.articles > 1 => styled.push((name, id)),
            None if facts.articles > 1 => {
                let words = &facts.words;
                if words.len() > 1 {
                    given.entry(words[0].clone()).or_default().push(id);
                }
            }
            _ => {}
        }
    }
    let mut found = Alike::new();
    for (at, (name, id)) in styled.iter().enumerate() {
        let bearers = given.iter().filter(|(other, _)| same_given_name(name, other)).flat_map(|(_, ids)| ids);
        found.extend(bearers.map(|bearer| (*id, *bearer, Rule::Style)));
        let others = styled[at + 1..].iter().filter(|(other, _)| same_given_name(name, other));
        found.extend(others.map(|(_, other)| (*id, *other, Rule::Style)));
    }
    found
}

/// The given name of a person with a title: “Princess Kate”, “Meghan, Duchess of
/// Sussex”.
pub(super) fn styled_name(name: &str) -> Option<String> {
    let words = folded_words(name);
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["prince" | "princess" | "king" | "queen" | "pope" | "lord" | "lady", given] => Some(given.to_owned()),
        [given, title, "of", ..] if title != given && name.contains(", ") => Some(given.to_owned()),
        _ => None,
    }
}

/// A name and its folded words, separated by spaces.
type Joined<'a> = (NameNumber, &'a str);

/// Names of two words or more with an edit distance of one.
fn typos(names: &ArchiveNames, links: &Links) -> Alike {
    let joined: Vec<(NameNumber, &NameFacts, String)> = names
        .mentioned()
        .filter(|(id, _)| !links.is_linked(*id))
        .map(|(id, facts)| (id, facts, facts.words.join(" ")))
        .filter(|(_, facts, joined)| {
            facts.words.len() > 1 && joined.len() >= TYPO_BYTES && !joined.bytes().any(|b| b.is_ascii_digit())
        })
        .collect();
    // One edit leaves the first or the last word unchanged.
    let mut blocks: FxHashMap<(EntityKind, bool, &str), Vec<Joined<'_>>> = FxHashMap::default();
    for (id, facts, joined) in &joined {
        for (is_last, word) in [(false, facts.words.first()), (true, facts.words.last())] {
            let word = word.map_or("", String::as_str);
            blocks.entry((facts.kind, is_last, word)).or_default().push((*id, joined));
        }
    }
    let mut blocks: Vec<_> = blocks.into_iter().filter(|(_, b)| (2..=MAX_COMPARED).contains(&b.len())).collect();
    blocks.sort_unstable_by_key(|(key, _)| *key);
    let blocks: Vec<_> = blocks.into_iter().map(|(_, block)| block).collect();
    let found = compared(&blocks, |(_, a), (_, b)| typo(a, b)).into_iter();
    found.map(|((a, _), (b, _), rule)| (*a, *b, rule)).collect()
}

/// The rule of names that differ by a typing error.
fn typo(a: &str, b: &str) -> Option<Rule> {
    (is_one_edit(a, b) && !is_numbered(a, b)).then_some(Rule::OneEdit)
}

/// Whether two names differ in a Roman numeral: Charles II is not Charles III.
fn is_numbered(a: &str, b: &str) -> bool {
    let numeral = |word: &str| !word.is_empty() && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    a.split(' ').zip(b.split(' ')).any(|(a, b)| a != b && (numeral(a) || numeral(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namesakes_may_be_one_by_their_given_names() {
        let check = |a: &str, b: &str, expected: Option<Rule>| {
            assert_eq!(alike(&folded_words(a), &folded_words(b)), expected, "{a}, {b}");
        };
        check("Ben Tide", "Benjamin Tide", Some(Rule::Nickname));
        check("B. Tide", "Ben Tide", Some(Rule::Initial));
        check("Ben Tide", "Ben Lee Tide", Some(Rule::MiddleName));
        check("Ben L. Tide", "Ben Lee Tide", Some(Rule::MiddleName));
        check("Ben Lee Tide", "Ben Ray Tide", None);
        check("Ann Tide", "Ben Tide", None);
        check("Ann Tide", "Ben Lee Tide", None);
    }

    #[test]
    fn typing_errors_are_no_numerals() {
        let check = |a: &str, b: &str, expected: Option<Rule>| assert_eq!(typo(a, b), expected, "{a}, {b}");
        check("ann drumm", "ann drum", Some(Rule::OneEdit));
        check("ann drumm", "ann durmm", Some(Rule::OneEdit));
        check("ann drumm", "ann dram", None);
        check("charles ii", "charles iii", None);
    }

    #[test]
    fn short_names_are_mostly_capitals() {
        let check = |name: &str, expected: bool| assert_eq!(is_short(name), expected, "{name}");
        check("M:I 7", true);
        check("GoT", true);
        check("Got", false);
        check("A", false);
        check("HARBOR", false);
    }

    #[test]
    fn people_with_a_title_have_a_given_name() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(styled_name(name).as_deref(), expected, "{name}");
        check("Princess Kate", Some("kate"));
        check("Meghan, Duchess of Sussex", Some("meghan"));
        check("Ann Lee", None);
        check("Princess Kate Lee", None);
    }
}
