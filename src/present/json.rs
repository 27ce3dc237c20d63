//! JSON as the contract fixes it.

use std::io::{self, Write};

use serde::Serialize;

use crate::search::{Explanation, Facets, Hit};

use super::{Answer, SCHEMA};

#[derive(Serialize)]
struct AnswerJson<'a> {
    schema: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    query: &'a str,
    total: usize,
    took_ms: f64,
    hits: &'a [Hit],
    facets: &'a Facets,
    missing: &'a [String],
    suggestion: Option<&'a str>,
    /// Whether facets count copies; without them where the query says `-is:duplicate`.
    copies_counted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a Explanation>,
}

/// One object for the whole answer, on lines of its own or on one.
pub(super) fn answer(out: &mut dyn Write, answer: &Answer<'_>, pretty: bool) -> io::Result<()> {
    let object = AnswerJson {
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
    };
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
