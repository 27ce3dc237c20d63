//! Names of the archive that a text may be a misspelling of.

use rustc_hash::FxHashMap;

use crate::article::EntityKind;
use crate::index::{EDIT, Entities, EntityId, spelling_cost};
use crate::link::{AliasKeys, alias_key};
use crate::search::language::limits;
use crate::search::suggest::edit_cost::{edits_between, edits_of, frequency_discount, sounds_like};
use crate::search::suggest::query_words::{indexed_words, plain_words};
use crate::segment::fold;

/// Names of so many letters do not resemble each other by chance.
const LONG: usize = 8;
/// Names that one text is corrected to at most.
const MOST_NAMES: usize = 6;
/// The longest name that is looked for, in letters.
const LONGEST: usize = 40;
/// The cost of a space too many, or too few, in edits.
const SPACE: f32 = 0.2;
/// A name of one edit from another that so many times more articles have is a misspelling
/// that stands in articles.
const MISSPELLED_TIMES: u32 = 4;
const THE: &str = "the";
/// The cost of a misspelled “The”.
const MISSPELLED_THE: f32 = 0.8;

/// A name that a text may be a misspelling of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NameLike {
    /// A spelling of it.
    pub name: String,
    /// Articles that use it.
    pub articles: u32,
    /// In edits.
    pub cost: f32,
}

impl NameLike {
    /// What the best has least of.
    pub fn rank(&self) -> f32 {
        self.cost - frequency_discount(self.articles as usize)
    }
}

/// The edits that a text of so many letters may have, in tenths: two from eight
/// letters on, three from 14, one in shorter ones; edits that keep the sound count
/// for less, and names of six letters may have two of these.
pub(super) fn budget(letters: usize) -> u8 {
    match letters {
        0..=5 => EDIT,
        6..=7 => EDIT + EDIT / 2,
        8..=13 => 2 * EDIT + (letters as u8 - 8) * EDIT / 6,
        _ => 3 * EDIT,
    }
}

/// The same for a name that sounds as what was typed.
fn budget_of_sound(letters: usize) -> u8 {
    budget(letters) + if letters < 8 { EDIT / 2 } else { EDIT }
}

/// The same where more than that is not looked for.
fn near_budget(letters: usize) -> u8 {
    budget(letters) / 4 * 3
}

/// How far names are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// Those of one edit, for a single word.
    Glued,
    /// Those of fewer edits than others.
    Near,
    /// Those of no more edits than the rare words of a part of a query may have, which are
    /// so many letters: common words are seldom slips.
    Part(usize),
    /// All, and those that sound the same.
    Whole,
}

/// The names that a text may be a misspelling of, the likeliest first.
pub(super) fn names_like(entities: &Entities, text: &str, how: Search) -> Vec<NameLike> {
    let keys = AliasKeys::of(text);
    let mut best: FxHashMap<EntityId, (String, NameLike)> = FxHashMap::default();
    let mut look_up = |key: &str| {
        let letters = key.chars().count();
        if letters == 0 || letters > LONGEST {
            return;
        }
        let budget = match how {
            Search::Glued => budget(letters).min(EDIT),
            Search::Near => near_budget(letters),
            Search::Part(rare) => near_budget(letters).min(budget(rare)),
            Search::Whole => budget(letters),
        };
        let most = if how == Search::Whole { budget_of_sound(letters) } else { budget };
        entities.names().each_within_cost(key, most, |alias, id, articles, cost| {
            if cost > budget && !sounds_like(key, alias) {
                return;
            }
            let entity = entities.of(id);
            let cost = edits_of(cost, key, alias);
            let found = NameLike { name: String::new(), articles, cost };
            let is_better = best.get(&entity).is_none_or(|(_, known)| found.rank() < known.rank());
            if is_better && !entities.is_hidden(entity) {
                best.insert(entity, (alias.to_owned(), found));
            }
        });
    };
    look_up(&keys.other);
    if keys.work != keys.other {
        look_up(&keys.work);
    }
    // No alias begins with “The”.
    if let Some(rest) = keys.other.strip_prefix(THE).filter(|rest| rest.len() > THE.len()) {
        look_up(rest);
    }
    let mut found: Vec<(EntityId, (String, NameLike))> = best.into_iter().collect();
    found.sort_by(|a, b| a.1.1.rank().total_cmp(&b.1.1.rank()).then(a.0.cmp(&b.0)));
    found.truncate(MOST_NAMES);
    let all: Vec<(String, u32)> = found.iter().map(|(_, (alias, like))| (alias.clone(), like.articles)).collect();
    found.retain(|(_, (alias, like))| !all.iter().any(|other| is_misspelled(alias, like.articles, other)));
    let spelled = |(entity, (alias, found)): (EntityId, (String, NameLike))| {
        // An alias that is not written is a part of the name.
        let name = searchable(written(entities, entity, &alias)?);
        let spaces = name.split_whitespace().count().abs_diff(text.split_whitespace().count());
        let cost = found.cost + SPACE * spaces.min(2) as f32;
        Some(NameLike { name, cost, ..found })
    };
    let mut found: Vec<NameLike> = found.into_iter().filter_map(spelled).collect();
    found.extend(name_with_misspelled_the(entities, text));
    found.sort_by(|a, b| a.rank().total_cmp(&b.rank()));
    found
}

