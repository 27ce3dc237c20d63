//! One pass over the postings: every matching article with its score.

use std::sync::Arc;

use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::index::IndexSchema;

use super::SearchError;
use super::accumulate;
use super::closeness;
use super::columns::{Columns, Snapshot};
use super::freshness::Freshness;
use super::language::Occur;
use super::plan::{Clause, Node, Plan, Role};
use super::score::Scoring;
use super::shelf::Shelved;
use super::walk::{Opened, Walk};

/// A matching article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub segment: u32,
    pub doc: DocId,
    pub score: f32,
    /// What its full score, with closeness and places, is at most.
    pub most: f32,
}

/// A commit and what is asked of it.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub snapshot: &'a Snapshot,
    pub schema: &'a IndexSchema,
    pub plan: &'a Plan,
    pub scoring: &'a Scoring,
    pub fresh: bool,
    /// The articles by document, where they came from elsewhere.
    pub page: Option<&'a [Arc<Shelved>]>,
}

/// What an article must have, for a share of what is wanted.
pub(crate) struct Demand {
    pub share: f32,
    /// For each clause what it weighs in that share.
    pub weights: Vec<f32>,
    /// The weight that must be there.
    pub needed: f32,
    /// For each clause whether an article may lack it.
    pub is_word: Vec<bool>,
    pub has_words: bool,
    /// For each unit of noticed names whether their words count only where the
    /// document has them one after the other: scattered they are other words.
    /// Not where what is there at all is asked for.
    pub tied: Vec<bool>,
    /// For each clause what closeness can add for it.
    pub together: Vec<f32>,
}

impl Demand {
    pub fn new(plan: &Plan, scoring: &Scoring, share: f32) -> Self {
        let weights = weights(plan, scoring);
        let is_word: Vec<bool> = plan.clauses.iter().map(|clause| is_word(plan, clause)).collect();
        let mut tied = vec![false; plan.units.len()];
        if share > f32::MIN_POSITIVE {
            let together = plan.clauses.iter().filter(|clause| is_together(plan, clause));
            together.filter_map(|clause| clause.covered_by).for_each(|name| tied[name] = true);
        }
        Self {
            share,
            needed: share * weights.iter().sum::<f32>(),
            weights,
            has_words: is_word.contains(&true),
            is_word,
            tied,
            together: closeness::most_together(plan, scoring),
        }
    }
}

/// Which shares of the wanted words' weight an article must have, tried one
/// after the other until enough articles match. All of one or two words; of
/// longer queries less, for some words are chatter.
fn needed_shares(words: usize) -> &'static [f32] {
    match words {
        0..=2 => &[0.999, f32::MIN_POSITIVE],
        3..=4 => &[0.6, 0.3, f32::MIN_POSITIVE],
        5..=8 => &[0.3, 0.15, f32::MIN_POSITIVE],
        _ => &[0.1, f32::MIN_POSITIVE],
    }
}

/// So many matches are enough not to ask for less of longer queries.
const ENOUGH: usize = 10;

/// Articles between two looks at the clock.
const CHECK_AFTER: usize = 64;

/// The matching articles, by segment and document.
#[derive(Debug, Default)]
pub(super) struct Matching {
    pub articles: Vec<Candidate>,
    /// How many have all that was first asked of them: all of one or two words.
    pub complete: usize,
}

/// How many articles match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub total: usize,
    /// How many have all that was first asked of them: all of one or two words.
    pub complete: usize,
}

/// All matching articles.
pub(super) fn collect(question: Question<'_>) -> Result<Matching, SearchError> {
    let (articles, Counts { complete, .. }) =
        by_shares(question.plan, |share| collect_share(question, share), Vec::len)?;
    Ok(Matching { articles, complete })
}

