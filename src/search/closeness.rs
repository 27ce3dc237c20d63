//! The second look: positions of the best candidates, and how close the
//! query's words stand in them.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::SegmentReader;

use crate::index::IndexSchema;

use super::SearchError;
use super::candidates::Candidate;
use super::columns::Snapshot;
use super::cursor::{self, Cursor, Place};
use super::plan::{Plan, Wanted};

/// The most that closeness adds, as a share of the score.
const CLOSENESS: f32 = 0.3;
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
    /// For each unit of the plan, its positions in the body.
    pub positions: Vec<Vec<u32>>,
    /// Whether any unit stands in the title.
    pub in_title: bool,
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
    snapshot: &Snapshot,
    schema: &IndexSchema,
    plan: &Plan,
    candidates: &[Candidate],
    count: usize,
) -> Result<Vec<Ranked>, SearchError> {
    let mut heap: BinaryHeap<ByScore> = candidates.iter().copied().map(ByScore).collect();
    let mut ranked: Vec<Ranked> = Vec::new();
    let most = if plan.searched().count() > 1 { 1.0 + CLOSENESS } else { 1.0 };
    while let Some(next) = heap.peek() {
        if count == 0 || ranked.len() >= count && next.0.score * most < ranked[count - 1].score {
            break;
        }
        let chunk: Vec<Candidate> =
            std::iter::from_fn(|| heap.pop()).take(CHUNK.max(count)).map(|by_score| by_score.0).collect();
        ranked.extend(look(snapshot, schema, plan, chunk)?);
        ranked.sort_by(Ranked::order);
    }
    ranked.truncate(count);
    Ok(ranked)
}

/// Reads positions, dates and ties of some candidates, and scores closeness.
pub(super) fn look(
    snapshot: &Snapshot,
    schema: &IndexSchema,
    plan: &Plan,
    mut candidates: Vec<Candidate>,
) -> Result<Vec<Ranked>, SearchError> {
    candidates.sort_by_key(|c| (c.segment, c.doc));
    let mut ranked = Vec::with_capacity(candidates.len());
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let segment = snapshot.searcher.segment_reader(group[0].segment);
        let columns = snapshot.columns(group[0].segment);
        let mut reader = PositionReader::open(segment, schema, plan)?;
        for candidate in group {
            let (body, title) = reader.read(candidate.doc);
            let closeness = closeness(plan, &body).max(closeness(plan, &title));
            ranked.push(Ranked {
                candidate: *candidate,
                score: candidate.score * (1.0 + CLOSENESS * closeness),
                published: columns.published.first(candidate.doc).unwrap_or(0),
                tie: columns.tie.first(candidate.doc).unwrap_or(0),
                in_title: title.iter().any(|positions| !positions.is_empty()),
                positions: body,
            });
        }
    }
    Ok(ranked)
}

/// Positions of every unit in documents taken in order.
struct PositionReader {
    cursors: Vec<Vec<Cursor>>,
}

impl PositionReader {
    fn open(segment: &SegmentReader, schema: &IndexSchema, plan: &Plan) -> Result<Self, SearchError> {
        let cursors = plan.units.iter().map(|unit| cursor::open(segment, schema, &unit.wanted, true));
        Ok(Self { cursors: cursors.collect::<Result<_, _>>()? })
    }

    /// For each unit the positions in body and title, sorted.
    fn read(&mut self, doc: u32) -> (Vec<Vec<u32>>, Vec<Vec<u32>>) {
        let mut body = vec![Vec::new(); self.cursors.len()];
        let mut title = vec![Vec::new(); self.cursors.len()];
        for (unit, cursors) in self.cursors.iter_mut().enumerate() {
            for cursor in cursors {
                cursor.seek(doc);
                if cursor.doc() == doc {
                    match cursor.place {
                        Place::Body => cursor.positions(&mut body[unit]),
                        Place::Title => cursor.positions(&mut title[unit]),
                        Place::Elsewhere => {}
                    }
                }
            }
            body[unit].sort_unstable();
            title[unit].sort_unstable();
        }
        (body, title)
    }
}

/// How close neighboring words of the query stand, 0 to 1: the mean over pairs
/// of one over their least distance, halved where they are the other way
/// round.
fn closeness(plan: &Plan, positions: &[Vec<u32>]) -> f32 {
    let words: Vec<usize> =
        plan.searched().filter(|(_, unit)| matches!(unit.wanted, Wanted::Words(_))).map(|(at, _)| at).collect();
    if words.len() < 2 {
        return 0.0;
    }
    let sum: f32 = words.windows(2).map(|pair| nearness(&positions[pair[0]], &positions[pair[1]])).sum();
    sum / (words.len() - 1) as f32
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
