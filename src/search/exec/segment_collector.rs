//! Collects the matching articles of one segment, document-at-a-time.

use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::context::SearchContext;
use crate::search::exec::evaluator::{EvaluatorScope, NodeEvaluator};
use crate::search::exec::match_requirement::{Coverage, MatchRequirement};
use crate::search::exec::recency::RecencyDecay;
use crate::search::exec::score_bounds::score_bound;
use crate::search::language::syntax_tree::Occur;
use crate::search::params::ALL_WORDS;
use crate::search::plan::clauses::{is_linked_entity, is_name_phrase};
use crate::search::plan::tree::{Clause, Plan};
use crate::search::snapshot::columns::SegmentColumns;

/// Documents between two checks of the deadline.
const DEADLINE_INTERVAL: usize = 64;

/// For each clause whether it is essential: the words of least weight whose sum is
/// below the needed weight cannot make a match by themselves, and documents with
/// only these are skipped (Turtle and Flood, “Query Evaluation: Strategies and
/// Optimizations”, 1995: MaxScore). Clauses that are prohibited are not essential.
fn essential_clauses(plan: &Plan, requirement: &MatchRequirement) -> Vec<bool> {
    let MatchRequirement { weights, needed, .. } = requirement;
    let mut essential: Vec<bool> = plan.clauses.iter().map(|clause| clause.occur != Occur::Not).collect();
    let is_name = |clause: &Clause| is_linked_entity(clause) || is_name_phrase(plan, clause);
    let is_optional_word = |clause: &Clause| clause.occur == Occur::Should && !is_name(clause);
    let is_any = requirement.coverage == Coverage::Any;
    let may_be_skipped = |at: &usize| is_optional_word(&plan.clauses[*at]) && !(is_any && requirement.is_telling[*at]);
    let mut words: Vec<usize> = (0..weights.len()).filter(may_be_skipped).collect();
    words.sort_by(|a, b| weights[*a].total_cmp(&weights[*b]));
    let mut sum = 0.0;
    for at in words {
        sum += weights[at];
        if !is_any && sum >= needed * ALL_WORDS {
            break;
        }
        essential[at] = false;
    }
    essential
}

/// Collects the matching articles of one segment.
pub(crate) struct SegmentCollector<'a> {
    pub segment: &'a SegmentReader,
    number: u32,
    pub plan: &'a Plan,
    columns: &'a SegmentColumns,
    pub evaluator: NodeEvaluator<'a>,
    pub requirement: &'a MatchRequirement,
    /// See [`essential_clauses`].
    pub essential: Vec<bool>,
    decay: Option<RecencyDecay>,
    /// For each unit of a linked entity whether the current document has the
    /// entity, or the phrase of its words.
    has_name: Vec<bool>,
}

impl<'a> SegmentCollector<'a> {
    pub fn new(
        context: SearchContext<'a>,
        number: u32,
        segment: &'a SegmentReader,
        requirement: &'a MatchRequirement,
    ) -> Result<Self, SearchError> {
        let SearchContext { snapshot, plan, recency, .. } = context;
        let columns = snapshot.columns(number);
        Ok(Self {
            segment,
            number,
            plan,
            columns,
            evaluator: NodeEvaluator::new(context, number, EvaluatorScope::All)?,
            essential: essential_clauses(plan, requirement),
            requirement,
            decay: recency.then(|| RecencyDecay::new(snapshot.newest)),
            has_name: vec![false; plan.units.len()],
        })
    }

    /// Appends the matching articles, in order of documents.
    pub fn collect(&mut self, found: &mut Vec<Candidate>) -> Result<(), SearchError> {
        let (mut doc, mut visited) = (self.next(0), 0_usize);
        while doc < self.segment.max_doc() {
            visited += 1;
            if visited.is_multiple_of(DEADLINE_INTERVAL) {
                self.plan.deadline.check()?;
            }
            found.extend(self.score(doc));
            doc = self.next(doc + 1);
        }
        Ok(())
    }

