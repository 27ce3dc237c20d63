//! Scores of rankings.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::evaluate::{Measures, RankingScores};

use super::versioned::SCHEMA;

/// Prints the means of a run; with another run, also its means, the differences,
/// and the p-value of the difference in nDCG@10.
///
/// # Errors
/// What `out` says.
pub fn ranking_text(out: &mut dyn Write, scores: &RankingScores, against: Option<&RankingScores>) -> io::Result<()> {
    writeln!(out, "queries   {}", scores.queries.len())?;
    let other = against.map(|other| other.mean().named());
    for (at, (name, value)) in scores.mean().named().into_iter().enumerate() {
        match other {
            None => writeln!(out, "{name:<10}{value:.4}")?,
            Some(other) => {
                let before = other[at].1;
                writeln!(out, "{name:<10}{value:.4}  against {before:.4}  {:+.4}", value - before)?;
            }
        }
    }
    if let Some(against) = against {
        writeln!(out, "p         {:.4} for nDCG@10, paired randomization test", scores.significance(against))?;
    }
    Ok(())
}

/// Prints the same as one JSON object, with the measures of every query.
///
/// # Errors
/// What `out` says.
pub fn ranking_json(out: &mut dyn Write, scores: &RankingScores, against: Option<&RankingScores>) -> io::Result<()> {
    let named = |measures: Measures| -> Value {
        Value::Object(measures.named().into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect())
    };
    let object = |scores: &RankingScores| {
        let queries: Map<String, Value> = scores.queries.iter().map(|(id, of)| (id.clone(), named(*of))).collect();
        json!({ "mean": named(scores.mean()), "queries": queries })
    };
    let mut whole = json!({ "schema": SCHEMA, "run": object(scores) });
    if let Some(against) = against {
        whole["against"] = object(against);
        whole["p"] = scores.significance(against).into();
    }
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    out.write_all(b"\n")
}
