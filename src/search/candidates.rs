//! One pass over the postings: every matching article with its score.

use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::index::IndexSchema;

use super::SearchError;
use super::columns::{Columns, Snapshot};
use super::cursor::{self, Cursor};
use super::parse::Occur;
use super::plan::{Plan, Wanted};
use super::query::Filters;
use super::score::{Lengths, Scoring, saturate};

/// A matching article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub segment: u32,
    pub doc: DocId,
    pub score: f32,
}

/// Which shares of the wanted words' weight an article must have, tried one
/// after the other until enough articles match. All of one or two words; of
/// longer queries less, for some words are chatter.
fn needed_shares(words: usize) -> &'static [f32] {
    match words {
        0..=2 => &[0.999, f32::MIN_POSITIVE],
        3..=6 => &[0.75, 0.45, f32::MIN_POSITIVE],
        7..=12 => &[0.3, 0.15, f32::MIN_POSITIVE],
        _ => &[0.12, f32::MIN_POSITIVE],
    }
}

/// So many matches are enough not to ask for less of longer queries.
const ENOUGH: usize = 10;

/// All matching articles, by segment and document.
pub(super) fn collect(
    snapshot: &Snapshot,
    schema: &IndexSchema,
    plan: &Plan,
    filters: &Filters,
    scoring: &Scoring,
) -> Result<Vec<Candidate>, SearchError> {
    let mut found = Vec::new();
    if plan.impossible {
        return Ok(found);
    }
    let words = plan.searched().count();
    let enough = if words > 2 { ENOUGH } else { 1 };
    for share in needed_shares(words) {
        // What is there at all comes only where nothing else does.
        if found.len() >= enough || *share == f32::MIN_POSITIVE && !found.is_empty() {
            break;
        }
        found = collect_share(snapshot, schema, plan, filters, scoring, *share)?;
    }
    Ok(found)
}

fn collect_share(
    snapshot: &Snapshot,
    schema: &IndexSchema,
    plan: &Plan,
    filters: &Filters,
    scoring: &Scoring,
    share: f32,
) -> Result<Vec<Candidate>, SearchError> {
    let mut found = Vec::new();
    let needed = share * wanted_weight(plan, scoring);
    for (number, segment) in snapshot.searcher.segment_readers().iter().enumerate() {
        let columns = snapshot.columns(number as u32);
        let mut pass = Pass::new(segment, columns, schema, plan, filters, scoring, needed)?;
        pass.run(number as u32, &mut found);
    }
    Ok(found)
}

/// The weight of all words that the archive holds; a word it does not hold
/// cannot be asked of an article.
fn wanted_weight(plan: &Plan, scoring: &Scoring) -> f32 {
    plan.searched()
        .filter(|(at, unit)| scoring.occurs[*at] && !matches!(unit.wanted, Wanted::Names(_)))
        .map(|(at, _)| scoring.idf[at])
        .sum()
}

/// The units that documents are looked for by. The lightest words, whose
/// weights together are not enough, cannot make a match: what they alone are
/// in is passed over (as in Turtle and Flood's MaxScore, 1995).
fn drivers(plan: &Plan, scoring: &Scoring, needed: f32) -> Vec<bool> {
    let mut drives: Vec<bool> = plan.units.iter().map(|unit| unit.occur != Occur::Not).collect();
    let mut words: Vec<usize> = plan
        .searched()
        .filter(|(_, unit)| unit.occur == Occur::Should && matches!(unit.wanted, Wanted::Words(_)))
        .map(|(at, _)| at)
        .collect();
    words.sort_by(|a, b| scoring.idf[*a].total_cmp(&scoring.idf[*b]));
    let mut light = 0.0;
    for at in words {
        light += scoring.idf[at];
        if light >= needed * 0.999 {
            break;
        }
        drives[at] = false;
    }
    drives
}

