//! What the clauses of a plan are.

use crate::search::language::syntax_tree::Occur;
use crate::search::plan::tree::{Clause, Node, Plan, Role};

/// Whether a clause is one of those that an article may lack; noticed names
/// are not counted beside their words.
pub(crate) fn is_word(plan: &Plan, clause: &Clause) -> bool {
    clause.occur != Occur::Not && !clause.light && !is_linked_entity(clause) && has_scored(plan, &clause.node)
}

/// Whether a clause is the words of a noticed name one after the other.
pub(crate) fn is_name_phrase(plan: &Plan, clause: &Clause) -> bool {
    matches!(clause.node, Node::Unit(unit) if plan.units[unit].role == Role::NamePhrase)
}

/// Whether a clause is an entity that was linked in the words of the query.
pub(crate) fn is_linked_entity(clause: &Clause) -> bool {
    matches!((&clause.node, clause.covered_by), (Node::Unit(unit), Some(names)) if *unit == names)
}

/// Whether anything below a node is searched for.
pub(crate) fn has_scored(plan: &Plan, node: &Node) -> bool {
    let mut scored = false;
    node.each_unit(&mut |unit| scored |= plan.units[unit].role == Role::Scored);
    scored
}