/// Whether an alias is a misspelling of another that is in more articles.
fn is_misspelled(alias: &str, articles: u32, (other, others): &(String, u32)) -> bool {
    let is_rare = articles.saturating_mul(MISSPELLED_TIMES) <= *others;
    is_rare && alias.len() >= LONG && spelling_cost(alias, other) <= EDIT
}

/// A name whose “The” alone is misspelled: that word is no part of an alias.
fn name_with_misspelled_the(entities: &Entities, text: &str) -> Option<NameLike> {
    let (first, rest) = text.split_once(' ')?;
    if strsim::osa_distance(&fold(first), "the") != 1 {
        return None;
    }
    let begins = |entity: EntityId| entities.name(entity).is_some_and(|name| fold(name).starts_with("the "));
    let (entity, articles) = entities.written_as(rest, None).into_iter().find(|(entity, _)| begins(*entity))?;
    let name = searchable(spelling(entities, entity, &alias_key(EntityKind::Work, rest))?);
    Some(NameLike { name, articles, cost: MISSPELLED_THE })
}

/// The name of one edit from a text that is likeliest; quicker than [`names_like`].
pub(super) fn nearest_name(entities: &Entities, text: &str) -> Option<NameLike> {
    let key = alias_key(EntityKind::Person, text);
    let mut best: Option<(f32, EntityId, String, u32)> = None;
    entities.names().each_within_edit(&key, |alias, id, articles| {
        let entity = entities.of(id);
        let rank = edits_between(&key, alias) - frequency_discount(articles as usize);
        let is_better = best.as_ref().is_none_or(|(least, ..)| rank < *least);
        if is_better && !entities.is_hidden(entity) {
            best = Some((rank, entity, alias.to_owned(), articles));
        }
    });
    let found = best.and_then(|(_, entity, alias, articles)| {
        let name = searchable(spelling(entities, entity, &alias)?);
        Some(NameLike { name, articles, cost: edits_between(&key, &alias) })
    });
    found.or_else(|| name_with_misspelled_the(entities, text))
}

/// A spelling of an entity that has an alias; else what it is called.
pub(super) fn spelling(entities: &Entities, entity: EntityId, alias: &str) -> Option<String> {
    written(entities, entity, alias).or_else(|| entities.name(entity).map(str::to_owned))
}

/// A spelling of an entity that has an alias.
fn written(entities: &Entities, entity: EntityId, alias: &str) -> Option<String> {
    let is_alias = |kind, name: &str| alias_key(kind, name) == alias;
    let kind = entities.kind(entity)?;
    let called = entities.name(entity)?;
    if is_alias(kind, called) {
        return Some(called.to_owned());
    }
    let members = entities.members(entity);
    let entries = members.iter().filter_map(|id| entities.names().entry(*id));
    let written = entries.flat_map(|entry| entry.spellings().map(str::to_owned).collect::<Vec<_>>());
    written.into_iter().find(|name| is_alias(kind, name))
}

/// A name as a query of plain words: as it is spelled, but for what the query
/// language would take for operators.
fn searchable(name: String) -> String {
    let is_plain = name.len() <= limits::TEXT.most && plain_words(&name, &[]).is_some();
    if is_plain { name } else { indexed_words(&name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_names_may_have_more_edits() {
        assert_eq!([4, 7, 8, 13, 14].map(budget), [10, 15, 20, 28, 30]);
    }

    #[test]
    fn names_with_operators_become_words() {
        assert_eq!(searchable("Wham!".to_owned()), "Wham!");
        assert_eq!(searchable("The “Almost” End".to_owned()), "the almost end");
    }
}
