//! Composes read, extract, segment, recognize, link and index over all cores.

mod analyze;
mod annotate;
mod batch;
mod destination;
mod failure;
mod index;
mod indexing_run;
mod options;
pub mod ordered;
mod plan;
mod progress;
mod rebuild;
mod stages;
mod summary;
mod transfer;

pub use analyze::Analyzed;
pub(crate) use failure::EMPTY_ROOT;
pub use failure::Failure;
pub use options::IndexOptions;
pub use plan::Plan;
pub use progress::Progress;
pub use stages::Pipeline;
pub use summary::Summary;

#[cfg(feature = "cluster")]
pub(crate) use destination::{Destination, PrepareError, Preparer};
#[cfg(feature = "cluster")]
pub(crate) use indexing_run::IndexingRun;
