//! Names in what is typed.

use crate::article::EntityKind;
use crate::index::{Entities, EntityId, NameId};
use crate::segment::fold;

use crate::search::error::SearchError;
use crate::search::language::syntax_tree;
use crate::search::language::syntax_tree::{Expression, Occur};
use crate::search::params::LINKED_ENTITY_WEIGHT;
use crate::search::plan::planner::Planner;
use crate::search::plan::tree::{Clause, Node, Plan, Role, Sequence, Unit, UnitKind};

/// The most entities that words may stand for.
const MAX_NAMES: usize = 8;
/// The longest name looked for, in typed words.
const LONGEST: usize = 8;
/// The most typed words that names are looked for in.
const MOST_WORDS: usize = 48;
/// What share of the articles with a word must write it as a name, for that
/// word to be taken as one beside others.
const SHARE_OF_WORD: f32 = 0.4;
/// The same for several words, by their rarest.
const SHARE_OF_WORDS: f32 = 0.05;

/// All names of the entities that are mostly written so.
pub(crate) fn known_as(entities: &Entities, text: &str, kind: Option<EntityKind>) -> Vec<NameId> {
    members(entities, &written(entities, text, kind))
}

fn written(entities: &Entities, text: &str, kind: Option<EntityKind>) -> Vec<(EntityId, u32)> {
    let mut found = entities.written_as(text, kind);
    found.truncate(MAX_NAMES);
    found
}

fn members(entities: &Entities, found: &[(EntityId, u32)]) -> Vec<NameId> {
    let mut ids: Vec<NameId> = found.iter().flat_map(|(entity, _)| entities.members(*entity)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Adds the names that runs of plain words are written as, longest first.
pub(crate) fn notice(
    planner: &Planner<'_>,
    clauses: &[syntax_tree::Clause],
    plan: &mut Plan,
) -> Result<(), SearchError> {
    let words = plain_words(clauses, plan);
    let whole = words.len() == plan.clauses.iter().filter(|clause| !clause.light).count();
    let mut at = 0;
    while at < words.len().min(MOST_WORDS) {
        let longest = (words.len() - at).min(LONGEST);
        let found = (1..=longest).rev().find_map(|count| {
            let run = &words[at..at + count];
            let text = run.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ");
            let next_to = run.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1);
            let found = if next_to { written(planner.entities, &text, None) } else { Vec::new() };
            let all = whole && count == words.len();
            let named = !found.is_empty() && (all || is_name(planner, run, &found).unwrap_or(false));
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
        let together = if fixed { together(plan, &words[at..at + count]) } else { None };
        if let Some(node) = together {
            plan.clauses.push(Clause { covered_by: Some(unit), ..Clause::new(Occur::Should, node) });
        }
        at += count;
    }
    Ok(())
}

/// Whether names of a kind are always written in one order. Others describe:
/// the Committee on Homeland Security is the Homeland Security committee too.
fn is_fixed(kind: Option<EntityKind>) -> bool {
    matches!(kind, Some(EntityKind::Person | EntityKind::Character | EntityKind::Work))
}

/// Several words one after the other, as they are sought by themselves.
fn together(plan: &mut Plan, run: &[(usize, &str)]) -> Option<Node> {
    let mut whole: Option<Sequence> = None;
    for (clause, _) in run {
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
    let text = run.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ");
    let unit = Unit { role: Role::NamePhrase, ..Unit::scored(text, UnitKind::Words(vec![whole]), 1.0) };
    Some(plan.push(unit))
}

/// The plain words of a query, with the clause of the plan that each became.
fn plain_words<'c>(clauses: &'c [syntax_tree::Clause], plan: &Plan) -> Vec<(usize, &'c str)> {
    let mut words = Vec::new();
    let mut at = 0;
    for clause in clauses {
        let Some(planned) = plan.clauses.get(at) else { break };
        match (&clause.expression, &planned.node) {
            (Expression::Word(text), Node::Unit(unit)) if plan.units[*unit].text == *text => {
                if clause.occur == Occur::Should {
                    words.push((at, text.as_str()));
                }
                at += 1;
            }
            // A word without a letter became no clause.
            (Expression::Word(_), _) => {}
            _ => at += 1,
        }
    }
    words
}

/// Whether words are mostly written as a name where they are written at all;
/// a word alone, mostly as one and the same.
fn is_name(planner: &Planner<'_>, run: &[(usize, &str)], found: &[(EntityId, u32)]) -> Result<bool, SearchError> {
    let found = if run.len() == 1 { &found[..1] } else { found };
    let mut rarest = u64::MAX;
    for (_, text) in run {
        for word in fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            rarest = rarest.min(planner.snapshot.term_frequency(planner.schema.body, word)?);
        }
    }
    let named: u32 = found.iter().map(|(_, count)| count).sum();
    let share = if run.len() == 1 { SHARE_OF_WORD } else { SHARE_OF_WORDS };
    Ok(named as f32 >= share * rarest as f32)
}
