//! JSON as the contract fixes it.

use std::io::{self, Write};

use serde::Serialize;
use utoipa::ToSchema;

use crate::search::{Explanation, FacetCount, Facets, Hit};

use super::{Answer, SCHEMA};

/// The answer to a query, as JSON has it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Answer)]
pub struct AnswerJson<'a> {
    /// The version of the output.
    schema: u32,
    /// The query's id in a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    /// The query, as it was asked.
    query: &'a str,
    /// Matching articles in all, copies among them.
    total: usize,
    /// How long the search took, in milliseconds.
    took_ms: f64,
    /// The page of hits that was asked for.
    #[schema(value_type = Vec<Hit>)]
    hits: &'a [Hit],
    /// The facets that were asked for, by kind.
    #[schema(value_type = std::collections::BTreeMap<String, Vec<FacetCount>>)]
    facets: &'a Facets,
    /// What was asked for and stands in no article.
    #[schema(value_type = Vec<String>)]
    missing: &'a [String],
    /// Another query that would find more.
    suggestion: Option<&'a str>,
    /// Whether facets count copies; without them where the query says `-is:duplicate`.
    copies_counted: bool,
    /// How the query was understood, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Explanation>)]
    explanation: Option<&'a Explanation>,
}

impl<'a> AnswerJson<'a> {
    /// What JSON says of an answer.
    pub fn new(answer: &Answer<'a>) -> Self {
        Self {
            schema: SCHEMA,
            id: answer.id,
            query: answer.query,
            total: answer.results.total,
            took_ms: (answer.took.as_secs_f64() * 1e6).round() / 1e3,
            hits: &answer.results.hits,
            facets: &answer.results.facets,
            missing: &answer.results.missing,
            suggestion: answer.results.suggestion.as_deref(),
            copies_counted: answer.results.copies_counted,
            explanation: answer.results.explanation.as_ref(),
        }
    }
}

/// One object for the whole answer, on lines of its own or on one.
pub(super) fn answer(out: &mut dyn Write, answer: &Answer<'_>, pretty: bool) -> io::Result<()> {
    let object = AnswerJson::new(answer);
    if pretty {
        serde_json::to_writer_pretty(&mut *out, &object)?;
    } else {
        serde_json::to_writer(&mut *out, &object)?;
    }
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct AlertJson<'a> {
    schema: u32,
    alert: &'a str,
    #[serde(flatten)]
    hit: &'a Hit,
}

/// A hit that an alert tells of, on a line.
///
/// # Errors
/// What `out` says.
pub fn alert_line(out: &mut dyn Write, alert: &str, hit: &Hit) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &AlertJson { schema: SCHEMA, alert, hit })?;
    out.write_all(b"\n")
}

/// A hit a line.
pub(super) fn hits(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    for hit in &answer.results.hits {
        serde_json::to_writer(&mut *out, hit)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct ErrorJson<'a> {
    schema: u32,
    id: &'a str,
    error: &'a str,
}

/// What stands in place of the answer to a query that failed.
///
/// # Errors
/// What `out` says.
pub fn error_line(out: &mut dyn Write, id: &str, error: &str) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &ErrorJson { schema: SCHEMA, id, error })?;
    out.write_all(b"\n")
}
