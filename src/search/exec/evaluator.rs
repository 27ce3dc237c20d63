//! Evaluates the nodes of a plan on the documents of a segment.

use tantivy::columnar::StrColumn;
use tantivy::{DocId, TERMINATED};

use crate::search::error::SearchError;
use crate::search::exec::bm25f::{FieldLengths, Scoring, saturate};
use crate::search::exec::context::SearchContext;
use crate::search::exec::cursor::{Cursor, CursorOpener, CursorOptions, TextField};
use crate::search::exec::intervals::{self, Interval, IntervalSource};
use crate::search::exec::name_lengths::NameLengths;
use crate::search::language::syntax_tree::Trait;
use crate::search::plan::tree::{Node, Plan, Role, UnitKind};
use crate::search::snapshot::columns::SegmentColumns;
use crate::search::snapshot::reader::Snapshot;

/// The documents and units that an evaluator opens cursors for.
#[derive(Clone, Copy)]
pub(crate) enum EvaluatorScope<'a> {
    /// All documents and units, with positions only where matching needs them.
    All,
    /// These documents, in order, and the marked units, with positions.
    Of(&'a [DocId], &'a [bool]),
}

/// The cursors of a plan in one segment.
pub(crate) struct NodeEvaluator<'a> {
    plan: &'a Plan,
    scoring: &'a Scoring,
    snapshot: &'a Snapshot,
    number: u32,
    columns: &'a SegmentColumns,
    lengths: FieldLengths<'a>,
    cursors: Vec<Vec<Cursor>>,
    names: Option<NameLengths>,
    /// A plan without scored units: filters are scored.
    only_filters: bool,
}

impl<'a> NodeEvaluator<'a> {
    /// Opens the cursors of a plan.
    pub fn new(context: SearchContext<'a>, number: u32, scope: EvaluatorScope<'_>) -> Result<Self, SearchError> {
        let SearchContext { snapshot, schema, plan, scoring, .. } = context;
        let segment = CursorOpener { snapshot, schema, number };
        let mut positional = vec![false; plan.units.len()];
        plan.clauses.iter().for_each(|clause| mark_positional(&clause.node, &mut positional));
        let mut cursors = Vec::with_capacity(plan.units.len());
        for (at, unit) in plan.units.iter().enumerate() {
            plan.deadline.check()?;
            cursors.push(match scope {
                EvaluatorScope::All => segment.open(unit, CursorOptions { positions: positional[at], only: None })?,
                EvaluatorScope::Of(only, units) if units[at] => {
                    segment.open(unit, CursorOptions { positions: true, only: Some(only) })?
                }
                EvaluatorScope::Of(..) => Vec::new(),
            });
        }
        let names = if plan.needs_positions() { Some(NameLengths::open(segment)?) } else { None };
        Ok(Self {
            plan,
            scoring,
            snapshot,
            number,
            columns: snapshot.columns(number),
            lengths: scoring.lengths(snapshot.segments.searcher.segment_reader(number), schema)?,
            cursors,
            names,
            only_filters: plan.searched().next().is_none(),
        })
    }

    /// The first document at or after `target` that may match a node; none before
    /// it does. Documents must be visited in order.
    pub fn next(&mut self, node: &Node, target: DocId) -> DocId {
        match node {
            Node::Unit(unit) => {
                let mut next = TERMINATED;
                for cursor in &mut self.cursors[*unit] {
                    cursor.seek(target);
                    next = next.min(cursor.doc());
                }
                next
            }
            Node::Published(_) | Node::Since(_) | Node::Has(_) | Node::Not(_) => target,
            Node::And(parts) => parts.iter().map(|part| self.next(part, target)).max().unwrap_or(TERMINATED),
            Node::Or(parts) => parts.iter().map(|part| self.next(part, target)).min().unwrap_or(TERMINATED),
            Node::InQuote { inner, marks } => self.next(inner, target).max(self.next(&Node::Unit(marks[0]), target)),
            Node::Near { left, right, .. } => self.next(left, target).max(self.next(right, target)),
            Node::Sloppy { units, .. } => {
                units.iter().map(|unit| self.next(&Node::Unit(*unit), target)).max().unwrap_or(TERMINATED)
            }
        }
    }

