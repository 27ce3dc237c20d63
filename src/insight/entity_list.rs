//! Lists and looks up the entities of an archive.

use std::cmp::Ordering;

use serde::Serialize;

use crate::article::EntityKind;
use crate::index::EntityId;
use crate::link::KindedName;
use crate::search::Searcher;
use crate::search::facets::prefix::begins;
use crate::segment::fold;

/// The shortest text, in letters, for which edits are allowed.
const MIN_FUZZY_LETTERS: usize = 4;

/// Which entities to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityQuery {
    /// The beginning of the name or of a word of it; case and diacritics do not matter.
    pub prefix: String,
    /// Only of this kind.
    pub kind: Option<EntityKind>,
    /// Only in so many articles or more.
    pub least: u32,
    /// By name instead of by number of articles.
    pub by_name: bool,
}

/// An entity of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct EntityRow {
    /// Its kind.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// Articles that mention it.
    pub articles: u32,
    /// Its other names.
    pub also: Vec<String>,
    /// Its number in this commit.
    #[serde(skip)]
    pub id: EntityId,
}

/// Entities that match, and whether edits had to be allowed for that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityList {
    /// The entities.
    pub rows: Vec<EntityRow>,
    /// Whether no name begins so and these are similar ones.
    pub is_guess: bool,
}

impl Searcher {
    /// Lists the visible entities of the archive, most articles first. Where no name
    /// begins with the prefix, similar names within one or two edits.
    pub fn entities(&self, query: &EntityQuery) -> EntityList {
        let prefix = fold(query.prefix.trim());
        let rows = self.entities_that(query, |name, _| begins(name, &prefix));
        let written: Vec<EntityId> =
            self.entity_table().written_as(&query.prefix, query.kind).into_iter().map(|(id, _)| id).collect();
        let rows = if rows.is_empty() { self.entities_that(query, |_, id| written.contains(&id)) } else { rows };
        if !rows.is_empty() || prefix.chars().count() < MIN_FUZZY_LETTERS {
            return EntityList { rows, is_guess: false };
        }
        let edits = if prefix.chars().count() < 2 * MIN_FUZZY_LETTERS { 1 } else { 2 };
        EntityList { rows: self.entities_that(query, |name, _| resembles(name, &prefix, edits)), is_guess: true }
    }

    /// The rows of some entities, most articles first; those that are hidden or in no
    /// article are left out.
    pub fn entity_rows(&self, ids: &[EntityId]) -> Vec<EntityRow> {
        let living = self.living_entities().filter(|(id, _)| ids.contains(id));
        let mut rows: Vec<EntityRow> = living.filter_map(|(id, articles)| self.entity_row(id, articles)).collect();
        rows.sort_by(by_articles);
        rows
    }

    /// The rows of the entities that a query selects and `fits` accepts.
    fn entities_that(&self, query: &EntityQuery, fits: impl Fn(&str, EntityId) -> bool) -> Vec<EntityRow> {
        let entities = self.entity_table();
        let is_wanted = |id: EntityId| {
            let kind = entities.kind(id).filter(|kind| query.kind.is_none_or(|wanted| wanted == *kind));
            kind.is_some() && entities.name(id).is_some_and(|name| fits(name, id))
        };
        let living = self.living_entities().filter(|(id, articles)| *articles >= query.least && is_wanted(*id));
        let mut rows: Vec<EntityRow> = living.filter_map(|(id, articles)| self.entity_row(id, articles)).collect();
        if query.by_name {
            rows.sort_by_cached_key(|row| (fold(&row.name), row.kind));
        } else {
            rows.sort_by(by_articles);
        }
        rows
    }

    fn entity_row(&self, id: EntityId, articles: u32) -> Option<EntityRow> {
        let entities = self.entity_table();
        let (kind, name) = (entities.kind(id)?, entities.name(id)?.to_owned());
        Some(EntityRow { kind, name, articles, also: self.other_names(id), id })
    }

    /// An entity with its other names and its prominence in place of its articles.
    pub fn entity(&self, id: EntityId) -> Option<EntityRow> {
        self.entity_row(id, self.entity_table().prominence(id))
    }

