//! Films with the same title, which articles distinguish by year.

use rustc_hash::FxHashMap;

use crate::article::EntityKind;
use crate::link::name_key::name_key;

use super::links::{Links, Rule};
use super::names::{ArchiveNames, NameNumber};

/// How many times as often as all others one film must be meant for the bare title
/// to stand for it.
const DOMINANCE: u32 = 3;

/// Links the only film of a title to the bare title. If there are several, the bare
/// title is linked to the one that is meant far more often than the others.
pub(super) fn link_films(names: &ArchiveNames, links: &mut Links) {
    let mut titles: FxHashMap<&str, Vec<NameNumber>> = FxHashMap::default();
    for (id, facts) in names.mentioned().filter(|(_, facts)| facts.kind == EntityKind::Work) {
        if let Some(title) = title_of(&facts.name) {
            titles.entry(title).or_default().push(id);
        }
    }
    let mut titles: Vec<_> = titles.into_iter().collect();
    titles.sort_unstable();
    for (title, films) in titles {
        let Some(plain) = names.keys.get(&(EntityKind::Work, name_key(EntityKind::Work, title))).copied() else {
            continue;
        };
        if let [only] = films[..] {
            links.add_certain(only, plain, Rule::Film);
            continue;
        }
        let articles = |id: NameNumber| names.of(id).articles;
        let Some(best) = films.iter().copied().max_by_key(|id| (articles(*id), std::cmp::Reverse(*id))) else {
            continue;
        };
        let others: u32 = films.iter().map(|id| articles(*id)).sum::<u32>() - articles(best);
        if articles(best) >= DOMINANCE * others && articles(plain) > 0 {
            links.add_certain(plain, best, Rule::Film);
        }
    }
}

/// The title without its year: “Dune” for “Dune (2021)”.
fn title_of(name: &str) -> Option<&str> {
    let (title, year) = name.strip_suffix(')')?.rsplit_once(" (")?;
    (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).then_some(title)
}
