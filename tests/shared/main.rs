//! Tests on real articles and annotations, which are in a folder beside the
//! checkout and not part of the repository. All are ignored by default; run by
//! name without that folder, they fail:
//! `cargo test --test shared -- --ignored`.

#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod cases;
mod cluster;
mod dates;
mod measured;
mod news;
mod misspellings;
mod pages;
mod reports;
mod seeds;
mod snippets;
