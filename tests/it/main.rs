//! The integration tests, one binary: the command line as scripts use it, and
//! the library against brute force.

#![allow(missing_docs, clippy::unwrap_used)]

mod bad_input;
mod batch;
mod brute;
mod cluster;
mod contract;
mod corpus;
mod dates;
mod entities;
mod eval;
mod formats;
mod hostile;
mod imports;
mod incremental;
mod language;
mod manners;
mod measured;
mod pages;
mod reports;
mod robust;
mod safety;
mod seeds;
mod serve;
mod support;
mod truth;
