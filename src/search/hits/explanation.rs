//! Explains plans and scores.

use serde::Serialize;

use crate::search::error::SearchError;
use crate::search::exec::context::SearchContext;
use crate::search::exec::evaluator::{EvaluatorScope, NodeEvaluator};
use crate::search::exec::meaning::meaning_factor;
use crate::search::exec::ranked::Ranked;
use crate::search::exec::recency::RecencyDecay;
use crate::search::hits::plan_description::describe;
use crate::search::plan::tree::{Role, Unit};

/// How a query was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Explanation {
    /// The plan, one clause a line: `+` is required, `-` excluded; with the words
    /// or names of the archive that each word matches.
    pub plan: Vec<String>,
}

/// The parts of a hit's score: the sum of `parts` times `fresh` times `places`
/// times `meaning`, plus `together`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ScoreParts {
    /// The score of each word, phrase and name.
    pub parts: Vec<ScorePart>,
    /// The factor for matches in the title or at the beginning: 1 to 1.1.
    pub places: f32,
    /// The bonus for the proximity of words.
    pub together: f32,
    /// The factor for nearness in meaning: 1 to 2.
    pub meaning: f32,
    /// The recency factor: 0.5 to 1 with `--fresh`, otherwise 1.
    pub fresh: f32,
}

/// The score of one word, phrase or name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ScorePart {
    /// What was typed.
    pub what: String,
    /// Its frequency in the title.
    pub title: u32,
    /// Its frequency in the body.
    pub body: u32,
    /// Its inverse document frequency.
    pub idf: f32,
    /// Its part of the score.
    pub score: f32,
}

/// How a query was understood.
pub(crate) fn explain(context: SearchContext<'_>) -> Explanation {
    Explanation { plan: describe(context.plan, context.scoring) }
}

/// The parts of a ranked article's score.
pub(crate) fn score_parts(context: SearchContext<'_>, ranked: &Ranked) -> Result<ScoreParts, SearchError> {
    let doc = ranked.candidate.doc;
    let units = vec![true; context.plan.units.len()];
    let mut evaluator = NodeEvaluator::new(context, ranked.candidate.segment, EvaluatorScope::Of(&[doc], &units))?;
    let mut parts = Vec::new();
    let is_scored = |unit: &Unit| !matches!(unit.role, Role::Excluded | Role::NamePhrase);
    for (at, unit) in context.plan.units.iter().enumerate().filter(|(_, unit)| is_scored(unit)) {
        let Some(score) = evaluator.score_unit(at, doc) else { continue };
        let (title, body) = evaluator.counts(at, doc);
        parts.push(ScorePart { what: unit.text.clone(), title, body, idf: context.scoring.idf[at], score });
    }
    let fresh = if context.recency { RecencyDecay::new(context.snapshot.newest).factor(ranked.published) } else { 1.0 };
    let meaning = meaning_factor(context, &ranked.candidate);
    Ok(ScoreParts { parts, places: ranked.bonus.factor(), together: ranked.bonus.proximity, meaning, fresh })
}
