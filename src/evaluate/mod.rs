//! Scores against judgments: names in annotated text.
//!
//! [`LabelMap`] says what a set's labels mean here, [`iob2`] and [`marked`]
//! read annotated text into [`Judged`] articles, and [`NameScores`] counts.

pub mod iob2;
mod judged;
mod labels;
pub mod marked;
mod names;

pub use judged::{JudgeError, Judged, Judgment};
pub use labels::{Kinds, LabelMap};
pub use names::{Count, Error, NameScores};
