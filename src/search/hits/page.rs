//! The page of a ranked list: the best candidates in the order that is asked
//! for, with duplicates gathered.

use rustc_hash::FxHashSet;

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::context::SearchContext;
use crate::search::exec::ranked::Ranked;
use crate::search::exec::rerank;
use crate::search::hits::duplicates::{DuplicateCluster, cluster_of};
use crate::search::query::search_query::Query;
use crate::search::query::sort::{Duplicates, Sort};
use crate::search::snapshot::columns::SegmentColumns;
use crate::search::snapshot::reader::Snapshot;

/// Ranked articles looked at beyond the page, in place of duplicates on it.
const BEYOND: usize = 2;

/// How many ranked articles a page needs.
pub(crate) fn reach_of(query: &Query) -> usize {
    query.offset.saturating_add(query.limit).saturating_add(BEYOND)
}

/// The duplicate clusters of the page that is asked for.
pub(crate) fn page(
    query: &Query,
    context: SearchContext<'_>,
    candidates: &[Candidate],
) -> Result<Vec<DuplicateCluster>, SearchError> {
    if query.limit == 0 {
        return Ok(Vec::new());
    }
    let end = query.offset.saturating_add(query.limit);
    let all = candidates.len();
    let mut reach = reach_of(query);
    loop {
        let ranked = rank(query.sort, context, candidates, reach)?;
        let clusters = clusters(query, context, ranked, candidates)?;
        if clusters.len() >= end || reach >= all {
            return Ok(clusters.into_iter().skip(query.offset).take(query.limit).collect());
        }
        reach = reach.saturating_mul(2);
    }
}

/// The best `count` candidates, in order.
pub(crate) fn rank(
    sort: Sort,
    context: SearchContext<'_>,
    candidates: &[Candidate],
    count: usize,
) -> Result<Vec<Ranked>, SearchError> {
    if sort == Sort::Relevance {
        return rerank::best(context, candidates, count);
    }
    let mut dated = with_dates(context.snapshot, candidates);
    dated.sort_by(|(a_day, a, a_tie), (b_day, b, b_tie)| {
        sort.by_date((*a_day, a.score, *a_tie), (*b_day, b.score, *b_tie))
    });
    dated.truncate(count);
    let chosen: Vec<Candidate> = dated.into_iter().map(|(_, candidate, _)| candidate).collect();
    let mut ranked = rerank::rerank_all(context, chosen)?;
    ranked.sort_by(Ranked::by(sort));
    Ok(ranked)
}

/// The duplicate clusters of the best of some candidates.
pub(crate) fn clusters(
    query: &Query,
    context: SearchContext<'_>,
    ranked: Vec<Ranked>,
    candidates: &[Candidate],
) -> Result<Vec<DuplicateCluster>, SearchError> {
    let lacks_copies = query.duplicates == Duplicates::Collapse && ranked.len() < candidates.len();
    let ranked = if lacks_copies { with_copies(context, ranked, candidates)? } else { ranked };
    Ok(cluster_of(&context.snapshot.copies, query.duplicates, ranked))
}

/// Adds the duplicates of ranked articles that match too, wherever they rank.
fn with_copies(
    context: SearchContext<'_>,
    mut ranked: Vec<Ranked>,
    candidates: &[Candidate],
) -> Result<Vec<Ranked>, SearchError> {
    let copies = &context.snapshot.copies;
    let clusters: FxHashSet<u64> = ranked.iter().filter_map(|article| copies.cluster_of(article.tie)).collect();
    if clusters.is_empty() {
        return Ok(ranked);
    }
    let known: FxHashSet<u64> = ranked.iter().map(|article| article.tie).collect();
    let is_copy = |candidate: &&Candidate| {
        let tie = context.snapshot.tie(candidate.segment, candidate.doc);
        !known.contains(&tie) && copies.cluster_of(tie).is_some_and(|cluster| clusters.contains(&cluster))
    };
    let missing: Vec<Candidate> = candidates.iter().filter(is_copy).copied().collect();
    let mut found = rerank::rerank_all(context, missing)?;
    found.sort_by(Ranked::order);
    ranked.append(&mut found);
    Ok(ranked)
}

/// Candidates with their days and keys.
fn with_dates(snapshot: &Snapshot, candidates: &[Candidate]) -> Vec<(u64, Candidate, u64)> {
    let mut dated = Vec::with_capacity(candidates.len());
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let SegmentColumns { published, tie, .. } = snapshot.columns(group[0].segment);
        dated.extend(group.iter().map(|c| (published.first(c.doc).unwrap_or(0), *c, tie.first(c.doc).unwrap_or(0))));
    }
    dated
}
