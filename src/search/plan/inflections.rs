//! Adds the typed form of words whose stem is mostly that of other words:
//! “succession” among successes.

use crate::search::error::SearchError;
use crate::search::language::syntax_tree::{FieldScope, Occur};
use crate::search::params::{INFLECTION_WEIGHT, SENTENCE_WORDS, STEM_FREQUENCY_RATIO};
use crate::search::plan::planner::Planner;
use crate::search::plan::tree::{Clause, Node, Plan, Sequence, Unit, UnitKind};
use crate::segment::fold;

/// Adds the typed form of such words as an optional clause, so that articles with
/// it rank higher.
pub(crate) fn add(planner: &Planner<'_>, plan: &mut Plan) -> Result<(), SearchError> {
    // In a sentence the form depends on the grammar.
    if plan.clauses.len() >= SENTENCE_WORDS {
        return Ok(());
    }
    let mut forms = Vec::new();
    for clause in plan.clauses.iter().filter(|clause| clause.occur == Occur::Should) {
        let Node::Unit(unit) = clause.node else { continue };
        let unit = &plan.units[unit];
        let UnitKind::Words(sequences) = &unit.kind else { continue };
        let [Sequence { exact: false, terms, forms: of_stems }] = &sequences[..] else { continue };
        let ([stem], [of_stem], FieldScope::All) = (&terms[..], &of_stems[..], unit.scope) else { continue };
        let form = fold(unit.text.trim_matches(|c: char| !c.is_alphanumeric()));
        let (snapshot, body) = (planner.snapshot, planner.schema.body);
        let typed = snapshot.term_frequency(body, &form)?;
        if typed > 0 && snapshot.frequency(body, stem, of_stem)? >= typed.saturating_mul(STEM_FREQUENCY_RATIO) {
            forms.push((unit.text.clone(), form));
        }
    }
    for (text, form) in forms {
        let kind = UnitKind::Words(vec![Sequence::exact(vec![form])]);
        let node = plan.push(Unit::scored(text, kind, INFLECTION_WEIGHT));
        plan.clauses.push(Clause { score_only: true, ..Clause::new(Occur::Should, node) });
    }
    Ok(())
}
