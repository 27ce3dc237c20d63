//! Completion of names.

use std::collections::BTreeSet;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::article::EntityKind;
use crate::index::{Entities, EntityId, IndexError, open_tantivy};
use crate::link::alias_key;
use crate::search::error::SearchError;
use crate::segment::fold;

/// Names that are ranked beyond those requested.
const SPARE: usize = 200;

/// A name that begins with the typed text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Completion {
    /// Its kind.
    pub kind: EntityKind,
    /// The name.
    pub name: String,
    /// Articles that named it when they were indexed.
    pub articles: u32,
}

/// The names of a commit, opened without its articles.
///
/// ```
/// # use newsearch::{Failure, Pipeline, Progress};
/// # struct Quiet;
/// # impl Progress for Quiet {
/// #     fn failure(&mut self, _: &Failure) {}
/// # }
/// # let folder = std::env::temp_dir().join(format!("newsearch-complete-{}", std::process::id()));
/// # Pipeline::new().index(&["corpus/film".into()], &folder, &mut Quiet)?;
/// use newsearch::Completer;
/// let names = Completer::open(&folder)?;
/// assert_eq!(names.complete("hayley at", None, 1)[0].name, "Hayley Atwell");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Completer {
    entities: Entities,
}

impl Completer {
    /// Opens the names of the last commit.
    ///
    /// # Errors
    /// [`IndexError`] where there is none, or it is damaged.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let (_, info) = open_tantivy(folder)?;
        if info.generation == 0 {
            return Err(IndexError::Missing(folder.into()).into());
        }
        Ok(Self { entities: Entities::open(folder, &info)? })
    }

    /// The names that are written with this beginning, most articles first; at
    /// most `limit`. Case, diacritics, punctuation and spaces do not matter.
    pub fn complete(&self, prefix: &str, kind: Option<EntityKind>, limit: usize) -> Vec<Completion> {
        complete(&self.entities, prefix, kind, limit)
    }
}

/// The names of some entities that begin so.
pub(crate) fn complete(entities: &Entities, prefix: &str, kind: Option<EntityKind>, limit: usize) -> Vec<Completion> {
    let mut counts: FxHashMap<EntityId, u32> = FxHashMap::default();
    // Numerals fold in titles only.
    let prefixes: BTreeSet<String> =
        [EntityKind::Person, EntityKind::Work].into_iter().map(|kind| alias_key(kind, prefix)).collect();
    for prefix in prefixes.iter().filter(|prefix| !prefix.is_empty()) {
        entities.names().each_with_prefix(prefix, |_, id, articles| {
            let count = counts.entry(entities.of(id)).or_default();
            *count = articles.max(*count);
        });
    }
    let is_requested =
        |entity: EntityId| entities.is_shown(entity) && kind.is_none_or(|kind| entities.kind(entity) == Some(kind));
    let mut matches: Vec<(EntityId, u32)> = counts.into_iter().filter(|(entity, _)| is_requested(*entity)).collect();
    // Of the many names that one or two letters begin, only the most frequent are
    // ranked.
    let by_articles = |(entity, articles): &(EntityId, u32)| (std::cmp::Reverse(*articles), *entity);
    let most = limit.saturating_add(SPARE);
    if matches.len() > most {
        matches.select_nth_unstable_by_key(most, by_articles);
        matches.truncate(most);
    }
    // A match of the name itself comes before one of a spelling.
    let folded = fold(prefix.trim());
    let key = |(entity, articles): &(EntityId, u32)| {
        let called = entities.name(*entity).is_some_and(|name| fold(name).starts_with(&folded));
        (!called, std::cmp::Reverse(*articles), *entity)
    };
    matches.sort_by_cached_key(key);
    let completion = |(entity, _): (EntityId, u32)| {
        let (kind, name) = (entities.kind(entity)?, entities.name(entity)?.to_owned());
        Some(Completion { kind, name, articles: entities.prominence(entity) })
    };
    matches.into_iter().filter_map(completion).take(limit).collect()
}
