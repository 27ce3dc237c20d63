//! Term-at-a-time scoring for queries without operators.
//!
//! The postings of each essential word are read once and accumulated by document;
//! the other words are only looked up in documents that can still match. Collects
//! the same articles with the same scores as the segment collector.

use std::cell::RefCell;

use tantivy::{BitSet, DocId};

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::segment_collector::SegmentCollector;
use crate::search::language::syntax_tree::Occur;
use crate::search::params::ALL_WORDS;
use crate::search::plan::clauses::{is_linked_entity, is_name_phrase};
use crate::search::plan::tree::{Node, Plan, Role, UnitKind};

/// If a segment has this many times more documents than those accumulated, these
/// are sorted instead of scanning all accumulators.
const SPARSE: usize = 8;

/// The accumulated score of a document.
#[derive(Clone, Copy, Default)]
struct Accumulator {
    /// The same in whatever order the words come: sums of a few `f32` are exact in `f64`.
    score: f64,
    /// The weight of the matched words.
    matched: f32,
    /// The bound of the proximity score.
    proximity_bound: f32,
    /// Matched words with a proximity score.
    proximity_words: u16,
    /// Whether anything telling matches.
    is_telling: bool,
    /// Whether the document is in `touched`.
    is_touched: bool,
}

/// Accumulators by document. Only touched ones are cleared, so that the cost of rare
/// words does not grow with the archive.
#[derive(Default)]
struct Accumulators {
    accumulators: Vec<Accumulator>,
    touched: Vec<DocId>,
    /// The weighted frequencies of the current word.
    weighted: Vec<f32>,
    /// The documents of the current word.
    weighted_docs: Vec<DocId>,
}

thread_local! {
    static ACCUMULATORS: RefCell<Accumulators> = RefCell::default();
}

/// Whether a plan has only optional words and linked entities.
pub(crate) fn supports(plan: &Plan) -> bool {
    plan.clauses.iter().all(|clause| {
        clause.occur == Occur::Should
            && matches!(clause.node, Node::Unit(unit) if matches!(plan.units[unit].role, Role::Scored | Role::NamePhrase)
                && matches!(plan.units[unit].kind, UnitKind::Words(_) | UnitKind::Any(_) | UnitKind::Names(_)))
    })
}

/// Appends the matching documents of a segment, in order.
pub(crate) fn collect(collector: &mut SegmentCollector<'_>, found: &mut Vec<Candidate>) -> Result<(), SearchError> {
    ACCUMULATORS.with_borrow_mut(|accumulators| {
        accumulators.clear(collector.segment.max_doc() as usize);
        // For each unit of a linked entity the documents with the entity or its phrase.
        let mut with_name = vec![Vec::new(); collector.plan.units.len()];
        let plan = collector.plan;
        // In reverse: the words of a name come before the entity and its phrase.
        let (essential, others): (Vec<usize>, Vec<usize>) =
            (0..plan.clauses.len()).rev().partition(|at| collector.essential[*at]);
        for at in essential {
            plan.deadline.check()?;
            accumulators.add_postings(collector, at, &mut with_name);
        }
        let remaining: f32 = others.iter().map(|at| collector.requirement.weights[*at]).sum();
        let candidates = accumulators.candidates(collector, remaining);
        for at in others {
            plan.deadline.check()?;
            accumulators.look_up(collector, at, &candidates, &with_name);
        }
        for doc in candidates {
            let total = accumulators.accumulators[doc as usize];
            let is_match = collector.requirement.is_met(total.matched, total.is_telling);
            if is_match && !collector.segment.is_deleted(doc) {
                let proximity_bound = if total.proximity_words > 1 { total.proximity_bound } else { 0.0 };
                found.push(collector.candidate(doc, (total.score as f32, proximity_bound), total.matched));
            }
        }
        Ok(())
    })
}

/// The number of documents of a segment that have any telling word.
pub(crate) fn count(collector: &mut SegmentCollector<'_>) -> Result<usize, SearchError> {
    let mut has_any = BitSet::with_max_value(collector.segment.max_doc());
    for at in 0..collector.plan.clauses.len() {
        collector.plan.deadline.check()?;
        if let (true, Node::Unit(unit)) = (collector.requirement.is_telling[at], &collector.plan.clauses[at].node) {
            collector.evaluator.each_weighted(*unit, |doc, _| {
                has_any.insert(doc);
            });
        }
    }
    let deleted = collector.segment.alive_bitset().map_or(0, |alive| {
        (0..collector.segment.max_doc()).filter(|doc| alive.is_deleted(*doc) && has_any.contains(*doc)).count()
    });
    Ok(has_any.len() - deleted)
}

