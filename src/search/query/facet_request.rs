//! Which facets to count.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::article::{EntityKind, FieldName};
use crate::search::error::SearchError;

/// What a facet counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetKind {
    /// Names of a kind.
    Names(EntityKind),
    /// Years of publication.
    Year,
    /// Months of publication, as `2021-03`.
    Month,
    /// Sources.
    Source,
    /// Sections.
    Section,
    /// Tags, or a field of the user.
    Field(FieldName),
}

impl FacetKind {
    /// The name in queries and answers.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Names(kind) => kind.as_str(),
            Self::Year => "year",
            Self::Month => "month",
            Self::Source => "source",
            Self::Section => "section",
            Self::Field(name) => name.as_str(),
        }
    }
}

impl From<EntityKind> for FacetKind {
    fn from(kind: EntityKind) -> Self {
        Self::Names(kind)
    }
}

impl FromStr for FacetKind {
    type Err = String;

    /// Which fields there are is known to an archive only; another one is refused there.
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "year" => Self::Year,
            "month" => Self::Month,
            "source" => Self::Source,
            "section" => Self::Section,
            "tags" => Self::Field(FieldName::TAG),
            kind => match kind.parse() {
                Ok(kind) => Self::Names(kind),
                Err(_) => Self::Field(kind.parse().map_err(|_| unknown(kind, &[]))?),
            },
        })
    }
}

/// The message for a facet that an archive with these fields of the user does not have.
pub(crate) fn unknown(kind: &str, fields: &[FieldName]) -> String {
    let kinds = EntityKind::ALL.map(EntityKind::as_str).into_iter();
    let others = ["year", "month", "source", "section", "tag"].into_iter();
    let known: Vec<&str> = kinds.chain(others).chain(fields.iter().map(FieldName::as_str)).collect();
    format!("facet {kind:?}: expected {}", known.join(", "))
}

/// The order of the names of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FacetOrder {
    /// Names that stand out among the articles that answer the query, by how far their
    /// share of them exceeds their share of the archive. Those of a single article are
    /// left out, unless nothing else matches.
    #[default]
    Lift,
    /// The names in most articles.
    Count,
}

/// A facet to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FacetRequest {
    /// What to count.
    pub kind: FacetKind,
    /// How many to return.
    pub limit: usize,
}

impl FacetRequest {
    /// At most `limit` values of a kind.
    pub fn new(kind: FacetKind, limit: usize) -> Self {
        Self { kind, limit }
    }

    /// The default of `limit`.
    pub const LIMIT: usize = 10;

    /// Parses `person:20,work,month:all`; `none` asks for no facet.
    ///
    /// # Errors
    /// [`SearchError::Filter`] for an unknown facet or a number that is not valid.
    pub fn parse_list(list: &str) -> Result<Vec<Self>, SearchError> {
        let mut requests = Vec::new();
        for item in list.split(',').map(str::trim).filter(|item| !item.is_empty() && *item != "none") {
            let (kind, limit) = match item.split_once(':') {
                Some((kind, "all")) => (kind, Some(usize::MAX)),
                Some((kind, limit)) => (kind, limit.parse().ok()),
                None => (item, Some(Self::LIMIT)),
            };
            let invalid = || SearchError::Filter(format!("facet {item:?}: expected KIND or KIND:N, such as person:20"));
            let limit = limit.ok_or_else(invalid)?;
            let kind = kind.parse().map_err(SearchError::Filter)?;
            requests.push(Self { kind, limit });
        }
        Ok(requests)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_parsed() {
        let check = |list: &str, expected: Option<&[(&str, usize)]>| {
            let found = FacetRequest::parse_list(list).ok();
            let found: Option<Vec<(&str, usize)>> =
                found.as_ref().map(|list| list.iter().map(|facet| (facet.kind.as_str(), facet.limit)).collect());
            assert_eq!(found.as_deref(), expected, "{list}");
        };
        check("person:20,work, month:all", Some(&[("person", 20), ("work", 10), ("month", usize::MAX)]));
        check("none", Some(&[]));
        check("", Some(&[]));
        check("source:0", Some(&[("source", 0)]));
        check("person:many", None);
        check("tags,desk:3", Some(&[("tag", 10), ("desk", 3)]));
        check("two words", None);
    }
}
