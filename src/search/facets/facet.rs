//! Counted facets.

use serde::Serialize;

use crate::index::EntityId;
use crate::search::query::facet_request::FacetKind;

/// A name and the number of matching articles that have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct FacetCount {
    /// The name.
    pub name: String,
    /// Articles, each once; copies count as articles.
    pub docs: u32,
}

/// The counted facets, in the order of the requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// A kind with its most frequent names, of equals those most frequent in the
    /// whole archive; years and months, the latest first.
    pub kinds: Vec<(FacetKind, Vec<FacetCount>)>,
}

impl Serialize for Facets {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.kinds.iter().map(|(kind, counts)| (kind.as_str(), counts)))
    }
}

impl Facets {
    /// The counts of a kind; empty where it was not requested.
    pub fn of(&self, kind: impl Into<FacetKind>) -> &[FacetCount] {
        let kind = kind.into();
        self.kinds.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, counts)| counts)
    }
}

/// The number of articles of an entity.
pub(crate) type Counted = (u32, EntityId);
