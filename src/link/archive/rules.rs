//! Links that need no weighing: another spelling, a well-known other name.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::article::EntityKind;
use crate::link::key::name_key;
use crate::link::known::canonical_known;

use super::{ArchiveNames, Links, NameFacts, NameNumber, Rule};

/// The fewest letters for which spaces do not matter.
const LETTERS: usize = 5;
/// Articles that name a company before its name is taken for an owner's.
const OWNER_ARTICLES: u32 = 5;
/// What companies append to their names.
const COMPANY_FORMS: &[&str] =
    &["inc", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "plc", "gmbh", "incorporated"];
/// Honorifics before a full name.
const HONORIFICS: &[&str] = &[
    "sir",
    "dame",
    "mr",
    "mrs",
    "ms",
    "dr",
    "president",
    "senator",
    "sen",
    "rep",
    "gov",
    "governor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "lord",
    "lady",
    "judge",
    "rev",
    "director",
    "actor",
    "actress",
    "singer",
    "speaker",
    "secretary",
    "mayor",
    "justice",
    "sheriff",
    "attorney",
    "coach",
    "chancellor",
    "minister",
];

pub(super) fn find(names: &ArchiveNames, links: &mut Links) {
    let living: Vec<(NameNumber, &NameFacts)> = names.living().collect();
    let told: Vec<_> = living.par_iter().map(|(id, facts)| (*id, known(names, facts), other(names, facts))).collect();
    for (id, known, other) in told {
        if let Some(to) = known {
            links.rule(id, to, Rule::Known);
        }
        if let Some((to, rule)) = other {
            links.rule(id, to, rule);
        }
    }
    spellings(names, &living, links);
}

/// The name that another one is by the rules of its kind.
fn other(names: &ArchiveNames, facts: &NameFacts) -> Option<(NameNumber, Rule)> {
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

fn known(names: &ArchiveNames, facts: &NameFacts) -> Option<NameNumber> {
    names.find(facts.kind, canonical_known(facts.kind, &facts.name)?)
}

/// “Sony Corp.” to “Sony”.
fn company_form(names: &ArchiveNames, facts: &NameFacts) -> Option<NameNumber> {
    let (base, form) = facts.key.rsplit_once(' ')?;
    COMPANY_FORMS.contains(&form).then(|| names.find_key(facts.kind, base.to_owned())).flatten()
}

/// The key of “Elton John” for “Sir Elton John”.
pub(super) fn without_honorific(facts: &NameFacts) -> Option<String> {
    let (honorific, rest) = facts.key.split_once(' ')?;
    HONORIFICS.contains(&honorific).then(|| rest.to_owned())
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
        // What is listed, or mostly called with the word before it, is another.
        None => words > 1 && facts.listed == 0 && base.articles > 2 * facts.articles,
    };
    (owned && owns(EntityKind::Organization)).then_some(to)
}

/// “Spiderman” to “Spider-Man”: of names that differ by spaces and punctuation
/// alone, all to the one in most articles.
fn spellings(names: &ArchiveNames, living: &[(NameNumber, &NameFacts)], links: &mut Links) {
    let is_long = |key: &str| key.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS;
    let keys: Vec<_> = living
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
            links.rule(id, best, Rule::Spelling);
        }
    }
}
