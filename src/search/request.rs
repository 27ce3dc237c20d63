//! Queries written as JSON, as `batch` and scripts write them.

use serde::Deserialize;

use crate::article::EntityKind;

use super::SearchError;
use super::facets::FacetRequest;
use super::query::{Duplicates, Query, Sort};

/// A query as a JSON object; what it leaves out is as in the query it is
/// applied to.
///
/// ```
/// use newsearch::search::{Query, QueryRequest};
/// let request: QueryRequest =
///     serde_json::from_str(r#"{"id":"q7","query":"premiere","person":"Tom Cruise","since":"2021"}"#)?;
/// let query = request.apply(&Query::new(""))?;
/// assert_eq!(query.text, "premiere");
/// assert_eq!(query.filters.since, Some(20_210_101));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueryRequest {
    /// What to call the answer; a string or a number.
    #[serde(default)]
    pub id: Option<serde_json::Value>,
    #[serde(default)]
    query: Option<String>,
    #[serde(default)]
    person: OneOrMany,
    #[serde(default)]
    character: OneOrMany,
    #[serde(default)]
    work: OneOrMany,
    #[serde(default)]
    organization: OneOrMany,
    #[serde(default)]
    place: OneOrMany,
    #[serde(default)]
    event: OneOrMany,
    #[serde(default)]
    since: Option<String>,
    #[serde(default)]
    until: Option<String>,
    #[serde(default)]
    since_commit: Option<u64>,
    #[serde(default)]
    source: OneOrMany,
    #[serde(default)]
    sort: Option<Sort>,
    #[serde(default)]
    limit: Option<usize>,
    #[serde(default)]
    offset: Option<usize>,
    #[serde(default)]
    facets: OneOrMany,
    #[serde(default)]
    snippets: Option<usize>,
    #[serde(default)]
    duplicates: Option<Duplicates>,
    #[serde(default)]
    exact: Option<bool>,
    #[serde(default)]
    fresh: Option<bool>,
    #[serde(default)]
    facet_search: Option<String>,
    #[serde(default)]
    explain: Option<bool>,
}

/// A string or a list of strings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn into_vec(self) -> Vec<String> {
        match self {
            Self::None => Vec::new(),
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

impl QueryRequest {
    /// The id as text, if one was given.
    pub fn id_text(&self) -> Option<String> {
        match self.id.as_ref()? {
            serde_json::Value::String(id) => Some(id.clone()),
            other => Some(other.to_string()),
        }
    }

    /// The query: this one's settings over those of `base`.
    ///
    /// # Errors
    /// [`SearchError::Filter`] where a date or facet makes no sense.
    pub fn apply(self, base: &Query) -> Result<Query, SearchError> {
        let mut query = base.clone();
        query.text = self.query.unwrap_or(query.text);
        let named = [
            (EntityKind::Person, self.person),
            (EntityKind::Character, self.character),
            (EntityKind::Work, self.work),
            (EntityKind::Organization, self.organization),
            (EntityKind::Place, self.place),
            (EntityKind::Event, self.event),
        ];
        for (kind, names) in named {
            query.filters.names.extend(names.into_vec().into_iter().map(|name| (kind, name)));
        }
        if let Some(since) = &self.since {
            query.filters.since(since)?;
        }
        if let Some(until) = &self.until {
            query.filters.until(until)?;
        }
        query.filters.since_commit = self.since_commit.or(query.filters.since_commit);
        query.filters.sources.extend(self.source.into_vec());
        query.sort = self.sort.unwrap_or(query.sort);
        query.limit = self.limit.unwrap_or(query.limit);
        query.offset = self.offset.unwrap_or(query.offset);
        let facets = self.facets.into_vec();
        if !facets.is_empty() {
            query.facets = FacetRequest::parse_list(&facets.join(","))?;
        }
        query.snippets = self.snippets.unwrap_or(query.snippets);
        query.duplicates = self.duplicates.unwrap_or(query.duplicates);
        query.exact = self.exact.unwrap_or(query.exact);
        query.fresh = self.fresh.unwrap_or(query.fresh);
        query.facet_prefix = self.facet_search.unwrap_or(query.facet_prefix);
        query.explain = self.explain.unwrap_or(query.explain);
        Ok(query)
    }
}
