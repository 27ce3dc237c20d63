//! The catalog of an archive in a cluster: its names, entities, duplicate clusters
//! and words, as an index without articles. It is made from the files that came
//! since it was last made, kept in the cluster, and copied to where it is used.

mod catalog_file;
pub(super) mod catalog_terms;
mod local_copy;
mod local_files;
mod merge;
pub(super) mod name_keys_file;
mod publish;
mod retry;
mod run_number;
pub(super) mod store;