    /// The score of a document for a node; `None` if it does not match.
    pub fn score(&mut self, node: &Node, doc: DocId) -> Option<f32> {
        match node {
            Node::Unit(unit) => self.score_unit(*unit, doc),
            Node::Published(days) => {
                let day = self.columns.published.first(doc).unwrap_or(0);
                (day > 0 && days.contains(day)).then_some(0.0)
            }
            Node::Since(commit) => (self.columns.commit.first(doc).unwrap_or(0) > *commit).then_some(0.0),
            Node::Has(what) => self.has(*what, doc).then_some(0.0),
            Node::And(parts) => {
                let mut sum = 0.0;
                for part in parts {
                    sum += self.score(part, doc)?;
                }
                Some(sum)
            }
            Node::Or(parts) => parts.iter().filter_map(|part| self.score(part, doc)).reduce(|sum, score| sum + score),
            Node::Not(inner) => {
                if self.score(inner, doc).is_some() {
                    None
                } else {
                    Some(0.0)
                }
            }
            Node::Near { left, right, .. } => {
                let sum = self.score(left, doc)? + self.score(right, doc)?;
                self.has_interval(node, doc).then_some(sum)
            }
            Node::InQuote { inner, .. } => {
                let score = self.score(inner, doc)?;
                self.has_interval(node, doc).then_some(score)
            }
            Node::Sloppy { units, .. } => {
                let mut sum = 0.0;
                for unit in units {
                    sum += self.score_unit(*unit, doc)?;
                }
                self.has_interval(node, doc).then_some(sum)
            }
        }
    }

    /// The score of a document for a unit; `None` if it does not match.
    pub fn score_unit(&mut self, unit: usize, doc: DocId) -> Option<f32> {
        let (mut matches, mut weighted) = (false, 0.0);
        for cursor in &mut self.cursors[unit] {
            cursor.seek(doc);
            if cursor.doc() == doc {
                matches = true;
                weighted += self.lengths.weigh(doc, cursor.field, cursor.count());
            }
        }
        matches.then(|| self.score_weighted(unit, weighted))
    }

    /// The score of a unit with a weighted term frequency.
    pub fn score_weighted(&self, unit: usize, weighted: f32) -> f32 {
        let unit_of_plan = &self.plan.units[unit];
        let is_scored = unit_of_plan.role == Role::Scored || unit_of_plan.role == Role::Filter && self.only_filters;
        if is_scored { unit_of_plan.weight * saturate(self.scoring.idf[unit], weighted) } else { 0.0 }
    }

    /// Calls `each` for the documents of a unit with their weighted frequencies,
    /// cursor by cursor: the frequencies of one document add up.
    pub fn each_weighted(&mut self, unit: usize, mut each: impl FnMut(DocId, f32)) {
        let lengths = &self.lengths;
        for cursor in &mut self.cursors[unit] {
            let field = cursor.field;
            cursor.each(|doc, count| each(doc, lengths.weigh(doc, field, count)));
        }
    }

    /// Whether a document has a property.
    fn has(&self, what: Trait, doc: DocId) -> bool {
        match what {
            Trait::Duplicate => self.snapshot.is_copy(self.number, doc),
            Trait::Date => self.columns.published.first(doc).unwrap_or(0) > 0,
            Trait::Source => has_text(self.columns.source.as_ref(), doc),
            Trait::Section => has_text(self.columns.section.as_ref(), doc),
        }
    }

