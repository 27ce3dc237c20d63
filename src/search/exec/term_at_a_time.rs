//! Scores of plain words, a word at a time: what queries without operators
//! cost least by.
//!
//! The postings of each driving word are gone through once and added up by
//! document; lighter words are looked for in what can still match.

use std::cell::RefCell;

use tantivy::DocId;

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::segment_collector::SegmentCollector;
use crate::search::language::syntax_tree::Occur;
use crate::search::plan::clauses::{is_linked_entity, is_name_phrase};
use crate::search::plan::tree::{Node, Plan, Role, UnitKind};

/// Sums are rounded: so little less is still enough.
const SLACK: f32 = 0.999;

/// So many times more documents than those that have sums are not looked
/// through: these are sorted instead.
const SPARSE: usize = 8;

/// What is added up of a document.
#[derive(Clone, Copy, Default)]
struct Sum {
    score: f32,
    /// The weight of the words that are there.
    matched: f32,
    /// What closeness can add.
    together: f32,
    /// How many words closeness can add for.
    telling: u16,
    /// Whether a noticed name is there.
    named: bool,
    /// Whether anything is.
    noted: bool,
}

/// Sums by document, and those that have any: only these are cleared, so that
/// rare words cost the same in a large archive.
#[derive(Default)]
struct Sums {
    sums: Vec<Sum>,
    noted: Vec<DocId>,
    /// The weighted frequency of the word that is being added.
    weighted: Vec<f32>,
    touched: Vec<DocId>,
}

thread_local! {
    static SUMS: RefCell<Sums> = RefCell::default();
}

/// Whether a query is nothing but words and the names noticed in them.
pub(crate) fn is_plain(plan: &Plan) -> bool {
    plan.clauses.iter().all(|clause| {
        clause.occur == Occur::Should
            && matches!(clause.node, Node::Unit(unit) if matches!(plan.units[unit].role, Role::Scored | Role::NamePhrase)
                && matches!(plan.units[unit].kind, UnitKind::Words(_) | UnitKind::Any(_) | UnitKind::Names(_)))
    })
}

/// Adds the matching documents of a segment to `found`, in order.
pub(crate) fn run(collector: &mut SegmentCollector<'_>, found: &mut Vec<Candidate>) -> Result<(), SearchError> {
    SUMS.with_borrow_mut(|sums| {
        sums.clear(collector.segment.max_doc() as usize);
        let mut named = vec![Vec::new(); collector.plan.units.len()];
        let plan = collector.plan;
        // Names come after their words in the plan, and are looked at first.
        let (driving, light): (Vec<usize>, Vec<usize>) =
            (0..plan.clauses.len()).rev().partition(|at| collector.drives[*at]);
        for at in driving {
            plan.deadline.check()?;
            sums.add(collector, at, &mut named);
        }
        let reach: f32 = light.iter().map(|at| collector.requirement.weights[*at]).sum();
        let candidates = sums.candidates(collector, reach);
        for at in light {
            plan.deadline.check()?;
            sums.look_for(collector, at, &candidates, &named);
        }
        for doc in candidates {
            let sum = sums.sums[doc as usize];
            if sum.matches(collector.requirement.needed) && !collector.segment.is_deleted(doc) {
                let together = if sum.telling > 1 { sum.together } else { 0.0 };
                found.push(collector.candidate(doc, sum.score, together));
            }
        }
        Ok(())
    })
}

impl Sum {
    fn matches(self, needed: f32) -> bool {
        self.matched >= needed && (self.matched > 0.0 || self.named)
    }
}

impl Sums {
    /// Begins anew, whatever stopped the query before.
    fn clear(&mut self, documents: usize) {
        self.noted.drain(..).for_each(|doc| self.sums[doc as usize] = Sum::default());
        self.touched.drain(..).for_each(|doc| self.weighted[doc as usize] = 0.0);
        if self.sums.len() < documents {
            self.sums.resize(documents, Sum::default());
            self.weighted.resize(documents, 0.0);
        }
    }

