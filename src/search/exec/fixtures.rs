//! Plans and statistics for unit tests.

use crate::search::exec::bm25f::Scoring;
use crate::search::language::syntax_tree::Occur;
use crate::search::plan::tree::{Clause, Plan, Unit, UnitKind};

/// A plan of so many optional words, `w0` and on.
pub(crate) fn plan_of_words(words: usize) -> Plan {
    let mut plan = Plan::default();
    for word in 0..words {
        let node = plan.push(Unit::scored(format!("w{word}"), UnitKind::Any(Vec::new()), 1.0));
        plan.clauses.push(Clause::new(Occur::Should, node));
    }
    plan
}

/// Statistics with the IDF of each unit; units of IDF 0 do not occur.
pub(crate) fn scoring_of(idf: &[f32]) -> Scoring {
    let mut scoring = Scoring::none();
    scoring.idf = idf.to_vec();
    scoring.occurs = idf.iter().map(|idf| *idf > 0.0).collect();
    scoring
}
