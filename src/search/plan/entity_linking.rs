//! Query entity linking: plain words of a query that are mostly written as a name.

use crate::article::{EntityKind, Span};
use crate::index::{Entities, EntityId, NameId};
use crate::search::error::SearchError;
use crate::search::language::syntax_tree::{self, Expression, Occur};
use crate::search::params::{
    LINKED_ENTITY_WEIGHT, MAX_LINKED_ENTITIES, MAX_LINKED_WORDS, MAX_NAME_WORDS, MIN_NAME_SHARE_OF_WORD,
    MIN_NAME_SHARE_OF_WORDS,
};
use crate::search::plan::alternatives::{Breadth, Spellings};
use crate::search::plan::inflections::keep_name;
use crate::search::plan::initials::spelled_out;
use crate::search::plan::planner::Planner;
use crate::search::plan::tree::{Clause, Node, Plan, Role, Sequence, Unit, UnitKind};
use crate::segment::{Analyzer, fold, with_stemmer};

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
    let all_plain = words.len() == plan.clauses.iter().filter(|clause| clause.is_counted()).count();
    let mut at = 0;
    while at < words.len().min(MAX_LINKED_WORDS) {
        let longest = (words.len() - at).min(MAX_NAME_WORDS);
        let found = (1..=longest).rev().find_map(|count| {
            let name = &words[at..at + count];
            let adjacent = name.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1);
            let found = if adjacent { written(planner.entities, &joined(name), None) } else { Vec::new() };
            let is_name = !found.is_empty() && is_name(planner, name, &found).unwrap_or(false);
            let whole_query = all_plain && count == words.len();
            (is_name || whole_query && !found.is_empty()).then_some(Linked { count, found, is_name })
        });
        let linked = with_initials(planner, plan, &words[at..], found)?;
        let Some(Linked { count, found, is_name }) = linked else {
            keep_surname(planner, plan, &words[at])?;
            at += 1;
            continue;
        };
        let name = &words[at..at + count];
        if is_name {
            keep_names(planner, plan, name, &found);
        }
        add_entity(planner, plan, name, &found)?;
        at += count;
    }
    Ok(())
}

/// The entities that some words of a query are linked to.
struct Linked {
    /// How many words.
    count: usize,
    found: Vec<(EntityId, u32)>,
    /// Whether the archive mostly writes the words as these names.
    is_name: bool,
}

/// What a word is linked to, with what it stands for as initials.
fn with_initials(
    planner: &Planner<'_>,
    plan: &mut Plan,
    words: &[(usize, &str)],
    linked: Option<Linked>,
) -> Result<Option<Linked>, SearchError> {
    if linked.as_ref().is_some_and(|linked| linked.count > 1) {
        return Ok(linked);
    }
    let found = linked.as_ref().map_or(&[][..], |linked| &linked.found);
    let named = found.iter().map(|(_, count)| count).sum();
    let Some(initials) = spelled_out(planner, words, named)? else { return Ok(linked) };
    initials.add_to(plan, &words[..initials.count]);
    let mut found = found.to_vec();
    if initials.count > 1 {
        found.clear();
    }
    let new: Vec<(EntityId, u32)> =
        initials.found.iter().filter(|(entity, _)| !found.iter().any(|(known, _)| known == entity)).copied().collect();
    found.extend(new);
    Ok(Some(Linked { count: initials.count, found, is_name: linked.is_some_and(|linked| linked.is_name) }))
}

/// Adds entities that some words are names of, and the phrase of the words where it is fixed.
fn add_entity(
    planner: &Planner<'_>,
    plan: &mut Plan,
    words: &[(usize, &str)],
    found: &[(EntityId, u32)],
) -> Result<(), SearchError> {
    let kind = UnitKind::Names(members(planner.entities, found));
    let unit = plan.units.len();
    let node = plan.push(Unit::scored(joined(words), kind, LINKED_ENTITY_WEIGHT));
    for (clause, _) in words {
        plan.clauses[*clause].covered_by = Some(unit);
    }
    plan.clauses.push(Clause { covered_by: Some(unit), ..Clause::new(Occur::Should, node) });
    let fixed = found.iter().all(|(entity, _)| is_fixed(planner.entities.kind(*entity)));
    let phrase = if fixed { name_phrase(planner, plan, words)? } else { None };
    if let Some(node) = phrase {
        plan.clauses.push(Clause { covered_by: Some(unit), ..Clause::new(Occur::Should, node) });
    }
    Ok(())
}

