//! The second look: positions of the best candidates, and how close the
//! query's words stand in them.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::DocId;

use super::SearchError;
use super::candidates::{Candidate, Question};
use super::cursor::Place;
use super::language::Occur;
use super::plan::{Node, Plan, Role};
use super::score::Scoring;
use super::walk::Walk;

/// The most that closeness adds, as a share of the score.
const CLOSENESS: f32 = 0.3;
/// The most that standing at the beginning adds.
const LEAD: f32 = 0.1;
/// The words of a body that are its beginning.
const LEAD_WORDS: u32 = 60;
/// Candidates looked at in one go, at least.
const CHUNK: usize = 16;

/// A candidate looked at twice.
#[derive(Debug, Clone)]
pub(super) struct Ranked {
    pub candidate: Candidate,
    pub score: f32,
    /// `YYYYMMDD`, 0 where unknown.
    pub published: u64,
    pub tie: u64,
    /// What the score before was multiplied by.
    pub bonus: Bonus,
    /// For each unit of the plan, where it matches in the body.
    pub body: Vec<Vec<u32>>,
    /// The same in the title.
    pub title: Vec<Vec<u32>>,
}

/// What positions add to a score.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bonus {
    /// How close the words stand, 0 to 1.
    pub closeness: f32,
    /// How much stands in the title or at the beginning, 0 to 1.
    pub lead: f32,
}

impl Bonus {
    /// What the score is multiplied by.
    pub fn factor(self) -> f32 {
        1.0 + super::score::xenv("XCLOSE",CLOSENESS) * self.closeness + super::score::xenv("XLEAD",LEAD) * self.lead
    }
}

impl Ranked {
    /// Best first: score, then latest, then a fixed order.
    pub fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(other.published.cmp(&self.published)).then(self.tie.cmp(&other.tie))
    }
}

/// Ranks candidates by the score before closeness.
struct ByScore(Candidate);

impl PartialEq for ByScore {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for ByScore {}

impl PartialOrd for ByScore {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByScore {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |c: &Candidate| (c.segment, c.doc);
        self.0.score.total_cmp(&other.0.score).then(place(&other.0).cmp(&place(&self.0)))
    }
}

/// The best `count` of the candidates by their full score, in order. Exact:
/// candidates are looked at until none that is left can come among the best.
pub(super) fn best(
    question: Question<'_>,
    candidates: &[Candidate],
    count: usize,
) -> Result<Vec<Ranked>, SearchError> {
    let mut heap: BinaryHeap<ByScore> = candidates.iter().copied().map(ByScore).collect();
    let mut ranked: Vec<Ranked> = Vec::new();
    let most = 2.0 + LEAD + if question.plan.words().count() > 1 { CLOSENESS } else { 0.0 };
    while let Some(next) = heap.peek() {
        if count == 0 || ranked.len() >= count && next.0.score * most < ranked[count - 1].score {
            break;
        }
        let chunk: Vec<Candidate> =
            std::iter::from_fn(|| heap.pop()).take(CHUNK.max(count)).map(|by_score| by_score.0).collect();
        ranked.extend(look(question, chunk)?);
        ranked.sort_by(Ranked::order);
    }
    ranked.truncate(count);
    Ok(ranked)
}

/// Reads positions, dates and ties of some candidates, and scores closeness.
pub(super) fn look(question: Question<'_>, mut candidates: Vec<Candidate>) -> Result<Vec<Ranked>, SearchError> {
    let Question { snapshot, plan, scoring, .. } = question;
    candidates.sort_by_key(|c| (c.segment, c.doc));
    let mut ranked = Vec::with_capacity(candidates.len());
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let columns = snapshot.columns(group[0].segment);
        let documents: Vec<DocId> = group.iter().map(|candidate| candidate.doc).collect();
        let mut walk = Walk::new(question, group[0].segment, Some(&documents))?;
        for candidate in group {
            let Matches { body, title } = matches(&mut walk, plan, candidate.doc);
            let bonus = Bonus {
                closeness: closeness(plan, scoring, &body).max(closeness(plan, scoring, &title)),
                lead: lead(plan, scoring, &body, &title),
            };
            ranked.push(Ranked {
                candidate: *candidate,
                score: candidate.score * bonus.factor(),
                bonus,
                published: columns.published.first(candidate.doc).unwrap_or(0),
                tie: columns.tie.first(candidate.doc).unwrap_or(0),
                body,
                title,
            });
        }
    }
    Ok(ranked)
}

