//! A search as the page's address has it: words, filters, order, page.

use crate::search::{FacetKind, FacetRequest, Query, QueryRequest, Sort};

use super::super::ask::Ask;
use super::super::problem::Problem;
use crate::article::EntityKind;

/// Hits of a page.
pub(super) const PAGE: usize = 10;
/// Names of each kind beside the hits.
const NAMES: usize = 8;
/// What narrows a search and stays when its words change.
const FILTERS: [&str; 9] =
    ["person", "character", "work", "organization", "place", "event", "source", "since", "until"];
/// What else an address may say.
const OTHERS: [&str; 4] = ["q", "sort", "facet_search", "page"];

/// A search, as its address has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    pairs: Vec<(String, String)>,
}

impl State {
    /// What an address asks for. Settings it does not know, and empty ones,
    /// which forms send, are passed over.
    pub fn of(ask: &Ask) -> Result<Self, Problem> {
        let mut pairs = ask.pairs()?;
        pairs.retain_mut(|(key, value)| {
            let known = FILTERS.contains(&key.as_str()) || OTHERS.contains(&key.as_str());
            *value = value.trim().to_owned();
            known && !value.is_empty()
        });
        Ok(Self { pairs })
    }

    /// A search for one name.
    pub fn for_name(kind: EntityKind, name: &str) -> Self {
        Self { pairs: vec![(kind.as_str().to_owned(), name.to_owned())] }
    }

    /// The query, with everything that the page shows.
    pub fn query(&self, ask: &Ask) -> Result<Query, Problem> {
        let asked: Vec<&(String, String)> = self.pairs.iter().filter(|(key, _)| key != "page").collect();
        // A list of pairs always serializes.
        let text = serde_html_form::to_string(asked).unwrap_or_default();
        let request: QueryRequest =
            serde_html_form::from_str(&text).map_err(|error| Problem::bad(error.to_string()))?;
        let names = EntityKind::ALL.map(FacetKind::Names).into_iter().chain([FacetKind::Source]);
        let mut facets: Vec<FacetRequest> = names.map(|kind| FacetRequest { kind, limit: NAMES }).collect();
        let query = super::super::api::bounded(ask, request.apply(&Query { limit: PAGE, ..Query::new("") })?)?;
        facets.push(FacetRequest { kind: FacetKind::Month, limit: usize::MAX });
        Ok(Query { offset: (self.page() - 1) * PAGE, facets, ..query })
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// The words.
    pub fn text(&self) -> &str {
        self.get("q").unwrap_or_default()
    }

    /// The page, from 1.
    pub fn page(&self) -> usize {
        self.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 1000)
    }

    /// The order of hits.
    pub fn sort(&self) -> Sort {
        match self.get("sort") {
            Some("newest") => Sort::Newest,
            Some("oldest") => Sort::Oldest,
            _ => Sort::Relevance,
        }
    }

    /// What names of facets begin with.
    pub fn facet_search(&self) -> &str {
        self.get("facet_search").unwrap_or_default()
    }

    /// The value of a filter that stands but once.
    pub fn one(&self, key: &str) -> &str {
        self.get(key).unwrap_or_default()
    }

    /// What narrows the search.
    pub fn filters(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        pairs.filter(|(key, _)| FILTERS.contains(key))
    }

    /// Everything but some settings, as a form hides it.
    pub fn but(&self, but: &[&str]) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        pairs.filter(move |(key, _)| *key != "page" && !but.contains(key))
    }

    /// Whether a filter is set.
    pub fn has(&self, key: &str, value: &str) -> bool {
        self.pairs.iter().any(|(known, other)| known == key && other == value)
    }

    /// The first page with one more filter.
    pub fn with(&self, key: &str, value: &str) -> Self {
        let mut state = self.without("page", self.one("page")).without("facet_search", self.facet_search());
        if !state.has(key, value) {
            state.pairs.push((key.to_owned(), value.to_owned()));
        }
        state
    }

    /// The first page without a filter.
    pub fn without(&self, key: &str, value: &str) -> Self {
        let gone = |(known, other): &&(String, String)| known == "page" || (known == key && other == value);
        Self { pairs: self.pairs.iter().filter(|pair| !gone(pair)).cloned().collect() }
    }

    /// The same with another value of a setting that stands but once.
    pub fn set(&self, key: &str, value: &str) -> Self {
        let mut state = self.clone();
        state.pairs.retain(|(known, _)| known != key);
        if !value.is_empty() {
            state.pairs.push((key.to_owned(), value.to_owned()));
        }
        state
    }

    /// The address of the search.
    pub fn address(&self) -> String {
        let settings = serde_html_form::to_string(&self.pairs).unwrap_or_default();
        if settings.is_empty() { "/search".to_owned() } else { format!("/search?{settings}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(pairs: &[(&str, &str)]) -> State {
        State { pairs: pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect() }
    }

    #[test]
    fn filters_come_and_go() {
        let one = state(&[("q", "premiere"), ("page", "3")]);
        let two = one.with("person", "Tom Cruise");
        assert_eq!(two.address(), "/search?q=premiere&person=Tom+Cruise");
        assert_eq!(two.without("person", "Tom Cruise").address(), "/search?q=premiere");
        assert_eq!(two.set("sort", "newest").set("sort", "oldest").address(), two.set("sort", "oldest").address());
        assert_eq!(two.filters().collect::<Vec<_>>(), [("person", "Tom Cruise")]);
        assert_eq!((one.page(), two.page()), (3, 1));
    }
}
