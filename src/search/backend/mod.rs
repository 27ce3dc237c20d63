//! Where matching articles come from: one trait, implemented by an index on disk
//! here and by a cluster in `cluster`.

pub(crate) mod api;
pub(crate) mod archive;
pub(crate) mod article_ids;
pub(crate) mod local;