/// Restricts words to the forms of the name that they are. Events have a plural as well,
/// and so have names of several words that are nobody's: “Golden Globe”.
fn keep_names(planner: &Planner<'_>, plan: &mut Plan, words: &[(usize, &str)], found: &[(EntityId, u32)]) {
    let mut kinds = found.iter().map(|(entity, _)| planner.entities.kind(*entity));
    let has_plural = match words {
        [_] => kinds.any(|kind| kind == Some(EntityKind::Event)),
        _ => kinds.all(|kind| !matches!(kind, Some(EntityKind::Person | EntityKind::Character))),
    };
    for (clause, _) in words {
        if let Node::Unit(unit) = plan.clauses[*clause].node {
            keep_name(&mut plan.units[unit], has_plural);
        }
    }
}

/// Restricts a word to itself where it is mostly a name, though of many: “Williams” is
/// no plural of “William”.
fn keep_surname(planner: &Planner<'_>, plan: &mut Plan, word: &(usize, &str)) -> Result<(), SearchError> {
    let found = planner.entities.written_as(word.1, None);
    if !found.is_empty() && is_named(planner, &[*word], &found, MIN_NAME_SHARE_OF_WORD)? {
        keep_names(planner, plan, &[*word], &found);
    }
    Ok(())
}

/// Whether names of a kind have a fixed word order. Others are descriptions: the
/// Committee on Homeland Security is also the Homeland Security committee.
fn is_fixed(kind: Option<EntityKind>) -> bool {
    matches!(kind, Some(EntityKind::Person | EntityKind::Character | EntityKind::Work))
}

/// The phrase of several words, each with its stems as in its own clause.
fn name_phrase(planner: &Planner<'_>, plan: &mut Plan, words: &[(usize, &str)]) -> Result<Option<Node>, SearchError> {
    let mut whole: Option<Sequence> = None;
    for (clause, _) in words {
        let Node::Unit(unit) = plan.clauses[*clause].node else { return Ok(None) };
        let UnitKind::Words(sequences) = &plan.units[unit].kind else { return Ok(None) };
        let Some(part) = sequences.first().cloned() else { return Ok(None) };
        match &mut whole {
            Some(whole) => {
                whole.terms.extend(part.terms);
                whole.forms.extend(part.forms);
            }
            None => whole = Some(part),
        }
    }
    let Some(whole) = whole.filter(|whole| whole.terms.len() > 1) else { return Ok(None) };
    let text = joined(words);
    let terms = Analyzer::terms(&text, Span::new(0, text.len()));
    let spellings = with_stemmer(|stemmer| Spellings { planner, stemmer, breadth: Breadth::Wide }.of(&text, &terms))?;
    let mut sequences = vec![whole];
    sequences.extend(spellings.into_iter().skip(1).map(Sequence::exact));
    let unit = Unit { role: Role::NamePhrase, ..Unit::scored(text, UnitKind::Words(sequences), 1.0) };
    Ok(Some(plan.push(unit)))
}

/// The words as typed, separated by spaces.
fn joined(words: &[(usize, &str)]) -> String {
    words.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" ")
}

/// The plain words of a query, each with the index of its clause in the plan.
pub(crate) fn plain_words<'c>(clauses: &'c [(syntax_tree::Clause, f32)], plan: &Plan) -> Vec<(usize, &'c str)> {
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
    match words {
        [_] => is_named(planner, words, &found[..1], MIN_NAME_SHARE_OF_WORD),
        _ => is_named(planner, words, found, MIN_NAME_SHARE_OF_WORDS),
    }
}

/// Whether the articles that write some words as one of these names are a `share` of
/// those with the rarest of the words.
fn is_named(
    planner: &Planner<'_>,
    words: &[(usize, &str)],
    found: &[(EntityId, u32)],
    share: f32,
) -> Result<bool, SearchError> {
    let mut rarest = u64::MAX;
    let mut parts = 0;
    for (_, text) in words {
        for word in fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            rarest = rarest.min(planner.snapshot.term_frequency(planner.schema.body, word)?);
            parts += 1;
        }
    }
    let named: u32 = found.iter().map(|(_, count)| count).sum();
    // Names of several parts that no article writes come from people: the ledger, or the
    // list of nicknames.
    if named == 0 && parts > 1 {
        return Ok(true);
    }
    Ok(named as f32 >= share * rarest as f32)
}