    /// Appends the positions that make a node match, per unit: in the body, and in
    /// the title. The document must match the node.
    pub fn matches(&mut self, node: &Node, doc: DocId, lists: &mut [&mut [Vec<u32>]; 2]) {
        match node {
            Node::Unit(unit) => {
                let [body, title] = lists;
                self.positions(*unit, doc, [&mut body[*unit], &mut title[*unit]]);
            }
            Node::Near { .. } | Node::Sloppy { .. } | Node::InQuote { .. } => {
                for (field, lists) in [TextField::Body, TextField::Title].into_iter().zip(lists) {
                    let mut source = DocumentIntervals { evaluator: self, doc, field };
                    intervals::participants(node, &mut source, None, &mut |unit, start| lists[unit].push(start));
                }
            }
            Node::And(parts) => parts.iter().for_each(|part| self.matches(part, doc, lists)),
            Node::Or(parts) => {
                for part in parts {
                    if self.score(part, doc).is_some() {
                        self.matches(part, doc, lists);
                    }
                }
            }
            Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => {}
        }
    }

    /// Appends the positions of a unit in a document: in the body, and in the title.
    pub fn positions(&mut self, unit: usize, doc: DocId, [body, title]: [&mut Vec<u32>; 2]) {
        for cursor in &mut self.cursors[unit] {
            let list = match cursor.field {
                TextField::Body => &mut *body,
                TextField::Title => &mut *title,
                TextField::Other => continue,
            };
            cursor.seek(doc);
            if cursor.doc() == doc {
                cursor.positions(list);
            }
        }
    }

    /// Occurrences of a unit in title and body of a document.
    pub fn counts(&mut self, unit: usize, doc: DocId) -> (u32, u32) {
        let (mut title, mut body) = (0, 0);
        for cursor in &mut self.cursors[unit] {
            cursor.seek(doc);
            if cursor.doc() == doc {
                match cursor.field {
                    TextField::Title => title += cursor.count(),
                    TextField::Body => body += cursor.count(),
                    TextField::Other => {}
                }
            }
        }
        (title, body)
    }

    /// Whether a positional node has an interval in body or title.
    fn has_interval(&mut self, node: &Node, doc: DocId) -> bool {
        [TextField::Body, TextField::Title].into_iter().any(|field| {
            let mut source = DocumentIntervals { evaluator: self, doc, field };
            !intervals::intervals(node, &mut source).is_empty()
        })
    }
}

fn has_text(column: Option<&StrColumn>, doc: DocId) -> bool {
    column.is_some_and(|column| column.ords().first(doc).is_some())
}

/// Marks the units whose positions decide whether a node matches.
fn mark_positional(node: &Node, positional: &mut [bool]) {
    match node {
        Node::Near { .. } | Node::Sloppy { .. } | Node::InQuote { .. } => {
            node.each_unit(&mut |unit| positional[unit] = true)
        }
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| mark_positional(part, positional)),
        Node::Not(inner) => mark_positional(inner, positional),
        Node::Unit(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => {}
    }
}

/// The intervals of units in one field of a document.
struct DocumentIntervals<'w, 'a> {
    evaluator: &'w mut NodeEvaluator<'a>,
    doc: DocId,
    field: TextField,
}

impl IntervalSource for DocumentIntervals<'_, '_> {
    fn intervals(&mut self, unit: usize, out: &mut Vec<Interval>) {
        let names = matches!(self.evaluator.plan.units[unit].kind, UnitKind::Names(_));
        let mut starts = Vec::new();
        for cursor in self.evaluator.cursors[unit].iter_mut().filter(|cursor| cursor.field == self.field) {
            cursor.seek(self.doc);
            if cursor.doc() != self.doc {
                continue;
            }
            starts.clear();
            cursor.positions(&mut starts);
            match self.evaluator.names.as_mut().filter(|_| names) {
                Some(lengths) => lengths.intervals(self.doc, self.field, &starts, out),
                None => out.extend(starts.iter().map(|start| Interval { start: *start, end: start + cursor.length() })),
            }
        }
    }
}
