//! What a score is made of.

use serde::Serialize;
use utoipa::ToSchema;

use super::SearchError;
use super::candidates::Question;
use super::closeness::Ranked;
use super::freshness::Freshness;
use super::plan::{Role, describe};
use super::walk::{Opened, Walk};

/// How a query was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Explanation {
    /// The plan, a clause a line: `+` must be there, `-` must not; what each
    /// word or name stands for in the archive.
    pub plan: Vec<String>,
}

/// What a hit's score is made of: the sum of its parts times `fresh` times
/// `places`, plus `together`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
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

pub(super) fn explain(question: Question<'_>) -> Explanation {
    Explanation { plan: describe(question.plan, question.scoring) }
}

pub(super) fn score_parts(question: Question<'_>, ranked: &Ranked) -> Result<ScoreParts, SearchError> {
    let doc = ranked.candidate.doc;
    let units = vec![true; question.plan.units.len()];
    let mut walk = Walk::new(question, ranked.candidate.segment, Opened::Of(&[doc], &units))?;
    let mut parts = Vec::new();
    for (at, unit) in
        question.plan.units.iter().enumerate().filter(|(_, unit)| !matches!(unit.role, Role::Excluded | Role::Together))
    {
        let Some(score) = walk.score_unit(at, doc) else { continue };
        let (title, body) = walk.counts(at, doc);
        parts.push(ScorePart { what: unit.text.clone(), title, body, idf: question.scoring.idf[at], score });
    }
    let fresh = if question.fresh { Freshness::new(question.snapshot.newest).factor(ranked.published) } else { 1.0 };
    Ok(ScoreParts { parts, places: ranked.bonus.factor(), together: ranked.bonus.together, fresh })
}
