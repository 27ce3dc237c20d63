//! Short forms that stand alone in some articles, and for a full name in
//! others: “Trump”, “M:I 7”, “GoT”, “Duchess of Sussex”.

use crate::article::EntityKind;
use crate::link::key::{alias_key, name_key};
use crate::link::known::canonical_known;

use super::{ArchiveNames, Link, Links, NameFacts, NameNumber, Rule};

/// How much oftener than all others together a full name must be what a short
/// form means.
const DOMINANCE: u32 = 5;
/// A short form must mean the full name at least so often for each mention by
/// itself; else it is a name of its own, as “Madonna” is beside “Madonna
/// Louise Ciccone”.
const SHARE: f32 = 0.5;

pub(super) fn find(names: &ArchiveNames, links: &mut Links) {
    for (id, facts) in names.living().filter(|(id, _)| !links.is_linked(*id)).collect::<Vec<_>>() {
        if let Some(link) = full_name(names, id, facts) {
            links.add(link);
        }
    }
}

/// The full name that other articles use this one for.
fn full_name(names: &ArchiveNames, id: NameNumber, facts: &NameFacts) -> Option<Link> {
    let meant = meanings(names, id, facts);
    let (to, count) = meant.iter().copied().max_by_key(|(to, count)| (*count, std::cmp::Reverse(*to)))?;
    let others: u32 = meant.iter().map(|(_, count)| count).sum::<u32>() - count;
    let own_name = canonical_known(facts.kind, &facts.name).is_some();
    if own_name || count < DOMINANCE * others || !is_enough(facts, &names.of(to).name, count) {
        return None;
    }
    let score = count as f32 / (count + others) as f32;
    let evidence = format!("{count} times for “{}” where both stand in an article, {others} for others", names.of(to).name);
    Some(Link { from: id, to, rule: Rule::ShortForm, score, evidence })
}

/// What articles that have the full name too use a form for.
fn meanings(names: &ArchiveNames, id: NameNumber, facts: &NameFacts) -> Vec<(NameNumber, u32)> {
    let Some(written) = names.written.get(&alias_key(facts.kind, &facts.name)) else { return Vec::new() };
    let key = name_key(facts.kind, &facts.name);
    let is_longer = |to: NameNumber| {
        let other = names.of(to);
        let longer = name_key(other.kind, &other.name);
        to != id && other.kind == facts.kind && other.articles > 0 && longer.len() > key.len()
    };
    written.iter().copied().filter(|(to, count)| *count > 0 && is_longer(*to)).collect()
}

/// Whether so many uses show that the form means the name.
fn is_enough(facts: &NameFacts, full: &str, count: u32) -> bool {
    let one_word = !facts.name.contains(' ');
    let initials = !facts.name.chars().any(char::is_lowercase) && initials_of(full).contains(&letters(&facts.name));
    match facts.kind {
        // An acronym is seldom anything else.
        EntityKind::Organization | EntityKind::Event | EntityKind::Work if initials => true,
        EntityKind::Work => count >= 2 && facts.listed < 2 && count as f32 >= SHARE * facts.mentions as f32,
        EntityKind::Person | EntityKind::Character if one_word => {
            count >= 3 && facts.listed < 3 && count as f32 >= SHARE * facts.mentions as f32
        }
        _ => count >= 2 && facts.listed < 3 && count as f32 >= SHARE * facts.mentions as f32,
    }
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// The initials of a name, with and without its small words.
fn initials_of(name: &str) -> [String; 2] {
    let words = || name.split([' ', '-', ':']).filter_map(|word| word.chars().next()).filter(|c| c.is_alphabetic());
    let main = words().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect();
    [words().flat_map(char::to_lowercase).collect(), main]
}
