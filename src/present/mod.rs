//! Results to text: for readers, for scripts, for evaluation. One file for each
//! kind of result.
//!
//! Writes to any `Write`; knows nothing of terminals but a width. Styled text
//! holds ANSI sequences, which the command line removes where no style is
//! wanted.

mod annotation;
mod answer;
mod answer_diff;
mod article;
mod candidates;
mod comparison;
mod completions;
mod credits;
mod csv_rows;
mod csv_safe;
mod dates;
mod entities;
mod entity_evidence;
mod format;
mod human;
mod json;
mod name_scores;
mod plain;
mod printer;
mod quotes;
mod ranking_scores;
mod release_date_chart;
mod reports;
mod stats;
mod style;
#[cfg(test)]
mod testing;
mod timeline;
mod trec;
mod trends;
mod versioned;

pub use annotation::{Annotation, annotated_text};
pub use answer::Answer;
pub use answer_diff::{answer_diff, answer_diff_header};
pub use article::{ShownArticle, shown_text};
pub use candidates::{candidates_json, candidates_text};
pub use comparison::comparison;
pub use completions::completions;
pub use credits::credit_rows;
pub use csv_safe::CsvSafeWriter;
pub use entities::entity_rows;
pub use entity_evidence::{evidence_json, evidence_text};
pub use format::Format;
pub use human::counts;
pub use json::{AnswerJson, alert_line, error_line};
pub use name_scores::{name_scores_json, name_scores_text};
pub use plain::{PlainWriter, plain, plain_lines};
pub use printer::Printer;
pub use quotes::quotes;
pub use ranking_scores::{ranking_json, ranking_text};
pub use release_date_chart::release_date_chart;
pub use stats::{stats_json, stats_text};
pub use timeline::timeline;
pub use trends::trends;
pub use versioned::{SCHEMA, Versioned};
