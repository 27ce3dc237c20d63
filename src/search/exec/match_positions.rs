//! The positions at which articles match.

use tantivy::DocId;

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::context::SearchContext;
use crate::search::exec::evaluator::{EvaluatorScope, NodeEvaluator};
use crate::search::language::syntax_tree::Occur;
use crate::search::plan::clauses::has_scored;
use crate::search::plan::tree::{Clause, Node, Plan};

/// For each unit of a plan the sorted positions that make an article match.
#[derive(Debug, Clone, Default)]
pub(crate) struct MatchPositions {
    positions: Vec<u32>,
    /// The end of each list in `positions`: the body lists of all units, then the
    /// title lists.
    ends: Vec<u32>,
}

impl MatchPositions {
    /// Positions of a unit in the body.
    pub fn body(&self, unit: usize) -> &[u32] {
        self.list(unit)
    }

    /// Positions of a unit in the title.
    pub fn title(&self, unit: usize) -> &[u32] {
        self.list(self.ends.len() / 2 + unit)
    }

    /// Whether any unit matches in the title.
    pub fn any_in_title(&self) -> bool {
        let body = (self.ends.len() / 2).checked_sub(1).map_or(0, |last| self.ends[last] as usize);
        self.positions.len() > body
    }

    fn list(&self, at: usize) -> &[u32] {
        let end = self.ends.get(at).copied().unwrap_or(0);
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |start| *start.min(&end));
        &self.positions[start as usize..end as usize]
    }
}

/// Reads the match positions of documents, in order.
pub(crate) struct MatchReader<'p> {
    clauses: Vec<&'p Clause>,
    /// Positions by unit.
    body: Vec<Vec<u32>>,
    title: Vec<Vec<u32>>,
}

impl<'p> MatchReader<'p> {
    /// A reader of the scored clauses.
    pub fn scored(plan: &'p Plan) -> Self {
        Self::new(plan, |clause| has_scored(plan, &clause.node))
    }

    fn new(plan: &'p Plan, included: impl Fn(&Clause) -> bool) -> Self {
        let clauses = plan.clauses.iter().filter(|clause| clause.occur != Occur::Not && included(clause)).collect();
        let none = vec![Vec::new(); plan.units.len()];
        Self { clauses, body: none.clone(), title: none }
    }

    /// A reader that has read these positions, by unit.
    #[cfg(test)]
    pub fn of_positions(body: Vec<Vec<u32>>, title: Vec<Vec<u32>>) -> Self {
        Self { clauses: Vec::new(), body, title }
    }

    /// Marks the units whose positions are read.
    pub fn units(&self) -> Vec<bool> {
        let mut units = vec![false; self.body.len()];
        self.clauses.iter().for_each(|clause| clause.node.each_unit(&mut |unit| units[unit] = true));
        units
    }

    /// Reads the match positions of a document.
    pub fn read(&mut self, evaluator: &mut NodeEvaluator<'_>, doc: DocId) {
        let Self { clauses, body, title } = self;
        body.iter_mut().chain(&mut *title).for_each(Vec::clear);
        for clause in clauses {
            match clause.node {
                Node::Unit(unit) => evaluator.positions(unit, doc, [&mut body[unit], &mut title[unit]]),
                _ if evaluator.score(&clause.node, doc).is_none() => {}
                _ => evaluator.matches(&clause.node, doc, &mut [&mut *body, &mut *title]),
            }
        }
        for list in body.iter_mut().chain(title) {
            if !list.is_sorted_by(|a, b| a < b) {
                list.sort_unstable();
                list.dedup();
            }
        }
    }

    /// Positions of a unit in the body of the current document.
    pub fn body(&self, unit: usize) -> &[u32] {
        &self.body[unit]
    }

    /// Positions of a unit in the title of the current document.
    pub fn title(&self, unit: usize) -> &[u32] {
        &self.title[unit]
    }

    fn matches(&self) -> MatchPositions {
        let lists = || self.body.iter().chain(&self.title);
        let mut matches = MatchPositions {
            positions: Vec::with_capacity(lists().map(Vec::len).sum()),
            ends: Vec::with_capacity(2 * self.body.len()),
        };
        for list in lists() {
            matches.positions.extend_from_slice(list);
            matches.ends.push(matches.positions.len() as u32);
        }
        matches
    }
}

/// The match positions of some articles, in the order of `articles`.
pub(crate) fn matches(context: SearchContext<'_>, articles: &[Candidate]) -> Result<Vec<MatchPositions>, SearchError> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|at| (articles[*at].segment, articles[*at].doc));
    let mut all = vec![MatchPositions::default(); articles.len()];
    let mut reader = MatchReader::new(context.plan, |_| true);
    for group in order.chunk_by(|a, b| articles[*a].segment == articles[*b].segment) {
        let documents: Vec<DocId> = group.iter().map(|at| articles[*at].doc).collect();
        let mut evaluator =
            NodeEvaluator::new(context, articles[group[0]].segment, EvaluatorScope::Of(&documents, &reader.units()))?;
        for at in group {
            context.plan.deadline.check()?;
            reader.read(&mut evaluator, articles[*at].doc);
            all[*at] = reader.matches();
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::MatchPositions;

    #[test]
    fn lists_are_those_of_their_units() {
        let matches = MatchPositions { positions: vec![3, 9, 4, 1], ends: vec![2, 2, 3, 3, 3, 4] };
        assert_eq!([0, 1, 2].map(|unit| matches.body(unit)), [&[3, 9][..], &[], &[4]]);
        assert_eq!([0, 1, 2].map(|unit| matches.title(unit)), [&[][..], &[], &[1]]);
        assert!(matches.any_in_title());
        assert!(!MatchPositions { positions: vec![3], ends: vec![1, 1] }.any_in_title());
        assert!(MatchPositions::default().body(7).is_empty() && !MatchPositions::default().any_in_title());
    }
}