/// Finds articles with ever smaller shares of what is wanted, until there are
/// enough.
pub(super) fn by_shares<T: Default>(
    plan: &Plan,
    mut find: impl FnMut(f32) -> Result<T, SearchError>,
    count: impl Fn(&T) -> usize,
) -> Result<(T, Counts), SearchError> {
    let words = plan.clauses.iter().filter(|clause| is_word(plan, clause)).count();
    let enough = if words > 2 { ENOUGH } else { 1 };
    let mut found = T::default();
    let (mut total, mut complete) = (0, None);
    for share in needed_shares(words) {
        // What is there at all comes only where nothing else does.
        if total >= enough || *share == f32::MIN_POSITIVE && total > 0 {
            break;
        }
        found = find(*share)?;
        total = count(&found);
        complete.get_or_insert(total);
    }
    Ok((found, Counts { total, complete: complete.unwrap_or(0) }))
}

/// All articles with a share of what is wanted.
pub(super) fn collect_share(question: Question<'_>, share: f32) -> Result<Vec<Candidate>, SearchError> {
    let mut found = Vec::new();
    let demand = Demand::new(question.plan, question.scoring, share);
    for (number, segment) in question.snapshot.searcher.segment_readers().iter().enumerate() {
        let mut pass = Pass::new(question, number as u32, segment, &demand)?;
        pass.run(&mut found)?;
    }
    Ok(found)
}

/// Whether a clause is one of those that an article may lack; noticed names
/// are not counted beside their words.
fn is_word(plan: &Plan, clause: &Clause) -> bool {
    clause.occur != Occur::Not && !clause.light && !is_noticed(clause) && has_scored(plan, &clause.node)
}

/// Whether a clause is the words of a noticed name one after the other.
pub(crate) fn is_together(plan: &Plan, clause: &Clause) -> bool {
    matches!(clause.node, Node::Unit(unit) if plan.units[unit].role == Role::Together)
}

pub(crate) fn is_noticed(clause: &Clause) -> bool {
    matches!((&clause.node, clause.covered_by), (Node::Unit(unit), Some(names)) if *unit == names)
}

/// Whether anything below a node is searched for.
pub(super) fn has_scored(plan: &Plan, node: &Node) -> bool {
    let mut scored = false;
    node.each_unit(&mut |unit| scored |= plan.units[unit].role == Role::Scored);
    scored
}

/// What each clause weighs in the share that an article must have. A word that
/// the archive does not hold cannot be asked of an article.
fn weights(plan: &Plan, scoring: &Scoring) -> Vec<f32> {
    let weight = |clause: &Clause| if is_word(plan, clause) { weigh(plan, scoring, &clause.node) } else { 0.0 };
    plan.clauses.iter().map(weight).collect()
}

fn weigh(plan: &Plan, scoring: &Scoring, node: &Node) -> f32 {
    match node {
        Node::Unit(unit) if plan.units[*unit].role != Role::Scored || !scoring.occurs[*unit] => 0.0,
        Node::Unit(unit) => plan.units[*unit].weight * scoring.idf[*unit],
        Node::And(parts) => parts.iter().map(|part| weigh(plan, scoring, part)).sum(),
        Node::Or(parts) => parts.iter().map(|part| weigh(plan, scoring, part)).fold(0.0, f32::max),
        Node::Near { left, right, .. } => weigh(plan, scoring, left) + weigh(plan, scoring, right),
        Node::Loose { units, .. } => units.iter().map(|unit| weigh(plan, scoring, &Node::Unit(*unit))).sum(),
        Node::Said { inner, .. } => weigh(plan, scoring, inner),
        Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => 0.0,
    }
}

/// The clauses that documents are looked for by. The lightest words, whose
/// weights together are not enough, cannot make a match: what they alone are
/// in is passed over (as in Turtle and Flood's MaxScore, 1995).
fn drivers(plan: &Plan, Demand { weights, needed, .. }: &Demand) -> Vec<bool> {
    let mut drives: Vec<bool> = plan.clauses.iter().map(|clause| clause.occur != Occur::Not).collect();
    let tells = |clause: &Clause| is_noticed(clause) || is_together(plan, clause);
    let is_light = |clause: &Clause| clause.occur == Occur::Should && !tells(clause);
    let mut words: Vec<usize> = (0..weights.len()).filter(|at| is_light(&plan.clauses[*at])).collect();
    words.sort_by(|a, b| weights[*a].total_cmp(&weights[*b]));
    let mut light = 0.0;
    for at in words {
        light += weights[at];
        if light >= needed * 0.999 {
            break;
        }
        drives[at] = false;
    }
    drives
}

