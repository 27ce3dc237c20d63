//! What a score is made of.

use serde::Serialize;

use crate::search::error::SearchError;
use crate::search::exec::context::SearchContext;
use crate::search::exec::evaluator::{EvaluatorScope, NodeEvaluator};
use crate::search::exec::ranked::Ranked;
use crate::search::exec::recency::RecencyDecay;
use crate::search::plan::describe::describe;
use crate::search::plan::tree::Role;

/// How a query was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Explanation {
    /// The plan, a clause a line: `+` must be there, `-` must not; what each
    /// word or name stands for in the archive.
    pub plan: Vec<String>,
}

/// What a hit's score is made of: the sum of its parts times `fresh` times
/// `places`, plus `together`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ScoreParts {
    /// What each word, phrase and name adds.
    pub parts: Vec<ScorePart>,
    /// 1, and up to 0.1 more for what stands in the title or at the beginning.
    pub places: f32,
    /// What is added for words that stand together.
    pub together: f32,
    /// Between 0.5 and 1 with `--fresh`; 1 without.
    pub fresh: f32,
}

/// What one word, phrase or name adds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ScorePart {
    /// What was typed.
    pub what: String,
    /// Times in the title.
    pub title: u32,
    /// Times in the body.
    pub body: u32,
    /// How rare it is in the archive.
    pub idf: f32,
    /// What it adds.
    pub score: f32,
}

pub(crate) fn explain(context: SearchContext<'_>) -> Explanation {
    Explanation { plan: describe(context.plan, context.scoring) }
}

pub(crate) fn score_parts(context: SearchContext<'_>, ranked: &Ranked) -> Result<ScoreParts, SearchError> {
    let doc = ranked.candidate.doc;
    let units = vec![true; context.plan.units.len()];
    let mut evaluator = NodeEvaluator::new(context, ranked.candidate.segment, EvaluatorScope::Of(&[doc], &units))?;
    let mut parts = Vec::new();
    for (at, unit) in context
        .plan
        .units
        .iter()
        .enumerate()
        .filter(|(_, unit)| !matches!(unit.role, Role::Excluded | Role::NamePhrase))
    {
        let Some(score) = evaluator.score_unit(at, doc) else { continue };
        let (title, body) = evaluator.counts(at, doc);
        parts.push(ScorePart { what: unit.text.clone(), title, body, idf: context.scoring.idf[at], score });
    }
    let fresh = if context.recency { RecencyDecay::new(context.snapshot.newest).factor(ranked.published) } else { 1.0 };
    Ok(ScoreParts { parts, places: ranked.bonus.factor(), together: ranked.bonus.proximity, fresh })
}
