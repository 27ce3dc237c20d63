//! Query entity linking: plain words of a query that are mostly written as a name.

use crate::article::EntityKind;
use crate::index::{Entities, EntityId, NameId};
use crate::search::error::SearchError;
use crate::search::language::syntax_tree::{self, Expression, Occur};
use crate::search::params::{
    LINKED_ENTITY_WEIGHT, MAX_LINKED_ENTITIES, MAX_LINKED_WORDS, MAX_NAME_WORDS, MIN_NAME_SHARE_OF_WORD,
    MIN_NAME_SHARE_OF_WORDS,
};
use crate::search::plan::planner::Planner;
use crate::search::plan::tree::{Clause, Node, Plan, Role, Sequence, Unit, UnitKind};
use crate::segment::fold;

/// The ids of all names of the entities that `text` is a name of.
pub(crate) fn known_as(entities: &Entities, text: &str, kind: Option<EntityKind>) -> Vec<NameId> {
    members(entities, &written(entities, text, kind))
}

/// The entities that `text` is a name of, with the articles that write them so,
/// most first.
fn written(entities: &Entities, text: &str, kind: Option<EntityKind>) -> Vec<(EntityId, u32)> {
    let mut found = entities.written_as(text, kind);
    found.truncate(MAX_LINKED_ENTITIES);
    found
}

/// The ids of all names of some entities, sorted.
fn members(entities: &Entities, found: &[(EntityId, u32)]) -> Vec<NameId> {
    let mut ids: Vec<NameId> = found.iter().flat_map(|(entity, _)| entities.members(*entity)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Adds the entities that sequences of plain words are names of, longest first,
/// and for names with a fixed word order the phrase of the words.
pub(crate) fn link_entities(
    planner: &Planner<'_>,
    clauses: &[(syntax_tree::Clause, f32)],
    plan: &mut Plan,
) -> Result<(), SearchError> {
    let words = plain_words(clauses, plan);
    let all_plain = words.len() == plan.clauses.iter().filter(|clause| !clause.score_only).count();
    let mut at = 0;
    while at < words.len().min(MAX_LINKED_WORDS) {
        let longest = (words.len() - at).min(MAX_NAME_WORDS);
        let found = (1..=longest).rev().find_map(|count| {
            let name = &words[at..at + count];
            let text = joined(name);
            let adjacent = name.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1);
            let found = if adjacent { written(planner.entities, &text, None) } else { Vec::new() };
            let whole_query = all_plain && count == words.len();
            let named = !found.is_empty() && (whole_query || is_name(planner, name, &found).unwrap_or(false));
            named.then_some((count, text, found))
        });
        let Some((count, text, found)) = found else {
            at += 1;
            continue;
        };
        let kind = UnitKind::Names(members(planner.entities, &found));
        let unit = plan.units.len();
        let node = plan.push(Unit::scored(text, kind, LINKED_ENTITY_WEIGHT));
        for (clause, _) in &words[at..at + count] {
            plan.clauses[*clause].covered_by = Some(unit);
        }
        plan.clauses.push(Clause { covered_by: Some(unit), ..Clause::new(Occur::Should, node) });
        let fixed = found.iter().all(|(entity, _)| is_fixed(planner.entities.kind(*entity)));
        let phrase = if fixed { name_phrase(plan, &words[at..at + count]) } else { None };
        if let Some(node) = phrase {
            plan.clauses.push(Clause { covered_by: Some(unit), ..Clause::new(Occur::Should, node) });
        }
        at += count;
    }
    Ok(())
}

/// Whether names of a kind have a fixed word order. Others are descriptions: the
/// Committee on Homeland Security is also the Homeland Security committee.
fn is_fixed(kind: Option<EntityKind>) -> bool {
    matches!(kind, Some(EntityKind::Person | EntityKind::Character | EntityKind::Work))
}

/// The phrase of several words, each with its stems as in its own clause.
fn name_phrase(plan: &mut Plan, words: &[(usize, &str)]) -> Option<Node> {
    let mut whole: Option<Sequence> = None;
    for (clause, _) in words {
        let Node::Unit(unit) = plan.clauses[*clause].node else { return None };
        let UnitKind::Words(sequences) = &plan.units[unit].kind else { return None };
        let part = sequences.first()?.clone();
        match &mut whole {
            Some(whole) => {
                whole.terms.extend(part.terms);
                whole.forms.extend(part.forms);
            }
            None => whole = Some(part),
        }
    }
    let whole = whole.filter(|whole| whole.terms.len() > 1)?;
    let unit = Unit { role: Role::NamePhrase, ..Unit::scored(joined(words), UnitKind::Words(vec![whole]), 1.0) };
    Some(plan.push(unit))
}

/// The words as typed, separated by spaces.
fn joined(words: &[(usize, &str)]) -> String {
    words.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ")
}

/// The plain words of a query, each with the index of its clause in the plan.
fn plain_words<'c>(clauses: &'c [(syntax_tree::Clause, f32)], plan: &Plan) -> Vec<(usize, &'c str)> {
    let mut words = Vec::new();
    let mut at = 0;
    for (clause, _) in clauses {
        let Some(planned) = plan.clauses.get(at) else { break };
        match (&clause.expression, &planned.node) {
            (Expression::Word(text), Node::Unit(unit)) if plan.units[*unit].text == *text => {
                if clause.occur == Occur::Should {
                    words.push((at, text.as_str()));
                }
                at += 1;
            }
            // A word without letters has no clause.
            (Expression::Word(_), _) => {}
            _ => at += 1,
        }
    }
    words
}

/// Whether enough of the articles with the words write them as a name; of a
/// single word, as the name of one entity.
fn is_name(planner: &Planner<'_>, words: &[(usize, &str)], found: &[(EntityId, u32)]) -> Result<bool, SearchError> {
    let found = if words.len() == 1 { &found[..1] } else { found };
    let mut rarest = u64::MAX;
    for (_, text) in words {
        for word in fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            rarest = rarest.min(planner.snapshot.term_frequency(planner.schema.body, word)?);
        }
    }
    let named: u32 = found.iter().map(|(_, count)| count).sum();
    let share = if words.len() == 1 { MIN_NAME_SHARE_OF_WORD } else { MIN_NAME_SHARE_OF_WORDS };
    Ok(named as f32 >= share * rarest as f32)
}
