//! The archive over HTTP: a page for people and an API for programs.
//!
//! A request passes through these files in order: `listen` (connections and
//! their limits), `middleware` (logging, metrics, `auth`, security headers),
//! `respond` (entity tag, `cache`, then `pool`, which runs searches off the
//! threads that talk to clients), and an endpoint of `api` or `page`: a plain
//! function from a `Request` to a `Response`. `archive` holds the open commit;
//! `reload` replaces it when a new one lands; `health` says whether all is well. Only `GET` and `HEAD` are allowed,
//! and nothing in a request becomes a file name.

mod address;
mod api;
mod app_state;
mod archive;
mod auth;
mod cache;
mod error;
mod handler;
mod health;
mod listen;
mod metrics;
mod middleware;
mod options;
mod page;
mod pool;
mod problem;
mod reload;
mod respond;
mod routes;
mod server;
mod verification;

pub use api::openapi;
pub use archive::Source;
pub use error::ServeError;
pub use options::ServeOptions;
pub use server::{ReloadHandle, Server};