impl Accumulators {
    /// Resets all accumulators, also after a query that stopped early.
    fn clear(&mut self, documents: usize) {
        self.touched.drain(..).for_each(|doc| self.accumulators[doc as usize] = Accumulator::default());
        self.weighted_docs.drain(..).for_each(|doc| self.weighted[doc as usize] = 0.0);
        if self.accumulators.len() < documents {
            self.accumulators.resize(documents, Accumulator::default());
            self.weighted.resize(documents, 0.0);
        }
    }

    /// The accumulator of a document.
    fn touch(&mut self, doc: DocId) -> &mut Accumulator {
        let accumulator = &mut self.accumulators[doc as usize];
        if !accumulator.is_touched {
            self.touched.push(doc);
            accumulator.is_touched = true;
        }
        accumulator
    }

    /// Adds all postings of an essential clause.
    fn add_postings(&mut self, collector: &mut SegmentCollector<'_>, at: usize, with_name: &mut [Vec<DocId>]) {
        let clause = &collector.plan.clauses[at];
        let Node::Unit(unit) = clause.node else { return };
        if let (true, Some(entity)) = (is_name_phrase(collector.plan, clause), clause.covered_by) {
            // A phrase has no score; it decides where the words of the name count.
            if collector.requirement.phrase_only[entity] {
                collector.evaluator.each_weighted(unit, |doc, _| with_name[entity].push(doc));
            }
            return;
        }
        let Self { weighted, weighted_docs, .. } = self;
        collector.evaluator.each_weighted(unit, |doc, weight| {
            let sum = &mut weighted[doc as usize];
            if *sum == 0.0 {
                weighted_docs.push(doc);
            }
            *sum += weight;
        });
        if is_linked_entity(clause) {
            with_name[unit].extend_from_slice(&self.weighted_docs);
            with_name[unit].sort_unstable();
            with_name[unit].dedup();
        } else if let Some(entity) = clause.covered_by {
            let phrase_only = collector.requirement.phrase_only[entity];
            for doc in &with_name[entity] {
                if phrase_only || self.weighted[*doc as usize] == 0.0 {
                    self.touch(*doc).matched += collector.requirement.weights[at];
                }
            }
        }
        while let Some(doc) = self.weighted_docs.pop() {
            let weighted = std::mem::take(&mut self.weighted[doc as usize]);
            self.add_match(collector, at, doc, collector.evaluator.score_weighted(unit, weighted));
        }
    }

    /// Adds a match of a clause in a document. The weight of words that count only
    /// in a phrase is added with the name instead.
    fn add_match(&mut self, collector: &SegmentCollector<'_>, at: usize, doc: DocId, score: f32) {
        let (clause, accumulator) = (&collector.plan.clauses[at], self.touch(doc));
        accumulator.score += f64::from(score);
        accumulator.is_telling |= collector.requirement.is_telling[at];
        if is_linked_entity(clause)
            || !clause.covered_by.is_some_and(|entity| collector.requirement.phrase_only[entity])
        {
            accumulator.matched += collector.requirement.weights[at];
        }
        if collector.requirement.proximity[at] > 0.0 {
            accumulator.proximity_bound += collector.requirement.proximity[at];
            accumulator.proximity_words += 1;
        }
    }

    /// The documents that match if they have all remaining words, in order.
    fn candidates(&self, collector: &SegmentCollector<'_>, remaining: f32) -> Vec<DocId> {
        let needed = (collector.requirement.needed - remaining) * ALL_WORDS;
        let matches = |doc: &DocId| {
            let total = self.accumulators[*doc as usize];
            total.is_touched && total.matched >= needed
        };
        let all = collector.segment.max_doc();
        if self.touched.len() > all as usize / SPARSE {
            return (0..all).filter(matches).collect();
        }
        let mut candidates: Vec<DocId> = self.touched.iter().copied().filter(matches).collect();
        candidates.sort_unstable();
        candidates
    }

    /// Looks up a clause that is not essential in `documents`, which are in order.
    fn look_up(
        &mut self,
        collector: &mut SegmentCollector<'_>,
        at: usize,
        documents: &[DocId],
        with_name: &[Vec<DocId>],
    ) {
        let clause = &collector.plan.clauses[at];
        let Node::Unit(unit) = clause.node else { return };
        for doc in documents {
            let score = collector.evaluator.score_unit(unit, *doc);
            if let Some(score) = score {
                self.add_match(collector, at, *doc, score);
            }
            let phrase_only = clause.covered_by.is_some_and(|entity| collector.requirement.phrase_only[entity]);
            let has_name = || clause.covered_by.is_some_and(|entity| with_name[entity].binary_search(doc).is_ok());
            if (score.is_none() || phrase_only) && has_name() {
                self.touch(*doc).matched += collector.requirement.weights[at];
            }
        }
    }
}
