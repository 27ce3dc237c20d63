//! An archive in an OpenSearch cluster.
//!
//! Articles are read and analyzed here and sent as documents; the cluster holds
//! postings, columns and packed articles, in shards with replicas. The catalog
//! (names, entities, duplicate clusters, words) is stored beside them and copied to
//! where it is used. The cluster narrows a query to the articles that can be among
//! the best, and counts; its candidates are ranked here by the code that ranks an
//! index on disk. See docs/cluster.md.

mod address;
mod backend;
mod catalog;
mod cluster_client;
mod cluster_search;
mod counts;
mod engine;
mod error;
mod export;
mod facets;
#[cfg(test)]
mod fake_server;
mod fetch;
mod fetched_articles;
mod http;
mod http_errors;
mod indexing;
mod indices;
mod keys;
mod mapping;
mod packed_article;
mod query;
mod ram_index;
mod request_body;
mod requests;
mod search_request;
mod term_statistics;

pub use address::{Access, Address};
pub use engine::Engine;
pub use error::EngineError;
pub use indexing::update::EngineOptions;
pub use mapping::Spread;
