//! The API: JSON as the command line prints it, problems as in RFC 9457.

mod articles;
mod compare;
mod complete;
mod entities;
mod feed;
mod openapi;
mod parameters;
mod quotes;
mod search;
mod stats;
mod timeline;

use super::handler::Handler;

pub use openapi::openapi;

pub(super) use articles::missing as missing_article;
pub(super) use feed::address as feed_address;
pub(super) use search::bounded;

/// The endpoints by path.
pub(super) const ENDPOINTS: [(&str, Handler); 10] = [
    ("/api/search", search::search),
    ("/api/complete", complete::complete),
    ("/api/entities", entities::entities),
    ("/api/articles/{*id}", articles::article),
    ("/api/similar/{*id}", articles::similar),
    ("/api/compare", compare::compare),
    ("/api/timeline", timeline::timeline),
    ("/api/quotes", quotes::quotes),
    ("/api/stats", stats::stats),
    ("/feed", feed::feed),
];
