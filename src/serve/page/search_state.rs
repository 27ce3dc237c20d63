//! A search as the address of its page has it: words, filters, order, page.

use crate::article::{EntityKind, FieldName};
use crate::search::{FacetKind, FacetRequest, Query, QueryRequest, Sort};

use super::super::api::bounded;
use super::super::handler::Request;
use super::super::problem::Problem;

/// Hits of a page.
pub(super) const PAGE: usize = 10;
/// Names of each kind beside the hits.
const NAMES: usize = 8;
/// Filters besides the kinds of names. They stay when the words of a search
/// change.
const FILTERS: [&str; 4] = ["source", "tag", "since", "until"];
/// The other parameters.
const OTHERS: [&str; 5] = ["q", "correct", "sort", "facet_search", "page"];

fn is_filter(key: &str) -> bool {
    EntityKind::ALL.iter().any(|kind| kind.as_str() == key) || FILTERS.contains(&key)
}

/// A search, as key-value pairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SearchState {
    pairs: Vec<(String, String)>,
}

impl SearchState {
    /// The search of a request. Unknown parameters, and empty ones, which forms
    /// send, are ignored.
    pub fn of(request: &Request) -> Result<Self, Problem> {
        Ok(Self::new(request.pairs()?))
    }

    fn new(mut pairs: Vec<(String, String)>) -> Self {
        pairs.retain_mut(|(key, value)| {
            let known = is_filter(key) || OTHERS.contains(&key.as_str());
            *value = value.trim().to_owned();
            known && !value.is_empty()
        });
        Self { pairs }
    }

    /// A search for one name.
    pub fn for_name(kind: EntityKind, name: &str) -> Self {
        Self { pairs: vec![(kind.as_str().to_owned(), name.to_owned())] }
    }

    /// A search for one tag.
    pub fn for_tag(tag: &str) -> Self {
        Self { pairs: vec![("tag".to_owned(), tag.to_owned())] }
    }

    /// The query, with the facets that the page shows.
    pub fn query(&self, request: &Request) -> Result<Query, Problem> {
        let pairs: Vec<&(String, String)> = self.pairs.iter().filter(|(key, _)| key != "page").collect();
        // A list of pairs always serializes.
        let text = serde_html_form::to_string(pairs).unwrap_or_default();
        let parsed: QueryRequest = serde_html_form::from_str(&text).map_err(|error| Problem::bad(error.to_string()))?;
        let names = EntityKind::ALL
            .map(FacetKind::Names)
            .into_iter()
            .chain([FacetKind::Source, FacetKind::Field(FieldName::TAG)]);
        let mut facets: Vec<FacetRequest> = names.map(|kind| FacetRequest { kind, limit: NAMES }).collect();
        let query = bounded(request, parsed.apply(&Query { limit: PAGE, ..Query::new("") })?)?;
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

    /// The number of the page, from 1.
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

    /// The beginning of the names that facets show.
    pub fn facet_search(&self) -> &str {
        self.get("facet_search").unwrap_or_default()
    }

    /// The value of a parameter that is given at most once.
    pub fn one(&self, key: &str) -> &str {
        self.get(key).unwrap_or_default()
    }

    /// The filters of the search.
    pub fn filters(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        pairs.filter(|(key, _)| is_filter(key))
    }

    /// All parameters except some and the page, for hidden fields of a form.
    pub fn except(&self, keys: &[&str]) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        pairs.filter(move |(key, _)| *key != "page" && !keys.contains(key))
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

    /// The same search with another value of a parameter that is given at most
    /// once; an empty value removes it.
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

    fn state(pairs: &[(&str, &str)]) -> SearchState {
        SearchState { pairs: pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect() }
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

    #[test]
    fn unknown_and_empty_parameters_are_ignored() {
        let check = |query: &str, address: &str| {
            let pairs: Vec<(String, String)> = serde_html_form::from_str(query).expect("pairs");
            assert_eq!(SearchState::new(pairs).address(), address, "{query}");
        };
        check("", "/search");
        check("q=+film+&utm_source=x&since=", "/search?q=film");
        check("organization=CNN&organisation=BBC&event=Cannes", "/search?organization=CNN&event=Cannes");
        check("q=a%26b&work=%C3%84", "/search?q=a%26b&work=%C3%84");
    }

    #[test]
    fn pages_are_within_bounds() {
        let check = |page: &str, expected| assert_eq!(state(&[("page", page)]).page(), expected, "{page:?}");
        check("7", 7);
        check("0", 1);
        check("-3", 1);
        check("last", 1);
        check("99999", 1000);
    }

    #[test]
    fn forms_keep_the_other_parameters() {
        let state = state(&[("q", "film"), ("person", "Ann"), ("since", "2021"), ("page", "2")]);
        assert_eq!(state.except(&["since", "until"]).collect::<Vec<_>>(), [("q", "film"), ("person", "Ann")]);
        assert_eq!(state.set("q", "").address(), "/search?person=Ann&since=2021&page=2");
        assert_eq!(state.without("person", "Bob").filters().count(), 2);
    }
}
