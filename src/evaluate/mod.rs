//! Scores against judgments: names in annotated text, rankings of articles.
//!
//! [`iob2`] and [`marked`] read annotated text into [`Judged`] articles, whose
//! labels a [`LabelMap`] maps to kinds; [`NameScores`] scores names against them.
//! [`RankingScores`] scores a [`Run`] against [`Qrels`].

pub mod iob2;
mod judged;
mod labels;
pub mod marked;
mod names;
mod ranking;

pub use judged::{JudgeError, Judged, Judgment};
pub use labels::{Kinds, LabelMap};
pub use names::{Count, Error, NameScores};
pub use ranking::{Measures, Qrels, RankingScores, Run, TrecError};
