//! Well-known names with their aliases, from `data/known.tsv`, and nicknames and stage
//! names, from `data/stage_names.tsv`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::EntityKind;

use super::name_key::name_key;

/// A well-known name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    /// What it names.
    pub kind: EntityKind,
    /// The name that facets show.
    pub canonical: &'static str,
    /// Its aliases.
    pub others: Vec<&'static str>,
}

impl KnownName {
    /// The canonical name and all aliases.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.canonical).chain(self.others.iter().copied())
    }
}

/// Every name of `data/known.tsv`.
pub fn known_names() -> impl Iterator<Item = KnownName> {
    listed(include_str!("../../data/known.tsv"))
}

fn listed(table: &'static str) -> impl Iterator<Item = KnownName> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        let kind = columns.next()?.parse().ok()?;
        let canonical = columns.next()?;
        let others = columns.next().unwrap_or("").split('|').filter(|name| !name.is_empty()).collect();
        Some(KnownName { kind, canonical, others })
    })
}

/// Canonical names by kind and key.
static CANONICAL: LazyLock<FxHashMap<(EntityKind, String), &'static str>> = LazyLock::new(|| {
    // What both have is as in the first.
    listed(include_str!("../../data/stage_names.tsv"))
        .chain(known_names())
        .flat_map(|known| {
            let key = move |name: &str| (known.kind, name_key(known.kind, name));
            known.spellings().map(|name| (key(name), known.canonical)).collect::<Vec<_>>()
        })
        .collect()
});

/// The canonical name of a well-known name: “Academy Awards” for “Oscars”.
///
/// ```
/// use newsearch::EntityKind;
/// use newsearch::internals::link::canonical_known;
/// assert_eq!(canonical_known(EntityKind::Event, "Oscars"), Some("Academy Awards"));
/// assert_eq!(canonical_known(EntityKind::Person, "Oscar"), None);
/// ```
pub fn canonical_known(kind: EntityKind, name: &str) -> Option<&'static str> {
    CANONICAL.get(&(kind, name_key(kind, name))).copied()
}