    /// The sums of a document, to add to.
    fn of(&mut self, doc: DocId) -> &mut Sum {
        let sum = &mut self.sums[doc as usize];
        if !sum.noted {
            self.noted.push(doc);
            sum.noted = true;
        }
        sum
    }

    /// Adds a driving word or name, wherever it stands.
    fn add(&mut self, collector: &mut SegmentCollector<'_>, at: usize, named: &mut [Vec<DocId>]) {
        let clause = &collector.plan.clauses[at];
        let Node::Unit(unit) = clause.node else { return };
        if let (true, Some(name)) = (is_name_phrase(collector.plan, clause), clause.covered_by) {
            // These only tell where the words of the name count.
            if collector.requirement.phrase_only[name] {
                collector.evaluator.each_weighted(unit, |doc, _| named[name].push(doc));
            }
            return;
        }
        let Self { weighted, touched, .. } = self;
        collector.evaluator.each_weighted(unit, |doc, weight| {
            let sum = &mut weighted[doc as usize];
            if *sum == 0.0 {
                touched.push(doc);
            }
            *sum += weight;
        });
        let is_name = is_linked_entity(clause);
        if is_name {
            named[unit].extend_from_slice(&self.touched);
            named[unit].sort_unstable();
            named[unit].dedup();
        } else if let Some(name) = clause.covered_by {
            let tied = collector.requirement.phrase_only[name];
            for doc in &named[name] {
                if tied || self.weighted[*doc as usize] == 0.0 {
                    self.of(*doc).matched += collector.requirement.weights[at];
                }
            }
        }
        while let Some(doc) = self.touched.pop() {
            let weighted = std::mem::take(&mut self.weighted[doc as usize]);
            self.of(doc).named |= is_name;
            self.note(collector, at, doc, collector.evaluator.score_weighted(unit, weighted));
        }
    }

    /// A word of a clause is there, and scores so much. A word that is tied to
    /// a name has been counted with the name.
    fn note(&mut self, collector: &SegmentCollector<'_>, at: usize, doc: DocId, score: f32) {
        let (clause, sum) = (&collector.plan.clauses[at], self.of(doc));
        sum.score += score;
        if is_linked_entity(clause) || !clause.covered_by.is_some_and(|name| collector.requirement.phrase_only[name]) {
            sum.matched += collector.requirement.weights[at];
        }
        if collector.requirement.proximity[at] > 0.0 {
            sum.together += collector.requirement.proximity[at];
            sum.telling += 1;
        }
    }

    /// The documents that match if words of so much weight come to them, in
    /// order.
    fn candidates(&self, collector: &SegmentCollector<'_>, reach: f32) -> Vec<DocId> {
        let needed = (collector.requirement.needed - reach) * SLACK;
        let matches = |doc: &DocId| self.sums[*doc as usize].matches(needed);
        let all = collector.segment.max_doc();
        if self.noted.len() > all as usize / SPARSE {
            return (0..all).filter(matches).collect();
        }
        let mut candidates: Vec<DocId> = self.noted.iter().copied().filter(matches).collect();
        candidates.sort_unstable();
        candidates
    }

    /// Looks for a word that drives nothing in documents, given in order.
    fn look_for(&mut self, collector: &mut SegmentCollector<'_>, at: usize, documents: &[DocId], named: &[Vec<DocId>]) {
        let clause = &collector.plan.clauses[at];
        let Node::Unit(unit) = clause.node else { return };
        for doc in documents {
            let score = collector.evaluator.score_unit(unit, *doc);
            if let Some(score) = score {
                self.note(collector, at, *doc, score);
            }
            let tied = clause.covered_by.is_some_and(|name| collector.requirement.phrase_only[name]);
            let named = || clause.covered_by.is_some_and(|name| named[name].binary_search(doc).is_ok());
            if (score.is_none() || tied) && named() {
                self.of(*doc).matched += collector.requirement.weights[at];
            }
        }
    }
}
