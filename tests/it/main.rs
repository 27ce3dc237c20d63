//! The integration tests in one binary: the command line as scripts use it, and
//! the library against brute-force implementations. Tests on data that is not in
//! the repository are in `tests/shared`.

#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod bad_input;
mod batch;
mod bombs;
mod brute;
mod brute_meaning;
mod cluster;
mod contract;
mod corrections;
mod corpus;
mod entities;
mod eval;
mod formats;
mod forms;
mod hostile;
mod identity;
mod imports;
mod incremental;
mod json_shapes;
mod language;
mod ledger;
mod limits;
mod loss;
mod manners;
mod meaning;
mod model;
mod notes;
mod permissions;
mod reports;
mod robust;
mod safety;
mod serve;
mod terminal;
mod serve_health;
mod snippets;
mod tags;
mod truth;
mod verify;
mod watch;
