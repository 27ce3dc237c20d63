//! A search request: a query with its filters, order, page and facets.

pub(crate) mod deadline;
pub(crate) mod facet_request;
pub(crate) mod filters;
pub(crate) mod query_request;
pub(crate) mod search_query;
pub(crate) mod sort;
