//! Predicates on the clauses of a plan.

use crate::search::plan::tree::{Clause, Node, Plan, Role};

/// Whether a clause counts towards the share of the query that an article must
/// match. Linked entities do not, for their words do.
pub(crate) fn is_word(plan: &Plan, clause: &Clause) -> bool {
    clause.is_counted() && !is_linked_entity(clause) && has_scored(plan, &clause.node)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::syntax_tree::Occur;
    use crate::search::plan::tree::{Unit, UnitKind};

    #[test]
    fn words_entities_and_phrases_are_told_apart() {
        let mut plan = Plan::default();
        let mut unit = |role| {
            plan.push(Unit { role, ..Unit::scored(String::new(), UnitKind::Any(Vec::new()), 1.0) });
            Node::Unit(plan.units.len() - 1)
        };
        let (word, entity, phrase, filter) =
            (unit(Role::Scored), unit(Role::Scored), unit(Role::NamePhrase), unit(Role::Filter));
        let covered = |occur, node| Clause { covered_by: Some(1), ..Clause::new(occur, node) };
        let check = |clause: Clause, expected: (bool, bool, bool)| {
            let found = (is_word(&plan, &clause), is_linked_entity(&clause), is_name_phrase(&plan, &clause));
            assert_eq!(found, expected, "{clause:?}");
        };
        check(covered(Occur::Should, word.clone()), (true, false, false));
        check(covered(Occur::Should, entity), (false, true, false));
        check(covered(Occur::Should, phrase), (false, false, true));
        check(Clause::new(Occur::Must, filter.clone()), (false, false, false));
        check(Clause::new(Occur::Not, word.clone()), (false, false, false));
        check(Clause { score_only: true, ..Clause::new(Occur::Should, word.clone()) }, (false, false, false));
        assert!(has_scored(&plan, &Node::Or(vec![filter, Node::Not(word.into())])));
    }
}
