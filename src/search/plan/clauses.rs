//! Predicates on the clauses of a plan.

use crate::search::language::syntax_tree::Occur;
use crate::search::plan::tree::{Clause, Node, Plan, Role};

/// Whether a clause counts towards the share of the query that an article must
/// match. Linked entities do not, for their words do.
pub(crate) fn is_word(plan: &Plan, clause: &Clause) -> bool {
    clause.occur != Occur::Not && !clause.score_only && !is_linked_entity(clause) && has_scored(plan, &clause.node)
}

/// Whether a clause is the phrase of a linked entity's words.
pub(crate) fn is_name_phrase(plan: &Plan, clause: &Clause) -> bool {
    matches!(clause.node, Node::Unit(unit) if plan.units[unit].role == Role::NamePhrase)
}

/// Whether a clause is an entity linked in the query.
pub(crate) fn is_linked_entity(clause: &Clause) -> bool {
    matches!((&clause.node, clause.covered_by), (Node::Unit(unit), Some(names)) if *unit == names)
}

/// Whether any unit below a node is scored.
pub(crate) fn has_scored(plan: &Plan, node: &Node) -> bool {
    let mut scored = false;
    node.each_unit(&mut |unit| scored |= plan.units[unit].role == Role::Scored);
    scored
}
