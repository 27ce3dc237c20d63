//! A page of the ranked list: the best candidates in the requested order, grouped
//! into duplicate clusters.

use rustc_hash::FxHashSet;

use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::context::SearchContext;
use crate::search::exec::ranked::Ranked;
use crate::search::exec::rerank;
use crate::search::hits::collapse::{DuplicateCluster, clusters_of};
use crate::search::query::search_query::Query;
use crate::search::query::sort::{Duplicates, Sort};
use crate::search::snapshot::columns::SegmentColumns;
use crate::search::snapshot::reader::Snapshot;

/// Articles ranked beyond the page, in place of duplicates on it.
const SPARE: usize = 2;

/// How many ranked articles a page needs.
pub(crate) fn ranked_depth(query: &Query) -> usize {
    query.offset.saturating_add(query.limit).saturating_add(SPARE)
}

/// The duplicate clusters of the requested page.
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
    let mut depth = ranked_depth(query);
    loop {
        let ranked = rank(query.sort, context, candidates, depth)?;
        let clusters = clusters(query, context, ranked, candidates)?;
        if clusters.len() >= end || depth >= all {
            return Ok(clusters.into_iter().skip(query.offset).take(query.limit).collect());
        }
        depth = depth.saturating_mul(2);
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
        let by_date = || sort.by_date((*a_day, a.score, *a_tie), (*b_day, b.score, *b_tie));
        b.is_complete.cmp(&a.is_complete).then_with(by_date)
    });
    dated.truncate(count);
    let chosen: Vec<Candidate> = dated.into_iter().map(|(_, candidate, _)| candidate).collect();
    let mut ranked = rerank::rerank_all(context, chosen)?;
    ranked.sort_by(Ranked::by(sort));
    Ok(ranked)
}

/// The duplicate clusters of ranked articles, the best of some candidates.
pub(crate) fn clusters(
    query: &Query,
    context: SearchContext<'_>,
    ranked: Vec<Ranked>,
    candidates: &[Candidate],
) -> Result<Vec<DuplicateCluster>, SearchError> {
    let lacks_copies = query.duplicates == Duplicates::Collapse && ranked.len() < candidates.len();
    let ranked = if lacks_copies { with_copies(context, ranked, candidates)? } else { ranked };
    Ok(clusters_of(&context.snapshot.copies, query.duplicates, ranked))
}

/// Adds the duplicates of ranked articles that match too, at any rank.
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
    let is_missing = |candidate: &&Candidate| {
        let tie = context.snapshot.tie(candidate.segment, candidate.doc);
        !known.contains(&tie) && copies.cluster_of(tie).is_some_and(|cluster| clusters.contains(&cluster))
    };
    let missing: Vec<Candidate> = candidates.iter().filter(is_missing).copied().collect();
    let mut added = rerank::rerank_all(context, missing)?;
    added.sort_by(Ranked::order);
    ranked.append(&mut added);
    Ok(ranked)
}

/// Candidates with their days of publication and keys.
fn with_dates(snapshot: &Snapshot, candidates: &[Candidate]) -> Vec<(u64, Candidate, u64)> {
    let mut dated = Vec::with_capacity(candidates.len());
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let SegmentColumns { published, tie, .. } = snapshot.columns(group[0].segment);
        dated.extend(group.iter().map(|c| (published.first(c.doc).unwrap_or(0), *c, tie.first(c.doc).unwrap_or(0))));
    }
    dated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_need_spare_articles() {
        let check = |offset, limit, expected| {
            assert_eq!(ranked_depth(&Query { offset, limit, ..Query::new("") }), expected, "{offset} {limit}");
        };
        check(0, 10, 12);
        check(20, 10, 32);
        check(usize::MAX, 10, usize::MAX);
    }
}
