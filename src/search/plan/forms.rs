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
        let [Sequence { exact: false, terms, forms: of_stems }] = &sequences[..] else { continue };
        let ([stem], [of_stem], Places::All) = (&terms[..], &of_stems[..], unit.places) else { continue };
        let form = fold(unit.text.trim_matches(|c: char| !c.is_alphanumeric()));
        let (snapshot, body) = (planner.snapshot, planner.schema.body);
        let typed = snapshot.term_frequency(body, &form)?;
        if typed > 0 && snapshot.frequency(body, stem, of_stem)? >= typed.saturating_mul(MORE) {
            forms.push((unit.text.clone(), form));
        }
    }
    for (text, form) in forms {
        let wanted = Wanted::Words(vec![Sequence::exact(vec![form])]);
        let node = plan.push(Unit::scored(text, wanted, WEIGHT));
        plan.clauses.push(Clause { light: true, ..Clause::new(Occur::Should, node) });
    }
    Ok(())
}
