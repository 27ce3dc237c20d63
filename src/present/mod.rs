//! Results to text: for readers, for scripts, for evaluation.
//!
//! Writes to any `Write`; knows nothing of terminals but a width. Styled text
//! holds ANSI sequences, which the command line strips where none are wanted.

mod annotation;
mod article;
mod candidates;
mod comparison;
mod completions;
mod credits;
mod dates;
mod difference;
mod csv_rows;
mod entities;
mod human;
mod json;
mod name_scores;
mod ranking_scores;
mod reports;
mod said;
mod slip;
mod stats;
mod style;
mod timeline;
mod trends;

pub use annotation::{Annotation, annotated_text};
pub use article::{ShownArticle, shown_text};
pub use candidates::{candidates_json, candidates_text};
pub use comparison::comparison;
pub use completions::completions;
pub use credits::credit_rows;
pub use difference::{difference, difference_header};
pub use entities::{Versioned, entity_rows, why_json, why_text};
pub use json::{AnswerJson, alert_line, error_line};
pub use name_scores::{name_scores_json, name_scores_text};
pub use ranking_scores::{ranking_json, ranking_text};
pub use said::quotes;
pub use slip::slip_chart;
pub use stats::{stats_json, stats_text};
pub use timeline::timeline;
pub use trends::trends;

use std::io::{self, Write};
use std::str::FromStr;
use std::time::Duration;

use crate::search::Results;

/// The version of the JSON output; a breaking change raises it.
pub const SCHEMA: u32 = 1;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// One JSON object.
    Json,
    /// A JSON object a line.
    Jsonl,
    /// Comma-separated, with a header.
    Csv,
    /// `qid Q0 docid rank score tag`.
    Trec,
    /// The paths of the hits, one a line.
    Paths,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "human" => Self::Human,
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "csv" => Self::Csv,
            "trec" => Self::Trec,
            "paths" => Self::Paths,
            _ => return Err(format!("unknown format {text:?}: expected human, json, jsonl, csv, trec or paths")),
        })
    }
}

/// The answer to one query, with what is printed beside it.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The query's id in a batch.
    pub id: Option<&'a str>,
    /// The query, as it was asked.
    pub query: &'a str,
    /// How long it took.
    pub took: Duration,
    /// What was found.
    pub results: &'a Results,
}

/// Prints answers in one format.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    /// The format.
    pub format: Format,
    /// Columns of the page, for people.
    pub width: usize,
    /// End paths with NUL instead of a newline.
    pub null: bool,
}

impl Printer {
    /// What stands before the first answer.
    ///
    /// # Errors
    /// What `out` says.
    pub fn start(&self, out: &mut dyn Write, batch: bool) -> io::Result<()> {
        if self.format == Format::Csv { csv_rows::header(out, batch) } else { Ok(()) }
    }

    /// The hits of an answer without what stands around them.
    ///
    /// # Errors
    /// What `out` says.
    pub fn hits(&self, out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
        if self.format == Format::Human { human::hits(out, answer, self.width) } else { self.answer(out, answer) }
    }

    /// One answer.
    ///
    /// # Errors
    /// What `out` says.
    pub fn answer(&self, out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
        match self.format {
            Format::Human => human::answer(out, answer, self.width),
            Format::Json => json::answer(out, answer, true),
            Format::Jsonl if answer.id.is_some() => json::answer(out, answer, false),
            Format::Jsonl => json::hits(out, answer),
            Format::Csv => csv_rows::rows(out, answer),
            Format::Trec => trec(out, answer),
            Format::Paths => paths(out, answer, self.null),
        }
    }
}

/// Lines as `trec_eval` reads them; white space in ids becomes `_`.
fn trec(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    let word = |id: &str| id.split_whitespace().collect::<Vec<_>>().join("_");
    let query = word(answer.id.unwrap_or("1"));
    for hit in &answer.results.hits {
        writeln!(out, "{query} Q0 {} {} {:.6} newsearch", word(&hit.id), hit.rank, hit.score)?;
    }
    Ok(())
}

fn paths(out: &mut dyn Write, answer: &Answer<'_>, null: bool) -> io::Result<()> {
    let end: &[u8] = if null { b"\0" } else { b"\n" };
    let mut seen = std::collections::BTreeSet::new();
    for hit in answer.results.hits.iter().filter(|hit| seen.insert(&hit.path)) {
        out.write_all(hit.path.as_bytes())?;
        out.write_all(end)?;
    }
    Ok(())
}
