//! The entities of an archive, listed and looked up.

use serde::Serialize;

use crate::article::EntityKind;
use crate::index::EntityId;
use crate::link::KindedName;
use crate::segment::fold;

use crate::search::Searcher;
use crate::search::facets::prefix::begins;

/// The shortest text that is compared with slips of the pen allowed.
const SLIP_LETTERS: usize = 4;

/// Which entities to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntityQuery {
    /// How the name, or a word of it, begins; case and diacritics do not matter.
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
    /// What it is.
    pub kind: EntityKind,
    /// What it is called.
    pub name: String,
    /// Articles that name it.
    pub articles: u32,
    /// Its other names.
    pub also: Vec<String>,
    /// Its number in this commit.
    #[serde(skip)]
    pub id: EntityId,
}

/// Entities that match, and whether slips had to be allowed for that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]

pub struct EntityList {
    /// The entities.
    pub rows: Vec<EntityRow>,
    /// Nothing begins so; these are alike.
    pub is_guess: bool,
}

impl Searcher {
    /// Lists the entities of the archive that are shown, most articles first.
    /// Where no name begins as asked, names that differ by a slip or two.
    pub fn entities(&self, query: &EntityQuery) -> EntityList {
        let prefix = fold(query.prefix.trim());
        let rows = self.entities_that(query, |name, _| begins(name, &prefix));
        let written: Vec<EntityId> =
            self.entity_table().written_as(&query.prefix, query.kind).into_iter().map(|(id, _)| id).collect();
        let rows = if rows.is_empty() { self.entities_that(query, |_, id| written.contains(&id)) } else { rows };
        if !rows.is_empty() || prefix.chars().count() < SLIP_LETTERS {
            return EntityList { rows, is_guess: false };
        }
        let slips = if prefix.chars().count() < 2 * SLIP_LETTERS { 1 } else { 2 };
        EntityList { rows: self.entities_that(query, |name, _| resembles(name, &prefix, slips)), is_guess: true }
    }

    fn entities_that(&self, query: &EntityQuery, fits: impl Fn(&str, EntityId) -> bool) -> Vec<EntityRow> {
        let entities = self.entity_table();
        let mut rows: Vec<EntityRow> = self
            .living_entities()
            .filter(|(_, articles)| *articles >= query.least)
            .filter_map(|(id, articles)| {
                let kind = entities.kind(id).filter(|kind| query.kind.is_none_or(|wanted| wanted == *kind))?;
                let name = entities.name(id)?;
                fits(name, id).then(|| EntityRow {
                    kind,
                    name: name.to_owned(),
                    articles,
                    also: self.other_names(id),
                    id,
                })
            })
            .collect();
        if query.by_name {
            rows.sort_by_cached_key(|row| (fold(&row.name), row.kind));
        } else {
            rows.sort_by(|a, b| (b.articles, &a.name, a.kind).cmp(&(a.articles, &b.name, b.kind)));
        }
        rows
    }

    /// An entity with its other names.
    pub fn entity(&self, id: EntityId) -> Option<EntityRow> {
        let entities = self.entity_table();
        let (kind, name) = (entities.kind(id)?, entities.name(id)?.to_owned());
        Some(EntityRow { kind, name, articles: entities.prominence(id), also: self.other_names(id), id })
    }

    /// The names of an entity but the one it is called by.
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

    /// The entity that has exactly this name; where several kinds have it, the
    /// one in most articles. `person:Tom Cruise` asks for a kind.
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

    /// The entity that has this name, else the one that is mostly written so.
    pub fn entity_named_or_written(&self, text: &str) -> Option<EntityId> {
        let written = || {
            let spelled = KindedName::try_from(text.to_owned());
            let (text, kind) = spelled.as_ref().map_or((text, None), |name| (name.name.as_str(), Some(name.kind)));
            self.entity_table().written_as(text, kind).first().map(|(id, _)| *id)
        };
        self.entity_named(text).or_else(written)
    }

    /// The work of this name, else whatever else has it: of names that works
    /// and others share, those who ask what was stated mean the work.
    pub fn work_or_other(&self, text: &str) -> Option<EntityId> {
        self.entity_named(&format!("work:{text}")).or_else(|| self.entity_named_or_written(text))
    }

    /// Entities that are called so by a decision.
    fn renamed(&self, text: &str) -> Vec<EntityId> {
        let entities = self.entity_table();
        let written = entities.written_as(text, None).into_iter().map(|(id, _)| id);
        written.filter(|id| entities.name(*id) == Some(text)).collect()
    }
}

/// A text as a name of the kind it says, else of each kind.
pub(crate) fn spelled(text: &str) -> Vec<KindedName> {
    match KindedName::try_from(text.to_owned()) {
        Ok(name) => vec![name],
        Err(_) => EntityKind::ALL.map(|kind| KindedName { kind, name: text.trim().to_owned() }).into(),
    }
}

/// Whether the beginning of a name, or of a word of it, differs by so many
/// slips from folded text.
fn resembles(name: &str, prefix: &str, slips: usize) -> bool {
    let folded = fold(name);
    let length = prefix.chars().count();
    let starts = std::iter::once(0).chain(folded.match_indices([' ', '-']).map(|(at, _)| at + 1));
    starts.into_iter().any(|at| {
        let rest = &folded[at..];
        let end = |count: usize| rest.char_indices().nth(count).map_or(rest.len(), |(end, _)| end);
        [length.saturating_sub(1), length, length + 1]
            .into_iter()
            .any(|count| strsim::osa_distance(&rest[..end(count)], prefix) <= slips)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_and_slips_are_seen() {
        assert!(begins("Timothée Chalamet", "timo") && begins("Timothée Chalamet", "chala"));
        assert!(!begins("Timothée Chalamet", "halamet"));
        assert!(resembles("Timothée Chalamet", "timothe chalomet", 2));
        assert!(resembles("Hayley Atwell", "atwel", 1) && !resembles("Hayley Atwell", "orwell", 1));
    }
}
