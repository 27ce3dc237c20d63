//! Queries as JSON, for `batch`, the API and scripts.

use serde::Deserialize;

use crate::article::EntityKind;
use crate::search::error::SearchError;
use crate::search::query::facet_request::{FacetOrder, FacetRequest};
use crate::search::query::search_query::Query;
use crate::search::query::sort::{Duplicates, Sort};

/// A query as a JSON object; missing keys keep the values of the query it is
/// applied to.
///
/// ```
/// use newsearch::{Query, QueryRequest};
/// let request: QueryRequest =
///     serde_json::from_str(r#"{"id":"q7","query":"premiere","person":"Tom Cruise","since":"2021"}"#)?;
/// let query = request.apply(&Query::new(""))?;
/// assert_eq!(query.text, "premiere");
/// assert_eq!(query.filters.since, Some(20_210_101));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "serve", into_params(parameter_in = Query))]
#[non_exhaustive]
pub struct QueryRequest {
    /// What to call the answer; a string or a number.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Option<String>))]
    pub id: Option<serde_json::Value>,
    /// What to look for, in the query language.
    #[serde(default, alias = "query")]
    q: Option<String>,
    /// People who must be named, under any spelling.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Vec<String>))]
    person: OneOrMany,
    /// Characters who must be named.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Vec<String>))]
    character: OneOrMany,
    /// Films, series, songs, books that must be named.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Vec<String>))]
    work: OneOrMany,
    /// Companies, bands, outlets that must be named.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Vec<String>))]
    organization: OneOrMany,
    /// Places that must be named.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Vec<String>))]
    place: OneOrMany,
    /// Awards, festivals, tours that must be named.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Vec<String>))]
    event: OneOrMany,
    /// First day of publication: a date, a month `2021-03`, a year, or “last week”.
    #[serde(default)]
    since: Option<String>,
    /// Last day of publication.
    #[serde(default)]
    until: Option<String>,
    /// Only articles that came in a later commit than this.
    #[serde(default)]
    since_commit: Option<u64>,
    /// Words of the source, such as `cnn`; several must all be there.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Vec<String>))]
    source: OneOrMany,
    /// Tags that the article must have.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Vec<String>))]
    tag: OneOrMany,
    /// The order of hits; `relevance` where it is left out.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(inline))]
    sort: Option<Sort>,
    /// Hits to return; 10 where it is left out.
    #[serde(default)]
    limit: Option<usize>,
    /// Hits to skip.
    #[serde(default)]
    offset: Option<usize>,
    /// Facets to count: `person:20,work,month`; `none` for none.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(value_type = Vec<String>))]
    facets: OneOrMany,
    /// The order of the names of facets; `lift` where it is left out.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(inline))]
    facet_order: Option<FacetOrder>,
    /// Snippets for each hit.
    #[serde(default)]
    snippets: Option<usize>,
    /// Whether copies of one article are one hit.
    #[serde(default)]
    #[cfg_attr(feature = "serve", param(inline))]
    duplicates: Option<Duplicates>,
    /// Take words as they stand: no word forms, no names noticed.
    #[serde(default)]
    exact: Option<bool>,
    /// Rank articles that are near in meaning higher; `true` where it is left out.
    #[serde(default)]
    meaning: Option<bool>,
    /// Whether a corrected query is answered where no article has all of this one;
    /// yes where it is left out.
    #[serde(default)]
    correct: Option<bool>,
    /// Prefer what is new, gently.
    #[serde(default)]
    fresh: Option<bool>,
    /// Count only names of facets that begin so, or a word of theirs.
    #[serde(default)]
    facet_search: Option<String>,
    /// Say how the query was understood and what scores are made of.
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

    /// The query: these settings over those of `base`.
    ///
    /// # Errors
    /// [`SearchError::Filter`] if a date or facet is not valid.
    pub fn apply(self, base: &Query) -> Result<Query, SearchError> {
        let mut query = base.clone();
        query.text = self.q.unwrap_or(query.text);
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
        query.filters.tags.extend(self.tag.into_vec());
        query.sort = self.sort.unwrap_or(query.sort);
        query.limit = self.limit.unwrap_or(query.limit);
        query.offset = self.offset.unwrap_or(query.offset);
        let facets = self.facets.into_vec();
        if !facets.is_empty() {
            query.facets = FacetRequest::parse_list(&facets.join(","))?;
        }
        query.facet_order = self.facet_order.unwrap_or(query.facet_order);
        query.snippets = self.snippets.unwrap_or(query.snippets);
        query.duplicates = self.duplicates.unwrap_or(query.duplicates);
        query.exact = self.exact.unwrap_or(query.exact);
        query.meaning = self.meaning.unwrap_or(query.meaning);
        query.correct = self.correct.unwrap_or(query.correct);
        query.fresh = self.fresh.unwrap_or(query.fresh);
        query.facet_prefix = self.facet_search.unwrap_or(query.facet_prefix);
        query.explain = self.explain.unwrap_or(query.explain);
        Ok(query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(json: &str) -> Result<Query, SearchError> {
        let base = Query { limit: 3, exact: true, ..Query::new("base") };
        serde_json::from_str::<QueryRequest>(json).expect("a request").apply(&base)
    }

    #[test]
    fn keys_replace_the_settings_of_the_base() {
        let query = apply(r#"{"person":["Ana","Bo"],"place":"Rome","limit":7,"facets":"none"}"#).expect("a query");
        assert_eq!((query.text.as_str(), query.limit, query.exact), ("base", 7, true));
        let names = [(EntityKind::Person, "Ana"), (EntityKind::Person, "Bo"), (EntityKind::Place, "Rome")];
        assert_eq!(query.filters.names, names.map(|(kind, name)| (kind, name.to_owned())));
        assert!(query.facets.is_empty());
        assert!(matches!(apply(r#"{"since":"soonish"}"#), Err(SearchError::Filter(_))));
        assert!(serde_json::from_str::<QueryRequest>(r#"{"colour":"red"}"#).is_err());
    }

    #[test]
    fn ids_are_strings_or_numbers() {
        let id = |json: &str| serde_json::from_str::<QueryRequest>(json).expect("a request").id_text();
        assert_eq!(id(r#"{"id":7}"#).as_deref(), Some("7"));
        assert_eq!(id(r#"{"id":"q7"}"#).as_deref(), Some("q7"));
        assert_eq!(id("{}"), None);
    }
}
