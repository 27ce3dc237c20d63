//! Scores in the cluster: an upper bound of the score of each article. Ranking
//! itself happens here, from the articles that come back.

use serde_json::{Value, json};

use crate::cluster::query::clauses::any;
use crate::cluster::query::translator::{Alternative, QueryTranslator};
use crate::cluster::requests::MatchSpec;
use crate::search::params::{
    B, DAYS_OF_MONTH, DAYS_OF_YEAR, K1, LEAD_BONUS, RECENCY_FLOOR, RECENCY_HALF_LIFE_DAYS, TITLE_WEIGHT,
};
use crate::search::plan::tree::{Node, Role, Unit, UnitKind};
use crate::search::query::sort::Sort;

/// Lengths are stored in a byte each, which may round them down to this share.
const ROUNDED: f32 = 0.9;

impl QueryTranslator<'_> {
    /// The query of a batch, scored by the most that an article can score, or, in
    /// an order of dates, by what its words score.
    pub fn scored(&self, spec: MatchSpec<'_>, sort: Sort, filter: Value) -> Value {
        let (plan, requirement) = (spec.plan, spec.requirement);
        let only_filters = plan.searched().next().is_none();
        let is_bound = sort == Sort::Relevance;
        let mut parts: Vec<Value> = Vec::new();
        let mut proximity_of = vec![0.0; plan.units.len()];
        for (clause, bound) in plan.clauses.iter().zip(&requirement.proximity).filter(|_| is_bound) {
            if let Node::Unit(unit) = clause.node {
                proximity_of[unit] = *bound;
            }
        }
        for (at, unit) in plan.units.iter().enumerate() {
            let counts = unit.role == Role::Scored || unit.role == Role::Filter && only_filters;
            if !counts || !spec.scoring.occurs[at] || matches!(unit.kind, UnitKind::Label(..) | UnitKind::Reports(_)) {
                continue;
            }
            let lead = if is_bound && !only_filters { 1.0 + LEAD_BONUS } else { 1.0 };
            let weight = unit.weight * spec.scoring.idf[at] * (K1 + 1.0) * lead;
            parts.push(self.weighed(unit, (weight, proximity_of[at]), spec.scoring.means()));
        }
        let query = if parts.is_empty() {
            json!({"bool": {"filter": [filter]}})
        } else {
            json!({"bool": {"filter": [filter], "should": parts}})
        };
        match spec.newest {
            Some(newest) => with_recency(&query, newest),
            None => query,
        }
    }

    /// What a unit adds to a score: BM25F, and at most `proximity`.
    fn weighed(&self, unit: &Unit, (weight, proximity): (f32, f32), means: (f32, f32)) -> Value {
        let alternatives = self.alternatives(unit);
        let is_words = matches!(unit.kind, UnitKind::Words(_) | UnitKind::Any(_));
        if alternatives.iter().any(|one| one.query.get("terms").is_some()) {
            return json!({"constant_score": {"filter": any(alternatives.into_iter().map(|one| one.query).collect()), "boost": weight + proximity}});
        }
        let one = |Alternative { query, title }: Alternative| {
            let factor = if title { TITLE_WEIGHT } else { 1.0 };
            if is_words {
                return json!({"bool": {"must": [query], "boost": factor}});
            }
            // Fields of names have no lengths of their own.
            let (field, mean) = if title { ("title_words", means.0) } else { ("body_words", means.1) };
            json!({"script_score": {"query": query, "script": {
                "source": BY_LENGTH, "params": {"factor": factor, "mean": mean, "field": field, "rounded": ROUNDED, "b": B},
            }}})
        };
        let should: Vec<Value> = alternatives.into_iter().map(one).collect();
        json!({"script_score": {
            "query": {"bool": {"should": should}},
            "script": {"source": SATURATED, "params": {"weight": weight, "k1": K1, "together": proximity}},
        }})
    }
}

/// A query whose scores decay with the age of articles.
fn with_recency(query: &Value, newest: u64) -> Value {
    json!({"script_score": {"query": query, "script": {"source": FRESH, "params": {
        "newest": approximate_day(newest), "floor": RECENCY_FLOOR, "half_life": RECENCY_HALF_LIFE_DAYS,
        "year": DAYS_OF_YEAR, "month": DAYS_OF_MONTH,
    }}}})
}

/// BM25F's saturation.
const SATURATED: &str = "params.weight * _score / (_score + params.k1) + params.together";
/// A frequency normalized by the length of its field.
const BY_LENGTH: &str = "params.factor * _score / (1.0 - params.b + params.b * params.rounded * (doc[params.field].size() == 0 ? 1 : doc[params.field].value) / params.mean)";
/// The decay with age, as in `search::exec::recency`.
const FRESH: &str = "if (doc['published'].size() == 0) { return _score * params.floor; } long day = doc['published'].value; double at = (day / 10000) * params.year + ((day / 100) % 100) * params.month + day % 100; double age = Math.max(0.0, params.newest - at); return _score * (params.floor + (1.0 - params.floor) * Math.pow(2.0, -age / params.half_life));";

/// Days since year 0, with months of a twelfth of a year.
fn approximate_day(day: u64) -> f64 {
    (day / 10_000) as f64 * f64::from(DAYS_OF_YEAR)
        + (day / 100 % 100) as f64 * f64::from(DAYS_OF_MONTH)
        + (day % 100) as f64
}