/// A pass over one segment.
struct Pass<'a> {
    segment: &'a SegmentReader,
    plan: &'a Plan,
    scoring: &'a Scoring,
    lengths: Lengths,
    columns: &'a Columns,
    days: (u64, u64),
    cursors: Vec<Vec<Cursor>>,
    needed: f32,
    /// For each unit whether a document can match by it; see [`drivers`].
    drives: Vec<bool>,
    /// No words, only filters: their names make the score.
    only_filters: bool,
}

impl<'a> Pass<'a> {
    fn new(
        segment: &'a SegmentReader,
        columns: &'a Columns,
        schema: &IndexSchema,
        plan: &'a Plan,
        filters: &Filters,
        scoring: &'a Scoring,
        needed: f32,
    ) -> Result<Self, SearchError> {
        let mut cursors = Vec::with_capacity(plan.units.len());
        for unit in &plan.units {
            cursors.push(cursor::open(segment, schema, &unit.wanted, false)?);
        }
        Ok(Self {
            segment,
            plan,
            scoring,
            lengths: scoring.lengths(segment, schema)?,
            columns,
            days: (filters.since.unwrap_or(0), filters.until.unwrap_or(u64::MAX)),
            cursors,
            needed,
            drives: drivers(plan, scoring, needed),
            only_filters: plan.searched().next().is_none(),
        })
    }

    fn run(&mut self, segment: u32, found: &mut Vec<Candidate>) {
        let driven = self.plan.units.iter().any(|unit| unit.occur != Occur::Not);
        let mut doc = if driven { self.next(0) } else { 0 };
        while doc < self.segment.max_doc() {
            if let Some(score) = self.score(doc) {
                found.push(Candidate { segment, doc, score });
            }
            doc = if driven { self.next(doc + 1) } else { doc + 1 };
        }
    }

    /// The first document at or after `target` that any driving unit is in, and
    /// that all required ones may be in.
    fn next(&mut self, target: DocId) -> DocId {
        let mut lowest = TERMINATED;
        let mut required = 0;
        for ((unit, cursors), drives) in self.plan.units.iter().zip(&mut self.cursors).zip(&self.drives) {
            if !drives {
                continue;
            }
            let mut here = TERMINATED;
            for cursor in cursors {
                cursor.seek(target);
                here = here.min(cursor.doc());
            }
            lowest = lowest.min(here);
            if unit.occur == Occur::Must {
                required = required.max(here);
            }
        }
        lowest.max(required)
    }

    /// The score of a document; `None` where it does not match.
    fn score(&mut self, doc: DocId) -> Option<f32> {
        if self.segment.is_deleted(doc) || !self.is_in_time(doc) {
            return None;
        }
        let (mut score, mut matched, mut named) = (0.0, 0.0, false);
        for (at, unit) in self.plan.units.iter().enumerate() {
            let mut weighted = 0.0;
            let mut there = false;
            for cursor in &mut self.cursors[at] {
                cursor.seek(doc);
                if cursor.doc() == doc {
                    there = true;
                    weighted += self.lengths.weigh(doc, cursor.place, cursor.count());
                }
            }
            match unit.occur {
                Occur::Not if there => return None,
                Occur::Must if !there => return None,
                _ => {}
            }
            if there && (!unit.filter || self.only_filters) {
                score += saturate(self.scoring.idf[at], weighted);
            }
            if there && !unit.filter {
                match unit.wanted {
                    Wanted::Names(_) => named = true,
                    _ => matched += self.scoring.idf[at],
                }
            }
        }
        let enough = named || self.only_filters || matched > 0.0 && matched >= self.needed;
        enough.then_some(score)
    }

    fn is_in_time(&self, doc: DocId) -> bool {
        if self.days == (0, u64::MAX) {
            return true;
        }
        let day = self.columns.published.first(doc).unwrap_or(0);
        day > 0 && (self.days.0..=self.days.1).contains(&day)
    }
}
