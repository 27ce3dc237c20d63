//! Collects the matching articles of one segment, document at a time.

use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::context::SearchContext;
use crate::search::exec::evaluator::{EvaluatorScope, NodeEvaluator};
use crate::search::exec::match_requirement::MatchRequirement;
use crate::search::exec::recency::RecencyDecay;
use crate::search::exec::score_bounds::score_bound;
use crate::search::language::syntax_tree::Occur;
use crate::search::params::ALL_WORDS;
use crate::search::plan::clauses::{is_linked_entity, is_name_phrase};
use crate::search::plan::tree::{Clause, Plan};
use crate::search::snapshot::columns::SegmentColumns;

/// Articles between two looks at the clock.
const CHECK_AFTER: usize = 64;

/// The clauses that documents are looked for by. The lightest words, whose
/// weights together are not enough, cannot make a match: what they alone are
/// in is passed over (as in Turtle and Flood's MaxScore, 1995).
fn drivers(plan: &Plan, MatchRequirement { weights, needed, .. }: &MatchRequirement) -> Vec<bool> {
    let mut drives: Vec<bool> = plan.clauses.iter().map(|clause| clause.occur != Occur::Not).collect();
    let tells = |clause: &Clause| is_linked_entity(clause) || is_name_phrase(plan, clause);
    let is_light = |clause: &Clause| clause.occur == Occur::Should && !tells(clause);
    let mut words: Vec<usize> = (0..weights.len()).filter(|at| is_light(&plan.clauses[*at])).collect();
    words.sort_by(|a, b| weights[*a].total_cmp(&weights[*b]));
    let mut light = 0.0;
    for at in words {
        light += weights[at];
        if light >= needed * ALL_WORDS {
            break;
        }
        drives[at] = false;
    }
    drives
}

/// A pass over one segment.
pub(crate) struct SegmentCollector<'a> {
    pub segment: &'a SegmentReader,
    number: u32,
    pub plan: &'a Plan,
    columns: &'a SegmentColumns,
    pub evaluator: NodeEvaluator<'a>,
    pub requirement: &'a MatchRequirement,
    /// For each clause whether a document can match by it; see [`drivers`].
    pub drives: Vec<bool>,
    fresh: Option<RecencyDecay>,
    /// For each unit of noticed names whether the document has one, or their
    /// words one after the other.
    named: Vec<bool>,
}

impl<'a> SegmentCollector<'a> {
    pub fn new(
        context: SearchContext<'a>,
        number: u32,
        segment: &'a SegmentReader,
        requirement: &'a MatchRequirement,
    ) -> Result<Self, SearchError> {
        let SearchContext { snapshot, plan, fresh, .. } = context;
        let columns = snapshot.columns(number);
        Ok(Self {
            segment,
            number,
            plan,
            columns,
            evaluator: NodeEvaluator::new(context, number, EvaluatorScope::All)?,
            drives: drivers(plan, requirement),
            requirement,
            fresh: fresh.then(|| RecencyDecay::new(snapshot.newest)),
            named: vec![false; plan.units.len()],
        })
    }

    /// Appends the matching articles, in order of documents.
    pub fn run(&mut self, found: &mut Vec<Candidate>) -> Result<(), SearchError> {
        let (mut doc, mut looked_at) = (self.next(0), 0_usize);
        while doc < self.segment.max_doc() {
            looked_at += 1;
            if looked_at.is_multiple_of(CHECK_AFTER) {
                self.plan.deadline.check()?;
            }
            if let Some((score, together)) = self.score(doc) {
                found.push(self.candidate(doc, score, together));
            }
            doc = self.next(doc + 1);
        }
        Ok(())
    }

    /// The first document at or after `target` that any driving word may be in,
    /// and that all required clauses may be in.
    fn next(&mut self, target: DocId) -> DocId {
        let (mut lowest, mut required) = (if self.requirement.has_words { TERMINATED } else { target }, target);
        for (at, clause) in self.plan.clauses.iter().enumerate() {
            if !self.drives[at] {
                continue;
            }
            let here = self.evaluator.next(&clause.node, target);
            if clause.occur == Occur::Must {
                required = required.max(here);
            }
            if self.requirement.is_word[at] || is_linked_entity(clause) || is_name_phrase(self.plan, clause) {
                lowest = lowest.min(here);
            }
        }
        lowest.max(required)
    }

    /// A matching document, its score, and what closeness can add.
    pub fn candidate(&self, doc: DocId, score: f32, together: f32) -> Candidate {
        let fresh = self.fresh.map_or(1.0, |fresh| fresh.factor(self.columns.published.first(doc).unwrap_or(0)));
        let most = score_bound(score, together) * fresh;
        Candidate { segment: self.number, doc, score: score * fresh, most }
    }

    /// The score of a document, and what closeness can add; `None` where it
    /// does not match.
    fn score(&mut self, doc: DocId) -> Option<(f32, f32)> {
        if self.segment.is_deleted(doc) {
            return None;
        }
        let (mut score, mut matched, mut named) = (0.0, 0.0, false);
        let (mut together, mut telling) = (0.0, 0);
        // Names come after their words in the plan, and are looked at first.
        for (at, clause) in self.plan.clauses.iter().enumerate().rev() {
            let here = self.evaluator.score(&clause.node, doc);
            match clause.occur {
                Occur::Not if here.is_some() => return None,
                Occur::Must if here.is_none() => return None,
                Occur::Not => continue,
                _ => {}
            }
            if let (true, Some(names)) = (is_name_phrase(self.plan, clause), clause.covered_by) {
                self.named[names] = here.is_some();
                continue;
            }
            if let (true, Some(names)) = (is_linked_entity(clause), clause.covered_by) {
                // What is together comes before the name, in this order.
                self.named[names] = here.is_some() || self.requirement.phrase_only[names] && self.named[names];
                named |= here.is_some();
            }
            let covered = clause.covered_by.is_some_and(|names| self.named[names]);
            let tied = clause.covered_by.is_some_and(|names| self.requirement.phrase_only[names]);
            if covered || here.is_some() && !tied {
                matched += self.requirement.weights[at];
            }
            score += here.unwrap_or(0.0);
            if here.is_some() && self.requirement.proximity[at] > 0.0 {
                together += self.requirement.proximity[at];
                telling += 1;
            }
        }
        let enough = !self.requirement.has_words || matched >= self.requirement.needed && (matched > 0.0 || named);
        enough.then_some((score, if telling > 1 { together } else { 0.0 }))
    }
}
