//! Bare given names and surnames that are not linked to a full name.

use rustc_hash::FxHashSet;

use crate::article::EntityKind;
use crate::link::known_names::canonical_known;
use crate::link::nicknames::groups_of;

use super::links::Links;
use super::names::{ArchiveNames, NameFacts, NameNumber};

/// Names of people that are one word and stand for nobody in particular: parts of
/// full names of the archive, not linked to one, and not known as whole names.
pub(super) fn find_fragments(names: &ArchiveNames, links: &Links) -> Vec<NameNumber> {
    let parts = parts_of_full_names(names);
    let is_fragment = |id: NameNumber, facts: &NameFacts| {
        let [word] = facts.words.as_slice() else { return false };
        let known = canonical_known(facts.kind, &facts.name).is_some() || facts.listed > 2;
        facts.kind == EntityKind::Person
            && !links.is_linked(id)
            && !known
            && (parts.contains(word.as_str()) || !groups_of(word).is_empty())
    };
    names.mentioned().filter(|(id, facts)| is_fragment(*id, facts)).map(|(id, _)| id).collect()
}

/// The words of all full names of people.
fn parts_of_full_names(names: &ArchiveNames) -> FxHashSet<&str> {
    let people = names.mentioned().filter(|(_, facts)| facts.kind == EntityKind::Person && facts.words.len() > 1);
    people.flat_map(|(_, facts)| facts.words.iter().map(String::as_str)).collect()
}