/// For each unit of a plan where it stands and matches, sorted.
struct Matches {
    body: Vec<Vec<u32>>,
    title: Vec<Vec<u32>>,
}

fn matches(walk: &mut Walk<'_>, plan: &Plan, doc: DocId) -> Matches {
    let mut found = Matches { body: vec![Vec::new(); plan.units.len()], title: vec![Vec::new(); plan.units.len()] };
    for clause in plan.clauses.iter().filter(|clause| clause.occur != Occur::Not) {
        if walk.score(&clause.node, doc).is_none() {
            continue;
        }
        if matches!(clause.node, Node::Unit(unit) if plan.units[unit].role == Role::Hint) {
            continue;
        }
        walk.matches(&clause.node, doc, &mut |unit, place, position| match place {
            Place::Body => found.body[unit].push(position),
            Place::Title => found.title[unit].push(position),
            Place::Elsewhere => {}
        });
    }
    for positions in found.body.iter_mut().chain(&mut found.title) {
        positions.sort_unstable();
        positions.dedup();
    }
    found
}

/// How much of what is scored stands in the title or at the beginning, 0 to 1.
fn lead(plan: &Plan, scoring: &Scoring, body: &[Vec<u32>], title: &[Vec<u32>]) -> f32 {
    let (mut all, mut early) = (0.0, 0.0);
    for (at, unit) in plan.searched() {
        let weight = unit.weight * scoring.idf[at];
        all += weight;
        if !title[at].is_empty() || body[at].first().is_some_and(|first| *first < LEAD_WORDS) {
            early += weight;
        }
    }
    if all > 0.0 { early / all } else { 0.0 }
}

/// How close neighboring words of the query stand, 0 to 1: the mean over pairs
/// of one over their least distance, halved where they are the other way
/// round, each pair weighed by the rarer of its words. Words that say little
/// are passed over.
fn closeness(plan: &Plan, scoring: &Scoring, positions: &[Vec<u32>]) -> f32 {
    let words: Vec<usize> = plan.words().filter(|unit| plan.units[*unit].weight >= 1.0).collect();
    let (mut sum, mut all) = (0.0, 0.0);
    for pair in words.windows(2) {
        let weight = scoring.idf[pair[0]].max(scoring.idf[pair[1]]);
        all += weight;
        sum += weight * nearness(&positions[pair[0]], &positions[pair[1]]);
    }
    if all > 0.0 { sum / all } else { 0.0 }
}

fn nearness(first: &[u32], second: &[u32]) -> f32 {
    let mut best = 0.0_f32;
    let mut at = 0;
    for position in first {
        while at < second.len() && second[at] <= *position {
            at += 1;
        }
        if let Some(after) = second.get(at) {
            best = best.max(1.0 / (after - position) as f32);
        }
        if let Some(before) = at.checked_sub(1).and_then(|at| second.get(at)).filter(|before| *before < position) {
            best = best.max(0.5 / (position - before) as f32);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbors_in_order_are_closest() {
        assert_eq!(nearness(&[3], &[4]), 1.0);
        assert_eq!(nearness(&[4], &[3]), 0.5);
        assert_eq!(nearness(&[1, 10], &[5, 12]), 0.5);
        assert_eq!(nearness(&[1], &[]), 0.0);
    }
}
