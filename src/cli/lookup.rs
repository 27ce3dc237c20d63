//! Entities by the names that users type.

use anyhow::anyhow;

use crate::index::EntityId;
use crate::insight::EntityQuery;
use crate::search::Searcher;

/// Names offered where one is not found.
const OFFERED: usize = 3;

/// The entity that has this name, else the one that is mostly written so.
pub(super) fn named_or_written(searcher: &Searcher, name: &str) -> anyhow::Result<EntityId> {
    searcher.entity_named_or_written(name).ok_or_else(|| unknown(searcher, name))
}

/// The error for a name that no entity has; offers similar ones.
pub(super) fn unknown(searcher: &Searcher, name: &str) -> anyhow::Error {
    let alike = searcher.entities(&EntityQuery { prefix: name.to_owned(), ..EntityQuery::default() });
    let offered: Vec<String> =
        alike.rows.iter().take(OFFERED).map(|row| format!("{}:{}", row.kind, row.name)).collect();
    match offered[..] {
        [] => anyhow!("no article names {name:?}; `newsearch entities PREFIX` lists what they name"),
        _ => anyhow!("no entity is called {name:?}; did you mean {}?", offered.join(", ")),
    }
}
