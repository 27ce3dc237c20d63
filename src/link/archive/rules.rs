//! Links by rule alone: other spellings, well-known aliases, honorifics, owners.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Language};
use crate::link::known_names::canonical_known;
use crate::link::name_key::name_key;

use super::links::{Links, Rule};
use super::names::{ArchiveNames, NameFacts, NameNumber};

/// The fewest letters of names that spaces and punctuation do not distinguish.
const SPELLING_LETTERS: usize = 5;
/// The fewest articles of a company whose name may be that of an owner.
const OWNER_ARTICLES: u32 = 5;

/// Adds the links of all rules.
pub(super) fn link_by_rule(names: &ArchiveNames, links: &mut Links) {
    let mentioned: Vec<(NameNumber, &NameFacts)> = names.mentioned().collect();
    let targets: Vec<_> =
        mentioned.par_iter().map(|(id, facts)| (*id, known(names, facts), by_kind(names, facts))).collect();
    for (id, known, other) in targets {
        if let Some(to) = known {
            links.add_certain(id, to, Rule::Known);
        }
        if let Some((to, rule)) = other {
            links.add_certain(id, to, rule);
        }
    }
    spellings(names, &mentioned, links);
}

/// The name that a name is linked to by the rules of its kind.
fn by_kind(names: &ArchiveNames, facts: &NameFacts) -> Option<(NameNumber, Rule)> {
    match facts.kind {
        EntityKind::Organization => company_form(names, facts).map(|to| (to, Rule::CompanyForm)),
        EntityKind::Person => without_honorific(facts)
            .filter(|rest| rest.contains(' '))
            .and_then(|rest| names.find_key(facts.kind, rest))
            .map(|to| (to, Rule::Honorific)),
        EntityKind::Work => without_host(names, facts)
            .map(|to| (to, Rule::Host))
            .or_else(|| without_owner(names, facts).map(|to| (to, Rule::Owner))),
        _ => None,
    }
}

/// The canonical name of a well-known alias.
fn known(names: &ArchiveNames, facts: &NameFacts) -> Option<NameNumber> {
    names.find(facts.kind, canonical_known(facts.kind, &facts.name)?)
}

/// “Sony Corp.” to “Sony”.
fn company_form(names: &ArchiveNames, facts: &NameFacts) -> Option<NameNumber> {
    let (base, form) = facts.key.rsplit_once(' ')?;
    Language::default()
        .tables()
        .company_forms
        .contains(&form)
        .then(|| names.find_key(facts.kind, base.to_owned()))
        .flatten()
}

/// The key without the honorific: “Elton John” for “Sir Elton John”.
pub(super) fn without_honorific(facts: &NameFacts) -> Option<String> {
    let (honorific, rest) = facts.key.split_once(' ')?;
    Language::default().tables().honorifics.contains(&honorific).then(|| rest.to_owned())
}

/// “The Late Show with Stephen Colbert” to “The Late Show”.
fn without_host(names: &ArchiveNames, facts: &NameFacts) -> Option<NameNumber> {
    let (base, host) =
        [" with ", " With ", " starring ", " Starring "].iter().find_map(|w| facts.name.split_once(w))?;
    names.find(EntityKind::Person, host)?;
    names.find(facts.kind, base)
}

/// “Marvel's Agent Carter” to “Agent Carter”, “Billboard Hot 100” to “Hot 100”.
fn without_owner(names: &ArchiveNames, facts: &NameFacts) -> Option<NameNumber> {
    let possessive = facts.name.split_once("'s ").or_else(|| facts.name.split_once("’s "));
    let (owner, title) = possessive.or_else(|| facts.name.split_once(' '))?;
    let to = names.find(facts.kind, title)?;
    let base = names.of(to);
    let owns = |kind| names.find(kind, owner).is_some_and(|id| names.of(id).articles >= OWNER_ARTICLES);
    let words = name_key(facts.kind, title).split(' ').count();
    let owned = match possessive {
        // “The Band's Visit” is not “The Visit”.
        Some(_) => base.name.len() == title.len() && (words > 1 || base.listed > 0),
        // A title that is listed, or usual with the word before it, is another one.
        None => words > 1 && facts.listed == 0 && base.articles > 2 * facts.articles,
    };
    (owned && owns(EntityKind::Organization)).then_some(to)
}

/// Links names that differ only in spaces and punctuation to the one in most
/// articles: “Spiderman” to “Spider-Man”.
fn spellings(names: &ArchiveNames, mentioned: &[(NameNumber, &NameFacts)], links: &mut Links) {
    let is_long = |key: &str| key.chars().filter(|c| c.is_alphabetic()).count() >= SPELLING_LETTERS;
    let keys: Vec<_> = mentioned
        .par_iter()
        .map(|(id, facts)| (*id, (facts.kind, facts.alias())))
        .filter(|(_, (_, k))| is_long(k))
        .collect();
    let mut groups: FxHashMap<(EntityKind, String), Vec<NameNumber>> = FxHashMap::default();
    for (id, key) in keys {
        groups.entry(key).or_default().push(id);
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let rank = |id: &NameNumber| (names.of(*id).articles, std::cmp::Reverse(*id));
        let Some(best) = group.iter().copied().max_by_key(rank) else { continue };
        for id in group {
            links.add_certain(id, best, Rule::Spelling);
        }
    }
}
