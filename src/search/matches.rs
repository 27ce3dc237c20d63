//! Where an article matches, by positions.

use tantivy::DocId;

use super::cursor::Place;
use super::language::Occur;
use super::plan::Plan;
use super::walk::Walk;

/// For each unit of a plan the positions where it stands and makes an article
/// match, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Matches {
    pub body: Vec<Vec<u32>>,
    pub title: Vec<Vec<u32>>,
}

impl Matches {
    pub fn new(plan: &Plan) -> Self {
        Self { body: vec![Vec::new(); plan.units.len()], title: vec![Vec::new(); plan.units.len()] }
    }

    /// Reads those of a document, in place of what was there.
    pub fn read(&mut self, walk: &mut Walk<'_>, plan: &Plan, doc: DocId) {
        self.body.iter_mut().chain(&mut self.title).for_each(Vec::clear);
        for clause in plan.clauses.iter().filter(|clause| clause.occur != Occur::Not) {
            if walk.score(&clause.node, doc).is_none() {
                continue;
            }
            walk.matches(&clause.node, doc, &mut |unit, place, position| match place {
                Place::Body => self.body[unit].push(position),
                Place::Title => self.title[unit].push(position),
                Place::Elsewhere => {}
            });
        }
        for positions in self.body.iter_mut().chain(&mut self.title) {
            positions.sort_unstable();
            positions.dedup();
        }
    }
}