    /// The further names of an entity.
    fn other_names(&self, entity: EntityId) -> Vec<String> {
        let entities = self.entity_table();
        let called = entities.name(entity);
        let members = entities.members(entity);
        let names = members.into_iter().filter_map(|id| entities.names().name(id)).filter(|name| Some(*name) != called);
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The entity with exactly this name; where several kinds have it, the one in
    /// most articles. `person:Tom Cruise` gives the kind.
    pub fn entity_named(&self, text: &str) -> Option<EntityId> {
        let entities = self.entity_table();
        let exact: Vec<EntityId> = spelled(text)
            .into_iter()
            .filter_map(|name| entities.find(&name))
            .map(|id| entities.of(id))
            .chain(self.renamed(text))
            .filter(|id| !entities.is_hidden(*id))
            .collect();
        exact.into_iter().max_by_key(|id| (entities.prominence(*id), std::cmp::Reverse(*id)))
    }

    /// The entity with this name, else the most frequent one that is written so.
    pub fn entity_named_or_written(&self, text: &str) -> Option<EntityId> {
        let written = || {
            let spelled = KindedName::try_from(text.to_owned());
            let (text, kind) = spelled.as_ref().map_or((text, None), |name| (name.name.as_str(), Some(name.kind)));
            self.entity_table().written_as(text, kind).first().map(|(id, _)| *id)
        };
        self.entity_named(text).or_else(written)
    }

    /// The work with this name, else any other entity with it: questions about
    /// statements mean the work.
    pub fn work_or_other(&self, text: &str) -> Option<EntityId> {
        self.entity_named(&format!("work:{text}")).or_else(|| self.entity_named_or_written(text))
    }

    /// Entities that a decision of the ledger named so.
    fn renamed(&self, text: &str) -> Vec<EntityId> {
        let entities = self.entity_table();
        let written = entities.written_as(text, None).into_iter().map(|(id, _)| id);
        written.filter(|id| entities.name(*id) == Some(text)).collect()
    }
}

/// The order of lists: most articles first, then by name and kind.
fn by_articles(a: &EntityRow, b: &EntityRow) -> Ordering {
    (b.articles, &a.name, a.kind).cmp(&(a.articles, &b.name, b.kind))
}

/// A text as a name of the kind that it gives, else of each kind.
pub(crate) fn spelled(text: &str) -> Vec<KindedName> {
    match KindedName::try_from(text.to_owned()) {
        Ok(name) => vec![name],
        Err(_) => EntityKind::ALL.map(|kind| KindedName { kind, name: text.trim().to_owned() }).into(),
    }
}

/// Whether the beginning of a name, or of a word of it, is within so many edits of
/// folded text.
fn resembles(name: &str, prefix: &str, edits: usize) -> bool {
    let folded = fold(name);
    let length = prefix.chars().count();
    let starts = std::iter::once(0).chain(folded.match_indices([' ', '-']).map(|(at, _)| at + 1));
    starts.into_iter().any(|at| {
        let rest = &folded[at..];
        let end = |count: usize| rest.char_indices().nth(count).map_or(rest.len(), |(end, _)| end);
        [length.saturating_sub(1), length, length + 1]
            .into_iter()
            .any(|count| strsim::osa_distance(&rest[..end(count)], prefix) <= edits)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_words_are_compared_within_edits() {
        let check =
            |name, prefix, edits, expected| assert_eq!(resembles(name, prefix, edits), expected, "{name} {prefix}");
        check("Timothée Chalamet", "timothe chalomet", 2, true);
        check("Hayley Atwell", "atwel", 1, true);
        check("Hayley Atwell", "orwell", 1, false);
        check("Spider-Man", "mna", 1, true);
    }

    #[test]
    fn names_give_their_kind_or_stand_for_each() {
        let check = |text, first: EntityKind, name: &str, count| {
            let names = spelled(text);
            assert_eq!((names.len(), names[0].kind, names[0].name.as_str()), (count, first, name));
        };
        check("work:Low Tide", EntityKind::Work, "Low Tide", 1);
        check(" Ada Brook ", EntityKind::ALL[0], "Ada Brook", EntityKind::ALL.len());
    }

    #[test]
    fn rows_are_ordered_by_articles_then_name() {
        let row = |name: &str, articles| EntityRow {
            kind: EntityKind::Work,
            name: name.to_owned(),
            articles,
            also: Vec::new(),
            id: 0,
        };
        let mut rows = [row("b", 1), row("c", 2), row("a", 1)];
        rows.sort_by(by_articles);
        assert_eq!(rows.map(|row| row.name), ["c", "a", "b"]);
    }
}
