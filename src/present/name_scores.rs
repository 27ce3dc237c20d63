//! Scores of names.

use std::io::{self, Write};

use serde::Serialize;

use crate::article::EntityKind;
use crate::evaluate::{Count, NameScores};

use super::versioned::SCHEMA;

#[derive(Serialize)]
struct Row {
    name: &'static str,
    marked: u64,
    found: u64,
    precision: f64,
    recall: f64,
    f1: f64,
}

impl Row {
    fn new(name: &'static str, count: Count) -> Self {
        Self {
            name,
            marked: count.right + count.missed,
            found: count.right + count.wrong,
            precision: count.precision(),
            recall: count.recall(),
            f1: count.f1(),
        }
    }
}

/// All, then the kinds that are marked or found, then spans alone.
fn rows(scores: &NameScores) -> Vec<Row> {
    let kinds = EntityKind::ALL.into_iter().map(|kind| Row::new(kind.as_str(), scores.kinds[kind.ordinal()]));
    let all = Row::new("all", scores.all());
    let spans = Row::new("span only", scores.spans);
    std::iter::once(all).chain(kinds.filter(|row| row.marked + row.found > 0)).chain([spans]).collect()
}

/// Prints scores and the commonest errors, one per line.
///
/// # Errors
/// What `out` says.
pub fn name_scores_text(out: &mut dyn Write, scores: &NameScores, errors: usize) -> io::Result<()> {
    writeln!(out, "{:<14}{:>8}{:>8}{:>7}{:>7}{:>7}", "", "marked", "found", "P", "R", "F1")?;
    for Row { name, marked, found, precision, recall, f1 } in rows(scores) {
        writeln!(out, "{name:<14}{marked:>8}{found:>8}{precision:>7.3}{recall:>7.3}{f1:>7.3}")?;
    }
    let (right, of) = scores.canonical;
    if of > 0 {
        writeln!(out, "canonical name right: {:.3} of {of}", right as f64 / of as f64)?;
    }
    writeln!(out, "calibration error: {:.3}", scores.calibration_error())?;
    if errors > 0 {
        writeln!(out, "\nCommonest errors: how often, marked, found, words")?;
    }
    let name = |kind: Option<EntityKind>| kind.map_or("-", EntityKind::as_str);
    for (error, count) in scores.commonest_errors(errors) {
        writeln!(out, "{count:>5}  {:<13}{:<13}{}", name(error.marked), name(error.found), error.surface)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct ScoresJson<'a> {
    schema: u32,
    scores: Vec<Row>,
    canonical: Option<f64>,
    calibration_error: f64,
    /// For each tenth of confidence: right ones, all.
    confidence: &'a [(u64, u64); 10],
    errors: Vec<ErrorJson<'a>>,
}

#[derive(Serialize)]
struct ErrorJson<'a> {
    count: u64,
    marked: Option<EntityKind>,
    found: Option<EntityKind>,
    text: &'a str,
}

/// Prints the same as one JSON object.
///
/// # Errors
/// What `out` says.
pub fn name_scores_json(out: &mut dyn Write, scores: &NameScores, errors: usize) -> io::Result<()> {
    let (right, of) = scores.canonical;
    let errors = scores.commonest_errors(errors).into_iter().map(|(error, count)| ErrorJson {
        count,
        marked: error.marked,
        found: error.found,
        text: &error.surface,
    });
    let json = ScoresJson {
        schema: SCHEMA,
        scores: rows(scores),
        canonical: (of > 0).then(|| right as f64 / of as f64),
        calibration_error: scores.calibration_error(),
        confidence: &scores.confidence,
        errors: errors.collect(),
    };
    serde_json::to_writer(&mut *out, &json)?;
    out.write_all(b"\n")
}
