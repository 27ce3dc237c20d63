//! Short forms that are alone in some articles and stand for a full name in others:
//! “Trump”, “M:I 7”, “GoT”, “Duchess of Sussex”.

use crate::article::EntityKind;
use crate::link::known_names::canonical_known;
use crate::link::people::is_generation;

use super::candidate_pairs::styled_name;
use super::links::{Link, Links, Rule};
use super::names::{ArchiveNames, NameFacts, NameNumber};
use super::rules::without_honorific;

/// How many times as often as all others together a full name must be meant by a
/// short form.
const DOMINANCE: u32 = 5;
/// The fewest articles in which a short form means the full name, per article in which
/// it is alone. With fewer it is a name of its own, as “Madonna” is beside “Madonna
/// Louise Ciccone”.
const MIN_SHARE: f32 = 0.5;

/// Links short forms to the names that articles use them for.
pub(super) fn link_short_forms(names: &ArchiveNames, links: &mut Links) {
    for (id, facts) in names.mentioned().filter(|(id, _)| !links.is_linked(*id)).collect::<Vec<_>>() {
        if let Some(link) = full_name(names, links, id, facts) {
            links.add(link);
        }
    }
}

/// Links surnames with an honorific to what the surname is linked to: “President
/// Biden”.
pub(super) fn link_with_honorific(names: &ArchiveNames, links: &mut Links) {
    for (id, facts) in names.mentioned().filter(|(_, facts)| facts.kind == EntityKind::Person) {
        // Queen Charlotte is not Princess Charlotte.
        if styled_name(&facts.name).is_some() {
            continue;
        }
        let Some(surname) = without_honorific(facts).and_then(|rest| names.find_key(facts.kind, rest)) else {
            continue;
        };
        if links.is_linked(surname) {
            links.add_certain(id, links.root(surname), Rule::Honorific);
        }
    }
}

/// The link between a form and the name that other articles use it for.
fn full_name(names: &ArchiveNames, links: &Links, id: NameNumber, facts: &NameFacts) -> Option<Link> {
    let meant = meanings(names, links, id, facts);
    let (to, count) = meant.iter().copied().max_by_key(|(to, count)| (*count, std::cmp::Reverse(*to)))?;
    let others: u32 = meant.iter().map(|(_, count)| count).sum::<u32>() - count;
    let full = names.of(to);
    let own_name = canonical_known(facts.kind, &facts.name).is_some();
    if own_name || count < DOMINANCE * others || !is_enough(facts, full, count) {
        return None;
    }
    // The form in most articles is the name, except for people.
    let turned = facts.articles > full.articles && (!facts.kind.is_human() || facts.name.contains(' '));
    let (from, to) = if turned { (to, id) } else { (id, to) };
    let score = count as f32 / (count + others) as f32;
    let evidence = format!("“{}” for “{}” in {count} articles that have both", facts.name, full.name);
    Some(Link { from, to, rule: Rule::ShortForm, score, evidence })
}

/// The names that articles use a form for, with the number of articles.
fn meanings(names: &ArchiveNames, links: &Links, id: NameNumber, facts: &NameFacts) -> Vec<(NameNumber, u32)> {
    let Some(written) = names.written.get(&facts.alias()) else { return Vec::new() };
    let mut meant: Vec<(NameNumber, u32)> = Vec::new();
    for (to, count) in written {
        let other = names.of(*to);
        if *count == 0 || *to == id || other.kind != facts.kind || other.articles == 0 {
            continue;
        }
        let root = links.root(*to);
        match meant.iter_mut().find(|(known, _)| *known == root) {
            Some((_, sum)) => *sum += count,
            None => meant.push((root, *count)),
        }
    }
    meant
}

/// Whether a number of uses is enough for the form to mean the name.
fn is_enough(facts: &NameFacts, full: &NameFacts, count: u32) -> bool {
    let generation = |facts: &NameFacts| facts.words.last().is_some_and(|word| is_generation(word));
    let one_word = !facts.name.contains(' ');
    let initials =
        !facts.name.chars().any(char::is_lowercase) && initials_of(&full.name).contains(&letters(&facts.name));
    let share = count as f32 >= MIN_SHARE * facts.articles as f32;
    match facts.kind {
        // An acronym seldom means anything else.
        EntityKind::Organization | EntityKind::Event | EntityKind::Work if initials => true,
        EntityKind::Work => count >= 2 && facts.listed < 2 && share,
        EntityKind::Person | EntityKind::Character if one_word => count >= 3 && facts.listed < 3 && share,
        // Parents and children share a name except for the mark.
        EntityKind::Person | EntityKind::Character if generation(full) != generation(facts) => false,
        _ => count >= 2 && facts.listed < 3 && share,
    }
}

/// The letters of a name in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The initials of a name, with and without its small words.
fn initials_of(name: &str) -> [String; 2] {
    let words = || name.split([' ', '-', ':']).filter_map(|word| word.chars().next()).filter(|c| c.is_alphabetic());
    let main = words().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
    [words().flat_map(char::to_lowercase).collect(), main]
}
