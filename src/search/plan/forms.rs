//! Words whose stem is mostly that of others: “succession” among successes.

use crate::segment::fold;

use super::super::SearchError;
use super::super::language::{Occur, Places};
use super::build::Planner;
use super::tree::{Clause, Node, Plan, Sequence, Unit, Wanted};
use super::weights::LEAST_WORDS;

/// A stem of so many times more articles than the form that was typed is
/// mostly that of other words.
const MORE: u64 = 4;
/// What the typed form counts beside its stem.
const WEIGHT: f32 = 0.5;

/// Adds the typed form of such words, so that articles with it come first.
pub(super) fn add(planner: &Planner<'_>, plan: &mut Plan) -> Result<(), SearchError> {
    // In a sentence any form of a word may say the same.
    if plan.clauses.len() >= LEAST_WORDS {
        return Ok(());
    }
    let mut forms = Vec::new();
    for clause in plan.clauses.iter().filter(|clause| clause.occur == Occur::Should) {
        let Node::Unit(unit) = clause.node else { continue };
        let unit = &plan.units[unit];
        let Wanted::Words(sequences) = &unit.wanted else { continue };
        let [Sequence { terms, exact: false }] = &sequences[..] else { continue };
        let ([stem], Places::All) = (&terms[..], unit.places) else { continue };
        let form = fold(unit.text.trim_matches(|c: char| !c.is_alphanumeric()));
        let frequency =
            |field, term: &str| planner.snapshot.searcher.doc_freq(&tantivy::Term::from_field_text(field, term));
        let typed = frequency(planner.schema.body_exact, &form)?;
        if typed > 0 && frequency(planner.schema.body, stem)? >= typed.saturating_mul(MORE) {
            forms.push((unit.text.clone(), form));
        }
    }
    for (text, form) in forms {
        let wanted = Wanted::Words(vec![Sequence { terms: vec![form], exact: true }]);
        let node = plan.push(Unit::scored(text, wanted, WEIGHT));
        plan.clauses.push(Clause { light: true, ..Clause::new(Occur::Should, node) });
    }
    Ok(())
}
