//! The trained model: its file, its weights, and scoring with them.

mod file;
mod row_sum;
mod scorer;
mod weights;

pub use file::{ModelError, TrainedModel};
pub(super) use scorer::{BaseScores, SegmentScorer};
pub use weights::Model;