/// A pass over one segment.
pub(super) struct Pass<'a> {
    pub segment: &'a SegmentReader,
    number: u32,
    pub plan: &'a Plan,
    columns: &'a Columns,
    pub walk: Walk<'a>,
    pub demand: &'a Demand,
    /// For each clause whether a document can match by it; see [`drivers`].
    pub drives: Vec<bool>,
    fresh: Option<Freshness>,
    /// For each unit of noticed names whether the document has one, or their
    /// words one after the other.
    named: Vec<bool>,
}

impl<'a> Pass<'a> {
    fn new(
        question: Question<'a>,
        number: u32,
        segment: &'a SegmentReader,
        demand: &'a Demand,
    ) -> Result<Self, SearchError> {
        let Question { snapshot, plan, fresh, .. } = question;
        let columns = snapshot.columns(number);
        Ok(Self {
            segment,
            number,
            plan,
            columns,
            walk: Walk::new(question, number, Opened::All)?,
            drives: drivers(plan, demand),
            demand,
            fresh: fresh.then(|| Freshness::new(snapshot.newest)),
            named: vec![false; plan.units.len()],
        })
    }

    fn run(&mut self, found: &mut Vec<Candidate>) -> Result<(), SearchError> {
        if self.demand.has_words && accumulate::is_plain(self.plan) {
            return accumulate::run(self, found);
        }
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
        let (mut lowest, mut required) = (if self.demand.has_words { TERMINATED } else { target }, target);
        for (at, clause) in self.plan.clauses.iter().enumerate() {
            if !self.drives[at] {
                continue;
            }
            let here = self.walk.next(&clause.node, target);
            if clause.occur == Occur::Must {
                required = required.max(here);
            }
            if self.demand.is_word[at] || is_noticed(clause) || is_together(self.plan, clause) {
                lowest = lowest.min(here);
            }
        }
        lowest.max(required)
    }

    /// A matching document, its score, and what closeness can add.
    pub fn candidate(&self, doc: DocId, score: f32, together: f32) -> Candidate {
        let fresh = self.fresh.map_or(1.0, |fresh| fresh.factor(self.columns.published.first(doc).unwrap_or(0)));
        let most = closeness::most(score, together) * fresh;
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
            let here = self.walk.score(&clause.node, doc);
            match clause.occur {
                Occur::Not if here.is_some() => return None,
                Occur::Must if here.is_none() => return None,
                Occur::Not => continue,
                _ => {}
            }
            if let (true, Some(names)) = (is_together(self.plan, clause), clause.covered_by) {
                self.named[names] = here.is_some();
                continue;
            }
            if let (true, Some(names)) = (is_noticed(clause), clause.covered_by) {
                // What is together comes before the name, in this order.
                self.named[names] = here.is_some() || self.demand.tied[names] && self.named[names];
                named |= here.is_some();
            }
            let covered = clause.covered_by.is_some_and(|names| self.named[names]);
            let tied = clause.covered_by.is_some_and(|names| self.demand.tied[names]);
            if covered || here.is_some() && !tied {
                matched += self.demand.weights[at];
            }
            score += here.unwrap_or(0.0);
            if here.is_some() && self.demand.together[at] > 0.0 {
                together += self.demand.together[at];
                telling += 1;
            }
        }
        let enough = !self.demand.has_words || matched >= self.demand.needed && (matched > 0.0 || named);
        enough.then_some((score, if telling > 1 { together } else { 0.0 }))
    }
}