    /// The first document at or after `target` that may have an essential word and
    /// all required clauses.
    fn next(&mut self, target: DocId) -> DocId {
        let (mut any_word, mut required) = (if self.requirement.has_words { TERMINATED } else { target }, target);
        for (at, clause) in self.plan.clauses.iter().enumerate() {
            if !self.essential[at] {
                continue;
            }
            let next = self.evaluator.next(&clause.node, target);
            if clause.occur == Occur::Must {
                required = required.max(next);
            }
            if self.requirement.is_telling[at] || is_name_phrase(self.plan, clause) {
                any_word = any_word.min(next);
            }
        }
        any_word.max(required)
    }

    /// The candidate of a matching document.
    pub fn candidate(&self, doc: DocId, (score, proximity_bound): (f32, f32), matched: f32) -> Candidate {
        let decay = self.decay.map_or(1.0, |decay| decay.factor(self.columns.published.first(doc).unwrap_or(0)));
        let max_score = score_bound(score, proximity_bound) * decay;
        let is_complete = self.requirement.is_complete(matched);
        Candidate { segment: self.number, doc, score: score * decay, max_score, matched, is_complete }
    }

    /// The candidate of a document; `None` if it does not match.
    fn score(&mut self, doc: DocId) -> Option<Candidate> {
        if self.segment.is_deleted(doc) {
            return None;
        }
        let (mut score, mut matched, mut is_telling) = (0.0_f64, 0.0, false);
        let (mut proximity_bound, mut proximity_words) = (0.0, 0);
        // In reverse: the words of a name come before the entity and its phrase.
        for (at, clause) in self.plan.clauses.iter().enumerate().rev() {
            let clause_score = self.evaluator.score(&clause.node, doc);
            match clause.occur {
                Occur::Not if clause_score.is_some() => return None,
                Occur::Must if clause_score.is_none() => return None,
                Occur::Not => continue,
                _ => {}
            }
            if let (true, Some(entity)) = (is_name_phrase(self.plan, clause), clause.covered_by) {
                self.has_name[entity] = clause_score.is_some();
                continue;
            }
            if let (true, Some(entity)) = (is_linked_entity(clause), clause.covered_by) {
                // The phrase was evaluated before the entity.
                self.has_name[entity] =
                    clause_score.is_some() || self.requirement.phrase_only[entity] && self.has_name[entity];
            }
            let covered = clause.covered_by.is_some_and(|entity| self.has_name[entity]);
            let phrase_only = clause.covered_by.is_some_and(|entity| self.requirement.phrase_only[entity]);
            if covered || clause_score.is_some() && !phrase_only {
                matched += self.requirement.weights[at];
            }
            is_telling |= clause_score.is_some() && self.requirement.is_telling[at];
            score += f64::from(clause_score.unwrap_or(0.0));
            if clause_score.is_some() && self.requirement.proximity[at] > 0.0 {
                proximity_bound += self.requirement.proximity[at];
                proximity_words += 1;
            }
        }
        let proximity = if proximity_words > 1 { proximity_bound } else { 0.0 };
        self.requirement.is_met(matched, is_telling).then(|| self.candidate(doc, (score as f32, proximity), matched))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::exec::bm25f::Scoring;
    use crate::search::plan::tree::{Unit, UnitKind};

    fn check(idf: &[f32], coverage: Coverage, expected: &[bool]) {
        let (mut plan, mut scoring) = (Plan::default(), Scoring::none());
        for (word, idf) in idf.iter().enumerate() {
            let node = plan.push(Unit::scored(format!("w{word}"), UnitKind::Any(Vec::new()), 1.0));
            plan.clauses.push(Clause::new(Occur::Should, node));
            scoring.idf.push(*idf);
            scoring.occurs.push(true);
        }
        let requirement = MatchRequirement::new(&plan, &scoring, coverage);
        assert_eq!(essential_clauses(&plan, &requirement), expected, "{idf:?} {coverage:?}");
    }

    #[test]
    fn words_too_light_to_match_alone_are_not_essential() {
        check(&[1.0, 5.0, 4.0], Coverage::Share(0.6), &[false, true, false]);
        check(&[1.0, 5.0, 4.0], Coverage::Share(0.3), &[false, true, true]);
        check(&[1.0, 5.0], Coverage::All, &[false, true]);
        check(&[1.0, 5.0], Coverage::Any, &[true, true]);
    }
}
